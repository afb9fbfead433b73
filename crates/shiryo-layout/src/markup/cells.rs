//! Marked-up words of one table cell to paragraphs, list items and lines.

use super::grid::GridCell;
use super::inline::{Token, Tokens, resolve_references, without_emphasis};
use crate::prose::words::closed_up;
use shiryo_model::{Place, RawText, SourceLine};

/// Place of a line of a text source.
pub(crate) fn place_of_line(line: u32) -> Place {
    Place { page: None, bbox: None, line: Some(line) }
}

/// A source line without boxes.
pub(crate) fn source_line(text: String, line: u32) -> SourceLine {
    SourceLine { text, place: place_of_line(line), boxes: Vec::new() }
}

/// Paragraphs of a cell under construction.
#[derive(Debug, Default)]
pub(crate) struct CellBuilder {
    parts: Vec<RawText>,
    /// A break is due before the next words: `Some(true)` begins a part, `Some(false)` a line.
    due: Option<bool>,
}

impl CellBuilder {
    /// Begins a new part (a paragraph or list item) before the next words.
    pub(crate) fn new_part(&mut self) {
        self.due = Some(true);
    }

    /// Begins a new line before the next words.
    pub(crate) fn new_line(&mut self) {
        self.due = Some(self.due.unwrap_or(false));
    }

    /// Adds words that stand on a line of the source.
    pub(crate) fn words(&mut self, text: &str, line: u32) {
        if text.trim().is_empty() {
            if let Some(last) = self.parts.last_mut().and_then(|p| p.last_mut())
                && self.due.is_none()
                && !last.text.ends_with(' ')
                && !text.is_empty()
            {
                last.text.push(' ');
            }
            return;
        }
        let due = self.due.take();
        match self.parts.last_mut() {
            Some(part) if due != Some(true) => match part.last_mut() {
                Some(last) if due.is_none() && last.place.line == Some(line) => last.text.push_str(text),
                _ => part.push(source_line(text.to_string(), line)),
            },
            _ => self.parts.push(vec![source_line(text.to_string(), line)]),
        }
    }

    /// Whether no words have come yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts, inline marks resolved.
    pub(crate) fn finish(mut self) -> Vec<RawText> {
        for line in self.parts.iter_mut().flatten() {
            let clean = without_emphasis(&line.text);
            line.text = clean.trim().to_string();
        }
        self.parts.retain(|p| p.iter().any(|l| !l.text.is_empty()));
        self.parts
    }
}

/// Applies a tag to a cell: blocks begin parts, `<br>` begins a line.
pub(crate) fn apply_tag(cell: &mut CellBuilder, name: &str) {
    match name {
        "br" => cell.new_line(),
        "p" | "li" | "ul" | "ol" | "div" | "tr" | "td" | "th" | "table" | "dt" | "dd" | "blockquote"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => cell.new_part(),
        _ => {}
    }
}

/// A cell from its marked-up lines, each with its line number.
pub(crate) fn parse_cell<'a>(lines: impl IntoIterator<Item = (&'a str, u32)>) -> GridCell {
    let mut cell = CellBuilder::default();
    for (i, (text, line)) in lines.into_iter().enumerate() {
        if i > 0 {
            cell.new_line();
        }
        for token in Tokens::new(text) {
            match token {
                Token::Text(words) => inline_items(&mut cell, &resolve_references(words), line),
                Token::Open(name, _) | Token::Close(name) => apply_tag(&mut cell, &name),
            }
        }
    }
    GridCell { parts: cell.finish(), ..GridCell::default() }
}

/// Words of a cell; where they begin with a bullet, bullets after white space begin items too.
fn inline_items(cell: &mut CellBuilder, words: &str, line: u32) {
    let begins =
        cell.is_empty() && words.trim_start().starts_with('・') && !closed_up(words).starts_with("・・");
    if !begins {
        cell.words(words, line);
        return;
    }
    let mut rest = words;
    while let Some(at) =
        [" ・", "\u{3000}・"].iter().filter_map(|b| rest.trim_start().get(3..)?.find(b).map(|i| i + 3)).min()
    {
        let trimmed = rest.trim_start();
        let Some((item, after)) = trimmed.split_at_checked(at) else { break };
        cell.new_part();
        cell.words(item, line);
        rest = after;
    }
    cell.new_part();
    cell.words(rest.trim_start(), line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(s: &str) -> Vec<String> {
        let cell = parse_cell([(s, 1)]);
        cell.parts.iter().map(|p| p.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("/")).collect()
    }

    #[test]
    fn paragraphs_items_and_breaks() {
        assert_eq!(parts("<p>前段^{※1}の<u>説明</u></p> <p>後段</p>"), ["前段※1の説明", "後段"]);
        assert_eq!(parts("<ul style=\"x\"> <li>第1弾</li> <li>第2弾</li> </ul>"), ["第1弾", "第2弾"]);
        assert_eq!(parts("対象<br>手続数"), ["対象/手続数"]);
        assert_eq!(parts("・会議の開催 ・研修の実施"), ["・会議の開催", "・研修の実施"]);
    }
}
