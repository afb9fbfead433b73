//! Diagrams: boxes of words apart from each other with lines or arrows from one to the next.

use super::labels::Piece;
use crate::blocks::frames_of;
use shiryo_model::{BBox, PageContent, RulingStyle};

/// Boxes looked at on one page; a page with more is a drawing.
const MOST_BOXES: usize = 300;
/// Boxes smaller than this are marks, in points.
const LEAST: (f64, f64) = (30.0, 12.0);
/// Boxes that cover more of the page than this hold other things.
const LARGEST: f64 = 0.25;
/// Words in one box: more is text set apart, no label.
const MOST_WORDS: usize = 60;
/// Fewer joined boxes are no diagram.
const LEAST_BOXES: usize = 3;
/// How near the end of a line comes to the box it leads to, in points.
const REACH: f64 = 5.0;
/// Arrows larger than this are boxes, in points.
const LARGEST_ARROW: f64 = 30.0;
/// Characters set as arrows.
const ARROWS: &str = "→⇒➡▶►⇨↓▼⇓⬇←⇐◀↑▲⇑⇔↔";

/// Boxes of one diagram with the pieces in each, in reading order.
pub(super) struct Diagram {
    pub(super) boxes: Vec<(BBox, Vec<usize>)>,
    /// Lines and arrows between them.
    pub(super) links: Vec<BBox>,
}

/// The diagrams of a page.
pub(super) fn diagrams_of(page: &PageContent, boxes: &[BBox], pieces: &[Piece]) -> Vec<Diagram> {
    let nodes = nodes_of(boxes, pieces);
    if nodes.len() < LEAST_BOXES {
        return Vec::new();
    }
    let links = links_of(page, pieces, &nodes);
    let mut out: Vec<Diagram> = Vec::new();
    for group in joined(&nodes, &links) {
        let mut boxes: Vec<(BBox, Vec<usize>)> =
            group.iter().filter_map(|&i| nodes.get(i).cloned()).collect();
        let own: Vec<BBox> =
            links.iter().filter(|l| boxes.iter().any(|b| is_near(&b.0, l))).copied().collect();
        if boxes.len() < LEAST_BOXES || own.len() + 1 < boxes.len().min(4) {
            continue;
        }
        boxes.sort_by(|a, b| {
            let level = a.0.y1.min(b.0.y1) - a.0.y0.max(b.0.y0) > 0.5 * a.0.height().min(b.0.height());
            if level { a.0.x0.total_cmp(&b.0.x0) } else { a.0.y0.total_cmp(&b.0.y0) }
        });
        out.push(Diagram { boxes, links: own });
    }
    out
}

/// The boxes of a page that may be those of a diagram, smallest first: they touch no other, as cells of a table do. None
/// where there are too few.
pub(super) fn boxes_of(page: &PageContent) -> Vec<BBox> {
    let largest = LARGEST * page.width * page.height;
    let fits = |b: &BBox| b.width() >= LEAST.0 && b.height() >= LEAST.1 && b.area() < largest;
    let filled = page.fills.iter().filter(|f| f.color != 0xff_ff_ff).map(|f| f.bbox);
    let shapes = page.shapes.iter().filter(|s| s.points.len() >= 4).map(|s| s.bbox);
    let mut boxes: Vec<BBox> = frames_of(page, LEAST, &[]);
    boxes.extend(filled.chain(shapes).filter(fits).take(MOST_BOXES));
    // The border of a box, its fill and the steps of its shading are one.
    boxes.sort_by(|a, b| b.area().total_cmp(&a.area()));
    let mut apart: Vec<BBox> = Vec::new();
    for b in boxes.into_iter().filter(fits) {
        let same = |o: &BBox| {
            o.intersection(&b)
                .is_some_and(|i| i.area() > 0.5 * o.area().min(b.area()) && b.width() > 0.9 * o.width())
        };
        if apart.len() < MOST_BOXES && !apart.iter().any(same) {
            apart.push(b);
        }
    }
    apart.reverse();
    let touches = |a: &BBox, b: &BBox| a != b && a.expand(1.2).intersection(&b.expand(1.2)).is_some();
    let holds = |a: &BBox, b: &BBox| a.area() > b.area() && a.expand(2.0).intersection(b) == Some(*b);
    let alone = |b: &BBox| !apart.iter().any(|o| touches(b, o) && !holds(o, b));
    let free: Vec<BBox> = apart.iter().filter(|b| alone(b) && !is_cell(page, b)).copied().collect();
    if free.len() < LEAST_BOXES { Vec::new() } else { free }
}

