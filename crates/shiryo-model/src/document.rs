//! A whole paper: what it is, what it says, what could not be read.

use crate::{BBox, Diagnostic, Observation, Place, ReaderName, Table, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a document was told to be, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MediaType {
    /// Portable Document Format.
    Pdf,
    /// Plain text, possibly a text extract with tab-separated tables and HTML fragments.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

/// How reading a document ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentStatus {
    /// Everything was read.
    #[default]
    Complete,
    /// Something was lost; diagnostics say what.
    Incomplete,
    /// Nothing could be read; diagnostics say why.
    Failed,
}

/// One complete document, as `documents/DOCUMENT_ID.json` has it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// From the content hash: the first 16 hexadecimal digits of its SHA-256.
    pub id: String,
    /// Path relative to the input root, with `/` between its parts.
    pub source: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What it is.
    pub media_type: MediaType,
    /// Character encoding of a text source (WHATWG name); `None` for PDFs.
    pub encoding: Option<String>,
    /// How reading it ended.
    pub status: DocumentStatus,
    /// Title, issuer, date and the like.
    pub facts: DocumentFacts,
    /// One entry a page; empty for text sources.
    pub pages: Vec<PageSummary>,
    /// Content in reading order.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Tables in reading order.
    #[serde(default)]
    pub tables: Vec<Table>,
    /// Every stated quantity, in reading order.
    #[serde(default)]
    pub observations: Vec<Observation>,
    /// What was lost, rebuilt or doubtful.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
}

/// What layout gives: the document's content before anything is read out of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DocumentContent {
    /// One entry a page; empty for text sources.
    pub pages: Vec<PageSummary>,
    /// Content in reading order; a table is a block of kind [`BlockKind::Table`] that names it by index.
    pub blocks: Vec<Block>,
    /// Tables in reading order.
    pub tables: Vec<Table>,
    /// What was lost or doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// Facts about the document as a whole. Empty strings and `None` where the paper does not say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct DocumentFacts {
    /// Title.
    pub title: String,
    /// The body that issued the document (杉並区).
    pub issuer: String,
    /// Its local-government code, 6 digits.
    pub issuer_code: String,
    /// The committee it was laid before.
    pub committee: String,
    /// Date of the document.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// Fiscal year the document speaks of (its first calendar year), where the title says.
    pub fiscal_year: Option<i16>,
    /// Department that signs.
    pub department: String,
    /// Program that wrote the PDF.
    pub producer: String,
    /// Language the file says it is written in (a BCP 47 tag: `ja`, `ja-JP`); empty where it does not say.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub language: String,
    /// Bookmarks of the file, in reading order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub outline: Vec<OutlineEntry>,
}

/// One bookmark of a PDF's outline.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct OutlineEntry {
    /// Its words.
    pub title: String,
    /// Depth; 1 is the outermost.
    pub level: u8,
    /// 1-based page it leads to, where the file says so directly.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
}

/// One page of a PDF, in figures.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PageSummary {
    /// 1-based number.
    pub number: u32,
    /// What the file calls the page (`ii`, `別紙1`), where it names its pages.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub label: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Engine that read it.
    pub reader: ReaderName,
    /// Glyphs painted.
    pub glyphs: u32,
    /// Glyphs without Unicode.
    pub undecoded: u32,
    /// Glyphs a reader would not see.
    pub hidden: u32,
    /// Raster images.
    pub images: u32,
    /// An image and no text: waits for OCR.
    pub scan: bool,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Title of the document.
    Title,
    /// Heading; `level` tells its depth.
    Heading,
    /// Running text.
    #[default]
    Paragraph,
    /// List item; `marker` has its bullet or number, `level` its depth.
    ListItem,
    /// Note (※１ …, 注 …); `marker` has its mark.
    Note,
    /// Caption of a table or figure.
    Caption,
    /// A table; `table` has its index.
    Table,
    /// Labels of a chart or diagram.
    Figure,
    /// Running head.
    Header,
    /// Running foot.
    Footer,
    /// Page number.
    PageNumber,
    /// Text laid over or under the page as a whole (案, 取扱注意).
    Watermark,
    /// A stamp put on the page (受付, 写).
    Stamp,
    /// What somebody wrote on the page afterwards: a comment, a note, typed-on text.
    Annotation,
    /// Reading of a word (ruby), taken from above or beside it; `of` has the word.
    Ruby,
    /// Text a reader would not see.
    Hidden,
}

/// One piece of content in reading order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Depth of a heading (1 is the outermost) or of a list item (1 is the outermost).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<u8>,
    /// Enumerator or bullet as written (１, （２）, ①, ・), not part of `text`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub marker: String,
    /// Words, normalised, without the marker. Empty for tables.
    #[serde(skip_serializing_if = "Text::is_empty", default)]
    pub text: Text,
    /// The word whose reading this is, for blocks of kind ruby.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub of: String,
    /// Index into the document's tables, for blocks of kind table.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub table: Option<u32>,
    /// Note marks in the text (手続※3), in its order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub references: Vec<NoteReference>,
    /// What it is in its chart, for blocks of charts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub figure: Option<FigurePart>,
    /// Where it stands.
    pub place: Place,
}

/// What a block is in the chart it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FigurePart {
    /// Number of the chart in the document; all blocks of one chart share it.
    pub chart: u32,
    /// What the block is.
    pub role: FigureRole,
    /// For values: the names in front of it in the text, the category first (4月), then the series (電話).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub names: Vec<String>,
}

/// What a block is in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FigureRole {
    /// Words that belong to nothing else.
    #[default]
    Label,
    /// The title above the drawing.
    Title,
    /// A printed value behind the names it belongs to.
    Value,
    /// The whole that the values divide (全2,800件).
    Whole,
    /// Names of the colours.
    Legend,
    /// Figures of an axis: they state nothing.
    Scale,
}

/// A note mark in a text, and the note it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NoteReference {
    /// The mark, normalised (※3).
    pub mark: String,
    /// Character of the text where it begins.
    pub at: u32,
    /// Index of the note among the document's blocks, where one was found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<u32>,
}

impl BlockKind {
    /// Whether such a block stands apart from the paper's own words: laid over the page, put on it later, read
    /// beside a word or not seen.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Watermark | Self::Stamp | Self::Annotation | Self::Ruby | Self::Hidden)
    }
}

impl Block {
    /// Box on its page, where it has one.
    pub fn bbox(&self) -> Option<BBox> {
        self.place.bbox
    }
}
