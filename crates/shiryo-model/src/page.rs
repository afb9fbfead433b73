//! What a PDF engine gives for one page, before any layout.

use crate::{BBox, Diagnostic, Point};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One page as the PDF reader saw it: glyphs in painting order, rulings, fills and images.
#[derive(Debug, Clone, Default)]
pub struct PageContent {
    /// 1-based page number.
    pub number: u32,
    /// Width of the visible page in points, after rotation.
    pub width: f64,
    /// Height of the visible page in points, after rotation.
    pub height: f64,
    /// Glyphs in painting order, hidden ones included (see [`Glyph::visibility`]).
    pub glyphs: Vec<Glyph>,
    /// Horizontal and vertical separators: strokes, thin fills and edges of filled boxes; collinear
    /// pieces joined.
    pub rulings: Vec<Ruling>,
    /// Filled boxes that are not rulings (cell shading, bands, cards), in painting order.
    pub fills: Vec<FilledBox>,
    /// Raster images.
    pub images: Vec<ImageBox>,
    /// The engine that read the page.
    pub reader: ReaderName,
    /// Glyphs for which no Unicode was found; they carry an empty `text`.
    pub undecoded: u32,
    /// What was lost or rebuilt while reading this page.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which engine read a page.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderName {
    /// `hayro-interpret` with shiryo's device.
    #[default]
    Hayro,
    /// The `pdf-extract` crate, the second reader.
    PdfExtract,
    /// Optical character recognition of the rendered page.
    Ocr,
}

/// One painted glyph.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its Unicode text: usually one character, several for ligatures and `/ActualText`, empty when the
    /// font gives none. Not normalised, but CJK radicals are folded and variation selectors dropped.
    pub text: SmolStr,
    /// Advance width × (ascent − descent) box as seen on the page. For CJK glyphs this is the em box.
    pub bbox: BBox,
    /// Start of the baseline on the page.
    pub origin: Point,
    /// Size of the font on the page in points (the em, after all matrices).
    pub font_size: f64,
    /// Identity of the font within the document; equal numbers mean the same font resource.
    pub font: u32,
    /// Whether the font's name or flags say bold.
    pub bold: bool,
    /// Which way the text runs.
    pub direction: Direction,
    /// Whether a reader would see it.
    pub visibility: Visibility,
    /// Fill colour as 0xRRGGBB, where known.
    pub color: Option<u32>,
}

/// Writing direction of a glyph on the page as seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Direction {
    /// Left to right.
    #[default]
    Horizontal,
    /// Top to bottom, set with a vertical writing mode (or upright glyphs one below the other).
    Vertical,
    /// Horizontal text turned by 90° clockwise (reads downwards).
    Clockwise,
    /// Horizontal text turned by 90° anticlockwise (reads upwards).
    Anticlockwise,
    /// Upside down or at another angle.
    Other,
}

/// Whether a reader of the page would see a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Visibility {
    /// Painted and seen.
    #[default]
    Visible,
    /// Text rendering mode 3 (the text layer of a scan).
    Invisible,
    /// Outside the clip path.
    Clipped,
    /// Painted over by a later opaque fill or image, or in the colour of what lies under it.
    Covered,
    /// Outside the visible page.
    OffPage,
}

/// A horizontal or vertical separator, already joined from its pieces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// True when it runs left to right.
    pub horizontal: bool,
    /// The fixed coordinate: y of a horizontal, x of a vertical ruling (middle of the stroke).
    pub position: f64,
    /// Where it begins: smaller x or y.
    pub start: f64,
    /// Where it ends: larger x or y.
    pub end: f64,
    /// Stroke width in points; 0 for edges of fills.
    pub width: f64,
    /// How it is drawn.
    pub style: RulingStyle,
}

/// How a ruling is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RulingStyle {
    /// A continuous stroke or thin fill.
    Solid,
    /// Dashes or dots.
    Dashed,
    /// Two parallel strokes close together.
    Double,
    /// The edge of a filled box (cell shading), not a drawn line.
    FillEdge,
}

/// A filled box that is too thick to be a ruling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FilledBox {
    /// Where it lies.
    pub bbox: BBox,
    /// Colour as 0xRRGGBB.
    pub color: u32,
}

/// A raster image on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImageBox {
    /// Where it lies.
    pub bbox: BBox,
    /// Pixel width.
    pub pixel_width: u32,
    /// Pixel height.
    pub pixel_height: u32,
}
