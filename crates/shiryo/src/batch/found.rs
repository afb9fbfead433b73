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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: PathBuf) -> Found {
        Found { path, source: String::new(), explicit: true, member: None }
    }

    #[test]
    fn files_are_read_up_to_the_limit() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a");
        fs::write(&path, "12345")?;
        assert_eq!(found(path.clone()).read(5)?, b"12345");
        let error = found(path).read(4).err().map(|e| e.kind());
        assert_eq!(error, Some(io::ErrorKind::FileTooLarge));
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_not_read() {
        assert!(found(PathBuf::from("/dev/zero")).read(100).is_err());
    }

    /// Whatever the moment: what is read is what the file held at one time, or an error.
    #[test]
    fn a_file_that_is_being_written_is_never_read_half() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a");
        let (one, two) = (vec![b'1'; 1 << 20], vec![b'2'; 1 << 19]);
        fs::write(&path, &one)?;
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    for content in [&two, &one] {
                        let aside = path.with_extension("new");
                        let _ = fs::write(&aside, content).and_then(|()| fs::rename(&aside, &path));
                    }
                }
            });
            let whole = (0..50).all(|_| match found(path.clone()).read(1 << 30) {
                Ok(bytes) => bytes == one || bytes == two,
                Err(_) => true,
            });
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(whole);
        });
        Ok(())
    }
}
