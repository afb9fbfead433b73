//! `shiryo extract`.

use super::{DONE, Failure, PARTLY, ReadArgs};
use crate::batch::{self, BatchError, BatchOptions, ProgressMode};
use clap::{Args, ValueEnum};
use shiryo_dataset::{CsvOptions, DatasetError, Formats};
use std::path::PathBuf;

/// Reads committee papers, files and whole folders, and writes one dataset: JSON, CSV, an Excel workbook and
/// Parquet.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo extract 会議資料.pdf -o 結果
  shiryo extract 資料フォルダ/ 追加.txt -o out --format csv,xlsx,parquet --jobs 4
  shiryo extract scan/ -o out --password 1234 --progress json 2> log.jsonl

Files of folders that are neither PDF nor text (told by content) are passed over. OUT appears whole or not at all;
an earlier dataset in OUT is replaced.")]
pub(super) struct ExtractArgs {
    /// Files and folders (folders are searched through)
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the dataset
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_delimiter = ',', default_value = "json,csv,xlsx")]
    format: Vec<FormatArg>,
    /// Documents read at the same time (default: one per core)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Measure catalogue (TOML) instead of the embedded one
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// How progress is told on stderr: auto is a bar on a terminal, plain lines elsewhere
    #[arg(long, value_enum, default_value_t)]
    progress: ProgressArg,
    /// Write into a folder that holds other things (they stay)
    #[arg(long)]
    force: bool,
    /// Begin CSV files with a byte order mark, for Excel
    #[arg(long)]
    csv_bom: bool,
    /// Guard CSV text that a spreadsheet would run as a formula
    #[arg(long)]
    csv_safe: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    /// dataset.json, documents/*.json
    Json,
    /// observations.csv, cells.csv, tables/*.csv, datapackage.json
    Csv,
    /// dataset.xlsx
    Xlsx,
    /// observations.parquet, cells.parquet
    Parquet,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum ProgressArg {
    #[default]
    Auto,
    Plain,
    Json,
    None,
}

impl From<ProgressArg> for ProgressMode {
    fn from(arg: ProgressArg) -> Self {
        match arg {
            ProgressArg::Auto => ProgressMode::Auto,
            ProgressArg::Plain => ProgressMode::Plain,
            ProgressArg::Json => ProgressMode::Json,
            ProgressArg::None => ProgressMode::None,
        }
    }
}

pub(super) fn run(args: &ExtractArgs) -> Result<u8, Failure> {
    let catalog = args.catalog.as_ref().map(super::read_text).transpose()?;
    let pipeline = args.read.pipeline(catalog);
    let has = |f| args.format.contains(&f);
    let options = BatchOptions {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        formats: Formats {
            json: has(FormatArg::Json),
            csv: has(FormatArg::Csv),
            xlsx: has(FormatArg::Xlsx),
            parquet: has(FormatArg::Parquet),
        },
        csv: CsvOptions { bom: args.csv_bom, safe: args.csv_safe },
        jobs: args.jobs.unwrap_or(0).into(),
        force: args.force,
        progress: args.progress.into(),
        catalog_file: args.catalog.as_ref().map(|c| c.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    let summary = batch::run(&options, &pipeline).map_err(failure)?;
    Ok(if summary.all_done() { DONE } else { PARTLY })
}

fn failure(error: BatchError) -> Failure {
    match &error {
        BatchError::Dataset(DatasetError::NotADataset(_) | DatasetError::NotAFolder(_)) => {
            Failure::usage(error.to_string())
        }
        _ => Failure::nothing(error.to_string()),
    }
}
