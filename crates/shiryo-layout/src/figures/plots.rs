//! What is drawn of a chart: bars on one base line, slices of one circle, lines that run from left to right.

use shiryo_model::{BBox, PageContent, Point, Ruling, RulingStyle, Shape};

/// Coloured boxes looked at on one page; a page with more is a drawing or a pattern.
const MOST_BOXES: usize = 2_000;
/// Slices, arcs and lines looked at on one page.
const MOST_SHAPES: usize = 400;
/// How far edges that stand on one line may lie apart, in points.
const SAME: f64 = 0.8;
/// Fewer bars are no chart.
const LEAST_BARS: usize = 3;
/// Rings smaller than this are marks, in points.
const LEAST_RING: f64 = 36.0;
/// Lines shorter than this are strokes of a drawing, in points.
const LEAST_LINE: f64 = 80.0;

/// How a chart shows its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Bars that stand on a base line.
    Upright,
    /// Bars that lie against a base line.
    Level,
    /// A ring or pie.
    Ring,
    /// Lines over a base line.
    Line,
}

/// A bar, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub(super) bbox: BBox,
    pub(super) color: u32,
}

/// A slice of a ring, or a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trace {
    pub(super) points: Vec<Point>,
    pub(super) color: Option<u32>,
}

/// One chart as drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plot {
    pub(super) kind: Kind,
    /// Around bars, slices and lines.
    pub(super) bbox: BBox,
    pub(super) bars: Vec<Bar>,
    /// Slices of a ring; lines of a chart, also over bars.
    pub(super) traces: Vec<Trace>,
}

/// The charts drawn on a page.
pub(super) fn plots_of(page: &PageContent) -> Vec<Plot> {
    let boxes = boxes_of(page);
    let mut out: Vec<Plot> = Vec::new();
    if boxes.len() <= MOST_BOXES {
        out.extend(bar_plots(page, &boxes, true));
        for p in bar_plots(page, &boxes, false) {
            if !out.iter().any(|q| q.bbox.intersection(&p.bbox).is_some()) {
                out.push(p);
            }
        }
    }
    out.extend(ring_plots(page));
    for line in lines_of(page) {
        let Some(bbox) = bounds(&line.points) else { continue };
        // Lines of one chart begin and end together.
        let together = |b: &BBox| (b.x0 - bbox.x0).abs() < 3.0 && (b.x1 - bbox.x1).abs() < 3.0;
        let meets = |p: &&mut Plot| match p.kind {
            Kind::Line => shares_extent(&p.bbox, &bbox, if together(&p.bbox) { LEAST_LINE } else { 12.0 }),
            Kind::Upright => shares_extent(&p.bbox, &bbox, 4.0),
            Kind::Level | Kind::Ring => false,
        };
        match out.iter_mut().find(meets) {
            Some(p) => {
                p.bbox = p.bbox.union(&bbox);
                p.traces.push(line);
            }
            None => out.push(Plot { kind: Kind::Line, bbox, bars: Vec::new(), traces: vec![line] }),
        }
    }
    out
}

/// Whether two drawings are of one chart: most of the shorter lies over the longer, and their heights are near.
fn shares_extent(a: &BBox, b: &BBox, slack: f64) -> bool {
    let x = a.x1.min(b.x1) - a.x0.max(b.x0);
    let y = a.y1.min(b.y1) - a.y0.max(b.y0);
    x > 0.7 * a.width().min(b.width()) && y > -slack - 0.5 * a.height().max(b.height())
}

fn boxes_of(page: &PageContent) -> Vec<Bar> {
    let half = 0.5 * page.width * page.height;
    let coloured = |c: u32| (0..3).any(|k| (c >> (8 * k)) & 0xff < 0xf0);
    page.fills
        .iter()
        .filter(|f| coloured(f.color) && f.bbox.area() < half)
        .map(|f| Bar { bbox: f.bbox, color: f.color })
        .take(MOST_BOXES + 1)
        .collect()
}

/// A box turned so that bars stand upright.
fn stood(b: &BBox, upright: bool) -> BBox {
    if upright { *b } else { BBox { x0: b.y0, y0: -b.x1, x1: b.y1, y1: -b.x0 } }
}

