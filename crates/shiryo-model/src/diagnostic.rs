//! What was lost, rebuilt or doubtful, said so that a person can act on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know; nothing is missing.
    Info,
    /// Something may be wrong or was rebuilt; what is given should be checked.
    Warning,
    /// Something is missing.
    Error,
}

/// What happened, in one word that programs can test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticCode {
    /// The file could not be opened or read.
    UnreadableFile,
    /// The file holds nothing.
    EmptyFile,
    /// Neither a PDF nor text in a known encoding.
    UnknownFormat,
    /// The encoding was guessed or some bytes do not fit it.
    EncodingDoubt,
    /// The PDF needs a password.
    PasswordNeeded,
    /// The PDF's structure is damaged; parts were rebuilt or lost.
    DamagedPdf,
    /// The PDF has no pages.
    NoPages,
    /// A page could not be read.
    UnreadablePage,
    /// Glyphs without Unicode on a page.
    UndecodedGlyphs,
    /// A page is an image without text; it waits for OCR.
    ScannedPage,
    /// A page was read by optical character recognition.
    OcrPage,
    /// Text that a reader would not see was set aside.
    HiddenText,
    /// A limit (time, memory, pages, size) struck.
    LimitReached,
    /// A table's structure is doubtful.
    DoubtfulTable,
    /// An expression looks like a date or number but cannot be one.
    ImpossibleExpression,
    /// The text carries what nobody wrote (stray arrows, words of a reader's, tags); it was passed over.
    TextNoise,
    /// Numbers of the paper contradict each other.
    Contradiction,
    /// The same file was given twice.
    DuplicateFile,
    /// A fault of shiryo itself.
    InternalError,
}

/// One thing worth telling about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What happened.
    pub code: DiagnosticCode,
    /// A sentence for a person: what, where, and what can be done.
    pub message: String,
    /// Document; empty until known.
    #[serde(default)]
    pub document_id: String,
    /// Path of the document relative to the input root; empty until known.
    #[serde(default)]
    pub source: String,
    /// 1-based page, where it is about one.
    #[serde(default)]
    pub page: Option<u32>,
    /// 1-based line of a text source, where it is about one.
    #[serde(default)]
    pub line: Option<u32>,
}

impl Diagnostic {
    /// A diagnostic that names neither document nor page yet.
    pub fn new(severity: Severity, code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            document_id: String::new(),
            source: String::new(),
            page: None,
            line: None,
        }
    }

    /// The same, about a page.
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The same, about a line of a text source.
    pub fn on_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }
}
