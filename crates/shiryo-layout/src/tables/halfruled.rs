//! Grids whose body is drawn as one box: rows and columns inside a cell that only alignment tells apart.

use super::aligned::{Region, body_rows, lines_in, merge_span, rect_of};
use super::cells::interval;
use super::grid::{Grid, Rect};
use super::heads::head_rows;
use super::rivers::{River, columns_under, rivers_of};
use super::rows::{Block, Item};
use super::words::Chunk;
use shiryo_model::{BBox, Ruling, RulingStyle};

/// Cells times pieces: beyond this the grid is taken as drawn.
const MOST_PAIRS: usize = 20_000_000;
/// Cells over several rows that are looked into.
const MOST_TALL: usize = 64;

/// A grid with the glyphs of its cells.
pub(super) struct Refined {
    pub(super) grid: Grid,
    pub(super) by_cell: Vec<Vec<u32>>,
}

/// Cuts bands of the grid that hold several rows of figures; `None` when there is none.
pub(super) fn refine(grid: &Grid, chunks: &[&Chunk]) -> Option<Refined> {
    if grid.cells.len().saturating_mul(chunks.len()) > MOST_PAIRS {
        return None;
    }
    let strips: Vec<Vec<f64>> = (0..grid.n_rows()).map(|r| blank_strips(grid, chunks, r)).collect();
    let split: Vec<bool> =
        strips.iter().enumerate().map(|(r, s)| !s.is_empty() || holds_rows(grid, chunks, r)).collect();
    if !split.contains(&true) {
        return None;
    }
    let rivers = columns(grid, chunks, &split);
    let n_cols = rivers.len() + 1;
    let mut rects: Vec<(Rect, Vec<u32>)> = Vec::new();
    let mut ys = vec![*grid.ys.first()?];
    let mut starts = Vec::new(); // first new row of each old row
    for (r, &cut) in split.iter().enumerate() {
        let at = ys.len() - 1;
        starts.push(at);
        let (y0, y1) = (*grid.ys.get(r)?, *grid.ys.get(r + 1)?);
        let items = band_items(grid, chunks, r, &rivers);
        let (blocks, rows) = if items.is_empty() {
            (Vec::new(), vec![(y0, y1)])
        } else if cut {
            let bbox = BBox::new(*grid.xs.first()?, y0, *grid.xs.last()?, y1);
            let rules = strips.get(r).into_iter().flatten().map(|&y| across(y, &bbox)).collect();
            let region = Region { chunks: Vec::new(), rules, pieces: Vec::new(), bbox };
            body_rows(items, &rivers, &region, y0)
        } else {
            head_rows(&items, &rivers, &[])
        };
        ys.extend(rows.windows(2).map(|w| (w[0].1 + w[1].0) / 2.0));
        ys.push(y1);
        for b in blocks {
            let mut rect = rect_of(&b, rows.len(), n_cols);
            rect.row += at;
            let glyphs = glyphs_of(&b);
            rects.push((rect, glyphs));
        }
    }
    starts.push(ys.len() - 1);
    add_spanning_cells(grid, chunks, &rivers, &starts, &mut rects);
    let mut xs = vec![*grid.xs.first()?];
    xs.extend(rivers.iter().map(River::middle));
    xs.push(*grid.xs.last()?);
    Some(tile(xs, ys, rects))
}

/// A rule across a box, as a blank strip through it parts its rows.
fn across(position: f64, bbox: &BBox) -> Ruling {
    Ruling { horizontal: true, position, start: bbox.x0, end: bbox.x1, width: 0.5, style: RulingStyle::Solid }
}

fn glyphs_of(b: &Block) -> Vec<u32> {
    b.items.iter().flat_map(|i| i.chunk.glyphs.iter().copied()).collect()
}

fn chunks_in<'a>(chunks: &[&'a Chunk], bbox: BBox) -> Vec<&'a Chunk> {
    chunks.iter().copied().filter(|c| bbox.contains(c.bbox.center())).collect()
}

/// A cell's column and its pieces.
type Filled<'a> = (usize, Vec<&'a Chunk>);

