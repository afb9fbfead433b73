//! Tesseract's hOCR output (with `hocr_char_boxes`) to glyphs.
//!
//! hOCR is HTML in which each recognised character is a `span` of class `ocrx_cinfo` whose title holds
//! `x_bboxes` (pixels) and `x_conf` (percent); its line is a `span` of class `ocr_line` or one of its kin.

use crate::Recognised;
use regex::Regex;
use shiryo_model::{BBox, Direction, Glyph, Point, Visibility};
use smol_str::SmolStr;
use std::sync::LazyLock;

/// One pattern for what matters: where a line begins, and each character.
static PIECES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"class='(?<line>ocr_line|ocr_caption|ocr_header|ocr_textfloat)'[^>]*bbox (?<l>[\d ]+)"#,
        r#"|class='ocrx_cinfo' title='x_bboxes (?<c>[\d ]+); x_conf (?<conf>[\d.]+)'>(?<text>[^<]*)<"#
    ))
    .ok()
});

/// Characters less certain than this are noise of the paper more often than words.
const MIN_CONFIDENCE: f64 = 10.0;

/// A recognised character.
pub(crate) struct Character {
    pub(crate) glyph: Glyph,
    /// 0–1.
    pub(crate) confidence: f64,
}

impl Character {
    /// Where it stands and how certain it is.
    pub(crate) fn recognised(&self) -> Recognised {
        let digit = self.glyph.text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        Recognised { bbox: self.glyph.bbox, confidence: self.confidence, digit }
    }

    /// Cuts the glyph's box to its cell: Tesseract gives a lone mark the box of the whole image.
    pub(crate) fn keep_inside(&mut self, cell: &BBox) {
        if let Some(inside) = self.glyph.bbox.intersection(cell) {
            self.glyph.bbox = inside;
            self.glyph.origin.x = inside.x0;
        }
    }
}

/// Characters of one image in reading order; boxes in points, `scale` points a pixel, for an image whose top
/// left corner lies at `corner` (pixels) on the page.
pub(crate) fn characters(hocr: &str, corner: (f64, f64), scale: f64) -> Vec<Character> {
    let Some(pieces) = PIECES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    let mut line = BBox::default();
    let mut line_start = 0;
    for piece in pieces.captures_iter(hocr) {
        if let Some(l) = piece.name("l") {
            close_up(found.get_mut(line_start..).unwrap_or_default());
            line_start = found.len();
            line = pixels(l.as_str(), corner).unwrap_or_default();
            continue;
        }
        let bbox = piece.name("c").and_then(|c| pixels(c.as_str(), corner));
        let (Some(text), Some(b)) = (piece.name("text"), bbox) else { continue };
        let percent: f64 = piece.name("conf").and_then(|c| c.as_str().parse().ok()).unwrap_or(0.0);
        let text = unescape(text.as_str());
        if percent >= MIN_CONFIDENCE && !text.trim().is_empty() {
            found.push(Character { glyph: glyph(&text, &b, &line, scale), confidence: percent / 100.0 });
        }
    }
    close_up(found.get_mut(line_start..).unwrap_or_default());
    found
}

/// Gives the characters of a line the room that their type takes up.
///
/// Tesseract's boxes hold the ink, and that only roughly: a narrow digit of full-width type seems to stand far
/// from its neighbours (`1 2社`), and boxes of like digits lie over one another, as if painted twice. Boxes are cut
/// where the next begins, and drawn out to it where the gap is not that of a space.
fn close_up(line: &mut [Character]) {
    let mut wide: Vec<f64> =
        line.iter().filter(|c| !is_narrow(&c.glyph)).map(|c| c.glyph.bbox.width()).collect();
    wide.sort_by(f64::total_cmp);
    // A wide character's ink leaves a sixth of its em free; few of them may all be slim ones (6月).
    let em = wide.get(wide.len() / 2).filter(|_| wide.len() >= 3).map(|w| 1.2 * w);
    // Digits behind a letter are a name's (R4 655回).
    let mut named = false;
    for i in 1..line.len() {
        let (before, after) = line.split_at_mut(i);
        let (Some(left), Some(right)) = (before.last_mut(), after.first()) else { return };
        let (l, r) = (&left.glyph, &right.glyph);
        if l.direction != Direction::Horizontal || r.direction != Direction::Horizontal {
            continue;
        }
        named = is_letter(l) || named && is_number(l);
        let reach = match (is_letter(l) || is_letter(r), is_number(l) && is_number(r)) {
            (true, _) => 0.0,
            (false, true) => {
                if named {
                    0.0
                } else {
                    DIGIT_REACH
                }
            }
            (false, false) => WIDE_REACH,
        };
        let gap = r.bbox.x0 - l.bbox.x1;
        let em = em.unwrap_or(l.font_size.min(r.font_size));
        if r.bbox.x0 > l.bbox.x0 && gap < reach * em {
            left.glyph.bbox.x1 = r.bbox.x0;
        }
    }
}

/// Gaps between digits that are no spaces, in em: a figure 1 in full-width type leaves most of its em free.
const DIGIT_REACH: f64 = 0.5;
/// The same where a wide character takes part.
const WIDE_REACH: f64 = 0.7;

fn is_narrow(g: &Glyph) -> bool {
    g.text.is_ascii()
}

fn is_letter(g: &Glyph) -> bool {
    g.text.chars().any(|c| c.is_ascii_alphabetic())
}

/// Digits and what stands between the digits of a number.
fn is_number(g: &Glyph) -> bool {
    g.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '，' | '．' | '０'..='９'))
}

