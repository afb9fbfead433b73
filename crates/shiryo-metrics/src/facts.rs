//! Title, issuer, committee, date, fiscal year and department of a document.

use shiryo_model::{DocumentContent, DocumentFacts};

/// Facts about the document as a whole, from its content alone.
pub fn read(content: &DocumentContent) -> DocumentFacts {
    let _ = content;
    DocumentFacts::default()
}
