//! The first reader: `hayro-syntax` reads the file, `hayro-interpret` runs the pages, our device collects.

mod actual_text;
mod annotations;
mod catalog;
mod cid_fonts;
mod colors;
mod device;
mod font_guard;
mod fonts;
mod symbols;

use crate::reader::{PageError, PageReader};
use crate::{PdfError, PdfFacts, facts};
use device::{PageDevice, PageLimit};
pub(crate) use font_guard::FontGuard;
use fonts::FontTable;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, RenderContent, TransformExt, interpret, interpret_page,
};
pub(crate) use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError};
use kurbo::{Affine, Rect};
use shiryo_model::{Diagnostic, DiagnosticCode, PageContent, ReaderName, Severity};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Opens a file; the empty password is tried first.
pub(crate) fn open(bytes: Arc<Vec<u8>>, password: Option<&str>) -> Result<Pdf, PdfError> {
    let attempt = |password: &str| {
        let bytes = bytes.clone();
        crate::quiet::catch(move || Pdf::new_with_password(bytes, password))
            .unwrap_or(Err(LoadPdfError::Invalid))
    };
    let opened = match (attempt(""), password) {
        (Err(LoadPdfError::Decryption(_)), Some(password)) => attempt(password),
        (opened, _) => opened,
    };
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Password,
        LoadPdfError::Decryption(_) => PdfError::Damaged("its encryption is not supported or broken".into()),
        LoadPdfError::Invalid => PdfError::Damaged("no pages could be found in it".into()),
    })
}

/// Reads the pages of an open file.
pub(crate) struct HayroReader<'pdf> {
    pdf: &'pdf Pdf,
    cache: InterpreterCache<'pdf>,
    settings: InterpreterSettings,
    fonts: FontTable<'pdf>,
    guard: FontGuard,
}

impl<'pdf> HayroReader<'pdf> {
    pub(crate) fn new(pdf: &'pdf Pdf) -> Self {
        Self {
            pdf,
            cache: InterpreterCache::new(),
            // Page content is interpreted from our own copy, so that it is not kept for all pages.
            settings: InterpreterSettings {
                render_content: RenderContent::ANNOTATIONS,
                ..Default::default()
            },
            fonts: FontTable::new(pdf),
            guard: FontGuard::default(),
        }
    }

    /// Facts of the file.
    pub(crate) fn facts(&self) -> PdfFacts {
        let metadata = self.pdf.metadata();
        let line = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(facts::line).unwrap_or_default();
        let producer = match line(&metadata.producer) {
            producer if producer.is_empty() => line(&metadata.creator),
            producer => producer,
        };
        let page_count = u32::try_from(self.pdf.pages().len()).unwrap_or(u32::MAX);
        let mut facts =
            PdfFacts { title: line(&metadata.title), producer, page_count, ..PdfFacts::default() };
        if let Some(catalog) = catalog::catalog(self.pdf) {
            facts.language = catalog::language(&catalog);
            facts.outline = catalog::outline(self.pdf, &catalog);
            facts.page_labels = catalog::page_labels(&catalog, page_count);
        }
        facts
    }

    /// Tells when the page tree promises more pages than could be found.
    pub(crate) fn lost_pages(&self, found: u32) -> Option<Diagnostic> {
        let promised = catalog::catalog(self.pdf)?.get::<Dict<'_>>("Pages")?.get::<u32>("Count")?;
        (promised > found).then(|| {
            let message = format!("the file speaks of {promised} pages, {found} could be found");
            Diagnostic::new(Severity::Error, DiagnosticCode::DamagedPdf, message)
        })
    }
}

impl PageReader for HayroReader<'_> {
    fn name(&self) -> ReaderName {
        ReaderName::Hayro
    }

    fn page(&mut self, number: u32) -> Result<PageContent, PageError> {
        let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1)).ok_or(PageError::Missing)?;
        let page = self.pdf.pages().get(index).ok_or(PageError::Missing)?;
        if !self.guard.allows_page(page) {
            return Err(PageError::Refused);
        }
        let unit = user_unit(page);
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width) * unit, f64::from(height) * unit);
        let transform = Affine::scale(unit) * page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, width, height);
        let mut device = PageDevice::new(width, height, &mut self.fonts);
        let mut broken_streams = 0;
        let ran = crate::quiet::catch_payload(AssertUnwindSafe(|| {
            let (content, broken) = contents(page);
            broken_streams = broken;
            let mut context =
                Context::new(transform, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
            interpret(TypedIter::new(&content), page.resources(), &mut context, &mut device);
            device.begin_annotations(annotations::of(page, transform));
            interpret_page(page, &mut context, &mut device);
        }));
        device.finish();
        let canvas = std::mem::take(&mut device.canvas);
        let stopped = match ran {
            Ok(()) => None,
            Err(payload) => {
                // Whatever was borrowed when the page was cut short must not be met again.
                self.cache = InterpreterCache::new();
                Some(if payload.is::<PageLimit>() {
                    Diagnostic::new(
                        Severity::Error,
                        DiagnosticCode::LimitReached,
                        "the page paints more than any paper needs; what was read until then is kept",
                    )
                } else {
                    Diagnostic::new(
                        Severity::Error,
                        DiagnosticCode::UnreadablePage,
                        "the page broke the PDF engine; what was read until then is kept",
                    )
                })
            }
        };
        let mut content =
            catch_unwind(AssertUnwindSafe(|| canvas.finish())).map_err(|_| PageError::Broken)?;
        content.number = number;
        content.reader = ReaderName::Hayro;
        content.diagnostics.extend(stopped.map(|d| d.on_page(number)));
        if broken_streams > 0 {
            let message = format!(
                "{broken_streams} content streams of the page are broken; what they paint is missing"
            );
            content.diagnostics.push(
                Diagnostic::new(Severity::Error, DiagnosticCode::UnreadablePage, message).on_page(number),
            );
        }
        Ok(content)
    }
}

/// Points to the unit of the page's space (`/UserUnit`): 1 but for plans and posters.
pub(crate) fn user_unit(page: &Page<'_>) -> f64 {
    sane_unit(page.raw().get::<f32>("UserUnit").map(f64::from))
}

/// The declared unit, where it is one that a page can have.
pub(crate) fn sane_unit(declared: Option<f64>) -> f64 {
    // Acrobat's own limit is 75,000; a page of 200 inches by that is 240 km wide.
    declared.filter(|unit| (0.01..=75_000.0).contains(unit)).unwrap_or(1.0)
}

/// The decoded content of a page, and how many of its streams could not be decoded.
fn contents<'a>(page: &Page<'a>) -> (Cow<'a, [u8]>, usize) {
    if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
        return match stream.decoded_data() {
            Ok(data) => (data, 0),
            Err(_) => (Cow::Borrowed(&[]), 1),
        };
    }
    let Some(array) = page.raw().get::<Array<'_>>("Contents") else { return (Cow::Borrowed(&[]), 0) };
    let (mut all, mut broken) = (Vec::new(), 0);
    for item in array.iter::<Object<'_>>() {
        match item.into_stream().map(|s| s.decoded_data()) {
            Some(Ok(data)) => {
                all.extend_from_slice(&data);
                // Operators do not run on from one stream to the next.
                all.push(b' ');
            }
            _ => broken += 1,
        }
    }
    (Cow::Owned(all), broken)
}
