//! One extraction: discovery, reading, writing, telling.

use super::discover::{Discovery, discover_with};
use super::dispatch::{Claims, in_parallel, jobs_for};
use super::found::Found;
use super::limits::Limits;
use super::links::relative;
use super::log::{LogFormat, seconds};
use super::pool::Pool;
use super::progress::{Progress, ProgressMode};
use super::reader::{self, AHEAD, Got, Readers, Reading, THREADS};
use super::record::{complete, count, lines, object, reasons, status_word};
use super::work::{Kept, Work};
use super::worker::Supervisor;
use crate::cells::cell_number;
use crate::{Pipeline, ids, sha256_hex};
use shiryo_dataset::{
    CsvOptions, DatasetError, DatasetWriter, Formats, RunCounts, RunDocument, RunRecord, SkippedFile,
    Staging, WriteOptions,
};
use shiryo_metrics::ObserverError;
use shiryo_model::{Diagnostic, DiagnosticCode, Document, Generator, ReaderName, Severity};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::time::Instant;

/// How documents are kept apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Isolation {
    /// Threads of this process: a panic costs its document alone; a crash, an endless loop or an explosion of memory
    /// costs the run.
    #[default]
    Thread,
    /// Worker processes: nothing in a document costs another one anything.
    Process {
        /// The program `shiryo`, which is called with the argument `worker`.
        program: PathBuf,
        /// Obey faults that tests plant in documents.
        faults: bool,
    },
}

/// What to extract and how.
#[derive(Debug, Clone, Default)]
pub struct BatchOptions {
    /// Files, folders, zip archives and patterns.
    pub inputs: Vec<PathBuf>,
    /// Files that keep their relative path.
    pub listed: Vec<PathBuf>,
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
    /// Read everything again, also what an earlier run has read.
    pub fresh: bool,
    /// How documents are kept apart.
    pub isolation: Isolation,
    /// What a document may cost.
    pub limits: Limits,
    /// How progress is told.
    pub progress: ProgressMode,
    /// Whether workers log to standard error.
    pub logs: Option<LogFormat>,
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
    /// Reading could not go on: no worker can be started, or results cannot be kept.
    #[error("{0}; what has been read is kept, the same command goes on from there")]
    Interrupted(io::Error),
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
    run_with(options, pipeline, &mut |_| ())
}

/// Like [`run`]; `each` gets every document of the dataset, in its order, as soon as all before it are read.
pub fn run_with(
    options: &BatchOptions,
    pipeline: &Pipeline,
    each: &mut dyn FnMut(&Document),
) -> Result<Summary, BatchError> {
    let began = (jiff::Timestamp::now(), Instant::now());
    let found = discover_with(&options.inputs, &options.listed, Some(&options.out));
    for u in &found.unreadable {
        eprintln!("shiryo: {}: {}", u.path.display(), u.error);
    }
    if found.files.is_empty() {
        let inputs = options.inputs.iter().chain(&options.listed);
        let inputs: Vec<String> = inputs.map(|i| i.display().to_string()).collect();
        return Err(BatchError::NoInput(format!("no files to read in {}", inputs.join(", "))));
    }
    let catalog = sha256_hex(pipeline.observer()?.tools().catalog.source().as_bytes());
    let generator =
        Generator { name: "shiryo".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), catalog };
    let mut staging = Staging::create(&options.out, options.force)?;
    let work = Work::open(&staging, &generator, options.limits, options.fresh)
        .map_err(|error| DatasetError::Io { path: staging.work().to_owned(), error })?;
    let progress = Progress::begin(options.progress, found.files.len() as u64);
    let (mut record, unread) = {
        let write =
            WriteOptions { formats: options.formats, csv: options.csv, cell_number: Some(cell_number) };
        let writer = DatasetWriter::begin(staging.folder(), write, generator.clone())?;
        let mut batch = Batch {
            staging: &staging,
            writer,
            options,
            progress: &progress,
            record: RunRecord { resumed: work.interrupted, ..RunRecord::default() },
            first_of: HashMap::new(),
            unread: found.unreadable.len() as u64,
            recognised: false,
            each,
        };
        batch.read_all(&found, pipeline, &work)?;
        let Batch { writer, mut record, unread, recognised, .. } = batch;
        if record.counts.documents > record.counts.failed {
            let ocr = if recognised { pipeline.find_ocr_program() } else { None };
            record.options.ocr = ocr.unwrap_or_default().to_owned();
            complete(&mut record, options, pipeline, generator, began);
            writer.finish(&mut record)?;
        }
        (record, unread)
    };
    let summary = Summary { counts: std::mem::take(&mut record.counts), unreadable: unread };
    if summary.counts.documents == summary.counts.failed {
        staging.discard();
        return Err(nothing(&summary));
    }
    // With `documents/*.json` the dataset itself is where the next run finds results.
    let keep = !options.formats.json;
    if keep {
        work.prune(&record);
    }
    for note in &record.notes {
        progress.message("warning", note);
    }
    let target = staging.target().to_owned();
    staging.publish(keep)?;
    let took = began.1.elapsed();
    progress.finish(&lines(&summary, &record, took, &target), &object(&summary, &record, took, &target));
    Ok(summary)
}

fn nothing(summary: &Summary) -> BatchError {
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
    /// The file that stands for a document, by its id.
    first_of: HashMap<String, String>,
    unread: u64,
    /// Some pages were read by character recognition.
    recognised: bool,
    each: &'a mut dyn FnMut(&Document),
}

