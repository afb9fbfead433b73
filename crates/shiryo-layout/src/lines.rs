//! Glyphs to lines of text.
//!
//! Shared by tables and blocks. A line is a run of glyphs on one baseline (or, in vertical text, in one
//! column); its text is made from the glyphs' positions: gaps become spaces, painted spaces are not
//! trusted, doubled glyphs (fake bold) are dropped.

use crate::note_marks::{Raised, superscripts};
use shiryo_model::{BBox, Direction, Glyph, PageContent, Place, SourceLine, Visibility};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Glyphs of one baseline or column, in reading order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GlyphLine {
    /// Indexes into [`PageContent::glyphs`], in reading order; painted spaces are left out.
    pub glyphs: Vec<u32>,
    /// Box around the glyphs.
    pub bbox: BBox,
    /// Which way the text runs.
    pub direction: Direction,
    /// Size of most of its glyphs in points.
    pub font_size: f64,
}

/// How far baselines of one line may lie from each other, in em: chained, and from first to last.
const BASELINE_STEP: f64 = 0.2;
const BASELINE_SPREAD: f64 = 0.45;
/// Smaller than this part of the line's size, a glyph is a note mark, index or ruby.
const SMALL: f64 = 0.86;
/// Gaps that are spaces, in em: between two narrow characters, and where a wide one takes part.
const LATIN_GAP: f64 = 0.15;
const CJK_GAP: f64 = 0.5;

/// Glyphs that a reader of the page sees: visible ones, or the hidden text layer of a scan when nothing
/// else is there. Glyphs without text or with broken coordinates are left out.
pub fn readable_glyphs(page: &PageContent) -> Vec<u32> {
    let of = |wanted: Visibility| -> Vec<u32> {
        let all = page.glyphs.iter().enumerate();
        all.filter(|(_, g)| g.visibility == wanted && is_sound(g)).map(|(i, _)| i as u32).collect()
    };
    let visible = of(Visibility::Visible);
    if visible.iter().any(|&i| page.glyphs.get(i as usize).is_some_and(|g| !is_blank(g))) {
        return visible;
    }
    of(Visibility::Invisible)
}

/// The readable glyphs of a page and, once they are asked for, their lines: tables and paragraphs read the same.
#[derive(Debug)]
pub(crate) struct ReadablePage<'p> {
    /// The page itself.
    pub(crate) page: &'p PageContent,
    /// What [`readable_glyphs`] gives.
    pub(crate) glyphs: Vec<u32>,
    lines: OnceCell<Vec<GlyphLine>>,
}

impl<'p> ReadablePage<'p> {
    /// The glyphs of a page.
    pub(crate) fn of(page: &'p PageContent) -> Self {
        Self { page, glyphs: readable_glyphs(page), lines: OnceCell::new() }
    }

    /// As [`lines_of`] gives them: those of all readable glyphs are found once.
    pub(crate) fn lines_of(&self, glyphs: &[u32]) -> Cow<'_, [GlyphLine]> {
        if glyphs == self.glyphs {
            Cow::Borrowed(self.lines.get_or_init(|| lines_of(self.page, glyphs)))
        } else {
            Cow::Owned(lines_of(self.page, glyphs))
        }
    }
}

fn is_sound(g: &Glyph) -> bool {
    let b = &g.bbox;
    !g.text.is_empty()
        && [b.x0, b.y0, b.x1, b.y1, g.origin.x, g.origin.y, g.font_size].iter().all(|v| v.is_finite())
}

/// Whether the glyph paints nothing (a space of any kind).
pub fn is_blank(g: &Glyph) -> bool {
    g.text.chars().all(|c| {
        // Kana and ideographs are most of any page.
        !matches!(c, '!'..='~' | '\u{3001}'..='\u{9fff}')
            && (c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
    })
}

/// Whether a character takes a full em in Japanese typesetting (ideographs, kana, full-width forms, marks).
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}'
        | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..='\u{25ff}' | '\u{2190}'..='\u{21ff}' | '\u{2605}'..='\u{2606}')
}

/// A glyph seen along its line: `along` runs in reading direction, `across` from line to line.
#[derive(Clone, Copy)]
struct Placed {
    index: u32,
    start: f64,
    end: f64,
    base: f64,
    size: f64,
}

