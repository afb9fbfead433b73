//! One document, read.

use crate::ids;
use shiryo_model::{Diagnostic, DiagnosticCode, Document, DocumentStatus, Severity};

/// A document of which nothing could be read.
pub(super) fn failed_document(source: &str, sha256: String, bytes: u64, why: Diagnostic) -> Document {
    let mut document = Document {
        id: ids::document_id(&sha256),
        source: source.to_owned(),
        sha256,
        bytes,
        status: DocumentStatus::Failed,
        diagnostics: vec![why],
        ..Document::default()
    };
    ids::assign(&mut document);
    document
}

/// What is said of a panic.
pub(super) fn fault(what: &str) -> String {
    format!("a fault of shiryo itself while reading this document ({what}); please report it")
}

/// The document of which reading panicked.
pub(super) fn crashed(source: &str, sha256: String, bytes: u64, what: &str) -> Document {
    let why = Diagnostic::new(Severity::Error, DiagnosticCode::InternalError, fault(what));
    failed_document(source, sha256, bytes, why)
}

/// Why a file found in a folder is passed over: images, office files and the like. Empty and damaged papers are
/// not passed over: their owner wants to hear of them.
pub(super) fn no_paper(bytes: &[u8]) -> Option<String> {
    match crate::sniff::sniff(bytes) {
        Err(d) if d.code == DiagnosticCode::UnknownFormat => Some(d.message),
        _ => None,
    }
}
