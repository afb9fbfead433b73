//! Wide sheets that a spreadsheet program cut sideways over pages: put together again by their rows.
//!
//! The pages of such a print are parts of one grid. Parts beside each other have as many rows at the same heights; those
//! right of the first repeat its row labels (print titles) or have none, and other heads. Parts below each other have the
//! same columns. Pages come column by column («down, then over») or row by row («over, then down»).

use super::below::{goes_on_below, repeated_head};
use super::cells::{is_figure, is_mark, is_period};
use super::continuation::append;
use crate::prose::words::closed_up;
use shiryo_model::{Cell, Table};

/// Rows of parts beside each other differ in height by at most this, in points.
const SAME_HEIGHT: f64 = 2.0;
/// Fewer rows are no evidence.
const LEAST_ROWS: u32 = 4;
/// Parts of one sheet beside each other, and below each other.
const MOST_BANDS: usize = 12;
const MOST_CHUNKS: usize = 200;
/// Without repeated labels the parts are told from their heights and heads alone.
const UNLABELLED: f64 = 0.8;

/// Joins the parts of cut sheets. `before` names for each table the one that stands directly before it on the page
/// before. Gives for each table the one it became part of; the others are left as they were.
pub(super) fn join_sheets(tables: &mut [Table], before: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut joined: Vec<Option<u32>> = vec![None; tables.len()];
    let follows = |t: usize| before.get(t).copied().flatten().is_some_and(|b| b as usize + 1 == t);
    let follows: Vec<bool> = (0..tables.len()).map(|t| follows(t) && tables[t].pages.len() == 1).collect();
    // Asked of every table of a run for each that a sheet may begin with.
    let goes_on = |t: usize| t > 0 && follows[t] && goes_on_below(&tables[t - 1], &tables[t]);
    let goes_on: Vec<bool> = (0..tables.len()).map(goes_on).collect();
    let mut start = 0;
    while start < tables.len() {
        let run = 1 + follows[start + 1..].iter().take_while(|f| **f).count();
        let below = 1 + goes_on[start + 1..].iter().take(MOST_CHUNKS).take_while(|g| **g).count();
        let Some(sheet) = (run > 1).then(|| sheet_of(&tables[start..start + run], below)).flatten() else {
            start += 1;
            continue;
        };
        let parts = sheet.chunks * sheet.bands;
        let whole = sheet.put_together(&tables[start..start + parts]);
        joined.iter_mut().take(start + parts).skip(start + 1).for_each(|j| *j = u32::try_from(start).ok());
        tables[start] = whole;
        start += parts;
    }
    joined
}

/// How the parts of a sheet lie: `bands` beside each other, `chunks` below each other.
struct Sheet {
    bands: usize,
    chunks: usize,
    /// Pages come row by row.
    over_first: bool,
    /// Columns of labels that every part but the first repeats.
    labels: u32,
}

impl Sheet {
    fn index(&self, chunk: usize, band: usize) -> usize {
        if self.over_first { chunk * self.bands + band } else { band * self.chunks + chunk }
    }

    fn put_together(&self, parts: &[Table]) -> Table {
        let mut whole: Option<Table> = None;
        for chunk in 0..self.chunks {
            let mut row = parts[self.index(chunk, 0)].clone();
            for band in 1..self.bands {
                put_beside(&mut row, parts[self.index(chunk, band)].clone(), self.labels);
            }
            match whole.as_mut() {
                Some(w) => append(w, row),
                None => whole = Some(row),
            }
        }
        let mut whole = whole.unwrap_or_default();
        whole.pages = parts.iter().flat_map(|p| p.pages.iter().copied()).collect();
        whole.pages.sort_unstable();
        whole.pages.dedup();
        if self.labels == 0 {
            whole.confidence = whole.confidence.min(UNLABELLED);
        }
        whole
    }
}

/// The sheet that begins with the first of these tables, each on the page after the one before it; `below` of them go
/// on below one another.
fn sheet_of(run: &[Table], below: usize) -> Option<Sheet> {
    let first = run.first()?;
    let beside = |k: usize| run.get(k).and_then(|t| labels_beside(first, t));
    // Row by row: the second page is the next band.
    if let Some(labels) = beside(1) {
        let same = (1..run.len().min(MOST_BANDS)).take_while(|&k| beside(k) == Some(labels)).count();
        let mut sheet = Sheet { bands: same + 1, chunks: 1, over_first: true, labels };
        while sheet.chunks < MOST_CHUNKS && next_chunk(run, &sheet) {
            sheet.chunks += 1;
        }
        return Some(sheet);
    }
    // Column by column: some later page is the next band, all before it go on below the first.
    let labels = (below < run.len()).then(|| beside(below)).flatten()?;
    let mut sheet = Sheet { bands: 1, chunks: below, over_first: false, labels };
    while sheet.bands < MOST_BANDS && next_band(run, &sheet) {
        sheet.bands += 1;
    }
    (sheet.bands > 1).then_some(sheet)
}

