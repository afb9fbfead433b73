//! One extraction: discovery, reading, writing, telling.

use super::discover::{Found, discover};
use super::dispatch::{Outcome, run_documents};
use super::links::relative;
use super::progress::{Progress, ProgressMode};
use crate::cells::cell_number;
use crate::{Pipeline, sha256_hex};
use shiryo_dataset::{
    CsvOptions, DatasetError, DatasetWriter, Formats, RunCounts, RunDocument, RunOptions, RunRecord,
    SkippedFile, Staging, WriteOptions,
};
use shiryo_metrics::ObserverError;
use shiryo_model::{
    Diagnostic, DiagnosticCode, Document, DocumentStatus, Generator, SCHEMA_VERSION, Severity,
};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What to extract and how.
#[derive(Debug, Clone, Default)]
pub struct BatchOptions {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// Output folder.
    pub out: PathBuf,
    /// Which files are written.
    pub formats: Formats,
    /// How CSV files look.
    pub csv: CsvOptions,
    /// Documents read at the same time; 0 for one per core.
    pub jobs: usize,
    /// Write into a folder that holds other things.
    pub force: bool,
    /// How progress is told.
    pub progress: ProgressMode,
    /// The catalogue's file, for the record.
    pub catalog_file: String,
}

/// Why a run came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// There is nothing to read.
    #[error("{0}")]
    NoInput(String),
    /// None of the documents could be read; an earlier dataset is untouched.
    #[error("none of the {0} documents could be read; nothing was written")]
    AllFailed(u64),
    /// The observer could not be built.
    #[error(transparent)]
    Observer(#[from] ObserverError),
    /// The dataset could not be written.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Totals.
    pub counts: RunCounts,
    /// Files and folders that could not be opened.
    pub unreadable: u64,
}

impl Summary {
    /// Whether everything that is a paper was read completely.
    pub fn all_done(&self) -> bool {
        self.counts.incomplete == 0 && self.counts.failed == 0 && self.unreadable == 0
    }
}

/// Extracts `options.inputs` into `options.out`: whole, or not at all.
pub fn run(options: &BatchOptions, pipeline: &Pipeline) -> Result<Summary, BatchError> {
    let began = (jiff::Timestamp::now(), Instant::now());
    let found = discover(&options.inputs, Some(&options.out));
    for u in &found.unreadable {
        eprintln!("shiryo: {}: {}", u.path.display(), u.error);
    }
    if found.files.is_empty() {
        let inputs: Vec<String> = options.inputs.iter().map(|i| i.display().to_string()).collect();
        let why = format!("no files to read in {}", inputs.join(", "));
        return Err(BatchError::NoInput(why));
    }
    let catalog = sha256_hex(pipeline.observer()?.tools().catalog.source().as_bytes());
    let generator =
        Generator { name: "shiryo".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), catalog };
    let staging = Staging::create(&options.out, options.force)?;
    let write = WriteOptions { formats: options.formats, csv: options.csv, cell_number: Some(cell_number) };
    let writer = DatasetWriter::begin(staging.folder(), write, generator.clone())?;
    let progress = Progress::begin(options.progress, found.files.len() as u64);
    let mut batch =
        Batch { staging: &staging, writer, options, progress: &progress, record: RunRecord::default() };
    batch.skip_unreadable(&found.unreadable)?;
    let unreadable = found.unreadable.len() as u64;
    let mut unread = 0;
    run_documents(
        &found.files,
        pipeline,
        options.jobs,
        &|f| progress.started(&f.source),
        &mut |file, outcome| {
            unread += u64::from(matches!(outcome, Outcome::Unreadable(_)));
            batch.take(file, outcome)
        },
    )?;
    let Batch { writer, mut record, .. } = batch;
    let counts = record.counts.clone();
    let summary = Summary { counts, unreadable: unreadable + unread };
    if summary.counts.documents == summary.counts.failed {
        return Err(nothing(&summary, &progress));
    }
    complete(&mut record, options, pipeline, generator, began);
    writer.finish(&mut record)?;
    for note in &record.notes {
        progress.message("warning", note);
    }
    let target = staging.target().to_owned();
    staging.publish()?;
    progress.finish(&told(&summary, began.1.elapsed(), &target));
    Ok(summary)
}

