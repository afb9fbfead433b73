//! The page while it is painted: what an engine reports, in painting order, before it becomes a
//! [`PageContent`].
//!
//! Engines only call the drawing methods with page coordinates (points, top-left origin); clipping, limits,
//! joining of rulings and visibility are decided here, so that every engine gets the same treatment.

use crate::overlays::Overlays;
use crate::overprint;
use crate::rulings::{self, Piece};
use crate::visibility::{self, Area};
use shiryo_model::{BBox, FilledBox, Glyph, ImageBox, PageContent, Point, Shape, Visibility};

/// Glyphs and path pieces a page may have; a page of the densest real paper has some ten thousand.
pub(crate) const MAX_PAINTED: usize = 2_000_000;
/// Filled shapes up to this thickness in points are lines, not boxes.
pub(crate) const THIN: f64 = 2.5;
/// Shapes a page keeps, and points a shape keeps: enough for the charts of a page, not for a map.
const MOST_SHAPES: usize = 4_000;
const MOST_POINTS: usize = 256;
/// Strokes thicker than this many points fill an area rather than draw a line.
const THICK_STROKE: f64 = 6.0;

/// What an area or line is painted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Paint {
    /// 0xRRGGBB; `None` for patterns and shadings.
    pub(crate) color: Option<u32>,
    /// Whether it hides what lies under it.
    pub(crate) opaque: bool,
    /// Whether it paints nothing at all.
    pub(crate) transparent: bool,
}

/// Everything painted on one page.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    /// Width of the visible page in points.
    pub(crate) width: f64,
    /// Height of the visible page in points.
    pub(crate) height: f64,
    /// Glyphs in painting order.
    pub(crate) glyphs: Vec<Glyph>,
    /// The painting step of each glyph.
    pub(crate) glyph_orders: Vec<u32>,
    /// Glyphs for which no Unicode was found.
    pub(crate) undecoded: u32,
    /// Which of the glyphs are not the page's content.
    pub(crate) overlays: Overlays,
    pieces: Vec<Piece>,
    areas: Vec<Area>,
    fills: Vec<FilledBox>,
    shapes: Vec<Shape>,
    images: Vec<ImageBox>,
    /// Intersections of the clips pushed so far; `None` when nothing can be seen.
    clips: Vec<Option<BBox>>,
    order: u32,
    painted: usize,
}

impl Canvas {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    /// The page itself.
    pub(crate) fn page_box(&self) -> BBox {
        BBox { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height }
    }

    /// Whether the page has more on it than any paper needs; the engine should stop.
    pub(crate) fn is_full(&self) -> bool {
        self.painted > MAX_PAINTED
    }

    /// Counts `n` path elements or clips towards the limit.
    pub(crate) fn count(&mut self, n: usize) {
        self.painted = self.painted.saturating_add(n);
    }

    pub(crate) fn push_clip(&mut self, clip: BBox) {
        self.count(1);
        let clip = match self.clips.last() {
            Some(Some(current)) => intersection(current, &clip),
            Some(None) => None,
            None => Some(clip),
        };
        self.clips.push(clip);
    }

    pub(crate) fn pop_clip(&mut self) {
        self.clips.pop();
    }

    /// The part of `bbox` that the clip lets through; degenerate boxes (lines) stay.
    fn clipped(&self, bbox: &BBox) -> Option<BBox> {
        match self.clips.last() {
            Some(Some(clip)) => intersection(clip, bbox),
            Some(None) => None,
            None => Some(*bbox),
        }
    }

    fn step(&mut self) -> u32 {
        self.order = self.order.saturating_add(1);
        self.count(1);
        self.order
    }

    /// Adds a glyph; clip and page edge decide its visibility unless it is invisible already.
    pub(crate) fn glyph(&mut self, mut glyph: Glyph) {
        if glyph.visibility == Visibility::Visible {
            if !visibility::mostly_inside(&glyph.bbox, &self.page_box()) {
                glyph.visibility = Visibility::OffPage;
            } else if let Some(clip) = self.clips.last()
                && !clip.is_some_and(|clip| visibility::mostly_inside(&glyph.bbox, &clip))
            {
                glyph.visibility = Visibility::Clipped;
            }
        } else if !visibility::mostly_inside(&glyph.bbox, &self.page_box()) {
            glyph.visibility = Visibility::OffPage;
        }
        if glyph.text.is_empty() {
            self.undecoded = self.undecoded.saturating_add(1);
        }
        let order = self.step();
        self.glyphs.push(glyph);
        self.glyph_orders.push(order);
    }

    /// A straight stroke from `a` to `b`.
    pub(crate) fn stroke(&mut self, a: Point, b: Point, width: f64, dashed: bool, paint: Paint) {
        let order = self.step();
        if paint.transparent {
            return;
        }
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        // A slope of one percent is still a line that a person drew level.
        let horizontal = if dy <= 0.3 + dx * 0.01 && dx >= dy {
            true
        } else if dx <= 0.3 + dy * 0.01 {
            false
        } else {
            return;
        };
        if width > THICK_STROKE && width < dx.max(dy) * 4.0 {
            let half = width / 2.0;
            let grown = if horizontal {
                BBox::new(a.x, a.y - half, b.x, b.y + half)
            } else {
                BBox::new(a.x - half, a.y, b.x + half, b.y)
            };
            self.add_box(grown, paint, order);
            return;
        }
        let Some(seen) = self.clipped(&BBox::new(a.x, a.y, b.x, b.y)) else { return };
        self.pieces.push(Piece::line(seen, horizontal, width, dashed, paint, order));
    }