impl Batch<'_> {
    fn read_all(&mut self, found: &Discovery, pipeline: &Pipeline, work: &Work) -> Result<(), BatchError> {
        self.skip_unreadable(found)?;
        let options = self.options;
        let supervisor = match &options.isolation {
            Isolation::Thread => None,
            Isolation::Process { program, faults } => {
                Some(Supervisor::new(program.clone(), pipeline, options.limits, *faults, options.logs))
            }
        };
        let count = found.files.len();
        let seats = jobs_for(options.jobs, count);
        let readers = Readers {
            found,
            pipeline,
            work,
            limits: options.limits,
            ahead: Pool::in_order((0..seats * AHEAD).map(|_| None)),
            seats: reader::seats(seats, supervisor.as_ref()),
            progress: self.progress,
            claims: Claims::default(),
            waiting: AtomicUsize::new(0),
        };
        in_parallel(
            count,
            seats * THREADS,
            &|| (),
            &|(), index, stop| readers.read(index, stop),
            &mut |index, got| match (found.files.get(index), got) {
                (Some(file), Some(got)) => self.take(file, got, &readers),
                _ => Ok(()),
            },
        )
    }

    fn skip_unreadable(&mut self, found: &Discovery) -> Result<(), DatasetError> {
        for u in &found.unreadable {
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

    fn take(&mut self, file: &Found, got: Got, readers: &Readers) -> Result<(), BatchError> {
        match got {
            Got::Broken(error) => return Err(BatchError::Interrupted(error)),
            Got::Read(mut reading) => {
                let document = readers.take(&mut reading).map_err(BatchError::Interrupted)?;
                // Two files of one content may have been read at the same time.
                match self.first_of.get(&document.id).cloned() {
                    Some(first) => self.duplicate(file, document.id, &first)?,
                    None => self.document(file, *document, *reading)?,
                }
            }
            Got::Duplicate { id, first } => self.duplicate(file, id, &first)?,
            Got::NoPaper(d) => self.told_skip("info", "skipped: ", d)?,
            Got::Unreadable(d) => {
                self.unread += 1;
                self.told_skip("error", "", d)?;
            }
        }
        Ok(())
    }

    fn duplicate(&mut self, file: &Found, id: String, first: &str) -> Result<(), DatasetError> {
        let message = format!("has the same content as {first}, which stands for both");
        let mut d = Diagnostic::new(Severity::Info, DiagnosticCode::DuplicateFile, message);
        d.source.clone_from(&file.source);
        d.document_id = id;
        self.told_skip("info", "", d)
    }

    fn told_skip(&mut self, level: &str, lead: &str, d: Diagnostic) -> Result<(), DatasetError> {
        self.progress.message(level, &format!("{}: {lead}{}", d.source, d.message));
        self.skip(d)
    }

    fn document(&mut self, file: &Found, mut d: Document, reading: Reading) -> Result<(), BatchError> {
        self.first_of.insert(d.id.clone(), file.source.clone());
        // Read under another name: its observations' ids come from the name.
        let renamed = d.source != file.source;
        if renamed {
            d.source.clone_from(&file.source);
            ids::assign(&mut d);
        }
        let sha256 = match self.options.formats.json {
            true => self
                .place(&d, &reading.kept, renamed)
                .map_err(|(path, error)| DatasetError::Io { path, error })?,
            false => reading.kept.sha256.clone(),
        };
        let status = status_word(d.status);
        let reasons = reasons(&d);
        for reason in &reasons {
            self.progress.message("error", &format!("{}: {status}: {reason}", d.source));
        }
        count(&mut self.record, &d, reading.reused);
        self.recognised |= d.pages.iter().any(|p| p.reader == ReaderName::Ocr);
        self.record.documents.push(RunDocument {
            id: d.id.clone(),
            source: d.source.clone(),
            status: d.status,
            seconds: seconds(reading.took),
            pages: d.pages.len() as u64,
            tables: d.tables.len() as u64,
            observations: d.observations.len() as u64,
            reasons,
            reused: reading.reused,
            stages: reading.stages,
            key: reading.key,
            sha256,
        });
        let link = file.path.canonicalize().map(|p| relative(self.staging.target(), &p)).unwrap_or_default();
        self.writer.push(&d, &link)?;
        (self.each)(&d);
        Ok(())
    }

    /// Puts `documents/ID.json` into the new dataset; gives its SHA-256.
    fn place(&self, d: &Document, kept: &Kept, renamed: bool) -> Result<String, (PathBuf, io::Error)> {
        let folder = self.staging.folder().join("documents");
        let path = folder.join(format!("{}.json", d.id));
        let write = |path: &Path| -> io::Result<String> {
            std::fs::create_dir_all(&folder)?;
            if !renamed {
                // A second name for the same file costs nothing; not every file system has that.
                if std::fs::hard_link(&kept.path, path).is_err() {
                    std::fs::copy(&kept.path, path)?;
                }
                return Ok(kept.sha256.clone());
            }
            let mut json = Vec::new();
            shiryo_dataset::write_document(&mut json, d)?;
            std::fs::write(path, &json)?;
            Ok(sha256_hex(&json))
        };
        write(&path).map_err(|error| (path, error))
    }
}
