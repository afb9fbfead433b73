//! Boxes of table cells between rulings, so that each cell can be read by itself.
//!
//! Tesseract reads a page in text lines; cells side by side whose lines stand at different heights are torn or
//! lost. A cell read alone is a small page of its own.

use crate::rulings::PixelRuling;
use shiryo_model::BBox;

/// A box in pixels: first and last column, first and last row inside the rulings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PixelBox {
    pub(crate) x0: u32,
    pub(crate) y0: u32,
    pub(crate) x1: u32,
    pub(crate) y1: u32,
}

impl PixelBox {
    /// The box in points, `scale` points a pixel.
    pub(crate) fn in_points(&self, scale: f64) -> BBox {
        let at = |v: u32| f64::from(v) * scale;
        BBox::new(at(self.x0), at(self.y0), at(self.x1), at(self.y1))
    }
}

/// Ends of rulings may miss the ruling they meet by this much.
const REACH_MM: f64 = 1.2;
/// Cells smaller than this hold nothing.
const MIN_SIDE_MM: f64 = 2.0;
/// More grid lines than this are a picture or noise, not a table.
const MAX_LINES: usize = 200;

/// Cells of all grids on a page, top to bottom, left to right. A box counts when all four sides are ruled.
pub(crate) fn cell_boxes(rulings: &[PixelRuling], dpi: f64) -> Vec<PixelBox> {
    let px = |mm: f64| (mm / 25.4 * dpi).round() as u32;
    let (reach, min_side) = (px(REACH_MM), px(MIN_SIDE_MM));
    let ys = positions(rulings.iter().filter(|r| r.horizontal), reach);
    let xs = positions(rulings.iter().filter(|r| !r.horizontal), reach);
    if ys.len() < 2 || xs.len() < 2 || ys.len() > MAX_LINES || xs.len() > MAX_LINES {
        return Vec::new();
    }
    let mut boxes = Vec::new();
    for (i, &y0) in ys.iter().enumerate() {
        for (j, &x0) in xs.iter().enumerate() {
            // The nearest right side that reaches down from here, then the nearest bottom that closes the box.
            let closed = xs[j + 1..].iter().find_map(|&x1| {
                let y1 = ys[i + 1..].iter().copied().find(|&y1| ruled(rulings, true, y1, (x0, x1), reach))?;
                (ruled(rulings, false, x1, (y0, y1), reach)).then_some((x1, y1))
            });
            let Some((x1, y1)) = closed else { continue };
            let sides =
                ruled(rulings, true, y0, (x0, x1), reach) && ruled(rulings, false, x0, (y0, y1), reach);
            if sides && x1 - x0 >= min_side && y1 - y0 >= min_side {
                boxes.push(PixelBox { x0, y0, x1, y1 });
            }
        }
    }
    boxes
}

/// Distinct positions of rulings; those nearer than `reach` are one.
fn positions<'a>(rulings: impl Iterator<Item = &'a PixelRuling>, reach: u32) -> Vec<u32> {
    let mut all: Vec<u32> = rulings.map(|r| (r.from + r.to) / 2).collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| *next - *kept <= reach);
    all
}

/// Whether rulings at about `position` cover the whole stretch.
fn ruled(rulings: &[PixelRuling], horizontal: bool, position: u32, stretch: (u32, u32), reach: u32) -> bool {
    let mut covered_to = stretch.0 + reach;
    let mut pieces: Vec<(u32, u32)> = rulings
        .iter()
        .filter(|r| r.horizontal == horizontal && r.from <= position + reach && r.to + reach >= position)
        .map(|r| (r.start, r.end))
        .collect();
    pieces.sort_unstable();
    for (start, end) in pieces {
        if start > covered_to {
            break;
        }
        covered_to = covered_to.max(end + reach);
    }
    covered_to >= stretch.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(y: u32, start: u32, end: u32) -> PixelRuling {
        PixelRuling { horizontal: true, from: y, to: y + 2, start, end }
    }
    fn v(x: u32, start: u32, end: u32) -> PixelRuling {
        PixelRuling { horizontal: false, from: x, to: x + 2, start, end }
    }

    #[test]
    fn merged_cells_are_one_box() {
        // Two columns above, one merged cell below.
        let rulings = [
            h(100, 100, 900),
            h(200, 100, 900),
            h(300, 100, 900),
            v(100, 100, 300),
            v(500, 100, 200),
            v(900, 100, 300),
        ];
        let boxes = cell_boxes(&rulings, 300.0);
        assert_eq!(boxes.len(), 3);
        assert_eq!((boxes[2].x0, boxes[2].x1), (101, 901));
    }

    #[test]
    fn two_lines_are_no_cell() {
        assert!(cell_boxes(&[h(100, 100, 900), h(200, 100, 900)], 300.0).is_empty());
    }
}
