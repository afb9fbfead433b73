//! `shiryo extract`.

use super::{DONE, Failure, PARTLY, ReadArgs};
use crate::batch::{
    self, BatchError, BatchOptions, Isolation, Limits, LogFormat, ProgressMode, parse_bytes, parse_memory,
};
use clap::{Args, ValueEnum};
use shiryo_dataset::{CsvOptions, DatasetError, Formats};
use std::io::Read as _;
use std::path::PathBuf;
use std::time::Duration;

/// Reads committee papers, files and whole folders, and writes one dataset: JSON, CSV, an Excel workbook and
/// Parquet.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo extract 会議資料.pdf -o 結果
  shiryo extract 資料フォルダ/ 追加.txt 昨年度.zip -o out --format csv,xlsx,parquet --jobs 4
  shiryo extract '資料/**/*.pdf' -o out --timeout 60 --max-memory 1G
  find 資料 -name '*.pdf' -newer last | shiryo extract --files-from - -o out
  shiryo extract scan/ -o out --password 1234 --progress json 2> log.jsonl

Files of folders and archives that are neither PDF nor text (told by content) are passed over. Each document is read in a
worker process: what crashes, hangs or eats memory is recorded, retried page by page, and costs no other document
anything. A run that was killed goes on where it was when the same command is given again; with an earlier dataset in
OUT, what has not changed is taken over from there. OUT appears whole or not at all; nothing outside it is written.")]
pub(super) struct ExtractArgs {
    /// Files, folders (searched through), zip archives, and patterns such as '資料/**/*.pdf'
    #[arg(required_unless_present = "files_from", value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Also read the files listed in FILE (- for standard input), one a line or separated by NUL
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// Folder for the dataset
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_enum, value_delimiter = ',', default_value = "json,csv,xlsx")]
    format: Vec<FormatArg>,
    /// Documents read at the same time (default: one per core)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Measure catalogue (TOML) instead of the embedded one, or on top of it (see docs/catalogue.md)
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// Words of your own for segmentation: CSV lines of surface,part_of_speech,reading
    #[arg(long, value_name = "FILE")]
    user_dictionary: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    limits: LimitArgs,
    /// Read everything again, also what an earlier run has read
    #[arg(long)]
    fresh: bool,
    /// How progress is told on stderr: auto is a bar on a terminal, plain lines elsewhere
    #[arg(long, value_enum, default_value_t)]
    progress: ProgressArg,
    /// Log every stage of every document with its time on stderr
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogArg>,
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

/// What a document may cost.
#[derive(Debug, Clone, Args)]
struct LimitArgs {
    /// Keep documents apart in worker processes or, without --timeout and --max-memory, in threads
    #[arg(long, value_enum, default_value_t)]
    isolation: IsolationArg,
    /// Seconds a document may take, character recognition of scans apart; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = parse_seconds)]
    timeout: Duration,
    /// Memory of a worker process, 256M or more, such as 512M or 2G; 0 for no limit
    #[arg(long, value_name = "SIZE", default_value = "4G", value_parser = parse_memory)]
    max_memory: u64,
    /// Most pages read of one PDF; 0 for no limit
    #[arg(long, value_name = "N", default_value_t = 5000)]
    max_pages: u32,
    /// Size of a file or of an archive's member; larger ones are not read
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = parse_bytes)]
    max_size: u64,
    /// Obey faults planted in documents (for tests of isolation)
    #[arg(long, hide = true)]
    planted_faults: bool,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum IsolationArg {
    /// One process per job: a crash, an endless loop or an explosion of memory costs its document alone
    #[default]
    Process,
    /// Threads of one process
    Thread,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogArg {
    Plain,
    Json,
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    const MOST: f64 = 1e8;
    let wrong = || format!("`{text}` is not a number of seconds");
    let seconds: f64 = text.trim().trim_end_matches('s').parse().map_err(|_| wrong())?;
    if (0.0..=MOST).contains(&seconds) { Ok(Duration::from_secs_f64(seconds)) } else { Err(wrong()) }
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
    let mut pipeline = args.read.pipeline(catalog);
    pipeline.max_pages = args.limits.max_pages;
    let logs = args.log_format.map(|f| match f {
        LogArg::Plain => LogFormat::Plain,
        LogArg::Json => LogFormat::Json,
    });
    if let Some(format) = logs {
        batch::log_to_stderr(format);
    }
    pipeline.user_dictionary = args.user_dictionary.as_ref().map(super::read_text).transpose()?;
    let has = |f| args.format.contains(&f);
    let options = BatchOptions {
        inputs: args.inputs.clone(),
        listed: args.files_from.as_ref().map(listed).transpose()?.unwrap_or_default(),
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
        fresh: args.fresh,
        isolation: isolation(&args.limits)?,
        limits: Limits {
            timeout: Some(args.limits.timeout).filter(|t| !t.is_zero()),
            memory: args.limits.max_memory,
            pages: args.limits.max_pages,
            bytes: args.limits.max_size,
        },
        logs,
        progress: args.progress.into(),
        catalog_file: args.catalog.as_ref().map(|c| c.to_string_lossy().into_owned()).unwrap_or_default(),
    };
    let summary = batch::run(&options, &pipeline).map_err(failure)?;
    Ok(if summary.all_done() { DONE } else { PARTLY })
}

fn isolation(args: &LimitArgs) -> Result<Isolation, Failure> {
    match args.isolation {
        IsolationArg::Thread => Ok(Isolation::Thread),
        IsolationArg::Process => {
            // Linux knows the running program even when its file has been replaced.
            let this = PathBuf::from("/proc/self/exe");
            let program = if this.exists() { Ok(this) } else { std::env::current_exe() };
            let program =
                program.map_err(|e| Failure::nothing(format!("the program does not find itself: {e}")))?;
            Ok(Isolation::Process { program, faults: args.planted_faults })
        }
    }
}

/// The paths of a list.
fn listed(list: &PathBuf) -> Result<Vec<PathBuf>, Failure> {
    let bytes = if list.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|e| Failure::nothing(format!("standard input: {e}")))?;
        bytes
    } else {
        super::read_file(list)?
    };
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|b| *b == separator).map(|l| l.strip_suffix(b"\r").unwrap_or(l));
    Ok(lines.filter(|l| !l.is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn failure(error: BatchError) -> Failure {
    match &error {
        BatchError::Dataset(DatasetError::NotADataset(_) | DatasetError::NotAFolder(_)) => {
            Failure::usage(error.to_string())
        }
        _ => Failure::nothing(error.to_string()),
    }
}