/// Whether the parts after those of `sheet` are its next rows, all bands of them.
fn next_chunk(run: &[Table], sheet: &Sheet) -> bool {
    let at = sheet.chunks * sheet.bands;
    let Some(left) = run.get(at) else { return false };
    (0..sheet.bands).all(|band| {
        let (Some(above), Some(part)) = (run.get(band), run.get(at + band)) else { return false };
        goes_on_below(above, part)
            && (band == 0 || (same_heights(left, part) && repeats(left, part, sheet.labels)))
    })
}

/// Whether the parts after those of `sheet` are its next columns, all chunks of them.
fn next_band(run: &[Table], sheet: &Sheet) -> bool {
    let at = sheet.chunks * sheet.bands;
    (0..sheet.chunks).all(|chunk| {
        let (Some(left), Some(part)) = (run.get(chunk), run.get(at + chunk)) else { return false };
        let fits = if chunk == 0 {
            labels_beside(left, part) == Some(sheet.labels)
        } else {
            run.get(at + chunk - 1).is_some_and(|above| goes_on_below(above, part))
        };
        fits && same_heights(left, part) && repeats(left, part, sheet.labels)
    })
}

/// How many columns of labels `b` repeats when it is the part right of `a`; `None` when it is no such part.
fn labels_beside(a: &Table, b: &Table) -> Option<u32> {
    let heads = a.header_rows > 0 && b.header_rows > 0 && repeated_head(a, b) == 0;
    if !heads
        || a.method != b.method
        || a.n_rows < LEAST_ROWS
        || !same_heights(a, b)
        || !b.caption.text.is_empty()
    {
        return None;
    }
    let most = a.n_cols.min(b.n_cols.saturating_sub(1));
    let labels = (0..most).take_while(|&col| column(a, col) == column(b, col)).count() as u32;
    if labels > 0 {
        // Labels tell the rows apart, and are more than numbers.
        let mut texts: Vec<String> = (0..labels).flat_map(|c| column(a, c)).map(|(.., t)| t).collect();
        let words = texts.iter().any(|t| !is_figure(t));
        let n = column(a, labels - 1).len();
        texts.sort_unstable();
        texts.dedup();
        return (words && n as u32 * 2 >= a.n_rows && texts.len() >= LEAST_ROWS as usize).then_some(labels);
    }
    // Figures without a label to any row, under heads at the height of the other's heads.
    let unlabelled = a.header_rows == b.header_rows && figures(b, 0) >= 0.9 && figures(a, 0) <= 0.1;
    unlabelled.then_some(0)
}

/// Whether the first `labels` columns are the same in both.
fn repeats(a: &Table, b: &Table, labels: u32) -> bool {
    (0..labels).all(|col| column(a, col) == column(b, col))
}

/// The filled cells of a column: row, span and words.
fn column(t: &Table, col: u32) -> Vec<(u32, u32, String)> {
    let own = t.cells.iter().filter(|c| c.col == col && !c.text.is_empty());
    own.map(|c| (c.row, c.row_span, closed_up(&c.text.text))).collect()
}

/// The share of figures and marks among the filled cells of a column's body, where most are filled.
fn figures(t: &Table, col: u32) -> f64 {
    let own: Vec<&Cell> =
        t.cells.iter().filter(|c| c.col == col && c.row >= t.header_rows && !c.text.is_empty()).collect();
    let figures = own.iter().filter(|c| plain(&c.text.text)).count();
    let body = t.n_rows.saturating_sub(t.header_rows) as usize;
    if own.len() * 2 < body.max(1) { 0.5 } else { figures as f64 / own.len().max(1) as f64 }
}

fn plain(text: &str) -> bool {
    (is_figure(text) && !is_period(text)) || is_mark(text)
}

/// Whether two parts have as many rows, and all of them at the same heights of their pages.
fn same_heights(a: &Table, b: &Table) -> bool {
    let tops = |t: &Table| -> Vec<Option<f64>> {
        let mut out: Vec<Option<f64>> = vec![None; t.n_rows.min(10_000) as usize];
        for c in &t.cells {
            if let (Some(slot), Some(b)) = (out.get_mut(c.row as usize), c.bbox) {
                *slot = Some(slot.map_or(b.y0, |y: f64| y.min(b.y0)));
            }
        }
        out
    };
    if a.n_rows != b.n_rows {
        return false;
    }
    let (x, y) = (tops(a), tops(b));
    // Where nothing is drawn the upper edge is that of the words.
    let pairs: Vec<(f64, f64)> = x.iter().zip(&y).skip(1).filter_map(|(p, q)| p.zip(*q)).collect();
    let same = pairs.iter().filter(|(p, q)| (p - q).abs() < SAME_HEIGHT).count();
    same == pairs.len() && same * 10 >= x.len().saturating_sub(1) * 9
}

