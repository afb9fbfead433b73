//! `shiryo extract`.

use super::{DONE, Failure, NOTHING, PARTLY, ReadArgs};
use crate::batch::discover;
use crate::{Pipeline, run_document};
use clap::Args;
use rayon::prelude::*;
use shiryo_model::{Document, DocumentStatus};
use std::path::PathBuf;

/// Reads committee papers, files and whole folders, and writes one dataset: JSON, CSV and an Excel workbook.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo extract 会議資料.pdf -o 結果
  shiryo extract 資料フォルダ/ 追加.txt -o out --format csv,xlsx --jobs 4")]
pub(super) struct ExtractArgs {
    /// Files and folders (folders are searched through)
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the dataset
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// Documents read at the same time (default: one per core)
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Measure catalogue (TOML) instead of the embedded one
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

pub(super) fn run(args: &ExtractArgs) -> Result<u8, Failure> {
    let catalog = match &args.catalog {
        Some(path) => Some(String::from_utf8_lossy(&super::read_file(path)?).into_owned()),
        None => None,
    };
    let pipeline = Pipeline::new(args.read.options(), catalog);
    pipeline.observer().map_err(|e| Failure::nothing(e.to_string()))?;
    let (found, unreadable) = discover(&args.inputs, Some(&args.out));
    for u in &unreadable {
        eprintln!("shiryo: {}: {}", u.path.display(), u.error);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.unwrap_or(0)).build();
    let pool = pool.map_err(|e| Failure::nothing(e.to_string()))?;
    let documents: Vec<Document> = pool.install(|| {
        found
            .par_iter()
            .filter_map(|f| {
                std::fs::read(&f.path).ok().map(|bytes| run_document(bytes, &f.source, &pipeline))
            })
            .collect()
    });
    for d in documents.iter().filter(|d| d.status != DocumentStatus::Complete) {
        for m in &d.diagnostics {
            eprintln!("shiryo: {}: {}", d.source, m.message);
        }
    }
    shiryo_dataset::write(&args.out, &documents)
        .map_err(|e| Failure::nothing(format!("{}: {e}", args.out.display())))?;
    let failed = documents.iter().filter(|d| d.status == DocumentStatus::Failed).count();
    Ok(match () {
        () if failed == documents.len() => NOTHING,
        () if documents.iter().any(|d| d.status != DocumentStatus::Complete) || !unreadable.is_empty() => {
            PARTLY
        }
        () => DONE,
    })
}
