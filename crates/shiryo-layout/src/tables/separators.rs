//! The drawn separators of a page: which rulings hang together.

use shiryo_model::{BBox, PageContent, Ruling, RulingStyle};

/// Two rulings touch when one's end is this near to the other, in points.
pub(super) const TOUCH: f64 = 2.5;
/// Borders between bands of colour are no thicker than this, in points.
pub(super) const THICK: f64 = 3.6;
/// Shading that ends this near to a drawn border is that of a paragraph in the cell, in points.
const INSET: f64 = 8.0;
/// Rulings shorter than this are marks or parts of drawings, in points.
const SHORTEST: f64 = 3.0;
/// More rulings than this on one page are a drawing or hatching; the longest are kept.
const MOST_RULINGS: usize = 6000;

/// Rulings that touch each other, directly or through others.
#[derive(Debug, Clone, Default)]
pub(super) struct Component {
    /// Left to right.
    pub(super) horizontal: Vec<Ruling>,
    /// Top to bottom.
    pub(super) vertical: Vec<Ruling>,
    /// Box around all.
    pub(super) bbox: BBox,
}

/// The page's rulings with sound coordinates that are long enough, the longest where there are too many.
pub(super) fn usable_rulings(page: &PageContent) -> Vec<Ruling> {
    let mut out: Vec<Ruling> = page
        .rulings
        .iter()
        .filter(|r| {
            [r.position, r.start, r.end, r.width].iter().all(|v| v.is_finite()) && r.end - r.start >= SHORTEST
        })
        .copied()
        .collect();
    if out.len() > MOST_RULINGS {
        out.sort_by(|a, b| (b.end - b.start).total_cmp(&(a.end - a.start)));
        out.truncate(MOST_RULINGS);
    }
    out.sort_by(|a, b| {
        (b.horizontal.cmp(&a.horizontal))
            .then(a.position.total_cmp(&b.position))
            .then(a.start.total_cmp(&b.start))
            .then(a.end.total_cmp(&b.end))
    });
    out
}

/// Box of a ruling, without its stroke width.
pub(super) fn ruling_box(r: &Ruling) -> BBox {
    if r.horizontal {
        BBox { x0: r.start, x1: r.end, y0: r.position, y1: r.position }
    } else {
        BBox { x0: r.position, x1: r.position, y0: r.start, y1: r.end }
    }
}

/// Groups rulings that touch, largest group first. Horizontal rulings that touch nothing come as groups of
/// their own.
pub(super) fn components(rulings: &[Ruling]) -> Vec<Component> {
    let mut sets = Sets::new(rulings.len());
    let verticals: Vec<usize> = (0..rulings.len()).filter(|&i| !rulings[i].horizontal).collect();
    for (i, h) in rulings.iter().enumerate().filter(|(_, r)| r.horizontal) {
        let from = verticals.partition_point(|&v| rulings[v].position < h.start - TOUCH);
        for &v in &verticals[from..] {
            let r = &rulings[v];
            if r.position > h.end + TOUCH {
                break;
            }
            if r.start - TOUCH <= h.position && h.position <= r.end + TOUCH {
                sets.join(i, v);
            }
        }
    }
    join_neighbours(rulings, &mut sets);
    let mut groups: std::collections::BTreeMap<usize, Component> = Default::default();
    for (i, r) in rulings.iter().enumerate() {
        let b = ruling_box(r);
        let c = groups.entry(sets.find(i)).or_insert_with(|| Component { bbox: b, ..Default::default() });
        c.bbox = c.bbox.union(&b);
        if r.horizontal { c.horizontal.push(*r) } else { c.vertical.push(*r) }
    }
    let mut out: Vec<Component> = groups.into_values().collect();
    out.sort_by(|a, b| b.bbox.area().total_cmp(&a.bbox.area()));
    out
}

impl Component {
    /// Whether it is a bracket around a few rows of a table with horizontal rules only: one or two uprights that meet
    /// one or two rules, while rules of the same length go on above or below.
    pub(super) fn is_bracket(&self, rulings: &[Ruling]) -> bool {
        /// Rules of a table that a bracket stands in.
        const LADDER: usize = 5;
        if !(1..=2).contains(&self.vertical.len()) || self.horizontal.len() > 2 {
            return false;
        }
        let beyond = |r: &&Ruling| {
            r.horizontal && (r.position < self.bbox.y0 - TOUCH || r.position > self.bbox.y1 + TOUCH)
        };
        let alike = |a: &Ruling| {
            let same = |b: &&Ruling| (a.start - b.start).abs() < TOUCH && (a.end - b.end).abs() < TOUCH;
            rulings.iter().filter(beyond).filter(same).count()
        };
        self.horizontal.iter().any(|h| alike(h) >= LADDER)
    }

