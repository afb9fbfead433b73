//! Tables that lines of the flow make.

use super::flow::{Flow, FlowLine};
use super::grid::{Grid, GridCell, table_of};
use shiryo_model::{Table, TableMethod};
use std::ops::Range;

/// A table found in the flow: the elements it takes and the table itself.
pub(crate) struct Found {
    /// First element.
    pub(crate) start: usize,
    /// First element after it.
    pub(crate) end: usize,
    /// The table.
    pub(crate) table: Table,
}

impl Found {
    /// The table of `rows` that the elements `taken` make, the first `heads` of them heads.
    pub(super) fn of(
        flow: &[Flow],
        taken: Range<usize>,
        rows: Vec<Vec<GridCell>>,
        heads: Option<u32>,
        confidence: f64,
    ) -> Option<Self> {
        let no = |i: usize| line(flow, i).and_then(|l| l.source.place.line).unwrap_or(0);
        let Range { start, end } = taken;
        let table = table_of(Grid {
            rows,
            known_headers: heads,
            line_range: (no(start), no(end.checked_sub(1)?)),
            method: TableMethod::Delimited,
            confidence,
            infer_spans: false,
        })?;
        Some(Self { start, end, table })
    }

    /// With the first `labels` columns, and no others, as the labels of its rows.
    pub(super) fn labelled(mut self, labels: u32) -> Self {
        self.table.label_cols = labels;
        let heads = self.table.header_rows;
        for c in self.table.cells.iter_mut().filter(|c| c.row >= heads) {
            c.is_header = c.col < labels;
        }
        self
    }
}

/// The line at a place of the flow, if none of its blocks stands there.
pub(super) fn line(flow: &[Flow], at: usize) -> Option<&FlowLine> {
    match flow.get(at)? {
        Flow::Line(l) => Some(l),
        Flow::Block(_) => None,
    }
}
