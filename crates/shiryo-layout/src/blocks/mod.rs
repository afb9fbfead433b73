//! Blocks of PDF pages in reading order.
//!
//! Page by page: tables taken out, the other glyphs to lines ([`crate::lines`]), lines put in reading order
//! ([`order`]). At the end, over all pages: running heads and feet ([`running`]), paragraphs, also over page
//! breaks ([`paragraphs`]), tables joined over pages, headings, items, notes and captions
//! ([`crate::prose::outline`]).

mod apart;
mod frames;
mod order;
mod page_lines;
mod page_tables;
mod paragraphs;
mod readings;
mod running;
mod spaces;
mod upside_down;

pub(crate) use frames::{LEAST_FRAME, frames_of};
pub(crate) use page_lines::text_glyphs;

use crate::figures::{find_figures, without_figures};
use crate::lines::ReadablePage;
use crate::prose::outline::settle;
use crate::prose::references::record;
use crate::tables::continuation::join_in_blocks;
use crate::tables::find_among_words;
use apart::Apart;
use running::LinedPage;
use shiryo_model::{
    BlockKind, Diagnostic, DocumentContent, PageContent, PageSummary, ReaderName, Table, TableMethod,
    Visibility,
};
use upside_down::TurnedPages;

/// Confidence an undrawn table needs on a page read by character recognition.
const SURE_ALIGNMENT: f64 = 0.85;

/// Lays out a document page by page; pages are given in order and may be dropped by the caller afterwards.
#[derive(Debug, Default)]
pub struct PageLayout {
    summaries: Vec<PageSummary>,
    pages: Vec<LinedPage>,
    /// For each page, what is not its content.
    apart: Vec<Vec<Apart>>,
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
        self.summaries.push(summary);
        let upright = upside_down::upright(page);
        if upright.is_some() {
            self.turned.insert(page.number, (page.width, page.height));
        }
        let page = upright.as_ref().unwrap_or(page);
        let (cleared, watermarks) = apart::without_watermarks(page).unzip();
        let page = cleared.as_ref().unwrap_or(page);
        // The sizes of recognised letters are too rough to tell a reading.
        let read = (page.reader != ReaderName::Ocr).then(|| readings::without_readings(page)).flatten();
        let (plain, readings) = read.unzip();
        let page = plain.as_ref().unwrap_or(page);
        let figures = find_figures(page);
        let cleared = without_figures(page, &figures);
        let readable = ReadablePage::of(page);
        let mut tables = match &cleared {
            Some(cleared) => find_among_words(&ReadablePage::of(cleared)),
            None => find_among_words(&readable),
        };
        if page_lines::is_vertical(page) {
            // Columns of vertical text are aligned by nature.
            tables.retain(|t| t.method != TableMethod::Aligned);
        }
        if page.reader == ReaderName::Ocr {
            // Gaps between recognised words are as wide as the recogniser happened to cut them.
            tables.retain(|t| t.method != TableMethod::Aligned || t.confidence >= SURE_ALIGNMENT);
        }
        let lines = page_lines::page_lines(&readable, &tables, &figures);
        self.pages.push(LinedPage { number: page.number, height: page.height, lines });
        let mut apart: Vec<Apart> = [readings, watermarks].into_iter().flatten().flatten().collect();
        apart.extend(apart::overlays(page));
        let hidden = page_lines::hidden_lines(page).into_iter();
        apart.extend(hidden.map(|l| Apart { kind: BlockKind::Hidden, lines: vec![l], of: String::new() }));
        self.apart.push(apart);
        let mut ids = Vec::with_capacity(tables.len());
        for t in tables {
            ids.push(u32::try_from(self.tables.len()).ok());
            self.tables.push(page_tables::table_of(t, page.number));
        }
        self.table_ids.push(ids);
    }

    /// Settles what needs all pages (running heads, tables over pages) and gives the document.
    pub fn finish(self) -> DocumentContent {
        let Self { summaries, pages, apart, mut tables, table_ids, diagnostics, turned } = self;
        let drafts = paragraphs::drafts_of(pages, &table_ids, apart);
        let mut blocks = settle(drafts, &mut tables);
        join_in_blocks(&mut blocks, &mut tables);
        record(&mut blocks);
        let mut content = DocumentContent { pages: summaries, blocks, tables, diagnostics };
        upside_down::turn_back(&mut content, &turned);
        content
    }
}

fn summary_of(page: &PageContent) -> PageSummary {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    PageSummary {
        number: page.number,
        width: page.width,
        height: page.height,
        label: String::new(),
        reader: page.reader,
        glyphs: count(page.glyphs.len()),
        undecoded: page.undecoded,
        hidden: count(page.glyphs.iter().filter(|g| g.visibility != Visibility::Visible).count()),
        images: count(page.images.len()),
        scan: page.is_scan(),
    }
}
