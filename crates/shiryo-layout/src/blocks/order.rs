//! Reading order: rows of a region, columns by white space, regions inside regions.
//!
//! Rows are read one after the other unless consecutive rows share a gutter and what stands on its two sides
//! reads as text of its own (lines that fill their column, or baselines that do not match): then the left
//! column is read before the right one. Tabular rows (short labels, aligned baselines) stay rows.

use shiryo_model::BBox;
use std::collections::BTreeMap;

/// Something with a place: a piece of a line, a table, a group of turned lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// Index of the caller.
    pub(crate) id: usize,
    /// Its box.
    pub(crate) bbox: BBox,
    /// Whether it takes its row for itself (a table).
    pub(crate) alone: bool,
    /// Whether it begins with an enumerator or bullet.
    pub(crate) marked: bool,
    /// Number of the drawn box that it stands in; 0 for none.
    pub(crate) frame: usize,
}

/// Items read as one line, left to right, and the region they stand in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// Their ids, left to right.
    pub(crate) ids: Vec<usize>,
    /// Number of the column or region.
    pub(crate) region: u32,
}

/// Columns inside columns go no deeper than this.
const DEEPEST: u32 = 12;
/// Longer groups of rows are cut.
const MOST_ROWS: usize = 1000;
/// A gutter that the lines above leave less of begins below them.
const UNCUT: f64 = 0.6;
/// Lines at least so much higher than the usual em are headings.
const LARGE: f64 = 1.3;
/// At most so many free intervals of a group of rows are followed.
const MOST_GUTTERS: usize = 48;

/// Items in reading order. `em` is the usual size of letters, in the unit of the boxes.
pub(crate) fn reading_order(items: Vec<Item>, em: f64) -> Vec<Row> {
    let mut out = Vec::new();
    let mut regions = 0;
    read_region(items, em.max(1.0), 0, &mut regions, &mut out);
    out
}

fn read_region(items: Vec<Item>, em: f64, depth: u32, regions: &mut u32, out: &mut Vec<Row>) {
    let rows = rows_of(items);
    // Rows above and below columns belong to the same region.
    *regions += 1;
    let region = *regions;
    for group in groups_of(&rows, em) {
        let members = rows.get(group.rows.clone()).unwrap_or(&[]);
        match group.gutter.filter(|_| depth < DEEPEST) {
            Some(x) => {
                let (left, right): (Vec<Item>, Vec<Item>) =
                    members.iter().flatten().copied().partition(|i| i.bbox.center().x < x);
                read_region(left, em, depth + 1, regions, out);
                read_region(right, em, depth + 1, regions, out);
            }
            None => {
                for row in members {
                    push_row(row, region, out);
                }
            }
        }
    }
}

fn push_row(row: &[Item], region: u32, out: &mut Vec<Row>) {
    let mut open: Vec<usize> = Vec::new();
    for item in row {
        if item.alone {
            if !open.is_empty() {
                out.push(Row { ids: std::mem::take(&mut open), region });
            }
            out.push(Row { ids: vec![item.id], region });
        } else {
            open.push(item.id);
        }
    }
    if !open.is_empty() {
        out.push(Row { ids: open, region });
    }
}

/// Rows, top to bottom: items whose heights overlap by half, each row left to right.
fn rows_of(mut items: Vec<Item>) -> Vec<Vec<Item>> {
    items.sort_by(|a, b| a.bbox.center().y.total_cmp(&b.bbox.center().y).then(a.id.cmp(&b.id)));
    let mut rows: Vec<(f64, f64, Vec<Item>)> = Vec::new(); // top, bottom of the row's first item
    for item in items {
        let b = item.bbox;
        match rows.last_mut() {
            Some((top, bottom, row))
                if !item.alone && !row.first().is_some_and(|i| i.alone) && overlaps(*top, *bottom, &b) =>
            {
                row.push(item);
            }
            _ => rows.push((b.y0, b.y1, vec![item])),
        }
    }
    let mut rows: Vec<Vec<Item>> = rows.into_iter().map(|r| r.2).collect();
    for row in &mut rows {
        row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0).then(a.id.cmp(&b.id)));
    }
    rows
}

