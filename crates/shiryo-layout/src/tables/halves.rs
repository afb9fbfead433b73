//! Lists broken into halves that stand side by side under the same heads: one table.

use super::{PageCell, PageTable};
use crate::prose::words::closed_up;
use shiryo_model::BBox;

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
    closed_up(&c.plain())
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
