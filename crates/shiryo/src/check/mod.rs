//! Regression: papers, what they gave when a person last looked, and what they give now.
//!
//! Beside each paper `X` stands `X.expected.jsonl`: one JSON object a line for the document, each table and each
//! observation, without what only machines read (ids, boxes, confidences).

mod compare;
mod expected;
mod junit;

pub use compare::differences;
pub use expected::{EXPECTED_SUFFIX, Expected};
pub use junit::junit;

use crate::Pipeline;
use crate::batch::{Found, Outcome, discover, run_documents};
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What checking one paper gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Path relative to the fixtures' folder.
    pub source: String,
    /// What differs, one readable entry each; empty when all is as expected.
    pub differences: Vec<String>,
    /// The expected file was written or removed.
    pub updated: bool,
    /// How long reading took.
    pub took: Duration,
}

/// Why checking was not possible.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// There are no papers.
    #[error("{0}: no papers to check")]
    NoPapers(PathBuf),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// The expected file of a paper.
fn expected_path(paper: &Path) -> PathBuf {
    let mut name = paper.as_os_str().to_owned();
    name.push(EXPECTED_SUFFIX);
    PathBuf::from(name)
}

/// Reads every paper below `fixtures` again and compares; with `update` what they give now becomes what is expected.
pub fn check(
    fixtures: &Path,
    pipeline: &Pipeline,
    jobs: usize,
    update: bool,
) -> Result<Vec<Checked>, CheckError> {
    let papers = discover(&[fixtures.to_owned()], None).files;
    if papers.is_empty() {
        return Err(CheckError::NoPapers(fixtures.to_owned()));
    }
    let mut checked = Vec::new();
    run_documents(&papers, pipeline, jobs, &|_| (), &mut |file, outcome| {
        checked.extend(one(file, outcome, update)?);
        Ok::<(), CheckError>(())
    })?;
    checked.extend(orphans(fixtures, &papers, update)?);
    Ok(checked)
}

fn one(file: &Found, outcome: Outcome, update: bool) -> Result<Option<Checked>, CheckError> {
    let (document, took) = match outcome {
        Outcome::Document { document, took } => (document, took),
        Outcome::NoPaper(_) | Outcome::Duplicate { .. } => return Ok(None),
        Outcome::Unreadable(d) => {
            let differences = vec![d.message];
            return Ok(Some(Checked {
                source: file.source.clone(),
                differences,
                updated: false,
                took: Duration::ZERO,
            }));
        }
    };
    let path = expected_path(&file.path);
    let at = |error| CheckError::Io { path: path.clone(), error };
    let now = Expected::of(&document);
    let was = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(at(e)),
    };
    let differences = match was.as_deref().map(Expected::parse) {
        None => vec!["has no expected output yet (shiryo check --update writes it)".to_owned()],
        Some(Err(why)) => vec![format!("the expected output is not readable: {why}")],
        Some(Ok(was)) => differences(&was, &now),
    };
    let text = now.to_text();
    let updated = update && was.as_deref() != Some(text.as_str());
    if updated {
        write_whole(&path, &text).map_err(at)?;
    }
    Ok(Some(Checked { source: file.source.clone(), differences, updated, took }))
}

/// Expected outputs whose paper is gone.
fn orphans(fixtures: &Path, papers: &[Found], update: bool) -> Result<Vec<Checked>, CheckError> {
    let known: HashSet<PathBuf> = papers.iter().map(|p| expected_path(&p.path)).collect();
    let folders: HashSet<&Path> = papers.iter().filter_map(|p| p.path.parent()).chain([fixtures]).collect();
    let mut lost: Vec<PathBuf> = folders
        .into_iter()
        .filter_map(|f| fs::read_dir(f).ok())
        .flat_map(|list| list.filter_map(|e| e.ok().map(|e| e.path())))
        .filter(|p| p.to_string_lossy().ends_with(EXPECTED_SUFFIX) && !known.contains(p))
        .collect();
    lost.sort();
    let mut checked = Vec::new();
    for path in lost {
        if update {
            fs::remove_file(&path).map_err(|error| CheckError::Io { path: path.clone(), error })?;
        }
        let source = path.strip_prefix(fixtures).unwrap_or(&path).to_string_lossy().into_owned();
        let differences = vec!["the paper of this expected output is gone".to_owned()];
        checked.push(Checked { source, differences, updated: update, took: Duration::ZERO });
    }
    Ok(checked)
}

/// Writes a file whole or not at all.
pub(crate) fn write_whole(path: &Path, contents: impl AsRef<[u8]>) -> io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    fs::write(&aside, contents)?;
    fs::rename(&aside, path)
}
