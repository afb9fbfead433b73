//! Whether a reader of the page would see a glyph: painted over, or in the colour of what lies under it.

use shiryo_model::{BBox, Glyph, Point, Visibility};
use std::cell::Cell;

/// Something painted that may hide text or be its background.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) bbox: BBox,
    /// Painting step.
    pub(crate) order: u32,
    /// 0xRRGGBB; `None` for images and patterns.
    pub(crate) color: Option<u32>,
    /// Whether it hides everything under its whole box.
    pub(crate) covers: bool,
    /// Whether it is a raster image.
    pub(crate) image: bool,
    /// Whether its edges separate what stands in it from what stands beside it.
    pub(crate) edges: bool,
}

/// Whether enough of `bbox` lies in `window` for a reader to make out the glyph.
pub(crate) fn mostly_inside(bbox: &BBox, window: &BBox) -> bool {
    let inside = |lo: f64, hi: f64, from: f64, to: f64| {
        let length = (hi - lo).max(1e-6);
        (hi.min(to) - lo.max(from)) / length >= 0.4
    };
    inside(bbox.x0, bbox.x1, window.x0, window.x1) && inside(bbox.y0, bbox.y1, window.y0, window.y1)
}

/// Cells along each side of the page in the index.
const CELLS: usize = 48;
/// An area over more cells than this is kept in one list for all.
const SPREAD: usize = 64;
/// Areas looked at for one question before it is given up (answer: nothing known).
const LOOKS: usize = 512;
/// Areas looked at for all questions of a page.
const ALL_LOOKS: usize = 5_000_000;

/// Finds what is painted at a point, in bounded time.
#[derive(Debug)]
pub(crate) struct AreaIndex<'a> {
    areas: &'a [Area],
    page: BBox,
    cells: Vec<Vec<u32>>,
    wide: Vec<u32>,
    looks: Cell<usize>,
}

impl<'a> AreaIndex<'a> {
    /// `areas` in painting order.
    pub(crate) fn new(areas: &'a [Area], page: BBox) -> Self {
        let mut index = Self {
            areas,
            page,
            cells: vec![Vec::new(); CELLS * CELLS],
            wide: Vec::new(),
            looks: Cell::new(0),
        };
        for (i, area) in areas.iter().enumerate() {
            let Ok(i) = u32::try_from(i) else { break };
            let (x0, y0) = index.cell(area.bbox.x0, area.bbox.y0);
            let (x1, y1) = index.cell(area.bbox.x1, area.bbox.y1);
            if (x1 - x0 + 1) * (y1 - y0 + 1) > SPREAD {
                index.wide.push(i);
                continue;
            }
            for y in y0..=y1 {
                for x in x0..=x1 {
                    if let Some(cell) = index.cells.get_mut(y * CELLS + x) {
                        cell.push(i);
                    }
                }
            }
        }
        index
    }

    fn cell(&self, x: f64, y: f64) -> (usize, usize) {
        // `as` saturates: points off the page fall into the outermost cells.
        let place = |v: f64, size: f64| ((v / size.max(1.0) * CELLS as f64) as usize).min(CELLS - 1);
        (place(x, self.page.width()), place(y, self.page.height()))
    }

    /// Counts a look; false when the page has had its share.
    fn may_look(&self) -> bool {
        self.looks.set(self.looks.get() + 1);
        self.looks.get() < ALL_LOOKS
    }

    /// The topmost area at `p` painted before step `before` (and after step `after`) that `wanted` accepts.
    pub(crate) fn topmost(
        &self,
        p: Point,
        after: u32,
        before: u32,
        wanted: impl Fn(&Area) -> bool,
    ) -> Option<&'a Area> {
        if self.looks.get() >= ALL_LOOKS {
            return None;
        }
        let (x, y) = self.cell(p.x, p.y);
        let local = self.cells.get(y * CELLS + x).map_or(&[][..], Vec::as_slice);
        let find = |list: &[u32]| {
            // Lists are in painting order.
            let end = list.partition_point(|&i| self.areas.get(i as usize).is_some_and(|a| a.order < before));
            list.iter()
                .take(end)
                .rev()
                .take(LOOKS)
                .filter_map(|&i| self.areas.get(i as usize))
                .take_while(|a| a.order > after && self.may_look())
                .find(|a| a.bbox.contains(p) && wanted(a))
        };
        match (find(local), find(&self.wide)) {
            (Some(a), Some(b)) => Some(if a.order >= b.order { a } else { b }),
            (a, b) => a.or(b),
        }
    }
}

/// Largest difference of a channel between colours that look the same.
const SAME_COLOUR: u32 = 6;

