//! One document's run: the stages in order.

use crate::ids;
use crate::ocr::{Ocr, OcrMode, PageRecogniser, RecognisedPages};
use crate::sniff::{Sniffed, sniff};
use crate::step::{Stage, Step, Watch, unwatched};
use shiryo_layout::PageLayout;
use shiryo_metrics::{Observer, ObserverError};
use shiryo_model::{
    Diagnostic, DiagnosticCode, Document, DocumentContent, DocumentStatus, MediaType, PageContent, Severity,
};
use shiryo_pdf::{PdfError, PdfFacts, ReadOptions};
use std::sync::{Arc, OnceLock};

/// What the stages need besides the document; built once, shared by reference between threads.
#[derive(Debug, Default)]
pub struct Pipeline {
    /// How PDFs are read.
    pub read: ReadOptions,
    /// A measure catalogue in TOML instead of the embedded one.
    pub catalog: Option<String>,
    /// Words of the user's own for segmentation, as CSV (see [`shiryo_ja::Segmenter::with_user_dictionary`]).
    pub user_dictionary: Option<String>,
    /// Which pages are read by optical character recognition.
    pub ocr: OcrMode,
    /// Most pages read of one PDF; what is left out is said. 0 for no limit.
    pub max_pages: u32,
    observer: OnceLock<Observer>,
    recogniser: Ocr,
}

/// A document's content before anything is read out of it.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// What the document is.
    pub media_type: MediaType,
    /// Encoding of a text source.
    pub encoding: Option<String>,
    /// Facts the PDF file states about itself.
    pub pdf: PdfFacts,
    /// What was read by character recognition.
    pub recognised: RecognisedPages,
    /// Pages, blocks, tables and what was lost.
    pub content: DocumentContent,
}

impl Pipeline {
    /// A pipeline that reads PDFs as `read` says; `catalog` is TOML that replaces the embedded catalogue.
    pub fn new(read: ReadOptions, catalog: Option<String>) -> Self {
        Self { read, catalog, ..Self::default() }
    }

    /// The program that read scanned pages; `None` when there were none or it is not installed.
    pub fn ocr_program(&self) -> Option<&str> {
        self.recogniser.version()
    }

    /// The program that would read scanned pages, looked for now; `None` when they are not to be read or it is not
    /// installed.
    pub fn find_ocr_program(&self) -> Option<&str> {
        match self.ocr {
            OcrMode::Auto | OcrMode::Force => self.recogniser.find(),
            OcrMode::Off => None,
        }
    }

    /// The observer, built when it is first asked for: reading text and tables needs no dictionary.
    pub fn observer(&self) -> Result<&Observer, ObserverError> {
        if let Some(built) = self.observer.get() {
            return Ok(built);
        }
        let built = Observer::with_words(self.catalog.as_deref(), self.user_dictionary.as_deref())?;
        Ok(self.observer.get_or_init(|| built))
    }

    /// Bytes to content: sniffing, reading and layout. An error says why nothing could be read.
    pub fn read(&self, bytes: Vec<u8>) -> Result<Read, Diagnostic> {
        self.read_watched(bytes, self.read.pages.as_deref(), &unwatched)
    }

    /// Like [`Pipeline::read`], for these pages (all when `None`); `watch` is told every step.
    pub fn read_watched(
        &self,
        bytes: Vec<u8>,
        pages: Option<&[u32]>,
        watch: Watch,
    ) -> Result<Read, Diagnostic> {
        watch(Step { stage: Stage::Open, page: None });
        match sniff(&bytes)? {
            Sniffed::Pdf => self.read_pdf(bytes, pages, watch),
            Sniffed::Text(text) => {
                watch(Step { stage: Stage::Layout, page: None });
                let mut content = shiryo_layout::layout_text(&text.text, text.media);
                content.diagnostics.splice(0..0, text.diagnostics);
                let encoding = Some(text.encoding.to_owned());
                Ok(Read { media_type: text.media, encoding, content, ..Read::default() })
            }
        }
    }

    /// Number of pages of a PDF; 0 for what is none.
    pub fn page_count(&self, bytes: Vec<u8>) -> u32 {
        let options = ReadOptions { pages: Some(Vec::new()), ..self.read.clone() };
        match sniff(&bytes) {
            Ok(Sniffed::Pdf) => {
                shiryo_pdf::read(bytes, &options, &mut |_| ()).map_or(0, |(facts, _)| facts.page_count)
            }
            _ => 0,
        }
    }

    fn read_pdf(&self, bytes: Vec<u8>, pages: Option<&[u32]>, watch: Watch) -> Result<Read, Diagnostic> {
        let mut layout = PageLayout::default();
        let options = ReadOptions { pages: self.pages_within(pages), ..self.read.clone() };
        let password = options.password.as_deref();
        let bytes = Arc::new(bytes);
        let mut recogniser = PageRecogniser::new(&self.recogniser, self.ocr, bytes.clone(), password);
        watch(Step { stage: Stage::Read, page: None });
        let mut each = |page: PageContent| {
            let number = Some(page.number);
            if recogniser.wants(&page) {
                watch(Step { stage: Stage::Recognise, page: number });
            }
            let page = recogniser.read(page);
            watch(Step { stage: Stage::Layout, page: number });
            layout.push(&page);
            watch(Step { stage: Stage::Read, page: None });
        };
        let (pdf, found) = shiryo_pdf::read(bytes, &options, &mut each).map_err(why)?;
        watch(Step { stage: Stage::Layout, page: None });
        let mut content = layout.finish();
        content.diagnostics.splice(0..0, found);
        content.diagnostics.extend(self.pages_left_out(pages, pdf.page_count));
        for page in &mut content.pages {
            let label = (page.number as usize).checked_sub(1).and_then(|i| pdf.page_labels.get(i));
            page.label = label.cloned().unwrap_or_default();
        }
        let recognised = recogniser.finish();
        Ok(Read { media_type: MediaType::Pdf, pdf, recognised, content, ..Read::default() })
    }