fn overlaps(top: f64, bottom: f64, b: &BBox) -> bool {
    let shared = bottom.min(b.y1) - top.max(b.y0);
    shared >= 0.5 * (bottom - top).min(b.height()).max(0.1)
}

/// Consecutive rows read together, and the middle of the gutter when they are two columns.
struct Group {
    rows: std::ops::Range<usize>,
    gutter: Option<f64>,
}

/// Free stretches of x between and beside the items of rows.
type Free = Vec<(f64, f64)>;

fn groups_of(rows: &[Vec<Item>], em: f64) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    let mut free: Free = vec![(f64::NEG_INFINITY, f64::INFINITY)];
    let mut split = false; // whether some row of the group has words on both sides of a surviving gutter
    for (i, row) in rows.iter().enumerate() {
        let own = free_of(row);
        let both = intersect(&free, &own, 1.2 * em);
        let inner = |f: &Free, row: &[Item]| f.iter().any(|g| has_sides(row.iter(), *g));
        let width = |g: &(f64, f64)| g.1 - g.0;
        let widest = both.iter().filter(|g| has_sides(row.iter(), **g)).map(width).fold(0.0, f64::max);
        // A row's own free stretches have words on both sides unless they are its ends.
        let uncut = own.iter().map(width).filter(|w| w.is_finite()).fold(0.0, f64::max);
        // A title over two charts reaches into the gutter between them: they begin below it.
        let titled = !split && row.len() > 1 && widest < UNCUT * uncut;
        let dies = i - start >= MOST_ROWS
            || titled
            || (split && is_heading(rows, i, em))
            || (split
                && !both.iter().any(|g| has_sides(rows.get(start..i).unwrap_or(&[]).iter().flatten(), *g)))
            || (inner(&own, row) && !in_one_frame(row) && !inner(&both, row));
        if dies && i > start {
            groups.push(close(rows, start..i, &free, em));
            start = i;
            free = intersect(&own, &[(f64::NEG_INFINITY, f64::INFINITY)], 1.2 * em);
            split = inner(&free, row);
        } else {
            split |= inner(&both, row);
            free = both;
        }
    }
    if start < rows.len() {
        groups.push(close(rows, start..rows.len(), &free, em));
    }
    groups
}

/// Whether a row is one larger line with nothing beside it, above and below as well: a heading under columns, which end
/// there.
fn is_heading(rows: &[Vec<Item>], at: usize, em: f64) -> bool {
    let Some([only]) = rows.get(at).map(Vec::as_slice) else { return false };
    let b = only.bbox;
    let clear = |row: Option<&Vec<Item>>, above: bool| {
        row.into_iter().flatten().all(|i| if above { i.bbox.y1 < b.y0 } else { i.bbox.y0 > b.y1 })
    };
    let before = at.checked_sub(1).and_then(|k| rows.get(k));
    let large = !only.alone && b.height() >= LARGE * em && b.height() < 4.0 * em;
    large && clear(before, true) && clear(rows.get(at + 1), false)
}

fn has_sides<'a>(items: impl Iterator<Item = &'a Item>, gutter: (f64, f64)) -> bool {
    let (mut left, mut right) = (false, false);
    for i in items {
        left |= i.bbox.x1 <= gutter.0 + 0.01;
        right |= i.bbox.x0 >= gutter.1 - 0.01;
        if left && right {
            return true;
        }
    }
    false
}

/// Whether all of a row stands in one drawn box: its columns are the box's own.
fn in_one_frame(row: &[Item]) -> bool {
    row.first().is_some_and(|first| first.frame != 0 && row.iter().all(|i| i.frame == first.frame))
}

fn free_of(row: &[Item]) -> Free {
    let mut free = Vec::new();
    let mut from = f64::NEG_INFINITY;
    for i in row {
        if i.bbox.x0 > from {
            free.push((from, i.bbox.x0));
        }
        from = from.max(i.bbox.x1);
    }
    free.push((from, f64::INFINITY));
    free
}

/// What is free in both, at least `least` wide.
fn intersect(a: &[(f64, f64)], b: &[(f64, f64)], least: f64) -> Free {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let shared = (x.0.max(y.0), x.1.min(y.1));
        if shared.1 - shared.0 >= least && out.len() < MOST_GUTTERS {
            out.push(shared);
        }
        if x.1 < y.1 { i += 1 } else { j += 1 }
    }
    out
}

