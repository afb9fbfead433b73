//! The dataset as a whole.

use crate::{Diagnostic, Document, Observation, Table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the published JSON Schemas; changes with the contract.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// What made a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Generator {
    /// Always `shiryo`.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// SHA-256 of the measure catalogue used.
    pub catalog: String,
}

/// A whole dataset, as `dataset.json` has it. Documents come without blocks, tables, observations and
/// diagnostics of their own: those stand in the lists below (and in `documents/*.json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dataset {
    /// [`SCHEMA_VERSION`] it was written with.
    pub schema_version: String,
    /// What made it.
    pub generator: Generator,
    /// Documents by path.
    pub documents: Vec<Document>,
    /// Tables by document, in reading order.
    pub tables: Vec<Table>,
    /// Observations by document, in reading order.
    pub observations: Vec<Observation>,
    /// Diagnostics by document.
    pub diagnostics: Vec<Diagnostic>,
}