    /// A filled upright rectangle.
    pub(crate) fn fill_rect(&mut self, bbox: BBox, paint: Paint) {
        let order = self.step();
        if paint.transparent {
            return;
        }
        self.add_box(bbox, paint, order);
    }

    /// A filled shape of any other form with this bounding box: it is no cell, but it may lie under or over text.
    pub(crate) fn fill_shape(&mut self, bbox: BBox, paint: Paint) {
        let order = self.step();
        if let Some(seen) = self.clipped(&bbox).filter(|_| !paint.transparent) {
            self.areas.push(Area {
                bbox: seen,
                order,
                color: paint.color,
                covers: false,
                image: false,
                edges: false,
            });
        }
    }

    /// The outline of what is neither a line nor a box: kept for telling charts and diagrams.
    pub(crate) fn shape(&mut self, points: &[Point], bbox: BBox, curved: bool, filled: bool, paint: Paint) {
        if paint.transparent || self.shapes.len() >= MOST_SHAPES || bbox.width().max(bbox.height()) < THIN {
            return;
        }
        let seen = self.clipped(&bbox).and_then(|b| intersection(&b, &self.page_box()));
        let Some(bbox) = seen.filter(|b| !self.is_page_sized(b)) else { return };
        let points = points.iter().copied().take(MOST_POINTS).collect();
        self.shapes.push(Shape { bbox, color: paint.color, filled, curved, points });
    }

    fn add_box(&mut self, bbox: BBox, paint: Paint, order: u32) {
        let Some(seen) = self.clipped(&bbox) else { return };
        let (w, h) = (seen.width(), seen.height());
        if w.min(h) < THIN {
            // A box clipped to a sliver is the border of something that was clipped, not a line.
            if bbox.width().min(bbox.height()) < THIN || w.min(h) < 0.01 {
                self.pieces.push(Piece::thin_fill(seen, paint, order));
            }
            return;
        }
        let on_page = intersection(&seen, &self.page_box());
        let edges = paint.color.is_some() && on_page.is_some_and(|b| !self.is_page_sized(&b));
        self.areas.push(Area {
            bbox: seen,
            order,
            color: paint.color,
            covers: paint.opaque,
            image: false,
            edges,
        });
        if let (Some(bbox), Some(color)) = (on_page, paint.color) {
            self.fills.push(FilledBox { bbox, color });
        }
    }

    /// A raster image; `opaque` when nothing shines through.
    pub(crate) fn image(&mut self, bbox: BBox, pixel_width: u32, pixel_height: u32, opaque: bool) {
        let order = self.step();
        let Some(seen) = self.clipped(&bbox) else { return };
        if bbox.width().min(bbox.height()) < THIN && bbox.width().max(bbox.height()) > 4.0 * THIN {
            // Some producers draw lines as images one pixel high.
            let paint = Paint { color: None, opaque, transparent: false };
            self.pieces.push(Piece::thin_fill(seen, paint, order));
            return;
        }
        self.images.push(ImageBox { bbox: seen, pixel_width, pixel_height });
        self.areas.push(Area { bbox: seen, order, color: None, covers: opaque, image: true, edges: false });
    }

    fn is_page_sized(&self, bbox: &BBox) -> bool {
        bbox.width() >= self.width * 0.95 && bbox.height() >= self.height * 0.95
    }

    /// Joins rulings, decides visibility and hands the page over.
    pub(crate) fn finish(self) -> PageContent {
        let Self {
            width,
            height,
            mut glyphs,
            glyph_orders,
            undecoded,
            overlays,
            pieces,
            areas,
            fills,
            shapes,
            images,
            ..
        } = self;
        let page = BBox { x0: 0.0, y0: 0.0, x1: width, y1: height };
        let index = visibility::AreaIndex::new(&areas, page);
        visibility::hide_covered(&mut glyphs, &glyph_orders, &areas, &index, page);
        let overlays = overlays.set_aside(&mut glyphs);
        overprint::remove_overprints(&mut glyphs);
        overprint::mark_stacked(&mut glyphs);
        let rulings = rulings::compose(pieces, &areas, &index, page);
        PageContent {
            width,
            height,
            glyphs,
            rulings,
            fills,
            shapes,
            images,
            overlays,
            undecoded,
            ..PageContent::default()
        }
    }
}

/// The shared part of two boxes; unlike [`BBox::intersection`] it keeps boxes without width or height.
pub(crate) fn intersection(a: &BBox, b: &BBox) -> Option<BBox> {
    let shared = BBox { x0: a.x0.max(b.x0), y0: a.y0.max(b.y0), x1: a.x1.min(b.x1), y1: a.y1.min(b.y1) };
    (shared.x0 <= shared.x1 && shared.y0 <= shared.y1).then_some(shared)
}
