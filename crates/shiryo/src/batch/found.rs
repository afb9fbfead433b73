//! A file to be read, and its bytes.

use super::archive::{self, Archive};
use super::limits::bytes_text;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::PathBuf;

/// A file that is being written to is read again so many times.
const READINGS: usize = 3;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is; of a member of an archive, where the archive is.
    pub path: PathBuf,
    /// Path relative to the input root, `/` between its parts; unique within a run.
    pub source: String,
    /// Given by name rather than found in a folder or an archive: it is always tried.
    pub explicit: bool,
    /// Its number in the zip archive at `path`.
    pub member: Option<usize>,
}

impl Found {
    /// Its bytes, at most `most` of them. A file that changes meanwhile is read again; one that keeps changing is an error.
    pub fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        self.read_with(&mut None, most)
    }

    /// Like [`Found::read`]; the archive it is in stays open in `archive`, for others of the same archive.
    pub(super) fn read_with(&self, archive: &mut Option<Archive>, most: u64) -> io::Result<Vec<u8>> {
        if let Some(index) = self.member {
            return archive::member_of(archive, &self.path, index, most);
        }
        for _ in 0..READINGS {
            let mut file = File::open(&self.path)?;
            let before = file.metadata()?;
            if !before.is_file() {
                // Reading a device or a pipe might never end.
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
            }
            let mut bytes = Vec::new();
            (&mut file).take(most.saturating_add(1)).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > most {
                return Err(too_large(most));
            }
            let after = file.metadata()?;
            let same = before.len() == after.len() && before.modified().ok() == after.modified().ok();
            // Replaced by another file of the same name: that one is meant.
            let replaced =
                fs::metadata(&self.path).is_ok_and(|now| now.modified().ok() != after.modified().ok());
            if same && !replaced && bytes.len() as u64 == after.len() {
                return Ok(bytes);
            }
        }
        Err(io::Error::other("it changes while it is being read"))
    }
}

/// Why a file is not read.
pub(super) fn too_large(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than --max-size {}", bytes_text(most)))
}
