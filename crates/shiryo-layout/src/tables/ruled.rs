//! Tables whose cells are drawn: grids of rulings and edges of fills.

use super::cells::{build, glyphs_by_cell, interval};
use super::grid::{Grid, grid_of};
use super::halfruled::{cut_levels, cut_spans, merge_self_labelled, refine};
use super::separators::{Component, THICK};
use super::words::Chunk;
use super::{PageTable, header, reject};
use crate::lines::is_blank;
use shiryo_model::{BBox, Glyph, PageContent, Point, RulingStyle, TableMethod};

/// The table a group of rulings draws, when it is one.
pub(super) fn table_of(
    page: &PageContent,
    component: &Component,
    free: &[u32],
    chunks: &[Chunk],
) -> Option<PageTable> {
    let mut grid = grid_of(component)?;
    trim(&mut grid);
    // One row may be the end of a table on the page before, or the head of one on the page behind.
    let edge = grid.bbox().y0 < 0.15 * page.height || grid.bbox().y1 > 0.8 * page.height;
    let rest = grid.n_rows() == 1 && grid.n_cols() >= 3 && edge;
    if !rest && (grid.n_rows() < 2 || grid.n_cols() < 2) {
        return None;
    }
    add_outer_labels(&mut grid, chunks);
    let inside = grid.bbox().expand(1.0);
    let own: Vec<u32> = free
        .iter()
        .copied()
        .filter(|&i| page.glyphs.get(i as usize).is_some_and(|g| inside.contains(g.bbox.center())))
        .collect();
    cut_titles(&mut grid, chunks);
    let inside = grid.bbox().expand(1.0);
    let own: Vec<u32> = own
        .into_iter()
        .filter(|&i| page.glyphs.get(i as usize).is_some_and(|g| inside.contains(g.bbox.center())))
        .collect();
    if cuts_words(page, &grid, &own) || draws_bars(page, component, &own) {
        return None;
    }
    let own_chunks: Vec<&Chunk> = chunks.iter().filter(|c| inside.contains(c.bbox.center())).collect();
    cut_spans(&mut grid, &own_chunks);
    cut_levels(&mut grid, &own_chunks);
    merge_self_labelled(&mut grid, &own_chunks);
    let refined = refine(&grid, &own_chunks);
    let drawn = refined.is_none();
    let mut table = match refined {
        Some(r) => build(page, &r.grid, r.by_cell, TableMethod::Ruled),
        None => build(page, &grid, glyphs_by_cell(page, &grid, &own), TableMethod::Ruled),
    };
    header::mark(page, &mut table);
    table.confidence = reject::judge_grid(&table, drawn)?;
    Some(table)
}

/// Whether the borders are mostly edges of filled boxes and most of these boxes hold no text: bars of a chart.
fn draws_bars(page: &PageContent, component: &Component, own: &[u32]) -> bool {
    let edges = component.vertical.iter().filter(|r| r.style == RulingStyle::FillEdge).count();
    if edges * 10 < component.vertical.len() * 7 {
        return false;
    }
    let frame = component.bbox.expand(1.0);
    let inside = page.fills.iter().filter(|f| f.color != 0xff_ff_ff && frame.contains(f.bbox.center()));
    let boxes: Vec<&BBox> = inside.map(|f| &f.bbox).take(200).collect();
    let middles: Vec<Point> = own
        .iter()
        .filter_map(|&i| page.glyphs.get(i as usize))
        .filter(|g| !is_blank(g))
        .map(|g| g.bbox.center())
        .collect();
    let blank = boxes.iter().filter(|b| !middles.iter().any(|&m| b.contains(m))).count();
    boxes.len() >= 3 && blank * 10 > boxes.len() * 6
}

/// Adds a column for row labels that stand outside the frame, left of it: one piece of words for nearly every row
/// of figures.
fn add_outer_labels(grid: &mut Grid, chunks: &[Chunk]) {
    let (Some(&left), Some(&top), Some(&bottom)) = (grid.xs.first(), grid.ys.first(), grid.ys.last()) else {
        return;
    };
    if grid.n_rows() < 4 || grid.n_cols() < 2 {
        return;
    }
    let near = |c: &&Chunk| {
        let y = c.bbox.center().y;
        !c.turned && y > top && y < bottom && c.bbox.x1 <= left + 1.0 && c.bbox.x1 > left - 12.0 * c.size
    };
    let labels: Vec<&Chunk> = chunks.iter().filter(near).collect();
    let mut rows: Vec<usize> = labels.iter().map(|c| interval(&grid.ys, c.bbox.center().y)).collect();
    rows.sort_unstable();
    rows.dedup();
    let words = labels.iter().filter(|c| !c.figure && c.bbox.width() < 16.0 * c.size).count();
    let one_each = labels.len() * 10 <= rows.len() * 13 && words * 10 >= labels.len() * 8;
    // The first column inside must not be one of labels already.
    let first_inside = |c: &&Chunk| c.bbox.x0 >= left && grid.xs.get(1).is_some_and(|x| c.bbox.x1 <= x + 1.0);
    let inside: Vec<&Chunk> =
        chunks.iter().filter(|c| (top..bottom).contains(&c.bbox.center().y)).filter(first_inside).collect();
    let figures = inside.iter().filter(|c| c.figure).count();
    if rows.len() * 10 >= (grid.n_rows() - 1) * 8
        && one_each
        && figures * 10 >= inside.len() * 7
        && !inside.is_empty()
    {
        let x0 = labels.iter().map(|c| c.bbox.x0).fold(left, f64::min);
        grid.add_left_column(x0 - 1.0);
    }
}

