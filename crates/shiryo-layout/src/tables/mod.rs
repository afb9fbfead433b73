//! Tables on a page: detection and structure from rulings, fills, white space and alignment together.

mod cells;
mod grid;
mod header;
mod reject;
mod ruled;
mod separators;

use crate::lines::readable_glyphs;
use shiryo_model::{BBox, PageContent, RawText, TableMethod};

/// A table found on one page, before its text is normalised and before pages are joined.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageTable {
    /// Box of the grid.
    pub bbox: BBox,
    /// Rows of the grid.
    pub n_rows: u32,
    /// Columns of the grid.
    pub n_cols: u32,
    /// Header rows at the top.
    pub header_rows: u32,
    /// Row-label columns at the left.
    pub label_cols: u32,
    /// What told the cells apart.
    pub method: TableMethod,
    /// 0–1.
    pub confidence: f64,
    /// Cells, row-major; blank ones included.
    pub cells: Vec<PageCell>,
    /// Indexes into [`PageContent::glyphs`] of every glyph that belongs to the table.
    pub glyphs: Vec<u32>,
}

/// A cell of a [`PageTable`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageCell {
    /// Top row, from 0.
    pub row: u32,
    /// Left column, from 0.
    pub col: u32,
    /// Rows covered, at least 1.
    pub row_span: u32,
    /// Columns covered, at least 1.
    pub col_span: u32,
    /// Box of the cell.
    pub bbox: BBox,
    /// Its lines of text, top to bottom.
    pub lines: RawText,
}

/// Every table on a page, top to bottom.
pub fn find_tables(page: &PageContent) -> Vec<PageTable> {
    let mut free = readable_glyphs(page);
    let rulings = separators::usable_rulings(page);
    let mut tables: Vec<PageTable> = Vec::new();
    for component in separators::components(&rulings) {
        let middle = component.bbox.center();
        if tables.iter().any(|t| t.bbox.contains(middle)) {
            continue;
        }
        if let Some(table) = ruled::table_of(page, &component, &free) {
            free.retain(|i| table.glyphs.binary_search(i).is_err());
            tables.push(table);
        }
    }
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    tables
}
