//! What looks like a table and is none; how sure a table is.

use super::PageTable;

/// Confidence of a drawn grid; `None` when it is no table: a frame, a chart's grid, boxes of a flow chart.
pub(super) fn judge_grid(table: &PageTable) -> Option<f64> {
    let filled = table.cells.iter().filter(|c| !c.is_blank()).count();
    let cells = table.cells.len().max(1);
    if filled < 2 || cells < 3 {
        return None;
    }
    let share = filled as f64 / cells as f64;
    // A chart's grid has next to no text in its cells.
    if share < 0.12 {
        return None;
    }
    let spans: usize = table.cells.iter().filter(|c| c.row_span > 1 && c.col_span > 1).count();
    let mut confidence: f64 = 0.98;
    if share < 0.35 {
        confidence -= 0.15;
    }
    if spans * 4 > cells {
        confidence -= 0.2;
    }
    if filled < 4 {
        confidence -= 0.2;
    }
    Some(confidence.clamp(0.05, 0.99))
}
