//! What stands on a page without being part of its content: watermarks, stamps, annotations, text nobody sees.
//! Kept, each as a block of its own at the end of its page.

use crate::lines::{GlyphLine, is_blank, lines_of, source_line};
use shiryo_model::{
    BBox, BlockKind, Direction, Overlay, OverlayKind, PageContent, Place, SourceLine, Visibility,
};

/// Lines of one such thing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Apart {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its lines.
    pub(crate) lines: Vec<SourceLine>,
    /// For readings: the word they belong to.
    pub(crate) of: String,
}

/// How much larger than the text a watermark is.
const LARGE: f64 = 2.0;
/// A colour at least this light, of 255, may lie under text without disturbing it.
const LIGHT: u32 = 150;
/// Characters of text that must stand on a light letter to make it a watermark.
const MOST_LETTERS: usize = 200;

/// The page without the watermarks that lie over or under its text, and those; `None` where there are none.
///
/// A watermark is much larger than the text and stands at an angle, or is light with text printed over it.
pub(crate) fn without_watermarks(page: &PageContent) -> Option<(PageContent, Vec<Apart>)> {
    let seen = |g: &&shiryo_model::Glyph| g.visibility == Visibility::Visible && !is_blank(g);
    let mut sizes: Vec<f64> = page.glyphs.iter().filter(seen).map(|g| g.font_size).collect();
    let half = sizes.len() / 2;
    if half >= sizes.len() {
        return None;
    }
    let (_, body, _) = sizes.select_nth_unstable_by(half, f64::total_cmp);
    let body = body.max(0.1);
    let large: Vec<usize> = page
        .glyphs
        .iter()
        .enumerate()
        .filter(|(_, g)| g.font_size >= LARGE * body && seen(g) && !g.text.is_empty())
        .map(|(i, _)| i)
        .take(MOST_LETTERS + 1)
        .collect();
    if large.is_empty() || large.len() > MOST_LETTERS {
        return None;
    }
    let marks: Vec<usize> = large
        .into_iter()
        .filter(|&i| page.glyphs.get(i).is_some_and(|g| is_slanted(g) || is_printed_over(g, page, body)))
        .collect();
    if marks.is_empty() {
        return None;
    }
    let mut rest = page.clone();
    let mut number = 0;
    let mut taken = Vec::new();
    rest.glyphs.retain(|g| {
        let mark = marks.binary_search(&number).is_ok();
        number += 1;
        if mark {
            taken.push(g.clone());
        }
        !mark
    });
    let watermark = Overlay { kind: OverlayKind::Watermark, glyphs: taken, ..Overlay::default() };
    Some((rest, vec![apart_of(&watermark, page)]))
}

/// Whether a glyph stands at an angle, neither level nor upright nor on its head.
fn is_slanted(g: &shiryo_model::Glyph) -> bool {
    // The box of a level glyph is about as high as the em; that of a slanted one is larger both ways.
    g.direction == Direction::Other
        && g.bbox.height() > 1.1 * g.font_size
        && g.bbox.width() > 0.3 * g.font_size
}

/// Whether a light glyph has text of the page's size printed over it.
fn is_printed_over(g: &shiryo_model::Glyph, page: &PageContent, body: f64) -> bool {
    let light = g.color.is_some_and(|c| {
        let (r, g, b) = (c >> 16 & 0xff, c >> 8 & 0xff, c & 0xff);
        (77 * r + 150 * g + 29 * b) >> 8 >= LIGHT
    });
    let over = |o: &&shiryo_model::Glyph| {
        o.visibility == Visibility::Visible
            && o.font_size < 0.7 * g.font_size
            && o.font_size <= 1.5 * body
            && !is_blank(o)
            && g.bbox.contains(o.bbox.center())
    };
    light && page.glyphs.iter().filter(over).nth(1).is_some()
}

/// Annotations, stamps and watermarks that the file itself names.
pub(crate) fn overlays(page: &PageContent) -> Vec<Apart> {
    page.overlays.iter().map(|o| apart_of(o, page)).filter(|a| !a.lines.is_empty()).collect()
}

fn apart_of(overlay: &Overlay, page: &PageContent) -> Apart {
    let kind = match overlay.kind {
        OverlayKind::Annotation => BlockKind::Annotation,
        OverlayKind::Stamp => BlockKind::Stamp,
        OverlayKind::Watermark => BlockKind::Watermark,
    };
    let own = PageContent {
        number: page.number,
        width: page.width,
        height: page.height,
        glyphs: overlay.glyphs.clone(),
        ..PageContent::default()
    };
    let all = 0..u32::try_from(own.glyphs.len()).unwrap_or(u32::MAX);
    let at_angle = |i: &u32| own.glyphs.get(*i as usize).is_some_and(|g| g.direction == Direction::Other);
    let (slanted, level): (Vec<u32>, Vec<u32>) = all.partition(at_angle);
    let mut painted = lines_of(&own, &level);
    painted.extend(in_painting_order(&own, slanted));
    let mut lines: Vec<SourceLine> = painted.iter().map(|l| source_line(&own, l)).collect();
    if lines.is_empty() {
        let stated = overlay.words.lines().filter(|l| !l.trim().is_empty());
        lines = stated.map(|l| stated_line(l, page.number, overlay.bbox)).collect();
    }
    Apart { kind, lines, of: String::new() }
}

/// Letters at an angle stand on no common baseline; they are painted in their order.
fn in_painting_order(page: &PageContent, glyphs: Vec<u32>) -> Option<GlyphLine> {
    let of = |i: &u32| page.glyphs.get(*i as usize);
    let bbox = BBox::union_all(glyphs.iter().filter_map(of).map(|g| &g.bbox))?;
    let font_size = glyphs.first().and_then(of)?.font_size;
    Some(GlyphLine { glyphs, bbox, direction: Direction::Other, font_size })
}

/// A line that the file states without painting it; all of it stands where the annotation does.
fn stated_line(words: &str, page: u32, bbox: BBox) -> SourceLine {
    SourceLine {
        text: words.to_owned(),
        place: Place { page: Some(page), bbox: Some(bbox), line: None },
        boxes: vec![bbox; words.chars().count()],
    }
}
