//! What a thread of a run does with one file: reads its bytes, looks whether its result is known, has it read otherwise,
//! and keeps what came out.

use super::archive::Archive;
use super::discover::Discovery;
use super::dispatch::{Claims, Opened, open};
use super::found::Found;
use super::limits::Limits;
use super::log::Clock;
use super::pool::Pool;
use super::progress::{DoneWith, Progress};
use super::reading::crashed;
use super::record::status_word;
use super::work::{Kept, Keys, Work};
use super::worker::{Answer, Case, Supervised, Supervisor, panic_message};
use crate::{Part, Pipeline, Step, run_document_watched};
use shiryo_model::{Diagnostic, Document, DocumentStatus};
use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Documents that wait in memory for those before them; more wait on the disk.
const IN_MEMORY: usize = 32;

/// Files open for each seat: one is read, the next one waits.
pub(super) const AHEAD: usize = 2;
/// Threads for each seat. The others put results on the disk: a sync may take longer than reading a document, and syncs
/// that wait together end together.
pub(super) const THREADS: usize = 4;

/// Where one document at a time is read.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    /// Counted from 0.
    number: usize,
    /// Who reads; without, the thread that has the seat.
    worker: Option<Supervised<'a>>,
}

/// The seats for so many workers of `supervisor`.
pub(super) fn seats(count: usize, supervisor: Option<&Supervisor>) -> Pool<Seat<'_>> {
    let seats = (0..count).map(|number| Seat { number, worker: supervisor.map(Supervisor::place) });
    // With one seat files are read in their order; with more, a file slow to open would leave seats empty.
    if count == 1 { Pool::in_order(seats) } else { Pool::new(seats) }
}

/// Lets later files have their turn at a seat, whatever became of this one.
struct Passed<'r, 'a> {
    seats: &'r Pool<Seat<'a>>,
    index: usize,
}

impl Drop for Passed<'_, '_> {
    fn drop(&mut self) {
        self.seats.pass(self.index);
    }
}

/// What became of one file.
#[derive(Debug)]
pub(super) enum Got {
    /// A document.
    Read(Box<Reading>),
    /// The same content as an earlier file.
    Duplicate { id: String, first: String },
    /// Found in a folder and no paper.
    NoPaper(Diagnostic),
    /// Could not be opened or read.
    Unreadable(Diagnostic),
    /// The run cannot go on.
    Broken(io::Error),
}

/// A document and how it came about.
#[derive(Debug)]
pub(super) struct Reading {
    /// Where it is kept.
    pub(super) kept: Kept,
    /// The document; `None` when it waits on the disk.
    pub(super) document: Option<Box<Document>>,
    /// What it is named by for later runs; empty when they are to read it again.
    pub(super) key: String,
    pub(super) status: DocumentStatus,
    pub(super) pages: u64,
    pub(super) took: Duration,
    pub(super) stages: BTreeMap<String, f64>,
    pub(super) reused: bool,
}

/// What all threads of a run share.
pub(super) struct Readers<'a> {
    pub(super) found: &'a Discovery,
    pub(super) pipeline: &'a Pipeline,
    pub(super) work: &'a Work,
    pub(super) limits: Limits,
    /// Who may have a file open, and the archive the last one was in.
    pub(super) ahead: Pool<Option<Archive>>,
    /// Where documents are read.
    pub(super) seats: Pool<Seat<'a>>,
    pub(super) progress: &'a Progress,
    pub(super) claims: Claims,
    /// Documents in memory that nobody has taken yet.
    pub(super) waiting: AtomicUsize,
}