/// Whether the cells of a row hold several rows.
fn holds_rows(grid: &Grid, chunks: &[&Chunk], row: usize) -> bool {
    let cells = grid.cells.iter().filter(|c| c.row == row && c.rows == 1);
    let inside: Vec<Filled> =
        cells.map(|c| (c.col, chunks_in(chunks, grid.cell_box(c)))).filter(|(_, k)| !k.is_empty()).collect();
    labelled_by_first(&inside)
        || labelled_beside(&inside)
        || labelled_in_turn(&inside)
        || labels_inside(&inside)
}

fn baselines(lines: &[Vec<&Chunk>]) -> Vec<usize> {
    lines.iter().filter_map(|l| l.first().map(|c| c.line)).collect()
}

fn all_figures(line: &[&Chunk]) -> bool {
    line.iter().all(|c| c.figure)
}

/// Figures stand under each other in at least one cell, and each of these lines has its label in the first cell on
/// the same baseline.
fn labelled_by_first(inside: &[Filled]) -> bool {
    let Some((_, labels)) = inside.iter().find(|(col, _)| *col == 0) else { return false };
    let labels = baselines(&lines_in(labels));
    let mut columns = 0;
    let mut lines_most = 0;
    for (_, k) in inside.iter().filter(|(col, _)| *col > 0) {
        let lines = lines_in(k);
        let figures = lines.iter().filter(|l| all_figures(l)).count();
        let labelled = baselines(&lines).iter().filter(|b| labels.contains(b)).count();
        if lines.len() >= 2 && figures * 10 >= lines.len() * 8 && labelled * 10 >= lines.len() * 8 {
            columns += 1;
            lines_most = lines_most.max(lines.len());
        }
    }
    labels.len() >= 2 && (columns >= 2 || (columns == 1 && lines_most >= 3))
}

/// Three or more figures stand under each other, and the cell right before them has as many lines of words, each
/// on the baseline of a figure: items and amounts, as budgets have them beside one programme.
fn labelled_beside(inside: &[Filled]) -> bool {
    inside.windows(2).any(|w| {
        let (words, figures) = (lines_in(&w[0].1), lines_in(&w[1].1));
        figures.len() >= 3
            && figures.iter().all(|l| all_figures(l))
            && words.iter().all(|l| !all_figures(l))
            && baselines(&words) == baselines(&figures)
    })
}

/// Each of four figures or more has its label in one of the columns before, indented by column (款 | 項 | 金額), and
/// each label its figure.
fn labelled_in_turn(inside: &[Filled]) -> bool {
    let figures = |(_, k): &Filled| lines_in(k).iter().all(|l| all_figures(l));
    let Some(at) = inside.iter().position(figures).filter(|&at| at >= 2) else { return false };
    let amounts = inside.get(at).map(|(_, k)| baselines(&lines_in(k))).unwrap_or_default();
    let labels: Vec<Vec<usize>> = inside.iter().take(at).map(|(_, k)| baselines(&lines_in(k))).collect();
    let named: Vec<usize> = labels.concat();
    let own = amounts.iter().filter(|b| named.contains(b)).count();
    let paid = named.iter().filter(|b| amounts.contains(b)).count();
    amounts.len() >= 4
        && labels.iter().all(|l| l.len() >= 2)
        && own * 10 >= amounts.len() * 9
        && paid * 10 >= named.len() * 9
}

/// Every cell with several lines has a label and figures in each of them.
fn labels_inside(inside: &[Filled]) -> bool {
    let several = || inside.iter().map(|(_, k)| lines_in(k)).filter(|l| l.len() >= 2);
    several().any(|l| l.len() >= 4) && several().all(|l| has_labels_inside(&l))
}

fn has_labels_inside(lines: &[Vec<&Chunk>]) -> bool {
    let own = lines.iter().filter(|l| {
        let words = l.iter().take_while(|c| !c.figure).count().max(1);
        l.len() > words && !all_figures(l) && l.get(words..).is_some_and(all_figures)
    });
    own.count() * 10 >= lines.len() * 9
}

