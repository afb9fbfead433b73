//! Text that knows where it was read.

use crate::BBox;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where something stands in its source: page and box for PDFs, line and column for text files.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// 1-based page; `None` for text sources.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// Box on the page; `None` for text sources.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bbox: Option<BBox>,
    /// 1-based line of a text source; `None` for PDFs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
}

/// One line of source text, as written (not normalised).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceLine {
    /// The characters of the line, without its line break.
    pub text: String,
    /// Where the line stands.
    pub place: Place,
    /// One box per character of `text`; empty for text sources.
    pub boxes: Vec<BBox>,
}

/// Lines as layout found them, before normalisation joins them into a [`Text`].
pub type RawText = Vec<SourceLine>;

/// Normalised text with, for each character, the way back to the source.
///
/// Invariants (kept by `shiryo-ja`, which builds these): `map` has one entry per character of `text`;
/// entries never decrease; `boxes` is empty or has one entry per character of `raw`.
///
/// In files a text is its normalised words alone, a plain string: what holds it (block, cell, observation)
/// carries its place, and an observation's evidence its verbatim words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text {
    /// Normalised text (see the contract's rules). A `\n` stands only between list items.
    pub text: String,
    /// The source's own characters, lines joined with `\n`.
    pub raw: String,
    /// For each character of `text`, the index of the character of `raw` it came from.
    pub map: Vec<u32>,
    /// For each line of `raw`: the character index where it begins, and its place.
    pub lines: Vec<LineStart>,
    /// For each character of `raw`, its box; empty for text sources.
    pub boxes: Vec<BBox>,
}

/// Where a line of [`Text::raw`] begins and where it stands in the source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineStart {
    /// Character index into `raw`.
    pub start: u32,
    /// Where the line stands.
    pub place: Place,
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(Text::from)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = String::json_schema(generator);
        schema.insert(
            "description".into(),
            "Normalised text; a line break stands only between list items".into(),
        );
        schema
    }
}

/// Text that is its own source, without a place: what comes back from a file.
impl From<String> for Text {
    fn from(text: String) -> Self {
        let map = (0..text.chars().count() as u32).collect();
        Text { raw: text.clone(), text, map, ..Text::default() }
    }
}

impl Text {
    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Character range of `raw` that a character range of `text` came from.
    pub fn raw_range(&self, chars: Range<usize>) -> Range<usize> {
        if chars.is_empty() || chars.start >= self.map.len() {
            return 0..0;
        }
        let last = chars.end.min(self.map.len()) - 1;
        let start = self.map[chars.start] as usize;
        // The last source character of a normalised one: up to where the next normalised character begins,
        // but never over white space or a line break that normalisation dropped.
        let end = self.map[last] as usize + 1;
        start..end.max(start + 1)
    }

    /// The source's own words for a character range of `text`, line breaks included.
    pub fn raw_of(&self, chars: Range<usize>) -> String {
        let r = self.raw_range(chars);
        self.raw.chars().skip(r.start).take(r.len()).collect()
    }

    /// The place a character range of `text` was read from: page and line of its first character, the box
    /// around all characters on that page.
    pub fn place_of(&self, chars: Range<usize>) -> Place {
        let r = self.raw_range(chars);
        let mut place = self.line_at(r.start).unwrap_or_default();
        if let Some(page) = place.page {
            let on_page = r.filter(|&i| self.line_at(i).and_then(|p| p.page) == Some(page));
            let boxes: Vec<BBox> = on_page
                .filter_map(|i| self.boxes.get(i).copied())
                .filter(|b| b.width() > 0.0 || b.height() > 0.0)
                .collect();
            if let Some(b) = BBox::union_all(&boxes) {
                place.bbox = Some(b);
            }
        }
        place
    }

    /// Place of the whole text: its first page or line, the box around all lines on that page.
    pub fn place(&self) -> Place {
        let mut place = self.lines.first().map(|l| l.place).unwrap_or_default();
        let same_page = self.lines.iter().filter(|l| l.place.page == place.page);
        let boxes: Vec<BBox> = same_page.filter_map(|l| l.place.bbox).collect();
        place.bbox = BBox::union_all(&boxes);
        place
    }

    /// Place of the line that holds the `raw` character at `index`.
    fn line_at(&self, index: usize) -> Option<Place> {
        let after = self.lines.partition_point(|l| l.start as usize <= index);
        self.lines.get(after.checked_sub(1)?).map(|l| l.place)
    }
}
