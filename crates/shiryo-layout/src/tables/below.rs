//! Whether the rows of one table may stand under those of another: columns, heads, kinds of cells, labels.

use super::cells::{is_figure, is_mark, is_period};
use crate::prose::words::closed_up;
use shiryo_model::{Cell, Table, TableMethod, Text};

/// Column borders of one table on two pages differ at most by this, in points.
const SAME_BORDER: f64 = 4.0;

/// Whether the rows of `b` may stand under those of `a`, wherever its page is: the same columns, and the same head or
/// no head that contradicts.
pub(super) fn goes_on_below(a: &Table, b: &Table) -> bool {
    if a.n_cols != b.n_cols || a.method != b.method {
        return false;
    }
    let repeated = repeated_head(a, b) > 0;
    if (!repeated && other_heads(a, b)) || same_rows(a, b) {
        return false;
    }
    match a.method {
        TableMethod::Ruled => same_columns(a, b),
        _ => columns_overlap(a, b) && (repeated || same_kinds(a, b)),
    }
}

/// Whether the first row of `b` names columns of figures anew: most of them have words there, and figures in `a`.
fn other_heads(a: &Table, b: &Table) -> bool {
    let figure = |t: &Text| (is_figure(&t.text) && !is_period(&t.text)) || is_mark(&t.text);
    let (mut figures, mut heads) = (0, 0);
    for c in b.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty()) {
        let body =
            |t: &'_ Table, o: &Cell| o.col == c.col && o.row >= t.header_rows.max(1) && !o.text.is_empty();
        let mostly = |t: &Table| {
            let own: Vec<&Cell> = t.cells.iter().filter(|o| body(t, o)).collect();
            own.len() >= 2 && own.iter().filter(|o| figure(&o.text)).count() * 10 >= own.len() * 8
        };
        if mostly(a) {
            figures += 1;
            heads += usize::from(!figure(&c.text) && (b.n_rows < 3 || mostly(b)));
        }
    }
    heads >= 2 && heads * 2 > figures
}

/// Whether the rows of both have the same labels: another part of a wide sheet, or another table about the same things.
fn same_rows(a: &Table, b: &Table) -> bool {
    let figures =
        |col: u32| a.cells.iter().any(|c| c.col == col && c.row >= a.header_rows && is_figure(&c.text.text));
    let words = (0..a.n_cols).take_while(|&col| !figures(col)).count() as u32;
    let width = if words == a.n_cols { a.label_cols.max(1) } else { words.max(1) };
    let labels = |t: &Table, from: u32| -> Vec<String> {
        let own = t.cells.iter().filter(|c| c.col < width && c.row >= from && !c.text.is_empty());
        own.map(|c| c.text.text.clone()).collect()
    };
    let drop = repeated_head(a, b);
    let (x, y) = (labels(a, a.header_rows), labels(b, drop.max(b.header_rows)));
    let distinct: std::collections::BTreeSet<&String> = x.iter().collect();
    let telling = distinct.len() * 2 > x.len() || (x.len() >= 8 && distinct.len() * 10 >= x.len());
    x == y && distinct.len() >= 3 && telling && x.iter().any(|t| !is_figure(t))
}

/// Left and right ends of each column on one page, from cells that cover a single column.
fn columns_on(t: &Table, page: Option<u32>) -> Vec<Option<(f64, f64)>> {
    let mut out = vec![None; t.n_cols as usize];
    for c in t.cells.iter().filter(|c| c.page == page && c.col_span == 1) {
        if let (Some(slot), Some(b)) = (out.get_mut(c.col as usize), c.bbox) {
            slot.get_or_insert((b.x0, b.x1));
        }
    }
    out
}

fn column_pairs(a: &Table, b: &Table) -> Vec<((f64, f64), (f64, f64))> {
    let left = columns_on(a, a.pages.last().copied());
    let right = columns_on(b, b.pages.first().copied());
    left.into_iter().zip(right).filter_map(|(x, y)| x.zip(y)).collect()
}

/// Whether the columns lie in the same places, or are equally wide on a page with other margins.
fn same_columns(a: &Table, b: &Table) -> bool {
    let pairs = column_pairs(a, b);
    let Some(first) = pairs.first() else { return false };
    let shift = first.1.0 - first.0.0;
    let tolerance = |w: f64| SAME_BORDER.max(0.03 * w);
    pairs.len() * 2 > a.n_cols as usize
        && shift.abs() < 60.0
        && pairs.iter().all(|(x, y)| {
            (x.0 + shift - y.0).abs() < SAME_BORDER && (x.1 + shift - y.1).abs() < tolerance(x.1 - x.0)
        })
}

fn columns_overlap(a: &Table, b: &Table) -> bool {
    let pairs = column_pairs(a, b);
    !pairs.is_empty()
        && pairs.iter().all(|(x, y)| {
            let shared = x.1.min(y.1) - x.0.max(y.0);
            shared > 0.5 * (x.1 - x.0).min(y.1 - y.0)
        })
}

/// Whether the first row of `b` has figures where `a` has them and none elsewhere.
fn same_kinds(a: &Table, b: &Table) -> bool {
    let mut seen = false;
    for c in b.cells.iter().filter(|c| c.row == 0 && !c.text.is_empty()) {
        let above: Vec<&Cell> = a
            .cells
            .iter()
            .filter(|o| o.col == c.col && o.row >= a.header_rows && !o.text.is_empty())
            .collect();
        let figures = above.iter().filter(|o| is_figure(&o.text.text)).count() * 2 > above.len();
        if figures != is_figure(&c.text.text) {
            return false;
        }
        seen = true;
    }
    seen
}

/// How many rows at the top of `b` repeat the head of `a`.
pub(super) fn repeated_head(a: &Table, b: &Table) -> u32 {
    let head = |t: &Table, rows: u32| -> Vec<(u32, u32, String)> {
        t.cells
            .iter()
            .filter(|c| c.row < rows && !c.text.is_empty())
            .map(|c| (c.row, c.col, closed_up(&c.text.text)))
            .collect()
    };
    for rows in [a.header_rows, a.header_rows + 1, 1] {
        let (x, y) = (head(a, rows), head(b, rows));
        if rows > 0 && rows < b.n_rows && !x.is_empty() && x == y {
            return rows;
        }
    }
    0
}
