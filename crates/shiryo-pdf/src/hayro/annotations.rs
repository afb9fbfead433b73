//! Annotations of a page: comments, stamps and typed-on text with their places, and values of form fields.

use super::device::{ASCENT, DESCENT, EM, to_bbox};
use crate::facts::text_string;
use crate::overlays::{AnnotationArea, MOST_OVERLAYS};
use hayro_interpret::RectExt;
use hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_syntax::page::Page;
use kurbo::Affine;
use shiryo_model::{BBox, Glyph, OverlayKind};
use smol_str::ToSmolStr;

/// Annotations that are looked at; forms have some hundred fields.
const MOST_LOOKED_AT: usize = 5_000;
/// Bits of `/F`: not shown, not shown on screen.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Bit of `/Ff` of a text field: a password.
const PASSWORD: u32 = 1 << 13;
/// Fields inherit from parents; no form nests deeper than this.
const DEEPEST_FIELD: usize = 16;
/// Characters of a comment or value that are kept.
const LONGEST: usize = 10_000;
/// Size of letters in fields that leave it to the viewer, in points.
const FIELD_SIZE: f64 = 12.0;

/// What the annotations of a page say.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    /// Where each lies, in the order they are painted.
    pub(super) areas: Vec<AnnotationArea>,
    /// Values of form fields that have no appearance of their own.
    pub(super) values: Vec<Glyph>,
}

/// The annotations of `page`; `transform` leads from its space to points on the page as seen.
pub(super) fn of(page: &Page<'_>, transform: Affine) -> Annotations {
    let mut out = Annotations::default();
    let Some(list) = page.raw().get::<Array<'_>>("Annots") else { return out };
    for annotation in list.iter::<Dict<'_>>().take(MOST_LOOKED_AT) {
        if annotation.get::<u32>("F").unwrap_or(0) & UNSEEN != 0 {
            continue;
        }
        let (Some(subtype), Some(rect)) =
            (annotation.get::<Name<'_>>("Subtype"), annotation.get::<Rect>("Rect"))
        else {
            continue;
        };
        let bbox = to_bbox(transform.transform_rect_bbox(rect.to_kurbo()));
        let kind = match subtype.as_ref() {
            b"Link" | b"Popup" | b"PrinterMark" | b"TrapNet" | b"Screen" | b"Movie" | b"Sound" | b"3D" => {
                continue;
            }
            b"Widget" => {
                if !has_appearance(&annotation) {
                    write_value(&annotation, &bbox, &mut out.values);
                }
                None
            }
            b"Watermark" => Some(OverlayKind::Watermark),
            b"Stamp" => Some(OverlayKind::Stamp),
            _ => Some(OverlayKind::Annotation),
        };
        if out.areas.len() < MOST_OVERLAYS {
            let words = annotation.get::<PdfString<'_>>("Contents").map(|s| cut(&text_string(s.as_bytes())));
            out.areas.push(AnnotationArea { kind, bbox, words: words.unwrap_or_default() });
        }
    }
    out
}

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn has_appearance(annotation: &Dict<'_>) -> bool {
    annotation.get::<Dict<'_>>("AP").is_some_and(|ap| ap.contains_key("N"))
}

/// A key of a field, its own or inherited.
fn inherited<'a, T>(field: &Dict<'a>, get: impl Fn(&Dict<'a>) -> Option<T>) -> Option<T> {
    let mut field = field.clone();
    for _ in 0..DEEPEST_FIELD {
        if let Some(found) = get(&field) {
            return Some(found);
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// Writes the value of a text or choice field into its box, as a viewer does for forms without appearances.
fn write_value(field: &Dict<'_>, bbox: &BBox, out: &mut Vec<Glyph>) {
    let kind = inherited(field, |d| d.get::<Name<'_>>("FT"));
    if !kind.is_some_and(|k| matches!(k.as_ref(), b"Tx" | b"Ch")) {
        return;
    }
    if inherited(field, |d| d.get::<u32>("Ff")).unwrap_or(0) & PASSWORD != 0 {
        return;
    }
    let Some(value) = inherited(field, |d| d.get::<PdfString<'_>>("V")) else { return };
    let value = cut(&text_string(value.as_bytes()));
    let declared = inherited(field, |d| d.get::<PdfString<'_>>("DA")).and_then(|da| font_size(da.as_bytes()));
    let lines: Vec<&str> = value.split(['\n', '\r']).filter(|l| !l.trim().is_empty()).collect();
    let room = bbox.height() / lines.len().max(1) as f64;
    let size = declared.unwrap_or(FIELD_SIZE).min(room * 0.9).max(1.0);
    let mut middle = bbox.center().y - room * (lines.len().saturating_sub(1)) as f64 / 2.0;
    for line in lines {
        let baseline = middle + size * (ASCENT + DESCENT) / 2.0 / EM;
        let mut x = bbox.x0 + 2.0;
        for c in line.chars() {
            let advance = if c.is_ascii() || ('｡'..='ﾟ').contains(&c) { size / 2.0 } else { size };
            let glyph = Glyph::on_baseline(c.to_smolstr(), x, baseline, size, advance);
            out.push(Glyph { font: u32::MAX, color: Some(0), ..glyph });
            x += advance;
        }
        middle += room;
    }
}

/// The size a default appearance (`/Helv 9 Tf 0 g`) asks for; `None` where the viewer may choose.
fn font_size(appearance: &[u8]) -> Option<f64> {
    let text = String::from_utf8_lossy(appearance);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let at = words.iter().position(|w| *w == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok().filter(|size: &f64| (1.0..=200.0).contains(size))
}
