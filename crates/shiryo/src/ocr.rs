//! Pages that are nothing but an image, read by optical character recognition where Tesseract is installed.

use shiryo_model::{Diagnostic, DiagnosticCode, PageContent, Severity, Visibility};
use shiryo_ocr::{GrayImage, Tesseract};
use shiryo_pdf::Renderer;
use std::sync::OnceLock;

/// Resolution pages are rendered at; Tesseract's models are trained at about this.
const DPI: f64 = 300.0;

/// Whether scanned pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OcrMode {
    /// Where Tesseract is installed.
    #[default]
    Auto,
    /// Never.
    Off,
}

/// Tesseract, looked for when the first scanned page comes.
#[derive(Debug, Default)]
pub(crate) struct Ocr {
    found: OnceLock<Result<Tesseract, String>>,
}

impl Ocr {
    fn tesseract(&self) -> Result<&Tesseract, &str> {
        let found = self.found.get_or_init(|| Tesseract::find().map_err(|e| e.to_string()));
        found.as_ref().map_err(String::as_str)
    }

    /// Version of the program, once it has been looked for and found.
    pub(crate) fn version(&self) -> Option<&str> {
        self.found.get().and_then(|f| f.as_ref().ok()).map(|t| t.version.as_str())
    }
}

/// Reads the scanned pages of one PDF.
pub(crate) struct ScanReader<'a> {
    ocr: &'a Ocr,
    bytes: Vec<u8>,
    password: Option<&'a str>,
    renderer: Option<Renderer>,
}

impl<'a> ScanReader<'a> {
    pub(crate) fn new(ocr: &'a Ocr, bytes: Vec<u8>, password: Option<&'a str>) -> Self {
        Self { ocr, bytes, password, renderer: None }
    }

    /// The page itself, or what character recognition made of it when it is an image without text.
    pub(crate) fn read(&mut self, mut page: PageContent) -> PageContent {
        if !is_scan(&page) {
            return page;
        }
        match self.recognise(&page) {
            Ok(read) => read,
            Err(why) => {
                let message = format!("optical character recognition was not possible: {why}");
                page.diagnostics.push(
                    Diagnostic::new(Severity::Warning, DiagnosticCode::OcrPage, message).on_page(page.number),
                );
                page
            }
        }
    }

    fn recognise(&mut self, page: &PageContent) -> Result<PageContent, String> {
        let tesseract = self.ocr.tesseract()?;
        if self.renderer.is_none() {
            let bytes = std::mem::take(&mut self.bytes);
            self.renderer = Some(Renderer::open(bytes, self.password).map_err(|e| e.to_string())?);
        }
        let rendering = self.renderer.as_ref().and_then(|r| r.page(page.number, DPI));
        let rendering = rendering.ok_or("the page could not be rendered")?;
        let image = GrayImage { width: rendering.width, height: rendering.height, pixels: rendering.shades };
        let read =
            shiryo_ocr::read_page(tesseract, page.number, image, rendering.dpi).map_err(|e| e.to_string())?;
        let mut content = read.content;
        let message = format!(
            "the page is an image; it was read by optical character recognition (confidence {:.2}): compare figures with the page",
            read.confidence
        );
        let others = page.diagnostics.iter().filter(|d| d.code != DiagnosticCode::ScannedPage).cloned();
        content.diagnostics.extend(others);
        content
            .diagnostics
            .push(Diagnostic::new(Severity::Warning, DiagnosticCode::OcrPage, message).on_page(page.number));
        Ok(content)
    }
}

/// An image and no text a reader of the page would see or that a scanner laid under it.
fn is_scan(page: &PageContent) -> bool {
    let text = page.glyphs.iter().any(|g| {
        matches!(g.visibility, Visibility::Visible | Visibility::Invisible) && !g.text.trim().is_empty()
    });
    !page.images.is_empty() && !text && page.undecoded == 0
}
