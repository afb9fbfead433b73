//! Binds quantities to subject, measure, unit, period, status and dimensions.
//!
//! [`prose`] walks the blocks of a document and keeps a [`Scope`]: what headings, label lines and page marks
//! say about the numbers below them. Running text goes to [`statement`], tables go to [`tables`]; both give
//! [`Draft`]s that know the characters they were read from.

mod answers;
mod beneath;
pub mod catalog;
mod charts;
pub mod checks;
mod draft;
pub mod facts;
pub mod figures;
mod issuer;
mod letters;
mod outline;
pub mod prose;
pub mod rules;
pub mod scope;
pub mod statement;
pub mod tables;
mod versions;

pub use draft::Draft;
pub use scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};

use catalog::Catalog;
use shiryo_ja::Segmenter;
use shiryo_model::{Diagnostic, DocumentContent, DocumentFacts, Observation};

/// What readers of text and tables need besides the text; built once, shared by reference.
#[derive(Default)]
pub struct Tools {
    /// The measure catalogue.
    pub catalog: Catalog,
    /// Words and their parts of speech; without it hiragana is told apart by lists alone.
    pub segmenter: Option<Segmenter>,
}

impl std::fmt::Debug for Tools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let measures = self.catalog.measures().len();
        f.debug_struct("Tools")
            .field("measures", &measures)
            .field("segmenter", &self.segmenter.is_some())
            .finish()
    }
}

/// Everything reading observations needs besides the document; built once, shared by reference.
#[derive(Debug, Default)]
pub struct Observer {
    tools: Tools,
}

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
    ///
    /// # Errors
    /// A catalogue that is not right, with line and column; a dictionary that cannot be loaded.
    pub fn new(catalog_toml: Option<&str>) -> Result<Self, ObserverError> {
        Self::with_words(catalog_toml, None)
    }

    /// As [`Observer::new`], with words of the user's own beside the dictionary
    /// ([`Segmenter::with_user_dictionary`]).
    ///
    /// # Errors
    /// As [`Observer::new`]; a word list that is not right, with its line.
    pub fn with_words(catalog_toml: Option<&str>, words: Option<&str>) -> Result<Self, ObserverError> {
        let catalog = match catalog_toml {
            Some(toml) => Catalog::from_toml(toml),
            None => Catalog::embedded(),
        };
        let catalog = catalog.map_err(|e| ObserverError::Catalog(e.to_string()))?;
        let segmenter = Segmenter::with_user_dictionary(words.unwrap_or_default())
            .map_err(|e| ObserverError::Dictionary(e.to_string()))?;
        Ok(Self { tools: Tools { catalog, segmenter: Some(segmenter) } })
    }

    /// The catalogue and the rest, for reading single texts and tables.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// Title, issuer, committee, date, fiscal year and department of a document: from its content alone.
    pub fn facts(&self, content: &DocumentContent) -> DocumentFacts {
        facts::read(content)
    }

    /// Every stated quantity, in reading order, checked against the others ([`checks`]); the diagnostics tell of
    /// figures that contradict each other. `observation_id`, `document_id`, `source`, `issuer`,
    /// `issuer_code` and `document_date` are filled in by the caller.
    pub fn observe(
        &self,
        content: &DocumentContent,
        facts: &DocumentFacts,
    ) -> (Vec<Observation>, Vec<Diagnostic>) {
        let mut observations = prose::read(content, facts, &self.tools);
        let contradictions = checks::settle(&content.tables, &mut observations);
        (observations, contradictions)
    }
}
