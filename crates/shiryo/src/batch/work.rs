//! Results that outlive a run: what a killed run has read, and what an earlier dataset holds.
//!
//! A result is named by a key: the hash of all it depends on (content, reading options, catalogue, user dictionary, version). While a run
//! goes on, each is written to `OUT/.shiryo/results/KEY-SHA256.json`, synced and renamed before it counts; at the end it
//! becomes `documents/ID.json`. `run.json` keeps the keys, so that the next run finds results in the dataset itself.

use super::limits::Limits;
use crate::sniff::Sniffed;
use crate::{Pipeline, sha256_hex};
use shiryo_dataset::{RunDocument, RunRecord, Staging};
use shiryo_model::{DiagnosticCode, Document, Generator, ReaderName, SCHEMA_VERSION};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Length of a key, hexadecimal digits.
const KEY: usize = 32;

/// A result on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its file: what [`shiryo_dataset::write_document`] wrote.
    pub(super) path: PathBuf,
    /// SHA-256 of the file.
    pub(super) sha256: String,
}

/// Results of this run and of earlier ones.
#[derive(Debug)]
pub(super) struct Work {
    results: PathBuf,
    known: HashMap<String, Kept>,
    /// There were results of a run that did not end.
    pub(super) interrupted: bool,
    everything: String,
    limits: Limits,
    parts: AtomicU64,
}

/// What a document's result is named by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    /// When no limit struck and nothing outside this program had a part in it.
    pub(super) plain: String,
}