fn nothing(summary: &Summary, progress: &Progress) -> BatchError {
    progress.finish("nothing was written");
    match (summary.counts.failed, summary.unreadable) {
        (0, 0) => BatchError::NoInput("there is no PDF and no text among the files given".to_owned()),
        (0, n) => BatchError::NoInput(format!("none of the {n} files could be opened")),
        (n, _) => BatchError::AllFailed(n),
    }
}

/// What a run collects while documents come in.
struct Batch<'a> {
    staging: &'a Staging,
    writer: DatasetWriter,
    options: &'a BatchOptions,
    progress: &'a Progress,
    record: RunRecord,
}

impl Batch<'_> {
    fn skip_unreadable(&mut self, unreadable: &[super::Unreadable]) -> Result<(), DatasetError> {
        for u in unreadable {
            let message = format!("cannot be read: {}", u.error);
            let mut d = Diagnostic::new(Severity::Error, DiagnosticCode::UnreadableFile, message);
            d.source = u.path.to_string_lossy().into_owned();
            self.skip(d)?;
        }
        Ok(())
    }

    /// Records a file that is no document of the dataset.
    fn skip(&mut self, d: Diagnostic) -> Result<(), DatasetError> {
        self.record.counts.skipped += 1;
        self.record.skipped.push(SkippedFile { source: d.source.clone(), reason: d.message.clone() });
        self.writer.push_diagnostic(&d)
    }

    fn take(&mut self, file: &Found, outcome: Outcome) -> Result<(), DatasetError> {
        match outcome {
            Outcome::Document { document, took } => self.document(file, &document, took),
            Outcome::Duplicate { id, first } => {
                let message = format!("has the same content as {first}, which stands for both");
                let mut d = Diagnostic::new(Severity::Info, DiagnosticCode::DuplicateFile, message);
                d.source.clone_from(&file.source);
                d.document_id = id;
                self.told_skip("info", d, "duplicate")
            }
            Outcome::NoPaper(d) => self.told_skip("info", d, "skipped"),
            Outcome::Unreadable(d) => self.told_skip("error", d, "unreadable"),
        }
    }

    fn told_skip(&mut self, level: &str, d: Diagnostic, status: &str) -> Result<(), DatasetError> {
        let lead = if status == "skipped" { "skipped: " } else { "" };
        self.progress.message(level, &format!("{}: {lead}{}", d.source, d.message));
        self.progress.done(&d.source, 0, level == "error", status);
        self.skip(d)
    }

    fn document(&mut self, file: &Found, d: &Document, took: Duration) -> Result<(), DatasetError> {
        let status = match d.status {
            DocumentStatus::Complete => "complete",
            DocumentStatus::Incomplete => "incomplete",
            DocumentStatus::Failed => "failed",
        };
        let reasons = reasons(d);
        for reason in &reasons {
            self.progress.message("error", &format!("{}: {status}: {reason}", d.source));
        }
        self.progress.done(&d.source, d.pages.len() as u64, d.status != DocumentStatus::Complete, status);
        let counts = &mut self.record.counts;
        counts.documents += 1;
        *match d.status {
            DocumentStatus::Complete => &mut counts.complete,
            DocumentStatus::Incomplete => &mut counts.incomplete,
            DocumentStatus::Failed => &mut counts.failed,
        } += 1;
        counts.pages += d.pages.len() as u64;
        counts.tables += d.tables.len() as u64;
        counts.observations += d.observations.len() as u64;
        self.record.documents.push(RunDocument {
            id: d.id.clone(),
            source: d.source.clone(),
            status: d.status,
            seconds: seconds(took),
            pages: d.pages.len() as u64,
            tables: d.tables.len() as u64,
            observations: d.observations.len() as u64,
            reasons,
        });
        if self.options.formats.json {
            write_document(&self.staging.folder().join("documents"), d)?;
        }
        let link = file.path.canonicalize().map(|p| relative(self.staging.target(), &p)).unwrap_or_default();
        self.writer.push(d, &link)
    }
}