    /// The pages asked for, as far as the limit allows.
    fn pages_within(&self, pages: Option<&[u32]>) -> Option<Vec<u32>> {
        let most = self.max_pages as usize;
        match pages {
            Some(pages) if most > 0 => Some(pages.iter().copied().take(most).collect()),
            Some(pages) => Some(pages.to_vec()),
            None if most > 0 => Some((1..=self.max_pages).collect()),
            None => None,
        }
    }

    fn pages_left_out(&self, pages: Option<&[u32]>, count: u32) -> Option<Diagnostic> {
        let wanted = match pages {
            Some(pages) => pages.iter().filter(|&&p| p <= count).count(),
            None => count as usize,
        };
        let most = self.max_pages as usize;
        (most > 0 && wanted > most).then(|| {
            let message =
                format!("{wanted} pages were to be read; --max-pages {most}: the others were left out");
            Diagnostic::new(Severity::Error, DiagnosticCode::LimitReached, message)
        })
    }
}

fn why(error: PdfError) -> Diagnostic {
    let code = match error {
        PdfError::Password => DiagnosticCode::PasswordNeeded,
        PdfError::NoPages => DiagnosticCode::NoPages,
        PdfError::Damaged(_) => DiagnosticCode::DamagedPdf,
    };
    Diagnostic::new(Severity::Error, code, error.to_string())
}

/// Takes one document through every stage. `source` is its path relative to the input root, for naming only.
///
/// Never fails as a whole: a document of which nothing could be read has the status
/// [`DocumentStatus::Failed`] and a diagnostic that says why.
pub fn run_document(bytes: Vec<u8>, source: &str, pipeline: &Pipeline) -> Document {
    let part = Part { pages: pipeline.read.pages.as_deref(), observe: true };
    run_document_watched(bytes, source, pipeline, part, &unwatched)
}

/// Which part of a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Pages of a PDF, ascending; all when `None`.
    pub pages: Option<&'a [u32]>,
    /// Whether facts and observations are read, or text and tables alone.
    pub observe: bool,
}

/// Like [`run_document`], for a part of the document; `watch` is told every step.
pub fn run_document_watched(
    bytes: Vec<u8>,
    source: &str,
    pipeline: &Pipeline,
    part: Part,
    watch: Watch,
) -> Document {
    let sha256 = ids::sha256_hex(&bytes);
    let mut document = Document {
        id: ids::document_id(&sha256),
        source: source.to_owned(),
        sha256,
        bytes: bytes.len() as u64,
        ..Document::default()
    };
    match pipeline.read_watched(bytes, part.pages, watch) {
        Ok(read) => {
            if part.observe {
                watch(Step { stage: Stage::Observe, page: None });
            }
            observe(&mut document, read, pipeline, part.observe);
        }
        Err(reason) => {
            document.status = DocumentStatus::Failed;
            document.diagnostics.push(reason);
        }
    }
    settle_status(&mut document);
    ids::assign(&mut document);
    document
}

/// A document with errors is not complete.
pub(crate) fn settle_status(document: &mut Document) {
    if document.status == DocumentStatus::Complete
        && document.diagnostics.iter().any(|d| d.severity == Severity::Error)
    {
        document.status = DocumentStatus::Incomplete;
    }
}

fn observe(document: &mut Document, read: Read, pipeline: &Pipeline, wanted: bool) {
    let Read { media_type, encoding, pdf, recognised, mut content } = read;
    ids::name_tables(&document.id, &mut content.tables);
    for page in &mut content.pages {
        (page.width, page.height) = (ids::rounded(page.width), ids::rounded(page.height));
    }
    document.media_type = media_type;
    document.encoding = encoding;
    let mut diagnostics = Vec::new();
    let text_doubts = crate::doubts::doubts(&content);
    match pipeline.observer() {
        _ if !wanted => {}
        Ok(observer) => {
            document.facts = observer.facts(&content);
            (document.observations, diagnostics) = observer.observe(&content, &document.facts);
            recognised.mark(&mut document.observations);
        }
        Err(e) => {
            let message = format!("no observations were read: {e}");
            diagnostics.push(Diagnostic::new(Severity::Error, DiagnosticCode::InternalError, message));
        }
    }
    document.facts.producer = pdf.producer;
    document.facts.language = pdf.language;
    document.facts.outline = pdf.outline;
    if document.facts.title.is_empty() && !is_default_title(&pdf.title) {
        document.facts.title = pdf.title;
    }
    document.pages = content.pages;
    document.blocks = content.blocks;
    document.tables = content.tables;
    document.diagnostics = content.diagnostics;
    document.diagnostics.extend(text_doubts);
    document.diagnostics.extend(diagnostics);
}

/// Titles that programs write by themselves into PDF files say nothing about the paper.
fn is_default_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    [
        "untitled",
        "無題",
        "名称未設定",
        "microsoft word - ",
        "microsoft powerpoint - ",
        "microsoft excel - ",
        "(anonymous)",
    ]
    .iter()
    .any(|t| title.starts_with(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_titles_of_programs_are_no_titles() {
        assert!(is_default_title("untitled") && is_default_title("Microsoft Word - 03.docx"));
        assert!(is_default_title("名称未設定 1") && !is_default_title("予算の概要"));
    }
}
