//! Rulings from what was painted: pieces joined, doubles and dashes recognised, invisible ones dropped.
//!
//! Office programs draw one separator as many short pieces, one per cell, as thin filled rectangles or as the
//! edges of shaded cells. A reader sees one line; so does whoever works with [`Ruling`]s.

use crate::canvas::{Paint, intersection};
use crate::visibility::{Area, AreaIndex, is_white, same_colour};
use shiryo_model::{BBox, Point, Ruling, RulingStyle};

/// Pieces whose positions differ by less than this many points lie on one line.
const SAME_LINE: f64 = 0.4;
/// Most a line may wander, first piece to last, in points.
const LINE_DRIFT: f64 = 0.8;
/// Gap between collinear pieces of one line, in points.
const JOIN_GAP: f64 = 1.0;
/// Longest dash and widest gap of a line dashed by hand, in points.
const DASH: (f64, f64) = (8.0, 6.0);
/// White space between the strokes of a double line, in points.
const DOUBLE_GAP: std::ops::Range<f64> = 0.15..2.6;
/// Rulings shorter than this many points separate nothing.
const SHORTEST: f64 = 3.0;
/// How many neighbours one ruling is compared with; bounds the time on pages full of hatching.
const NEIGHBOURS: usize = 64;
/// How far inside and outside of a fill's edge its colours are compared, in points.
const EDGE_PROBE: f64 = 0.25;

/// How a piece was painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Solid,
    Dashed,
    /// Edge of a filled box that lies on the side of larger coordinates (`true`) or smaller ones.
    Edge(bool),
}

/// One upright piece of a separator as it was painted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    horizontal: bool,
    position: f64,
    start: f64,
    end: f64,
    width: f64,
    kind: Kind,
    /// Both orientations are possible: a dot.
    dot: bool,
    color: Option<u32>,
    order: u32,
}

impl Piece {
    /// A stroke within `bbox`.
    pub(crate) fn line(
        bbox: BBox,
        horizontal: bool,
        width: f64,
        dashed: bool,
        paint: Paint,
        order: u32,
    ) -> Self {
        let center = bbox.center();
        let (position, start, end) =
            if horizontal { (center.y, bbox.x0, bbox.x1) } else { (center.x, bbox.y0, bbox.y1) };
        let kind = if dashed { Kind::Dashed } else { Kind::Solid };
        Self { horizontal, position, start, end, width, kind, dot: false, color: paint.color, order }
    }

    /// A filled rectangle too thin to be a box.
    pub(crate) fn thin_fill(bbox: BBox, paint: Paint, order: u32) -> Self {
        let horizontal = bbox.width() >= bbox.height();
        let width = bbox.width().min(bbox.height());
        let dot = bbox.width().max(bbox.height()) < crate::canvas::THIN;
        Self { dot, ..Self::line(bbox, horizontal, width, false, paint, order) }
    }

    /// The four edges of a filled box.
    fn edges(bbox: BBox, color: u32, order: u32) -> [Self; 4] {
        let edge = |horizontal, far, position, start, end| Self {
            horizontal,
            position,
            start,
            end,
            width: 0.0,
            kind: Kind::Edge(far),
            dot: false,
            color: Some(color),
            order,
        };
        [
            edge(true, false, bbox.y0, bbox.x0, bbox.x1),
            edge(true, true, bbox.y1, bbox.x0, bbox.x1),
            edge(false, false, bbox.x0, bbox.y0, bbox.y1),
            edge(false, true, bbox.x1, bbox.y0, bbox.y1),
        ]
    }

    fn at(&self, along: f64, offset: f64) -> Point {
        let across = self.position + offset;
        if self.horizontal { Point { x: along, y: across } } else { Point { x: across, y: along } }
    }

