//! `run.json`: what ran. The only file that carries times.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shiryo_model::{DocumentStatus, Generator};
use std::collections::BTreeMap;

/// What `run.json` says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunRecord {
    /// Version of the schemas.
    pub schema_version: String,
    /// What ran; names the hash of the measure catalogue.
    pub generator: Option<Generator>,
    /// When it began, RFC 3339 UTC.
    pub started: String,
    /// When it ended, RFC 3339 UTC.
    pub finished: String,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Options it ran with.
    pub options: RunOptions,
    /// Inputs as given.
    pub inputs: Vec<String>,
    /// Whether an interrupted run was taken up.
    pub resumed: bool,
    /// Totals.
    pub counts: RunCounts,
    /// Every document, by path.
    pub documents: Vec<RunDocument>,
    /// Files that were passed over or could not be opened.
    pub skipped: Vec<SkippedFile>,
    /// What a format could not take (rows beyond a spreadsheet's limit, values with too many digits), and where it
    /// is instead.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Options of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunOptions {
    /// Output formats.
    pub formats: Vec<String>,
    /// Documents read at the same time.
    pub jobs: usize,
    /// PDF engine asked for.
    pub engine: String,
    /// Pages asked for; empty for all.
    pub pages: Vec<u32>,
    /// Program that read scanned pages; empty when none was read so.
    #[serde(default)]
    pub ocr: String,
    /// Whether a password was given (never the password).
    pub password: bool,
    /// Measure catalogue file; empty for the embedded one.
    pub catalog: String,
    /// Whether words of the user's own were given for segmentation.
    #[serde(default)]
    pub user_dictionary: bool,
    /// Byte order mark in CSV files.
    pub csv_bom: bool,
    /// Formula guard in CSV files.
    pub csv_safe: bool,
    /// How documents are kept apart: process or thread.
    #[serde(default)]
    pub isolation: String,
    /// Seconds a document may take; 0 for no limit.
    #[serde(default)]
    pub timeout: f64,
    /// Bytes of memory a worker may take; 0 for no limit.
    #[serde(default)]
    pub max_memory: u64,
    /// Most pages read of one PDF; 0 for no limit.
    #[serde(default)]
    pub max_pages: u32,
}

/// Totals of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunCounts {
    /// Documents in the dataset.
    pub documents: u64,
    /// Read completely.
    pub complete: u64,
    /// Read with something missing.
    pub incomplete: u64,
    /// Not read.
    pub failed: u64,
    /// Files passed over or not opened.
    pub skipped: u64,
    /// Pages read.
    pub pages: u64,
    /// Tables found.
    pub tables: u64,
    /// Observations found.
    pub observations: u64,
    /// Documents taken over from an earlier run.
    #[serde(default)]
    pub reused: u64,
}

/// One document of a run.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RunDocument {
    /// Its id.
    pub id: String,
    /// Path relative to the input root.
    pub source: String,
    /// How it ended.
    pub status: DocumentStatus,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Pages read.
    pub pages: u64,
    /// Tables found.
    pub tables: u64,
    /// Observations found.
    pub observations: u64,
    /// Why it is not complete.
    pub reasons: Vec<String>,
    /// Taken over from an earlier run: content, options, catalogue and version are what they were.
    #[serde(default)]
    pub reused: bool,
    /// Seconds of each stage, by its name; empty when it was taken over.
    #[serde(default)]
    pub stages: BTreeMap<String, f64>,
    /// Hash of all that the result depends on; empty when it is not to be taken over.
    #[serde(default)]
    pub key: String,
    /// SHA-256 of `documents/ID.json`; empty without it.
    #[serde(default)]
    pub sha256: String,
}

/// A file that is not in the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SkippedFile {
    /// Path relative to the input root.
    pub source: String,
    /// Why.
    pub reason: String,
}
