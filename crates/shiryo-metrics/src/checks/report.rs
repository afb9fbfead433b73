//! Contradictions in words.

use super::{Check, CheckKind};
use rust_decimal::Decimal;
use shiryo_model::{Diagnostic, DiagnosticCode, Observation, Severity, Table};
use std::collections::BTreeMap;

/// Figures named one by one, at most; of longer sums the first and the last.
const MOST_NAMED: usize = 4;

/// A contradiction, with both figures and where they stand.
pub(super) fn told(check: &Check, tables: &[Table], observations: &[Observation]) -> Diagnostic {
    let Some(result) = observations.get(check.result) else {
        return Diagnostic::new(Severity::Warning, DiagnosticCode::Contradiction, String::new());
    };
    let parts: Vec<&Observation> = check.parts.iter().filter_map(|i| observations.get(*i)).collect();
    let message = format!(
        "{}the {} of {} is given as {}{}, but {} {} {}{} (difference {})",
        of_table(result, tables),
        check.kind.as_str(),
        named(result),
        number(result.value),
        result.unit,
        sources(&parts),
        if check.kind == CheckKind::Sum { "add up to" } else { "give" },
        number(check.computed.round_dp(2)),
        result.unit,
        number(result.value.checked_sub(check.computed).unwrap_or_default().abs().round_dp(2)),
    );
    let mut diagnostic = Diagnostic::new(Severity::Warning, DiagnosticCode::Contradiction, message);
    diagnostic.page = result.page;
    diagnostic.line = result.line;
    diagnostic
}

fn of_table(result: &Observation, tables: &[Table]) -> String {
    let Some(table) = tables.iter().find(|t| !t.id.is_empty() && t.id == result.table_id) else {
        return String::new();
    };
    let short = table.id.rsplit('-').next().unwrap_or(&table.id);
    let caption = table.caption.text.trim();
    let caption: String = caption.chars().take(40).collect();
    if caption.is_empty() { format!("table {short}: ") } else { format!("table {short} ({caption}): ") }
}

fn named(o: &Observation) -> String {
    let mut words = vec![o.subject.as_str()];
    if !o.measure_label.is_empty() && o.measure_label != o.subject {
        words.push(&o.measure_label);
    }
    let dimensions: BTreeMap<_, _> =
        o.dimensions.iter().filter(|(k, v)| *k != "row" && *v != "total").collect();
    let mut name = words.join(" ");
    for value in dimensions.values() {
        name.push(' ');
        name.push_str(value);
    }
    format!("「{}」{}", name.trim(), place(o))
}

fn place(o: &Observation) -> String {
    match (o.row, o.col) {
        (Some(row), Some(col)) => format!(" (row {row}, column {col})"),
        _ => String::new(),
    }
}

fn sources(parts: &[&Observation]) -> String {
    let figure = |o: &&Observation| format!("{}{}{}", number(o.value), o.unit, place(o));
    match parts {
        [first, .., last] if parts.len() > MOST_NAMED => {
            format!("{} figures from {} to {}", parts.len(), figure(first), figure(last))
        }
        _ => parts.iter().map(figure).collect::<Vec<_>>().join(", "),
    }
}

/// With thousands separators, as papers write it.
fn number(value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |d| ("-", d));
    let (whole, rest) = digits.split_once('.').map_or((digits, String::new()), |(w, d)| (w, format!(".{d}")));
    let mut grouped = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    format!("{sign}{grouped}{rest}")
}
