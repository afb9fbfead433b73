//! Which lines of an unruled (or half-ruled) table make one row.

use super::words::Chunk;

/// A chunk with the columns it covers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) chunk: &'a Chunk,
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Item<'_> {
    pub(super) fn crosses(&self) -> bool {
        self.last > self.first
    }

    fn top(&self) -> f64 {
        self.chunk.bbox.y0
    }

    fn bottom(&self) -> f64 {
        self.chunk.bbox.y1
    }

    fn middle(&self) -> f64 {
        self.chunk.bbox.center().y
    }
}

/// Lines of one column that belong together, and in the end to one cell.
#[derive(Debug, Clone)]
pub(super) struct Block<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) y0: f64,
    pub(super) y1: f64,
    /// First and last row; set by [`place`].
    pub(super) rows: (usize, usize),
}

impl<'a> Block<'a> {
    pub(super) fn new(item: Item<'a>) -> Self {
        Block {
            first: item.first,
            last: item.last,
            y0: item.top(),
            y1: item.bottom(),
            rows: (0, 0),
            items: vec![item],
        }
    }

    pub(super) fn add(&mut self, item: Item<'a>) {
        self.first = self.first.min(item.first);
        self.last = self.last.max(item.last);
        self.y0 = self.y0.min(item.top());
        self.y1 = self.y1.max(item.bottom());
        self.items.push(item);
    }

    fn middle(&self) -> f64 {
        (self.y0 + self.y1) / 2.0
    }
}

/// Distances between lines of a table's body, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pitch {
    /// Lines of one column this near to each other are one cell; 0 when every line is a row.
    pub(super) wrap: f64,
    /// Usual distance from row to row.
    pub(super) row: f64,
}

/// Tells leading from row pitch: lines of wrapped cells are closer than rows are. Columns of figures and
/// marks, which do not wrap, tell the distance of rows.
pub(super) fn pitch_of(items: &[Item], n_cols: usize) -> Pitch {
    let columns = by_column(items, n_cols);
    let mut anchors: Vec<f64> = Vec::new();
    let mut all: Vec<f64> = Vec::new();
    for column in &columns {
        let steps: Vec<f64> =
            column.windows(2).map(|w| w[1].middle() - w[0].middle()).filter(|&d| d > 1.0).collect();
        // A line of several pieces is a phrase, even where each of them is short.
        let alone = |k: usize| {
            let line = column[k].chunk.line;
            let next = column.get(k + 1).is_some_and(|n| n.chunk.line == line);
            let before = k.checked_sub(1).and_then(|b| column.get(b)).is_some_and(|b| b.chunk.line == line);
            !next && !before
        };
        let plain = (0..column.len())
            .filter(|&k| (column[k].chunk.figure || column[k].chunk.short) && alone(k))
            .count();
        if plain * 10 >= column.len() * 7 {
            anchors.extend(&steps);
        }
        all.extend(steps);
    }
    anchors.sort_by(f64::total_cmp);
    all.sort_by(f64::total_cmp);
    let leading = all.get(all.len() / 20).copied().unwrap_or(12.0);
    let row = anchors.get(anchors.len() / 4).or(all.get(all.len() / 2)).copied().unwrap_or(leading);
    if anchors.len() >= 2 && row >= 1.18 * leading && leading < 2.2 * usual_size(items) {
        // Leading inside cells is even, so what is clearly wider parts rows.
        let wrap = ((leading + row) / 2.0).min(1.25 * leading);
        return Pitch { wrap, row };
    }
    Pitch { wrap: 0.0, row: leading.max(row.min(1.3 * leading)) }
}

fn usual_size(items: &[Item]) -> f64 {
    let mut s: Vec<f64> = items.iter().map(|i| i.chunk.size).collect();
    s.sort_by(f64::total_cmp);
    s.get(s.len() / 2).copied().unwrap_or(10.0)
}

