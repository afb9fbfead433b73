//! Lists broken into halves (or thirds) that stand side by side under the same heads, apart or inside one frame: one
//! table.

use super::cells::{is_figure, is_period};
use super::{PageCell, PageTable};
use crate::lines::is_wide;
use shiryo_model::BBox;

/// Halves, thirds and quarters are looked for.
const MOST_PARTS: usize = 4;

/// Puts the parts of a table that repeats its heads side by side (都道府県名|件数|都道府県名|件数) below each other.
pub(super) fn stack_parts(table: &mut PageTable) {
    let filled: Vec<u32> =
        (0..table.n_cols).filter(|&col| table.cells.iter().any(|c| c.col == col && !c.is_blank())).collect();
    let parts = (2..=MOST_PARTS).rev().find(|&n| are_parts(table, &filled, n));
    let Some(width) = parts.map(|n| filled.len() / n) else { return };
    let place =
        |c: &PageCell| filled.iter().position(|&f| f == c.col).map(|k| (k / width, (k % width) as u32));
    let mut cells: Vec<PageCell> = Vec::with_capacity(table.cells.len());
    let mut rows = table.header_rows;
    for part in 0..filled.len() / width {
        let own: Vec<(u32, &PageCell)> =
            table.cells.iter().filter_map(|c| place(c).filter(|p| p.0 == part).map(|p| (p.1, c))).collect();
        if part == 0 {
            let head = own.iter().filter(|(_, c)| c.row < table.header_rows);
            cells.extend(head.map(|(col, c)| PageCell { col: *col, ..(*c).clone() }));
        }
        // The last part ends where its rows do.
        let end =
            own.iter().filter(|(_, c)| !c.is_blank()).map(|(_, c)| c.row + c.row_span).max().unwrap_or(0);
        let body = own.iter().filter(|(_, c)| c.row >= table.header_rows && c.row < end);
        cells.extend(body.map(|(col, c)| PageCell {
            col: *col,
            row: c.row - table.header_rows + rows,
            row_span: c.row_span.min(end - c.row),
            ..(*c).clone()
        }));
        rows += end.saturating_sub(table.header_rows);
    }
    cells.sort_by_key(|c| (c.row, c.col));
    table.cells = cells;
    table.n_rows = rows;
    table.n_cols = width as u32;
    table.label_cols = table.label_cols.clamp(1, width.max(2) as u32 - 1);
}

/// Whether the filled columns of a table are `n` parts with the same heads that name different rows, and no cell
/// reaches from one part into the next.
fn are_parts(t: &PageTable, filled: &[u32], n: usize) -> bool {
    let width = filled.len() / n;
    if t.header_rows == 0 || width < 2 || width * n != filled.len() {
        return false;
    }
    let part_of = |col: u32| filled.partition_point(|&f| f < col) / width;
    if t.cells.iter().any(|c| !c.is_blank() && part_of(c.col) != part_of(c.col + c.col_span - 1)) {
        return false;
    }
    let column = |part: usize, k: usize| filled.get(part * width + k).copied();
    let head = |part: usize| -> Vec<(u32, usize, u32, String)> {
        let cells = t.cells.iter().filter(|c| c.row < t.header_rows && !c.is_blank());
        let own = cells.filter(|c| part_of(c.col) == part);
        own.map(|c| (c.row, filled.partition_point(|&f| f < c.col) % width, c.row_span, squeezed(c)))
            .collect()
    };
    let first = head(0);
    // Only in Japanese papers are such parts one list by custom; elsewhere the table stays as it is drawn.
    if first.len() < 2 || !first.iter().any(|h| h.3.chars().any(is_wide)) || (1..n).any(|p| head(p) != first)
    {
        return false;
    }
    let labels = |part: usize| -> Vec<String> {
        let own = t.cells.iter().filter(|c| c.row >= t.header_rows && Some(c.col) == column(part, 0));
        own.map(squeezed).filter(|s| !s.is_empty()).collect()
    };
    let all: Vec<Vec<String>> = (0..n).map(labels).collect();
    let rows = t.n_rows.saturating_sub(t.header_rows) as usize;
    let enough =
        all.iter().rev().skip(1).all(|l| l.len() * 10 >= rows * 8) && all.iter().all(|l| !l.is_empty());
    let mut texts: Vec<&String> = all.iter().flatten().collect();
    let total = texts.len();
    let words = texts.iter().filter(|t| !is_figure(t) || is_period(t)).count();
    let numbers: Vec<Option<u32>> = texts.iter().map(|t| t.parse().ok()).collect();
    let counted =
        numbers.windows(2).all(|w| matches!((w[0], w[1]), (Some(a), Some(b)) if a < u32::MAX && b == a + 1));
    texts.sort_unstable();
    texts.dedup();
    enough && rows >= 3 && texts.len() * 10 >= total * 9 && (words * 10 >= total * 8 || counted)
}

