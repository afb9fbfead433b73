//! Documents read in parallel and handed over in order.

use super::discover::Found;
use crate::{Pipeline, ids, run_document};
use shiryo_model::{Diagnostic, DiagnosticCode, Document, DocumentStatus, Severity};
use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

/// Stack of a reading thread: PDF engines recurse.
const STACK: usize = 32 << 20;

/// What became of one file.
#[derive(Debug)]
pub enum Outcome {
    /// It is a document (complete, incomplete or failed).
    Document {
        /// The document.
        document: Box<Document>,
        /// How long it took.
        took: Duration,
    },
    /// The same content was already given as another file.
    Duplicate {
        /// Id of the document.
        id: String,
        /// The file that stands for it.
        first: String,
    },
    /// Found in a folder and neither a PDF nor text: no committee paper.
    NoPaper(Diagnostic),
    /// Could not be opened or read.
    Unreadable(Diagnostic),
}

/// Which file stands for a content: the first in order, whoever comes first in time.
type Claims = Mutex<HashMap<String, usize>>;

/// Reads `files` with `jobs` threads (0: one per core) and gives each outcome to `each` in the order of `files`.
///
/// `started` is told every file when its reading begins, from any thread. A panic in a document is that document's
/// failure. When `each` fails, reading ends soon and its error is returned.
pub fn run_documents<E: Send>(
    files: &[Found],
    pipeline: &Pipeline,
    jobs: usize,
    started: &(dyn Fn(&Found) + Sync),
    each: &mut (dyn FnMut(&Found, Outcome) -> Result<(), E> + Send),
) -> Result<(), E> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if jobs == 0 { cores } else { jobs }.clamp(1, files.len().max(1));
    let (claims, next, stop) = (Claims::default(), AtomicUsize::new(0), AtomicBool::new(false));
    // Bounded, so that finished documents do not pile up before a slow writer.
    let (send, receive) = mpsc::sync_channel::<(usize, Outcome)>(jobs * 2);
    let worker = |send: mpsc::SyncSender<(usize, Outcome)>| {
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(index) else { break };
            started(file);
            if send.send((index, read_one(file, index, files, pipeline, &claims))).is_err() {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        let mut running = 0;
        for _ in 0..jobs {
            let (send, worker) = (send.clone(), &worker);
            let thread = std::thread::Builder::new().name("shiryo-reader".into()).stack_size(STACK);
            running += usize::from(thread.spawn_scoped(scope, move || worker(send)).is_ok());
        }
        if running == 0 {
            // No thread to be had: read here, handing over through a channel that takes everything.
            let (send_all, receive_all) = mpsc::channel();
            for (index, file) in files.iter().enumerate() {
                started(file);
                let _ = send_all.send((index, read_one(file, index, files, pipeline, &claims)));
            }
            drop(send_all);
            return in_order(files, receive_all, each);
        }
        drop(send);
        let done = in_order(files, receive, each);
        stop.store(true, Ordering::Relaxed);
        done
    })
}

/// Hands outcomes over in the order of `files`.
fn in_order<E>(
    files: &[Found],
    outcomes: impl IntoIterator<Item = (usize, Outcome)>,
    each: &mut (dyn FnMut(&Found, Outcome) -> Result<(), E> + Send),
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut at = 0;
    let mut first_of: HashMap<String, String> = HashMap::new();
    for (index, outcome) in outcomes {
        waiting.insert(index, outcome);
        while let Some(outcome) = waiting.remove(&at) {
            let Some(file) = files.get(at) else { break };
            at += 1;
            let outcome = match outcome {
                Outcome::Document { document, took } => match first_of.get(&document.id) {
                    Some(first) => Outcome::Duplicate { id: document.id.clone(), first: first.clone() },
                    None => {
                        first_of.insert(document.id.clone(), file.source.clone());
                        Outcome::Document { document, took }
                    }
                },
                other => other,
            };
            each(file, outcome)?;
        }
    }
    Ok(())
}

fn read_one(file: &Found, index: usize, files: &[Found], pipeline: &Pipeline, claims: &Claims) -> Outcome {
    let began = Instant::now();
    let bytes = match std::fs::read(&file.path) {
        Ok(bytes) => bytes,
        Err(e) => {
            let message = format!("cannot be read: {e}");
            let mut d = Diagnostic::new(Severity::Error, DiagnosticCode::UnreadableFile, message);
            d.source.clone_from(&file.source);
            return Outcome::Unreadable(d);
        }
    };
    if !file.explicit
        && let Some(why) = no_paper(&bytes)
    {
        let mut d = Diagnostic::new(Severity::Info, DiagnosticCode::UnknownFormat, why);
        d.source.clone_from(&file.source);
        return Outcome::NoPaper(d);
    }
    let sha256 = ids::sha256_hex(&bytes);
    if let Some(first) = claim(claims, &sha256, index).and_then(|i| files.get(i)) {
        return Outcome::Duplicate { id: ids::document_id(&sha256), first: first.source.clone() };
    }
    let size = bytes.len() as u64;
    let document = catch_unwind(AssertUnwindSafe(|| run_document(bytes, &file.source, pipeline)))
        .unwrap_or_else(|panic| crashed(file, sha256, size, &*panic));
    Outcome::Document { document: Box::new(document), took: began.elapsed() }
}

/// Takes a content for the file at `index`, unless an earlier file has it: then gives that one.
fn claim(claims: &Claims, sha256: &str, index: usize) -> Option<usize> {
    let mut claims = claims.lock().unwrap_or_else(PoisonError::into_inner);
    let holder = claims.entry(sha256.to_owned()).or_insert(index);
    if *holder < index {
        return Some(*holder);
    }
    *holder = index;
    None
}

/// Why a file found in a folder is passed over: images, office files and the like. Empty and damaged papers are
/// not passed over: their owner wants to hear of them.
fn no_paper(bytes: &[u8]) -> Option<String> {
    match crate::sniff::sniff(bytes) {
        Err(d) if d.code == DiagnosticCode::UnknownFormat => Some(d.message),
        _ => None,
    }
}

fn crashed(file: &Found, sha256: String, bytes: u64, panic: &(dyn Any + Send)) -> Document {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    let message = format!("a fault of shiryo itself while reading this document ({what}); please report it");
    let mut document = Document {
        id: ids::document_id(&sha256),
        source: file.source.clone(),
        sha256,
        bytes,
        status: DocumentStatus::Failed,
        diagnostics: vec![Diagnostic::new(Severity::Error, DiagnosticCode::InternalError, message)],
        ..Document::default()
    };
    ids::assign(&mut document);
    document
}
