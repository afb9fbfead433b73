//! The structure of a region whose cells are not (all) drawn: columns from rivers, rows from rules, leading
//! and alignment, heads from levels and centring.

use super::anchors::anchored;
use super::cells::{build, is_mark, is_period};
use super::grid::Rect;
use super::halfruled::tile;
use super::rivers::{River, columns_under, rivers_of, rivers_of_rows};
use super::rows::{Block, Item, continuations, pitch_of, place, stack};
use super::words::Chunk;
use super::{PageTable, header, heads};
use shiryo_model::{BBox, PageContent, Ruling, TableMethod};

/// Larger heads and regions are no tables; they would only cost time.
const MOST_HEADS: usize = 400;
const MOST_CELLS: usize = 1_000_000;

/// What a region is made of.
pub(super) struct Region<'a> {
    pub(super) chunks: Vec<&'a Chunk>,
    /// Horizontal rules inside or at the edges, top to bottom.
    pub(super) rules: Vec<Ruling>,
    /// The same before pieces of one height were joined: rules under spanning heads.
    pub(super) pieces: Vec<Ruling>,
    pub(super) bbox: BBox,
}

/// A table and what speaks for it.
pub(super) struct Aligned {
    pub(super) table: PageTable,
    pub(super) rivers: Vec<River>,
}

/// The lines of a region, top to bottom, each from left to right.
pub(super) fn lines_in<'a>(chunks: &[&'a Chunk]) -> Vec<Vec<&'a Chunk>> {
    let mut lines: std::collections::BTreeMap<usize, Vec<&Chunk>> = Default::default();
    for c in chunks.iter().filter(|c| !c.turned) {
        lines.entry(c.line).or_default().push(c);
    }
    let mut out: Vec<Vec<&Chunk>> = lines.into_values().collect();
    out.iter_mut().for_each(|l| l.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0)));
    out.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    out
}

/// Whether rivers found with the heads' votes are more than the body's own, and believable: the body is short, or the
/// strips it leaves free are wide (cells of one row that are set on different baselines never vote together).
fn adds_columns(with_heads: &[River], own: &[River], body: &[Vec<&Chunk>]) -> bool {
    let size = body.iter().flatten().map(|c| c.size).fold(0.0, f64::max);
    let new = with_heads.iter().filter(|r| !own.iter().any(|o| o.x0 < r.x1 && r.x0 < o.x1));
    with_heads.len() > own.len() && (body.len() < 8 || new.into_iter().all(|r| r.x1 - r.x0 > 1.5 * size))
}

/// The gaps between the heads, where the last line of heads names more columns than the body lets see (most of its
/// cells are blank): no piece of the body reaches over a gap, and under every head stands one.
fn rivers_of_heads(lines: &[Vec<&Chunk>], body_top: f64, known: usize) -> Option<Vec<River>> {
    let (heads, body): (Vec<&Vec<&Chunk>>, Vec<&Vec<&Chunk>>) =
        lines.iter().partition(|l| middle(l) <= body_top);
    let head = *heads.last()?;
    if head.len() < known + 2 || body.len() < 2 || head.iter().any(|c| c.chars < 2) {
        return None;
    }
    let pieces: Vec<&Chunk> = body.into_iter().filter(|l| l.len() > 1).flatten().copied().collect();
    let mut out: Vec<River> = Vec::new();
    for w in head.windows(2) {
        let (a, b) = (w[0], w[1]);
        let middle = |c: &Chunk| c.bbox.center().x;
        let (mut x0, mut x1) = (a.bbox.x1, b.bbox.x0);
        for c in pieces.iter().filter(|c| c.bbox.x1 > a.bbox.x0 && c.bbox.x0 < b.bbox.x1) {
            // Each piece belongs to the head it is nearer to.
            if (middle(c) - middle(a)).abs() < (middle(c) - middle(b)).abs() {
                x0 = x0.max(c.bbox.x1);
            } else {
                x1 = x1.min(c.bbox.x0);
            }
        }
        if x1 - x0 < 0.5 * a.size {
            return None;
        }
        out.push(River { x0, x1 });
    }
    let column = |c: &Chunk| columns_under(&out, c);
    let mut filled = vec![false; head.len()];
    for c in &pieces {
        let (first, last) = column(c);
        if first != last {
            return None;
        }
        if let Some(f) = filled.get_mut(first) {
            *f = true;
        }
    }
    filled.iter().all(|&f| f).then_some(out)
}