    /// Drops edges of fills that end inside drawn cells: shading of paragraphs, not of cells.
    pub(super) fn drop_insets(&mut self) {
        let drawn = |r: &Ruling| r.style != RulingStyle::FillEdge;
        let h: Vec<Ruling> = self.horizontal.iter().copied().filter(drawn).collect();
        let v: Vec<Ruling> = self.vertical.iter().copied().filter(drawn).collect();
        if h.len() < 2 || v.len() < 3 {
            return;
        }
        let inset = |r: &Ruling, lines: &[Ruling]| {
            let from = lines.partition_point(|l| l.position < r.position - INSET);
            lines[from..].iter().take_while(|l| l.position <= r.position + INSET).any(|l| {
                (l.position - r.position).abs() > TOUCH
                    && l.end.min(r.end) - l.start.max(r.start) > 0.8 * (r.end - r.start)
            })
        };
        let loose = |r: &Ruling, across: &[Ruling]| {
            let meets = |at: f64| {
                let from = across.partition_point(|a| a.position < at - TOUCH);
                let mut near = across[from..].iter().take_while(|a| a.position <= at + TOUCH);
                near.any(|a| a.start - TOUCH <= r.position && r.position <= a.end + TOUCH)
            };
            // The shading of a paragraph stands inside one cell: drawn borders do not reach it in its middle.
            let first = across.partition_point(|a| a.position <= r.start + TOUCH);
            let mut inner = across[first..].iter().take_while(|a| a.position < r.end - TOUCH);
            let crossed = inner.any(|a| a.start - TOUCH <= r.position && r.position <= a.end + TOUCH);
            !meets(r.start) && !meets(r.end) && !crossed
        };
        self.horizontal.retain(|r| drawn(r) || !(inset(r, &h) || loose(r, &v)));
        self.vertical.retain(|r| drawn(r) || !(inset(r, &v) || loose(r, &h)));
    }
}

/// Joins parallel rulings that lie on (nearly) one line and touch: double lines, pieces of one border.
fn join_neighbours(rulings: &[Ruling], sets: &mut Sets) {
    for i in 0..rulings.len() {
        for j in i + 1..(i + 64).min(rulings.len()) {
            let (a, b) = (&rulings[i], &rulings[j]);
            let distance = b.position - a.position;
            if a.horizontal != b.horizontal || distance > THICK {
                break;
            }
            // Bands of colour end on both sides of a thick white border.
            let border = a.style == RulingStyle::FillEdge
                && b.style == RulingStyle::FillEdge
                && (a.start - b.start).abs() < TOUCH
                && (a.end - b.end).abs() < TOUCH;
            if (distance <= TOUCH || border) && a.start <= b.end + TOUCH && b.start <= a.end + TOUCH {
                sets.join(i, j);
            }
        }
    }
}

/// Disjoint sets.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    pub(super) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    pub(super) fn find(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    /// Joins two sets; the smaller index leads, so that results do not depend on the order of joins.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (lead, other) = if a < b { (a, b) } else { (b, a) };
        self.0[other] = lead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(horizontal: bool, position: f64, start: f64, end: f64, style: RulingStyle) -> Ruling {
        Ruling { horizontal, position, start, end, width: 0.5, style }
    }

    #[test]
    fn a_bracket_around_rows_is_no_grid() {
        let mut rulings: Vec<Ruling> =
            (0..9).map(|k| rule(true, 20.0 * f64::from(k), 0.0, 200.0, RulingStyle::Solid)).collect();
        rulings.push(rule(false, 60.0, 64.0, 96.0, RulingStyle::Solid));
        rulings.push(rule(false, 202.0, 64.0, 96.0, RulingStyle::Solid));
        let bracket = components(&rulings).into_iter().find(|c| !c.vertical.is_empty()).unwrap();
        assert!(bracket.is_bracket(&rulings));
        let grid = [rulings[..3].to_vec(), vec![rule(false, 0.0, 0.0, 40.0, RulingStyle::Solid)]].concat();
        assert!(!components(&grid)[0].is_bracket(&grid));
    }

    #[test]
    fn bands_on_both_sides_of_a_thick_border_are_one_table_and_keep_their_edges() {
        let edge = |at: f64| rule(true, at, 0.0, 300.0, RulingStyle::FillEdge);
        let side = |x: f64, y0: f64, y1: f64| rule(false, x, y0, y1, RulingStyle::Solid);
        let mut rulings = vec![edge(40.0), edge(43.0), rule(true, 80.0, 0.0, 300.0, RulingStyle::Solid)];
        rulings.push(rule(true, 0.0, 0.0, 300.0, RulingStyle::Solid));
        for x in [80.0, 150.0, 220.0] {
            rulings.extend([side(x, 0.0, 40.0), side(x, 43.0, 80.0)]);
        }
        rulings.sort_by(|a, b| b.horizontal.cmp(&a.horizontal).then(a.position.total_cmp(&b.position)));
        let mut found = components(&rulings);
        assert_eq!(found.len(), 1);
        found[0].drop_insets();
        assert_eq!(found[0].horizontal.len(), 4);
    }
}