/// Whether borders run through words: bars and curves of a chart under its labels, not cells.
fn cuts_words(page: &PageContent, grid: &Grid, own: &[u32]) -> bool {
    let owners = grid.owners();
    let cell_of = |g: &Glyph| {
        let m = g.bbox.center();
        owners.get(interval(&grid.ys, m.y) * grid.n_cols() + interval(&grid.xs, m.x)).copied()
    };
    let mut cuts = 0usize;
    for pair in own.windows(2) {
        let (Some(a), Some(b)) = (page.glyphs.get(pair[0] as usize), page.glyphs.get(pair[1] as usize))
        else {
            continue;
        };
        let joined = pair[0] + 1 == pair[1]
            && (a.origin.y - b.origin.y).abs() < 0.1 * a.font_size
            && (b.bbox.x0 - a.bbox.x1).abs() < 0.05 * a.font_size
            && !is_blank(a)
            && !is_blank(b);
        cuts += usize::from(joined && cell_of(a) != cell_of(b));
    }
    let filled: std::collections::BTreeSet<_> = own
        .iter()
        .filter_map(|&i| page.glyphs.get(i as usize))
        .filter(|g| !is_blank(g))
        .map(cell_of)
        .collect();
    cuts > 3 && cuts * 4 > filled.len()
}

/// Cuts off a first row that is the caption of the table and last rows that are notes to it, when they are drawn
/// inside its frame as one cell.
fn cut_titles(grid: &mut Grid, chunks: &[Chunk]) {
    let text_of = |grid: &Grid, row: usize| -> Option<String> {
        let cell = grid.cells.iter().find(|c| c.row == row && c.rows == 1 && c.cols == grid.n_cols())?;
        let b = grid.cell_box(cell);
        Some(chunks.iter().filter(|c| b.contains(c.bbox.center())).map(|c| c.text.as_str()).collect())
    };
    while grid.n_rows() > 2 {
        let last = grid.n_rows() - 1;
        let note =
            |t: String| NOTE_WORDS.iter().any(|w| t.trim_start().starts_with(w)) || t.chars().count() > 160;
        if !text_of(grid, last).is_some_and(note) {
            break;
        }
        grid.drop_row(last);
    }
    if grid.n_rows() > 2 && text_of(grid, 0).is_some_and(|t| is_caption(&t)) {
        grid.drop_row(0);
    }
    grid.simplify();
}

/// How notes under a table begin.
const NOTE_WORDS: [&str; 11] =
    ["Note", "NOTE", "Source", "SOURCE", "Exhibit reads", "注", "（注", "(注", "※", "出典", "資料："];
/// How captions begin, before their number.
const CAPTION_WORDS: [&str; 9] =
    ["Table", "TABLE", "Exhibit", "EXHIBIT", "Figure", "表", "図表", "別表", "第"];

/// Whether words begin as a numbered caption does (表１, Table 2, 第３表).
pub(super) fn is_caption(text: &str) -> bool {
    let t: String = text.chars().filter(|c| !c.is_whitespace()).take(24).collect();
    CAPTION_WORDS.iter().any(|w| {
        let Some(rest) = t.strip_prefix(w) else { return false };
        let digits =
            rest.chars().take_while(|c| c.is_numeric() || matches!(c, '-' | '－' | '.' | '−')).count();
        let after = rest.chars().nth(digits);
        digits > 0 && (*w != "第" || after == Some('表'))
    })
}

/// Cuts off blank strips at the edges that are as thin as a double line or a decoration, and takes the strips inside
/// that are no more than a thick border for one line.
fn trim(grid: &mut Grid) {
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
    let border = |v: &[f64], at: usize| v.get(at + 1).zip(v.get(at)).is_some_and(|(b, a)| b - a < THICK);
    for row in (1..grid.n_rows().saturating_sub(1)).rev() {
        if border(&grid.ys, row) {
            grid.drop_row(row);
        }
    }
    for col in (1..grid.n_cols().saturating_sub(1)).rev() {
        if border(&grid.xs, col) {
            grid.drop_col(col);
        }
    }
    grid.simplify();
}
