//! Which figure of a chart belongs to which bar, point or slice, and what that is called.

use super::labels::Piece;
use super::plots::{Kind, Plot, Trace};
use shiryo_model::{BBox, Point};

/// Figures that differ from the height of their bar by more than this share of the range are bound wrongly.
const MISFIT: f64 = 0.03;

/// A figure of a chart and the names it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bound {
    /// Index of the figure among the pieces.
    pub(super) value: usize,
    /// Indexes of the pieces that name the category, in reading order.
    pub(super) category: Vec<usize>,
    /// Index of the piece of the legend that names the series.
    pub(super) series: Option<usize>,
}

/// What a mark of a chart shows, before it is known what it is called.
struct Marked {
    value: usize,
    number: f64,
    /// How far the mark reaches.
    reach: f64,
    /// Where it stands along the axis of categories.
    along: f64,
    color: Option<u32>,
}

/// The pieces of a chart and what is known of them.
pub(super) struct Parts<'a> {
    pub(super) plot: &'a Plot,
    pub(super) pieces: &'a [Piece],
    /// Pieces that belong to the chart.
    pub(super) own: &'a [usize],
    /// Pieces of the legend with their colours.
    pub(super) legend: &'a [(usize, u32)],
    /// Pieces of the scale.
    pub(super) scale: &'a [usize],
    /// Categories, each of one or several pieces.
    pub(super) categories: &'a [Vec<usize>],
}

impl Parts<'_> {
    fn free_figures(&self) -> impl Iterator<Item = (usize, &Piece, f64)> {
        let own = self.own.iter().filter(|i| !self.scale.contains(i));
        let own = own.filter(|i| !self.categories.iter().any(|c| c.contains(i)));
        own.filter_map(|&i| self.pieces.get(i).and_then(|p| Some((i, p, p.figure?))))
    }

    fn box_of(&self, group: &[usize]) -> BBox {
        let boxes = group.iter().filter_map(|&i| self.pieces.get(i)).map(|p| &p.bbox);
        BBox::union_all(boxes).unwrap_or_default()
    }
}

/// Every figure of a chart that can be bound with certainty.
pub(super) fn bind(parts: &Parts) -> Vec<Bound> {
    match parts.plot.kind {
        Kind::Upright | Kind::Level | Kind::Line => along_axis(parts),
        Kind::Ring => on_slices(parts),
    }
}

/// Figures at the ends of bars or inside them.
fn on_bars(parts: &Parts) -> Vec<Marked> {
    let upright = parts.plot.kind == Kind::Upright;
    let mut pairs: Vec<(f64, usize, usize, f64)> = Vec::new(); // distance, bar, piece, number
    for (k, bar) in parts.plot.bars.iter().enumerate() {
        for (i, p, number) in parts.free_figures() {
            let (b, m) = (bar.bbox, p.bbox.center());
            // Across the bars, and beyond the end of the bar.
            let (aside, beyond, thick) = if upright {
                ((m.x - b.center().x).abs(), b.y0 - p.bbox.y1, b.width())
            } else {
                ((m.y - b.center().y).abs(), p.bbox.x0 - b.x1, b.height())
            };
            let at_end = beyond > -0.35 * p.size && beyond < 1.6 * p.size;
            let inside = b.contains(m);
            if aside < (0.5 * thick).max(3.0) && (inside || at_end) {
                let distance = aside + if inside { 0.0 } else { beyond.abs() + 0.5 };
                pairs.push((distance, k, i, number));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut bars, mut figures) = (Vec::new(), Vec::new());
    let mut out = Vec::new();
    for (_, k, i, number) in pairs {
        let Some(bar) = parts.plot.bars.get(k).filter(|_| !bars.contains(&k) && !figures.contains(&i)) else {
            continue;
        };
        bars.push(k);
        figures.push(i);
        let (reach, along) = if upright {
            (bar.bbox.height(), bar.bbox.center().x)
        } else {
            (bar.bbox.width(), bar.bbox.center().y)
        };
        out.push(Marked { value: i, number, reach, along, color: Some(bar.color) });
    }
    out
}

/// Figures at the points of lines: the point over the nearest category.
fn on_lines(parts: &Parts, places: &[f64], step: f64) -> Vec<Marked> {
    let mut out = Vec::new();
    for (i, p, number) in parts.free_figures() {
        let m = p.bbox.center();
        let Some(x) = places.iter().copied().min_by(|a, b| (a - m.x).abs().total_cmp(&(b - m.x).abs()))
        else {
            continue;
        };
        if (x - m.x).abs() > 0.5 * step {
            continue;
        }
        let at = |t: &Trace| Some((height_at(t, x)?, t.color));
        let mut near: Vec<(f64, f64, Option<u32>)> = parts
            .plot
            .traces
            .iter()
            .filter_map(at)
            .map(|(y, color)| ((m.y - y).abs(), y, color))
            .filter(|n| n.0 < 2.2 * p.size)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Between two lines it is not certain whose figure it is.
        if near.get(1).zip(near.first()).is_some_and(|(b, a)| b.0 < a.0 + 0.6 * p.size) {
            continue;
        }
        let Some((_, y, color)) = near.first().copied() else { continue };
        out.push(Marked { value: i, number, reach: -y, along: x, color });
    }
    out
}

/// The height of a line at `x`; its ends may lie a little inside.
fn height_at(line: &Trace, x: f64) -> Option<f64> {
    let (first, last) = (line.points.first()?, line.points.last()?);
    if x < first.x - 6.0 || x > last.x + 6.0 {
        return None;
    }
    let on = line.points.windows(2).find_map(|w| match w {
        [a, b] if x <= b.x => Some(a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x).max(0.01)).clamp(0.0, 1.0)),
        _ => None,
    });
    Some(on.unwrap_or(last.y))
}

