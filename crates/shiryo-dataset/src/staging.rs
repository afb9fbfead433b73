//! The output folder: written aside, synced, and put in place whole or not at all.

use crate::error::{DatasetError, at};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// What a run writes at the top of the output folder; everything else there belongs to somebody else.
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
/// Name of the lock inside a staging folder.
const LOCK: &str = ".lock";

/// A folder aside of the output folder that becomes it.
#[derive(Debug)]
pub struct Staging {
    folder: PathBuf,
    target: PathBuf,
    mode: Mode,
    published: bool,
    _lock: File,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The staging folder takes the output folder's place in one step.
    Swap,
    /// The files are moved into the output folder one by one: it is the current folder, a mount point, or it
    /// holds other people's things.
    Fill,
}

impl Staging {
    /// Prepares writing to `target`. A folder with other things in it is refused unless `force`; in no case is
    /// anything deleted but files of an earlier dataset.
    pub fn create(target: &Path, force: bool) -> Result<Self, DatasetError> {
        let target = real(target).map_err(at(target))?;
        recover(&target);
        let mode = match fs::metadata(&target) {
            Ok(m) if !m.is_dir() => return Err(DatasetError::NotAFolder(target)),
            Ok(_) if is_dataset(&target) => mode_for(&target),
            Ok(_) if is_empty(&target).map_err(at(&target))? => mode_for(&target),
            Ok(_) if force => Mode::Fill,
            Ok(_) => return Err(DatasetError::NotADataset(target)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Mode::Swap,
            Err(e) => return Err(at(&target)(e)),
        };
        let parent = target.parent().unwrap_or(Path::new("/")).to_owned();
        if mode == Mode::Swap {
            fs::create_dir_all(&parent).map_err(at(&parent))?;
        }
        let (folder, mode) = match (mode, prepare(&beside(&target, "part"))) {
            (Mode::Swap, Ok(())) => (beside(&target, "part"), mode),
            (Mode::Swap, Err(e)) if !target.exists() => return Err(at(&parent)(e)),
            _ => (target.join(".shiryo-part"), Mode::Fill),
        };
        prepare(&folder).map_err(at(&folder))?;
        let lock = File::create(folder.join(LOCK)).map_err(at(&folder))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DatasetError::Busy(target)),
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(at(&folder)(e)),
        }
        clear(&folder).map_err(at(&folder))?;
        Ok(Self { folder, target, mode, published: false, _lock: lock })
    }

    /// Where to write.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The output folder, absolute.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Syncs what was written and puts it in place; files of an earlier dataset go.
    pub fn publish(mut self) -> Result<(), DatasetError> {
        let _ = fs::remove_file(self.folder.join(LOCK));
        sync(&self.folder).map_err(at(&self.folder))?;
        match self.mode {
            Mode::Swap => self.swap(),
            Mode::Fill => self.fill(),
        }
        .map_err(at(&self.target))?;
        self.published = true;
        if let Some(parent) = self.target.parent().and_then(|p| File::open(p).ok()) {
            let _ = parent.sync_all();
        }
        Ok(())
    }

    fn swap(&self) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(&self.folder, &self.target);
        }
        if exchange(&self.folder, &self.target).is_ok() {
            return retire(&self.folder, &self.target);
        }
        let old = beside(&self.target, "old");
        fs::rename(&self.target, &old)?;
        if let Err(e) = fs::rename(&self.folder, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(e);
        }
        retire(&old, &self.target)
    }

    /// Moves file by file; the record of the run comes last.
    fn fill(&self) -> io::Result<()> {
        if is_dataset(&self.target) {
            for name in OWN.iter().filter(|n| !self.folder.join(n).exists()) {
                remove(&self.target.join(name))?;
            }
            for sub in ["tables", "documents"] {
                remove(&self.target.join(sub))?;
            }
        }
        for name in OWN {
            let (from, to) = (self.folder.join(name), self.target.join(name));
            if from.is_dir() && to.is_dir() {
                for entry in fs::read_dir(&from)? {
                    let entry = entry?;
                    fs::rename(entry.path(), to.join(entry.file_name()))?;
                }
            } else if from.exists() {
                fs::rename(&from, &to)?;
            }
        }
        remove(&self.folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            let _ = fs::remove_dir_all(&self.folder);
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

/// `.NAME.shiryo-WHAT` in the same folder.
fn beside(target: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".shiryo-{what}"));
    target.with_file_name(name)
}

/// An earlier run may have been killed between two renames.
fn recover(target: &Path) {
    let old = beside(target, "old");
    if old.is_dir() {
        if target.exists() {
            let _ = retire(&old, target);
        } else {
            let _ = fs::rename(&old, target);
        }
    }
}

fn mode_for(target: &Path) -> Mode {
    let is_current = std::env::current_dir()
        .ok()
        .and_then(|d| d.canonicalize().ok())
        .is_some_and(|d| d.starts_with(target));
    if is_current || is_mount_point(target) { Mode::Fill } else { Mode::Swap }
}

#[cfg(unix)]
fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |p: &Path| fs::metadata(p).ok().map(|m| m.dev());
    path.parent().is_none_or(|parent| device(parent) != device(path))
}

#[cfg(not(unix))]
fn is_mount_point(path: &Path) -> bool {
    path.parent().is_none()
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    Ok(fs::read_dir(folder)?
        .filter_map(Result::ok)
        .all(|e| e.file_name().to_string_lossy().starts_with(".shiryo-part")))
}

fn prepare(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

/// Empties a staging folder that a killed run left.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != LOCK {
            remove(&entry.path())?;
        }
    }
    Ok(())
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

/// Moves what is not shiryo's from a replaced folder to the new one and removes the rest.
fn retire(old: &Path, new: &Path) -> io::Result<()> {
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        let name = entry.file_name();
        let own = OWN.iter().any(|o| name == *o) || name == LOCK;
        if !own && !new.join(&name).exists() {
            fs::rename(entry.path(), new.join(&name))?;
        }
    }
    fs::remove_dir_all(old)
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
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