/// The pieces between each two rules across the table, left to right; nothing where rules part few of the lines.
fn bands_of<'a>(body: &[Vec<&'a Chunk>], region: &Region) -> Vec<Vec<&'a Chunk>> {
    let width = region.bbox.width();
    let mut cuts: Vec<f64> =
        region.rules.iter().filter(|r| r.end - r.start > 0.6 * width).map(|r| r.position).collect();
    cuts.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let mut bands: Vec<Vec<&Chunk>> = vec![Vec::new(); cuts.len() + 1];
    for line in body {
        if let Some(band) = bands.get_mut(cuts.partition_point(|&c| c < middle(line))) {
            band.extend(line);
        }
    }
    bands.retain(|b| !b.is_empty());
    if bands.len() < 4 || bands.len() * 4 < body.len() {
        return Vec::new();
    }
    bands.iter_mut().for_each(|b| b.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0)));
    bands
}

fn middle(line: &[&Chunk]) -> f64 {
    line.first().map_or(0.0, |c| c.bbox.center().y)
}

/// Reads the structure of a region; `None` when it has not at least two rows and two columns.
pub(super) fn structure(page: &PageContent, region: &Region) -> Option<Aligned> {
    let lines = lines_in(&region.chunks);
    let body_top = body_top(&lines, region);
    let body: Vec<Vec<&Chunk>> = lines.iter().filter(|l| middle(l) > body_top).cloned().collect();
    let mut rivers = rivers_of(&body);
    // Heads vote too where the body has few lines, or lines that leave columns blank.
    let with_heads = rivers_of(&lines);
    if rivers.is_empty() || body.len() < 3 || adds_columns(&with_heads, &rivers, &body) {
        rivers = with_heads;
    }
    // Lines of wrapped cells stand on different heights; what stands between two rules is one row of them.
    let bands = rivers_of_rows(&bands_of(&body, region));
    if bands.len() > rivers.len() {
        rivers = bands;
    }
    if let Some(named) = rivers_of_heads(&lines, body_top, rivers.len()) {
        rivers = named;
    }
    if rivers.is_empty() {
        return None;
    }
    let n_cols = rivers.len() + 1;
    let mut items: Vec<Item> = Vec::new();
    for &chunk in &region.chunks {
        let (first, last) = columns_under(&rivers, chunk);
        items.push(Item { chunk, first, last });
    }
    trim_neighbours(&mut items);
    part_neighbours(&mut items, &rivers);
    let (head, rest): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|i| i.chunk.bbox.center().y <= body_top);
    let inner: Vec<Ruling> = region.pieces.iter().filter(|r| r.position < body_top + 0.5).copied().collect();
    // No head has so many words, and no table so many cells.
    if head.len() > MOST_HEADS || region.chunks.len().saturating_mul(n_cols) > MOST_CELLS {
        return None;
    }
    let (mut blocks, mut rows) =
        if head.is_empty() { (Vec::new(), Vec::new()) } else { heads::head_rows(&head, &rivers, &inner) };
    let n_head = rows.len();
    let (body_blocks, body_rows) = body_rows(rest, &rivers, region, body_top);
    blocks.extend(body_blocks.into_iter().map(|mut b| {
        b.rows = (b.rows.0 + n_head, b.rows.1 + n_head);
        b
    }));
    rows.extend(body_rows);
    if rows.len() < 2 {
        return None;
    }
    let table = assemble(page, region, &rivers, &rows, &blocks, n_head as u32, n_cols);
    Some(Aligned { table, rivers })
}

