//! Rows of lists without rules whose wrapped cells are set in the middle of their rows: columns that never wrap (numbers,
//! codes, marks) tell where the rows are, and the lines of the others gather around them.

use super::rows::{Block, Item};

/// Fewer rows than this tell no pattern; more lines than this would only cost time.
const LEAST_ROWS: usize = 5;
const MOST_LINES: usize = 600;
/// Lines of one cell.
const MOST_WRAPS: usize = 6;
/// Heights of one line differ at most by this, in em.
const SAME_LINE: f64 = 0.35;

/// Blocks with their rows, and the vertical ranges of the rows.
type Rows<'a> = (Vec<Block<'a>>, Vec<(f64, f64)>);
/// The lines of a cell with the number of its row.
type Cell<'a> = (usize, Vec<Item<'a>>);

/// Blocks with their rows, and the vertical ranges of the rows; `None` when no columns tell the rows, when no cell wraps,
/// or when wrapped cells are not set in the middle.
pub(super) fn anchored<'a>(items: &[Item<'a>], n_cols: usize) -> Option<Rows<'a>> {
    if items.len() > MOST_LINES * 20 || n_cols < 3 {
        return None;
    }
    let mut columns: Vec<Vec<Item<'a>>> = vec![Vec::new(); n_cols];
    items.iter().filter(|i| !i.crosses()).for_each(|i| {
        if let Some(c) = columns.get_mut(i.first) {
            c.push(*i);
        }
    });
    columns.iter_mut().for_each(|c| c.sort_by(|a, b| middle(a).total_cmp(&middle(b))));
    let crossing: Vec<&Item<'a>> = items.iter().filter(|i| i.crosses()).collect();
    if crossing.len() * 10 > items.len() {
        return None;
    }
    let size = items.iter().map(|i| i.chunk.size).fold(0.0, f64::max);
    let anchors = anchor_lines(&columns, size)?;
    let near = |y: f64| nearest(&anchors, y);
    if !set_in_the_middle(&columns, &anchors, size) {
        return None;
    }
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for column in &columns {
        for (row, lines) in gather(column, &anchors, size)? {
            let mut lines = lines.iter();
            let Some(first) = lines.next() else { continue };
            let mut block = Block::new(*first);
            lines.for_each(|i| block.add(*i));
            block.rows = (row, row);
            blocks.push(block);
        }
    }
    for i in crossing {
        let row = near(middle(i));
        let mut block = Block::new(*i);
        block.rows = (row, row);
        blocks.push(block);
    }
    let mut rows: Vec<(f64, f64)> = anchors.iter().map(|&y| (y, y)).collect();
    for b in &blocks {
        if let Some(r) = rows.get_mut(b.rows.0) {
            *r = (r.0.min(b.y0), r.1.max(b.y1));
        }
    }
    Some((blocks, rows))
}

fn middle(i: &Item) -> f64 {
    i.chunk.bbox.center().y
}

fn nearest(anchors: &[f64], y: f64) -> usize {
    let k = anchors.partition_point(|&a| a < y);
    match (k.checked_sub(1).and_then(|b| anchors.get(b)), anchors.get(k)) {
        (Some(a), Some(b)) if y - a < b - y => k - 1,
        (Some(_), None) => k - 1,
        _ => k,
    }
}

/// The heights of the rows: where two or more columns of figures have a piece, each of them in nearly every row, and
/// no such column has one elsewhere.
fn anchor_lines(columns: &[Vec<Item>], size: f64) -> Option<Vec<f64>> {
    let figures = |c: &&Vec<Item>| {
        let n = c.iter().filter(|i| i.chunk.figure).count();
        c.len() >= LEAST_ROWS && n * 10 >= c.len() * 9
    };
    let plain: Vec<&Vec<Item>> = columns.iter().filter(figures).collect();
    let mut heights: Vec<f64> = plain.iter().flat_map(|c| c.iter().map(middle)).collect();
    heights.sort_by(f64::total_cmp);
    let anchors: Vec<f64> = heights
        .chunk_by(|a, b| b - a < SAME_LINE * size)
        .filter_map(|run| run.get(run.len() / 2).copied())
        .collect();
    let full = plain.iter().filter(|c| c.len() * 10 >= anchors.len() * 9 && c.len() <= anchors.len()).count();
    (full >= 2 && anchors.len() >= LEAST_ROWS && anchors.len() <= MOST_LINES).then_some(anchors)
}

/// Whether lines that stand on no row's height stand above and below the rows' heights alike.
fn set_in_the_middle(columns: &[Vec<Item>], anchors: &[f64], size: f64) -> bool {
    let (mut above, mut below) = (0usize, 0usize);
    for i in columns.iter().flatten() {
        let y = middle(i);
        let Some(&a) = anchors.get(nearest(anchors, y)) else { continue };
        if (y - a).abs() > SAME_LINE * size {
            *(if y < a { &mut above } else { &mut below }) += 1;
        }
    }
    above > 0 && below > 0 && above.min(below) * 10 >= above.max(below) * 6
}

