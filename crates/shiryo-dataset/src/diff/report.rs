//! Differences as a table: CSV, and a workbook.

use super::{Counts, Difference, Record};
use crate::columns::{Column, DIFFERENCES};
use crate::csv_file::{CsvFile, CsvOptions};
use crate::error::DatasetError;
use crate::listing::{Listing, Styles};
use crate::values::Value;
use crate::workbook::{explanations, workbook};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One row a changed field, an addition or a loss.
type Row<'a> = [Value<'a>; 23];

fn rows(differences: &[Difference]) -> impl Iterator<Item = Row<'_>> {
    differences.iter().flat_map(|d| match d {
        Difference::Added { is } => vec![row("added", None, Some(is), "value", "", field(is, "value"))],
        Difference::Gone { was } => vec![row("gone", Some(was), None, "value", field(was, "value"), "")],
        Difference::Changed { was, is, fields } => {
            let fields = fields.iter();
            fields.map(|c| row("changed", Some(was), Some(is), &c.field, &c.was, &c.is)).collect()
        }
    })
}

fn row<'a>(
    kind: &'a str,
    old: Option<&'a Record>,
    new: Option<&'a Record>,
    name: &'a str,
    was: &'a str,
    is: &'a str,
) -> Row<'a> {
    let difference = match (name, number(was), number(is)) {
        ("value" | "value_upper", Some(was), Some(is)) => is.checked_sub(was),
        _ => None,
    };
    // What it is about, in the words of the newer paper.
    let about = |name: &str| new.or(old).map_or(Value::Blank, |r| typed(name, field(r, name)));
    let at = |r: Option<&'a Record>, name: &str| r.map_or(Value::Blank, |r| typed(name, field(r, name)));
    [
        Value::text(kind),
        Value::text(name),
        typed(name, was),
        typed(name, is),
        difference.into(),
        about("subject"),
        about("measure_label"),
        about("unit"),
        about("status"),
        about("period_start"),
        about("period_end"),
        about("department"),
        about("dimensions"),
        at(old, "source"),
        at(old, "page"),
        at(old, "line"),
        at(old, "evidence"),
        at(new, "source"),
        at(new, "page"),
        at(new, "line"),
        at(new, "evidence"),
        at(old, "observation_id"),
        at(new, "observation_id"),
    ]
}

fn field<'a>(record: &'a Record, name: &str) -> &'a str {
    record.get(name).map_or("", String::as_str)
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// A field of an observation as what it is.
fn typed<'a>(name: &str, text: &'a str) -> Value<'a> {
    let value = match name {
        _ if text.is_empty() => Some(Value::Blank),
        "value" | "value_upper" => number(text).map(Value::Decimal),
        "page" | "line" => text.parse().ok().map(Value::Integer),
        "period_start" | "period_end" => text.parse().ok().map(Value::Date),
        _ => None,
    };
    value.unwrap_or_else(|| Value::text(text))
}

/// Writes the differences as CSV, one row a changed field, an addition or a loss.
pub fn write_csv<W: Write>(out: W, differences: &[Difference], options: CsvOptions) -> io::Result<()> {
    let mut file = CsvFile::with_header(out, options, &DIFFERENCES)?;
    for row in rows(differences) {
        file.row(&row)?;
    }
    file.finish()?.flush()
}

/// The differences as a workbook: how many of what kind (集計), one row each (変更点), and what the columns mean.
pub fn write_xlsx(differences: &[Difference]) -> Result<Vec<u8>, DatasetError> {
    let mut workbook = workbook("shiryo diff")?;
    let styles = Styles::new();
    let mut list = Listing::begin(&mut workbook, "変更点", &DIFFERENCES, 2, &styles)?;
    for row in rows(differences) {
        list.push(&mut workbook, &row, &[], &styles)?;
    }
    let (mut sheets, notes) = list.finish()?;
    workbook.push_worksheet(summary(differences, &styles)?);
    for sheet in &mut sheets {
        colour(sheet)?;
    }
    push_all(&mut workbook, sheets);
    let groups: [(&str, &[Column]); 1] = [("変更点", &DIFFERENCES)];
    workbook.push_worksheet(explanations(&styles, &groups, &notes)?);
    Ok(workbook.save_to_buffer()?)
}

fn push_all(workbook: &mut Workbook, sheets: Vec<Worksheet>) {
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
}

/// Added rows green, lost ones red, changed ones yellow.
fn colour(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for (kind, colour) in [("added", 0x00C6_EFCE), ("gone", 0x00FF_C7CE), ("changed", 0x00FF_EB9C)] {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(kind))
            .set_format(Format::new().set_background_color(Color::RGB(colour)));
        sheet.add_conditional_format(1, 0, crate::listing::MOST_ROWS, 0, &rule)?;
    }
    Ok(())
}

/// The sheet 集計: how many differences of each kind, and in which fields.
fn summary(differences: &[Difference], styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("集計")?;
    let counts = Counts::of(differences);
    let mut fields = BTreeMap::<&str, usize>::new();
    for d in differences {
        let Difference::Changed { fields: changed, .. } = d else { continue };
        changed.iter().for_each(|c| *fields.entry(&c.field).or_default() += 1);
    }
    let kinds = [
        ("changed", "変わった観測値", counts.changed),
        ("added", "加わった観測値", counts.added),
        ("gone", "なくなった観測値", counts.gone),
    ];
    let fields = fields.into_iter().map(|(name, count)| (name, "変わった項目", count));
    for (i, (title, width)) in (0u16..).zip([("kind / field", 18), ("説明", 24), ("count", 10)]) {
        sheet.write_string_with_format(0, i, title, &styles.header)?;
        sheet.set_column_width(i, f64::from(width))?;
    }
    for (row, (name, about, count)) in (1u32..).zip(kinds.into_iter().chain(fields)) {
        sheet.write_string_with_format(row, 0, name, &styles.text)?;
        sheet.write_string_with_format(row, 1, about, &styles.text)?;
        sheet.write_number_with_format(row, 2, count as f64, &styles.integer)?;
    }
    Ok(sheet)
}
