//! Blocks of PDF pages in reading order.
//!
//! Page by page: tables taken out, the other glyphs to lines ([`crate::lines`]), lines put in reading order
//! ([`order`]). At the end, over all pages: running heads and feet ([`running`]), paragraphs, also over page
//! breaks ([`paragraphs`]), tables joined over pages, headings, items, notes and captions
//! ([`crate::prose::outline`]).

mod order;
mod page_lines;
mod page_tables;
mod paragraphs;
mod running;
mod spaces;
mod upside_down;

use crate::lines::is_blank;
use crate::prose::outline::settle;
use crate::tables::continuation::join_in_blocks;
use crate::tables::find_tables;
use running::LinedPage;
use shiryo_model::{
    Diagnostic, DiagnosticCode, DocumentContent, PageContent, PageSummary, ReaderName, Severity, SourceLine,
    Table, TableMethod, Visibility,
};
use upside_down::TurnedPages;

/// Confidence an undrawn table needs on a page read by character recognition.
const SURE_ALIGNMENT: f64 = 0.85;

/// Lays out a document page by page; pages are given in order and may be dropped by the caller afterwards.
#[derive(Debug, Default)]
pub struct PageLayout {
    summaries: Vec<PageSummary>,
    pages: Vec<LinedPage>,
    hidden: Vec<Vec<SourceLine>>,
    tables: Vec<Table>,
    /// For each page, the numbers of its tables in `tables`.
    table_ids: Vec<Vec<Option<u32>>>,
    diagnostics: Vec<Diagnostic>,
    /// Pages laid out the other way up.
    turned: TurnedPages,
}

impl PageLayout {
    /// Lays out one page.
    pub fn push(&mut self, page: &PageContent) {
        let summary = summary_of(page);
        self.diagnostics.extend(page.diagnostics.iter().cloned());
        if summary.scan {
            self.diagnostics.push(scanned(page.number));
        }
        self.summaries.push(summary);
        let upright = upside_down::upright(page);
        if upright.is_some() {
            self.turned.insert(page.number, (page.width, page.height));
        }
        let page = upright.as_ref().unwrap_or(page);
        let mut tables = find_tables(page);
        if page_lines::is_vertical(page) {
            // Columns of vertical text are aligned by nature.
            tables.retain(|t| t.method != TableMethod::Aligned);
        }
        if page.reader == ReaderName::Ocr {
            // Gaps between recognised words are as wide as the recogniser happened to cut them.
            tables.retain(|t| t.method != TableMethod::Aligned || t.confidence >= SURE_ALIGNMENT);
        }
        let lines = page_lines::page_lines(page, &tables);
        self.pages.push(LinedPage { number: page.number, height: page.height, lines });
        self.hidden.push(page_lines::hidden_lines(page));
        let mut ids = Vec::with_capacity(tables.len());
        for t in tables {
            ids.push(u32::try_from(self.tables.len()).ok());
            self.tables.push(page_tables::table_of(t, page.number));
        }
        self.table_ids.push(ids);
    }

    /// Settles what needs all pages (running heads, tables over pages) and gives the document.
    pub fn finish(self) -> DocumentContent {
        let Self { summaries, pages, hidden, mut tables, table_ids, diagnostics, turned } = self;
        let drafts = paragraphs::drafts_of(pages, &table_ids, &hidden);
        let mut blocks = settle(drafts, &mut tables);
        join_in_blocks(&mut blocks, &mut tables);
        let mut content = DocumentContent { pages: summaries, blocks, tables, diagnostics };
        upside_down::turn_back(&mut content, &turned);
        content
    }
}

fn summary_of(page: &PageContent) -> PageSummary {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let seen = |v: Visibility| page.glyphs.iter().any(|g| g.visibility == v && !is_blank(g));
    PageSummary {
        number: page.number,
        width: page.width,
        height: page.height,
        reader: page.reader,
        glyphs: count(page.glyphs.len()),
        undecoded: page.undecoded,
        hidden: count(page.glyphs.iter().filter(|g| g.visibility != Visibility::Visible).count()),
        images: count(page.images.len()),
        scan: !page.images.is_empty() && !seen(Visibility::Visible) && !seen(Visibility::Invisible),
    }
}

fn scanned(page: u32) -> Diagnostic {
    let message = format!(
        "page {page} is an image without text and was not read: character recognition (--ocr auto) needs Tesseract 5 \
         with its Japanese models (Debian: tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert)"
    );
    Diagnostic::new(Severity::Error, DiagnosticCode::ScannedPage, message).on_page(page)
}