/// Drops the borders between rows that a cell reaches over whose lines are rows by themselves: its neighbours' rules
/// part the same lines.
pub(super) fn merge_self_labelled(grid: &mut Grid, chunks: &[&Chunk]) {
    let tall: Vec<Rect> = grid.cells.iter().filter(|c| c.rows > 1).copied().collect();
    for cell in tall.iter().take(MOST_TALL) {
        let lines = lines_in(&chunks_in(chunks, grid.cell_box(cell)));
        if lines.len() < 4 || lines.len() <= cell.rows || !has_labels_inside(&lines) {
            continue;
        }
        let (top, end) = (cell.row, cell.row + cell.rows);
        let within = |c: &Rect| c.row >= top && c.row + c.rows <= end;
        let whole =
            |c: &Rect| grid.cells.iter().filter(|o| within(o) && o.col == c.col).all(|o| o.cols == c.cols);
        let columns: Vec<Rect> = grid.cells.iter().filter(|c| within(c) && c.row == top).copied().collect();
        if columns.iter().map(|c| c.cols).sum::<usize>() != grid.n_cols() || !columns.iter().all(whole) {
            continue;
        }
        grid.cells.retain(|c| !within(c));
        grid.cells.extend(columns.iter().map(|c| Rect { row: top, rows: end - top, ..*c }));
        grid.cells.sort_by_key(|c| (c.row, c.col));
    }
    grid.simplify();
}

/// Cuts cells over several columns into one for each of them, where the pieces of text do so: one piece or more, of
/// two characters at least, in every column and none across a border.
pub(super) fn cut_spans(grid: &mut Grid, chunks: &[&Chunk]) {
    let mut out: Vec<Rect> = Vec::with_capacity(grid.cells.len());
    let spanning = grid.cells.iter().filter(|c| c.cols > 1).count();
    if spanning.saturating_mul(chunks.len()) > MOST_PAIRS {
        return;
    }
    for c in &grid.cells {
        let own = if c.cols > 1 { chunks_in(chunks, grid.cell_box(c)) } else { Vec::new() };
        let column = |x: f64| interval(&grid.xs, x);
        let mut filled = vec![false; c.cols];
        let whole = own.iter().all(|k| {
            let (a, z) = (column(k.bbox.x0 + 0.5), column(k.bbox.x1 - 0.5));
            if let Some(f) = a.checked_sub(c.col).and_then(|i| filled.get_mut(i)) {
                *f = true;
            }
            a == z && k.chars >= 2 && !k.turned
        });
        if whole && c.cols > 1 && filled.iter().all(|&f| f) {
            out.extend((0..c.cols).map(|k| Rect { col: c.col + k, cols: 1, ..*c }));
        } else {
            out.push(*c);
        }
    }
    grid.cells = out;
}

/// Parts the levels of heads that stand in one cell over several columns: a title in the middle, and under it a piece
/// for each column. The row becomes two.
pub(super) fn cut_levels(grid: &mut Grid, chunks: &[&Chunk]) {
    for row in 0..grid.n_rows().min(3) {
        let spans: Vec<Rect> =
            grid.cells.iter().filter(|c| c.row == row && c.rows == 1 && c.cols > 1).copied().collect();
        let mut cuts: Vec<(Rect, f64)> = Vec::new();
        for c in &spans {
            let lines = lines_in(&chunks_in(chunks, grid.cell_box(c)));
            let [title @ .., heads] = &lines[..] else { continue };
            let (Some(last), Some(first)) = (title.last().and_then(|l| l.first()), heads.first()) else {
                continue;
            };
            let column =
                |k: &Chunk| (interval(&grid.xs, k.bbox.x0 + 0.5), interval(&grid.xs, k.bbox.x1 - 0.5));
            let each = heads.len() == c.cols
                && heads.iter().enumerate().all(|(n, k)| column(k) == (c.col + n, c.col + n));
            // The title stands in the middle of its columns.
            let b = grid.cell_box(c);
            let middle = title.iter().all(|l| {
                let text = BBox::union_all(l.iter().map(|k| &k.bbox)).unwrap_or_default();
                (text.center().x - b.center().x).abs() < 0.05 * b.width() + 2.0
            });
            if each && middle && heads.iter().all(|k| k.chars >= 2 && !k.figure) {
                cuts.push((*c, (last.bbox.y1 + first.bbox.y0) / 2.0));
            }
        }
        let Some(&(_, y)) = cuts.first() else { continue };
        if cuts.len() < spans.len() || cuts.iter().any(|c| (c.1 - y).abs() > 3.0) {
            continue;
        }
        grid.ys.insert(row + 1, y);
        for c in &mut grid.cells {
            if c.row > row {
                c.row += 1;
            } else if c.row + c.rows > row && !cuts.iter().any(|(s, _)| s == c) {
                c.rows += 1;
            }
        }
        let below =
            |s: &Rect| (s.col..s.col + s.cols).map(|col| Rect { row: row + 1, col, rows: 1, cols: 1 });
        grid.cells.extend(cuts.iter().flat_map(|(s, _)| below(s)));
        grid.cells.sort_by_key(|c| (c.row, c.col));
        return;
    }
}