    /// Whether a reader can tell it from its surroundings.
    fn is_seen(&self, index: &AreaIndex<'_>) -> bool {
        match (self.kind, self.color) {
            (Kind::Edge(far), Some(color)) => {
                let outward = if far { EDGE_PROBE } else { -EDGE_PROBE };
                [0.5, 0.2, 0.8].iter().any(|t| {
                    let along = self.start + (self.end - self.start) * t;
                    let top = |offset| index.topmost(self.at(along, offset), 0, u32::MAX, |_| true);
                    let inside = top(-outward).and_then(|a| a.color);
                    let outside = top(outward).map_or(Some(crate::visibility::WHITE), |a| a.color);
                    // Something else was painted over the box: what is seen there is not this edge.
                    inside.is_some_and(|c| same_colour(c, color))
                        && !outside.is_some_and(|c| same_colour(c, color))
                })
            }
            (_, Some(color)) if is_white(color) => {
                let middle = self.at((self.start + self.end) / 2.0, 0.0);
                let below = index.topmost(middle, 0, self.order, |_| true);
                below.is_some_and(|a| !a.color.is_some_and(is_white))
            }
            _ => true,
        }
    }

    fn length(&self) -> f64 {
        self.end - self.start
    }

    fn is_finite(&self) -> bool {
        self.position.is_finite() && self.start.is_finite() && self.end.is_finite()
    }

    /// A dot taken the other way: it may belong to a dotted line of either orientation.
    fn turned(&self) -> Self {
        let half = self.width / 2.0;
        Self {
            horizontal: !self.horizontal,
            position: (self.start + self.end) / 2.0,
            start: self.position - half,
            end: self.position + half,
            width: self.length(),
            ..*self
        }
    }
}

/// Joins painted pieces and the edges of `areas` to the rulings a reader of the page sees.
pub(crate) fn compose(pieces: Vec<Piece>, areas: &[Area], index: &AreaIndex<'_>, page: BBox) -> Vec<Ruling> {
    let (mut across, mut down) = (Vec::new(), Vec::new());
    let edges = areas.iter().filter(|a| a.edges).filter_map(|a| {
        let seen = intersection(&a.bbox, &page)?;
        Some(Piece::edges(seen, a.color?, a.order))
    });
    for piece in pieces.into_iter().chain(edges.flatten()).filter(|p| p.is_finite() && p.is_seen(index)) {
        let turned = piece.dot.then(|| piece.turned());
        for piece in std::iter::once(piece).chain(turned) {
            if piece.horizontal { across.push(piece) } else { down.push(piece) }
        }
    }
    let mut rulings = join_side(across);
    rulings.append(&mut join_side(down));
    drop_page_frame(&mut rulings, page);
    rulings
}

/// All rulings of one orientation.
fn join_side(pieces: Vec<Piece>) -> Vec<Ruling> {
    let (edges, drawn): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|p| matches!(p.kind, Kind::Edge(_)));
    let mut drawn = pair_up(join_lines(drawn));
    let mut edges = pair_up(join_lines(edges));
    drop_hidden_edges(&mut edges, &drawn);
    drawn.append(&mut edges);
    drawn.retain(|r| r.end - r.start >= SHORTEST);
    drawn.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.start.total_cmp(&b.start)));
    drawn
}

/// Joins pieces that lie on one line.
fn join_lines(mut pieces: Vec<Piece>) -> Vec<Ruling> {
    pieces.sort_by(|a, b| a.position.total_cmp(&b.position));
    let mut rulings = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    for piece in pieces {
        let apart = match (line.first(), line.last()) {
            (Some(first), Some(last)) => {
                piece.position - last.position > SAME_LINE || piece.position - first.position > LINE_DRIFT
            }
            _ => false,
        };
        if apart {
            join_line(&mut line, &mut rulings);
        }
        line.push(piece);
    }
    join_line(&mut line, &mut rulings);
    rulings
}

/// What has been joined so far of one line.
struct Run {
    start: f64,
    end: f64,
    /// Sum of position × length, and of length.
    weighted: f64,
    length: f64,
    width: f64,
    dashed: f64,
    edge: bool,
    pieces: u32,
}