/// A round character alone in a table cell is the mark 〇, whatever round letter it was taken for.
pub(crate) fn marks(mut characters: Vec<Character>) -> Vec<Character> {
    if let [only] = characters.as_mut_slice()
        && matches!(only.glyph.text.as_str(), "O" | "o" | "0" | "Ｏ" | "の" | "〇" | "○" | "◯")
        && (only.glyph.bbox.width() / only.glyph.bbox.height().max(0.1)) > 0.7
    {
        only.glyph.text = SmolStr::new_static("〇");
    }
    characters
}

/// A glyph whose box spans the height of its line, so that the characters of a line share their baseline.
fn glyph(text: &str, b: &BBox, line: &BBox, scale: f64) -> Glyph {
    let vertical = line.height() > 3.0 * line.width() && line.width() > 0.0;
    let inside = line.contains(b.center());
    let seen = match (inside, vertical) {
        (true, false) => BBox { y0: line.y0, y1: line.y1, ..*b },
        (true, true) => BBox { x0: line.x0, x1: line.x1, ..*b },
        (false, _) => *b,
    };
    let bbox = BBox::new(seen.x0 * scale, seen.y0 * scale, seen.x1 * scale, seen.y1 * scale);
    Glyph {
        text: SmolStr::new(text),
        bbox,
        origin: Point { x: bbox.x0, y: bbox.y1 - 0.12 * bbox.height() },
        font_size: if vertical { bbox.width() } else { bbox.height() },
        font: 0,
        bold: false,
        direction: if vertical { Direction::Vertical } else { Direction::Horizontal },
        visibility: Visibility::Visible,
        color: None,
    }
}

/// `x0 y0 x1 y1` in pixels of an image whose top left corner is `corner`.
fn pixels(text: &str, corner: (f64, f64)) -> Option<BBox> {
    let mut n = text.split_whitespace().map(|v| v.parse::<f64>().ok());
    let (x, y) = corner;
    Some(BBox::new(n.next()?? + x, n.next()?? + y, n.next()?? + x, n.next()?? + y))
}

/// The five entities that hOCR uses.
fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = concat!(
        "<span class='ocr_line' id='line_1_1' title=\"bbox 100 200 700 250; baseline 0 -5\">",
        "<span class='ocrx_word' id='word_1_1' title='bbox 100 200 200 250; x_wconf 90'>",
        "<span class='ocrx_cinfo' title='x_bboxes 100 205 145 248; x_conf 96.5'>区</span>",
        "<span class='ocrx_cinfo' title='x_bboxes 150 205 195 248; x_conf 80.5'>&amp;</span>",
        "<span class='ocrx_cinfo' title='x_bboxes 300 205 310 248; x_conf 3.0'>|</span></span></span>"
    );

    #[test]
    fn characters_become_glyphs_in_points() {
        let found = characters(SAMPLE, (0.0, 0.0), 0.24);
        let text: String = found.iter().map(|c| c.glyph.text.as_str()).collect();
        assert_eq!(text, "区&");
        assert!((found[1].confidence - 0.805).abs() < 1e-9);
        assert_eq!(found[0].glyph.bbox.rounded(), [24.0, 48.0, 36.0, 60.0]);
        assert_eq!(found[0].glyph.direction, Direction::Horizontal);
    }

    #[test]
    fn a_crop_lies_where_it_was_cut() {
        let found = characters(SAMPLE, (100.0, 50.0), 0.24);
        assert_eq!(found[0].glyph.bbox.rounded(), [48.0, 60.0, 60.0, 72.0]);
    }

    /// A line of characters with the boxes `x0`–`x1` on a line 46 pixels high.
    fn line(characters: &[(&str, u32, u32)]) -> String {
        let spans = characters.iter().map(|(text, x0, x1)| {
            format!("<span class='ocrx_cinfo' title='x_bboxes {x0} 2 {x1} 44; x_conf 90'>{text}</span>")
        });
        let spans: String = spans.collect();
        format!("<span class='ocr_line' title=\"bbox 0 0 900 46\">{spans}</span>")
    }

    fn gaps(characters: &[(&str, u32, u32)]) -> Vec<f64> {
        let found = super::characters(&line(characters), (0.0, 0.0), 1.0);
        found.windows(2).map(|w| w[1].glyph.bbox.x0 - w[0].glyph.bbox.x1).collect()
    }

    #[test]
    fn narrow_ink_in_full_width_type_leaves_no_space() {
        assert_eq!(gaps(&[("含", 0, 37), ("1", 50, 58), ("2", 76, 94), ("社", 102, 142)]), [0.0; 3]);
        // A full-width space is one, and so is the gap behind a name with digits.
        let apart = gaps(&[("R", 0, 20), ("4", 22, 40), ("6", 58, 76), ("回", 84, 122), ("計", 180, 218)]);
        assert!(apart[1] > 0.0 && apart[3] > 50.0, "{apart:?}");
    }

    #[test]
    fn boxes_of_like_digits_do_not_lie_over_one_another() {
        let found = super::characters(&line(&[("0", 0, 24), ("0", 7, 46), ("件", 60, 98)]), (0.0, 0.0), 1.0);
        assert!((found[0].glyph.bbox.x1 - 7.0).abs() < 1e-9, "{:?}", found[0].glyph.bbox);
    }

    #[test]
    fn rubbish_gives_nothing() {
        assert!(characters("", (0.0, 0.0), 0.24).is_empty());
        assert!(
            characters("<span class='ocrx_cinfo' title='x_bboxes 1 2; x_conf 99'>x<", (0.0, 0.0), 0.24)
                .is_empty()
        );
    }
}