/// Joins halves: the rows of the right one follow those of the left one, its head is dropped.
pub(super) fn join_halves(tables: &mut Vec<PageTable>) {
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    let mut i = 0;
    while i < tables.len() {
        let mut right: Option<usize> = None;
        for j in 0..tables.len().min(i + 40) {
            if j != i && are_halves(&tables[i], &tables[j]) && right.is_none_or(|r| nearer(tables, i, j, r)) {
                right = Some(j);
            }
        }
        match right {
            Some(j) => {
                let b = tables.remove(j);
                if j < i {
                    i -= 1;
                }
                append(&mut tables[i], b);
            }
            None => i += 1,
        }
    }
}

fn nearer(tables: &[PageTable], i: usize, j: usize, than: usize) -> bool {
    tables[j].bbox.x0 - tables[i].bbox.x1 < tables[than].bbox.x0 - tables[i].bbox.x1
}

/// Whether `b` stands right of `a` at the same height with the same heads and column widths, and names other rows.
fn are_halves(a: &PageTable, b: &PageTable) -> bool {
    let gap = b.bbox.x0 - right_end(a);
    let beside = gap > -1.0 && gap < 0.3 * b.bbox.width() && (a.bbox.y0 - b.bbox.y0).abs() < 4.0;
    if !beside || a.n_cols != b.n_cols || a.header_rows == 0 || a.header_rows != b.header_rows || a.n_cols < 2
    {
        return false;
    }
    let head = |t: &PageTable| -> Vec<(u32, u32, String)> {
        let cells = t.cells.iter().filter(|c| c.row < t.header_rows);
        cells.map(|c| (c.row, c.col, squeezed(c))).filter(|(.., s)| !s.is_empty()).collect()
    };
    let (x, y) = (head(a), head(b));
    if x.len() < 2 || x != y {
        return false;
    }
    let labels = |t: &PageTable| -> std::collections::BTreeSet<String> {
        let cells = t.cells.iter().filter(|c| c.row >= t.header_rows && c.col == 0);
        cells.map(squeezed).filter(|s| !s.is_empty()).collect()
    };
    let (l, r) = (labels(a), labels(b));
    l.len() > 1 && r.len() > 1 && l.intersection(&r).count() * 10 <= r.len()
}

/// The right end of the table or, when halves were joined to it, of the last of them.
fn right_end(t: &PageTable) -> f64 {
    t.cells.iter().map(|c| c.bbox.x1).fold(t.bbox.x0, f64::max)
}

fn squeezed(c: &PageCell) -> String {
    c.plain().chars().filter(|c| !c.is_whitespace()).collect()
}