/// Puts `b` right of `a`, without its first `labels` columns.
fn put_beside(a: &mut Table, b: Table, labels: u32) {
    let base = a.n_cols;
    let own = b.cells.into_iter().filter(|c| c.col >= labels);
    a.cells.extend(own.map(|c| Cell { col: c.col - labels + base, is_header: c.row < a.header_rows, ..c }));
    a.cells.sort_by_key(|c| (c.row, c.col));
    a.n_cols += b.n_cols.saturating_sub(labels);
    a.confidence = a.confidence.min(b.confidence);
    a.notes.extend(b.notes);
    if a.unit.is_empty() {
        a.unit = b.unit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::{BBox, Text};

    /// A part of a sheet on `page`: rows of `height` points from `top`, columns of 80 points.
    fn part(page: u32, rows: &[Vec<String>], heads: u32, height: f64) -> Table {
        let mut cells = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
                let (x, y) = (50.0 + 80.0 * c as f64, 60.0 + height * r as f64);
                cells.push(Cell {
                    row: r as u32,
                    col: c as u32,
                    row_span: 1,
                    col_span: 1,
                    text: Text { text: text.clone(), raw: text.clone(), ..Default::default() },
                    page: Some(page),
                    bbox: Some(BBox::new(x, y, x + 80.0, y + height)),
                    ..Default::default()
                });
            }
        }
        Table {
            pages: vec![page],
            bbox: Some(BBox::new(50.0, 60.0, 400.0, 60.0 + height * rows.len() as f64)),
            n_rows: rows.len() as u32,
            n_cols: rows.first().map_or(0, Vec::len) as u32,
            header_rows: heads,
            label_cols: 1,
            confidence: 0.98,
            cells,
            ..Default::default()
        }
    }

    /// Rows `from..to` of a sheet of places by months, of it the months `months`; with labels or without, with heads or
    /// without.
    fn rows(from: u32, to: u32, months: std::ops::Range<u32>, labels: bool, heads: bool) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        if heads {
            let label = labels.then(|| "施設".to_owned());
            out.push(label.into_iter().chain(months.clone().map(|m| format!("{m}月"))).collect());
        }
        for r in from..to {
            let label = labels.then(|| format!("{}会館", char::from_u32(0x5c71 + r).unwrap_or('山')));
            out.push(label.into_iter().chain(months.clone().map(|m| format!("{}", 100 * r + m))).collect());
        }
        out
    }

    fn chain(n: u32) -> Vec<Option<u32>> {
        (0..n).map(|t| t.checked_sub(1)).collect()
    }

    #[test]
    fn parts_that_repeat_the_labels_are_put_beside_each_other() {
        let mut tables = vec![
            part(1, &rows(0, 6, 4..7, true, true), 1, 20.0),
            part(2, &rows(0, 6, 7..9, true, true), 1, 20.0),
        ];
        assert_eq!(join_sheets(&mut tables, &chain(2)), [None, Some(0)]);
        let t = &tables[0];
        assert_eq!((t.n_rows, t.n_cols, &t.pages), (7, 6, &vec![1, 2]));
        let cell = |r, c| t.cell_at(r, c).map(|c| (c.text.text.as_str(), c.page));
        assert_eq!(cell(0, 4), Some(("7月", Some(2))));
        assert_eq!(cell(6, 5), Some(("508", Some(2))));
        assert_eq!(cell(6, 3), Some(("506", Some(1))));
    }

    #[test]
    fn parts_without_labels_come_down_then_over_and_over_then_down() {
        let piece = |page, chunk: u32, band: u32| {
            let months = if band == 0 { 4..7 } else { 7..10 };
            let (from, to) = if chunk == 0 { (0, 6) } else { (6, 12) };
            part(page, &rows(from, to, months, band == 0, chunk == 0), u32::from(chunk == 0), 20.0)
        };
        let down = vec![piece(1, 0, 0), piece(2, 1, 0), piece(3, 0, 1), piece(4, 1, 1)];
        let over = vec![piece(1, 0, 0), piece(2, 0, 1), piece(3, 1, 0), piece(4, 1, 1)];
        for mut tables in [down, over] {
            assert_eq!(join_sheets(&mut tables, &chain(4)), [None, Some(0), Some(0), Some(0)]);
            let t = &tables[0];
            assert_eq!((t.n_rows, t.n_cols, &t.pages), (13, 7, &vec![1, 2, 3, 4]));
            assert_eq!(t.cell_at(12, 6).map(|c| (c.text.text.as_str(), c.page)), Some(("1109", Some(4))));
            assert!(t.confidence <= 0.8);
        }
    }

    #[test]
    fn independent_tables_stay_apart() {
        let first = || part(1, &rows(0, 6, 4..7, true, true), 1, 20.0);
        // Other rows; the same rows at other heights; the same table again; other labels of its own.
        let others = [
            part(2, &rows(6, 12, 7..9, true, true), 1, 20.0),
            part(2, &rows(0, 6, 7..9, true, true), 1, 23.0),
            part(2, &rows(0, 6, 4..7, true, true), 1, 20.0),
            part(2, &rows(20, 26, 7..9, true, true), 1, 20.0),
        ];
        for other in others {
            let mut tables = vec![first(), other];
            assert_eq!(join_sheets(&mut tables, &chain(2)), [None, None]);
            assert_eq!(tables[0], first());
        }
        // Something stands between.
        let mut tables = vec![first(), part(2, &rows(0, 6, 7..9, true, true), 1, 20.0)];
        assert_eq!(join_sheets(&mut tables, &[None, None]), [None, None]);
    }
}
