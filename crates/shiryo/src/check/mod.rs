//! Regression: papers, what they gave when a person last looked, and what they give now.
//!
//! Beside each paper `X` stands `X.expected.jsonl`: one JSON object a line for the document, each table and each
//! observation, without what only machines read (ids, boxes, confidences). Where right answers are known
//! (`X.gold.jsonl`, or a folder of them), the paper is scored against them as well.

mod align;
mod compare;
mod expected;
mod junit;
mod score;
mod tables;
mod tolerance;

pub use compare::differences;
pub use expected::{EXPECTED_SUFFIX, Expected};
pub use junit::junit;
pub use score::{GOLD_SUFFIX, Score};
pub use tolerance::Tolerance;

use crate::Pipeline;
use crate::batch::{Found, Outcome, discover, run_documents};
use shiryo_model::Document;
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
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
    /// How the observations score against right answers, where there are any.
    pub score: Option<Score>,
    /// How long reading took.
    pub took: Duration,
}

impl Checked {
    fn new(source: String, differences: Vec<String>) -> Self {
        Self { source, differences, updated: false, score: None, took: Duration::ZERO }
    }
}

/// How papers are checked.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// Papers read at the same time; 0 for one per core.
    pub jobs: usize,
    /// What the papers give now becomes what is expected.
    pub update: bool,
    /// When two figures count as the same.
    pub tolerance: Tolerance,
    /// Folder with right answers, `observations.NAME.jsonl` for papers `NAME.*`.
    pub gold: Option<PathBuf>,
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
    beside(paper, EXPECTED_SUFFIX)
}

fn beside(paper: &Path, suffix: &str) -> PathBuf {
    let mut name = paper.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Reads every paper below `fixtures` again and compares.
pub fn check(
    fixtures: &Path,
    pipeline: &Pipeline,
    options: &CheckOptions,
) -> Result<Vec<Checked>, CheckError> {
    let papers = discover(&[fixtures.to_owned()], None).files;
    if papers.is_empty() {
        return Err(CheckError::NoPapers(fixtures.to_owned()));
    }
    let mut checked = Vec::new();
    run_documents(&papers, pipeline, options.jobs, &|_| (), &mut |file, outcome| {
        checked.extend(one(file, outcome, options)?);
        Ok::<(), CheckError>(())
    })?;
    checked.extend(orphans(fixtures, &papers, options.update)?);
    Ok(checked)
}

fn one(file: &Found, outcome: Outcome, options: &CheckOptions) -> Result<Option<Checked>, CheckError> {
    let (document, took) = match outcome {
        Outcome::Document { document, took } => (document, took),
        Outcome::NoPaper(_) | Outcome::Duplicate { .. } => return Ok(None),
        Outcome::Unreadable(d) => return Ok(Some(Checked::new(file.source.clone(), vec![d.message]))),
    };
    let path = expected_path(&file.path);
    let now = Expected::of(&document);
    let was = read_if_there(&path)?;
    let mut differences = match was.as_deref().map(Expected::parse) {
        None => vec!["has no expected output yet (shiryo check --update writes it)".to_owned()],
        Some(Err(why)) => vec![format!("the expected output is not readable: {why}")],
        Some(Ok(was)) => differences(&was, &now, options.tolerance),
    };
    let text = now.to_text();
    let updated = options.update && was.as_deref() != Some(text.as_str());
    if updated {
        write_whole(&path, &text).map_err(|error| CheckError::Io { path: path.clone(), error })?;
    }
    let score = match scored(&file.path, &document, options.gold.as_deref())? {
        Some(Ok(score)) => Some(score),
        Some(Err(why)) => {
            differences.push(why);
            None
        }
        None => None,
    };
    Ok(Some(Checked { source: file.source.clone(), differences, updated, score, took }))
}

fn read_if_there(path: &Path) -> Result<Option<String>, CheckError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(CheckError::Io { path: path.to_owned(), error }),
    }
}

/// The score of a paper whose right answers stand beside it or in `folder`; why not, if they are not readable.
fn scored(
    paper: &Path,
    document: &Document,
    folder: Option<&Path>,
) -> Result<Option<Result<Score, String>>, CheckError> {
    let named = |stem: &OsStr, folder: &Path| {
        let mut name = OsString::from("observations.");
        name.push(stem);
        name.push(".jsonl");
        folder.join(name)
    };
    let in_folder = folder.zip(paper.file_stem()).map(|(folder, stem)| named(stem, folder));
    for path in [Some(beside(paper, GOLD_SUFFIX)), in_folder].into_iter().flatten() {
        let Some(text) = read_if_there(&path)? else { continue };
        let gold = score::parse(&text).map_err(|why| format!("{}: {why}", path.display()));
        return Ok(Some(gold.map(|gold| score::score(&gold, &document.observations))));
    }
    Ok(None)
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
        checked.push(Checked { updated: update, ..Checked::new(source, differences) });
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