fn append(a: &mut PageTable, b: PageTable) {
    let base = a.n_rows;
    a.n_rows += b.n_rows - b.header_rows;
    a.cells.extend(
        b.cells
            .into_iter()
            .filter(|c| c.row >= b.header_rows)
            .map(|c| PageCell { row: c.row - b.header_rows + base, ..c }),
    );
    a.glyphs.extend(b.glyphs);
    a.glyphs.sort_unstable();
    a.glyphs.dedup();
    a.bbox = BBox::union(&a.bbox, &b.bbox);
    a.confidence = a.confidence.min(b.confidence);
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn table(x: f64, rows: &[[&str; 2]]) -> PageTable {
        let mut cells = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                let left = x + 60.0 * c as f64;
                cells.push(PageCell {
                    row: r as u32,
                    col: c as u32,
                    row_span: 1,
                    col_span: 1,
                    bbox: BBox::new(left, 20.0 * r as f64, left + 60.0, 20.0 * (r + 1) as f64),
                    lines: vec![SourceLine { text: text.to_string(), ..Default::default() }],
                });
            }
        }
        PageTable {
            bbox: BBox::new(x, 0.0, x + 120.0, 20.0 * rows.len() as f64),
            n_rows: rows.len() as u32,
            n_cols: 2,
            header_rows: 1,
            label_cols: 1,
            cells,
            ..Default::default()
        }
    }

    #[test]
    fn halves_are_joined_and_their_head_dropped() {
        let mut t = vec![
            table(150.0, &[["県", "件数"], ["東", "3"], ["西", "4"]]),
            table(0.0, &[["県", "件数"], ["北", "1"], ["南", "2"]]),
        ];
        join_halves(&mut t);
        assert_eq!(t.len(), 1);
        assert_eq!(t[0].n_rows, 5);
        assert_eq!(t[0].cells.last().map(|c| c.plain()), Some("4".into()));
    }

    /// Two tables of [`table`] in one frame.
    fn framed(left: &[[&str; 2]], right: &[[&str; 2]]) -> PageTable {
        let mut t = table(0.0, left);
        t.cells.extend(table(120.0, right).cells.into_iter().map(|c| PageCell { col: c.col + 2, ..c }));
        t.cells.sort_by_key(|c| (c.row, c.col));
        t.n_cols = 4;
        t
    }

    #[test]
    fn halves_inside_one_frame_stand_below_each_other() {
        let mut t = framed(
            &[["県", "数"], ["北", "1"], ["南", "2"], ["上", "7"]],
            &[["県", "数"], ["東", "3"], ["西", "4"], ["", ""]],
        );
        stack_parts(&mut t);
        assert_eq!((t.n_rows, t.n_cols), (6, 2));
        let row = |r: u32| t.cells.iter().filter(|c| c.row == r).map(PageCell::plain).collect::<Vec<_>>();
        assert_eq!(
            (row(0), row(3), row(4), row(5)),
            (
                vec!["県".into(), "数".into()],
                vec!["上".into(), "7".into()],
                vec!["東".into(), "3".into()],
                vec!["西".into(), "4".into()]
            )
        );
        // Other heads, or the same rows again, are columns of one table.
        for right in [
            [["町", "数"], ["東", "3"], ["西", "4"], ["下", "8"]],
            [["県", "数"], ["北", "3"], ["南", "4"], ["上", "8"]],
        ] {
            let mut t = framed(&[["県", "数"], ["北", "1"], ["南", "2"], ["上", "7"]], &right);
            stack_parts(&mut t);
            assert_eq!((t.n_rows, t.n_cols), (4, 4));
        }
        // Without labels the same heads name pairs of columns.
        let mut t = framed(
            &[["件", "率"], ["1", "9"], ["2", "8"], ["3", "7"]],
            &[["件", "率"], ["40", "3"], ["55", "4"], ["62", "1"]],
        );
        stack_parts(&mut t);
        assert_eq!(t.n_cols, 4);
    }

    #[test]
    fn tables_of_the_same_form_about_the_same_rows_stay_apart() {
        let mut t = vec![
            table(0.0, &[["県", "件数"], ["北", "1"], ["南", "2"]]),
            table(150.0, &[["県", "件数"], ["北", "3"], ["南", "4"]]),
        ];
        join_halves(&mut t);
        assert_eq!(t.len(), 2);
    }
}
