//! What becomes of a document whose worker dies: tried again without the page that did it.

use super::child::{Cause, Worker};
use super::protocol::{Ask, Say, Setup};
use crate::batch::limits::Limits;
use crate::batch::log::LogFormat;
use crate::batch::reading::{failed_document, fault};
use crate::pipeline::settle_status;
use crate::{Pipeline, Stage, Step, ids, sha256_hex};
use shiryo_model::{Diagnostic, DiagnosticCode, Document, Severity};
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
    /// Program that read scanned pages.
    pub(in crate::batch) ocr: Option<String>,
    /// The same bytes would give the same again.
    pub(in crate::batch) lasting: bool,
}

/// An attempt that came to nothing.
#[derive(Debug)]
struct Failure {
    cause: Cause,
    step: Option<Step>,
    /// Last page of which glyphs were there.
    last_page: Option<u32>,
    took: Duration,
}

impl Failure {
    /// The page it happened on, when these pages were to be read.
    fn page(&self, wanted: &[u32]) -> Option<u32> {
        let step = self.step?;
        match step.stage {
            Stage::Read => match self.last_page {
                Some(last) => wanted.iter().copied().find(|p| *p > last),
                None => wanted.first().copied(),
            },
            _ => step.page,
        }
    }
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
    pub(in crate::batch) fn read(
        &mut self,
        bytes: &[u8],
        source: &str,
        stop: &AtomicBool,
        step: &mut dyn FnMut(Step),
    ) -> io::Result<Answer> {
        let mut course = Course { pages: self.supervisor.pages.clone(), ..Course::default() };
        loop {
            let failure = match self.attempt(bytes, source, course.pages.clone(), stop, step)? {
                Ok(answer) => return course.finish(answer),
                Err(failure) => failure,
            };
            match failure.cause {
                Cause::Stopped => return Err(io::ErrorKind::Interrupted.into()),
                Cause::Killed if course.killed < KILLED => {
                    course.killed += 1;
                    continue;
                }
                _ => {}
            }
            course.spent += failure.took;
            if !self.avoid(bytes, source, &failure, &mut course, stop, step)? {
                return lost(bytes, source, &failure, &self.supervisor.limits);
            }
        }
    }

    /// Finds what to leave out in the next attempt; `false` when there is nothing more to be tried.
    fn avoid(
        &mut self,
        bytes: &[u8],
        source: &str,
        failure: &Failure,
        course: &mut Course,
        stop: &AtomicBool,
        step: &mut dyn FnMut(Step),
    ) -> io::Result<bool> {
        let limits = self.supervisor.limits;
        if course.final_attempt || matches!(failure.cause, Cause::Killed) {
            return Ok(false);
        }
        let Some(wanted) = self.wanted(bytes, course, stop)? else { return Ok(false) };
        let Some(page) = failure.page(&wanted) else {
            // Not one page's doing: each is tried alone, once.
            if course.probed || wanted.len() < 2 {
                return Ok(false);
            }
            course.probed = true;
            return self.probe(bytes, source, &wanted, course, stop, step);
        };
        let given_up =
            course.left_out.len() >= LEFT_OUT || limits.timeout.is_some_and(|t| course.spent > t * PATIENCE);
        let rest: Vec<u32> = if given_up {
            course.final_attempt = true;
            wanted.iter().copied().filter(|p| *p < page).collect()
        } else {
            wanted.iter().copied().filter(|p| *p != page).collect()
        };
        for left in wanted.iter().filter(|p| !rest.contains(p)) {
            let message = if *left == page {
                format!("{}; the page was left out", told(failure, &limits))
            } else {
                "not tried any more after others of the document failed; the page was left out".to_owned()
            };
            course
                .left_out
                .push(Diagnostic::new(Severity::Error, code(&failure.cause), message).on_page(*left));
        }
        let some = !rest.is_empty();
        course.pages = Some(rest);
        Ok(some)
    }

    /// Tries every page alone; those that fail are left out.
    fn probe(
        &mut self,
        bytes: &[u8],
        source: &str,
        wanted: &[u32],
        course: &mut Course,
        stop: &AtomicBool,
        step: &mut dyn FnMut(Step),
    ) -> io::Result<bool> {
        let limits = self.supervisor.limits;
        let mut good = Vec::new();
        for page in wanted {
            let Err(failure) = self.attempt(bytes, source, Some(vec![*page]), stop, step)? else {
                good.push(*page);
                continue;
            };
            if failure.cause == Cause::Stopped {
                return Err(io::ErrorKind::Interrupted.into());
            }
            course.spent += failure.took;
            let patient = limits.timeout.is_none_or(|t| course.spent <= t * PATIENCE);
            if course.left_out.len() >= LEFT_OUT || !patient {
                return Ok(false);
            }
            let message = format!("{}; the page was left out", told(&failure, &limits));
            course
                .left_out
                .push(Diagnostic::new(Severity::Error, code(&failure.cause), message).on_page(*page));
        }
        let found = !good.is_empty() && good.len() < wanted.len();
        course.pages = Some(good);
        Ok(found)
    }