fn close(rows: &[Vec<Item>], range: std::ops::Range<usize>, free: &Free, em: f64) -> Group {
    let members = rows.get(range.clone()).unwrap_or(&[]);
    let gutter = free
        .iter()
        .filter(|g| g.0.is_finite() && g.1.is_finite() && are_columns(members, **g, em))
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
        .map(|g| (g.0 + g.1) / 2.0);
    Group { rows: range, gutter }
}

/// Whether the two sides of a gutter are columns of text, not cells of rows.
fn are_columns(rows: &[Vec<Item>], gutter: (f64, f64), em: f64) -> bool {
    let mut left = Side::default();
    let mut right = Side::default();
    let (mut paired, mut parallel) = (0usize, 0usize);
    for row in rows {
        let l = left.add(row.iter().filter(|i| i.bbox.x1 <= gutter.0 + 0.01));
        let r = right.add(row.iter().filter(|i| i.bbox.x0 >= gutter.1 - 0.01));
        paired += usize::from(l && r);
        let marked = |left: bool| {
            let mut side = row
                .iter()
                .filter(|i| if left { i.bbox.x1 <= gutter.0 + 0.01 } else { i.bbox.x0 >= gutter.1 - 0.01 });
            side.next().is_some_and(|i| i.marked)
        };
        parallel += usize::from(l && r && marked(true) && marked(false));
    }
    if left.rows < 2 && right.rows < 2 {
        return false;
    }
    let loose = paired * 2 <= left.rows.min(right.rows);
    let filled = |s: &Side| s.rows >= 3 && s.width() >= 10.0 * em && s.filled() >= 0.7;
    if boxed(rows, gutter) {
        return true;
    }
    let big_enough = left.width() >= 4.0 * em && right.width() >= 4.0 * em;
    // Cards side by side: items on both sides begin with markers of their own.
    let cards = parallel >= 1 && left.rows.min(right.rows) >= 2;
    big_enough && (filled(&left) && filled(&right) || cards || (loose && left.rows + right.rows >= 4))
}

/// Whether one side of a gutter stands in drawn boxes that hold nothing of the other side, one of them with
/// several rows: a chart beside its text, cards.
fn boxed(rows: &[Vec<Item>], gutter: (f64, f64)) -> bool {
    let is_left = |i: &Item| i.bbox.x1 <= gutter.0 + 0.01;
    let frames = |left: bool| {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for row in rows {
            let mut own: Vec<usize> = row.iter().filter(|i| is_left(i) == left).map(|i| i.frame).collect();
            own.dedup();
            own.iter().for_each(|f| *found.entry(*f).or_default() += 1);
        }
        found
    };
    let (left, right) = (frames(true), frames(false));
    let apart = left.keys().all(|f| *f == 0 || !right.contains_key(f));
    // The page's number may stand on either side.
    let framed = |side: &BTreeMap<usize, usize>| {
        let (rows, loose) = (side.values().sum::<usize>(), side.get(&0).copied().unwrap_or(0));
        loose <= 1 && loose * 5 <= rows && side.iter().any(|(f, rows)| *f != 0 && *rows >= 2)
    };
    apart && (framed(&left) || framed(&right))
}

#[derive(Default)]
struct Side {
    rows: usize,
    span: Option<(f64, f64)>,
    covered: f64,
}

