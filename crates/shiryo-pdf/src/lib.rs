//! PDF bytes to page content: glyphs with Unicode, position and direction; rulings, fills and images.
//!
//! The only crate that knows a PDF engine. `hayro` is the first reader, `pdf-extract` the second; both sit
//! behind one trait.

mod bombs;
mod canvas;
mod clock;
mod damage;
mod extract_engine;
mod extract_guard;
mod facts;
mod hayro;
mod overlays;
mod overprint;
mod paths;
mod quiet;
mod radicals;
mod raw_streams;
mod reader;
#[cfg(feature = "render")]
mod render;
mod rulings;
mod visibility;

use extract_engine::ExtractReader;
use reader::{PageError, PageReader};
#[cfg(feature = "render")]
pub use render::{Renderer, Rendering};
use shiryo_model::{Diagnostic, DiagnosticCode, OutlineEntry, PageContent, Severity};
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
    /// Language tag of the document (`ja`); empty where the file does not say.
    pub language: String,
    /// Bookmarks in reading order.
    pub outline: Vec<OutlineEntry>,
    /// What the pages are called (`i`, `ii`, `1`, …); empty when they are just counted.
    pub page_labels: Vec<String>,
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
/// Returns the facts of the file and diagnostics that are about no single page. Pages that cannot be read are
/// handed over empty, with a diagnostic.
///
/// # Errors
/// [`PdfError`] when no page at all can be read.
pub fn read(
    bytes: impl Into<Arc<Vec<u8>>>,
    options: &ReadOptions,
    each: &mut dyn FnMut(PageContent),
) -> Result<(PdfFacts, Vec<Diagnostic>), PdfError> {
    let mut bytes = bytes.into();
    let mut diagnostics = damage::examine(&mut bytes);
    diagnostics.extend(bombs::empty_bombs(&mut bytes));
    if !damage::has_objects(&bytes) {
        return Err(PdfError::Damaged("it holds no PDF objects".into()));
    }
    let password = options.password.as_deref();
    let mut second = SecondReader { bytes: &bytes, password, reader: None };
    let opened = match options.engine {
        Engine::PdfExtract => None,
        _ => Some(open_with_pages(&bytes, password, &mut diagnostics)),
    };
    match opened {
        Some(Ok(pdf)) => {
            let mut reader = hayro::HayroReader::new(&pdf);
            let facts = reader.facts();
            if facts.page_count == 0 {
                return Err(no_pages(PdfError::Damaged("its page tree leads to no page".into()), &bytes));
            }
            diagnostics.extend(reader.lost_pages(facts.page_count));
            let auto = options.engine == Engine::Auto;
            for number in wanted_pages(options, facts.page_count) {
                let page = read_page(&mut reader, number);
                let page = if auto && is_doubtful(&page) { second.better(page) } else { page };
                each(finish_page(page));
            }
            Ok((facts, diagnostics))
        }
        Some(Err(error)) if options.engine == Engine::Hayro || matches!(error, PdfError::Password) => {
            Err(no_pages(error, &bytes))
        }
        first => {
            let failed = |error| first.and_then(Result::err).unwrap_or(error);
            let mut reader = match second.open() {
                Ok(reader) => reader,
                Err(error) => return Err(no_pages(failed(error), &bytes)),
            };
            let facts = reader.facts();
            if facts.page_count == 0 {
                return Err(no_pages(failed(PdfError::NoPages), &bytes));
            }
            for number in wanted_pages(options, facts.page_count) {
                each(finish_page(read_page(&mut reader, number)));
            }
            Ok((facts, diagnostics))
        }
    }
}

