//! Rows of the tabular files, field by field in the order of [`crate::columns`].

use crate::values::{Value, share};
use rust_decimal::Decimal;
use shiryo_model::{Cell, Document, Observation, Severity, Table};

/// Value and unit of a cell that is one number as a whole, or `None`; given the cell's normalised text and
/// the unit that holds for its table.
pub type CellNumber = fn(&str, &str) -> Option<(Decimal, String)>;

pub(crate) fn observation(o: &Observation) -> [Value<'_>; 30] {
    [
        Value::text(&o.observation_id),
        Value::text(&o.document_id),
        Value::text(&o.source),
        Value::text(&o.issuer),
        Value::text(&o.issuer_code),
        o.document_date.into(),
        o.page.into(),
        o.line.into(),
        Value::text(&o.subject),
        Value::text(&o.measure),
        Value::text(&o.measure_label),
        o.value.into(),
        o.value_upper.into(),
        Value::text(&o.unit),
        Value::text(o.bound.as_str()),
        Value::text(o.status.as_str()),
        Value::text(o.aggregation.as_str()),
        o.period_start.into(),
        o.period_end.into(),
        Value::text(&o.period_label),
        Value::text(&o.department),
        Value::Labels(&o.dimensions),
        Value::text(o.context.as_str()),
        Value::text(&o.table_id),
        o.row.into(),
        o.col.into(),
        Value::text(&o.evidence),
        o.bbox.map_or(Value::Blank, Value::Place),
        share(o.confidence),
        Value::text(&o.rule),
    ]
}

pub(crate) fn cell<'a>(
    document_id: &'a str,
    table: &'a Table,
    cell: &'a Cell,
    number: Option<CellNumber>,
) -> [Value<'a>; 11] {
    let parsed = number.and_then(|parse| parse(&cell.text.text, &table.unit.text));
    let (value, unit) = match parsed {
        Some((value, unit)) => (value.into(), Value::owned(unit)),
        None => (Value::Blank, Value::Blank),
    };
    [
        Value::text(document_id),
        Value::text(&table.id),
        cell.page.into(),
        cell.row.into(),
        cell.col.into(),
        cell.row_span.max(1).into(),
        cell.col_span.max(1).into(),
        Value::Boolean(cell.is_header || cell.row < table.header_rows),
        Value::text(&cell.text.text),
        value,
        unit,
    ]
}

pub(crate) fn document(d: &Document) -> [Value<'_>; 17] {
    let count = |n: usize| Value::Integer(n as i64);
    let problems: Vec<String> = d
        .diagnostics
        .iter()
        .filter(|x| x.severity > Severity::Info)
        .map(|x| x.page.map_or_else(|| x.message.clone(), |p| format!("p. {p}: {}", x.message)))
        .collect();
    let media = serde_json::to_value(d.media_type).ok().and_then(|v| v.as_str().map(str::to_owned));
    let status = serde_json::to_value(d.status).ok().and_then(|v| v.as_str().map(str::to_owned));
    [
        Value::text(&d.id),
        Value::text(&d.source),
        Value::owned(status.unwrap_or_default()),
        Value::text(&d.facts.title),
        Value::text(&d.facts.issuer),
        Value::text(&d.facts.issuer_code),
        Value::text(&d.facts.committee),
        d.facts.date.into(),
        d.facts.fiscal_year.map_or(Value::Blank, |y| Value::Integer(y.into())),
        Value::text(&d.facts.department),
        Value::owned(media.unwrap_or_default()),
        d.encoding.as_deref().map_or(Value::Blank, Value::text),
        if d.pages.is_empty() { Value::Blank } else { count(d.pages.len()) },
        count(d.tables.len()),
        count(d.observations.len()),
        Value::owned(problems.join("\n")),
        Value::text(&d.sha256),
    ]
}

pub(crate) fn table<'a>(d: &'a Document, t: &'a Table) -> [Value<'a>; 9] {
    let pages: Vec<String> = t.pages.iter().map(u32::to_string).collect();
    let method = serde_json::to_value(t.method).ok().and_then(|v| v.as_str().map(str::to_owned));
    [
        Value::text(&t.id),
        Value::text(&d.id),
        Value::text(&d.source),
        Value::owned(pages.join(", ")),
        Value::text(&t.caption.text),
        t.n_rows.into(),
        t.n_cols.into(),
        Value::owned(method.unwrap_or_default()),
        share(t.confidence),
    ]
}