fn size_of(g: &Glyph) -> f64 {
    if g.font_size > 0.1 { g.font_size } else { g.bbox.height().max(1.0) }
}

fn place_glyph(index: u32, g: &Glyph, direction: Direction) -> Placed {
    let b = &g.bbox;
    let (start, end, base) = match direction {
        Direction::Horizontal | Direction::Other => (b.x0, b.x1, g.origin.y),
        Direction::Vertical => (b.y0, b.y1, -b.center().x),
        Direction::Clockwise => (b.y0, b.y1, -g.origin.x),
        Direction::Anticlockwise => (-b.y1, -b.y0, g.origin.x),
    };
    Placed { index, start, end, base, size: size_of(g) }
}

/// Lines of the given glyphs of a page. Lines of one direction come in reading order (top to bottom;
/// columns of vertical text right to left); directions follow each other: horizontal, vertical, turned.
///
/// A line goes as far as its baseline does: text of neighbouring columns on one baseline is one line, with a
/// space at the gap. See [`split_at_gaps`].
pub fn lines_of(page: &PageContent, glyphs: &[u32]) -> Vec<GlyphLine> {
    let mut out = Vec::new();
    let upright = upright_columns(page, glyphs);
    let direction_of = |k: usize, g: &Glyph| if upright[k] { Direction::Vertical } else { g.direction };
    let mut present: Vec<Direction> = Vec::new();
    for (k, &i) in glyphs.iter().enumerate() {
        if let Some(direction) = page.glyphs.get(i as usize).map(|g| direction_of(k, g))
            && !present.contains(&direction)
        {
            present.push(direction);
        }
    }
    for direction in [
        Direction::Horizontal,
        Direction::Vertical,
        Direction::Clockwise,
        Direction::Anticlockwise,
        Direction::Other,
    ] {
        if !present.contains(&direction) {
            continue;
        }
        let mut placed: Vec<Placed> = Vec::with_capacity(glyphs.len());
        placed.extend(
            glyphs
                .iter()
                .enumerate()
                .filter_map(|(k, &i)| page.glyphs.get(i as usize).map(|g| (k, i, g)))
                .filter(|&(k, _, g)| direction_of(k, g) == direction && is_sound(g) && !is_blank(g))
                .map(|(_, i, g)| place_glyph(i, g, direction)),
        );
        placed.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.index.cmp(&b.index)));
        let mut clusters = cluster_baselines(&placed);
        attach_small(&mut clusters);
        out.extend(clusters.into_iter().map(|c| finish_line(page, c, direction)));
    }
    out
}

/// Which of the glyphs stand in columns of upright characters, painted one below the other with no leading:
/// vertical text of producers that have no vertical fonts.
fn upright_columns(page: &PageContent, glyphs: &[u32]) -> Vec<bool> {
    let mut out = vec![false; glyphs.len()];
    let letter = |g: &Glyph| {
        g.direction == Direction::Horizontal
            && g.text.chars().all(|c| is_wide(c) && (c.is_alphabetic() || c == 'ー'))
            && is_sound(g)
    };
    // A neighbour on the same baseline: the glyph belongs to a horizontal line after all.
    let beside = |k: Option<usize>, m: usize| {
        let at = |k: usize| glyphs.get(k).and_then(|&i| page.glyphs.get(i as usize));
        let (Some(a), Some(b)) = (k.and_then(at), at(m)) else { return false };
        let (p, q) = (a.bbox.center(), b.bbox.center());
        (p.y - q.y).abs() < 0.3 * size_of(b) && (p.x - q.x).abs() < 1.3 * size_of(b)
    };
    for (k, pair) in glyphs.windows(2).enumerate() {
        let [i, j] = *pair else { continue };
        let (Some(a), Some(b)) = (page.glyphs.get(i as usize), page.glyphs.get(j as usize)) else { continue };
        let em = size_of(a);
        let step = b.bbox.center().y - a.bbox.center().y;
        let below =
            (b.bbox.center().x - a.bbox.center().x).abs() < 0.1 * em && (0.8 * em..1.2 * em).contains(&step);
        if i + 1 != j || !below {
            continue;
        }
        // The one after a digit may be a digit: digits in such a column need letters on both sides.
        let digit = || b.text.chars().all(|c| ('０'..='９').contains(&c));
        let column = letter(a) && (letter(b) || digit()) || out[k] && letter(b);
        if column && !beside(k.checked_sub(1), k) && !beside(Some(k + 2), k + 1) {
            out[k] = true;
            out[k + 1] = true;
        }
    }
    out
}

