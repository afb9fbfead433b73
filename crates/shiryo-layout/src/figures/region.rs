//! How far a chart reaches: its frame, or its axes with the labels, legend and title beside them.

use super::labels::{Piece, legend_of};
use super::plots::{Kind, Plot, with_grid};
use crate::blocks::{LEAST_FRAME, frames_of};
use shiryo_model::{BBox, PageContent};

/// A frame with more words than this in it is no chart's.
const MOST_LABELS: usize = 120;
/// Frames that cover more of the page than this hold more than charts.
const WHOLE_PAGE: f64 = 0.85;

/// One chart in its place.
pub(super) struct Placed {
    pub(super) plot: Plot,
    /// The drawing with axes and grid.
    pub(super) area: BBox,
}

/// Charts that share a frame, and the words in it.
pub(super) struct Region {
    pub(super) bbox: BBox,
    pub(super) plots: Vec<Placed>,
    /// Indexes of its pieces, as they stand on the page.
    pub(super) own: Vec<usize>,
}

impl Region {
    /// The chart a piece belongs to; `None` when it stands over or under all of several charts, or apart.
    pub(super) fn plot_of(&self, pieces: &[Piece], piece: usize) -> Option<usize> {
        if self.plots.len() == 1 {
            return Some(0);
        }
        let b = pieces.get(piece)?.bbox;
        let mut near: Vec<(f64, usize)> =
            self.plots.iter().enumerate().map(|(k, p)| (distance(&p.area, &b), k)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (first, second) = (near.first()?, near.get(1)?);
        let reach = |k: usize| self.plots.get(k).map_or(0.0, |p| 0.5 * p.area.width());
        // A title between two charts belongs to both.
        let clear = first.0 < 0.6 * second.0 || first.0 < 2.0;
        (clear && first.0 < reach(first.1)).then_some(first.1)
    }
}

/// How far two boxes lie apart.
fn distance(a: &BBox, b: &BBox) -> f64 {
    let x = (a.x0 - b.x1).max(b.x0 - a.x1).max(0.0);
    let y = (a.y0 - b.y1).max(b.y0 - a.y1).max(0.0);
    x.hypot(y)
}

/// Whether no other chart lies nearer to a piece.
fn is_nearest(own: &BBox, areas: &[BBox], b: &BBox) -> bool {
    let near = distance(own, b);
    areas.iter().all(|a| distance(a, b) >= near)
}

/// Charts with the words around them. Each word belongs to one region.
pub(super) fn regions(page: &PageContent, plots: Vec<Plot>, pieces: &[Piece]) -> Vec<Region> {
    let whole = WHOLE_PAGE * page.width * page.height;
    let mut frames: Vec<BBox> = frames_of(page, LEAST_FRAME, &[]);
    frames.extend(page.fills.iter().map(|f| f.bbox).filter(|b| b.area() < whole && b.height() > 40.0));
    frames.sort_by(|a, b| a.area().total_cmp(&b.area()));
    let placed: Vec<Placed> =
        plots.into_iter().map(|plot| Placed { area: with_grid(page, &plot), plot }).collect();
    let areas: Vec<BBox> = placed.iter().map(|p| p.area).collect();
    let mut out: Vec<Region> = Vec::new();
    for p in placed {
        if let Some(r) = out.iter_mut().find(|r| r.bbox.contains(p.area.center()) && holds(&r.bbox, &p.area))
        {
            r.plots.push(p);
            continue;
        }
        let marks: Vec<BBox> = p.plot.bars.iter().map(|b| b.bbox).collect();
        let frame = frames.iter().find(|f| {
            holds(f, &p.area)
                && !marks.contains(f)
                && f.area() < 14.0 * p.area.area()
                && frames_labels(f, pieces)
        });
        let (own, bbox) = match frame {
            Some(f) => (inside(f, pieces), *f),
            None => around(page, &p, pieces, &areas),
        };
        out.push(Region { bbox, plots: vec![p], own });
    }
    for k in 0..out.len() {
        let (before, rest) = out.split_at_mut(k);
        if let Some(r) = rest.first_mut() {
            r.own.retain(|i| !before.iter().any(|b| b.own.contains(i)));
            r.plots.sort_by(|a, b| {
                let (a, b) = (a.area, b.area);
                if a.y1 < b.center().y || b.y1 < a.center().y {
                    a.y0.total_cmp(&b.y0)
                } else {
                    a.x0.total_cmp(&b.x0)
                }
            });
        }
    }
    out.retain(|r| {
        let long = r.own.iter().filter(|i| pieces.get(**i).is_some_and(|p| p.text.ends_with('。'))).count();
        long == 0 || r.own.len() > 8 * long
    });
    out
}

/// Whether a box lies in a frame, its border included.
pub(super) fn holds(frame: &BBox, b: &BBox) -> bool {
    b.x0 >= frame.x0 - 2.0 && b.x1 <= frame.x1 + 2.0 && b.y0 >= frame.y0 - 2.0 && b.y1 <= frame.y1 + 2.0
}

fn inside(frame: &BBox, pieces: &[Piece]) -> Vec<usize> {
    pieces.iter().enumerate().filter(|(_, p)| frame.contains(p.bbox.center())).map(|(i, _)| i).collect()
}

/// Whether the words in a frame are labels: short, but for a title and a note.
fn frames_labels(frame: &BBox, pieces: &[Piece]) -> bool {
    let own = inside(frame, pieces);
    let long = own.iter().filter(|&&i| pieces.get(i).is_some_and(|p| !p.is_short())).count();
    own.len() <= MOST_LABELS && (long <= 2 && long * 3 <= own.len())
}

/// The labels around a chart without a frame, and the box around all.
fn around(page: &PageContent, p: &Placed, pieces: &[Piece], areas: &[BBox]) -> (Vec<usize>, BBox) {
    let marks: Vec<BBox> = p.plot.bars.iter().map(|b| b.bbox).collect();
    let a = p.area;
    let mut own: Vec<usize> = Vec::new();
    for (i, q) in pieces.iter().enumerate().filter(|(_, q)| q.is_short()) {
        let (m, em) = (q.bbox.center(), q.size);
        let nearer =
            |b: &BBox| *b != a && !a.expand(em).contains(m) && distance(b, &q.bbox) < distance(&a, &q.bbox);
        if areas.iter().any(nearer) {
            continue;
        }
        let within_y = m.y > a.y0 - em && m.y < a.y1 + em;
        let within_x = m.x > a.x0 - em && m.x < a.x1 + em;
        // Above the drawing stand figures of the highest bars; words there are a title, or none of the chart's.
        let inside = within_x && m.y < a.y1 && (m.y > a.y0 || m.y > a.y0 - 1.6 * em && q.figure.is_some());
        let left = q.bbox.x1 <= a.x0 + 3.0 && within_y;
        let right = q.bbox.x0 >= a.x1 - 3.0 && within_y;
        let below = m.y >= a.y1 && within_x && q.bbox.y0 < a.y1 + 2.2 * em;
        let near = match p.plot.kind {
            Kind::Ring => {
                let close = a.expand(3.5 * em).contains(m) && (q.figure.is_some() || names_figure(pieces, q));
                close || a.contains(m) || in_value_row(pieces, i, &a)
            }
            Kind::Level => {
                let by_bar = p.plot.bars.iter().any(|b| m.y > b.bbox.y0 - 2.0 && m.y < b.bbox.y1 + 2.0);
                let name = left && a.x0 - q.bbox.x1 < if by_bar { 12.0 * em } else { 4.0 * em };
                let end = right && by_bar && q.figure.is_some() && q.bbox.x0 < a.x1 + 3.0 * em;
                inside || name || end || (below && q.figure.is_some())
            }
            Kind::Upright | Kind::Line => {
                let scale = q.figure.is_some()
                    && (left && a.x0 - q.bbox.x1 < 3.0 * em || right && q.bbox.x0 - a.x1 < 3.0 * em);
                inside || scale || below
            }
        };
        if near {
            own.push(i);
        }
    }
    // Names of two lines under the axis.
    if matches!(p.plot.kind, Kind::Upright | Kind::Line) {
        let wrapped: Vec<usize> = (0..pieces.len())
            .filter(|i| !own.contains(i))
            .filter(|&i| pieces.get(i).is_some_and(|q| q.is_short() && goes_on_below(q, pieces, &own, a.y1)))
            .collect();
        own.extend(wrapped);
    }
    let bbox = own.iter().filter_map(|&i| pieces.get(i)).fold(a, |b, q| b.union(&q.bbox));
    let reach = bbox.expand(0.25 * a.width().max(a.height()).max(120.0));
    for (i, _) in legend_of(page, pieces, &marks) {
        let near = |q: &Piece| reach.contains(q.bbox.center()) && is_nearest(&a, areas, &q.bbox);
        let colored = pieces.get(i).is_some_and(near);
        if colored && !own.contains(&i) {
            own.push(i);
        }
    }
    let bbox = own.iter().filter_map(|&i| pieces.get(i)).fold(a, |b, q| b.union(&q.bbox));
    own.extend(title(pieces, &bbox, &a, areas, &own));
    own.sort_unstable();
    let bbox = own.iter().filter_map(|&i| pieces.get(i)).fold(a, |b, q| b.union(&q.bbox));
    (own, bbox)
}

/// Whether words stand right above a figure or before it.
fn names_figure(pieces: &[Piece], q: &Piece) -> bool {
    pieces.iter().filter(|p| p.figure.is_some() && (p.size - q.size).abs() < 0.2 * p.size).any(|p| {
        let gap = p.bbox.y0 - q.bbox.y1;
        let over = p.bbox.x0 < q.bbox.x1 && q.bbox.x0 < p.bbox.x1;
        (over && gap > -0.5 * p.size && gap < 0.7 * p.size) || (p.row == q.row && p.bbox.x0 > q.bbox.x1)
    })
}

/// Whether a piece stands beside a ring in a line of name and value.
fn in_value_row(pieces: &[Piece], at: usize, ring: &BBox) -> bool {
    let Some(p) = pieces.get(at) else { return false };
    let (y, slack) = (p.bbox.center().y, 0.25 * ring.height());
    let beside = y > ring.y0 - slack && y < ring.y1 + slack && p.bbox.x0 >= ring.x1 - 3.0;
    if !beside || p.bbox.x0 > ring.x1 + 1.3 * ring.width() {
        return false;
    }
    let row = pieces.iter().filter(|q| q.row == p.row && q.bbox.x0 > ring.x1 - 3.0);
    let (values, all) =
        row.fold((0, 0), |(v, n), q| (v + usize::from(q.figure.is_some() && q.text.contains('%')), n + 1));
    values == 1 && all == 2
}

fn goes_on_below(q: &Piece, pieces: &[Piece], own: &[usize], base: f64) -> bool {
    own.iter().filter_map(|&i| pieces.get(i)).any(|p| {
        p.bbox.y0 > base - 2.0
            && (p.bbox.center().x - q.bbox.center().x).abs() < 0.5 * q.size
            && (-0.3 * q.size..0.5 * q.size).contains(&(q.bbox.y0 - p.bbox.y1))
            && (p.size - q.size).abs() < 0.5
    })
}

/// The title above a chart, with nothing beside it: in the middle, or in brackets (【見直し前】) anywhere above it.
fn title(pieces: &[Piece], bbox: &BBox, area: &BBox, areas: &[BBox], own: &[usize]) -> Option<usize> {
    let within = |p: &Piece| {
        let reach = 0.25 * area.width();
        p.bbox.x1 > area.x0 - reach && p.bbox.x0 < area.x1 && is_nearest(area, areas, &p.bbox)
    };
    let above = |p: &Piece| {
        let gap = bbox.y0 - p.bbox.y1;
        let middle = |b: &BBox| (b.center().x - p.bbox.center().x).abs() < 0.08 * area.width();
        let placed = middle(bbox) || middle(area) || (p.text.starts_with('【') && within(p));
        // Labels high on a ring may stand beside its title.
        gap > -1.6 * p.size
            && p.bbox.y0 < bbox.y0 + 0.6 * p.size
            && gap < 2.6 * p.size
            && placed
            && p.is_short()
    };
    let beside = |p: &Piece, q: &Piece| {
        q.bbox.x0 < bbox.x1 && q.bbox.x1 > bbox.x0 && q.row == p.row && q.bbox != p.bbox
    };
    pieces
        .iter()
        .enumerate()
        .filter(|(i, p)| !own.contains(i) && p.figure.is_none() && above(p))
        .filter(|(_, p)| !pieces.iter().any(|q| beside(p, q)))
        .max_by(|a, b| a.1.bbox.y1.total_cmp(&b.1.bbox.y1))
        .map(|t| t.0)
}

/// The names along the axis: under upright bars and lines, left of level ones.
pub(super) fn categories(
    plot: &Plot,
    area: BBox,
    pieces: &[Piece],
    own: &[usize],
    legend: &[(usize, u32)],
) -> Vec<Vec<usize>> {
    let plain = own.iter().copied().filter(|i| !legend.iter().any(|l| l.0 == *i));
    let all: Vec<(usize, &Piece)> = plain.filter_map(|i| pieces.get(i).map(|p| (i, p))).collect();
    match plot.kind {
        Kind::Ring => Vec::new(),
        Kind::Level => {
            let base = plot.bars.iter().map(|b| b.bbox.x0).fold(f64::MAX, f64::min);
            let mut found: Vec<(usize, &Piece)> = all
                .into_iter()
                .filter(|(_, p)| p.bbox.x1 <= base + 3.0 && p.bbox.center().y > area.y0 - p.size)
                .filter(|(_, p)| p.bbox.center().y < area.y1 + 0.2 * p.size && p.is_level())
                .collect();
            found.sort_by(|a, b| a.1.bbox.center().y.total_cmp(&b.1.bbox.center().y));
            // Wrapped names stand closer to each other than to the next one.
            let mut out: Vec<Vec<usize>> = Vec::new();
            let mut bottom = f64::MIN;
            for (i, p) in found {
                match out.last_mut() {
                    Some(open) if p.bbox.y0 - bottom < 0.25 * p.size && p.figure.is_none() => open.push(i),
                    _ => out.push(vec![i]),
                }
                bottom = p.bbox.y1;
            }
            out
        }
        Kind::Upright | Kind::Line => {
            let base = if plot.kind == Kind::Upright {
                plot.bars.iter().map(|b| b.bbox.y1).fold(f64::MIN, f64::max)
            } else {
                area.y1
            };
            let under = |p: &Piece| p.bbox.y0 > base - 0.3 * p.size && p.bbox.center().y > base;
            let rows: Vec<(usize, &Piece)> = all.into_iter().filter(|(_, p)| under(p)).collect();
            let top = rows.iter().map(|(_, p)| p.bbox.y0).fold(f64::MAX, f64::min);
            let mut out: Vec<Vec<usize>> = Vec::new();
            for (i, p) in rows.iter().filter(|(_, p)| p.bbox.y0 < top + 0.6 * p.size) {
                let mut name = vec![*i];
                let below = rows.iter().filter(|(_, q)| q.bbox.y0 > p.bbox.center().y);
                name.extend(
                    below.filter(|(_, q)| goes_on_below(q, pieces, &[*i], base)).map(|(j, _)| *j).take(1),
                );
                out.push(name);
            }
            out
        }
    }
}

/// The figures of a scale: in one line beside the axis, evenly apart, rising by even steps.
pub(super) fn scale(
    plot: &Plot,
    area: BBox,
    pieces: &[Piece],
    own: &[usize],
    categories: &[Vec<usize>],
) -> Vec<usize> {
    if plot.kind == Kind::Ring {
        return Vec::new();
    }
    let upright = plot.kind != Kind::Level;
    let named = |i: &usize| categories.iter().any(|c| c.contains(i));
    let figures: Vec<(usize, &Piece)> = own
        .iter()
        .copied()
        .filter(|i| !named(i))
        .filter_map(|i| pieces.get(i).filter(|p| p.figure.is_some()).map(|p| (i, p)))
        .collect();
    let beside = |b: &BBox, first: bool| match (upright, first) {
        (true, true) => b.x1 <= area.x0 + 2.0,
        (true, false) => b.x0 >= area.x1 - 2.0,
        (false, true) => b.y0 >= area.y1 - 3.0,
        (false, false) => b.y1 <= area.y0 + 3.0,
    };
    let mut out = Vec::new();
    for first in [true, false] {
        let mut side: Vec<(f64, f64, usize)> = figures
            .iter()
            .filter(|(_, p)| beside(&p.bbox, first))
            .map(|(i, p)| {
                let m = p.bbox.center();
                (if upright { -m.y } else { m.x }, p.figure.unwrap_or_default(), *i)
            })
            .collect();
        side.sort_by(|a, b| a.0.total_cmp(&b.0));
        let rises = side.windows(2).all(|w| w[1].1 > w[0].1);
        if side.len() >= 3 && rises {
            out.extend(side.into_iter().map(|s| s.2));
        }
    }
    out
}
