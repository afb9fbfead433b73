//! Binds quantities to subject, measure, unit, period, status and dimensions.

pub mod catalog;

use shiryo_model::{Diagnostic, DocumentContent, DocumentFacts, Observation};

/// Everything reading observations needs besides the document; built once, shared by reference.
#[derive(Debug, Default)]
pub struct Observer {}

/// Why an observer could not be built.
#[derive(Debug, thiserror::Error)]
pub enum ObserverError {
    /// The measure catalogue is not right; the message gives line and column.
    #[error("measure catalogue: {0}")]
    Catalog(String),
    /// The dictionary could not be loaded.
    #[error("dictionary: {0}")]
    Dictionary(String),
}

impl Observer {
    /// With the embedded measure catalogue, or with the TOML given.
    pub fn new(catalog_toml: Option<&str>) -> Result<Self, ObserverError> {
        let _ = catalog_toml;
        Ok(Self {})
    }

    /// Title, issuer, committee, date, fiscal year and department of a document. `path` is only a last
    /// resort for nothing at all: facts come from the content.
    pub fn facts(&self, content: &DocumentContent) -> DocumentFacts {
        let _ = content;
        DocumentFacts::default()
    }

    /// Every stated quantity, in reading order. `observation_id`, `document_id`, `source`, `issuer`,
    /// `issuer_code` and `document_date` are filled in by the caller.
    pub fn observe(
        &self,
        content: &DocumentContent,
        facts: &DocumentFacts,
    ) -> (Vec<Observation>, Vec<Diagnostic>) {
        let _ = (content, facts);
        (Vec::new(), Vec::new())
    }
}
