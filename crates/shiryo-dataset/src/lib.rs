//! Writes and reads shiryo datasets.

mod observations;
pub mod tables;

use shiryo_model::Document;
use std::io;
use std::path::Path;

/// Writes a dataset.
pub fn write(out: &Path, documents: &[Document]) -> io::Result<()> {
    std::fs::create_dir_all(out.join("documents"))?;
    for d in documents {
        std::fs::write(out.join("documents").join(format!("{}.json", d.id)), serde_json::to_vec_pretty(d)?)?;
    }
    let all: Vec<_> = documents.iter().flat_map(|d| &d.observations).collect();
    std::fs::write(out.join("observations.csv"), observations::csv(&all)?)
}
