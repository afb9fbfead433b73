//! `dataset.xlsx`: the analysts' workbook.
//!
//! The big sheets are written through temporary files row by row; sheets of single tables are kept in memory and
//! therefore limited in number and size.

use crate::columns::{CELLS, Column, DOCUMENTS, OBSERVATIONS, TABLES};
use crate::error::DatasetError;
use crate::rows;
use crate::table_sheet::{TableSheets, clip};
use crate::values::Value;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet,
    XlsxError,
};
use shiryo_model::Document;
use std::path::Path;

/// Rows a sheet of Excel can hold, without the header.
const MOST_ROWS: u32 = 1_048_575;
/// Links a sheet of Excel can hold, shared by the two link columns.
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
    link: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(0xDD_EB_F7))
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            text: top(),
            integer: top().set_num_format("#,##0"),
            date: top().set_num_format("yyyy-mm-dd"),
            link: Format::new().set_align(FormatAlign::Top).set_hyperlink(),
        }
    }
}

/// A sheet with one row a record.
struct Listing {
    sheet: Worksheet,
    columns: &'static [Column],
    rows: u32,
    links: u32,
    cut: bool,
}

impl Listing {
    fn begin(
        workbook: &mut Workbook,
        name: &str,
        columns: &'static [Column],
        styles: &Styles,
    ) -> Result<Self, XlsxError> {
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (i, column) in (0u16..).zip(columns) {
            sheet.set_column_width(i, f64::from(column.width))?;
        }
        for (i, column) in (0u16..).zip(columns) {
            sheet.write_string_with_format(0, i, column.name, &styles.header)?;
        }
        Ok(Self { sheet, columns, rows: 0, links: 0, cut: false })
    }

    /// Writes a row; `links` are the columns that lead somewhere.
    fn push(
        &mut self,
        values: &[Value<'_>],
        links: &[(&str, String)],
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        if self.rows >= MOST_ROWS {
            self.cut = true;
            return Ok(());
        }
        self.rows += 1;
        for ((i, column), value) in (0u16..).zip(self.columns).zip(values) {
            let link = links.iter().find(|(name, _)| *name == column.name).map(|(_, link)| link.as_str());
            match (link, value) {
                (Some(link), Value::Text(text)) if !text.is_empty() && self.links < MOST_LINKS => {
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

    fn finish(mut self) -> Result<Worksheet, XlsxError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(0);
        self.sheet.autofilter(0, 0, self.rows.max(1), last)?;
        Ok(self.sheet)
    }
}

/// Writes one typed cell. Text is written as text whatever it begins with.
fn write(
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
        Value::Integer(n) => {
            sheet.write_number_with_format(row, col, *n as f64, &styles.text)?;
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

/// The workbook being written.
pub(crate) struct WorkbookWriter {
    workbook: Workbook,
    styles: Styles,
    observations: Listing,
    documents: Listing,
    tables: Listing,
    sheets: TableSheets,
}

impl std::fmt::Debug for WorkbookWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkbookWriter")
            .field("observations", &self.observations.rows)
            .finish_non_exhaustive()
    }
}

impl WorkbookWriter {
    /// Begins a workbook whose temporary files stand in `folder`.
    pub(crate) fn begin(folder: &Path) -> Result<Self, DatasetError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        // A fixed date: the same dataset is the same file.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let about = DocProperties::new()
            .set_title("shiryo dataset")
            .set_author("shiryo")
            .set_creation_datetime(&created);
        workbook.set_properties(&about);
        let styles = Styles::new();
        let observations = Listing::begin(&mut workbook, "観測値", &OBSERVATIONS, &styles)?;
        let documents = Listing::begin(&mut workbook, "文書", &DOCUMENTS, &styles)?;
        let tables = Listing::begin(&mut workbook, "表一覧", &TABLES, &styles)?;
        Ok(Self { workbook, styles, observations, documents, tables, sheets: TableSheets::default() })
    }

    pub(crate) fn push(&mut self, d: &Document, link: &str) -> Result<(), DatasetError> {
        let file = |page: Option<u32>| {
            let anchor = page.map(|p| format!("#page={p}")).unwrap_or_default();
            // A `#` of the file name would be taken for the beginning of the anchor.
            format!("file:///{}{anchor}", link.replace('%', "%25").replace('#', "%23"))
        };
        let linked = !link.is_empty();
        let links = if linked { vec![("source", file(None))] } else { Vec::new() };
        self.documents.push(&rows::document(d), &links, &self.styles)?;
        for table in &d.tables {
            let mut links = if linked { vec![("source", file(table.page()))] } else { Vec::new() };
            if self.sheets.push(table, d, &self.styles)? {
                links.push(("table_id", format!("internal:'{}'!A1", table.id)));
            }
            self.tables.push(&rows::table(d, table), &links, &self.styles)?;
        }
        for o in &d.observations {
            let mut links = if linked { vec![("source", file(o.page))] } else { Vec::new() };
            if self.sheets.contains(&o.table_id) {
                links.push(("table_id", format!("internal:'{}'!A1", o.table_id)));
            }
            self.observations.push(&rows::observation(o), &links, &self.styles)?;
        }
        Ok(())
    }

    pub(crate) fn finish(self, path: &Path) -> Result<(), DatasetError> {
        let Self { mut workbook, styles, observations, documents, tables, sheets } = self;
        let cut = observations.cut || documents.cut || tables.cut;
        workbook.push_worksheet(observations.finish()?);
        workbook.push_worksheet(documents.finish()?);
        workbook.push_worksheet(tables.finish()?);
        workbook.push_worksheet(explanations(&styles, cut, sheets.left_out())?);
        for sheet in sheets.into_sheets() {
            workbook.push_worksheet(sheet);
        }
        workbook.save(path)?;
        Ok(())
    }
}

/// The sheet 列の説明: every column in Japanese and English, and what did not fit.
fn explanations(styles: &Styles, cut: bool, tables_left_out: u32) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("列の説明")?;
    sheet.set_freeze_panes(1, 0)?;
    for (i, (title, width)) in
        (0u16..).zip([("シート", 14), ("列", 18), ("名称", 16), ("説明", 70), ("Description", 70)])
    {
        sheet.write_string_with_format(0, i, title, &styles.header)?;
        sheet.set_column_width(i, f64::from(width))?;
    }
    let groups: [(&str, &[Column]); 4] =
        [("観測値", &OBSERVATIONS), ("文書", &DOCUMENTS), ("表一覧", &TABLES), ("cells.csv", &CELLS)];
    let mut row = 0;
    for (name, columns) in groups {
        for c in columns {
            row += 1;
            for (i, text) in (0u16..).zip([name, c.name, c.title_ja, c.ja, c.en]) {
                sheet.write_string_with_format(row, i, text, &styles.text)?;
            }
        }
    }
    let mut notes = Vec::new();
    if cut {
        notes.push((
            "Excelの行数の上限を超えた行は、CSVとJSONにのみあります。".to_owned(),
            "Rows beyond Excel's limit are in the CSV and JSON files only.".to_owned(),
        ));
    }
    if tables_left_out > 0 {
        notes.push((
            format!("表のシートの上限を超えた{tables_left_out}表は、tables/ のCSVにあります。"),
            format!("{tables_left_out} tables beyond the limit of sheets are in tables/ as CSV."),
        ));
    }
    for (ja, en) in notes {
        row += 1;
        sheet.write_string_with_format(row, 3, ja, &styles.text)?;
        sheet.write_string_with_format(row, 4, en, &styles.text)?;
    }
    sheet.autofilter(0, 0, row, 4)?;
    Ok(sheet)
}