/// Where the head ends: at the first rule across the table, else above the first line of figures, else after
/// the first line.
fn body_top(lines: &[Vec<&Chunk>], region: &Region) -> f64 {
    let width = region.bbox.width();
    let total = lines.len();
    let above = |y: f64| lines.iter().filter(|l| middle(l) < y).count();
    let first_figures = lines.iter().position(|l| is_body_line(l));
    let across = region.rules.iter().filter(|r| r.end - r.start > 0.6 * width);
    // Drawn in one piece, or cell by cell without a gap.
    let whole = |y: f64| {
        let mut pieces: Vec<&Ruling> =
            region.pieces.iter().filter(|p| (p.position - y).abs() < 2.5).collect();
        pieces.sort_by(|a, b| a.start.total_cmp(&b.start));
        let touching = pieces.chunk_by(|a, b| b.start - a.end < 0.5);
        touching.into_iter().any(|run| {
            let end = run.iter().map(|p| p.end).fold(f64::MIN, f64::max);
            run.first().is_some_and(|p| end - p.start > if run.len() > 1 { 0.95 } else { 0.6 } * width)
        })
    };
    // Two rules across before the first figures, the second right above them: both belong to the head.
    let one_more = |n: usize, f: usize| {
        let later: Vec<usize> =
            across.clone().map(|r| above(r.position)).filter(|&k| k > n && k <= f).collect();
        let heads = |l: &Vec<&Chunk>| {
            let figures = l.iter().filter(|c| (c.figure && !is_period(&c.text)) || is_mark(&c.text)).count();
            l.len() >= 2 && figures * 4 <= l.len()
        };
        later[..] == [f] && f <= 5 && lines[n..f].iter().all(heads)
    };
    for r in across.clone() {
        let n = above(r.position);
        if n == 0 || n >= total {
            continue;
        }
        match first_figures {
            // A rule far below the first figures is no head's rule.
            Some(f) if n > f + 1 => break,
            // Pieces under spanning heads, with more lines of heads beneath: they part levels of the head.
            Some(f)
                if n < f
                    && (!whole(r.position) || one_more(n, f))
                    && lines[n..f].iter().any(|l| l.len() > 1 || !starts_left(l[0], region)) =>
            {
                continue;
            }
            None if n * 2 > total.max(3) => break,
            _ => return r.position,
        }
    }
    let Some(mut f) = first_figures else {
        return match lines {
            [a, b, ..] => (middle(a) + middle(b)) / 2.0,
            _ => f64::MIN,
        };
    };
    // Titles of sections just above the first figures are body, and so is what clearly hangs on them.
    let step = |k: usize| middle(&lines[k]) - middle(&lines[k - 1]);
    // Upper lines of wrapped cells in the first row are few beside the line of heads above them, and near.
    let few = |k: usize| lines[k].len() * 3 <= lines[k - 1].len() && step(k + 1) < 0.8 * step(k);
    while f > 1
        && ((lines[f - 1].len() == 1
            && (starts_left(lines[f - 1][0], region) || step(f) < 0.8 * step(f - 1)))
            || few(f - 1))
    {
        f -= 1;
    }
    match f.checked_sub(1).and_then(|k| lines.get(k)).zip(lines.get(f)) {
        Some((a, b)) => (middle(a) + middle(b)) / 2.0,
        None => f64::MIN,
    }
}

/// A piece that reaches a little over a border does not span where the next column has a piece of its own on the
/// same line.
fn trim_neighbours(items: &mut [Item]) {
    items.sort_by(|a, b| a.chunk.line.cmp(&b.chunk.line).then(a.chunk.bbox.x0.total_cmp(&b.chunk.bbox.x0)));
    for k in 1..items.len() {
        let (left, right) = items.split_at_mut(k);
        let (Some(a), Some(b)) = (left.last_mut(), right.first_mut()) else { continue };
        if a.chunk.line != b.chunk.line || a.chunk.turned || b.chunk.turned || a.last < b.first {
            continue;
        }
        if a.last > a.first {
            a.last = a.first.max(b.first.saturating_sub(1));
        } else if b.last > b.first {
            b.first = b.last.min(a.last + 1);
        }
    }
}

/// Of two pieces of one line in one column the left one goes to the column before when most of it stands there, over
/// the strip between (heads set in the middle of columns whose cells are set left), and nothing else does.
fn part_neighbours(items: &mut [Item], rivers: &[River]) {
    for k in 1..items.len() {
        let before = k.checked_sub(2).and_then(|b| items.get(b)).map(|b| (b.chunk.line, b.last));
        let (left, right) = items.split_at_mut(k);
        let (Some(a), Some(b)) = (left.last_mut(), right.first()) else { continue };
        let shared = a.chunk.line == b.chunk.line && (a.first, a.last) == (b.first, b.last) && !a.crosses();
        let Some(column) = a.first.checked_sub(1).filter(|_| shared && !a.chunk.turned) else { continue };
        let free = before.is_none_or(|(line, last)| line != a.chunk.line || last < column);
        if free && rivers.get(column).is_some_and(|r| a.chunk.bbox.center().x < r.middle()) {
            (a.first, a.last) = (column, column);
        }
    }
}

fn starts_left(c: &Chunk, region: &Region) -> bool {
    c.bbox.x0 < region.bbox.x0 + 2.0 * c.size
}

/// Whether a line has figures (other than years) in at least half of its cells after the first.
pub(super) fn is_body_line(line: &[&Chunk]) -> bool {
    let after = line.get(1..).unwrap_or_default();
    let counts = |c: &&&Chunk| (c.figure && !is_period(&c.text)) || is_mark(&c.text);
    let figures = after.iter().filter(counts).count();
    figures > 0 && figures * 2 >= after.len()
}