/// Whether two colours cannot be told apart on paper.
pub(crate) fn same_colour(a: u32, b: u32) -> bool {
    [16, 8, 0].iter().all(|s| ((a >> s) & 0xFF).abs_diff((b >> s) & 0xFF) <= SAME_COLOUR)
}

/// The colour of paper.
pub(crate) const WHITE: u32 = 0xFF_FFFF;

/// Whether `color` cannot be told from paper.
pub(crate) fn is_white(color: u32) -> bool {
    same_colour(color, WHITE)
}

/// Marks glyphs that later paint hides and glyphs in the colour of their background.
///
/// Text under an image that fills most of the page is the text layer of a scan: [`Visibility::Invisible`].
pub(crate) fn hide_covered(
    glyphs: &mut [Glyph],
    orders: &[u32],
    areas: &[Area],
    index: &AreaIndex<'_>,
    page: BBox,
) {
    if areas.is_empty() && glyphs.iter().all(|g| !g.color.is_some_and(is_white)) {
        return;
    }
    let last_cover = areas.iter().rev().find(|a| a.covers).map_or(0, |a| a.order);
    for (glyph, &order) in glyphs.iter_mut().zip(orders) {
        if glyph.visibility != Visibility::Visible {
            continue;
        }
        let center = glyph.bbox.center();
        if order < last_cover
            && let Some(cover) =
                index.topmost(center, order, u32::MAX, |a| a.covers && mostly_inside(&glyph.bbox, &a.bbox))
        {
            let scan = cover.image && cover.bbox.area() >= page.area() * 0.5;
            glyph.visibility = if scan { Visibility::Invisible } else { Visibility::Covered };
        } else if glyph.color.is_some_and(is_white) {
            let below = index.topmost(center, 0, order, |_| true);
            let paper = below.is_none_or(|a| a.color.is_some_and(is_white));
            if paper {
                glyph.visibility = Visibility::Covered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: BBox = BBox { x0: 0.0, y0: 0.0, x1: 600.0, y1: 800.0 };

    fn glyph(x: f64, y: f64, color: u32) -> Glyph {
        Glyph { color: Some(color), ..Glyph::on_baseline("字", x, y + 8.8, 10.0, 10.0) }
    }

    fn area(bbox: BBox, order: u32, color: Option<u32>, covers: bool) -> Area {
        Area { bbox, order, color, covers, image: color.is_none(), edges: false }
    }

    fn seen(glyphs: &[(Glyph, u32)], areas: &[Area]) -> Vec<Visibility> {
        let (mut list, orders): (Vec<_>, Vec<_>) = glyphs.iter().cloned().unzip();
        hide_covered(&mut list, &orders, areas, &AreaIndex::new(areas, PAGE), PAGE);
        list.iter().map(|g| g.visibility).collect()
    }

    #[test]
    fn only_later_and_opaque_paint_covers() {
        let over = BBox::new(0.0, 0.0, 50.0, 50.0);
        let text = [(glyph(10.0, 10.0, 0), 5)];
        assert_eq!(seen(&text, &[area(over, 9, Some(WHITE), true)]), [Visibility::Covered]);
        assert_eq!(seen(&text, &[area(over, 2, Some(WHITE), true)]), [Visibility::Visible]);
        assert_eq!(seen(&text, &[area(over, 9, Some(0xFF_FF00), false)]), [Visibility::Visible]);
        let beside = BBox::new(0.0, 0.0, 12.0, 50.0);
        assert_eq!(seen(&text, &[area(beside, 9, Some(WHITE), true)]), [Visibility::Visible]);
    }

    #[test]
    fn white_text_needs_a_ground() {
        let text =
            [(glyph(10.0, 10.0, WHITE), 5), (glyph(110.0, 10.0, WHITE), 6), (glyph(210.0, 10.0, WHITE), 7)];
        let ground = [
            area(BBox::new(100.0, 0.0, 150.0, 50.0), 1, Some(0x00_3366), true),
            area(BBox::new(200.0, 0.0, 250.0, 50.0), 2, None, true),
        ];
        assert_eq!(seen(&text, &ground), [Visibility::Covered, Visibility::Visible, Visibility::Visible]);
    }

    #[test]
    fn a_sliver_is_not_seen() {
        let window = BBox::new(0.0, 0.0, 50.0, 50.0);
        assert!(mostly_inside(&BBox::new(45.0, 0.0, 55.0, 10.0), &window));
        assert!(!mostly_inside(&BBox::new(47.0, 0.0, 57.0, 10.0), &window));
        assert!(!mostly_inside(&BBox::new(0.0, -8.0, 10.0, 2.0), &window));
    }
}
