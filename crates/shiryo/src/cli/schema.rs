//! `shiryo schema`.

use super::{DONE, Failure, say};
use clap::Args;
use schemars::{Schema, schema_for};
use shiryo_dataset::RunRecord;
use shiryo_ja::AnnotationRecord;
use shiryo_model::{Dataset, Document, Observation, Table};

/// Prints a JSON Schema, or the names of all.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo schema
  shiryo schema observation > observation.schema.json")]
pub(super) struct SchemaArgs {
    /// dataset, document, observation, table, annotation …
    name: Option<String>,
}

/// Name, what it describes, and the schema.
type Entry = (&'static str, &'static str, fn() -> Schema);

/// Every published schema: its name and what it describes.
const SCHEMAS: [Entry; 6] = [
    ("dataset", "dataset.json", || schema_for!(Dataset)),
    ("document", "documents/DOCUMENT_ID.json", || schema_for!(Document)),
    ("observation", "one observation", || schema_for!(Observation)),
    ("table", "one table", || schema_for!(Table)),
    ("run", "run.json", || schema_for!(RunRecord)),
    ("annotation", "one line of `shiryo annotate`", || schema_for!(AnnotationRecord)),
];

pub(super) fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    let text = match &args.name {
        None => SCHEMAS.iter().map(|(name, about, _)| format!("{name:12} {about}\n")).collect(),
        Some(wanted) => {
            let Some((.., schema)) = SCHEMAS.iter().find(|(name, ..)| name == wanted) else {
                let names = SCHEMAS.map(|(name, ..)| name).join(", ");
                return Err(Failure::usage(format!("there is no schema `{wanted}`; there are: {names}")));
            };
            let json =
                serde_json::to_string_pretty(&schema()).map_err(|e| Failure::nothing(e.to_string()))?;
            json + "\n"
        }
    };
    say(&text)?;
    Ok(DONE)
}