/// Rows of the body: between rules where rules part most rows, else by pitch.
pub(super) fn body_rows<'a>(
    items: Vec<Item<'a>>,
    rivers: &[River],
    region: &Region,
    body_top: f64,
) -> (Vec<Block<'a>>, Vec<(f64, f64)>) {
    let n_cols = rivers.len() + 1;
    let width = region.bbox.width();
    let mut cuts: Vec<f64> = region
        .rules
        .iter()
        .filter(|r| r.position > body_top + 1.0 && r.end - r.start > 0.6 * width)
        .map(|r| r.position)
        .collect();
    cuts.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let bands = cuts.len() + 1;
    let mut per_band: Vec<Vec<Item>> = vec![Vec::new(); bands];
    for i in items.iter() {
        per_band[cuts.partition_point(|&c| c < i.chunk.bbox.center().y)].push(*i);
    }
    for k in (1..per_band.len()).rev() {
        if per_band[k].is_empty() {
            per_band.remove(k);
            cuts.remove(k - 1);
        }
    }
    if per_band.len() > 1 && per_band[0].is_empty() {
        per_band.remove(0);
        cuts.remove(0);
    }
    let pitch = pitch_of(&items, n_cols);
    let ruled = rows_are_ruled(&per_band, n_cols);
    let right: Vec<f64> = (0..n_cols).map(|c| rivers.get(c).map_or(region.bbox.x1, |r| r.x0)).collect();
    let mut all_blocks = Vec::new();
    let mut all_rows: Vec<(f64, f64)> = Vec::new();
    for band in per_band {
        let at = all_rows.len();
        let (mut blocks, mut rows) = if ruled {
            let blocks = stack(&band, n_cols, f64::MAX);
            let range = blocks.iter().fold((f64::MAX, f64::MIN), |(a, z), b| (a.min(b.y0), z.max(b.y1)));
            (blocks, vec![range])
        } else {
            let mut blocks = stack(&band, n_cols, pitch.wrap);
            let rows = place(&mut blocks, n_cols, pitch);
            (blocks, rows)
        };
        if !ruled && pitch.wrap == 0.0 {
            join_continuations(&mut blocks, &mut rows, n_cols, &right);
        }
        for b in &mut blocks {
            b.rows = (b.rows.0 + at, b.rows.1 + at);
        }
        all_blocks.extend(blocks);
        all_rows.extend(rows);
    }
    if !ruled
        && mixes_rows(&all_blocks)
        && let Some(found) = anchored(&items, n_cols)
    {
        return found;
    }
    if ruled {
        span_missing_rules(&mut all_blocks, &cuts, rivers, region);
    }
    (all_blocks, all_rows)
}

/// Whether several blocks hold lines of more than one row: figures under each other, or words over many rows.
fn mixes_rows(blocks: &[Block]) -> bool {
    let mixed = blocks.iter().filter(|b| {
        let figures = b.items.iter().filter(|i| i.chunk.figure).count();
        b.items.len() > 1 && b.first == b.last && (figures == b.items.len() || b.rows.1 > b.rows.0)
    });
    mixed.count() >= 2
}

/// Lets cells reach over rows where no rule parts their column: the rule is shorter there, or the text stands
/// right on its line.
fn span_missing_rules(blocks: &mut [Block], cuts: &[f64], rivers: &[River], region: &Region) {
    let n_cols = rivers.len() + 1;
    let edge = |c: usize| {
        let a = c.checked_sub(1).and_then(|k| rivers.get(k)).map_or(region.bbox.x0, |r| r.x1);
        (a, rivers.get(c).map_or(region.bbox.x1, |r| r.x0))
    };
    let parted = |cut: f64, c: usize| {
        let (a, z) = edge(c);
        let at = region.rules.iter().filter(|r| (r.position - cut).abs() < 3.0);
        at.map(|r| r.end.min(z) - r.start.max(a)).fold(0.0, f64::max) > 0.4 * (z - a)
    };
    let mut filled = std::collections::BTreeSet::new();
    blocks.iter().for_each(|b| filled.extend((b.first..=b.last).map(|c| (b.rows.0, c))));
    for b in blocks.iter_mut().filter(|b| b.first == b.last && b.first < n_cols) {
        let c = b.first;
        while let Some(&cut) = cuts.get(b.rows.1)
            && !parted(cut, c)
            && !filled.contains(&(b.rows.1 + 1, c))
        {
            b.rows.1 += 1;
            filled.insert((b.rows.1, c));
        }
        while let Some(&cut) = b.rows.0.checked_sub(1).and_then(|k| cuts.get(k))
            && !parted(cut, c)
            && !filled.contains(&(b.rows.0 - 1, c))
        {
            b.rows.0 -= 1;
            filled.insert((b.rows.0, c));
        }
    }
}