/// Heights of blank strips that run through all cells of a row and part its words: each begins a line in the first
/// cell and in most others, and is clearly wider than the lines are apart inside of them.
fn blank_strips(grid: &Grid, chunks: &[&Chunk], row: usize) -> Vec<f64> {
    let (Some(&y0), Some(&y1)) = (grid.ys.get(row), grid.ys.get(row + 1)) else { return Vec::new() };
    let cells: Vec<&Rect> = grid.cells.iter().filter(|c| c.row == row && c.rows == 1).collect();
    if cells.iter().map(|c| c.cols).sum::<usize>() != grid.n_cols() {
        return Vec::new();
    }
    let inside: Vec<Vec<&Chunk>> = cells.iter().map(|c| chunks_in(chunks, grid.cell_box(c))).collect();
    let mut spans: Vec<(f64, f64)> = chunks
        .iter()
        .filter(|c| (y0..y1).contains(&c.bbox.center().y))
        .map(|c| (c.bbox.y0, c.bbox.y1))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = inside.iter().flatten().map(|c| c.size).fold(0.0, f64::max);
    let mut strips: Vec<(f64, f64)> = Vec::new();
    let mut end = f64::MAX;
    for (a, z) in spans {
        if a - end > 0.7 * size {
            strips.push((end, a));
        }
        end = if end == f64::MAX { z } else { end.max(z) };
    }
    let starts = |strip: &(f64, f64), cell: &[&Chunk]| {
        let below = cell.iter().map(|c| c.bbox.y0).filter(|&y| y >= strip.1 - 0.1).fold(f64::MAX, f64::min);
        below - strip.1 < 0.5 * size
    };
    let first = |strip: &(f64, f64)| inside.first().is_some_and(|c| starts(strip, c));
    let filled = inside.iter().filter(|c| !c.is_empty()).count();
    // Every strip must begin a row: with its label, and most strips with the other cells, too.
    let full = strips.iter().filter(|s| inside.iter().filter(|c| starts(s, c)).count() == filled).count();
    if filled < 2 || strips.is_empty() || !strips.iter().all(first) || full * 2 < strips.len() {
        return Vec::new();
    }
    strips.iter().map(|s| (s.0 + s.1) / 2.0).collect()
}

/// The grid's own column borders and the rivers inside its columns, as strips.
fn columns(grid: &Grid, chunks: &[&Chunk], split: &[bool]) -> Vec<River> {
    let mut out: Vec<River> = Vec::new();
    for c in 0..grid.n_cols() {
        let (Some(&x0), Some(&x1)) = (grid.xs.get(c), grid.xs.get(c + 1)) else { break };
        if c > 0 {
            out.push(River { x0, x1: x0 });
        }
        let own: Vec<&Chunk> = grid
            .cells
            .iter()
            .filter(|k| {
                k.col == c && k.cols == 1 && k.rows == 1 && split.get(k.row).copied().unwrap_or(false)
            })
            .flat_map(|k| chunks_in(chunks, grid.cell_box(k)))
            .collect();
        let lines = lines_in(&own);
        let several = lines.iter().filter(|l| l.len() >= 2).count();
        if several >= 3 && several * 10 >= lines.len() * 6 {
            out.extend(rivers_of(&lines).into_iter().filter(|r| r.x0 > x0 && r.x1 < x1));
        }
    }
    out
}

