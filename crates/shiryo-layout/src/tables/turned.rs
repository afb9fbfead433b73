//! Pages whose text is turned by a quarter: turned upright, read, and turned back.

use super::PageTable;
use shiryo_model::{BBox, Direction, PageContent, Point, Ruling};

/// A quarter turn that sets a page upright.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    /// The text reads downwards.
    clockwise: bool,
    /// Size of the page as it is.
    width: f64,
    height: f64,
}

impl Turn {
    /// The turn a page needs; `None` when less than three quarters of its glyphs are turned the same way.
    pub(super) fn needed(page: &PageContent) -> Option<Self> {
        let count = |d: Direction| page.glyphs.iter().filter(|g| g.direction == d).count();
        let clockwise = count(Direction::Clockwise);
        let anticlockwise = count(Direction::Anticlockwise);
        let most = clockwise.max(anticlockwise);
        (most > 0 && most * 4 >= page.glyphs.len() * 3).then_some(Self {
            clockwise: clockwise >= anticlockwise,
            width: page.width,
            height: page.height,
        })
    }

    fn point(&self, p: Point) -> Point {
        if self.clockwise {
            Point { x: p.y, y: self.width - p.x }
        } else {
            Point { x: self.height - p.y, y: p.x }
        }
    }

    fn point_back(&self, p: Point) -> Point {
        if self.clockwise {
            Point { x: self.width - p.y, y: p.x }
        } else {
            Point { x: p.y, y: self.height - p.x }
        }
    }

    /// The page set upright.
    pub(super) fn page(&self, page: &PageContent) -> PageContent {
        let mut out = page.clone();
        (out.width, out.height) = (page.height, page.width);
        for g in &mut out.glyphs {
            g.bbox = turned(&g.bbox, |p| self.point(p));
            g.origin = self.point(g.origin);
            g.direction = match (g.direction, self.clockwise) {
                (Direction::Clockwise, true) | (Direction::Anticlockwise, false) => Direction::Horizontal,
                (Direction::Horizontal, true) => Direction::Anticlockwise,
                (Direction::Horizontal, false) => Direction::Clockwise,
                _ => Direction::Other,
            };
        }
        for r in &mut out.rulings {
            *r = self.ruling(r);
        }
        for f in &mut out.fills {
            f.bbox = turned(&f.bbox, |p| self.point(p));
        }
        for shape in &mut out.shapes {
            shape.bbox = turned(&shape.bbox, |p| self.point(p));
            shape.points.iter_mut().for_each(|p| *p = self.point(*p));
        }
        for i in &mut out.images {
            i.bbox = turned(&i.bbox, |p| self.point(p));
        }
        out
    }

    fn ruling(&self, r: &Ruling) -> Ruling {
        let (a, b) = if r.horizontal {
            (Point { x: r.start, y: r.position }, Point { x: r.end, y: r.position })
        } else {
            (Point { x: r.position, y: r.start }, Point { x: r.position, y: r.end })
        };
        let (a, b) = (self.point(a), self.point(b));
        let (position, from, to) = if r.horizontal { (a.x, a.y, b.y) } else { (a.y, a.x, b.x) };
        Ruling { horizontal: !r.horizontal, position, start: from.min(to), end: from.max(to), ..*r }
    }

    /// Turns the places of a table back to the page as it is.
    pub(super) fn table_back(&self, table: &mut PageTable) {
        let back = |b: &BBox| turned(b, |p| self.point_back(p));
        table.bbox = back(&table.bbox);
        for c in &mut table.cells {
            c.bbox = back(&c.bbox);
            for l in &mut c.lines {
                l.place.bbox = l.place.bbox.as_ref().map(back);
                l.boxes.iter_mut().for_each(|b| *b = back(b));
            }
        }
    }
}

fn turned(b: &BBox, by: impl Fn(Point) -> Point) -> BBox {
    let (p, q) = (by(Point { x: b.x0, y: b.y0 }), by(Point { x: b.x1, y: b.y1 }));
    BBox::new(p.x, p.y, q.x, q.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::{Glyph, RulingStyle};

    /// A drawn grid of 2 × 3 cells with a letter in each, turned so that it reads downwards or upwards.
    fn page(clockwise: bool) -> PageContent {
        let mut upright = PageContent { number: 1, width: 400.0, height: 300.0, ..Default::default() };
        for (k, c) in "課件額税12".chars().enumerate() {
            let (x, y) = (60.0 + 80.0 * (k % 3) as f64, 60.0 + 30.0 * (k / 3) as f64);
            upright.glyphs.push(Glyph::on_baseline(c.to_string(), x, y, 10.0, 10.0));
        }
        let rule = |horizontal, position, start, end| Ruling {
            horizontal,
            position,
            start,
            end,
            width: 0.5,
            style: RulingStyle::Solid,
        };
        upright.rulings.extend([40.0, 70.0, 100.0].map(|y| rule(true, y, 50.0, 290.0)));
        upright.rulings.extend([50.0, 130.0, 210.0, 290.0].map(|x| rule(false, x, 40.0, 100.0)));
        // The inverse of setting it upright.
        let turn = Turn { clockwise: !clockwise, width: 400.0, height: 300.0 };
        let mut out = turn.page(&upright);
        for g in &mut out.glyphs {
            g.direction = if clockwise { Direction::Clockwise } else { Direction::Anticlockwise };
        }
        out
    }

    #[test]
    fn turned_tables_are_read_and_their_places_turned_back() {
        for clockwise in [true, false] {
            let page = page(clockwise);
            let tables = super::super::find_tables(&page);
            assert_eq!(tables.len(), 1, "{clockwise}");
            assert_eq!((tables[0].n_rows, tables[0].n_cols), (2, 3));
            let first = &tables[0].cells[0];
            assert_eq!(first.plain(), "課");
            assert!(first.bbox.contains(page.glyphs[0].bbox.center()));
        }
    }
}