/// Boxes with short words in them.
fn nodes_of(boxes: &[BBox], pieces: &[Piece]) -> Vec<(BBox, Vec<usize>)> {
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); boxes.len()];
    for (i, p) in pieces.iter().enumerate() {
        // The smallest box that holds it.
        if let Some(own) =
            boxes.iter().position(|b| b.contains(p.bbox.center())).and_then(|k| held.get_mut(k))
        {
            own.push(i);
        }
    }
    let short = |own: &[usize]| {
        let words: usize = own.iter().filter_map(|&i| pieces.get(i)).map(|p| p.text.chars().count()).sum();
        let ends = own.iter().any(|&i| pieces.get(i).is_some_and(|p| p.text.ends_with('。')));
        !own.is_empty() && words <= MOST_WORDS && !ends
    };
    boxes.iter().copied().zip(held).filter(|(_, own)| short(own)).collect()
}

/// Whether rulings run along an edge of a box and beyond it: a shaded cell of a table.
fn is_cell(page: &PageContent, b: &BBox) -> bool {
    page.rulings.iter().any(|r| {
        let (edges, from, to) =
            if r.horizontal { ([b.y0, b.y1], b.x0, b.x1) } else { ([b.x0, b.x1], b.y0, b.y1) };
        let along = edges.iter().any(|e| (r.position - e).abs() < 1.5);
        along && r.start < to && r.end > from && (r.start < from - 3.0 || r.end > to + 3.0)
    })
}

/// Lines that end at a box, and arrows.
fn links_of(page: &PageContent, pieces: &[Piece], nodes: &[(BBox, Vec<usize>)]) -> Vec<BBox> {
    let inside = |b: &BBox| nodes.iter().any(|n| n.0.contains(b.center()));
    let borders = |b: &BBox| {
        nodes.iter().any(|n| {
            let outer = n.0.expand(1.5);
            outer.contains(b.center()) && b.width() <= outer.width() && b.height() <= outer.height()
        })
    };
    let lines = page.rulings.iter().filter(|r| r.style != RulingStyle::FillEdge).map(|r| {
        if r.horizontal {
            BBox::new(r.start, r.position, r.end, r.position)
        } else {
            BBox::new(r.position, r.start, r.position, r.end)
        }
    });
    let arrow = |b: &BBox| b.width() <= LARGEST_ARROW && b.height() <= LARGEST_ARROW;
    let shapes = page.shapes.iter().filter(|s| !s.filled || arrow(&s.bbox)).map(|s| s.bbox);
    let typed = pieces.iter().filter(|p| p.text.chars().all(|c| ARROWS.contains(c)));
    let typed = typed.map(|p| p.bbox.expand(p.size));
    lines.chain(shapes).chain(typed).filter(|b| !inside(b) && !borders(b)).take(MOST_BOXES).collect()
}

fn is_near(node: &BBox, link: &BBox) -> bool {
    let n = node.expand(REACH);
    n.x0 <= link.x1 && link.x0 <= n.x1 && n.y0 <= link.y1 && link.y0 <= n.y1
}

/// Boxes in groups: those that links lead to, directly or over other links.
fn joined(nodes: &[(BBox, Vec<usize>)], links: &[BBox]) -> Vec<Vec<usize>> {
    let all: Vec<BBox> = nodes.iter().map(|n| n.0).chain(links.iter().copied()).collect();
    let mut group: Vec<usize> = (0..all.len()).collect();
    for (i, a) in all.iter().enumerate().skip(nodes.len()) {
        for (j, b) in all.iter().enumerate().take(i) {
            if !is_near(b, a) {
                continue;
            }
            let (from, to) = (group.get(i).copied(), group.get(j).copied());
            if let (Some(from), Some(to)) = (from, to) {
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let mut out: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for (i, g) in group.iter().enumerate().take(nodes.len()) {
        out.entry(*g).or_default().push(i);
    }
    out.into_values().collect()
}