/// Gives marked figures their categories and series; those that do not fit the drawn lengths are left out.
fn along_axis(parts: &Parts) -> Vec<Bound> {
    let upright = parts.plot.kind != Kind::Level;
    let middle = |c: &[usize]| {
        let m = parts.box_of(c).center();
        if upright { m.x } else { m.y }
    };
    let places: Vec<f64> = parts.categories.iter().map(|c| middle(c)).collect();
    let mut steps: Vec<f64> = places.clone();
    steps.sort_by(f64::total_cmp);
    let step = steps.windows(2).map(|w| w[1] - w[0]).fold(f64::MAX, f64::min);
    if places.len() < 2 || step < 4.0 {
        return Vec::new();
    }
    let marked = match parts.plot.kind {
        Kind::Line => on_lines(parts, &places, step),
        _ => on_bars(parts),
    };
    let marked = fitting(marked);
    let mut colors: Vec<Option<u32>> = marked.iter().map(|m| m.color).collect();
    colors.sort_unstable();
    colors.dedup();
    let mut out: Vec<(usize, Bound)> = Vec::new();
    for m in &marked {
        let nearest = places
            .iter()
            .enumerate()
            .map(|(k, x)| ((x - m.along).abs(), k))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|n| n.0 < 0.5 * step);
        let Some((_, k)) = nearest else { continue };
        let series = parts.legend.iter().find(|l| Some(l.1) == m.color).map(|l| l.0);
        let category = parts.categories.get(k).cloned().unwrap_or_default();
        out.push((k, Bound { value: m.value, category, series }));
    }
    // Several figures of one category are told apart by their series, or not at all.
    let names = |k: usize, s: Option<usize>| out.iter().filter(|b| b.0 == k && b.1.series == s).count();
    let doubtful = out.iter().any(|b| names(b.0, b.1.series) > 1)
        || (colors.len() > 1 && places.len() < out.len() && out.iter().any(|b| b.1.series.is_none()));
    if doubtful {
        return Vec::new();
    }
    out.sort_by_key(|b| b.0);
    out.into_iter().map(|b| b.1).collect()
}

