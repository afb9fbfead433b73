//! What becomes of a document whose worker dies: tried again without the page, or the stage, that did it.

use super::cause::{Cause, Failure};
use super::child::Worker;
use super::protocol::{Ask, Say, Setup};
use crate::batch::limits::Limits;
use crate::batch::log::LogFormat;
use crate::batch::reading::failed_document;
use crate::pipeline::settle_status;
use crate::sniff::{Sniffed, sniff};
use crate::{Pipeline, Step, ids, sha256_hex};
use shiryo_model::{Diagnostic, Document, Severity};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// A document killed from outside is innocent; after so many times it is let be.
const KILLED: usize = 3;
/// Pages left out one by one before the rest is given up.
const LEFT_OUT: usize = 20;
/// Failed attempts may take this many times the time limit.
const PATIENCE: u32 = 3;
/// A worker is replaced after so many questions: what little it may have lost does not add up.
const WORN: usize = 2000;
/// Starting a worker is tried so often before the run gives up: a system may be short of processes for a moment.
const STARTS: u32 = 5;

/// What all workers of a run share.
#[derive(Debug)]
pub(in crate::batch) struct Supervisor {
    program: PathBuf,
    setup: Setup,
    pages: Option<Vec<u32>>,
    limits: Limits,
}

/// A worker and the place where the next one comes.
#[derive(Debug)]
pub(in crate::batch) struct Supervised<'a> {
    supervisor: &'a Supervisor,
    worker: Option<Worker>,
}

/// What reading a document gave.
#[derive(Debug)]
pub(in crate::batch) struct Answer {
    /// The document as `documents/ID.json` has it.
    pub(in crate::batch) json: Vec<u8>,
    /// Seconds of each stage.
    pub(in crate::batch) stages: BTreeMap<String, f64>,
    /// The same bytes would give the same again.
    pub(in crate::batch) lasting: bool,
}

/// A document to be read, and those who want to know.
pub(in crate::batch) struct Case<'c> {
    /// Its bytes.
    pub(in crate::batch) bytes: &'c [u8],
    /// Its name.
    pub(in crate::batch) source: &'c str,
    /// Set when the run is to end.
    pub(in crate::batch) stop: &'c AtomicBool,
    /// Told every step.
    pub(in crate::batch) step: &'c mut dyn FnMut(Step),
}

impl Supervisor {
    /// Workers are `program worker`, reading like `pipeline` within `limits`.
    pub(in crate::batch) fn new(
        program: PathBuf,
        pipeline: &Pipeline,
        limits: Limits,
        faults: bool,
        logs: Option<LogFormat>,
    ) -> Self {
        let setup = Setup::of(pipeline, limits.memory, faults, logs);
        Self { program, setup, pages: pipeline.read.pages.clone(), limits }
    }

    /// A place for a worker; the process starts with its first document.
    pub(in crate::batch) fn place(&self) -> Supervised<'_> {
        Supervised { supervisor: self, worker: None }
    }
}

