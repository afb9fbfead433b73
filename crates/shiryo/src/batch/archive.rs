//! Zip archives of papers. Members are read into memory one by one; nothing is ever unpacked to the disk, and a member's
//! name is a label, never a path.

use super::found::too_large;
use encoding_rs::SHIFT_JIS;
use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// Members of one archive.
const MEMBERS: usize = 100_000;
/// Bytes of all members of one archive together.
const TOTAL: u64 = 32 << 30;
/// Unpacked bytes for each packed one. Deflate of sparse pages reaches some fifty; bombs a thousand.
const RATIO: u64 = 200;
/// Members below this size are no bombs, whatever their ratio.
const SMALL: u64 = 16 << 20;
/// Names of office documents and program archives, which are zip files, too, and no archives of papers.
const OFFICE: [&str; 4] = ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"];

/// Something in an archive that is not read.
#[derive(Debug)]
pub(super) struct Refused {
    /// Its name; empty when it is the archive as a whole.
    pub(super) name: String,
    /// Why.
    pub(super) why: io::Error,
}

/// What an archive holds.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Numbers and names of the files.
    pub(super) members: Vec<(usize, String)>,
    /// What is not read.
    pub(super) refused: Vec<Refused>,
}

/// Whether the file begins like a zip archive.
pub(super) fn is_zip(path: &Path) -> bool {
    let mut magic = [0; 4];
    File::open(path).and_then(|mut f| f.read_exact(&mut magic)).is_ok() && magic == *b"PK\x03\x04"
}

fn open(path: &Path) -> io::Result<ZipArchive<BufReader<File>>> {
    Ok(ZipArchive::new(BufReader::new(File::open(path)?))?)
}

/// The files of an archive; `None` for an office document and the like, which is one file and no archive.
pub(super) fn list(path: &Path) -> Option<Listing> {
    let mut listing = Listing::default();
    let mut refuse = |name: String, why: &str| {
        listing.refused.push(Refused { name, why: io::Error::other(why.to_owned()) })
    };
    let archive = match open(path) {
        Ok(archive) => archive,
        Err(e) => {
            refuse(String::new(), &format!("not readable as a zip archive: {e}"));
            return Some(listing);
        }
    };
    if archive.file_names_raw().any(|n| OFFICE.iter().any(|office| n == office.as_bytes())) {
        return None;
    }
    if archive.len() > MEMBERS {
        refuse(String::new(), &format!("{} members; at most {MEMBERS} are read", archive.len()));
        return Some(listing);
    }
    let mut total = 0u64;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else {
            refuse(format!("{index}"), "damaged entry of a zip archive");
            continue;
        };
        let name = label(&decoded(entry.name_raw()));
        // Folders, links, and what systems and archivers add for themselves.
        if entry.is_dir() || entry.is_symlink() || is_hidden(&name) {
            continue;
        }
        let (packed, size) = (entry.compressed_size(), entry.size());
        total = total.saturating_add(size);
        let known = matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
        match () {
            () if entry.encrypted() => refuse(name, "it is encrypted"),
            () if !known => refuse(name, "its compression is not known (deflate and stored are)"),
            () if is_bomb(packed, size) => refuse(name, "it unpacks to too much: a decompression bomb"),
            () if total > TOTAL => refuse(name, "the archive unpacks to too much"),
            () => members.push((index, name)),
        }
    }
    listing.members = members;
    Some(listing)
}

fn is_bomb(packed: u64, size: u64) -> bool {
    size > SMALL && size / RATIO > packed
}

/// An archive whose table of contents has been read.
#[derive(Debug)]
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
}

/// The bytes of a member, at most `most`; its archive stays open.
pub(super) fn member_of(
    open_now: &mut Option<Archive>,
    path: &Path,
    index: usize,
    most: u64,
) -> io::Result<Vec<u8>> {
    let archive = match open_now.take().filter(|a| a.path == path) {
        Some(archive) => archive,
        None => Archive { path: path.to_owned(), zip: open(path)? },
    };
    let member = open_now.insert(archive).zip.by_index(index)?;
    let packed = member.compressed_size();
    // What the header says of the size may be a lie.
    let fair = most.min(packed.saturating_mul(RATIO).max(SMALL));
    let mut bytes = Vec::new();
    member.take(fair.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= fair {
        return Ok(bytes);
    }
    Err(if fair == most {
        too_large(most)
    } else {
        io::Error::other("it unpacks to too much: a decompression bomb")
    })
}

/// A member's name: UTF-8, else Shift_JIS as Japanese Windows writes it, else the old code page of DOS.
fn decoded(raw: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        return name.to_owned();
    }
    let (name, _, bad) = SHIFT_JIS.decode(raw);
    if bad {
        raw.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '_' }).collect()
    } else {
        name.into_owned()
    }
}

/// A harmless relative path: no root, no way up, no control characters.
fn label(name: &str) -> String {
    let clean = |c: char| if c.is_control() { '_' } else { c };
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .filter(|p| !matches!(*p, "" | "." | ".."))
        .map(|p| p.chars().map(clean).collect())
        .collect();
    parts.join("/")
}

fn is_hidden(name: &str) -> bool {
    name.is_empty() || name.split('/').any(|p| p.starts_with('.') || p == "__MACOSX" || p == "Thumbs.db")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;

    fn zip_of(path: &Path, members: &[(&str, &[u8])]) -> io::Result<()> {
        let mut zip = zip::ZipWriter::new(File::create(path)?);
        for (name, bytes) in members {
            zip.start_file(
                *name,
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
            )?;
            zip.write_all(bytes)?;
        }
        zip.finish()?;
        Ok(())
    }

    #[test]
    fn members_are_listed_and_read() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.zip");
        zip_of(
            &path,
            &[("資料/一.txt", b"1"), ("../../etc/x.txt", b"2"), ("__MACOSX/._y", b"3"), ("/abs.txt", b"4")],
        )?;
        assert!(is_zip(&path));
        let listing = list(&path).unwrap_or_default();
        let names: Vec<_> = listing.members.iter().map(|(_, n)| n.as_str()).collect();
        assert_eq!(names, ["資料/一.txt", "etc/x.txt", "abs.txt"]);
        assert_eq!(member_of(&mut None, &path, 1, 10)?, b"2");
        Ok(())
    }

    #[test]
    fn bombs_are_not_unpacked() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.zip");
        zip_of(&path, &[("bomb.txt", &vec![0; 64 << 20]), ("good.txt", b"1")])?;
        let listing = list(&path).unwrap_or_default();
        assert_eq!((listing.members.len(), listing.refused.len()), (1, 1));
        assert!(member_of(&mut None, &path, 0, u64::MAX).is_err());
        assert!(member_of(&mut None, &path, 1, 0).is_err(), "larger than what is allowed");
        Ok(())
    }

    #[test]
    fn office_documents_are_no_archives() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("a.docx");
        zip_of(&path, &[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")])?;
        assert!(list(&path).is_none());
        Ok(())
    }

    #[test]
    fn names_of_japanese_windows_are_read() {
        let (raw, _, _) = SHIFT_JIS.encode("表示\\ソース.pdf");
        assert_eq!(label(&decoded(&raw)), "表示/ソース.pdf");
        assert_eq!(decoded(b"\x81\x00\xff.txt"), "_\u{0}_.txt");
        assert_eq!(label("a\u{0}b/../c"), "a_b/c");
    }
}