/// Runs of glyphs, sorted by baseline, that share one.
fn cluster_baselines(placed: &[Placed]) -> Vec<Vec<Placed>> {
    // First baseline and largest size of the open cluster.
    let Some((mut first, mut size)) = placed.first().map(|p| (p.base, p.size)) else { return Vec::new() };
    let same = |p: &Placed, q: &Placed| {
        let em = size.min(q.size);
        let one = q.base - p.base <= BASELINE_STEP * em && q.base - first <= BASELINE_SPREAD * em;
        (first, size) = if one { (first, size.max(q.size)) } else { (q.base, q.size) };
        one
    };
    placed.chunk_by(same).map(<[Placed]>::to_vec).collect()
}

/// Moves raised or lowered small glyphs (note marks, indexes) to the line they hang on: the neighbouring
/// cluster that has a larger glyph right beside them.
fn attach_small(clusters: &mut Vec<Vec<Placed>>) {
    for c in clusters.iter_mut() {
        c.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.index.cmp(&b.index)));
    }
    // Nothing is small where all glyphs are about as large.
    let sizes = || clusters.iter().flatten().map(|p| p.size);
    let (least, most) = (sizes().fold(f64::INFINITY, f64::min), sizes().fold(0.0, f64::max));
    if most * SMALL <= least {
        return;
    }
    // What was attached to each line; kept apart so that the lines stay sorted while they are looked through.
    let mut attached: Vec<Vec<Placed>> = vec![Vec::new(); clusters.len()];
    for i in 0..clusters.len() {
        let mut kept = Vec::new();
        for run in runs_of(&std::mem::take(&mut clusters[i])) {
            // Raised marks stand above the baseline of their line, so the next cluster first.
            let near = (i + 1..(i + 4).min(clusters.len())).chain((i.saturating_sub(3)..i).rev());
            match near.into_iter().find(|&j| hangs_on(&run, &clusters[j])) {
                Some(j) => attached[j].extend(run),
                None => kept.extend(run),
            }
        }
        clusters[i] = kept;
    }
    for (line, marks) in clusters.iter_mut().zip(attached) {
        line.extend(marks);
    }
    clusters.retain(|c| !c.is_empty());
}

/// Splits sorted glyphs of one baseline where more than an em is free or the size changes.
fn runs_of(sorted: &[Placed]) -> Vec<Vec<Placed>> {
    let mut runs: Vec<Vec<Placed>> = Vec::new();
    for &p in sorted {
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|q| p.start - q.end < q.size && (p.size - q.size).abs() < 0.2 * q.size) =>
            {
                run.push(p);
            }
            _ => runs.push(vec![p]),
        }
    }
    runs
}

/// Whether a run of small glyphs stands right beside a larger glyph of `line`, within its height.
fn hangs_on(run: &[Placed], line: &[Placed]) -> bool {
    let (Some(first), Some(last), Some(host)) = (run.first(), run.last(), line.first()) else { return false };
    let offset = host.base - first.base; // positive: raised
    let largest = first.size / SMALL;
    if run.len() > 8 || offset > 0.9 * host.size.max(largest) || offset < -0.5 * host.size {
        return false;
    }
    // `line` is sorted by start: look only at neighbours.
    let after = line.partition_point(|p| p.start < first.start);
    let beside = |p: &Placed| {
        p.size * SMALL > first.size
            && p.base - first.base < 0.75 * p.size
            && (first.start - p.end).abs().min((p.start - last.end).abs()) < 0.3 * p.size
    };
    line[after.saturating_sub(2)..(after + 2).min(line.len())].iter().any(beside)
}

fn finish_line(page: &PageContent, mut placed: Vec<Placed>, direction: Direction) -> GlyphLine {
    placed.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.index.cmp(&b.index)));
    let boxes = placed.iter().filter_map(|p| page.glyphs.get(p.index as usize)).map(|g| &g.bbox);
    let bbox = BBox::union_all(boxes).unwrap_or_default();
    GlyphLine {
        bbox,
        direction,
        font_size: usual_size(placed.iter().map(|p| p.size)),
        glyphs: placed.into_iter().map(|p| p.index).collect(),
    }
}

