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
    /// What is drawn besides rulings and boxes (slices of rings, markers, arrows, lines of charts), in painting order.
    pub shapes: Vec<Shape>,
    /// Raster images.
    pub images: Vec<ImageBox>,
    /// The engine that read the page.
    pub reader: ReaderName,
    /// What was put on the page as a whole or after it was set, apart from its content, in painting order.
    pub overlays: Vec<Overlay>,
    /// Glyphs for which no Unicode was found; they carry an empty `text`.
    pub undecoded: u32,
    /// What was lost or rebuilt while reading this page.
    pub diagnostics: Vec<Diagnostic>,
}

/// Images that cover less of a page than this are no scan of it.
const LEAST_SCAN: f64 = 0.05;
/// A page of which images cover this share may be a scan although something was typed at its edges.
const FULL_SCAN: f64 = 0.6;
/// The edges of a page: this share of its height at the top and at the bottom.
const EDGE: f64 = 0.08;
/// More characters than this at the edges are no page number or case number.
const MOST_AT_EDGE: usize = 40;

impl PageContent {
    /// Whether the page is an image that waits for character recognition: images and no text, apart from a page
    /// number or file number put on the edge of a scanned sheet. The text layer under a scan is text.
    pub fn is_scan(&self) -> bool {
        let area = self.width * self.height;
        let covered: f64 = self.images.iter().map(|i| i.bbox.area()).sum();
        if self.undecoded > 0 || covered < area * LEAST_SCAN || self.images.is_empty() {
            return false;
        }
        let edge = EDGE * self.height;
        let mut typed = 0;
        for glyph in self.glyphs.iter().filter(|g| !g.text.trim().is_empty()) {
            match glyph.visibility {
                Visibility::Visible => {
                    let on_edge = glyph.bbox.y1 <= edge || glyph.bbox.y0 >= self.height - edge;
                    typed += 1;
                    if !on_edge || typed > MOST_AT_EDGE || covered < area * FULL_SCAN {
                        return false;
                    }
                }
                Visibility::Invisible => return false,
                Visibility::Clipped | Visibility::Covered | Visibility::OffPage => {}
            }
        }
        true
    }
}

/// Something put on a page that is not its content.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// What it is.
    pub kind: OverlayKind,
    /// Where it lies.
    pub bbox: BBox,
    /// Its words as the file states them; empty where only its glyphs tell.
    pub words: String,
    /// What it shows, in painting order.
    pub glyphs: Vec<Glyph>,
}

/// What an [`Overlay`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum OverlayKind {
    /// A comment, note or typed-on text: an annotation of the file.
    #[default]
    Annotation,
    /// A stamp (受付, 写): an annotation of the file.
    Stamp,
    /// Text the file marks as laid over or under the whole page.
    Watermark,
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

impl Glyph {
    /// A visible glyph of no particular font, set from left to right on a baseline: `x` and `y` are its origin, `size` the em
    /// and `advance` its width, all in points. The box is the em box of Japanese type, 0.88 of the em above the baseline and
    /// 0.12 below (JIS X 4051; the vertical metrics of the common Japanese fonts).
    pub fn on_baseline(text: impl Into<SmolStr>, x: f64, y: f64, size: f64, advance: f64) -> Self {
        Self {
            text: text.into(),
            bbox: BBox::new(x, y - 0.88 * size, x + advance, y + 0.12 * size),
            origin: Point { x, y },
            font_size: size,
            font: 0,
            bold: false,
            direction: Direction::Horizontal,
            visibility: Visibility::Visible,
            color: None,
        }
    }
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

/// Something drawn that is neither a ruling nor an upright box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// Box around its points.
    pub bbox: BBox,
    /// Colour as 0xRRGGBB, where it is a plain one.
    pub color: Option<u32>,
    /// Filled, or a line of its outline alone.
    pub filled: bool,
    /// Whether parts of it are curves.
    pub curved: bool,
    /// Ends of its straight and curved parts in drawing order; only the first of very many.
    pub points: Vec<Point>,
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
