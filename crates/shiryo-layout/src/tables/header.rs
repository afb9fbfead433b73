//! Which rows are headers and which columns are row labels.

use super::cells::{is_figure, is_period};
use super::{PageCell, PageTable};
use shiryo_model::PageContent;

/// Sets `header_rows` and `label_cols` of a finished table.
pub(super) fn mark(page: &PageContent, table: &mut PageTable) {
    table.header_rows = header_rows(page, table);
    table.label_cols = label_cols(table);
}

fn starting_in(table: &PageTable, row: u32) -> impl Iterator<Item = &PageCell> {
    // Cells are row-major, so a binary search finds the row's first.
    let from = table.cells.partition_point(|c| c.row < row);
    table.cells[from..].iter().take_while(move |c| c.row == row)
}

/// Header rows: the first row, deepened by cells that span down from it and by spanning heads that want
/// a second level; none when the first row already looks like the body.
fn header_rows(page: &PageContent, table: &PageTable) -> u32 {
    if table.n_rows < 2 {
        return 0;
    }
    if first_row_is_body(page, table) {
        return 0;
    }
    if let Some(row) = row_of_periods(table) {
        return row + 1;
    }
    let mut rows = if title_over_heads(table) { 2 } else { 1 };
    let mut row = 0;
    while row < rows && rows < table.n_rows {
        for c in starting_in(table, row) {
            let end = c.row + c.row_span;
            let spans_head = c.col_span > 1 && c.col_span < table.n_cols && !c.is_blank();
            // A first column that spans many rows is a group of the body, not a deep head.
            if c.row_span > 1 && (c.col > 0 || end < table.n_rows) && end <= table.n_rows / 2 + 1 {
                rows = rows.max(end);
            }
            if spans_head && end < table.n_rows && below_is_head(table, c) {
                rows = rows.max(end + 1);
            }
        }
        row += 1;
    }
    rows.min(table.n_rows - 1)
}

/// A title as wide as the table over a full row of heads: words in every column, none of which the next row repeats.
/// Where heads span columns (指標名 over groups and names), times among them show what they are.
fn title_over_heads(table: &PageTable) -> bool {
    let whole = |c: &&PageCell| c.col_span == table.n_cols && c.row_span == 1 && !c.is_blank();
    if table.n_rows < 3 || table.n_cols < 3 || starting_in(table, 0).find(whole).is_none() {
        return false;
    }
    let heads: Vec<&PageCell> = starting_in(table, 1).collect();
    let wide: u32 = heads.iter().map(|c| c.col_span).sum();
    let times = heads.iter().filter(|c| is_period(&c.plain())).count();
    wide == table.n_cols
        && (heads.len() == table.n_cols as usize || times > 1)
        && heads.iter().all(|c| {
            let text = c.plain();
            let repeated = || starting_in(table, 2).any(|o| o.col == c.col && o.plain() == text);
            !c.is_blank()
                && (!is_figure(&text) || is_period(&text))
                && text.chars().count() <= 40
                && !repeated()
        })
}

/// A row of years or months under rows of spanning cells (title, department, description of a programme sheet): it is
/// the last row of the head.
fn row_of_periods(table: &PageTable) -> Option<u32> {
    for row in 1..table.n_rows.saturating_sub(1).min(8) {
        let cells: Vec<&PageCell> = starting_in(table, row).collect();
        if cells.len() == table.n_cols as usize {
            let heads = cells.get(1..)?;
            let periods = heads.len() > 1 && heads.iter().all(|c| is_period(&c.plain()));
            return periods.then_some(row);
        }
    }
    None
}

/// Whether the row under a spanning head holds more heads: several cells, none of them a figure that the
/// rows below share.
fn below_is_head(table: &PageTable, head: &PageCell) -> bool {
    let row = head.row + head.row_span;
    let under: Vec<&PageCell> = starting_in(table, row)
        .filter(|c| c.col >= head.col && c.col + c.col_span <= head.col + head.col_span)
        .collect();
    // Figures beside it: the row is one of the body, and what stands below the head are its labels.
    let beside = || starting_in(table, row).filter(|c| c.col >= head.col + head.col_span && !c.is_blank());
    let figures = beside().filter(|c| is_figure(&c.plain()) && !is_period(&c.plain())).count();
    if figures * 2 > beside().count() {
        return false;
    }
    under.len() > 1
        && under.iter().filter(|c| !c.is_blank()).all(|c| !is_figure(&c.plain()) || is_period(&c.plain()))
}

/// Whether the first row is of the same kind as the others: it has figures where the rows below have some,
/// and nothing (shading, bold type) sets it off.
fn first_row_is_body(page: &PageContent, table: &PageTable) -> bool {
    let first: Vec<&PageCell> = starting_in(table, 0).filter(|c| !c.is_blank()).collect();
    if first.is_empty() {
        return false;
    }
    let figures = first.iter().filter(|c| is_figure(&c.plain()) && !is_period(&c.plain())).count();
    if figures > 0 && figures * 3 >= first.len() && !is_set_off(page, table) {
        return true;
    }
    // Two columns, label and prose: a sheet of facts without a header row.
    if table.n_cols == 2 && !is_set_off(page, table) {
        let (mut longest, mut shortest_label) = (0, usize::MAX);
        for c in &first {
            let n = c.plain().chars().count();
            if c.col == 1 { longest = longest.max(n) } else { shortest_label = shortest_label.min(n) }
        }
        return longest > 24 && shortest_label != usize::MAX;
    }
    false
}

/// Whether shading lies under the first row but not under the last.
fn is_set_off(page: &PageContent, table: &PageTable) -> bool {
    let mid = |row: u32| {
        let mut boxes = starting_in(table, row).filter(|c| c.row_span == 1).map(|c| c.bbox.center());
        boxes.next()
    };
    let (Some(top), Some(bottom)) = (mid(0), mid(table.n_rows - 1)) else { return false };
    let shade =
        |p| page.fills.iter().rev().find(|f| f.bbox.contains(p)).map(|f| f.color).unwrap_or(0xff_ff_ff);
    shade(top) != shade(bottom)
}

/// Leading columns that name the row: text columns before the first column of figures or marks.
fn label_cols(table: &PageTable) -> u32 {
    let n = table.n_cols;
    if n < 2 {
        return 0;
    }
    let mut kinds = vec![Column::default(); n as usize];
    for c in table.cells.iter().filter(|c| c.row >= table.header_rows && !c.is_blank()) {
        let text = c.plain();
        let Some(k) = kinds.get_mut(c.col as usize) else { continue };
        k.filled += 1;
        k.figures += usize::from(is_figure(&text));
        k.marks += usize::from(text.trim().chars().count() == 1 && !is_figure(&text));
        k.grouped += usize::from(c.row_span > 1);
    }
    let mut labels = 0;
    for (i, k) in kinds.iter().enumerate() {
        let figures = k.figures * 2 > k.filled;
        let marks = k.marks * 2 > k.filled;
        let number = i == 0 && figures && k.filled > 1; // running numbers name a row together with the next column
        if (figures && !number) || marks {
            break;
        }
        labels = i as u32 + 1;
        if !number && k.grouped == 0 {
            break;
        }
    }
    // Where marks come first (〇 per year), the first text column names the row.
    if labels == 0 {
        let text =
            kinds.iter().position(|k| k.filled > 0 && k.figures * 2 <= k.filled && k.marks * 2 <= k.filled);
        return u32::from(text == Some(0) || text.is_none());
    }
    labels.min(n - 1)
}

#[derive(Clone, Default)]
struct Column {
    filled: usize,
    figures: usize,
    marks: usize,
    grouped: usize,
}
