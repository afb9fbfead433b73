//! `shiryo check`.

use super::{DONE, Failure, NOTHING, say};
use crate::check::{check, junit, write_whole};
use crate::{OcrMode, Pipeline};
use clap::Args;
use std::path::PathBuf;

/// Reads every paper of a folder again and compares it with the output expected of it, which stands beside it as
/// `PAPER.expected.jsonl`. Prints which table, cell or observation changed, and how. Scanned pages are not read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo check fixtures
  shiryo check fixtures --update        # after looking at the differences
  shiryo check fixtures --junit check.xml

Exit codes: 0 all as expected · 1 there are differences (or nothing to check) · 2 wrong usage")]
pub(super) struct CheckArgs {
    /// Folder with papers and their expected output
    fixtures: PathBuf,
    /// Make what the papers give now the expected output
    #[arg(long)]
    update: bool,
    /// Write the results as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Documents read at the same time (default: one per core)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: u16,
    /// Measure catalogue (TOML) instead of the embedded one
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
}

pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let catalog = args.catalog.as_ref().map(super::read_text).transpose()?;
    let mut pipeline = Pipeline::new(shiryo_pdf::ReadOptions::default(), catalog);
    // What character recognition gives depends on the machine.
    pipeline.ocr = OcrMode::Off;
    pipeline.observer().map_err(|e| Failure::nothing(e.to_string()))?;
    let checked = check(&args.fixtures, &pipeline, args.jobs.into(), args.update)
        .map_err(|e| Failure::nothing(e.to_string()))?;
    let mut out = String::new();
    for c in checked.iter().filter(|c| !c.differences.is_empty()) {
        out += &format!("{}{}\n", c.source, if c.updated { " (updated)" } else { "" });
        for difference in &c.differences {
            out += &format!("  {}\n", difference.replace('\n', "\n  "));
        }
    }
    let differing = checked.iter().filter(|c| !c.differences.is_empty()).count();
    let updated = checked.iter().filter(|c| c.updated).count();
    out += &format!("{} papers, {differing} with differences", checked.len());
    out += &if args.update { format!(", {updated} updated\n") } else { "\n".to_owned() };
    say(&out)?;
    if let Some(path) = &args.junit {
        write_whole(path, &junit(&checked))
            .map_err(|e| Failure::nothing(format!("{}: {e}", path.display())))?;
    }
    Ok(if differing == 0 || args.update { DONE } else { NOTHING })
}
