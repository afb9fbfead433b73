//! PDF bytes to page content: glyphs with Unicode, position and direction; rulings, fills and images.
//!
//! The only crate that knows a PDF engine. `hayro` is the first reader, `pdf-extract` the second; both sit
//! behind one trait.

mod canvas;
mod facts;
mod hayro;
mod paths;
mod quiet;
mod radicals;
mod reader;
mod rulings;
mod visibility;

use reader::PageReader;
use shiryo_model::{Diagnostic, DiagnosticCode, PageContent, Severity};
use std::sync::Arc;

/// Which engine may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// hayro first; pdf-extract for pages it could not decode.
    #[default]
    Auto,
    /// hayro alone.
    Hayro,
    /// pdf-extract alone.
    PdfExtract,
}

/// How to read a PDF.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Which engine may read.
    pub engine: Engine,
    /// Password, where the empty one does not open the file.
    pub password: Option<String>,
    /// 1-based pages to read, in ascending order; all when `None`.
    pub pages: Option<Vec<u32>>,
}

/// Facts of the file as a whole.
#[derive(Debug, Clone, Default)]
pub struct PdfFacts {
    /// `/Title` of the document information.
    pub title: String,
    /// `/Producer`, else `/Creator`.
    pub producer: String,
    /// Number of pages of the file.
    pub page_count: u32,
}

/// Why a PDF could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// It needs a password, or the one given is wrong.
    #[error("the PDF is encrypted and needs a password (--password)")]
    Password,
    /// It has no pages.
    #[error("the PDF has no pages")]
    NoPages,
    /// Nothing could be made of it.
    #[error("not readable as PDF: {0}")]
    Damaged(String),
}

/// Reads `bytes` page by page; `each` gets every page in order and its memory may be dropped there.
///
/// Returns the facts of the file and diagnostics that are about no single page.
pub fn read(
    bytes: Vec<u8>,
    options: &ReadOptions,
    each: &mut dyn FnMut(PageContent),
) -> Result<(PdfFacts, Vec<Diagnostic>), PdfError> {
    let pdf = hayro::open(Arc::new(bytes), options.password.as_deref())?;
    let mut reader = hayro::HayroReader::new(&pdf);
    let facts = reader.facts();
    if facts.page_count == 0 {
        return Err(PdfError::NoPages);
    }
    let wanted = |number: &u32| options.pages.as_ref().is_none_or(|pages| pages.contains(number));
    for number in (1..=facts.page_count).filter(wanted) {
        each(read_page(&mut reader, number));
    }
    Ok((facts, Vec::new()))
}

fn read_page(reader: &mut dyn PageReader, number: u32) -> PageContent {
    let mut page = reader.page(number).unwrap_or_else(|_| unreadable(reader, number));
    if page.undecoded > 0 {
        let message = format!(
            "{} of {} glyphs have no Unicode and are missing from the text",
            page.undecoded,
            page.glyphs.len()
        );
        page.diagnostics.push(
            Diagnostic::new(Severity::Warning, DiagnosticCode::UndecodedGlyphs, message).on_page(number),
        );
    }
    page
}

fn unreadable(reader: &dyn PageReader, number: u32) -> PageContent {
    let diagnostic =
        Diagnostic::new(Severity::Error, DiagnosticCode::UnreadablePage, "the page could not be read");
    PageContent {
        number,
        reader: reader.name(),
        diagnostics: vec![diagnostic.on_page(number)],
        ..PageContent::default()
    }
}