/// The figures that stand in one line with the lengths drawn: bars and points are drawn to a scale.
fn fitting(marked: Vec<Marked>) -> Vec<Marked> {
    let n = marked.len();
    let (low, high) =
        marked.iter().fold((f64::MAX, f64::MIN), |(a, z), m| (a.min(m.number), z.max(m.number)));
    if n < 3 || high - low <= 0.0 {
        return if n < 3 { Vec::new() } else { marked };
    }
    // The line through two of them that most others stand on.
    let fits = |a: &Marked, b: &Marked, m: &Marked| {
        let slope = (b.number - a.number) / (b.reach - a.reach);
        let drawn = a.number + slope * (m.reach - a.reach);
        slope > 0.0 && (drawn - m.number).abs() <= MISFIT * (high - low).max(0.3 * high.abs()) + 0.5
    };
    let mut best: (usize, Option<(usize, usize)>) = (0, None);
    for (i, a) in marked.iter().enumerate().take(40) {
        for (j, b) in marked.iter().enumerate().skip(i + 1).take(40) {
            if (a.reach - b.reach).abs() < 1.0 {
                continue;
            }
            let count = marked.iter().filter(|m| fits(a, b, m)).count();
            if count > best.0 {
                best = (count, Some((i, j)));
            }
        }
    }
    let Some((i, j)) = best.1.filter(|_| best.0 * 10 >= n * 7 && best.0 >= 3) else { return Vec::new() };
    let keep: Vec<bool> = match (marked.get(i), marked.get(j)) {
        (Some(a), Some(b)) => marked.iter().map(|m| fits(a, b, m)).collect(),
        _ => Vec::new(),
    };
    marked.into_iter().zip(keep).filter(|m| m.1).map(|m| m.0).collect()
}

/// Figures in or beside the slices of a ring: named by the words above or before them, or by the legend.
fn on_slices(parts: &Parts) -> Vec<Bound> {
    let piece = |i: usize| parts.pieces.get(i);
    let mut out: Vec<Bound> = Vec::new();
    for (i, p, _) in parts.free_figures() {
        let names = |q: &Piece| q.figure.is_none() && q.is_short() && !is_whole(&q.text);
        let above = |q: &Piece| {
            let gap = p.bbox.y0 - q.bbox.y1;
            let centred = (p.bbox.center().x - q.bbox.center().x).abs() < 0.6 * p.size;
            let aligned = (p.bbox.x0 - q.bbox.x0).abs() < 0.4 * p.size;
            (gap > -0.5 * p.size && gap < 0.7 * p.size && (centred || aligned)).then_some(gap.abs())
        };
        let before = |q: &Piece| {
            let gap = p.bbox.x0 - q.bbox.x1;
            let level = (p.bbox.center().y - q.bbox.center().y).abs() < 0.3 * p.size;
            (level && gap > -0.5 * p.size && gap < 12.0 * p.size).then_some(gap.abs() + 1.0)
        };
        let others = || parts.own.iter().filter(|&&j| j != i).filter_map(|&j| Some((j, piece(j)?)));
        let named = others()
            .filter(|(_, q)| names(q))
            .filter_map(|(j, q)| Some((above(q).or_else(|| before(q))?, j)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|n| n.1);
        // A share under its count has the count's name.
        let count_above =
            others().filter(|(_, q)| q.figure.is_some() && above(q).is_some()).map(|q| q.0).next();
        let shared = count_above.and_then(|c| out.iter().find(|b| b.value == c)).map(|b| b.category.clone());
        let in_slice = || {
            let slice = parts.plot.traces.iter().rev().find(|t| holds(&t.points, p.bbox.center()))?;
            let color = slice.color?;
            parts.legend.iter().find(|l| l.1 == color).map(|l| vec![l.0])
        };
        let category = named.map(|j| vec![j]).or(shared).or_else(in_slice);
        out.extend(category.map(|category| Bound { value: i, category, series: None }));
    }
    // The same name twice with figures of one kind: which is whose is not certain.
    let kind = |i: usize| piece(i).is_some_and(|p| p.text.ends_with('%'));
    let twice = |b: &Bound| {
        out.iter().filter(|o| o.category == b.category && kind(o.value) == kind(b.value)).count() > 1
    };
    if out.iter().any(twice) { Vec::new() } else { out }
}

/// Whether words tell the whole that a ring divides (全2,800件, 計 120人).
pub(super) fn is_whole(text: &str) -> bool {
    ["全", "計", "合計", "総数", "総計", "全体", "n=", "N="].iter().any(|w| {
        text.strip_prefix(w).is_some_and(|r| r.trim().is_empty() || super::labels::figure_of(r).is_some())
    })
}

/// Whether a polygon holds a point.
fn holds(points: &[Point], p: Point) -> bool {
    let next = points.iter().cycle().skip(1);
    let crossings = points
        .iter()
        .zip(next)
        .filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y));
    crossings.count() % 2 == 1
}
