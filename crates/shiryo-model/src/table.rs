//! Tables and their cells.

use crate::{BBox, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A table: a grid of cells with spans. A table that continues over pages is one table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Stable within the dataset: `DOCUMENT_ID-t01`. Empty until the document has an id.
    pub id: String,
    /// 1-based pages the table stands on, in order; empty for text sources.
    pub pages: Vec<u32>,
    /// Box on the first of its pages.
    pub bbox: Option<BBox>,
    /// First and last line of a text source.
    pub line_range: Option<(u32, u32)>,
    /// Words of the caption, normalised; empty when there is none.
    pub caption: Text,
    /// Unit that holds for the whole table (単位：千円), as written; empty when there is none.
    pub unit: Text,
    /// Notes under the table (※, 注).
    pub notes: Vec<Text>,
    /// Number of rows of the grid.
    pub n_rows: u32,
    /// Number of columns of the grid.
    pub n_cols: u32,
    /// How many rows at the top are headers.
    pub header_rows: u32,
    /// How many columns at the left are row labels.
    pub label_cols: u32,
    /// How it was found.
    pub method: TableMethod,
    /// 0–1: how likely the structure is right.
    pub confidence: f64,
    /// Cells in row-major order, each listed once at its top-left position; blank cells may be left out.
    pub cells: Vec<Cell>,
}

/// What told the cells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableMethod {
    /// Drawn lines or edges of fills.
    #[default]
    Ruled,
    /// Alignment and white space, with or without some rules.
    Aligned,
    /// Tabs or column gaps in a text source, or lines whose columns were rebuilt.
    Delimited,
    /// `<table>` or a Markdown table.
    Html,
}

/// One cell. Positions count from 0.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Top row.
    pub row: u32,
    /// Left column.
    pub col: u32,
    /// Rows it covers, at least 1.
    pub row_span: u32,
    /// Columns it covers, at least 1.
    pub col_span: u32,
    /// Whether it stands in a header row or is a row label.
    pub is_header: bool,
    /// Words of the cell, normalised; list items separated by `\n`.
    pub text: Text,
    /// 1-based page; `None` for text sources.
    pub page: Option<u32>,
    /// Box of the cell (not of its text) on its page.
    pub bbox: Option<BBox>,
}

impl Table {
    /// The cell that covers grid position (`row`, `col`), if any.
    pub fn cell_at(&self, row: u32, col: u32) -> Option<&Cell> {
        self.cells.iter().find(|c| {
            (c.row..c.row.saturating_add(c.row_span)).contains(&row)
                && (c.col..c.col.saturating_add(c.col_span)).contains(&col)
        })
    }

    /// First page of the table; `None` for text sources.
    pub fn page(&self) -> Option<u32> {
        self.pages.first().copied()
    }
}
