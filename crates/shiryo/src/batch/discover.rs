//! Which files an extraction is about.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 64;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Path relative to the input root, `/` between its parts.
    pub source: String,
    /// Given by name rather than found in a folder: it is always tried.
    pub explicit: bool,
}

/// Something that could not be looked into.
#[derive(Debug)]
pub struct Unreadable {
    /// Where it is.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// Lists the files of `inputs` in a fixed order; `skip` (the output folder) is never entered.
///
/// Folders are walked in the order of their names; hidden entries are passed over; symbolic links are followed,
/// each real folder once.
pub fn discover(inputs: &[PathBuf], skip: Option<&Path>) -> (Vec<Found>, Vec<Unreadable>) {
    let mut walk = Walk { skip: skip.and_then(|p| p.canonicalize().ok()), ..Walk::default() };
    for input in inputs {
        match fs::metadata(input) {
            Ok(m) if m.is_dir() => walk.folder(input, "", 0),
            Ok(_) => {
                let source = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy().into_owned();
                walk.found.push(Found { path: input.clone(), source, explicit: true });
            }
            Err(error) => walk.unreadable.push(Unreadable { path: input.clone(), error }),
        }
    }
    (walk.found, walk.unreadable)
}

#[derive(Default)]
struct Walk {
    skip: Option<PathBuf>,
    entered: HashSet<PathBuf>,
    found: Vec<Found>,
    unreadable: Vec<Unreadable>,
}

impl Walk {
    fn folder(&mut self, path: &Path, prefix: &str, depth: usize) {
        let real = match path.canonicalize() {
            Ok(p) => p,
            Err(error) => return self.unreadable.push(Unreadable { path: path.to_owned(), error }),
        };
        if depth > MAX_DEPTH || self.skip.as_ref() == Some(&real) || !self.entered.insert(real) {
            return;
        }
        let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(list) => list.filter_map(|e| e.ok().map(|e| e.path())).collect(),
            Err(error) => return self.unreadable.push(Unreadable { path: path.to_owned(), error }),
        };
        entries.sort();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let source = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            match fs::metadata(&entry) {
                Ok(m) if m.is_dir() => self.folder(&entry, &source, depth + 1),
                Ok(m) if m.is_file() => self.found.push(Found { path: entry, source, explicit: false }),
                Ok(_) => {} // sockets, devices
                Err(error) => self.unreadable.push(Unreadable { path: entry, error }),
            }
        }
    }
}
