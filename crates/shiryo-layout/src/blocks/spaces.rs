//! Spaces that were painted into gaps too narrow to speak for themselves.
//!
//! A half-width space after an enumerator (１ 概要) leaves half an em, as much as loose justification does;
//! only the painted space tells the two apart.

use crate::lines::{GlyphLine, is_blank};
use shiryo_model::{BBox, Direction, PageContent, SourceLine, Visibility};
use std::collections::BTreeMap;

/// Gaps narrower than this, in em, are no spaces whatever is painted there.
const LEAST_GAP: f64 = 0.18;
/// Height of a band of the index, in points.
const BAND: f64 = 8.0;

/// The painted spaces of a page, by height.
#[derive(Debug, Default)]
pub(crate) struct PaintedSpaces {
    /// For each band, the middles (x, y) of its spaces, by x.
    bands: BTreeMap<i64, Vec<(f64, f64)>>,
}

fn band(y: f64) -> i64 {
    (y / BAND).floor() as i64
}

impl PaintedSpaces {
    /// Those of a page.
    pub(crate) fn of(page: &PageContent) -> Self {
        let mut bands: BTreeMap<i64, Vec<(f64, f64)>> = BTreeMap::new();
        let seen = |v: Visibility| matches!(v, Visibility::Visible | Visibility::Invisible);
        for g in page.glyphs.iter().filter(|g| !g.text.is_empty() && is_blank(g) && seen(g.visibility)) {
            let c = g.bbox.center();
            if c.x.is_finite() && c.y.is_finite() {
                bands.entry(band(c.y)).or_default().push((c.x, c.y));
            }
        }
        bands.values_mut().for_each(|b| b.sort_by(|a, b| a.0.total_cmp(&b.0)));
        Self { bands }
    }

    fn any_in(&self, gap: &BBox) -> bool {
        (band(gap.y0)..=band(gap.y1).min(band(gap.y0) + 64)).filter_map(|k| self.bands.get(&k)).any(|b| {
            let from = b.partition_point(|s| s.0 < gap.x0);
            b.iter().skip(from).take_while(|s| s.0 <= gap.x1).take(64).any(|s| s.1 >= gap.y0 && s.1 <= gap.y1)
        })
    }

    /// Puts a space wherever one was painted into a gap of a horizontal line.
    pub(crate) fn give_back(&self, line: &mut SourceLine, from: &GlyphLine) {
        if from.direction != Direction::Horizontal || self.bands.is_empty() {
            return;
        }
        let em = from.font_size.max(1.0);
        let chars: Vec<char> = line.text.chars().collect();
        let mut places = Vec::new();
        for (i, pair) in line.boxes.windows(2).enumerate() {
            let [a, b] = pair else { continue };
            let wide = b.x0 - a.x1 >= LEAST_GAP * em;
            let spaced = |k: usize| chars.get(k).is_none_or(|c| c.is_whitespace());
            if wide && !spaced(i) && !spaced(i + 1) {
                let gap =
                    BBox { x0: a.x1 - 0.1 * em, x1: b.x0 + 0.1 * em, y0: a.y0.min(b.y0), y1: a.y1.max(b.y1) };
                if self.any_in(&gap) {
                    places.push((i + 1, BBox { x0: a.x1, x1: b.x0, y0: gap.y0, y1: gap.y1 }));
                }
            }
        }
        if places.is_empty() {
            return;
        }
        let mut text = String::with_capacity(line.text.len() + places.len());
        let mut boxes = Vec::with_capacity(line.boxes.len() + places.len());
        let mut next = places.into_iter().peekable();
        for (i, (c, b)) in chars.iter().zip(&line.boxes).enumerate() {
            if let Some((_, space)) = next.next_if(|p| p.0 == i) {
                text.push(' ');
                boxes.push(space);
            }
            text.push(*c);
            boxes.push(*b);
        }
        line.text = text;
        line.boxes = boxes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::{lines_of, source_line};
    use shiryo_model::Glyph;

    fn glyph(text: &str, x: f64, advance: f64) -> Glyph {
        Glyph::on_baseline(text, x, 100.0, 10.0, advance)
    }

    #[test]
    fn a_painted_half_space_parts_and_a_bare_gap_does_not() {
        let glyphs = vec![
            glyph("１", 0.0, 10.0),
            glyph(" ", 10.0, 5.0),
            glyph("概", 15.0, 10.0),
            glyph("要", 29.0, 10.0),
        ];
        let page = PageContent { number: 1, width: 200.0, height: 200.0, glyphs, ..PageContent::default() };
        let line = lines_of(&page, &[0, 1, 2, 3]).remove(0);
        let mut source = source_line(&page, &line);
        PaintedSpaces::of(&page).give_back(&mut source, &line);
        assert_eq!(source.text, "１ 概要");
        assert_eq!(source.boxes.len(), 4);
    }
}
