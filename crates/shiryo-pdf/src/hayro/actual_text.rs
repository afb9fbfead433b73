//! Marked content: `/ActualText`, what it means in place of what its glyphs say, and watermarks.

use crate::canvas::Canvas;
use crate::facts::text_string;
use crate::radicals;
use smol_str::SmolStr;

/// One open marked-content sequence.
#[derive(Debug)]
struct Sequence {
    text: Option<String>,
    /// Whether it is laid over or under the page.
    watermark: bool,
    /// Number of glyphs on the page when it began.
    from: usize,
}

/// The marked-content sequences that are open.
#[derive(Debug, Default)]
pub(super) struct MarkedContent {
    open: Vec<Sequence>,
}

/// Sequences nested deeper than this are counted but not remembered.
const DEEPEST: usize = 10_000;

impl MarkedContent {
    /// A sequence begins; `actual_text` is its `/ActualText` as written.
    pub(super) fn begin(&mut self, actual_text: Option<&[u8]>, watermark: bool, canvas: &Canvas) {
        let inside = self.open.iter().rev().take(64).any(|s| s.text.is_some());
        // The outermost replacement holds for everything inside.
        let text = actual_text.filter(|_| !inside).map(text_string);
        if self.open.len() < DEEPEST {
            self.open.push(Sequence { text, watermark, from: canvas.glyphs.len() });
        }
    }

    /// The innermost sequence ends; its glyphs get their text.
    pub(super) fn end(&mut self, canvas: &mut Canvas) {
        let Some(Sequence { text, watermark, from }) = self.open.pop() else { return };
        if let Some(text) = text {
            replace(canvas, from, &text);
        }
        if watermark {
            canvas.overlays.watermark(from..canvas.glyphs.len());
        }
    }

    /// The page ends; sequences left open are closed.
    pub(super) fn finish(&mut self, canvas: &mut Canvas) {
        while !self.open.is_empty() {
            self.end(canvas);
        }
    }
}

/// Spreads `text` over the glyphs painted since `from`.
fn replace(canvas: &mut Canvas, from: usize, text: &str) {
    let Some(text) = radicals::clean(text) else { return };
    let Some(glyphs) = canvas.glyphs.get_mut(from..) else { return };
    let chars: Vec<char> = text.chars().collect();
    let count = glyphs.len();
    if count == 0 {
        return;
    }
    let mut decoded = 0;
    for (i, glyph) in glyphs.iter_mut().enumerate() {
        // Character j belongs to glyph j × glyphs / characters: one each when there are as many.
        let first = (i * chars.len()).div_ceil(count);
        let last = ((i + 1) * chars.len()).div_ceil(count);
        let own: SmolStr = chars.get(first..last).unwrap_or_default().iter().copied().collect();
        decoded += u32::from(glyph.text.is_empty());
        glyph.text = own;
    }
    canvas.undecoded = canvas.undecoded.saturating_sub(decoded);
    merge_empty(canvas, from);
}

/// Glyphs that got no character of the replacement belong to the one before them.
fn merge_empty(canvas: &mut Canvas, from: usize) {
    let mut kept = from;
    for i in from..canvas.glyphs.len() {
        let Some(glyph) = canvas.glyphs.get(i) else { break };
        if glyph.text.is_empty() && kept > from {
            let bbox = glyph.bbox;
            if let Some(before) = canvas.glyphs.get_mut(kept - 1) {
                // Not over a line break: that would make a box over half the page.
                let near = before.bbox.expand(before.font_size).intersection(&bbox).is_some();
                if near {
                    before.bbox = before.bbox.union(&bbox);
                }
            }
        } else {
            canvas.glyphs.swap(kept, i);
            canvas.glyph_orders.swap(kept, i);
            kept += 1;
        }
    }
    canvas.glyphs.truncate(kept);
    canvas.glyph_orders.truncate(kept);
}
