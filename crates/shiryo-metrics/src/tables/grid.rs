//! A table's cells by grid position, in constant time.

use shiryo_model::{Cell, Table};

/// Most grid positions a table may have; larger ones are not read (no paper has them, damage does).
const MOST_POSITIONS: usize = 2_000_000;

/// Visible formatting marks of word processors that were printed with the cells.
const EDITING_MARKS: [char; 6] = ['←', '↵', '¶', '␍', '↲', '⏎'];

/// A table with its cells laid out on the grid.
pub(super) struct Grid<'t> {
    /// The table.
    pub(super) table: &'t Table,
    /// Rows.
    pub(super) rows: usize,
    /// Columns.
    pub(super) cols: usize,
    /// For each position the index of the covering cell, plus one; 0 is none.
    owner: Vec<u32>,
}

impl<'t> Grid<'t> {
    /// Lays a table out; `None` when it has no cells or is unreasonably large.
    pub(super) fn new(table: &'t Table) -> Option<Self> {
        let (rows, cols) = (table.n_rows as usize, table.n_cols as usize);
        let positions = rows.checked_mul(cols).filter(|n| (1..=MOST_POSITIONS).contains(n))?;
        let mut owner = vec![0u32; positions];
        for (index, cell) in table.cells.iter().enumerate() {
            let bottom = (cell.row as usize).saturating_add(cell.row_span.max(1) as usize).min(rows);
            let right = (cell.col as usize).saturating_add(cell.col_span.max(1) as usize).min(cols);
            for row in cell.row as usize..bottom {
                for col in cell.col as usize..right {
                    if let Some(slot) = owner.get_mut(row * cols + col)
                        && *slot == 0
                    {
                        *slot = u32::try_from(index + 1).unwrap_or(0);
                    }
                }
            }
        }
        Some(Self { table, rows, cols, owner })
    }

    /// The cell that covers a position.
    pub(super) fn cell(&self, row: usize, col: usize) -> Option<&'t Cell> {
        if col >= self.cols {
            return None;
        }
        let index = self.owner.get(row * self.cols + col)?.checked_sub(1)?;
        self.table.cells.get(index as usize)
    }

    /// The cell that begins at a position.
    pub(super) fn origin(&self, row: usize, col: usize) -> Option<&'t Cell> {
        self.cell(row, col).filter(|c| c.row as usize == row && c.col as usize == col)
    }

    /// The words at a position; empty where there are none.
    pub(super) fn text(&self, row: usize, col: usize) -> &'t str {
        self.cell(row, col).map_or("", |c| c.text.text.trim().trim_end_matches(EDITING_MARKS).trim_end())
    }

    /// Whether one cell covers the whole row.
    pub(super) fn is_banner(&self, row: usize) -> bool {
        self.cols > 1 && self.cell(row, 0).is_some_and(|c| c.col_span as usize >= self.cols)
    }
}