impl Work {
    /// Looks what there is. With `fresh`, nothing of earlier runs is found.
    pub(super) fn open(
        staging: &Staging,
        generator: &Generator,
        limits: Limits,
        fresh: bool,
    ) -> io::Result<Self> {
        let results = staging.work().join("results");
        if fresh {
            match fs::remove_dir_all(&results) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        fs::create_dir_all(&results)?;
        let mut known = if fresh { HashMap::new() } else { of_dataset(staging.target()) };
        let left = list(&results)?;
        let interrupted = !left.is_empty();
        known.extend(left);
        let everything = [&generator.version, &build(), &generator.catalog, SCHEMA_VERSION].join("\n");
        Ok(Self { results, known, interrupted, everything, limits, parts: AtomicU64::new(0) })
    }

    /// The keys of a document of this content and hash.
    pub(super) fn keys(&self, bytes: &[u8], sha256: &str, pipeline: &Pipeline) -> Keys {
        let mut parts = vec![self.everything.clone(), sha256.to_owned()];
        parts.extend(pipeline.user_dictionary.as_ref().map(|words| sha256_hex(words.as_bytes())));
        // Text is read in one way only.
        if matches!(crate::sniff::sniff(bytes), Ok(Sniffed::Pdf)) {
            parts.push(format!("{:?} {:?} {:?}", pipeline.read.engine, pipeline.read.pages, pipeline.ocr));
            // The password touches documents that have one.
            if bytes.windows(8).any(|w| w == b"/Encrypt") {
                parts.push(format!("{:?}", pipeline.read.password));
            }
        }
        Keys { plain: hash(&parts.join("\n")) }
    }

    /// The key of a result that a limit or the program for character recognition had a part in.
    pub(super) fn touched(&self, keys: &Keys, pipeline: &Pipeline) -> String {
        let Limits { timeout, memory, pages, bytes: _ } = self.limits;
        let ocr = pipeline.find_ocr_program();
        hash(&format!("{}\n{timeout:?} {memory} {pages} {ocr:?}", keys.plain))
    }

    /// The key `document` is to be kept under.
    pub(super) fn key_for(&self, document: &Document, keys: &Keys, pipeline: &Pipeline) -> String {
        if is_touched(document) { self.touched(keys, pipeline) } else { keys.plain.clone() }
    }

    /// The result under `key`, when it is there and sound.
    fn load(&self, key: &str) -> Option<(Document, Kept)> {
        let kept = self.known.get(key)?;
        let json = fs::read(&kept.path).ok()?;
        if sha256_hex(&json) != kept.sha256 {
            return None;
        }
        Some((serde_json::from_slice(&json).ok()?, kept.clone()))
    }

    /// An earlier result for a document, with its key.
    pub(super) fn find(&self, keys: &Keys, pipeline: &Pipeline) -> Option<(String, Document, Kept)> {
        if self.known.is_empty() {
            return None;
        }
        let most = self.limits.pages as usize;
        if let Some((document, kept)) = self.load(&keys.plain)
            && (most == 0 || document.pages.len() <= most)
        {
            return Some((keys.plain.clone(), document, kept));
        }
        let key = self.touched(keys, pipeline);
        let (document, kept) = self.load(&key)?;
        Some((key, document, kept))
    }

    /// Keeps a result: written aside, synced, renamed.
    pub(super) fn keep(&self, key: &str, json: &[u8]) -> io::Result<Kept> {
        let sha256 = sha256_hex(json);
        let path = self.results.join(format!("{key}-{sha256}.json"));
        let aside = self.results.join(format!("{}.part", self.parts.fetch_add(1, Ordering::Relaxed)));
        let write = || {
            let mut file = File::create(&aside)?;
            file.write_all(json)?;
            file.sync_data()?;
            fs::rename(&aside, &path)
        };
        write().map_err(|e| {
            // A full disk has more use for the room.
            let _ = fs::remove_file(&aside);
            io::Error::new(e.kind(), format!("{}: {e}", self.results.display()))
        })?;
        Ok(Kept { path, sha256 })
    }

    /// Removes results that no document of this run is named by.
    pub(super) fn prune(&self, used: &RunRecord) {
        let Ok(left) = list(&self.results) else { return };
        let used: HashSet<&str> = used.documents.iter().map(|d| d.key.as_str()).collect();
        for (key, kept) in left {
            if !used.contains(key.as_str()) {
                let _ = fs::remove_file(kept.path);
            }
        }
    }
}

/// Whether a limit, a crash or another program had a part in it.
fn is_touched(d: &Document) -> bool {
    let code = |c: DiagnosticCode| matches!(c, DiagnosticCode::LimitReached | DiagnosticCode::InternalError);
    d.pages.iter().any(|p| p.scan || p.reader == ReaderName::Ocr)
        || d.diagnostics
            .iter()
            .any(|x| code(x.code) || matches!(x.code, DiagnosticCode::OcrPage | DiagnosticCode::ScannedPage))
}

fn hash(text: &str) -> String {
    sha256_hex(text.as_bytes()).chars().take(KEY).collect()
}

/// Tells builds of one version apart: their results may differ.
fn build() -> String {
    let told = || -> io::Result<String> {
        let m = fs::metadata(std::env::current_exe()?)?;
        let modified = m.modified()?.duration_since(std::time::UNIX_EPOCH).map_err(io::Error::other)?;
        Ok(format!("{} {}", m.len(), modified.as_nanos()))
    };
    told().unwrap_or_default()
}

/// Results in the results folder; what a killed run left half-written is removed.
fn list(folder: &Path) -> io::Result<HashMap<String, Kept>> {
    let mut known = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        match name.strip_suffix(".json").and_then(|n| n.split_once('-')) {
            Some((key, sha256)) if key.len() == KEY => {
                known.insert(key.to_owned(), Kept { path: entry.path(), sha256: sha256.to_owned() });
            }
            _ => {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
    Ok(known)
}

/// Results in an earlier dataset.
fn of_dataset(folder: &Path) -> HashMap<String, Kept> {
    let Ok(run) = shiryo_dataset::read_run(folder) else { return HashMap::new() };
    // Ids become paths: only what an id can be.
    let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    let sound = |d: &RunDocument| is_id(&d.id) && !d.key.is_empty() && !d.sha256.is_empty();
    let documents = run.documents.into_iter().filter(sound);
    documents
        .map(|d| {
            let path = folder.join("documents").join(format!("{}.json", d.id));
            (d.key, Kept { path, sha256: d.sha256 })
        })
        .collect()
}