/// Items that do not cross columns, by column, top to bottom.
fn by_column<'a>(items: &[Item<'a>], n_cols: usize) -> Vec<Vec<Item<'a>>> {
    let mut out = vec![Vec::new(); n_cols];
    for i in items.iter().filter(|i| !i.crosses()) {
        if let Some(c) = out.get_mut(i.first) {
            c.push(*i);
        }
    }
    out.iter_mut().for_each(|c| c.sort_by(|a, b| a.middle().total_cmp(&b.middle())));
    out
}

/// Stacks lines of one column that are at most `wrap` apart into blocks; crossing items stand alone.
pub(super) fn stack<'a>(items: &[Item<'a>], n_cols: usize, wrap: f64) -> Vec<Block<'a>> {
    let mut out: Vec<Block> = items.iter().filter(|i| i.crosses()).map(|&i| Block::new(i)).collect();
    for column in by_column(items, n_cols) {
        let mut open: Option<Block> = None;
        let mut last = f64::NEG_INFINITY;
        for item in column {
            let same_line = item.middle() - last < 0.5 * item.chunk.size;
            match open.as_mut() {
                Some(b) if same_line || item.middle() - last <= wrap => b.add(item),
                _ => out.extend(open.replace(Block::new(item))),
            }
            last = item.middle();
        }
        out.extend(open);
    }
    out
}

/// Rows from blocks: those of the column with most blocks first, then whatever lies between. Sets each
/// block's rows and gives the number of rows with their vertical ranges.
pub(super) fn place(blocks: &mut [Block], n_cols: usize, pitch: Pitch) -> Vec<(f64, f64)> {
    let mut count = vec![0usize; n_cols];
    blocks.iter().filter(|b| b.first == b.last).for_each(|b| count[b.first] += 1);
    let anchor = (0..n_cols).max_by_key(|&c| (count[c], n_cols - c)).unwrap_or(0);
    let is_anchor = |b: &Block| b.first == anchor && b.last == anchor;
    let mut rows: Vec<(f64, f64)> = blocks.iter().filter(|b| is_anchor(b)).map(|b| (b.y0, b.y1)).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rest: Vec<usize> = (0..blocks.len()).filter(|&i| !is_anchor(&blocks[i])).collect();
    // Blocks of several columns at one height make a row together, so take them column by column of weight.
    rest.sort_by(|&a, &b| {
        let key = |i: usize| count.get(blocks[i].first).copied().unwrap_or(0);
        key(b).cmp(&key(a)).then(blocks[a].y0.total_cmp(&blocks[b].y0))
    });
    for i in rest {
        let b = &blocks[i];
        if nearest(&rows, b, pitch.row).is_none() {
            let at = rows.partition_point(|r| r.0 < b.y0);
            rows.insert(at, (b.y0, b.y1));
        }
    }
    for b in blocks.iter_mut() {
        b.rows = nearest(&rows, b, pitch.row).unwrap_or((0, 0));
    }
    rows
}

/// The rows a block belongs to: one, or two or more neighbours when it lies between them; `None` when no row is
/// near enough.
fn nearest(rows: &[(f64, f64)], b: &Block, pitch: f64) -> Option<(usize, usize)> {
    let lines = b.items.len();
    let m = b.middle();
    let from = rows.partition_point(|r| r.1 <= b.y0);
    let to = rows.partition_point(|r| r.0 < b.y1);
    let share = |r: &(f64, f64)| (r.1.min(b.y1) - r.0.max(b.y0)) / (r.1 - r.0).min(b.y1 - b.y0).max(0.1);
    let touched: Vec<usize> = (from..to).filter(|&k| rows.get(k).is_some_and(|r| share(r) > 0.15)).collect();
    match touched[..] {
        [] => {
            // Between two rows, nearer than a row of its own would be: it spans both.
            let from = rows.partition_point(|r| (r.0 + r.1) / 2.0 <= m);
            let above = from.checked_sub(1).and_then(|k| rows.get(k)).map(|r| m - (r.0 + r.1) / 2.0);
            let below = rows.get(from).map(|r| (r.0 + r.1) / 2.0 - m);
            match (above, below) {
                (Some(a), Some(c)) if a < 0.72 * pitch && c < 0.72 * pitch => Some((from - 1, from)),
                (Some(a), _) if a < 0.45 * pitch => Some((from - 1, from - 1)),
                (_, Some(c)) if c < 0.45 * pitch => Some((from, from)),
                _ => None,
            }
        }
        [k] => Some((k, k)),
        [first, .., last] => {
            let best =
                touched.iter().copied().max_by(|&x, &y| share(&rows[x]).total_cmp(&share(&rows[y])))?;
            let even = rows.get(first).zip(rows.get(last)).is_some_and(|(a, z)| {
                (m - (a.0 + z.1) / 2.0).abs() < 0.25 * pitch || (share(a) - share(z)).abs() < 0.25
            });
            if even || (lines > 1 && share(&rows[best]) < 1.5) {
                Some((first, last))
            } else {
                Some((best, best))
            }
        }
    }
}

