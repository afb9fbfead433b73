//! Which files an extraction is about.

use super::archive;
use super::found::Found;
use crate::check::{EXPECTED_SUFFIX, GOLD_SUFFIX};
use globset::{GlobBuilder, GlobMatcher};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 64;

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

/// Lists the files of `inputs` (files, folders, zip archives, and patterns such as `資料/**/*.pdf` where no file has that
/// name); `skip` (the output folder) is never entered.
///
/// Hidden entries of folders are passed over; symbolic links are followed, each real folder and file once.
pub fn discover(inputs: &[PathBuf], skip: Option<&Path>) -> Discovery {
    discover_with(inputs, &[], skip)
}

/// Like [`discover`], with the files of a list: those keep the path they have in it.
pub fn discover_with(inputs: &[PathBuf], listed: &[PathBuf], skip: Option<&Path>) -> Discovery {
    let mut walk = Walk { skip: skip.and_then(|p| p.canonicalize().ok()), ..Walk::default() };
    for input in inputs {
        walk.input(input, name_of(input));
    }
    for input in listed {
        walk.input(input, relative(input).unwrap_or_else(|| name_of(input)));
    }
    walk.found.files = distinct(std::mem::take(&mut walk.listed));
    walk.found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A relative path that only goes down, with `/` between its parts.
fn relative(path: &Path) -> Option<String> {
    let parts: Option<Vec<String>> = path
        .components()
        .filter(|c| !matches!(c, Component::CurDir))
        .map(|c| match c {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    parts.filter(|p| !p.is_empty()).map(|p| p.join("/"))
}

/// A pattern and the folder it begins in.
fn pattern(input: &Path) -> Option<(PathBuf, GlobMatcher)> {
    let special = |part: &str| part.contains(['*', '?', '[', '{']);
    let text = input.to_str().filter(|t| special(t))?;
    let parts: Vec<Component> = input.components().collect();
    let plain = parts.iter().take_while(|c| !special(&c.as_os_str().to_string_lossy())).count();
    let base: PathBuf = parts.iter().take(plain).collect();
    let base = if plain == 0 { PathBuf::from(".") } else { base };
    let text = if plain == 0 { format!("./{text}") } else { text.to_owned() };
    let glob = GlobBuilder::new(&text).literal_separator(true).build().ok()?;
    Some((base, glob.compile_matcher()))
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
    /// Where a pattern was given: what files have to match.
    only: Option<GlobMatcher>,
}

impl Walk {
    fn input(&mut self, input: &Path, source: String) {
        match fs::metadata(input) {
            Ok(m) if m.is_dir() => self.folder(input, input, "", 0),
            Ok(_) => self.file(input.to_owned(), source, input.parent().unwrap_or(input), true),
            Err(error) => match pattern(input) {
                Some((base, glob)) => {
                    let before = self.listed.len();
                    self.only = Some(glob);
                    self.folder(&base, &base, "", 0);
                    self.only = None;
                    // Another pattern may want other files of the same folders.
                    self.entered.clear();
                    if self.listed.len() == before {
                        self.unreadable(input.to_owned(), io::Error::other("no file is named like this"));
                    }
                }
                None => self.unreadable(input.to_owned(), error),
            },
        }
    }

    fn unreadable(&mut self, path: PathBuf, error: io::Error) {
        self.found.unreadable.push(Unreadable { path, error });
    }

    fn folder(&mut self, root: &Path, path: &Path, prefix: &str, depth: usize) {
        let real = match path.canonicalize() {
            Ok(p) => p,
            Err(error) => return self.unreadable(path.to_owned(), error),
        };
        if depth > MAX_DEPTH || self.skip.as_ref() == Some(&real) || !self.entered.insert(real) {
            return;
        }
        let mut entries: Vec<PathBuf> = match fs::read_dir(path) {
            Ok(list) => list.filter_map(|e| e.ok().map(|e| e.path())).collect(),
            Err(error) => return self.unreadable(path.to_owned(), error),
        };
        entries.sort();
        for entry in entries {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Hidden files, and what `shiryo check` keeps beside papers.
            if name.starts_with('.') || [EXPECTED_SUFFIX, GOLD_SUFFIX].iter().any(|s| name.ends_with(s)) {
                continue;
            }
            let source = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            let wanted = self.only.as_ref().is_none_or(|glob| glob.is_match(&entry));
            match fs::metadata(&entry) {
                Ok(m) if m.is_dir() => self.folder(root, &entry, &source, depth + 1),
                Ok(_) if !wanted => {}
                Ok(m) if m.is_file() => self.file(entry, source, root, false),
                Ok(_) => {} // sockets, devices: reading them might never end
                Err(error) if wanted => self.unreadable(entry, error),
                Err(_) => {}
            }
        }
    }

    fn file(&mut self, path: PathBuf, source: String, root: &Path, explicit: bool) {
        let real = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !self.taken.insert(real) {
            return;
        }
        let listing = if archive::is_zip(&path) { archive::list(&path) } else { None };
        let root = root.to_owned();
        let Some(listing) = listing else {
            self.listed.push(Listed { file: Found { path, source, explicit, member: None }, root });
            return;
        };
        for refused in listing.refused {
            self.unreadable(path.join(refused.name), refused.why);
        }
        for (index, name) in listing.members {
            let source = format!("{source}/{name}");
            let file = Found { path: path.clone(), source, explicit: false, member: Some(index) };
            self.listed.push(Listed { file, root: root.clone() });
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
        group.sort_by(|a, b| (&a.file.path, a.file.member).cmp(&(&b.file.path, b.file.member)));
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
    fn patterns_and_lists_name_files() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        for name in ["r5/x.txt", "r5/y.pdf", "r5/下/z.txt", "r6/x.txt", "r6/[1].txt"] {
            touch(&dir.path().join(name));
        }
        let sources = |d: Discovery| -> Vec<String> { d.files.into_iter().map(|f| f.source).collect() };
        let found = discover(&[dir.path().join("r*/*.txt"), dir.path().join("r5/**/z.*")], None);
        assert_eq!(sources(found), ["r5/x.txt", "r6/[1].txt", "r6/x.txt", "下/z.txt"]);
        assert_eq!(sources(discover(&[dir.path().join("r6/[1].txt")], None)), ["[1].txt"], "a name first");
        assert_eq!(discover(&[dir.path().join("*.doc")], None).unreadable.len(), 1);
        let found = discover_with(&[], &[dir.path().join("r5/x.txt"), dir.path().join("r6/x.txt")], None);
        assert_eq!(sources(found), ["r5/x.txt", "r6/x.txt"]);
        assert_eq!(relative(Path::new("./r5/x.txt")).as_deref(), Some("r5/x.txt"));
        assert_eq!(relative(Path::new("../x.txt")), None);
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