fn bar_plots(page: &PageContent, boxes: &[Bar], upright: bool) -> Vec<Plot> {
    let placed: Vec<(BBox, usize)> =
        boxes.iter().enumerate().map(|(i, b)| (stood(&b.bbox, upright), i)).collect();
    let mut order = placed.clone();
    order.sort_by(|a, b| a.0.y1.total_cmp(&b.0.y1).then(a.0.x0.total_cmp(&b.0.x0)));
    let mut out = Vec::new();
    for level in order.chunk_by(|a, b| b.0.y1 - a.0.y1 < SAME) {
        let mut level = level.to_vec();
        level.sort_by(|a, b| a.0.width().total_cmp(&b.0.width()));
        for same in level.chunk_by(|a, b| b.0.width() - a.0.width() < SAME) {
            let standing = apart(same);
            if standing.len() < LEAST_BARS || !is_uneven(&standing) {
                continue;
            }
            for row in neighbours(&standing) {
                if row.len() < LEAST_BARS || !is_uneven(row) {
                    continue;
                }
                let bars = with_stacks(row, &placed, boxes);
                let cells = if upright { are_heads(page, &bars) } else { is_ruled(page, &bars) };
                if holds_words(page, &bars) || cells {
                    continue;
                }
                let Some(bbox) = BBox::union_all(bars.iter().map(|b| &b.bbox)) else { continue };
                let kind = if upright { Kind::Upright } else { Kind::Level };
                if !out.iter().any(|p: &Plot| p.bbox.intersection(&bbox).is_some()) {
                    out.push(Plot { kind, bbox, bars, traces: Vec::new() });
                }
            }
        }
    }
    out
}

/// Boxes beside each other, of those over each other the highest.
fn apart(same: &[(BBox, usize)]) -> Vec<(BBox, usize)> {
    let mut sorted = same.to_vec();
    sorted.sort_by(|a, b| a.0.x0.total_cmp(&b.0.x0).then(b.0.height().total_cmp(&a.0.height())));
    let mut out: Vec<(BBox, usize)> = Vec::new();
    for b in sorted {
        match out.last_mut() {
            Some(last) if b.0.x0 < last.0.x1 - SAME => {
                if b.0.height() > last.0.height() {
                    *last = b;
                }
            }
            _ => out.push(b),
        }
    }
    out
}

/// Runs of bars without a gap much wider than the bars themselves.
fn neighbours(bars: &[(BBox, usize)]) -> impl Iterator<Item = &[(BBox, usize)]> {
    bars.chunk_by(|a, b| b.0.x0 - a.0.x1 < 8.0 * a.0.width().max(6.0))
}

/// Whether bars differ in height: cells of one row do not.
fn is_uneven(bars: &[(BBox, usize)]) -> bool {
    let heights = || bars.iter().map(|b| b.0.height());
    let (low, high) = (heights().fold(f64::MAX, f64::min), heights().fold(0.0, f64::max));
    high - low > (0.04 * high).max(2.0)
}

/// The bars with what is stacked upon them.
fn with_stacks(row: &[(BBox, usize)], placed: &[(BBox, usize)], boxes: &[Bar]) -> Vec<Bar> {
    let mut out = Vec::new();
    for (base, i) in row {
        out.extend(boxes.get(*i).copied());
        let mut top = base.y0;
        loop {
            let on = placed.iter().find(|(b, j)| {
                j != i
                    && (b.x0 - base.x0).abs() < SAME
                    && (b.x1 - base.x1).abs() < SAME
                    && (b.y1 - top).abs() < 1.0
                    && b.y0 < top - 0.5
            });
            let Some((b, j)) = on else { break };
            out.extend(boxes.get(*j).copied());
            top = b.y0;
        }
    }
    out
}

/// Whether words stand in many of the boxes, or short words without figures in all: cells or cards, not bars.
fn holds_words(page: &PageContent, bars: &[Bar]) -> bool {
    let letters = |b: &Bar| {
        let inside = page.glyphs.iter().filter(|g| b.bbox.contains(g.bbox.center()));
        inside.filter(|g| g.text.chars().any(char::is_alphabetic)).take(4).count()
    };
    let is_named = |b: &Bar| {
        let mut inside = page.glyphs.iter().filter(|g| b.bbox.contains(g.bbox.center()));
        letters(b) > 0 && !inside.any(|g| g.text.chars().any(char::is_numeric))
    };
    bars.iter().filter(|b| letters(b) >= 4).count() * 4 > bars.len() || bars.iter().all(is_named)
}

