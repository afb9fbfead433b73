//! Lines to one [`Text`], list items kept apart by `\n`.

use super::marker::{MarkerKind, leading_marker};
use shiryo_model::{LineStart, RawText, SourceLine, Text};

/// Normalised text of the lines of a cell: broken lines joined, list items on lines of their own.
pub(crate) fn cell_text(lines: RawText) -> Text {
    let mut items: Vec<RawText> = Vec::new();
    for line in lines {
        if line.text.trim().is_empty() {
            continue;
        }
        match items.last_mut() {
            Some(open) if !begins_item(&line.text) => open.push(line),
            _ => items.push(vec![line]),
        }
    }
    join_texts(items.into_iter().map(shiryo_ja::compose))
}

/// Whether a line inside a cell begins a list item.
pub(crate) fn begins_item(line: &str) -> bool {
    leading_marker(line).is_some_and(|m| !m.weak && m.kind != MarkerKind::Bracket)
}

/// Texts one below the other, each on a line of its own.
pub(crate) fn join_texts(texts: impl IntoIterator<Item = Text>) -> Text {
    let mut out = Text::default();
    let mut length = 0u32; // characters of `out.raw`
    for t in texts {
        if t.raw.is_empty() {
            continue;
        }
        if out.raw.is_empty() {
            length = char_count(&t.raw);
            out = t;
            continue;
        }
        let boxed = !out.boxes.is_empty() || !t.boxes.is_empty();
        let at = length;
        if boxed {
            out.boxes.resize(at as usize + 1, Default::default());
        }
        out.raw.push('\n');
        if !out.text.is_empty() && !t.text.is_empty() {
            out.text.push('\n');
            out.map.push(at);
        }
        let start = at + 1;
        length = start.saturating_add(char_count(&t.raw));
        out.raw.push_str(&t.raw);
        out.text.push_str(&t.text);
        out.map.extend(t.map.iter().map(|i| i + start));
        out.lines.extend(t.lines.iter().map(|l| LineStart { start: l.start + start, place: l.place }));
        if boxed {
            out.boxes.extend(t.boxes);
            out.boxes.resize(length as usize, Default::default());
        }
    }
    out
}

fn char_count(s: &str) -> u32 {
    u32::try_from(s.chars().count()).unwrap_or(u32::MAX)
}

/// A line without its first `bytes` bytes, boxes cut alike; the whole line when that is no character edge.
pub(crate) fn without_prefix(mut line: SourceLine, bytes: usize) -> SourceLine {
    let Some((gone, rest)) = line.text.split_at_checked(bytes) else { return line };
    let chars = gone.chars().count();
    let rest = rest.to_string();
    if !line.boxes.is_empty() {
        line.boxes.drain(..chars.min(line.boxes.len()));
    }
    line.text = rest;
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::Place;

    fn line(text: &str, n: u32) -> SourceLine {
        SourceLine { text: text.into(), place: Place { line: Some(n), ..Default::default() }, boxes: vec![] }
    }

    #[test]
    fn list_items_keep_their_lines_and_places() {
        let t = cell_text(vec![line("・R4 3回", 7), line("・R5 同等の", 8), line("予定", 9)]);
        assert_eq!(t.text, "・R4 3回\n・R5 同等の予定");
        assert_eq!(t.map.len(), t.text.chars().count());
        let at = t.text.chars().position(|c| c == '予').unwrap();
        assert_eq!(t.place_of(at..at + 2).line, Some(9));
        assert_eq!(t.raw_of(at..at + 2), "予定");
    }
}