impl Run {
    fn new(p: &Piece) -> Self {
        let mut run = Self {
            start: p.start,
            end: p.end,
            weighted: 0.0,
            length: 0.0,
            width: 0.0,
            dashed: 0.0,
            edge: matches!(p.kind, Kind::Edge(_)),
            pieces: 0,
        };
        run.add(p);
        run
    }

    fn add(&mut self, p: &Piece) {
        let length = p.length().max(0.01);
        self.end = self.end.max(p.end);
        self.weighted += p.position * length;
        self.length += length;
        self.width = self.width.max(p.width);
        if p.kind == Kind::Dashed {
            self.dashed += length;
        }
        self.pieces += 1;
    }

    fn ruling(&self, horizontal: bool) -> Ruling {
        let style = if self.edge {
            RulingStyle::FillEdge
        } else if self.dashed * 2.0 > self.length {
            RulingStyle::Dashed
        } else {
            RulingStyle::Solid
        };
        Ruling {
            horizontal,
            position: self.weighted / self.length,
            start: self.start,
            end: self.end,
            width: self.width,
            style,
        }
    }
}

/// Joins the pieces of one line where they touch; empties `line`.
fn join_line(line: &mut Vec<Piece>, rulings: &mut Vec<Ruling>) {
    let Some(horizontal) = line.first().map(|p| p.horizontal) else { return };
    line.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut runs: Vec<Run> = Vec::new();
    for piece in line.drain(..) {
        match runs.last_mut() {
            Some(run) if piece.start <= run.end + JOIN_GAP => run.add(&piece),
            _ => runs.push(Run::new(&piece)),
        }
    }
    let mut rest = runs.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let dashes = dash_count(rest);
        if let Some(last) = dashes.checked_sub(1).and_then(|i| rest.get(i)) {
            rulings.push(Ruling { end: last.end, style: RulingStyle::Dashed, ..first.ruling(horizontal) });
            rest = rest.get(dashes..).unwrap_or_default();
        } else {
            rulings.push(first.ruling(horizontal));
            rest = after;
        }
    }
}

/// How many of `runs` from the first are the dashes of one dashed line; 0 when they are not.
fn dash_count(runs: &[Run]) -> usize {
    let Some(first) = runs.first() else { return 0 };
    let length = first.end - first.start;
    if length > DASH.0 || first.edge {
        return 0;
    }
    let mut count = 1;
    let mut usual_gap = None;
    for pair in runs.windows(2) {
        let [a, b] = pair else { break };
        let gap = b.start - a.end;
        let regular = *usual_gap.get_or_insert(gap);
        let like = (b.end - b.start) <= length * 2.0 + 0.5 && (gap - regular).abs() <= regular * 0.5 + 0.3;
        if gap > DASH.1 || !like {
            break;
        }
        count += 1;
    }
    if count >= 4 { count } else { 0 }
}

/// Makes one of parallel rulings that a reader takes for one: strokes side by side are a thick line, two with
/// a little space between a double one.
fn pair_up(mut rulings: Vec<Ruling>) -> Vec<Ruling> {
    rulings.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.start.total_cmp(&b.start)));
    let mut gone = vec![false; rulings.len()];
    for i in 0..rulings.len() {
        let Some(mut one) = rulings.get(i).copied() else { break };
        if gone.get(i).copied().unwrap_or(true) {
            continue;
        }
        for j in (i + 1..rulings.len()).take(NEIGHBOURS) {
            let Some(&other) = rulings.get(j) else { break };
            if other.position - one.position > DOUBLE_GAP.end + one.width.max(other.width) {
                break;
            }
            if gone.get(j).copied().unwrap_or(true) {
                continue;
            }
            if let Some(both) = as_one(&one, &other) {
                one = both;
                if let Some(flag) = gone.get_mut(j) {
                    *flag = true;
                }
            }
        }
        if let Some(slot) = rulings.get_mut(i) {
            *slot = one;
        }
    }
    rulings.into_iter().zip(gone).filter_map(|(r, gone)| (!gone).then_some(r)).collect()
}

