//! Lines of source text to one normalised [`Text`].

use crate::normalise;
use shiryo_model::{LineStart, RawText, Text};

/// Joins the lines of one block or cell and normalises them, keeping the way back to each character.
pub fn compose(lines: RawText) -> Text {
    let mut out = Text::default();
    let mut at = 0u32;
    for line in lines {
        if !out.raw.is_empty() {
            out.raw.push('\n');
            if !out.boxes.is_empty() {
                out.boxes.push(Default::default());
            }
            at += 1;
        }
        out.lines.push(LineStart { start: at, place: line.place });
        let (text, map) = normalise(&line.text);
        out.text.push_str(&text);
        out.map.extend(map.into_iter().map(|i| i + at));
        at += line.text.chars().count() as u32;
        out.raw.push_str(&line.text);
        out.boxes.extend(line.boxes);
    }
    out
}