fn join_continuations(blocks: &mut [Block], rows: &mut Vec<(f64, f64)>, n_cols: usize, right: &[f64]) {
    let to = continuations(blocks, rows.len(), n_cols, right);
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (r, range) in rows.iter().enumerate() {
        match joined.get_mut(to[r]) {
            Some(j) => *j = (j.0.min(range.0), j.1.max(range.1)),
            None => joined.push(*range),
        }
    }
    for b in blocks.iter_mut() {
        let at = |r: usize| to.get(r).copied().unwrap_or(0);
        b.rows = (at(b.rows.0), at(b.rows.1));
    }
    *rows = joined;
}

/// Whether each band between rules is one row: there are several, and no column of figures has two lines in
/// most of them.
fn rows_are_ruled(bands: &[Vec<Item>], n_cols: usize) -> bool {
    if bands.len() < 2 {
        return false;
    }
    let stacked = bands
        .iter()
        .filter(|b| {
            let mut lines = vec![Vec::new(); n_cols];
            for i in b.iter().filter(|i| !i.crosses() && i.chunk.figure) {
                lines[i.first.min(n_cols - 1)].push(i.chunk.line);
            }
            lines.iter_mut().any(|l| {
                l.sort_unstable();
                l.dedup();
                l.len() > 1
            })
        })
        .count();
    stacked * 4 < bands.len()
}

/// Puts blocks into a grid; blocks that overlap in a position share its cell.
fn assemble(
    page: &PageContent,
    region: &Region,
    rivers: &[River],
    rows: &[(f64, f64)],
    blocks: &[Block],
    n_head: u32,
    n_cols: usize,
) -> PageTable {
    let n_rows = rows.len();
    let rects = blocks
        .iter()
        .map(|b| {
            let glyphs = b.items.iter().flat_map(|i| i.chunk.glyphs.iter().copied()).collect();
            (rect_of(b, n_rows, n_cols), glyphs)
        })
        .collect();
    let tiled = tile(borders_x(region, rivers), borders_y(region, rows), rects);
    let (grid, by_cell) = (tiled.grid, tiled.by_cell);
    let mut table = build(page, &grid, by_cell, TableMethod::Aligned);
    header::mark(page, &mut table);
    if n_head > 0 {
        table.header_rows = n_head.min(table.n_rows.saturating_sub(1));
    }
    table
}

pub(super) fn rect_of(b: &Block, n_rows: usize, n_cols: usize) -> Rect {
    let (r0, c0) = (b.rows.0.min(n_rows - 1), b.first.min(n_cols - 1));
    let (r1, c1) = (b.rows.1.clamp(r0, n_rows - 1), b.last.clamp(c0, n_cols - 1));
    Rect { row: r0, col: c0, rows: r1 - r0 + 1, cols: c1 - c0 + 1 }
}

/// Adds a span; spans that overlap become one.
pub(super) fn merge_span(spans: &mut Vec<Rect>, mut r: Rect) {
    while let Some(i) = spans.iter().position(|s| {
        s.row < r.row + r.rows && r.row < s.row + s.rows && s.col < r.col + r.cols && r.col < s.col + s.cols
    }) {
        let s = spans.swap_remove(i);
        let (row, col) = (s.row.min(r.row), s.col.min(r.col));
        let (r1, c1) = ((s.row + s.rows).max(r.row + r.rows), (s.col + s.cols).max(r.col + r.cols));
        r = Rect { row, col, rows: r1 - row, cols: c1 - col };
    }
    spans.push(r);
}

fn borders_x(region: &Region, rivers: &[River]) -> Vec<f64> {
    let mut xs = vec![region.bbox.x0];
    xs.extend(rivers.iter().map(River::middle));
    xs.push(region.bbox.x1);
    xs
}

fn borders_y(region: &Region, rows: &[(f64, f64)]) -> Vec<f64> {
    let mut ys = vec![region.bbox.y0];
    ys.extend(rows.windows(2).map(|w| (w[0].1 + w[1].0) / 2.0));
    ys.push(region.bbox.y1);
    ys
}
