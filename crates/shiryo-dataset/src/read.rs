//! Reading a dataset back.

use crate::error::{DatasetError, at};
use crate::run_record::RunRecord;
use serde::de::DeserializeOwned;
use shiryo_model::{Dataset, Document};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, DatasetError> {
    let file = File::open(path).map_err(at(path))?;
    serde_json::from_reader(BufReader::new(file))
        .map_err(|e| DatasetError::Malformed { path: path.to_owned(), reason: e.to_string() })
}

/// Reads `dataset.json` of the dataset in `folder` (or the file itself).
pub fn read(folder: &Path) -> Result<Dataset, DatasetError> {
    let path = if folder.is_dir() { folder.join("dataset.json") } else { folder.to_owned() };
    json(&path)
}

/// Reads one complete document of the dataset in `folder`.
pub fn read_document(folder: &Path, document_id: &str) -> Result<Document, DatasetError> {
    json(&folder.join("documents").join(format!("{document_id}.json")))
}

/// Reads a document file.
pub fn read_document_file(path: &Path) -> Result<Document, DatasetError> {
    json(path)
}

/// Reads `run.json` of the dataset in `folder`.
pub fn read_run(folder: &Path) -> Result<RunRecord, DatasetError> {
    json(&folder.join("run.json"))
}