impl Supervised<'_> {
    /// Reads one document. An error is about the workers as such, never about the document.
    pub(in crate::batch) fn read(&mut self, case: &mut Case) -> io::Result<Answer> {
        let mut course = Course::new(self.supervisor.pages.clone());
        loop {
            let worn = self.worker.as_ref().is_some_and(|w| w.asked > 1);
            let failure = match self.attempt(case, course.pages.clone(), course.observe)? {
                Ok(answer) => return course.finish(answer),
                Err(failure) => failure,
            };
            match failure.cause {
                Cause::Killed if course.killed < KILLED => {
                    course.killed += 1;
                    continue;
                }
                // What documents before it left behind took part of the memory.
                Cause::Memory if worn => continue,
                _ => {}
            }
            course.spent += failure.took;
            if !self.avoid(case, &failure, &mut course)? {
                return lost(case, &failure, &self.supervisor.limits);
            }
        }
    }

    /// Finds what to leave out in the next attempt; `false` when there is nothing more to be tried.
    fn avoid(&mut self, case: &mut Case, failure: &Failure, course: &mut Course) -> io::Result<bool> {
        let limits = self.supervisor.limits;
        if course.last_try || failure.cause == Cause::Killed {
            return Ok(false);
        }
        if let Some(wanted) = self.wanted(case, course)? {
            if let Some(page) = failure.page(&wanted) {
                return Ok(course.leave_out(page, &wanted, failure, &limits));
            }
            // Not one page's doing, or not told: each is tried alone, once.
            if !course.probed && wanted.len() > 1 {
                course.probed = true;
                if self.probe(case, &wanted, course)? {
                    return Ok(true);
                }
            }
        }
        let without = course.observe && failure.is_in_observing();
        if without {
            course.observe = false;
            let message =
                format!("{}; text and tables were kept, without observations", failure.told(&limits));
            course.left_out.push(Diagnostic::new(Severity::Error, failure.cause.code(), message));
        }
        Ok(without)
    }

    /// Tries every page alone; those that fail are left out. Whether that leaves some, but not all.
    fn probe(&mut self, case: &mut Case, wanted: &[u32], course: &mut Course) -> io::Result<bool> {
        let limits = self.supervisor.limits;
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for &page in wanted {
            match self.attempt(case, Some(vec![page]), course.observe)? {
                Ok(_) => good.push(page),
                Err(failure) => {
                    course.spent += failure.took;
                    bad.push((page, failure));
                }
            }
            if bad.len() > LEFT_OUT || course.is_out_of_patience(&limits) {
                return Ok(false);
            }
        }
        if good.is_empty() || bad.is_empty() {
            return Ok(false);
        }
        for (page, failure) in bad {
            let message = format!("{}; the page was left out", failure.told(&limits));
            course
                .left_out
                .push(Diagnostic::new(Severity::Error, failure.cause.code(), message).on_page(page));
        }
        course.pages = Some(good);
        Ok(true)
    }

    /// The pages that were to be read in the last attempt; `None` when the document has no pages to choose from.
    fn wanted(&mut self, case: &Case, course: &Course) -> io::Result<Option<Vec<u32>>> {
        if !matches!(sniff(case.bytes), Ok(Sniffed::Pdf)) {
            return Ok(None);
        }
        if let Some(pages) = &course.pages {
            return Ok(Some(pages.clone()));
        }
        let Limits { timeout, pages: most, .. } = self.supervisor.limits;
        let count = match self.worker()?.ask(&Ask::Count, case.bytes, timeout, case.stop, &mut |_| ()) {
            Ok((Say::Pages(n), _)) => n,
            Err(Cause::Panic(_)) => 0,
            _ => {
                self.worker = None;
                0
            }
        };
        let count = if most > 0 { count.min(most) } else { count };
        Ok((count > 0).then(|| (1..=count).collect()))
    }

    fn worker(&mut self) -> io::Result<&mut Worker> {
        let kept = self.worker.take().filter(|w| w.asked < WORN);
        let worker = match kept {
            Some(worker) => worker,
            None => self.start()?,
        };
        Ok(self.worker.insert(worker))
    }

    fn start(&self) -> io::Result<Worker> {
        let mut tries = 0;
        loop {
            tries += 1;
            match Worker::start(&self.supervisor.program, &self.supervisor.setup) {
                Ok(worker) => return Ok(worker),
                Err(e) if tries == STARTS => {
                    return Err(io::Error::new(e.kind(), format!("a worker process could not begin: {e}")));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(100) * tries),
            }
        }
    }

    fn attempt(
        &mut self,
        case: &mut Case,
        pages: Option<Vec<u32>>,
        observe: bool,
    ) -> io::Result<Result<Answer, Failure>> {
        let (limit, began) = (self.supervisor.limits.timeout, Instant::now());
        let (mut step, mut last_page) = (None, None);
        let mut each = |now: Step| {
            step = Some(now);
            last_page = now.page.or(last_page);
            (case.step)(now);
        };
        let ask = Ask::Read { source: case.source.to_owned(), pages, observe };
        let cause = match self.worker()?.ask(&ask, case.bytes, limit, case.stop, &mut each) {
            Ok((Say::Done { stages }, json)) => {
                return Ok(Ok(Answer { json, stages, lasting: true }));
            }
            Ok(_) => Cause::Garbled,
            Err(cause) => cause,
        };
        if !matches!(cause, Cause::Panic(_)) {
            self.worker = None;
        }
        if cause == Cause::Stopped {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(Err(Failure { cause, step, last_page, took: began.elapsed() }))
    }
}

/// What has been tried with a document.
#[derive(Debug)]
struct Course {
    pages: Option<Vec<u32>>,
    observe: bool,
    left_out: Vec<Diagnostic>,
    killed: usize,
    probed: bool,
    last_try: bool,
    spent: Duration,
}

impl Course {
    fn new(pages: Option<Vec<u32>>) -> Self {
        Self {
            pages,
            observe: true,
            left_out: Vec::new(),
            killed: 0,
            probed: false,
            last_try: false,
            spent: Duration::ZERO,
        }
    }

    fn is_out_of_patience(&self, limits: &Limits) -> bool {
        limits.timeout.is_some_and(|t| self.spent > t * PATIENCE)
    }

    /// Leaves out a page, and when too many were left out already, all pages after it. Whether any is left.
    fn leave_out(&mut self, page: u32, wanted: &[u32], failure: &Failure, limits: &Limits) -> bool {
        self.last_try = self.left_out.len() >= LEFT_OUT || self.is_out_of_patience(limits);
        let gone = |p: u32| if self.last_try { p >= page } else { p == page };
        let (left_out, rest): (Vec<u32>, Vec<u32>) = wanted.iter().copied().partition(|p| gone(*p));
        for p in left_out {
            let message = if p == page {
                format!("{}; the page was left out", failure.told(limits))
            } else {
                "not tried any more after others of the document failed; the page was left out".to_owned()
            };
            self.left_out.push(Diagnostic::new(Severity::Error, failure.cause.code(), message).on_page(p));
        }
        let some = !rest.is_empty();
        self.pages = Some(rest);
        some
    }

    /// The answer with what was left out.
    fn finish(self, answer: Answer) -> io::Result<Answer> {
        if self.left_out.is_empty() {
            return Ok(answer);
        }
        let mut document: Document = serde_json::from_slice(&answer.json)?;
        document.diagnostics.extend(self.left_out);
        document.diagnostics.sort_by_key(|d| d.page);
        settle_status(&mut document);
        ids::assign(&mut document);
        Ok(Answer { json: json(&document)?, ..answer })
    }
}

fn json(document: &Document) -> io::Result<Vec<u8>> {
    let mut json = Vec::new();
    shiryo_dataset::write_document(&mut json, document)?;
    Ok(json)
}

/// The document of which nothing is left.
fn lost(case: &Case, failure: &Failure, limits: &Limits) -> io::Result<Answer> {
    let message = format!("{}; nothing of the document was kept", failure.told(limits));
    let d = Diagnostic::new(Severity::Error, failure.cause.code(), message);
    let document = failed_document(case.source, sha256_hex(case.bytes), case.bytes.len() as u64, d);
    let lasting = failure.cause != Cause::Killed;
    Ok(Answer { json: json(&document)?, stages: BTreeMap::new(), lasting })
}
