//! Path geometry: which strokes and fills are upright lines and boxes.

use crate::canvas::{Canvas, Paint, THIN};
use kurbo::{Affine, BezPath, PathEl};
use shiryo_model::{BBox, Point};

/// Share of its bounding box a shape must fill to count as a box (rounded corners cost little).
const BOX_SHARE: f64 = 0.9;

/// One subpath in page coordinates.
#[derive(Debug, Default)]
struct Outline {
    points: Vec<Point>,
    /// For each point, whether a curve led to it.
    arcs: Vec<bool>,
    closed: bool,
    curved: bool,
}

impl Outline {
    fn push(&mut self, point: Point, arc: bool) {
        self.points.push(point);
        self.arcs.push(arc);
    }

    /// Whether some part of it is neither level nor upright.
    fn slopes(&self) -> bool {
        self.points.windows(2).any(|w| matches!(w, [a, b] if (a.x - b.x).abs().min((a.y - b.y).abs()) > 1.0))
    }
}

/// Strokes `path`: each of its straight upright segments is a line.
pub(crate) fn stroke(
    canvas: &mut Canvas,
    path: &BezPath,
    transform: Affine,
    width: f64,
    dashed: bool,
    paint: Paint,
) {
    canvas.count(path.elements().len());
    for_each_outline(path, transform, &mut |outline| {
        for (pair, &arc) in outline.points.windows(2).zip(outline.arcs.iter().skip(1)) {
            if let ([a, b], false) = (pair, arc) {
                canvas.stroke(*a, *b, width, dashed, paint);
            }
        }
        if let (true, Some(first), Some(last)) =
            (outline.closed, outline.points.first(), outline.points.last())
        {
            canvas.stroke(*last, *first, width, dashed, paint);
        }
        if let (true, Some(bbox)) = (outline.curved || outline.slopes(), bounds(&outline.points)) {
            canvas.shape(&outline.points, bbox, outline.curved, false, paint);
        }
    });
}

/// Fills `path`: each subpath that is an upright rectangle is a box or, when thin, a line.
pub(crate) fn fill(canvas: &mut Canvas, path: &BezPath, transform: Affine, paint: Paint) {
    canvas.count(path.elements().len());
    let mut boxes: Vec<BBox> = Vec::new();
    let mut others: Vec<(BBox, bool)> = Vec::new();
    let mut curved = false;
    for_each_outline(path, transform, &mut |outline| {
        let Some(bbox) = bounds(&outline.points) else { return };
        curved |= outline.curved;
        let thin = bbox.width().min(bbox.height()) < THIN && bbox.width().max(bbox.height()) >= THIN;
        if is_box(&outline.points, &bbox) {
            boxes.push(bbox);
        } else {
            let thin = thin && !outline.curved;
            if !thin {
                canvas.shape(&outline.points, bbox, outline.curved, true, paint);
            }
            others.push((bbox, thin));
        }
    });
    if let ([a, b], true) = (boxes.as_slice(), others.is_empty()) {
        let (outer, inner) = if a.area() >= b.area() { (*a, *b) } else { (*b, *a) };
        if is_ring(&outer, &inner) {
            for side in ring(&outer, &inner) {
                canvas.fill_rect(side, paint);
            }
            return;
        }
    }
    for bbox in boxes {
        // Straight strokes of letters drawn as outlines are no rulings; such paths have curves somewhere.
        if curved && bbox.width().min(bbox.height()) < THIN {
            canvas.fill_shape(bbox, paint);
        } else {
            canvas.fill_rect(bbox, paint);
        }
    }
    for (bbox, thin) in others {
        if thin && !curved {
            canvas.fill_rect(bbox, paint);
        } else {
            canvas.fill_shape(bbox, paint);
        }
    }
}

fn for_each_outline(path: &BezPath, transform: Affine, each: &mut dyn FnMut(&Outline)) {
    let mut outline = Outline::default();
    let place = |p: kurbo::Point| {
        let p = transform * p;
        Point { x: p.x, y: p.y }
    };
    let flush = |outline: &mut Outline, each: &mut dyn FnMut(&Outline)| {
        if outline.points.len() > 1 {
            each(outline);
        }
        outline.points.clear();
        outline.arcs.clear();
        outline.closed = false;
        outline.curved = false;
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                flush(&mut outline, each);
                outline.push(place(p), false);
            }
            PathEl::LineTo(p) => outline.push(place(p), false),
            PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                outline.curved = true;
                outline.push(place(p), true);
            }
            PathEl::ClosePath => {
                outline.closed = true;
                let start = outline.points.first().copied();
                flush(&mut outline, each);
                // Drawing may go on from where the closed subpath began.
                if let Some(start) = start {
                    outline.push(start, false);
                }
            }
        }
    }
    flush(&mut outline, each);
}

fn bounds(points: &[Point]) -> Option<BBox> {
    let first = points.first()?;
    let mut b = BBox { x0: first.x, y0: first.y, x1: first.x, y1: first.y };
    for p in points {
        b = BBox { x0: b.x0.min(p.x), y0: b.y0.min(p.y), x1: b.x1.max(p.x), y1: b.y1.max(p.y) };
    }
    let finite = b.x0.is_finite() && b.y0.is_finite() && b.x1.is_finite() && b.y1.is_finite();
    finite.then_some(b)
}

/// Whether the polygon through `points` is nearly as large as its bounding box.
fn is_box(points: &[Point], bbox: &BBox) -> bool {
    if points.len() < 4 {
        return false;
    }
    let next = points.iter().cycle().skip(1);
    let doubled: f64 = points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
    (doubled / 2.0).abs() >= bbox.area() * BOX_SHARE
}

/// Whether the space between two boxes is a frame drawn as one shape.
fn is_ring(outer: &BBox, inner: &BBox) -> bool {
    let sides = [inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1];
    sides.iter().all(|s| (0.0..THIN).contains(s)) && sides.iter().any(|s| *s > 0.0)
}

fn ring(outer: &BBox, inner: &BBox) -> [BBox; 4] {
    [
        BBox::new(outer.x0, outer.y0, outer.x1, inner.y0),
        BBox::new(outer.x0, inner.y1, outer.x1, outer.y1),
        BBox::new(outer.x0, outer.y0, inner.x0, outer.y1),
        BBox::new(inner.x1, outer.y0, outer.x1, outer.y1),
    ]
}
