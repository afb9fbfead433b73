//! Sheets of records: typed cells, a frozen header, filters and links.

use crate::columns::Column;
use crate::table_sheet::clip;
use crate::values::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

/// Rows a sheet of Excel can hold, without the header.
pub(crate) const MOST_ROWS: u32 = 1_048_575;
/// Links a sheet of Excel can hold (65,530), shared by all columns with links.
const MOST_LINKS: u32 = 65_000;
/// Decimals with more digits than this do not survive as floating-point numbers.
const EXACT_DIGITS: usize = 15;

/// The formats used in all sheets.
#[derive(Debug, Clone)]
pub(crate) struct Styles {
    pub(crate) header: Format,
    pub(crate) text: Format,
    pub(crate) integer: Format,
    date: Format,
    count: Format,
    link: Format,
}

impl Styles {
    pub(crate) fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0xDD_EB_F7))
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            text: top(),
            integer: top().set_num_format("#,##0"),
            date: top().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            count: top().set_align(FormatAlign::Center),
            link: Format::new().set_align(FormatAlign::Top).set_hyperlink(),
        }
    }
}

/// What a reader of a workbook should know, in Japanese and in English.
pub(crate) type Note = (String, String);

/// A sheet with one row a record, written through a temporary file; full sheets are followed by further ones
/// (観測値, 観測値 (2) …).
pub(crate) struct Listing {
    name: &'static str,
    columns: &'static [Column],
    frozen: u16,
    sheet: Worksheet,
    full: Vec<Worksheet>,
    rows: u32,
    links: u32,
    unlinked: u64,
    most_rows: u32,
}

impl Listing {
    /// Begins a sheet whose first `frozen` columns stay in view.
    pub(crate) fn begin(
        workbook: &mut Workbook,
        name: &'static str,
        columns: &'static [Column],
        frozen: u16,
        styles: &Styles,
    ) -> Result<Self, XlsxError> {
        let sheet = blank(workbook, name, columns, frozen, styles)?;
        let full = Vec::new();
        Ok(Self { name, columns, frozen, sheet, full, rows: 0, links: 0, unlinked: 0, most_rows: MOST_ROWS })
    }

    /// Writes a row; `links` are the columns that lead somewhere.
    pub(crate) fn push(
        &mut self,
        workbook: &mut Workbook,
        values: &[Value<'_>],
        links: &[(&str, String)],
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        if self.rows >= self.most_rows {
            let name = format!("{} ({})", self.name, self.full.len() + 2);
            let next = blank(workbook, &name, self.columns, self.frozen, styles)?;
            self.filter()?;
            self.full.push(std::mem::replace(&mut self.sheet, next));
            (self.rows, self.links) = (0, 0);
        }
        self.rows += 1;
        for ((i, column), value) in (0u16..).zip(self.columns).zip(values) {
            let link = links.iter().find(|(name, _)| *name == column.name).map(|(_, link)| link.as_str());
            match (link, value) {
                (Some(_), Value::Text(text)) if !text.is_empty() && self.links >= MOST_LINKS => {
                    self.unlinked += 1;
                    write(&mut self.sheet, self.rows, i, value, styles)?;
                }
                (Some(link), Value::Text(text)) if !text.is_empty() => {
                    self.links += 1;
                    let url = Url::new(link).set_text(clip(text));
                    if self.sheet.write_url_with_format(self.rows, i, url, &styles.link).is_err() {
                        // Too long for Excel: the text remains.
                        write(&mut self.sheet, self.rows, i, value, styles)?;
                    }
                }
                _ => write(&mut self.sheet, self.rows, i, value, styles)?,
            }
        }
        Ok(())
    }

    fn filter(&mut self) -> Result<(), XlsxError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(0);
        self.sheet.autofilter(0, 0, self.rows.max(1), last)?;
        Ok(())
    }

    /// Rows of the sheet in hand.
    pub(crate) fn rows(&self) -> u32 {
        self.rows
    }

