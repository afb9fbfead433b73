//! What is put over or under a page and is not its content: annotations and watermarks.

use shiryo_model::{BBox, Glyph, Overlay, OverlayKind, Visibility};
use std::ops::Range;

/// Annotations and watermarks of a page that are kept.
pub(crate) const MOST_OVERLAYS: usize = 256;

/// Where an annotation lies and what it is.
#[derive(Debug, Clone)]
pub(crate) struct AnnotationArea {
    /// `None` for form fields: what is filled into a form is content.
    pub(crate) kind: Option<OverlayKind>,
    /// Its box on the page.
    pub(crate) bbox: BBox,
    /// Its words as the file states them.
    pub(crate) words: String,
}

/// Which glyphs of a page are no content, known while it is painted.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    watermarks: Vec<Range<usize>>,
    annotations: Vec<AnnotationArea>,
    /// Number of the first glyph that annotations painted.
    annotated_from: Option<usize>,
}

impl Overlays {
    /// These glyphs are a watermark.
    pub(crate) fn watermark(&mut self, glyphs: Range<usize>) {
        if !glyphs.is_empty() && self.watermarks.len() < MOST_OVERLAYS {
            self.watermarks.push(glyphs);
        }
    }

    /// From glyph number `from` on the annotations paint themselves.
    pub(crate) fn annotations(&mut self, areas: Vec<AnnotationArea>, from: usize) {
        self.annotations = areas;
        self.annotated_from = Some(from);
    }

    /// Takes the glyphs of watermarks and annotations out of the page's.
    pub(crate) fn set_aside(self, glyphs: &mut Vec<Glyph>) -> Vec<Overlay> {
        let watermarks = self.watermarks.len();
        let overlay = |kind, words| Overlay { kind, words, ..Overlay::default() };
        let mut out: Vec<Overlay> =
            self.watermarks.iter().map(|_| overlay(OverlayKind::Watermark, String::new())).collect();
        out.extend(
            self.annotations
                .iter()
                .map(|a| Overlay { bbox: a.bbox, ..overlay(a.kind.unwrap_or_default(), a.words.clone()) }),
        );
        let from = self.annotated_from.unwrap_or(usize::MAX);
        if watermarks > 0 || glyphs.len() > from {
            // Annotations paint one after the other: the last one met is looked at first.
            let mut last = 0;
            let mut number = 0;
            glyphs.retain(|glyph| {
                let i = number;
                number += 1;
                let owner = if i >= from {
                    owner_of(&self.annotations, glyph, &mut last).map(|k| watermarks + k)
                } else {
                    self.watermarks.iter().position(|w| w.contains(&i))
                };
                match owner.and_then(|k| out.get_mut(k)) {
                    Some(overlay) => {
                        if glyph.visibility == Visibility::Visible {
                            overlay.glyphs.push(glyph.clone());
                        }
                        false
                    }
                    None => true,
                }
            });
        }
        for overlay in &mut out {
            if overlay.kind == OverlayKind::Watermark {
                overlay.bbox = BBox::union_all(overlay.glyphs.iter().map(|g| &g.bbox)).unwrap_or_default();
            }
        }
        let mut kinds =
            std::iter::repeat_n(true, watermarks).chain(self.annotations.iter().map(|a| a.kind.is_some()));
        out.retain(|o| kinds.next().unwrap_or(false) && (!o.glyphs.is_empty() || !o.words.is_empty()));
        out
    }
}

/// The annotation that painted a glyph, form fields left out.
fn owner_of(areas: &[AnnotationArea], glyph: &Glyph, last: &mut usize) -> Option<usize> {
    let center = glyph.bbox.center();
    let around = (*last..areas.len()).chain(0..(*last).min(areas.len()));
    let found =
        around.into_iter().find(|&k| areas.get(k).is_some_and(|a| a.bbox.expand(1.0).contains(center)))?;
    *last = found;
    areas.get(found).and_then(|a| a.kind).map(|_| found)
}