/// Whether rulings part most of the bars: bars in the cells of a table.
fn is_ruled(page: &PageContent, bars: &[Bar]) -> bool {
    let mut spans: Vec<(f64, f64)> = bars.iter().map(|b| (b.bbox.y0, b.bbox.y1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    spans.dedup_by(|b, a| b.0 < a.1);
    let left = bars.iter().map(|b| b.bbox.x0).fold(f64::MAX, f64::min);
    let across = |r: &&Ruling| {
        r.horizontal && r.style != RulingStyle::FillEdge && r.start < left + 1.0 && r.end > left + 4.0
    };
    let parted = |w: &[(f64, f64)]| {
        page.rulings.iter().filter(across).any(|r| r.position > w[0].1 - 1.0 && r.position < w[1].0 + 1.0)
    };
    spans.windows(2).filter(|w| parted(w)).count() * 2 >= spans.len().saturating_sub(1).max(1)
}

/// Whether rulings at the sides of most of the upright boxes go on below them: shaded heads of a table.
fn are_heads(page: &PageContent, bars: &[Bar]) -> bool {
    let beside = |b: &BBox, r: &&Ruling| {
        let near = (r.position - b.x0).abs() < 2.0 || (r.position - b.x1).abs() < 2.0;
        !r.horizontal && near && r.start < b.y1 - 2.0 && r.end > b.y1 + 4.0
    };
    let drawn = || page.rulings.iter().filter(|r| r.style != RulingStyle::FillEdge);
    bars.iter().filter(|b| drawn().any(|r| beside(&b.bbox, &r))).count() * 2 > bars.len()
}

fn ring_plots(page: &PageContent) -> Vec<Plot> {
    let round = |s: &&Shape| s.filled && s.points.len() >= 6 && s.bbox.width().min(s.bbox.height()) >= 6.0;
    let filled: Vec<&Shape> = page.shapes.iter().filter(round).take(MOST_SHAPES).collect();
    let arcs: Vec<&Shape> = page
        .shapes
        .iter()
        .filter(|s| !s.filled && s.curved && s.points.len() >= 2)
        .take(MOST_SHAPES)
        .collect();
    let mut out = Vec::new();
    for group in touching(&filled, |a, b| a.bbox.expand(1.0).intersection(&b.bbox).is_some()) {
        let Some(bbox) = BBox::union_all(group.iter().map(|s| &s.bbox)) else { continue };
        let (radius, middle) = (bbox.width().max(bbox.height()) / 2.0, bbox.center());
        let far: Vec<f64> = group.iter().flat_map(|s| &s.points).map(|p| distance(*p, middle)).collect();
        let rim = far.iter().filter(|d| (**d - radius).abs() < 0.05 * radius).count();
        let square = (bbox.width() - bbox.height()).abs() < 0.15 * bbox.height();
        if square && rim * 4 >= far.len() && far.iter().all(|d| *d < 1.06 * radius) {
            out.extend(ring(&group, bbox));
        }
    }
    let linked = |a: &Shape, b: &Shape| {
        let ends = |s: &Shape| [s.points.first().copied(), s.points.last().copied()];
        ends(a).into_iter().flatten().any(|p| ends(b).into_iter().flatten().any(|q| distance(p, q) < 1.5))
    };
    for group in touching(&arcs, linked) {
        let points: Vec<Point> = group.iter().flat_map(|s| &s.points).copied().collect();
        let at = |k: usize| points.get(k * points.len() / 3).copied();
        let (Some(a), Some(b), Some(c)) = (at(0), at(1), at(2)) else { continue };
        let Some((middle, radius)) = circle_through(a, b, c) else { continue };
        if points.iter().all(|p| (distance(*p, middle) - radius).abs() < 0.03 * radius) {
            let bbox = BBox::new(middle.x - radius, middle.y - radius, middle.x + radius, middle.y + radius);
            out.extend(ring(&group, bbox));
        }
    }
    out
}

fn ring(group: &[&Shape], bbox: BBox) -> Option<Plot> {
    let mut colors: Vec<u32> = group.iter().filter_map(|s| s.color).collect();
    colors.sort_unstable();
    colors.dedup();
    let traces = group.iter().map(|s| Trace { points: s.points.clone(), color: s.color }).collect();
    let large = bbox.width() >= LEAST_RING && bbox.width() < 2000.0;
    (large && colors.len() >= 2).then_some(Plot { kind: Kind::Ring, bbox, bars: Vec::new(), traces })
}

/// Shapes in groups: those that touch, directly or over others.
fn touching<'a>(shapes: &[&'a Shape], meets: impl Fn(&Shape, &Shape) -> bool) -> Vec<Vec<&'a Shape>> {
    let mut groups: Vec<Vec<&Shape>> = Vec::new();
    for &s in shapes {
        let (own, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|g: &Vec<&Shape>| g.iter().any(|t| meets(s, t)));
        groups = rest;
        let mut joined: Vec<&Shape> = own.into_iter().flatten().collect();
        joined.push(s);
        groups.push(joined);
    }
    groups
}

