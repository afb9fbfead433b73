//! `shiryo explain`.

use super::{DONE, Failure, say};
use crate::explain::{explain, reckonings};
use clap::Args;
use shiryo_model::Document;
use std::path::{Path, PathBuf};

/// Tells where a row of a dataset comes from and why it says what it says: its evidence with what stands around it,
/// the headers and headings, the words that gave period and status, what the confidence is made of, which other
/// figures agree or contradict, and related rows.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo explain out bb89f6ace861ed52
  shiryo explain out bb89                       the beginning of an id will do, where it is the only one
  shiryo explain out/documents/599995c53b46f8c5.json bb89
  shiryo explain out --checks                   every total, change and share that does not come out")]
pub(super) struct ExplainArgs {
    /// Folder that `shiryo extract` wrote (with --format json), or one of its documents
    out: PathBuf,
    /// Id of the observation (column `observation_id`), or how it begins
    #[arg(value_name = "OBSERVATION_ID", required_unless_present = "checks")]
    id: Option<String>,
    /// Instead: how many figures were checked against others, and those that contradict them
    #[arg(long, conflicts_with = "id")]
    checks: bool,
}

/// Ids shown when a beginning fits several.
const MOST_SHOWN: usize = 10;

pub(super) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    match &args.id {
        Some(id) => row(&args.out, id),
        None => checks(&args.out),
    }
}

fn row(out: &Path, id: &str) -> Result<u8, Failure> {
    let (document_id, id) = find(out, id)?;
    let document = document(out, &document_id)?;
    let index = document.observations.iter().position(|o| o.observation_id == id);
    let told = index.and_then(|i| explain(&document, i)).ok_or_else(|| {
        Failure::nothing(format!(
            "documents/{document_id}.json has no observation {id}: the dataset is not whole"
        ))
    })?;
    say(&told)?;
    Ok(DONE)
}

/// Document and full id of the one observation whose id begins so.
fn find(out: &Path, id: &str) -> Result<(String, String), Failure> {
    let observations = if out.is_file() { read_file(out)?.observations } else { dataset(out)?.observations };
    if id.is_empty() {
        return Err(Failure::usage("an empty observation id"));
    }
    // An id in full is meant even where it begins another.
    let exact = observations.iter().find(|o| o.observation_id == id);
    let found: Vec<_> = match exact {
        Some(one) => vec![one],
        None => observations.iter().filter(|o| o.observation_id.starts_with(id)).collect(),
    };
    match found.as_slice() {
        [one] => Ok((one.document_id.clone(), one.observation_id.clone())),
        [] => Err(Failure::nothing(format!(
            "{}: none of {} observations has an id that is or begins with {id}",
            out.display(),
            observations.len()
        ))),
        several => {
            let ids: Vec<&str> = several.iter().take(MOST_SHOWN).map(|o| o.observation_id.as_str()).collect();
            let more = if several.len() > MOST_SHOWN { ", …" } else { "" };
            let count = several.len();
            Err(Failure::usage(format!("{count} observations begin with {id}: {}{more}", ids.join(", "))))
        }
    }
}

fn dataset(out: &Path) -> Result<shiryo_model::Dataset, Failure> {
    shiryo_dataset::read(out).map_err(|e| Failure::nothing(e.to_string()))
}

fn read_file(path: &Path) -> Result<Document, Failure> {
    shiryo_dataset::read_document_file(path).map_err(|e| Failure::nothing(e.to_string()))
}

fn document(out: &Path, id: &str) -> Result<Document, Failure> {
    if out.is_file() {
        return read_file(out);
    }
    shiryo_dataset::read_document(out, id).map_err(|e| Failure::nothing(e.to_string()))
}

fn checks(out: &Path) -> Result<u8, Failure> {
    let documents = match out.is_file() {
        true => vec![read_file(out)?],
        false => {
            let listed = dataset(out)?.documents;
            listed.iter().map(|d| document(out, &d.id)).collect::<Result<Vec<_>, _>>()?
        }
    };
    let (mut checked, mut wrong) = (0, 0);
    for document in &documents {
        let (count, told) = reckonings(document);
        (checked, wrong) = (checked + count, wrong + told.len());
        if count > 0 {
            say(&format!("{}: {count} checked, {} contradicted\n", document.source, told.len()))?;
        }
        for line in told {
            say(&format!("  {line}\n"))?;
        }
    }
    say(&format!(
        "{} documents, {checked} figures checked against others, {wrong} contradicted\n",
        documents.len()
    ))?;
    Ok(DONE)
}