fn as_one(a: &Ruling, b: &Ruling) -> Option<Ruling> {
    if (a.start - b.start).abs() > 3.0 || (a.end - b.end).abs() > 3.0 {
        return None;
    }
    let distance = (b.position - a.position).abs();
    let gap = distance - (a.width + b.width) / 2.0;
    let (start, end) = (a.start.min(b.start), a.end.max(b.end));
    let low = (a.position - a.width / 2.0).min(b.position - b.width / 2.0);
    let high = (a.position + a.width / 2.0).max(b.position + b.width / 2.0);
    let merged = Ruling { position: (low + high) / 2.0, start, end, width: high - low, ..*a };
    match (a.style, b.style) {
        (RulingStyle::FillEdge, RulingStyle::FillEdge) => {
            (distance <= 2.0).then_some(Ruling { width: 0.0, ..merged })
        }
        _ if gap <= DOUBLE_GAP.start => Some(merged),
        (RulingStyle::Solid, RulingStyle::Solid)
            if DOUBLE_GAP.contains(&gap) && a.width.max(b.width) <= 2.0 =>
        {
            Some(Ruling { style: RulingStyle::Double, ..merged })
        }
        _ => None,
    }
}

/// Drops edges of fills that lie under a drawn line.
fn drop_hidden_edges(edges: &mut Vec<Ruling>, drawn: &[Ruling]) {
    edges.retain(|edge| {
        let from = drawn.partition_point(|d| d.position < edge.position - 3.0);
        !drawn.iter().skip(from).take_while(|d| d.position <= edge.position + 3.0).take(NEIGHBOURS * 4).any(
            |d| {
                (d.position - edge.position).abs() <= 1.5 + d.width / 2.0
                    && d.start <= edge.start + 2.0
                    && d.end >= edge.end - 2.0
            },
        )
    });
}