/// The median of sizes; 0 when there are none.
fn usual_size(sizes: impl Iterator<Item = f64>) -> f64 {
    let mut sizes: Vec<f64> = sizes.collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// Splits a line of [`lines_of`] where more than `gap` em is free between two glyphs.
pub fn split_at_gaps(page: &PageContent, line: &GlyphLine, gap: f64) -> Vec<GlyphLine> {
    let glyphs = line.glyphs.iter().filter_map(|&i| page.glyphs.get(i as usize).map(|g| (i, g)));
    let mut placed: Vec<Placed> = Vec::with_capacity(line.glyphs.len());
    placed.extend(glyphs.map(|(i, g)| place_glyph(i, g, line.direction)));
    let mut end = f64::NEG_INFINITY;
    let near = |p: &Placed, q: &Placed| {
        end = end.max(p.end);
        q.start - end <= gap * q.size
    };
    let parts: Vec<&[Placed]> = placed.chunk_by(near).collect();
    if parts.len() == 1 {
        return vec![line.clone()];
    }
    parts.into_iter().map(|p| finish_line(page, p.to_vec(), line.direction)).collect()
}

/// The text of a line with a box for each character and its place.
///
/// One space stands wherever a real gap separates glyphs (a word gap of Latin text, half an em or more where
/// a full-width character takes part), however wide it is. Evenly letter-spaced Latin text stays closed.
pub fn source_line(page: &PageContent, line: &GlyphLine) -> SourceLine {
    let kept = without_doubles(page, line);
    let tracking = usual_tracking(&kept);
    let marks = note_marks_of(&kept, line);
    let spread = is_spread_word(&kept);
    // Most characters take three bytes; some lines have spaces between them.
    let mut text = String::with_capacity(kept.len() * 3 + 8);
    let mut boxes = Vec::with_capacity(kept.len() + 8);
    let mut end = f64::NEG_INFINITY;
    let mut before: Option<(&Glyph, Placed)> = None;
    for (k, &(g, p)) in kept.iter().enumerate() {
        let mark = marks.get(k).copied().flatten();
        if let Some((prev, q)) = before {
            let gap = BBox { x0: end, x1: p.start, y0: 0.0, y1: 0.0 };
            // A mark belongs to the word before it.
            let near = mark.is_some() && gap.width() < CJK_GAP * line.font_size;
            if !near && !spread && is_space(prev, &q, g, &p, gap.width(), tracking) {
                text.push(' ');
                boxes.push(gap_box(&prev.bbox, &g.bbox, line.direction));
            }
        }
        let n = g.text.chars().count();
        for (k, c) in g.text.chars().enumerate() {
            text.push(mark.unwrap_or(c));
            boxes.push(part_of(&g.bbox, k, n, line.direction));
        }
        end = end.max(p.end);
        before = Some((g, p));
    }
    let bbox = (!kept.is_empty()).then_some(line.bbox);
    SourceLine { text, place: Place { page: Some(page.number), bbox, line: None }, boxes }
}

/// For each glyph that is part of a note mark, the superscript character that stands for it.
fn note_marks_of(kept: &[(&Glyph, Placed)], line: &GlyphLine) -> Vec<Option<char>> {
    let small = |p: &Placed| p.size < SMALL * line.font_size;
    if !kept.iter().any(|(_, p)| small(p)) {
        return Vec::new();
    }
    let mut bases: Vec<f64> = kept.iter().filter(|(_, p)| !small(p)).map(|(_, p)| p.base).collect();
    bases.sort_by(f64::total_cmp);
    let Some(base) = bases.get(bases.len() / 2) else { return Vec::new() };
    let single = |g: &Glyph| Some(g.text.chars()).and_then(|mut c| c.next().filter(|_| c.next().is_none()));
    let raised: Vec<Raised> =
        kept.iter().map(|(g, p)| Raised { c: single(g), size: p.size, base: p.base }).collect();
    superscripts(&raised, line.font_size, *base)
}

/// The glyphs of a line without those painted twice in nearly the same place.
fn without_doubles<'a>(page: &'a PageContent, line: &GlyphLine) -> Vec<(&'a Glyph, Placed)> {
    let mut kept: Vec<(&Glyph, Placed)> = Vec::with_capacity(line.glyphs.len());
    for &i in &line.glyphs {
        let Some(g) = page.glyphs.get(i as usize) else { continue };
        let p = place_glyph(i, g, line.direction);
        let near = (0.3 * p.size).min(0.6 * (p.end - p.start).max(0.1));
        let doubled = kept.iter().rev().take(4).any(|(h, q)| {
            h.text == g.text && (p.start - q.start).abs() < near && (p.base - q.base).abs() < 0.3 * p.size
        });
        if !doubled {
            kept.push((g, p));
        }
    }
    kept
}

