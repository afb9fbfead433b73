//! Grids whose body is drawn as one box: rows and columns inside a cell that only alignment tells apart.

use super::aligned::{Region, body_rows, lines_in, merge_span, rect_of};
use super::grid::{Grid, Rect};
use super::heads::head_rows;
use super::rivers::{River, columns_under, rivers_of};
use super::rows::{Block, Item};
use super::words::Chunk;
use shiryo_model::BBox;

/// Cells times pieces: beyond this the grid is taken as drawn.
const MOST_PAIRS: usize = 20_000_000;

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
    let split: Vec<bool> = (0..grid.n_rows()).map(|r| holds_rows(grid, chunks, r)).collect();
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
            let region = Region { chunks: Vec::new(), rules: Vec::new(), pieces: Vec::new(), bbox };
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

fn glyphs_of(b: &Block) -> Vec<u32> {
    b.items.iter().flat_map(|i| i.chunk.glyphs.iter().copied()).collect()
}

fn chunks_in<'a>(chunks: &[&'a Chunk], bbox: BBox) -> Vec<&'a Chunk> {
    chunks.iter().copied().filter(|c| bbox.contains(c.bbox.center())).collect()
}

/// Whether the cells of a row hold several rows: figures stand under each other in at least one cell, and each of
/// these lines has its label, or its like in another cell, on the same baseline.
fn holds_rows(grid: &Grid, chunks: &[&Chunk], row: usize) -> bool {
    let cells = grid.cells.iter().filter(|c| c.row == row && c.rows == 1);
    let inside: Vec<(usize, Vec<&Chunk>)> =
        cells.map(|c| (c.col, chunks_in(chunks, grid.cell_box(c)))).filter(|(_, k)| !k.is_empty()).collect();
    let Some((_, labels)) = inside.iter().find(|(col, _)| *col == 0) else { return false };
    let baselines: Vec<usize> = lines_in(labels).iter().filter_map(|l| l.first().map(|c| c.line)).collect();
    let mut columns = 0;
    let mut lines_most = 0;
    for (_, k) in inside.iter().filter(|(col, _)| *col > 0) {
        let lines = lines_in(k);
        let figures = lines.iter().filter(|l| l.iter().all(|c| c.figure)).count();
        let labelled =
            lines.iter().filter(|l| l.first().is_some_and(|c| baselines.contains(&c.line))).count();
        if lines.len() >= 2 && figures * 10 >= lines.len() * 8 && labelled * 10 >= lines.len() * 8 {
            columns += 1;
            lines_most = lines_most.max(lines.len());
        }
    }
    baselines.len() >= 2 && (columns >= 2 || (columns == 1 && lines_most >= 3))
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