impl Readers<'_> {
    /// Reads the file at `index`.
    pub(super) fn read(&self, index: usize, stop: &AtomicBool) -> Option<Got> {
        let file = self.found.files.get(index)?;
        let got = self.one(file, index, stop).unwrap_or_else(Got::Broken);
        let done = DoneWith { source: &file.source, ..DoneWith::default() };
        match &got {
            Got::Read(r) => self.progress.done(&DoneWith {
                status: status_word(r.status),
                pages: r.pages,
                not_complete: r.status != DocumentStatus::Complete,
                reused: r.reused,
                took: r.took,
                ..done
            }),
            Got::Duplicate { .. } => self.progress.done(&DoneWith { status: "duplicate", ..done }),
            Got::NoPaper(_) => self.progress.done(&DoneWith { status: "skipped", ..done }),
            Got::Unreadable(_) => {
                self.progress.done(&DoneWith { status: "unreadable", not_complete: true, ..done });
            }
            Got::Broken(_) => {}
        }
        Some(got)
    }

    fn one(&self, file: &Found, index: usize, stop: &AtomicBool) -> io::Result<Got> {
        let _passed = Passed { seats: &self.seats, index };
        let read = self.ahead.with(index, |archive| self.answer(archive, file, index, stop));
        let (keys, answer, took) = match read? {
            ControlFlow::Continue(read) => read,
            ControlFlow::Break(got) => return Ok(got),
        };
        let Answer { json, stages, lasting } = answer;
        // What is in the dataset is what was written, whoever read it.
        let document: Document = serde_json::from_slice(&json)?;
        let key = self.work.key_for(&document, &keys, self.pipeline);
        let kept = self.work.keep(&key, &json)?;
        let key = if lasting { key } else { String::new() };
        let (status, pages) = (document.status, document.pages.len() as u64);
        let document = self.in_memory(document);
        let reading = Reading { kept, document, key, status, pages, took, stages, reused: false };
        Ok(Got::Read(Box::new(reading)))
    }

    /// Opens a file and has it read, unless there is nothing to read.
    fn answer(
        &self,
        archive: &mut Option<Archive>,
        file: &Found,
        index: usize,
        stop: &AtomicBool,
    ) -> io::Result<ControlFlow<Got, (Keys, Answer, Duration)>> {
        let opened = open(file, archive, self.limits.bytes, index, &self.found.files, &self.claims);
        let (bytes, sha256) = match opened {
            Opened::Paper { bytes, sha256 } => (bytes, sha256),
            Opened::Duplicate { id, first } => return Ok(ControlFlow::Break(Got::Duplicate { id, first })),
            Opened::NoPaper(d) => return Ok(ControlFlow::Break(Got::NoPaper(d))),
            Opened::Unreadable(d) => return Ok(ControlFlow::Break(Got::Unreadable(d))),
        };
        let keys = self.work.keys(&bytes, &sha256, self.pipeline);
        if let Some((key, document, kept)) = self.work.find(&keys, self.pipeline) {
            let reading = Reading {
                kept,
                status: document.status,
                pages: document.pages.len() as u64,
                document: self.in_memory(document),
                key,
                took: Duration::ZERO,
                stages: BTreeMap::new(),
                reused: true,
            };
            return Ok(ControlFlow::Break(Got::Read(Box::new(reading))));
        }
        let (answer, took) = self.seats.with(index, |seat| {
            let began = Instant::now();
            self.progress.started(seat.number, &file.source);
            let answer = self.at(seat, file, bytes, &sha256, stop);
            self.progress.ended(seat.number);
            (answer, began.elapsed())
        });
        Ok(ControlFlow::Continue((keys, answer?, took)))
    }

    /// Reads a document where `seat` is.
    fn at(
        &self,
        seat: &mut Seat,
        file: &Found,
        bytes: Vec<u8>,
        sha256: &str,
        stop: &AtomicBool,
    ) -> io::Result<Answer> {
        let Seat { number, worker } = seat;
        match worker {
            Some(worker) => {
                let step = &mut |step| self.progress.step(*number, step);
                worker.read(&mut Case { bytes: &bytes, source: &file.source, stop, step })
            }
            None => self.here(*number, file, sha256, bytes),
        }
    }

    /// Reads a document in this process.
    fn here(&self, number: usize, file: &Found, sha256: &str, bytes: Vec<u8>) -> io::Result<Answer> {
        let size = bytes.len() as u64;
        let clock = Clock::begin(&file.source);
        let watch = |step: Step| {
            clock.step(step);
            self.progress.step(number, step);
        };
        let part = Part { pages: self.pipeline.read.pages.as_deref(), observe: true };
        let read = || run_document_watched(bytes, &file.source, self.pipeline, part, &watch);
        let document = catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|panic| crashed(&file.source, sha256.to_owned(), size, &panic_message(&*panic)));
        let mut json = Vec::new();
        shiryo_dataset::write_document(&mut json, &document)?;
        Ok(Answer { json, stages: clock.finish(), lasting: true })
    }

    /// The document itself as long as few wait.
    fn in_memory(&self, document: Document) -> Option<Box<Document>> {
        let room = self.waiting.load(Ordering::Relaxed) < IN_MEMORY;
        room.then(|| {
            self.waiting.fetch_add(1, Ordering::Relaxed);
            Box::new(document)
        })
    }

    /// The document of a reading, from memory or from the disk.
    pub(super) fn take(&self, reading: &mut Reading) -> io::Result<Box<Document>> {
        match reading.document.take() {
            Some(document) => {
                self.waiting.fetch_sub(1, Ordering::Relaxed);
                Ok(document)
            }
            None => Ok(serde_json::from_slice(&std::fs::read(&reading.kept.path)?)?),
        }
    }
}
