//! `shiryo diff`.

use super::{DONE, Failure, say};
use crate::check::write_whole;
use clap::{Args, ValueEnum};
use shiryo_dataset::CsvOptions;
use shiryo_dataset::diff::{
    Counts, Difference, FACT, Record, compare, describe, of_version, record, versions, write_csv, write_xlsx,
};
use shiryo_model::Observation;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Tells what changed between two datasets, two documents, or two versions within a paper (現行, 修正案), observation by
/// observation. Observations are matched by what they state, not by where they stand.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo diff 昨年度/ 今年度/
  shiryo diff 昨年度/ 今年度/ -o 変更点.xlsx
  shiryo diff out --sources 令和5年度進捗.pdf 令和6年度進捗.pdf
  shiryo diff out --versions 現行 修正案 --format csv > 変更点.csv
  shiryo diff old/documents/5e83bc54b6cb8b64.json new/documents/77aa0c1d2e3f4a5b.json")]
pub(super) struct DiffArgs {
    /// Old dataset: its folder, its dataset.json or one of its documents
    old: PathBuf,
    /// New dataset, likewise; without it two papers or two versions of OLD are compared
    #[arg(required_unless_present_any = ["sources", "versions"])]
    new: Option<PathBuf>,
    /// Compare these two papers only: paths as in the column `source`, or how they end
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    sources: Option<Vec<String>>,
    /// Compare two versions that papers themselves set side by side: values of the dimension `version`
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["new", "sources"])]
    versions: Option<Vec<String>>,
    /// How to tell it (default: by the ending of FILE, or text)
    #[arg(long, value_enum)]
    format: Option<DiffFormat>,
    /// Write into a file instead of to the terminal
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For reading
    Text,
    /// One JSON object
    Json,
    /// One row a changed field
    Csv,
    /// The same as a workbook; needs -o
    Xlsx,
}

pub(super) fn run(args: &DiffArgs) -> Result<u8, Failure> {
    let format = format(args)?;
    let (found, compared) = differences(args)?;
    let failed = |e: &dyn std::fmt::Display| Failure::nothing(e.to_string());
    let bytes = match format {
        DiffFormat::Text => text(&found, compared).into_bytes(),
        DiffFormat::Json => {
            let json = serde_json::json!({ "counts": Counts::of(&found), "differences": found });
            (serde_json::to_string_pretty(&json).map_err(|e| failed(&e))? + "\n").into_bytes()
        }
        DiffFormat::Csv => {
            let mut csv = Vec::new();
            // A byte order mark for Excel, where it goes into a file of its own.
            let options = CsvOptions { bom: args.out.is_some(), safe: false };
            write_csv(&mut csv, &found, options).map_err(|e| failed(&e))?;
            csv
        }
        DiffFormat::Xlsx => write_xlsx(&found).map_err(|e| failed(&e))?,
    };
    match &args.out {
        Some(path) => {
            write_whole(path, &bytes).map_err(|e| Failure::nothing(format!("{}: {e}", path.display())))?
        }
        None => say(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(DONE)
}

fn format(args: &DiffArgs) -> Result<DiffFormat, Failure> {
    let ending = args.out.as_ref().and_then(|o| o.extension()).and_then(|e| e.to_str());
    let format = args.format.unwrap_or(match ending {
        Some("json") => DiffFormat::Json,
        Some("csv") => DiffFormat::Csv,
        Some("xlsx") => DiffFormat::Xlsx,
        _ => DiffFormat::Text,
    });
    if format == DiffFormat::Xlsx && args.out.is_none() {
        return Err(Failure::usage("a workbook needs a file: -o 変更点.xlsx".to_owned()));
    }
    Ok(format)
}

fn observations(path: &Path) -> Result<Vec<Observation>, Failure> {
    match shiryo_dataset::read(path) {
        Ok(dataset) => Ok(dataset.observations),
        // A single document of a dataset.
        Err(why) if path.is_file() => {
            let document =
                shiryo_dataset::read_document_file(path).map_err(|_| Failure::nothing(why.to_string()))?;
            Ok(document.observations)
        }
        Err(why) => Err(Failure::nothing(why.to_string())),
    }
}

/// What differs, and how many old observations were compared.
fn differences(args: &DiffArgs) -> Result<(Vec<Difference>, usize), Failure> {
    let old = observations(&args.old)?;
    if let Some([before, after]) = args.versions.as_deref() {
        return between_versions(&old, before, after);
    }
    let new = args.new.as_deref().map(observations).transpose()?;
    let new = new.as_ref().unwrap_or(&old);
    let (old, new) = match args.sources.as_deref() {
        Some([before, after]) => (of_source(&old, before)?, of_source(new, after)?),
        _ => (old.iter().map(record).collect(), new.iter().map(record).collect()),
    };
    Ok((compare(&old, &new, &FACT), old.len()))
}

/// Compares paper by paper: the same words in two papers are two facts.
fn between_versions(all: &[Observation], old: &str, new: &str) -> Result<(Vec<Difference>, usize), Failure> {
    let (before, after) = (of_version(all, old), of_version(all, new));
    for (name, found) in [(old, &before), (new, &after)] {
        if found.is_empty() {
            let known = versions(all).into_iter().collect::<Vec<_>>().join(", ");
            let known = if known.is_empty() { "no versions".to_owned() } else { known };
            return Err(Failure::nothing(format!("no observation of version `{name}`; there are: {known}")));
        }
    }
    let none = Vec::new();
    let papers: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let sides = papers.into_iter().map(|p| (before.get(p).unwrap_or(&none), after.get(p).unwrap_or(&none)));
    let found = sides.flat_map(|(old, new)| compare(old, new, &FACT)).collect();
    Ok((found, before.values().map(Vec::len).sum()))
}

/// The observations of the one paper whose path is `wanted` or ends with it.
fn of_source(all: &[Observation], wanted: &str) -> Result<Vec<Record>, Failure> {
    let sources: BTreeSet<&str> = all.iter().map(|o| o.source.as_str()).collect();
    let ends = |s: &str| s.strip_suffix(wanted).is_some_and(|lead| lead.is_empty() || lead.ends_with('/'));
    let exact = sources.get(wanted).copied();
    let mut found = sources.iter().copied().filter(|s| ends(s));
    let source = match (exact, found.next(), found.next()) {
        (Some(source), ..) | (None, Some(source), None) => source,
        (None, None, _) => return Err(Failure::nothing(format!("no observation of a paper `{wanted}`"))),
        (None, Some(a), Some(b)) => {
            return Err(Failure::nothing(format!("`{wanted}` names several papers: {a}, {b}")));
        }
    };
    Ok(all.iter().filter(|o| o.source == source).map(record).collect())
}

fn text(found: &[Difference], compared: usize) -> String {
    let mut out = String::new();
    for d in found {
        match d {
            Difference::Added { is } => out += &format!("+ {}\n", describe(is)),
            Difference::Gone { was } => out += &format!("- {}\n", describe(was)),
            Difference::Changed { was, is, fields } => {
                out += &format!("~ {}\n", describe(was));
                for c in fields {
                    let blank = |v: &str| if v.is_empty() { "nothing".to_owned() } else { v.to_owned() };
                    out += &format!("    {}: {} → {}\n", c.field, blank(&c.was), blank(&c.is));
                }
                out += &format!("    now {}\n", describe(is));
            }
        }
    }
    let Counts { changed, added, gone } = Counts::of(found);
    let same = compared.saturating_sub(gone + changed);
    out + &format!("{changed} changed, {added} added, {gone} gone, {same} unchanged\n")
}