/// The pieces of one row's cells with their new columns. Pieces of a cell that kept its columns cover the cell.
fn band_items<'a>(grid: &Grid, chunks: &[&'a Chunk], row: usize, rivers: &[River]) -> Vec<Item<'a>> {
    let mut out = Vec::new();
    for c in grid.cells.iter().filter(|c| c.row == row && c.rows == 1) {
        let (low, high) = new_columns(grid, c, rivers);
        for chunk in chunks_in(chunks, grid.cell_box(c)) {
            let (first, last) = columns_under(rivers, chunk);
            let whole = c.cols > 1 && low < high && grid_columns_only(grid, rivers, low, high);
            let (first, last) =
                if whole { (low, high) } else { (first.clamp(low, high), last.clamp(low, high)) };
            out.push(Item { chunk, first, last });
        }
    }
    out
}

/// Whether all borders between two new columns are borders of the grid.
fn grid_columns_only(grid: &Grid, rivers: &[River], low: usize, high: usize) -> bool {
    (low..high).all(|k| rivers.get(k).is_some_and(|r| grid.xs.iter().any(|x| (x - r.middle()).abs() < 0.01)))
}

fn new_columns(grid: &Grid, c: &Rect, rivers: &[River]) -> (usize, usize) {
    let at = |x: f64| rivers.partition_point(|r| r.middle() < x);
    let b = grid.cell_box(c);
    (at(b.x0 + 0.5), at(b.x1 - 0.5))
}

/// Cells over several rows of the grid keep their text whole.
fn add_spanning_cells(
    grid: &Grid,
    chunks: &[&Chunk],
    rivers: &[River],
    starts: &[usize],
    rects: &mut Vec<(Rect, Vec<u32>)>,
) {
    for c in grid.cells.iter().filter(|c| c.rows > 1) {
        let (low, high) = new_columns(grid, c, rivers);
        let at = |r: usize| starts.get(r).or(starts.last()).copied().unwrap_or(0);
        let (row, end) = (at(c.row), at(c.row + c.rows));
        let glyphs: Vec<u32> =
            chunks_in(chunks, grid.cell_box(c)).iter().flat_map(|k| k.glyphs.iter().copied()).collect();
        rects.push((
            Rect { row, col: low, rows: end.saturating_sub(row).max(1), cols: high - low + 1 },
            glyphs,
        ));
    }
}

/// Fills the grid with blank cells around the given ones.
pub(super) fn tile(xs: Vec<f64>, ys: Vec<f64>, rects: Vec<(Rect, Vec<u32>)>) -> Refined {
    let (n_rows, n_cols) = (ys.len() - 1, xs.len() - 1);
    let mut spans: Vec<Rect> = Vec::new();
    for (r, _) in rects.iter().filter(|(r, _)| r.rows * r.cols > 1) {
        merge_span(&mut spans, *r);
    }
    let mut covered = vec![false; n_rows * n_cols];
    for s in &spans {
        for r in s.row..(s.row + s.rows).min(n_rows) {
            for c in s.col..(s.col + s.cols).min(n_cols) {
                covered[r * n_cols + c] = true;
            }
        }
    }
    let mut cells = spans;
    let free = (0..n_rows * n_cols).filter(|&i| !covered[i]);
    cells.extend(free.map(|i| Rect { row: i / n_cols, col: i % n_cols, rows: 1, cols: 1 }));
    cells.sort_by_key(|c| (c.row, c.col));
    let grid = Grid { xs, ys, cells };
    let owners = grid.owners();
    let mut by_cell = vec![Vec::new(); grid.cells.len()];
    for (r, glyphs) in rects {
        if let Some(cell) = owners.get(r.row * n_cols + r.col).and_then(|&o| by_cell.get_mut(o)) {
            cell.extend(glyphs);
        }
    }
    Refined { grid, by_cell }
}
