//! The types that travel between shiryo's stages and into its files, and nothing else.
//!
//! A paper flows one way: bytes → [`PageContent`] (PDF) or decoded text → [`Block`]s and [`Table`]s →
//! [`Observation`]s → a [`Dataset`]. Every type that carries words also carries the way back to the place
//! they were read from: [`Text`] knows, for each of its characters, the character of the source it came
//! from and, for PDFs, the box on the page.
//!
//! Coordinates are PDF points with the origin at the top left of the page as a reader sees it (after
//! `/Rotate` and `/CropBox`), y growing downwards. Pages, lines of text files and versions of a page
//! count from 1; rows, columns and character offsets from 0.

mod dataset;
mod diagnostic;
mod document;
mod geometry;
mod observation;
mod page;
mod period;
mod table;
mod text;

pub use dataset::{Dataset, Generator, SCHEMA_VERSION};
pub use diagnostic::{Diagnostic, DiagnosticCode, Severity};
pub use document::{
    Block, BlockKind, Document, DocumentContent, DocumentFacts, DocumentStatus, FigurePart, FigureRole,
    MediaType, NoteReference, OutlineEntry, PageSummary,
};
pub use geometry::{BBox, Point};
pub use observation::{Aggregation, Bound, Context, Observation, Status};
pub use page::{
    Direction, FilledBox, Glyph, ImageBox, Overlay, OverlayKind, PageContent, ReaderName, Ruling,
    RulingStyle, Shape, Visibility,
};
pub use period::{Granularity, Period};
pub use table::{Cell, Table, TableMethod};
pub use text::{LineStart, Place, RawText, SourceLine, Text};