    /// The pages that were to be read in the last attempt; `None` when the document has no pages to choose from.
    fn wanted(&mut self, bytes: &[u8], course: &Course, stop: &AtomicBool) -> io::Result<Option<Vec<u32>>> {
        if !is_pdf(bytes) {
            return Ok(None);
        }
        let most = self.supervisor.limits.pages;
        if let Some(pages) = &course.pages {
            return Ok(Some(pages.clone()));
        }
        let limit = self.supervisor.limits.timeout;
        let counted = self.worker()?.ask(&Ask::Count, bytes, limit, stop, &mut |_| ());
        let (count, lost) = match counted {
            Ok((Say::Pages(n), _)) => (n, false),
            Err(Cause::Panic(_)) => (0, false),
            _ => (0, true),
        };
        if lost {
            self.worker = None;
        }
        let count = if most > 0 { count.min(most) } else { count };
        Ok((count > 0).then(|| (1..=count).collect()))
    }

    fn worker(&mut self) -> io::Result<&mut Worker> {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => {
                let s = self.supervisor;
                Worker::start(&s.program, &s.setup)
                    .map_err(|e| io::Error::new(e.kind(), format!("a worker process could not begin: {e}")))?
            }
        };
        Ok(self.worker.insert(worker))
    }

    fn attempt(
        &mut self,
        bytes: &[u8],
        source: &str,
        pages: Option<Vec<u32>>,
        stop: &AtomicBool,
        tell: &mut dyn FnMut(Step),
    ) -> io::Result<Result<Answer, Failure>> {
        let (limit, began) = (self.supervisor.limits.timeout, Instant::now());
        let (mut step, mut last_page) = (None, None);
        let mut each = |now: Step| {
            step = Some(now);
            last_page = now.page.or(last_page);
            tell(now);
        };
        let ask = Ask::Read { source: source.to_owned(), pages };
        let cause = match self.worker()?.ask(&ask, bytes, limit, stop, &mut each) {
            Ok((Say::Done { stages, ocr }, json)) => {
                return Ok(Ok(Answer { json, stages, ocr, lasting: true }));
            }
            Ok(_) => Cause::Garbled,
            Err(cause) => cause,
        };
        if !matches!(cause, Cause::Panic(_)) {
            self.worker = None;
        }
        Ok(Err(Failure { cause, step, last_page, took: began.elapsed() }))
    }
}

/// What has been tried with a document.
#[derive(Debug, Default)]
struct Course {
    pages: Option<Vec<u32>>,
    left_out: Vec<Diagnostic>,
    killed: usize,
    probed: bool,
    final_attempt: bool,
    spent: Duration,
}

impl Course {
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
fn lost(bytes: &[u8], source: &str, failure: &Failure, limits: &Limits) -> io::Result<Answer> {
    let message = format!("{}; nothing of the document was kept", told(failure, limits));
    let d = Diagnostic::new(Severity::Error, code(&failure.cause), message);
    let document = failed_document(source, sha256_hex(bytes), bytes.len() as u64, d);
    let lasting = failure.cause != Cause::Killed;
    Ok(Answer { json: json(&document)?, stages: BTreeMap::new(), ocr: None, lasting })
}

fn is_pdf(bytes: &[u8]) -> bool {
    matches!(crate::sniff::sniff(bytes), Ok(crate::sniff::Sniffed::Pdf))
}

fn code(cause: &Cause) -> DiagnosticCode {
    match cause {
        Cause::Time | Cause::Memory | Cause::Stack => DiagnosticCode::LimitReached,
        _ => DiagnosticCode::InternalError,
    }
}

/// What happened, and at what.
fn told(failure: &Failure, limits: &Limits) -> String {
    let what = match &failure.cause {
        Cause::Time => match limits.timeout {
            Some(t) => format!("it took longer than --timeout {} s", t.as_secs_f64()),
            None => "character recognition did not come to an end".to_owned(),
        },
        Cause::Memory if limits.memory > 0 => {
            format!("it needed more memory than --max-memory {}", limits.memory_text())
        }
        Cause::Memory => "the machine had no memory left for it".to_owned(),
        Cause::Stack => "it is nested too deeply and overflowed the stack".to_owned(),
        Cause::Killed => "its worker was killed from outside (signal 9), again and again".to_owned(),
        Cause::Signal(n) => format!("its worker crashed ({}); please report it", signal_name(*n)),
        Cause::Exit(n) => format!("its worker ended with exit code {n}; please report it"),
        Cause::Panic(what) => fault(what),
        Cause::Garbled | Cause::Stopped => "its worker gave no answer; please report it".to_owned(),
    };
    match failure.step.map(|s| s.stage) {
        Some(stage) => format!("{what} ({})", at_work(stage)),
        None => what,
    }
}

fn at_work(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "while opening it",
        Stage::Read => "while reading glyphs and rules",
        Stage::Recognise => "while recognising characters",
        Stage::Layout => "while finding lines and tables",
        Stage::Observe => "while reading observations",
    }
}

fn signal_name(n: i32) -> String {
    let name = match n {
        4 => "illegal instruction",
        6 => "abort",
        7 => "bus error",
        8 => "arithmetic error",
        11 => "segmentation fault",
        15 => "termination",
        24 => "processor time",
        _ => return format!("signal {n}"),
    };
    format!("signal {n}, {name}")
}