/// Opens the file with hayro; where its page tree leads to no page, pages are looked for among all objects.
fn open_with_pages(
    bytes: &Arc<Vec<u8>>,
    password: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<hayro::Pdf, PdfError> {
    let opened = hayro::open(bytes.clone(), password);
    let lost = match &opened {
        Ok(pdf) => pdf.pages().is_empty(),
        Err(error) => matches!(error, PdfError::Damaged(_)),
    };
    if !lost || !damage::mentions_pages(bytes) {
        return opened;
    }
    // Without a tree to follow hayro takes every page object, in the order of their numbers.
    let found = hayro::open(Arc::new(damage::without_page_tree(bytes)), password);
    match found {
        Ok(pdf) if !pdf.pages().is_empty() => {
            let message = "the page tree is broken; pages were found by scanning and may be out of order";
            diagnostics.push(Diagnostic::new(Severity::Warning, DiagnosticCode::DamagedPdf, message));
            Ok(pdf)
        }
        _ => opened,
    }
}

/// A sound file without pages is told from a broken one.
fn no_pages(error: PdfError, bytes: &[u8]) -> PdfError {
    if matches!(error, PdfError::Damaged(_)) && !damage::mentions_pages(bytes) {
        PdfError::NoPages
    } else {
        error
    }
}

fn wanted_pages(options: &ReadOptions, count: u32) -> Vec<u32> {
    match &options.pages {
        Some(pages) => pages.iter().copied().filter(|n| (1..=count).contains(n)).collect(),
        None => (1..=count).collect(),
    }
}

fn read_page(reader: &mut dyn PageReader, number: u32) -> PageContent {
    reader.page(number).unwrap_or_else(|error| {
        let (code, message) = match error {
            PageError::Refused => (
                DiagnosticCode::LimitReached,
                "a font of the page declares widths without end; the page was not read",
            ),
            _ => (DiagnosticCode::UnreadablePage, "the page could not be read"),
        };
        let diagnostic = Diagnostic::new(Severity::Error, code, message);
        PageContent {
            number,
            reader: reader.name(),
            diagnostics: vec![diagnostic.on_page(number)],
            ..PageContent::default()
        }
    })
}

/// Whether a page shows text of which less than half was understood.
fn is_doubtful(page: &PageContent) -> bool {
    let unreadable = page
        .diagnostics
        .iter()
        .any(|d| matches!(d.code, DiagnosticCode::UnreadablePage | DiagnosticCode::UndecodedGlyphs));
    let decoded = page.glyphs.len().saturating_sub(page.undecoded as usize);
    (page.undecoded as usize) > decoded || (unreadable && page.glyphs.is_empty())
}

/// Adds what is to be said about a page as it was read.
fn finish_page(mut page: PageContent) -> PageContent {
    let number = page.number;
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

/// `pdf-extract`, opened when it is first needed.
struct SecondReader<'b> {
    bytes: &'b Arc<Vec<u8>>,
    password: Option<&'b str>,
    reader: Option<Option<ExtractReader>>,
}

impl SecondReader<'_> {
    fn open(&self) -> Result<ExtractReader, PdfError> {
        let (bytes, password) = (self.bytes, self.password);
        ExtractReader::open(bytes, password)
    }

    /// The second reader's page where it understood clearly more than `first`, else `first`.
    fn better(&mut self, first: PageContent) -> PageContent {
        let (bytes, password) = (self.bytes, self.password);
        let reader = self.reader.get_or_insert_with(|| ExtractReader::open(bytes, password).ok());
        let Some(Ok(mut page)) = reader.as_mut().map(|r| r.page(first.number)) else { return first };
        let ((good, bad), (before, _)) =
            (extract_engine::plausible(&page), extract_engine::plausible(&first));
        if good * 10 < before * 12 || good < 3 || bad * 10 > good {
            return first;
        }
        page.number = first.number;
        page.width = first.width;
        page.height = first.height;
        page.images = first.images;
        let message = "the first reader could not decode the page; pdf-extract read it";
        page.diagnostics.push(
            Diagnostic::new(Severity::Info, DiagnosticCode::UndecodedGlyphs, message).on_page(first.number),
        );
        page
    }
}
