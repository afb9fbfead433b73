//! `shiryo diff`.

use super::{DONE, Failure, say};
use clap::{Args, ValueEnum};
use shiryo_dataset::diff::{Difference, Record, compare, describe, record};
use shiryo_model::Observation;
use std::path::{Path, PathBuf};

/// Tells what changed between two datasets (or two documents of a dataset), observation by observation. Observations
/// are matched by what they state, not by where they stand.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo diff 昨年度/ 今年度/
  shiryo diff old/documents/5e83bc54b6cb8b64.json new/documents/77aa0c1d2e3f4a5b.json
  shiryo diff old new --format csv > 変更点.csv")]
pub(super) struct DiffArgs {
    /// Old dataset: its folder, its dataset.json or one of its documents
    old: PathBuf,
    /// New dataset, likewise
    new: PathBuf,
    /// How to tell it
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum DiffFormat {
    /// For reading
    #[default]
    Text,
    /// One JSON object
    Json,
    /// One row a change
    Csv,
}

/// Fields whose change is a change of the fact.
const COMPARED: [&str; 12] = [
    "subject",
    "measure_label",
    "value",
    "value_upper",
    "unit",
    "bound",
    "status",
    "aggregation",
    "period_start",
    "period_end",
    "department",
    "dimensions",
];

fn observations(path: &Path) -> Result<Vec<Record>, Failure> {
    let list: Vec<Observation> = match shiryo_dataset::read(path) {
        Ok(dataset) => dataset.observations,
        // A single document of a dataset.
        Err(why) if path.is_file() => {
            shiryo_dataset::read_document_file(path)
                .map_err(|_| Failure::nothing(why.to_string()))?
                .observations
        }
        Err(why) => return Err(Failure::nothing(why.to_string())),
    };
    Ok(list.iter().map(record).collect())
}

pub(super) fn run(args: &DiffArgs) -> Result<u8, Failure> {
    let (old, new) = (observations(&args.old)?, observations(&args.new)?);
    let found = compare(&old, &new, &COMPARED);
    say(&match args.format {
        DiffFormat::Text => text(&found, old.len()),
        DiffFormat::Json => {
            let json = serde_json::json!({ "differences": found });
            serde_json::to_string_pretty(&json).map_err(|e| Failure::nothing(e.to_string()))? + "\n"
        }
        DiffFormat::Csv => csv(&found).map_err(|e| Failure::nothing(e.to_string()))?,
    })?;
    Ok(DONE)
}

fn text(found: &[Difference], old: usize) -> String {
    let (mut out, mut added, mut gone, mut changed) = (String::new(), 0, 0, 0);
    for d in found {
        match d {
            Difference::Added { is } => {
                added += 1;
                out += &format!("+ {}\n", describe(is));
            }
            Difference::Gone { was } => {
                gone += 1;
                out += &format!("- {}\n", describe(was));
            }
            Difference::Changed { was, is, fields } => {
                changed += 1;
                out += &format!("~ {}\n", describe(was));
                for c in fields {
                    let blank = |v: &str| if v.is_empty() { "nothing".to_owned() } else { v.to_owned() };
                    out += &format!("    {}: {} → {}\n", c.field, blank(&c.was), blank(&c.is));
                }
                out += &format!("    now {}\n", describe(is));
            }
        }
    }
    let same = old.saturating_sub(gone + changed);
    out + &format!("{changed} changed, {added} added, {gone} gone, {same} unchanged\n")
}

fn csv(found: &[Difference]) -> Result<String, csv::Error> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record([
        "kind",
        "field",
        "was",
        "is",
        "subject",
        "measure_label",
        "unit",
        "period_start",
        "period_end",
        "dimensions",
        "old_source",
        "old_page",
        "old_evidence",
        "new_source",
        "new_page",
        "new_evidence",
    ])?;
    let none = Record::new();
    for d in found {
        let (kind, was, is, fields) = match d {
            Difference::Added { is } => ("added", &none, is, vec![("value", "", get(is, "value"))]),
            Difference::Gone { was } => ("gone", was, &none, vec![("value", get(was, "value"), "")]),
            Difference::Changed { was, is, fields } => (
                "changed",
                was,
                is,
                fields.iter().map(|c| (c.field.as_str(), c.was.as_str(), c.is.as_str())).collect(),
            ),
        };
        let named = if was.is_empty() { is } else { was };
        for (field, before, after) in fields {
            let what = ["subject", "measure_label", "unit", "period_start", "period_end", "dimensions"]
                .map(|f| get(named, f));
            let [a, b] = [was, is].map(|r| ["source", "page", "evidence"].map(|f| get(r, f)));
            out.write_record([kind, field, before, after].iter().chain(&what).chain(&a).chain(&b))?;
        }
    }
    let bytes = out.into_inner().map_err(|e| csv::Error::from(std::io::Error::other(e.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn get<'a>(record: &'a Record, field: &str) -> &'a str {
    record.get(field).map_or("", String::as_str)
}