/// The lines of one column given to rows, so that each cell's lines stand as near around their row's height as can be.
/// `None` when a line fits no row.
fn gather<'a>(column: &[Item<'a>], anchors: &[f64], size: f64) -> Option<Vec<Cell<'a>>> {
    // Pieces on one line go together.
    let lines: Vec<&[Item<'a>]> = column.chunk_by(|a, b| middle(b) - middle(a) < SAME_LINE * size).collect();
    let n = lines.len();
    if n > MOST_LINES {
        return None;
    }
    let height = |k: usize| lines.get(k).and_then(|l| l.first()).map_or(0.0, middle);
    // `best[a][k]`: the least cost of the first `k` lines in the first `a` rows, and how many of them the last row has.
    let mut best: Vec<Vec<(f64, usize)>> = vec![vec![(f64::INFINITY, 0); n + 1]; anchors.len() + 1];
    best[0][0] = (0.0, 0);
    for (a, &anchor) in anchors.iter().enumerate() {
        for k in 0..=n {
            let mut least = (best[a][k].0, 0);
            for m in 1..=MOST_WRAPS.min(k) {
                let (top, bottom) = (height(k - m), height(k - 1));
                if (top - anchor).abs() > 0.8 * MOST_WRAPS as f64 * size {
                    break;
                }
                let apart = (1..m).any(|j| height(k - j) - height(k - j - 1) > 1.8 * size);
                // Lines far off cost something even when they lie evenly around the row: they may have rows of their own.
                let strewn: f64 = (1..=m).map(|j| (height(k - j) - anchor).abs()).sum();
                let cost = best[a][k - m].0 + ((top + bottom) / 2.0 - anchor).abs() + 0.1 * strewn;
                if !apart && cost < least.0 {
                    least = (cost, m);
                }
            }
            best[a + 1][k] = least;
        }
    }
    // A line off every row by more than half a line is none of this list.
    if best[anchors.len()][n].0 > 0.3 * size * n.max(1) as f64 {
        return None;
    }
    let mut out = Vec::new();
    let mut k = n;
    for a in (0..anchors.len()).rev() {
        let m = best[a + 1][k].1;
        if m > 0 {
            out.push((a, lines[k - m..k].iter().flat_map(|l| l.iter().copied()).collect()));
            k -= m;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::words::Chunk;
    use super::*;
    use shiryo_model::BBox;

    fn piece(x: f64, y: f64, text: &str) -> Chunk {
        Chunk {
            bbox: BBox::new(x, y - 4.0, x + 10.0 * text.chars().count() as f64, y + 4.0),
            size: 8.0,
            figure: super::super::cells::is_figure(text),
            text: text.into(),
            ..Default::default()
        }
    }

    /// Numbers and codes on `pitch`, names of one line, and addresses of one to three lines around them.
    fn list(wraps: &[usize], pitch: f64) -> Vec<(Chunk, usize)> {
        let mut out = Vec::new();
        for (i, &lines) in wraps.iter().enumerate() {
            let y = 100.0 + pitch * i as f64;
            out.push((piece(50.0, y, &(i + 1).to_string()), 0));
            out.push((piece(80.0, y, &format!("37{i}-0001")), 1));
            for k in 0..lines {
                let at = y + 9.0 * (k as f64 - (lines as f64 - 1.0) / 2.0);
                out.push((piece(180.0, at, &format!("町名{i}行{k}")), 2));
            }
        }
        out
    }

    fn items(list: &[(Chunk, usize)]) -> Vec<Item<'_>> {
        list.iter().map(|(chunk, c)| Item { chunk, first: *c, last: *c }).collect()
    }

    #[test]
    fn wrapped_cells_gather_around_their_rows() {
        let pieces = list(&[1, 2, 2, 1, 3, 2, 1], 20.0);
        let (blocks, rows) = anchored(&items(&pieces), 3).unwrap_or_default();
        assert_eq!(rows.len(), 7);
        let lines = |row| blocks.iter().find(|b| b.first == 2 && b.rows == (row, row)).map(|b| b.items.len());
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(lines), [1, 2, 2, 1, 3, 2, 1].map(Some));
    }

    #[test]
    fn without_wrapped_cells_or_set_from_the_top_rows_are_told_elsewhere() {
        let pieces = list(&[1; 7], 20.0);
        assert!(anchored(&items(&pieces), 3).is_none());
        let mut pieces = list(&[1; 7], 20.0);
        pieces.push((piece(180.0, 109.0, "続く行"), 2));
        pieces.push((piece(180.0, 149.0, "続く行"), 2));
        assert!(anchored(&items(&pieces), 3).is_none());
    }
}