/// Even letter-spacing of narrow text: the median gap between narrow neighbours, at most half an em.
fn usual_tracking(kept: &[(&Glyph, Placed)]) -> f64 {
    let mut gaps: Vec<f64> = kept
        .windows(2)
        .filter(|w| w.iter().all(|(g, _)| !has_wide(g)))
        .filter_map(|w| match w {
            [(_, a), (_, b)] => Some((b.start - a.end) / a.size.min(b.size)),
            _ => None,
        })
        .collect();
    if gaps.len() < 3 {
        return 0.0;
    }
    gaps.sort_by(f64::total_cmp);
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    if median < 0.5 { median.max(0.0) } else { 0.0 }
}

/// Whether full-width letters are set apart by one and the same gap, about as wide as a space: one word, spread over
/// its cell (収 納 課).
fn is_spread_word(kept: &[(&Glyph, Placed)]) -> bool {
    /// Gaps from here on, in em, part words of one letter.
    const WIDEST: f64 = 0.8;
    const EVEN: f64 = 0.1;
    if !(3..=8).contains(&kept.len()) || !kept.iter().all(|(g, _)| has_wide(g)) {
        return false;
    }
    let gaps = kept.windows(2).filter_map(|w| match w {
        [(_, a), (_, b)] => Some((b.start - a.end) / a.size.min(b.size)),
        _ => None,
    });
    let (low, high) = gaps.fold((f64::MAX, f64::MIN), |(l, h), g| (l.min(g), h.max(g)));
    high - low < EVEN && low > 0.2 && high < WIDEST
}

fn has_wide(g: &Glyph) -> bool {
    g.text.chars().any(is_wide)
}

fn is_space(prev: &Glyph, q: &Placed, next: &Glyph, p: &Placed, gap: f64, tracking: f64) -> bool {
    let em = q.size.min(p.size);
    let threshold = if has_wide(prev) || has_wide(next) { CJK_GAP } else { LATIN_GAP + tracking };
    gap > threshold * em || leaves_mark(prev, q, next, p)
}

/// A raised small digit beside a digit of normal size is another number (１２０ with the mark １).
fn leaves_mark(prev: &Glyph, q: &Placed, next: &Glyph, p: &Placed) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (small, large) = if q.size < p.size { (q, p) } else { (p, q) };
    small.size < SMALL * large.size
        && large.base - small.base > 0.15 * large.size
        && digit(prev.text.chars().last())
        && digit(next.text.chars().next())
}

/// The box of a space between two glyphs; glyphs that overlap leave it empty.
fn gap_box(a: &BBox, b: &BBox, direction: Direction) -> BBox {
    let u = a.union(b);
    match direction {
        Direction::Horizontal | Direction::Other => BBox { x0: a.x1, x1: b.x0.max(a.x1), ..u },
        Direction::Vertical | Direction::Clockwise => BBox { y0: a.y1, y1: b.y0.max(a.y1), ..u },
        Direction::Anticlockwise => BBox { y0: b.y1.min(a.y0), y1: a.y0, ..u },
    }
}

/// The share of the `k`th of `n` characters in a glyph's box.
fn part_of(b: &BBox, k: usize, n: usize, direction: Direction) -> BBox {
    let (from, to) = (k as f64 / n as f64, (k + 1) as f64 / n as f64);
    let (w, h) = (b.width(), b.height());
    match direction {
        _ if n <= 1 => *b,
        Direction::Horizontal | Direction::Other => BBox { x0: b.x0 + from * w, x1: b.x0 + to * w, ..*b },
        Direction::Vertical | Direction::Clockwise => BBox { y0: b.y0 + from * h, y1: b.y0 + to * h, ..*b },
        Direction::Anticlockwise => BBox { y0: b.y1 - to * h, y1: b.y1 - from * h, ..*b },
    }
}

#[cfg(test)]
mod tests;
