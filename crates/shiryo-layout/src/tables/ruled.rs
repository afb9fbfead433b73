//! Tables whose cells are drawn: grids of rulings and edges of fills.

use super::cells::{build, glyphs_by_cell};
use super::grid::{Grid, grid_of};
use super::halfruled::refine;
use super::separators::Component;
use super::words::Chunk;
use super::{PageTable, header, reject};
use shiryo_model::{PageContent, TableMethod};

/// The table a group of rulings draws, when it is one.
pub(super) fn table_of(
    page: &PageContent,
    component: &Component,
    free: &[u32],
    chunks: &[Chunk],
) -> Option<PageTable> {
    let mut grid = grid_of(component)?;
    trim(page, &mut grid, free);
    if grid.n_rows() < 2 || grid.n_cols() < 2 {
        return None;
    }
    let inside = grid.bbox().expand(1.0);
    let own: Vec<u32> = free
        .iter()
        .copied()
        .filter(|&i| page.glyphs.get(i as usize).is_some_and(|g| inside.contains(g.bbox.center())))
        .collect();
    let own_chunks: Vec<&Chunk> = chunks.iter().filter(|c| inside.contains(c.bbox.center())).collect();
    let mut table = match refine(&grid, &own_chunks) {
        Some(r) => build(page, &r.grid, r.by_cell, TableMethod::Ruled),
        None => build(page, &grid, glyphs_by_cell(page, &grid, &own), TableMethod::Ruled),
    };
    header::mark(page, &mut table);
    table.confidence = reject::judge_grid(&table)?;
    Some(table)
}

/// Cuts off blank strips at the edges that are as thin as a double line or a decoration.
fn trim(_page: &PageContent, grid: &mut Grid, _free: &[u32]) {
    const THIN: f64 = 4.5;
    let thin =
        |v: &[f64], at: usize| v.len() > 2 && v.get(at + 1).zip(v.get(at)).is_some_and(|(b, a)| b - a < THIN);
    while thin(&grid.xs, 0) {
        grid.drop_col(0);
    }
    while thin(&grid.xs, grid.n_cols().saturating_sub(1)) {
        grid.drop_col(grid.n_cols() - 1);
    }
    while thin(&grid.ys, 0) {
        grid.drop_row(0);
    }
    while thin(&grid.ys, grid.n_rows().saturating_sub(1)) {
        grid.drop_row(grid.n_rows() - 1);
    }
    grid.simplify();
}