fn write_document(folder: &Path, d: &Document) -> Result<(), DatasetError> {
    let path = folder.join(format!("{}.json", d.id));
    let write = || {
        std::fs::create_dir_all(folder)?;
        let mut out = BufWriter::new(File::create(&path)?);
        shiryo_dataset::write_document(&mut out, d)?;
        out.flush()
    };
    write().map_err(|error| DatasetError::Io { path: path.clone(), error })
}

/// Why a document is not complete: its errors, each with its page; the same reason on many pages is told once.
fn reasons(d: &Document) -> Vec<String> {
    let mut by_reason: Vec<(&str, Vec<u32>)> = Vec::new();
    for x in d.diagnostics.iter().filter(|x| x.severity == Severity::Error) {
        match by_reason.iter_mut().find(|(message, _)| *message == x.message) {
            Some((_, pages)) => pages.extend(x.page),
            None => by_reason.push((&x.message, x.page.into_iter().collect())),
        }
    }
    by_reason.into_iter().map(|(message, pages)| located(message, &pages)).collect()
}

fn located(message: &str, pages: &[u32]) -> String {
    const SHOWN: usize = 10;
    let mut list: Vec<String> = pages.iter().take(SHOWN).map(u32::to_string).collect();
    if pages.len() > SHOWN {
        list.push(format!("… ({} pages)", pages.len()));
    }
    match pages.len() {
        // Some messages name their page themselves.
        1 if message.starts_with("page ") => message.to_owned(),
        0 => message.to_owned(),
        1 => format!("page {}: {message}", list.join("")),
        _ => format!("pages {}: {message}", list.join(", ")),
    }
}

fn seconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1000.0).round() / 1000.0
}

fn complete(
    record: &mut RunRecord,
    options: &BatchOptions,
    pipeline: &Pipeline,
    generator: Generator,
    began: (jiff::Timestamp, Instant),
) {
    let Formats { json, csv, xlsx, parquet } = options.formats;
    let formats = [("json", json), ("csv", csv), ("xlsx", xlsx), ("parquet", parquet)];
    record.schema_version = SCHEMA_VERSION.to_owned();
    record.generator = Some(generator);
    record.started = began.0.to_string();
    record.finished = jiff::Timestamp::now().to_string();
    record.seconds = seconds(began.1.elapsed());
    record.inputs = options.inputs.iter().map(|i| i.to_string_lossy().into_owned()).collect();
    record.options = RunOptions {
        formats: formats.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()).collect(),
        jobs: if options.jobs == 0 {
            std::thread::available_parallelism().map_or(1, usize::from)
        } else {
            options.jobs
        },
        engine: match pipeline.read.engine {
            shiryo_pdf::Engine::Auto => "auto",
            shiryo_pdf::Engine::Hayro => "hayro",
            shiryo_pdf::Engine::PdfExtract => "pdf-extract",
        }
        .to_owned(),
        pages: pipeline.read.pages.clone().unwrap_or_default(),
        ocr: pipeline.ocr_program().unwrap_or_default().to_owned(),
        password: pipeline.read.password.is_some(),
        catalog: options.catalog_file.clone(),
        csv_bom: options.csv.bom,
        csv_safe: options.csv.safe,
    };
}

fn told(summary: &Summary, took: Duration, target: &Path) -> String {
    let c = &summary.counts;
    let mut parts = vec![format!("{} complete", c.complete)];
    for (n, what) in [(c.incomplete, "incomplete"), (c.failed, "failed"), (c.skipped, "skipped")] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    format!(
        "{} documents ({}), {} pages, {} tables, {} observations in {:.1} s → {}",
        c.documents,
        parts.join(", "),
        c.pages,
        c.tables,
        c.observations,
        took.as_secs_f64(),
        target.display()
    )
}
