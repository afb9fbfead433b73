//! Which files an extraction is about.

use crate::check::EXPECTED_SUFFIX;
use std::collections::{BTreeMap, HashSet};
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
    /// Path relative to the input root, `/` between its parts; unique within a run.
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

/// What was found.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Files, ordered by `source`.
    pub files: Vec<Found>,
    /// Inputs, folders and entries that could not be looked into.
    pub unreadable: Vec<Unreadable>,
}

/// Lists the files of `inputs`; `skip` (the output folder) is never entered.
///
/// Hidden entries of folders are passed over; symbolic links are followed, each real folder and file once.
pub fn discover(inputs: &[PathBuf], skip: Option<&Path>) -> Discovery {
    let mut walk = Walk { skip: skip.and_then(|p| p.canonicalize().ok()), ..Walk::default() };
    for input in inputs {
        match fs::metadata(input) {
            Ok(m) if m.is_dir() => walk.folder(input, input, "", 0),
            Ok(_) => {
                let source = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy().into_owned();
                walk.file(input.clone(), source, input.parent().unwrap_or(input), true);
            }
            Err(error) => walk.found.unreadable.push(Unreadable { path: input.clone(), error }),
        }
    }
    walk.found.files = distinct(std::mem::take(&mut walk.listed));
    walk.found
}

/// A file and the input root it was found under.
struct Listed {
    file: Found,
    root: PathBuf,
}

#[derive(Default)]
struct Walk {
    skip: Option<PathBuf>,
    entered: HashSet<PathBuf>,
    taken: HashSet<PathBuf>,
    listed: Vec<Listed>,
    found: Discovery,
}

impl Walk {
    fn folder(&mut self, root: &Path, path: &Path, prefix: &str, depth: usize) {
        let real = match path.canonicalize() {
            Ok(p) => p,
            Err(error) => return self.found.unreadable.push(Unreadable { path: path.to_owned(), error }),
        };
        if depth > MAX_DEPTH || self.skip.as_ref() == Some(&real) || !self.entered.insert(real) {
            return;
        }
        let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(list) => list.filter_map(|e| e.ok().map(|e| e.path())).collect(),
            Err(error) => return self.found.unreadable.push(Unreadable { path: path.to_owned(), error }),
        };
        entries.sort();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Hidden files, and what `shiryo check` keeps beside papers.
            if name.starts_with('.') || name.ends_with(EXPECTED_SUFFIX) {
                continue;
            }
            let source = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            match fs::metadata(&entry) {
                Ok(m) if m.is_dir() => self.folder(root, &entry, &source, depth + 1),
                Ok(m) if m.is_file() => self.file(entry, source, root, false),
                Ok(_) => {} // sockets, devices: reading them might never end
                Err(error) => self.found.unreadable.push(Unreadable { path: entry, error }),
            }
        }
    }

    fn file(&mut self, path: PathBuf, source: String, root: &Path, explicit: bool) {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if self.taken.insert(real) {
            self.listed.push(Listed { file: Found { path, source, explicit }, root: root.to_owned() });
        }
    }
}

/// Orders by `source`. Files of several roots may have the same relative path: those get their root's name in
/// front, and a number where even that is the same.
fn distinct(listed: Vec<Listed>) -> Vec<Found> {
    let mut by_source: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
    for l in listed {
        by_source.entry(l.file.source.clone()).or_default().push(l);
    }
    let mut used: HashSet<String> = by_source.keys().cloned().collect();
    let mut files = Vec::new();
    for mut group in by_source.into_values() {
        group.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        let alone = group.len() == 1;
        for Listed { mut file, root } in group {
            if !alone {
                let root = root.canonicalize().unwrap_or(root);
                let root = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let named = format!("{root}/{}", file.source);
                let mut source = named.clone();
                for n in 2.. {
                    if used.insert(source.clone()) {
                        break;
                    }
                    source = format!("{named} ({n})");
                }
                file.source = source;
            }
            files.push(file);
        }
    }
    files.sort_by(|a, b| a.source.cmp(&b.source));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(path: &Path) {
        fs::create_dir_all(path.parent().unwrap_or(path)).unwrap_or_default();
        fs::write(path, "x").unwrap_or_default();
    }

    #[test]
    fn folders_are_walked_in_order_without_hidden_files_and_output() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        for name in ["資料/b.txt", "資料/a.txt", "資料/.hidden/c.txt", "資料/.d.txt", "資料/out/e.txt"]
        {
            touch(&dir.path().join(name));
        }
        let found = discover(&[dir.path().to_owned()], Some(&dir.path().join("資料/out")));
        let sources: Vec<_> = found.files.iter().map(|f| f.source.as_str()).collect();
        assert_eq!(sources, ["資料/a.txt", "資料/b.txt"]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_do_not_loop() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        touch(&dir.path().join("a/one.txt"));
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/loop"))?;
        std::os::unix::fs::symlink(dir.path().join("gone"), dir.path().join("a/broken"))?;
        let found = discover(&[dir.path().to_owned()], None);
        assert_eq!(found.files.len(), 1);
        assert_eq!(found.unreadable.len(), 1);
        Ok(())
    }

    #[test]
    fn same_names_under_two_roots_stay_apart() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        for name in ["r5/x.txt", "r6/x.txt"] {
            touch(&dir.path().join(name));
        }
        let found = discover(&[dir.path().join("r5"), dir.path().join("r6")], None);
        let sources: Vec<_> = found.files.iter().map(|f| f.source.as_str()).collect();
        assert_eq!(sources, ["r5/x.txt", "r6/x.txt"]);
        Ok(())
    }
}
