//! The output folder: written aside, synced, and put in place whole or not at all.
//!
//! Everything happens below `OUT/.shiryo`, the work folder: nothing outside OUT is ever touched. A run holds the
//! folder's lock, writes the new dataset into `OUT/.shiryo/part`, syncs it, notes in `OUT/.shiryo/publish.json` what
//! is to be put in place, and moves it there. A run that was killed while moving is completed by the next one.

use crate::error::{DatasetError, at};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What a run writes at the top of the output folder; everything else there belongs to somebody else. The record of
/// the run comes last: it makes the folder a dataset.
const OWN: [&str; 10] = [
    "dataset.json",
    "observations.csv",
    "cells.csv",
    "tables",
    "dataset.xlsx",
    "observations.parquet",
    "cells.parquet",
    "documents",
    "datapackage.json",
    "run.json",
];
/// The work folder in the output folder.
const WORK: &str = ".shiryo";
const LOCK: &str = "lock";
const PART: &str = "part";
const OLD: &str = "old";
const JOURNAL: &str = "publish.json";

/// A dataset being made in the work folder of the output folder.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    work: PathBuf,
    folder: PathBuf,
    /// The output folder was made by this run.
    made: bool,
    /// The work folder is to be removed even when nothing is published.
    discarded: bool,
    published: bool,
    _lock: File,
}

/// What is to be put in place: written before the first move, removed after the last.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// Names of the new dataset.
    names: Vec<String>,
    /// Whether the output folder holds an earlier dataset, whose other files go.
    replaces: bool,
}