fn distance(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn circle_through(a: Point, b: Point, c: Point) -> Option<(Point, f64)> {
    let d = 2.0 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
    if d.abs() < 1.0 {
        return None;
    }
    let square = |p: Point| p.x * p.x + p.y * p.y;
    let x = (square(a) * (b.y - c.y) + square(b) * (c.y - a.y) + square(c) * (a.y - b.y)) / d;
    let y = (square(a) * (c.x - b.x) + square(b) * (a.x - c.x) + square(c) * (b.x - a.x)) / d;
    let middle = Point { x, y };
    Some((middle, distance(middle, a)))
}

/// Lines that run from left to right over several points; pieces that go on where the one before ends are one.
fn lines_of(page: &PageContent) -> Vec<Trace> {
    let strokes = page.shapes.iter().filter(|s| !s.filled && s.points.len() >= 2).take(MOST_SHAPES);
    let mut out: Vec<Trace> = Vec::new();
    for s in strokes {
        let goes_on = out.last().is_some_and(|t| {
            let end = t.points.last().zip(s.points.first());
            t.color == s.color && end.is_some_and(|(a, b)| distance(*a, *b) < 0.5)
        });
        match out.last_mut() {
            Some(t) if goes_on => t.points.extend(s.points.iter().skip(1).copied()),
            _ => out.push(Trace { points: s.points.clone(), color: s.color }),
        }
    }
    out.retain(|t| {
        let rising = t.points.windows(2).all(|w| matches!(w, [a, b] if b.x > a.x));
        let long = t.points.first().zip(t.points.last()).is_some_and(|(a, b)| b.x - a.x >= LEAST_LINE);
        rising && long && t.points.len() >= 3
    });
    out
}

/// The box around points.
pub(super) fn bounds(points: &[Point]) -> Option<BBox> {
    points.iter().map(|p| BBox { x0: p.x, y0: p.y, x1: p.x, y1: p.y }).reduce(|a, b| a.union(&b))
}

/// The area a chart covers with its axes and grid lines.
pub(super) fn with_grid(page: &PageContent, plot: &Plot) -> BBox {
    if plot.kind == Kind::Ring {
        return plot.bbox;
    }
    let upright = plot.kind != Kind::Level;
    let seed = stood(&plot.bbox, upright);
    let rules: Vec<BBox> = page
        .rulings
        .iter()
        .filter(|r| r.horizontal == upright && r.style != RulingStyle::FillEdge)
        .map(|r| {
            let b = if r.horizontal {
                BBox::new(r.start, r.position, r.end, r.position)
            } else {
                BBox::new(r.position, r.start, r.position, r.end)
            };
            stood(&b, upright)
        })
        .filter(|b| b.x0 < seed.x0 + 0.1 * seed.width() && b.x1 > seed.x1 - 0.1 * seed.width())
        .filter(|b| b.width() < 1.6 * seed.width() + 40.0)
        .collect();
    let through = |b: &&BBox| b.y0 > seed.y0 - 3.0 && b.y0 < seed.y1 + 3.0;
    let first: Vec<&BBox> = rules.iter().filter(through).collect();
    // Grid lines above the highest bar and below the lowest point are as long as those behind them and as far apart.
    let alike = |b: &&BBox| first.iter().any(|f| (f.x0 - b.x0).abs() < 2.0 && (f.x1 - b.x1).abs() < 2.0);
    let mut levels: Vec<BBox> = if first.is_empty() {
        // A line may run between two grid lines.
        let near = |b: &&BBox| (b.y0 - seed.center().y).abs() < 1.5 * seed.height().max(80.0);
        rules.iter().filter(near).copied().collect()
    } else {
        rules.iter().filter(alike).copied().collect()
    };
    levels.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let mut steps: Vec<f64> = levels.windows(2).map(|w| w[1].y0 - w[0].y0).filter(|d| *d > 2.0).collect();
    steps.sort_by(f64::total_cmp);
    let step = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
    let runs = levels.chunk_by(|a, b| b.y0 - a.y0 < 1.6 * step);
    let meets = |run: &&[BBox]| {
        run.iter().any(|b| b.y0 > seed.y0 - 1.2 * step - 3.0 && b.y0 < seed.y1 + 1.2 * step + 3.0)
    };
    let grid = runs.filter(meets).flatten().fold(seed, |a, b| a.union(b));
    if upright { grid } else { BBox { x0: -grid.y1, y0: grid.x0, x1: -grid.y0, y1: grid.x1 } }
}
