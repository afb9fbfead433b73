//! Blocks of PDF pages in reading order.

use shiryo_model::{DocumentContent, PageContent};

/// Lays out a document page by page; pages are given in order and may be dropped by the caller afterwards.
#[derive(Debug, Default)]
pub struct PageLayout {
    content: DocumentContent,
}

impl PageLayout {
    /// Lays out one page.
    pub fn push(&mut self, page: &PageContent) {
        let _ = page;
    }

    /// Settles what needs all pages (running heads, tables over pages) and gives the document.
    pub fn finish(self) -> DocumentContent {
        self.content
    }
}
