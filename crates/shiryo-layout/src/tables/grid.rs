//! From rulings to cells: base grid, which borders are drawn, and the rectangles between them.

use super::separators::{Component, Sets};
use shiryo_model::{BBox, Ruling};

/// Positions nearer than this are one grid line, in points.
const SAME_LINE: f64 = 3.0;
/// A border counts as drawn when this part of it is.
const DRAWN: f64 = 0.6;
/// Larger base grids are drawings, hatching or an attack.
const MOST_BASE_CELLS: usize = 250_000;

/// A rectangle of base cells: rows `row..row + rows`, columns `col..col + cols`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) rows: usize,
    pub(super) cols: usize,
}

/// A grid with its cells, before text.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// Column borders, left to right; one more than there are columns.
    pub(super) xs: Vec<f64>,
    /// Row borders, top to bottom; one more than there are rows.
    pub(super) ys: Vec<f64>,
    /// Cells, row-major; they tile the grid.
    pub(super) cells: Vec<Rect>,
}

impl Grid {
    pub(super) fn n_rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub(super) fn n_cols(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(super) fn bbox(&self) -> BBox {
        match (self.xs.first(), self.ys.first(), self.xs.last(), self.ys.last()) {
            (Some(&x0), Some(&y0), Some(&x1), Some(&y1)) => BBox::new(x0, y0, x1, y1),
            _ => BBox::default(),
        }
    }

    /// Box of a cell on the page.
    pub(super) fn cell_box(&self, c: &Rect) -> BBox {
        let at = |v: &[f64], i: usize| v.get(i).or(v.last()).copied().unwrap_or(0.0);
        BBox::new(
            at(&self.xs, c.col),
            at(&self.ys, c.row),
            at(&self.xs, c.col + c.cols),
            at(&self.ys, c.row + c.rows),
        )
    }

    /// For each base position (row-major) the index of its cell.
    pub(super) fn owners(&self) -> Vec<usize> {
        let n = self.n_cols();
        let mut owner = vec![0; self.n_rows() * n];
        for (i, c) in self.cells.iter().enumerate() {
            for r in c.row..c.row + c.rows {
                for k in c.col..c.col + c.cols {
                    if let Some(o) = owner.get_mut(r * n + k) {
                        *o = i;
                    }
                }
            }
        }
        owner
    }

    /// Adds a column at the left, with a cell for each row.
    pub(super) fn add_left_column(&mut self, x0: f64) {
        self.cells.iter_mut().for_each(|c| c.col += 1);
        self.cells.extend((0..self.n_rows()).map(|row| Rect { row, col: 0, rows: 1, cols: 1 }));
        self.cells.sort_by_key(|c| (c.row, c.col));
        self.xs.insert(0, x0);
    }

    /// Takes a column away; cells that lay in it alone vanish.
    pub(super) fn drop_col(&mut self, col: usize) {
        for c in &mut self.cells {
            if (c.col..c.col + c.cols).contains(&col) {
                c.cols -= 1;
            } else if c.col > col {
                c.col -= 1;
            }
        }
        self.cells.retain(|c| c.cols > 0);
        self.xs.remove(if col == 0 { 0 } else { (col + 1).min(self.xs.len() - 1) });
    }

    /// Takes a row away; cells that lay in it alone vanish.
    pub(super) fn drop_row(&mut self, row: usize) {
        for c in &mut self.cells {
            if (c.row..c.row + c.rows).contains(&row) {
                c.rows -= 1;
            } else if c.row > row {
                c.row -= 1;
            }
        }
        self.cells.retain(|c| c.rows > 0);
        self.ys.remove(if row == 0 { 0 } else { (row + 1).min(self.ys.len() - 1) });
    }

    /// Drops grid lines at which no cell begins or ends in the whole table.
    pub(super) fn simplify(&mut self) {
        let used = |from: &dyn Fn(&Rect) -> usize, n: usize, cells: &[Rect]| -> Vec<bool> {
            let mut v = vec![false; n + 1];
            cells.iter().for_each(|c| v[from(c)] = true);
            v[n] = true;
            v
        };
        let rows = used(&|c| c.row, self.n_rows(), &self.cells);
        let cols = used(&|c| c.col, self.n_cols(), &self.cells);
        let new_index = |used: &[bool]| -> Vec<usize> {
            used.iter()
                .scan(0, |n, &u| {
                    let at = *n;
                    *n += usize::from(u);
                    Some(at)
                })
                .collect()
        };
        let (ri, ci) = (new_index(&rows), new_index(&cols));
        for c in &mut self.cells {
            let (r1, c1) = (c.row + c.rows, c.col + c.cols);
            *c = Rect { row: ri[c.row], col: ci[c.col], rows: ri[r1] - ri[c.row], cols: ci[c1] - ci[c.col] };
        }
        keep(&mut self.ys, &rows);
        keep(&mut self.xs, &cols);
    }
}

fn keep(v: &mut Vec<f64>, used: &[bool]) {
    let mut flags = used.iter();
    v.retain(|_| flags.next().copied().unwrap_or(true));
}

/// A grid line: its position and the parts of it that are drawn.
#[derive(Debug, Clone, Default)]
struct GridLine {
    position: f64,
    /// Sorted, disjoint.
    drawn: Vec<(f64, f64)>,
}

impl GridLine {
    fn covers(&self, from: f64, to: f64) -> bool {
        let first = self.drawn.partition_point(|d| d.1 <= from);
        let mut sum = 0.0;
        for d in self.drawn.iter().skip(first) {
            if d.0 >= to {
                break;
            }
            sum += d.1.min(to) - d.0.max(from);
        }
        sum >= DRAWN * (to - from)
    }
}

/// Clusters parallel rulings into grid lines.
fn grid_lines(rulings: &[Ruling]) -> Vec<GridLine> {
    let mut sorted: Vec<&Ruling> = rulings.iter().collect();
    sorted.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut out: Vec<GridLine> = Vec::new();
    let mut first = f64::NEG_INFINITY;
    let mut weight = 0.0;
    for r in sorted {
        let length = r.end - r.start;
        match out.last_mut() {
            Some(line) if r.position - first < SAME_LINE => {
                line.position = (line.position * weight + r.position * length) / (weight + length);
                weight += length;
                line.drawn.push((r.start - 1.0, r.end + 1.0));
            }
            _ => {
                first = r.position;
                weight = length;
                out.push(GridLine { position: r.position, drawn: vec![(r.start - 1.0, r.end + 1.0)] });
            }
        }
    }
    out.iter_mut().for_each(|l| l.drawn = joined(std::mem::take(&mut l.drawn)));
    out
}

fn joined(mut parts: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::new();
    for p in parts {
        match out.last_mut() {
            Some(last) if p.0 <= last.1 => last.1 = last.1.max(p.1),
            _ => out.push(p),
        }
    }
    out
}

/// Adds the outer borders that are not drawn: where the rulings across end.
fn close_open_sides(lines: &mut Vec<GridLine>, across: &[Ruling]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let mut starts: Vec<f64> = across.iter().map(|r| r.start).collect();
    let mut ends: Vec<f64> = across.iter().map(|r| r.end).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    // Two rulings at least must agree: a single one that sticks out is a leader or an underline.
    let low = starts.get(1).or(starts.first()).copied().filter(|&s| s < first.position - 2.0 * SAME_LINE);
    let at = ends.len().saturating_sub(2);
    let high = ends.get(at).copied().filter(|&e| e > last.position + 2.0 * SAME_LINE);
    if let Some(position) = low {
        lines.insert(0, GridLine { position, drawn: Vec::new() });
    }
    if let Some(position) = high {
        lines.push(GridLine { position, drawn: Vec::new() });
    }
}

/// The grid a group of rulings draws; `None` when it draws none or the grid is too large to be a table.
pub(super) fn grid_of(component: &Component) -> Option<Grid> {
    let mut v = grid_lines(&component.vertical);
    let mut h = grid_lines(&component.horizontal);
    if v.is_empty() || h.is_empty() {
        return None;
    }
    close_open_sides(&mut v, &component.horizontal);
    close_open_sides(&mut h, &component.vertical);
    let (rows, cols) = (h.len().checked_sub(1)?, v.len().checked_sub(1)?);
    if rows == 0 || cols == 0 || rows.checked_mul(cols)? > MOST_BASE_CELLS {
        return None;
    }
    let mut sets = Sets::new(rows * cols);
    for r in 0..rows {
        let (y0, y1) = (h[r].position, h[r + 1].position);
        for c in 0..cols {
            let (x0, x1) = (v[c].position, v[c + 1].position);
            let i = r * cols + c;
            if c + 1 < cols && !v[c + 1].covers(y0, y1) {
                sets.join(i, i + 1);
            }
            if r + 1 < rows && !h[r + 1].covers(x0, x1) {
                sets.join(i, i + cols);
            }
        }
    }
    let mut grid = Grid {
        xs: v.iter().map(|l| l.position).collect(),
        ys: h.iter().map(|l| l.position).collect(),
        cells: rectangles(&mut sets, rows, cols),
    };
    grid.simplify();
    Some(grid)
}

/// Cuts the joined areas into rectangles: an area that is not one is cut into runs of equal columns.
fn rectangles(sets: &mut Sets, rows: usize, cols: usize) -> Vec<Rect> {
    let mut open: Vec<(usize, Rect)> = Vec::new(); // rectangles that may grow downwards, with their set
    let mut done: Vec<Rect> = Vec::new();
    for r in 0..rows {
        let mut next: Vec<(usize, Rect)> = Vec::new();
        let mut grown = vec![false; open.len()];
        let mut c = 0;
        while c < cols {
            let set = sets.find(r * cols + c);
            let mut end = c + 1;
            while end < cols && sets.find(r * cols + end) == set {
                end += 1;
            }
            // `open` is sorted by column.
            let at = open.partition_point(|(_, o)| o.col < c);
            match open.get(at) {
                Some(&(s, o)) if s == set && o.col == c && o.cols == end - c => {
                    grown[at] = true;
                    next.push((set, Rect { rows: o.rows + 1, ..o }));
                }
                _ => next.push((set, Rect { row: r, col: c, rows: 1, cols: end - c })),
            }
            c = end;
        }
        done.extend(open.iter().zip(&grown).filter(|(_, g)| !**g).map(|((_, o), _)| *o));
        open = next;
    }
    done.extend(open.into_iter().map(|(_, o)| o));
    done.sort_by_key(|c| (c.row, c.col));
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::separators::components;
    use shiryo_model::RulingStyle;

    fn rule(horizontal: bool, position: f64, start: f64, end: f64) -> Ruling {
        Ruling { horizontal, position, start, end, width: 0.5, style: RulingStyle::Solid }
    }

    fn cells_of(rulings: &[Ruling]) -> Vec<(usize, usize, usize, usize)> {
        let c = components(rulings);
        let grid = grid_of(&c[0]).expect("a grid");
        grid.cells.iter().map(|c| (c.row, c.col, c.rows, c.cols)).collect()
    }

    #[test]
    fn missing_segments_are_spans_both_ways() {
        // Two columns, three rows; the head spans both columns, the first column spans rows 1 and 2.
        let rulings = [
            rule(true, 0.0, 0.0, 100.0),
            rule(true, 20.0, 0.0, 100.0),
            rule(true, 40.0, 50.0, 100.0),
            rule(true, 60.0, 0.0, 100.0),
            rule(false, 0.0, 0.0, 60.0),
            rule(false, 50.0, 20.0, 60.0),
            rule(false, 100.0, 0.0, 60.0),
        ];
        assert_eq!(cells_of(&rulings), [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]);
    }

    #[test]
    fn open_sides_are_closed_and_double_lines_are_one() {
        let rulings = [
            rule(true, 0.0, 0.0, 100.0),
            rule(true, 1.5, 0.0, 100.0),
            rule(true, 20.0, 0.0, 100.0),
            rule(true, 40.0, 0.0, 100.0),
            rule(false, 50.0, 0.0, 40.0),
        ];
        assert_eq!(cells_of(&rulings), [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]);
    }

    #[test]
    fn an_l_shaped_area_becomes_rectangles() {
        let rulings = [
            rule(true, 0.0, 0.0, 100.0),
            rule(true, 20.0, 50.0, 100.0),
            rule(true, 40.0, 0.0, 100.0),
            rule(false, 0.0, 0.0, 40.0),
            rule(false, 50.0, 20.0, 40.0),
            rule(false, 100.0, 0.0, 40.0),
        ];
        let cells = cells_of(&rulings);
        assert_eq!(cells.iter().map(|c| c.2 * c.3).sum::<usize>(), 4);
    }
}