impl Staging {
    /// Prepares writing to `target`, which is made when it is missing. A folder with other things in it is refused
    /// unless `force`; in no case is anything deleted but files of an earlier dataset.
    pub fn create(target: &Path, force: bool) -> Result<Self, DatasetError> {
        let target = real(target).map_err(at(target))?;
        let made = match fs::metadata(&target) {
            Ok(m) if !m.is_dir() => return Err(DatasetError::NotAFolder(target)),
            Ok(_) if force || is_dataset(&target) || is_free(&target).map_err(at(&target))? => false,
            Ok(_) => return Err(DatasetError::NotADataset(target)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => true,
            Err(e) => return Err(at(&target)(e)),
        };
        fs::create_dir_all(&target).map_err(at(&target))?;
        let work = target.join(WORK);
        let lock = match lock(&work) {
            Ok(lock) => lock,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Err(DatasetError::Busy(target)),
            Err(e) => {
                if made {
                    let _ = fs::remove_dir(&target);
                }
                return Err(at(&work)(e));
            }
        };
        let folder = work.join(PART);
        let staging = Self { target, work, folder, made, discarded: false, published: false, _lock: lock };
        staging.prepare().map_err(at(&staging.work))?;
        Ok(staging)
    }

    /// Completes what a killed run was putting in place, removes what it left half-written.
    fn prepare(&self) -> io::Result<()> {
        if let Some(journal) = read_journal(&self.work) {
            put_in_place(&self.target, &self.work, &journal)?;
        }
        remove(&self.folder)?;
        remove(&self.work.join(OLD))?;
        fs::create_dir(&self.folder)
    }

    /// Where to write.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The output folder, absolute.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The work folder in the output folder, for what a later run is to find.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Nothing of this run is worth keeping: when it is not published, the work folder goes, and the output folder
    /// too if this run made it.
    pub fn discard(&mut self) {
        self.discarded = true;
    }

    /// Syncs what was written and puts it in place; files of an earlier dataset go, and, unless `keep_work`, so does
    /// the work folder.
    pub fn publish(mut self, keep_work: bool) -> Result<(), DatasetError> {
        sync(&self.folder).map_err(at(&self.folder))?;
        let names = OWN.iter().filter(|n| self.folder.join(n).exists()).map(|n| (*n).to_owned());
        let journal = Journal { names: names.collect(), replaces: is_dataset(&self.target) };
        write_journal(&self.work, &journal).map_err(at(&self.work))?;
        put_in_place(&self.target, &self.work, &journal).map_err(at(&self.target))?;
        self.published = true;
        self.discarded = !keep_work;
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // A journal means that moving failed half-way: the next run completes it.
        if self.work.join(JOURNAL).exists() {
            return;
        }
        let _ = fs::remove_dir_all(&self.folder);
        if self.discarded {
            let _ = fs::remove_dir_all(&self.work);
            if self.made && !self.published {
                // Only ever an empty folder.
                let _ = fs::remove_dir(&self.target);
            }
        }
    }
}

/// Whether `folder` holds a dataset written by shiryo.
pub fn is_dataset(folder: &Path) -> bool {
    let Ok(text) = fs::read_to_string(folder.join("run.json")) else { return false };
    let Ok(run) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    run.get("generator").and_then(|g| g.get("name")).and_then(|n| n.as_str()) == Some("shiryo")
}

/// The absolute path, symbolic links resolved as far as the path exists.
fn real(path: &Path) -> io::Result<PathBuf> {
    if let Ok(p) = path.canonicalize() {
        return Ok(p);
    }
    let path = std::path::absolute(path)?;
    let (mut missing, mut base) = (Vec::new(), path.as_path());
    while let (Some(parent), Some(name)) = (base.parent(), base.file_name()) {
        missing.push(name);
        base = parent;
        if let Ok(p) = base.canonicalize() {
            return Ok(missing.iter().rev().fold(p, |p, name| p.join(name)));
        }
    }
    Ok(path)
}

/// Whether there is nothing in `folder`, or only what a killed run left: its work folder and, where it was killed
/// while putting a dataset in place, parts of that.
fn is_free(folder: &Path) -> io::Result<bool> {
    let publishing = read_journal(&folder.join(WORK)).is_some();
    Ok(fs::read_dir(folder)?.filter_map(Result::ok).all(|e| {
        let name = e.file_name();
        name == WORK || (publishing && OWN.iter().any(|own| name == *own))
    }))
}

/// Makes the work folder and takes its lock; [`io::ErrorKind::WouldBlock`] when another run has it.
fn lock(work: &Path) -> io::Result<File> {
    // A run that ends removes the folder under the feet of one that begins: then again from the start.
    const TRIES: usize = 20;
    for _ in 0..TRIES {
        match fs::create_dir(work) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            _ => {}
        }
        if !fs::symlink_metadata(work).is_ok_and(|m| m.is_dir()) {
            let why = "is not a folder: move it away";
            return Err(io::Error::new(io::ErrorKind::NotADirectory, why));
        }
        let path = work.join(LOCK);
        let file = match File::create(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(e),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            // Some network file systems have no locks.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(e),
        }
        if is_same_file(&file, &path) {
            // What is here is nobody's source code.
            fs::write(work.join(".gitignore"), "*\n")?;
            return Ok(file);
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |m: fs::Metadata| (m.dev(), m.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(a), Ok(b)) => id(a) == id(b),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}

fn read_journal(work: &Path) -> Option<Journal> {
    serde_json::from_str(&fs::read_to_string(work.join(JOURNAL)).ok()?).ok()
}

fn write_journal(work: &Path, journal: &Journal) -> io::Result<()> {
    let aside = work.join("publish.part");
    let mut file = File::create(&aside)?;
    file.write_all(&serde_json::to_vec(journal)?)?;
    file.sync_all()?;
    fs::rename(&aside, work.join(JOURNAL))?;
    sync_folder(work)
}

/// Moves the new dataset from the work folder to its place. Can be repeated from any point on.
fn put_in_place(target: &Path, work: &Path, journal: &Journal) -> io::Result<()> {
    let (part, old) = (work.join(PART), work.join(OLD));
    make_folder(&old)?;
    if journal.replaces {
        for name in OWN.iter().filter(|n| !journal.names.iter().any(|new| new == *n)) {
            move_aside(target, &old, name)?;
        }
    }
    for name in OWN.iter().filter(|n| journal.names.iter().any(|new| new == *n)) {
        let (from, to) = (part.join(name), target.join(name));
        // It was moved already.
        if fs::symlink_metadata(&from).is_err() {
            continue;
        }
        let there = fs::symlink_metadata(&to).ok();
        if from.is_dir() && there.as_ref().is_some_and(fs::Metadata::is_dir) && !journal.replaces {
            for entry in fs::read_dir(&from)? {
                let entry = entry?;
                fs::rename(entry.path(), to.join(entry.file_name()))?;
            }
            continue;
        }
        if there.is_some_and(|m| from.is_dir() || m.is_dir()) {
            move_aside(target, &old, name)?;
        }
        fs::rename(&from, &to)?;
    }
    sync_folder(target)?;
    fs::remove_file(work.join(JOURNAL))?;
    remove(&old)?;
    remove(&part)
}

fn move_aside(target: &Path, old: &Path, name: &str) -> io::Result<()> {
    let (from, to) = (target.join(name), old.join(name));
    if fs::symlink_metadata(&from).is_err() {
        return Ok(());
    }
    remove(&to)?;
    fs::rename(from, to)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    let done = match fs::symlink_metadata(path) {
        Ok(m) if m.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(e) => Err(e),
    };
    match done {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Brings everything below `folder` to the disk.
#[cfg(target_os = "linux")]
fn sync(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sync(&path)?;
        } else {
            fs::OpenOptions::new().write(true).open(&path)?.sync_all()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)
    }

    fn dataset(folder: &Path, mark: &str) -> io::Result<()> {
        write(folder, "run.json", &format!("{{\"generator\":{{\"name\":\"shiryo\"}},\"m\":\"{mark}\"}}"))?;
        write(folder, "observations.csv", mark)?;
        write(folder, &format!("documents/{mark}.json"), mark)
    }

    fn listed(folder: &Path) -> Vec<String> {
        let mut names = Vec::new();
        for e in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = e.file_name().to_string_lossy().into_owned();
            if e.path().is_dir() {
                names.extend(listed(&e.path()).into_iter().map(|n| format!("{name}/{n}")));
            } else {
                names.push(name);
            }
        }
        names.sort();
        names
    }

    #[test]
    fn an_earlier_dataset_is_replaced_and_other_things_stay() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let out = dir.path().join("out");
        dataset(&out, "one")?;
        write(&out, "cells.csv", "of the earlier run")?;
        write(&out, "mine.txt", "mine")?;
        let staging = Staging::create(&out, false)?;
        dataset(staging.folder(), "two")?;
        assert!(matches!(Staging::create(&out, false), Err(DatasetError::Busy(_))));
        staging.publish(false)?;
        assert_eq!(listed(&out), ["documents/two.json", "mine.txt", "observations.csv", "run.json"]);
        assert_eq!(fs::read_to_string(out.join("observations.csv"))?, "two");
        assert_eq!(listed(dir.path()).len(), 4, "nothing is left beside the folder");
        Ok(())
    }

