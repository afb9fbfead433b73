//! `dataset.xlsx`: the analysts' workbook.
//!
//! The big sheets are written through temporary files row by row; sheets of single tables are kept in memory and
//! therefore limited in number and size. Links to source files are relative to the dataset's folder, so that folder
//! and papers can be moved together; they are the one thing that depends on where the dataset is written.

use crate::columns::{CELLS, Column, DOCUMENTS, OBSERVATIONS, TABLES};
use crate::error::DatasetError;
use crate::listing::{Listing, Note, Styles, for_print, row_height, wrapped_lines};
use crate::rows;
use crate::table_sheet::TableSheets;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use shiryo_model::Document;
use std::path::Path;

/// How hard the workbook is packed, 1 to 9. It is packed by one thread after the last document: at 6 that takes twice
/// as long for a file smaller by a seventh.
const PACKING: u8 = 3;

/// An empty workbook with a fixed date: the same content is the same file.
pub(crate) fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(title).set_author("shiryo").set_creation_datetime(&created);
    workbook.set_properties(&about);
    Ok(workbook)
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
            .field("observations", &self.observations.rows())
            .finish_non_exhaustive()
    }
}

impl WorkbookWriter {
    /// Begins a workbook whose temporary files stand in `folder`.
    pub(crate) fn begin(folder: &Path) -> Result<Self, DatasetError> {
        let mut workbook = workbook("shiryo dataset")?;
        workbook.set_tempdir(folder)?;
        let styles = Styles::new();
        let observations = Listing::begin(&mut workbook, "観測値", &OBSERVATIONS, 0, &styles)?;
        let documents = Listing::begin(&mut workbook, "文書", &DOCUMENTS, 0, &styles)?;
        let tables = Listing::begin(&mut workbook, "表一覧", &TABLES, 0, &styles)?;
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
        self.documents.push(&mut self.workbook, &rows::document(d), &links, &self.styles)?;
        for table in &d.tables {
            let mut links = if linked { vec![("source", file(table.page()))] } else { Vec::new() };
            if self.sheets.push(table, d, &self.styles)? {
                links.push(("table_id", format!("internal:'{}'!A1", table.id)));
            }
            self.tables.push(&mut self.workbook, &rows::table(d, table), &links, &self.styles)?;
        }
        for o in &d.observations {
            let mut links = if linked { vec![("source", file(o.page))] } else { Vec::new() };
            if self.sheets.contains(&o.table_id) {
                links.push(("table_id", format!("internal:'{}'!A1", o.table_id)));
            }
            self.observations.push(&mut self.workbook, &rows::observation(o), &links, &self.styles)?;
        }
        Ok(())
    }

    /// Completes the file. Gives what did not fit into it.
    pub(crate) fn finish(self, path: &Path) -> Result<Vec<String>, DatasetError> {
        let Self { mut workbook, styles, observations, documents, tables, sheets } = self;
        let mut notes = Vec::new();
        for listing in [observations, documents, tables] {
            let (sheets, of_listing) = listing.finish()?;
            sheets.into_iter().for_each(|sheet| {
                workbook.push_worksheet(sheet);
            });
            notes.extend(of_listing);
        }
        let left_out = sheets.left_out();
        if left_out > 0 {
            notes.push((
                format!("表のシートの上限を超えた{left_out}表は、tables/ のCSVにあります。"),
                format!("{left_out} tables beyond the limit of sheets are in tables/ as CSV."),
            ));
        }
        let groups: [(&str, &[Column]); 4] =
            [("観測値", &OBSERVATIONS), ("文書", &DOCUMENTS), ("表一覧", &TABLES), ("cells.csv", &CELLS)];
        workbook.push_worksheet(explanations(&styles, &groups, &notes)?);
        for sheet in sheets.into_sheets() {
            workbook.push_worksheet(sheet);
        }
        workbook.set_zip_compression_level(PACKING);
        workbook.save(path)?;
        Ok(notes.into_iter().map(|(_, en)| format!("dataset.xlsx: {en}")).collect())
    }
}

/// Width of the columns with explanations.
const WIDE: u16 = 80;

/// The sheet 列の説明: every column in Japanese and English, and what did not fit.
pub(crate) fn explanations(
    styles: &Styles,
    groups: &[(&str, &[Column])],
    notes: &[Note],
) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("列の説明")?;
    for_print(&mut sheet);
    sheet.set_freeze_panes(1, 0)?;
    for (i, (title, width)) in
        (0u16..).zip([("シート", 14), ("列", 18), ("名称", 16), ("説明", WIDE), ("Description", WIDE)])
    {
        sheet.write_string_with_format(0, i, title, &styles.header)?;
        sheet.set_column_width(i, f64::from(width))?;
    }
    let wrapped = styles.text.clone().set_text_wrap();
    let mut row = 0;
    for (name, columns) in groups {
        for c in *columns {
            row += 1;
            for (i, text) in (0u16..).zip([name, c.name, c.title_ja, c.ja, c.en]) {
                sheet.write_string_with_format(row, i, text, &wrapped)?;
            }
            let lines = [c.ja, c.en].map(|text| wrapped_lines(text, usize::from(WIDE))).into_iter().max();
            sheet.set_row_height(row, row_height(lines.unwrap_or(1)))?;
        }
    }
    sheet.autofilter(0, 0, row, 4)?;
    for (ja, en) in notes {
        row += 1;
        sheet.write_string_with_format(row, 3, ja, &wrapped)?;
        sheet.write_string_with_format(row, 4, en, &wrapped)?;
    }
    Ok(sheet)
}
