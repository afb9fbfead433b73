//! Things done in parallel and handed over in order.

use super::archive::Archive;
use super::found::Found;
use super::reading::{crashed, no_paper};
use super::worker::panic_message;
use crate::{Pipeline, ids, run_document};
use shiryo_model::{Diagnostic, DiagnosticCode, Document, Severity};
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

/// One per core, or what was asked for; never more than there is to do.
pub(super) fn jobs_for(jobs: usize, count: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if jobs == 0 { cores } else { jobs }.clamp(1, count.max(1))
}

/// Does `work` for `0..count` on `jobs` threads of a pool and gives each result to `each` in order, as soon as all before it are
/// done. `place` makes what a thread keeps from one to the next; `work` is told to end early through its flag.
/// When `each` fails, work ends soon and its error is returned.
pub(super) fn in_parallel<S, T: Send, E>(
    count: usize,
    jobs: usize,
    place: &(dyn Fn() -> S + Sync),
    work: &(dyn Fn(&mut S, usize, &AtomicBool) -> T + Sync),
    each: &mut dyn FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    // Bounded, so that results do not pile up before a slow taker.
    let (send, receive) = mpsc::sync_channel::<(usize, T)>(jobs * 2);
    let run = |send: mpsc::SyncSender<(usize, T)>| {
        let mut kept = place();
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count || send.send((index, work(&mut kept, index, &stop))).is_err() {
                break;
            }
        }
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK)
        .thread_name(|number| format!("shiryo-reader-{number}"))
        .build();
    let Ok(pool) = pool else {
        // No thread to be had: all is done here.
        let mut kept = place();
        return (0..count).try_for_each(|index| each(index, work(&mut kept, index, &stop)));
    };
    // The scope's own body runs on this thread: results are taken here while the pool reads.
    pool.in_place_scope(|scope| {
        for _ in 0..jobs {
            let (send, run) = (send.clone(), &run);
            scope.spawn(move |_| run(send));
        }
        drop(send);
        let done = in_order(receive, each);
        stop.store(true, Ordering::Relaxed);
        done
    })
}

/// Hands results over in order.
fn in_order<T, E>(
    results: mpsc::Receiver<(usize, T)>,
    each: &mut dyn FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    let (mut waiting, mut at) = (BTreeMap::new(), 0);
    for (index, result) in results {
        waiting.insert(index, result);
        while let Some(result) = waiting.remove(&at) {
            each(at, result)?;
            at += 1;
        }
    }
    Ok(())
}

/// Which file stands for a content: the first in order, whoever comes first in time.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<HashMap<String, usize>>);

impl Claims {
    /// Takes a content for the file at `index`, unless an earlier file has it: then gives that one.
    pub(super) fn claim(&self, sha256: &str, index: usize) -> Option<usize> {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let holder = claims.entry(sha256.to_owned()).or_insert(index);
        if *holder < index {
            return Some(*holder);
        }
        *holder = index;
        None
    }
}

/// Reads `files` in this process with `jobs` threads (0: one per core) and gives each outcome to `each` in the order of
/// `files`: the core of a batch for other programs, without output folder, limits and records.
///
/// `started` is told every file when its reading begins, from any thread. A panic in a document is that document's
/// failure. When `each` fails, reading ends soon and its error is returned.
pub fn run_documents<E>(
    files: &[Found],
    pipeline: &Pipeline,
    jobs: usize,
    started: &(dyn Fn(&Found) + Sync),
    each: &mut dyn FnMut(&Found, Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let claims = Claims::default();
    let mut first_of: HashMap<String, String> = HashMap::new();
    let work = |archive: &mut Option<Archive>, index: usize, _: &AtomicBool| {
        let file = files.get(index)?;
        started(file);
        Some(read_one(file, archive, index, files, pipeline, &claims))
    };
    in_parallel(files.len(), jobs_for(jobs, files.len()), &|| None, &work, &mut |index, outcome| {
        let (Some(file), Some(outcome)) = (files.get(index), outcome) else { return Ok(()) };
        let outcome = match outcome {
            // Two files of one content may have been read at the same time.
            Outcome::Document { document, took } => match first_of.get(&document.id) {
                Some(first) => Outcome::Duplicate { id: document.id.clone(), first: first.clone() },
                None => {
                    first_of.insert(document.id.clone(), file.source.clone());
                    Outcome::Document { document, took }
                }
            },
            other => other,
        };
        each(file, outcome)
    })
}

fn read_one(
    file: &Found,
    archive: &mut Option<Archive>,
    index: usize,
    files: &[Found],
    pipeline: &Pipeline,
    claims: &Claims,
) -> Outcome {
    let began = Instant::now();
    let (bytes, sha256) = match open(file, archive, u64::MAX, index, files, claims) {
        Opened::Paper { bytes, sha256 } => (bytes, sha256),
        Opened::Duplicate { id, first } => return Outcome::Duplicate { id, first },
        Opened::NoPaper(d) => return Outcome::NoPaper(d),
        Opened::Unreadable(d) => return Outcome::Unreadable(d),
    };
    let size = bytes.len() as u64;
    let document = catch_unwind(AssertUnwindSafe(|| run_document(bytes, &file.source, pipeline)))
        .unwrap_or_else(|panic| crashed(&file.source, sha256, size, &panic_message(&*panic)));
    Outcome::Document { document: Box::new(document), took: began.elapsed() }
}

/// What a file turned out to be before anything is read out of it.
pub(super) enum Opened {
    /// To be read.
    Paper {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Their hash.
        sha256: String,
    },
    /// Content that an earlier file of the run has; see [`Outcome::Duplicate`].
    Duplicate {
        /// Id of the document.
        id: String,
        /// The file that stands for it.
        first: String,
    },
    /// See [`Outcome::NoPaper`].
    NoPaper(Diagnostic),
    /// See [`Outcome::Unreadable`].
    Unreadable(Diagnostic),
}

/// Opens the file at `index` of `files`, when it has at most `most` bytes, and claims its content.
pub(super) fn open(
    file: &Found,
    archive: &mut Option<Archive>,
    most: u64,
    index: usize,
    files: &[Found],
    claims: &Claims,
) -> Opened {
    let bytes = match file.read_with(archive, most) {
        Ok(bytes) => bytes,
        Err(e) => return Opened::Unreadable(unreadable(file, &e.to_string())),
    };
    if !file.explicit
        && let Some(why) = no_paper(&bytes)
    {
        let mut d = Diagnostic::new(Severity::Info, DiagnosticCode::UnknownFormat, why);
        d.source.clone_from(&file.source);
        return Opened::NoPaper(d);
    }
    let sha256 = ids::sha256_hex(&bytes);
    if let Some(first) = claims.claim(&sha256, index).and_then(|i| files.get(i)) {
        return Opened::Duplicate { id: ids::document_id(&sha256), first: first.source.clone() };
    }
    Opened::Paper { bytes, sha256 }
}

/// A file that could not be read.
fn unreadable(file: &Found, why: &str) -> Diagnostic {
    let message = format!("cannot be read: {why}");
    let mut d = Diagnostic::new(Severity::Error, DiagnosticCode::UnreadableFile, message);
    d.source.clone_from(&file.source);
    d
}