    /// Killed after any number of moves: the next run completes them.
    #[test]
    fn a_killed_publication_is_completed() -> Result<(), Box<dyn std::error::Error>> {
        for moved in 0..3 {
            let dir = tempfile::tempdir()?;
            let (out, work) = (dir.path().join("out"), dir.path().join("out").join(WORK));
            dataset(&out, "one")?;
            write(&out, "cells.csv", "of the earlier run")?;
            let staging = Staging::create(&out, false)?;
            dataset(staging.folder(), "two")?;
            let names = ["observations.csv", "documents", "run.json"].map(str::to_owned).to_vec();
            write_journal(&work, &Journal { names, replaces: true })?;
            fs::create_dir(work.join(OLD))?;
            for name in ["documents", "run.json", "observations.csv"].iter().take(moved) {
                move_aside(&out, &work.join(OLD), name)?;
                if moved != 2 || *name != "run.json" {
                    fs::rename(staging.folder().join(name), out.join(name))?;
                }
            }
            drop(staging);
            let next = Staging::create(&out, false)?;
            assert_eq!(listed(&out.join("documents")), ["two.json"], "{moved}");
            assert_eq!(fs::read_to_string(out.join("observations.csv"))?, "two", "{moved}");
            assert!(!out.join("cells.csv").exists() && is_dataset(&out), "{moved}");
            assert_eq!(listed(next.folder()), Vec::<String>::new());
        }
        Ok(())
    }

    #[test]
    fn what_is_not_published_leaves_the_work_folder_alone() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let out = dir.path().join("新/out");
        let staging = Staging::create(&out, false)?;
        write(staging.work(), "results/x", "x")?;
        write(staging.folder(), "observations.csv", "half")?;
        drop(staging);
        assert_eq!(listed(&out), [".shiryo/.gitignore", ".shiryo/lock", ".shiryo/results/x"]);
        let mut again = Staging::create(&out, false)?;
        again.discard();
        drop(again);
        assert!(out.exists(), "it was there before this run");
        let mut fresh = Staging::create(&dir.path().join("other"), false)?;
        fresh.discard();
        drop(fresh);
        assert!(!dir.path().join("other").exists());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_out_of_the_folder() -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let (out, elsewhere) = (dir.path().join("out"), dir.path().join("elsewhere"));
        fs::create_dir(&out)?;
        fs::create_dir(&elsewhere)?;
        std::os::unix::fs::symlink(&elsewhere, out.join("documents"))?;
        let staging = Staging::create(&out, true)?;
        dataset(staging.folder(), "two")?;
        staging.publish(false)?;
        assert_eq!(listed(&elsewhere), Vec::<String>::new());
        assert_eq!(listed(&out.join("documents")), ["two.json"]);
        std::os::unix::fs::symlink(&elsewhere, out.join(WORK))?;
        assert!(matches!(Staging::create(&out, true), Err(DatasetError::Io { .. })));
        Ok(())
    }
}
