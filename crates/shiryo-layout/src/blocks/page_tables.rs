//! Tables of a page to tables of the document.

use crate::prose::assemble::cell_text;
use crate::tables::{PageCell, PageTable};
use shiryo_model::{Cell, Table};

/// The table with its text composed.
pub(crate) fn table_of(table: PageTable, page: u32) -> Table {
    let (header_rows, label_cols) = (table.header_rows, table.label_cols);
    let cells = table.cells.into_iter().map(|c| cell_of(c, page, header_rows, label_cols));
    Table {
        pages: vec![page],
        bbox: Some(table.bbox),
        n_rows: table.n_rows,
        n_cols: table.n_cols,
        header_rows,
        label_cols,
        method: table.method,
        confidence: (table.confidence * 100.0).round() / 100.0,
        cells: cells.filter(|c| !c.text.is_empty()).collect(),
        ..Table::default()
    }
}

fn cell_of(cell: PageCell, page: u32, header_rows: u32, label_cols: u32) -> Cell {
    Cell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        is_header: cell.row < header_rows || cell.col < label_cols,
        text: cell_text(cell.lines),
        page: Some(page),
        bbox: Some(cell.bbox),
    }
}