/// Drops lines along the edge of the page and a frame around the page that no other ruling touches.
fn drop_page_frame(rulings: &mut Vec<Ruling>, page: BBox) {
    let size =
        |r: &Ruling| if r.horizontal { (page.width(), page.height()) } else { (page.height(), page.width()) };
    rulings.retain(|r| {
        let (along, across) = size(r);
        let long = r.end - r.start >= along * 0.9;
        !(long && (r.position <= 1.0 || r.position >= across - 1.0))
    });
    let long = |r: &&Ruling| r.end - r.start >= size(r).0 * 0.88;
    let ends = |horizontal: bool| {
        let mut all = rulings.iter().filter(|r| r.horizontal == horizontal).filter(long);
        let first = *all.next()?;
        let last = *all.next_back()?;
        Some((first, last))
    };
    let (Some((top, bottom)), Some((left, right))) = (ends(true), ends(false)) else { return };
    let frame = [top, bottom, left, right];
    let near = |a: f64, b: f64| (a - b).abs() <= 4.0;
    let closed = [left, right].iter().all(|v| near(v.start, top.position) && near(v.end, bottom.position))
        && [top, bottom].iter().all(|h| near(h.start, left.position) && near(h.end, right.position));
    let touched = || {
        rulings.iter().filter(|r| !frame.contains(r)).any(|r| {
            let (a, b) = if r.horizontal { (left, right) } else { (top, bottom) };
            near(r.start, a.position) || near(r.end, b.position)
        })
    };
    if closed && !touched() {
        rulings.retain(|r| !frame.contains(r));
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    const PAGE: BBox = BBox { x0: 0.0, y0: 0.0, x1: 600.0, y1: 800.0 };
    const BLACK: Paint = Paint { color: Some(0), opaque: true, transparent: false };

    fn line(x0: f64, x1: f64, y: f64, width: f64) -> Piece {
        Piece::line(BBox::new(x0, y, x1, y), true, width, false, BLACK, 1)
    }

    fn compose_all(pieces: Vec<Piece>, areas: &[Area]) -> Vec<Ruling> {
        compose(pieces, areas, &AreaIndex::new(areas, PAGE), PAGE)
    }

    fn area(x0: f64, y0: f64, x1: f64, y1: f64, color: u32, order: u32) -> Area {
        let bbox = BBox::new(x0, y0, x1, y1);
        Area { bbox, order, color: Some(color), covers: true, image: false, edges: true }
    }

    #[test]
    fn touching_pieces_are_one_ruling_and_distant_ones_are_not() {
        let joined = compose_all(vec![line(50.0, 80.0, 100.0, 0.5), line(80.9, 120.0, 100.2, 0.5)], &[]);
        assert_eq!(joined.len(), 1);
        assert_eq!((joined[0].start, joined[0].end), (50.0, 120.0));
        let apart = compose_all(vec![line(50.0, 80.0, 100.0, 0.5), line(85.0, 120.0, 100.0, 0.5)], &[]);
        assert_eq!(apart.len(), 2);
    }

    #[test]
    fn strokes_side_by_side_are_thick_and_with_space_double() {
        let thick =
            compose_all((0..4).map(|i| line(50.0, 90.0, 100.0 + f64::from(i) * 0.5, 0.5)).collect(), &[]);
        assert_eq!((thick.len(), thick[0].style, thick[0].width), (1, RulingStyle::Solid, 2.0));
        let double = compose_all(vec![line(50.0, 90.0, 100.0, 0.5), line(50.0, 90.0, 101.5, 0.5)], &[]);
        assert_eq!((double.len(), double[0].style, double[0].position), (1, RulingStyle::Double, 100.75));
    }

    #[test]
    fn dots_and_dashes_drawn_one_by_one() {
        let dots = (0..20).map(|i| {
            let x = 50.0 + f64::from(i) * 3.0;
            Piece::thin_fill(BBox::new(x, 100.0, x + 1.0, 101.0), BLACK, 1)
        });
        let rulings = compose_all(dots.collect(), &[]);
        assert_eq!((rulings.len(), rulings[0].style, rulings[0].horizontal), (1, RulingStyle::Dashed, true));
    }

    #[test]
    fn edges_between_equal_fills_are_not_seen() {
        let grey =
            [area(50.0, 100.0, 150.0, 120.0, 0xDD_DDDD, 1), area(150.0, 100.0, 250.0, 120.0, 0xDD_DDDD, 2)];
        let rulings = compose_all(Vec::new(), &grey);
        let upright: Vec<f64> = rulings.iter().filter(|r| !r.horizontal).map(|r| r.position).collect();
        assert_eq!(upright, [50.0, 250.0]);
        assert!(rulings.iter().all(|r| r.style == RulingStyle::FillEdge));
    }

    #[test]
    fn white_lines_count_between_coloured_cells_only() {
        let white = Paint { color: Some(0xFF_FFFF), ..BLACK };
        let piece = |y| Piece::line(BBox::new(60.0, y, 140.0, y), true, 1.0, false, white, 9);
        let rulings =
            compose_all(vec![piece(110.0), piece(300.0)], &[area(50.0, 100.0, 150.0, 120.0, 0x33_6699, 1)]);
        let solid: Vec<f64> =
            rulings.iter().filter(|r| r.style == RulingStyle::Solid).map(|r| r.position).collect();
        assert_eq!(solid, [110.0]);
    }

    #[test]
    fn an_edge_under_a_line_is_that_line() {
        let cell = [area(50.0, 100.0, 150.0, 120.0, 0xDD_DDDD, 1)];
        let rulings = compose_all(vec![line(49.0, 400.0, 100.3, 0.5)], &cell);
        assert_eq!(rulings.iter().filter(|r| r.horizontal).count(), 2, "{rulings:?}");
    }
}