impl Side {
    fn add<'a>(&mut self, items: impl Iterator<Item = &'a Item>) -> bool {
        let mut any = false;
        for i in items {
            any = true;
            let (a, b) = self.span.unwrap_or((i.bbox.x0, i.bbox.x1));
            self.span = Some((a.min(i.bbox.x0), b.max(i.bbox.x1)));
            self.covered += i.bbox.width();
        }
        self.rows += usize::from(any);
        any
    }

    fn width(&self) -> f64 {
        self.span.map_or(0.0, |s| s.1 - s.0)
    }

    /// Share of the column's width that its rows cover on average.
    fn filled(&self) -> f64 {
        self.covered / (self.rows as f64 * self.width()).max(0.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: usize, x0: f64, x1: f64, y: f64) -> Item {
        Item { id, bbox: BBox::new(x0, y, x1, y + 10.0), alone: false, marked: false, frame: 0 }
    }

    fn order(items: Vec<Item>) -> Vec<Vec<usize>> {
        reading_order(items, 10.0).into_iter().map(|r| r.ids).collect()
    }

    #[test]
    fn two_columns_below_a_heading() {
        let mut items = vec![item(0, 20.0, 480.0, 0.0)];
        for r in 0..4 {
            items.push(item(1 + r, 20.0, 240.0, 20.0 + 15.0 * r as f64));
            items.push(item(11 + r, 260.0, 480.0, 20.0 + 15.0 * r as f64));
        }
        let want: Vec<Vec<usize>> = [0, 1, 2, 3, 4, 11, 12, 13, 14].map(|i| vec![i]).to_vec();
        assert_eq!(order(items), want);
    }

    #[test]
    fn short_labels_and_their_texts_stay_rows() {
        let mut items = Vec::new();
        for r in 0..4 {
            items.push(item(r, 20.0, 60.0, 15.0 * r as f64));
            items.push(item(10 + r, 120.0, 200.0 + 60.0 * r as f64, 15.0 * r as f64));
        }
        assert_eq!(order(items), [vec![0, 10], vec![1, 11], vec![2, 12], vec![3, 13]]);
    }

    #[test]
    fn cards_with_markers_are_columns() {
        let mut items = Vec::new();
        for r in 0..3 {
            for c in 0..3 {
                let x = 20.0 + 150.0 * c as f64;
                let marked = r == 0;
                items.push(Item {
                    marked,
                    ..item(10 * c + r, x, x + 60.0 + 20.0 * r as f64, 15.0 * r as f64)
                });
            }
        }
        assert_eq!(order(items).concat(), [0, 1, 2, 10, 11, 12, 20, 21, 22]);
    }

    #[test]
    fn a_drawn_box_beside_text_is_read_for_itself() {
        let mut items = Vec::new();
        for r in 0..5 {
            items.push(item(r, 20.0, 240.0, 15.0 * r as f64));
            if r != 2 {
                let x = 280.0 + 40.0 * r as f64;
                items.push(Item { frame: 1, ..item(10 + r, x, x + 30.0, 2.0 + 15.0 * r as f64) });
            }
        }
        assert_eq!(order(items).concat(), [0, 1, 2, 3, 4, 10, 11, 13, 14]);
    }

    #[test]
    fn two_charts_below_one_title_are_columns() {
        // A title in the middle, then 【before】 【after】 and labels whose baselines match by accident.
        let mut items = vec![item(0, 100.0, 200.0, 0.0)];
        for r in 1..5 {
            let shift = 5.0 * r as f64;
            items.push(Item { marked: r == 1, ..item(r, 40.0 + shift, 110.0, 15.0 * r as f64) });
            items.push(Item { marked: r == 1, ..item(10 + r, 190.0 + shift, 260.0, 15.0 * r as f64) });
        }
        assert_eq!(order(items).concat(), [0, 1, 2, 3, 4, 11, 12, 13, 14]);
    }

    #[test]
    fn columns_end_at_a_heading() {
        let mut items = Vec::new();
        for r in 0..4 {
            items.push(item(r, 20.0, 240.0, 15.0 * r as f64));
            items.push(item(10 + r, 260.0, 480.0, 15.0 * r as f64));
        }
        items.push(Item { bbox: BBox::new(20.0, 70.0, 90.0, 86.0), ..item(20, 0.0, 0.0, 0.0) });
        for r in 0..3 {
            items.push(item(30 + r, 20.0, 80.0, 95.0 + 15.0 * r as f64));
            items.push(item(40 + r, 260.0, 320.0 + 20.0 * r as f64, 95.0 + 15.0 * r as f64));
        }
        assert_eq!(order(items).concat(), [0, 1, 2, 3, 10, 11, 12, 13, 20, 30, 40, 31, 41, 32, 42]);
    }

    #[test]
    fn boxes_beside_each_other_with_their_own_baselines() {
        let mut items = Vec::new();
        for r in 0..3 {
            items.push(item(r, 20.0, 100.0 + 20.0 * r as f64, 15.0 * r as f64));
            items.push(item(10 + r, 200.0, 290.0, 8.0 + 15.0 * r as f64));
        }
        assert_eq!(order(items).concat(), [0, 1, 2, 10, 11, 12]);
    }
}
