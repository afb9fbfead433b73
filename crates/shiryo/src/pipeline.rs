//! One document's run: the stages in order.

use crate::ids;
use crate::ocr::{Ocr, OcrMode, PageRecogniser, RecognisedPages};
use crate::sniff::{Sniffed, sniff};
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
    /// Which pages are read by optical character recognition.
    pub ocr: OcrMode,
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

    /// The observer, built when it is first asked for: reading text and tables needs no dictionary.
    pub fn observer(&self) -> Result<&Observer, ObserverError> {
        if let Some(built) = self.observer.get() {
            return Ok(built);
        }
        let built = Observer::new(self.catalog.as_deref())?;
        Ok(self.observer.get_or_init(|| built))
    }

    /// Bytes to content: sniffing, reading and layout. An error says why nothing could be read.
    pub fn read(&self, bytes: Vec<u8>) -> Result<Read, Diagnostic> {
        match sniff(&bytes)? {
            Sniffed::Pdf => self.read_pdf(bytes),
            Sniffed::Text(text) => {
                let mut content = shiryo_layout::layout_text(&text.text, text.media);
                content.diagnostics.splice(0..0, text.diagnostics);
                let encoding = Some(text.encoding.to_owned());
                Ok(Read { media_type: text.media, encoding, content, ..Read::default() })
            }
        }
    }

    fn read_pdf(&self, bytes: Vec<u8>) -> Result<Read, Diagnostic> {
        let mut layout = PageLayout::default();
        let password = self.read.password.as_deref();
        let bytes = Arc::new(bytes);
        let mut recogniser = PageRecogniser::new(&self.recogniser, self.ocr, bytes.clone(), password);
        let mut each = |page: PageContent| layout.push(&recogniser.read(page));
        let (pdf, found) = shiryo_pdf::read(bytes, &self.read, &mut each).map_err(why)?;
        let mut content = layout.finish();
        content.diagnostics.splice(0..0, found);
        for page in &mut content.pages {
            let label = (page.number as usize).checked_sub(1).and_then(|i| pdf.page_labels.get(i));
            page.label = label.cloned().unwrap_or_default();
        }
        let recognised = recogniser.finish();
        Ok(Read { media_type: MediaType::Pdf, pdf, recognised, content, ..Read::default() })
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
    let sha256 = ids::sha256_hex(&bytes);
    let mut document = Document {
        id: ids::document_id(&sha256),
        source: source.to_owned(),
        sha256,
        bytes: bytes.len() as u64,
        ..Document::default()
    };
    match pipeline.read(bytes) {
        Ok(read) => observe(&mut document, read, pipeline),
        Err(reason) => {
            document.status = DocumentStatus::Failed;
            document.diagnostics.push(reason);
        }
    }
    if document.status == DocumentStatus::Complete
        && document.diagnostics.iter().any(|d| d.severity == Severity::Error)
    {
        document.status = DocumentStatus::Incomplete;
    }
    ids::assign(&mut document);
    document
}

fn observe(document: &mut Document, read: Read, pipeline: &Pipeline) {
    let Read { media_type, encoding, pdf, recognised, mut content } = read;
    ids::name_tables(&document.id, &mut content.tables);
    for page in &mut content.pages {
        (page.width, page.height) = (ids::rounded(page.width), ids::rounded(page.height));
    }
    document.media_type = media_type;
    document.encoding = encoding;
    let mut diagnostics = Vec::new();
    match pipeline.observer() {
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