/// Joins rows that only continue the row above (wrapped text where every line was taken for a row). Gives for
/// each row the row it belongs to afterwards.
pub(super) fn continuations(blocks: &[Block], n_rows: usize, n_cols: usize, right: &[f64]) -> Vec<usize> {
    let mut cells: Vec<Vec<Option<&Block>>> = vec![vec![None; n_cols]; n_rows];
    for b in blocks {
        let rows = cells.iter_mut().take(b.rows.1 + 1).skip(b.rows.0);
        for cell in rows.flat_map(|r| r.iter_mut().take(b.last + 1).skip(b.first)) {
            *cell = Some(b);
        }
    }
    let mut lead: Vec<usize> = (0..n_rows).collect();
    for r in 1..n_rows {
        if continues(&cells[r - 1], &cells[r], right) {
            lead[r] = lead[r - 1];
        }
    }
    let mut renumber = vec![0; n_rows];
    let mut n = 0;
    for r in 0..n_rows {
        if r > 0 && lead[r] != lead[r - 1] {
            n += 1;
        }
        renumber[r] = n;
    }
    renumber
}

/// Whether the lower line only carries on what the upper one began.
fn continues(upper: &[Option<&Block>], lower: &[Option<&Block>], right: &[f64]) -> bool {
    let filled: Vec<usize> = (0..lower.len()).filter(|&c| lower[c].is_some()).collect();
    if filled.is_empty() || filled.len() * 2 > lower.len() {
        return false;
    }
    let chunk = |row: &[Option<&Block>], c: usize| {
        row.get(c).copied().flatten().and_then(|b| b.items.first().map(|i| i.chunk.clone()))
    };
    let figures_above = upper.iter().flatten().any(|b| b.items.iter().any(|i| i.chunk.figure));
    if filled[0] == 0 {
        // A label carried on: its other cells are blank; it begins in lower case or is indented under a full line.
        if filled.len() > 1 {
            // The figures may stand on the last line of a wrapped label.
            let (Some(u), Some(l)) = (chunk(upper, 0), chunk(lower, 0)) else { return false };
            return upper.iter().flatten().count() == 1
                && begins_small(&l.text)
                && u.chars > 8
                && !figures_above;
        }
        let (Some(u), Some(l)) = (chunk(upper, 0), chunk(lower, 0)) else { return false };
        let pitch = l.bbox.center().y - u.bbox.center().y;
        return pitch < 1.6 * l.size
            && begins_small(&l.text)
            && u.bbox.x1 > right.first().copied().unwrap_or(0.0) * 0.6;
    }
    // The label is blank: every filled cell must carry on text that stands above it.
    filled.iter().all(|&c| {
        let (Some(u), Some(l)) = (chunk(upper, c), chunk(lower, c)) else { return false };
        let pitch = l.bbox.center().y - u.bbox.center().y;
        !l.figure && !u.figure && !l.short && pitch < 1.7 * l.size && (u.chars >= 6 || begins_small(&l.text))
    })
}

fn begins_small(text: &str) -> bool {
    text.chars().find(|c| !c.is_whitespace()).is_some_and(|c| c.is_lowercase() || c == '(' || c == '&')
}