    /// The sheets, and what a reader of them should know: in Japanese and in English.
    pub(crate) fn finish(mut self) -> Result<(Vec<Worksheet>, Vec<Note>), XlsxError> {
        self.filter()?;
        let (name, sheets, unlinked) = (self.name, self.full.len() + 1, self.unlinked);
        let mut notes = Vec::new();
        if sheets > 1 {
            notes.push((
                format!("Excelの行数の上限のため、「{name}」は{sheets}枚のシートに分かれています。"),
                format!(
                    "「{name}」 goes over {sheets} sheets because a sheet of Excel holds 1,048,576 rows."
                ),
            ));
        }
        if unlinked > 0 {
            notes.push((
                format!("Excelのリンク数の上限のため、「{name}」の{unlinked}個のセルにはリンクがありません。"),
                format!("{unlinked} cells of 「{name}」 have no link because a sheet of Excel holds 65,530 of them."),
            ));
        }
        self.full.push(self.sheet);
        Ok((self.full, notes))
    }
}

/// An empty sheet with its header.
fn blank(
    workbook: &mut Workbook,
    name: &str,
    columns: &[Column],
    frozen: u16,
    styles: &Styles,
) -> Result<Worksheet, XlsxError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, frozen)?;
    for (i, column) in (0u16..).zip(columns) {
        // The header needs room for the button of the filter.
        let header = column.name.len() as f64 + 4.0;
        sheet.set_column_width(i, f64::from(column.width).max(header))?;
    }
    for (i, column) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, i, column.name, &styles.header)?;
    }
    for_print(&mut sheet);
    sheet.set_repeat_rows(0, 0)?;
    Ok(sheet)
}

/// Width of a line in half-width characters: Japanese ones take two.
pub(crate) fn display_width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Lines that `text` takes in a column of `width` half-width characters.
pub(crate) fn wrapped_lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| display_width(line).div_ceil(width.max(1)).max(1)).sum()
}

/// Height of a row with so many lines, in points: Japanese fonts need more than the usual 15. Excel takes up to 409.
pub(crate) fn row_height(lines: usize) -> f64 {
    (lines as f64 * 18.0).min(409.0)
}

/// A3, landscape, one page wide.
pub(crate) fn for_print(sheet: &mut Worksheet) {
    const A3: u8 = 8;
    sheet.set_paper_size(A3).set_landscape().set_print_fit_to_pages(1, 0);
}

/// Writes one typed cell. Text is written as text whatever it begins with.
pub(crate) fn write(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: &Value<'_>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match value {
        Value::Blank => {}
        Value::Text(t) if t.is_empty() => {}
        Value::Text(t) => {
            sheet.write_string_with_format(row, col, clip(t), &styles.text)?;
        }
        Value::Labels(_) | Value::Place(_) => {
            sheet.write_string_with_format(row, col, clip(&value.to_csv()), &styles.text)?;
        }
        Value::Integer(n) => {
            sheet.write_number_with_format(row, col, *n as f64, &styles.count)?;
        }
        Value::Decimal(d) => write_decimal(sheet, row, col, *d, styles)?,
        Value::Date(d) => match ExcelDateTime::from_ymd(
            u16::try_from(d.year()).unwrap_or(0),
            d.month() as u8,
            d.day() as u8,
        ) {
            Ok(date) => {
                sheet.write_datetime_with_format(row, col, &date, &styles.date)?;
            }
            // Excel's calendar begins in 1900.
            Err(_) => {
                sheet.write_string_with_format(row, col, d.to_string(), &styles.text)?;
            }
        },
        Value::Boolean(b) => {
            sheet.write_boolean_with_format(row, col, *b, &styles.text)?;
        }
    }
    Ok(())
}

fn write_decimal(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    d: Decimal,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let d = d.normalize();
    let text = d.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match d.to_f64().filter(|_| digits <= EXACT_DIGITS) {
        Some(n) if d.scale() == 0 => sheet.write_number_with_format(row, col, n, &styles.integer)?,
        Some(n) => sheet.write_number_with_format(row, col, n, &styles.text)?,
        None => sheet.write_string_with_format(row, col, text, &styles.text)?,
    };
    Ok(())
}
