//! What every engine behind this crate can do.

use shiryo_model::{PageContent, ReaderName};

/// Why an engine gave nothing for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageError {
    /// The file has no such page.
    Missing,
    /// The engine failed on it.
    Broken,
    /// Reading it would take memory or time without end.
    Refused,
}

/// An engine with a file open.
pub(crate) trait PageReader {
    /// Its name, as pages record it.
    fn name(&self) -> ReaderName;
    /// Reads the page with this 1-based number.
    fn page(&mut self, number: u32) -> Result<PageContent, PageError>;
}
