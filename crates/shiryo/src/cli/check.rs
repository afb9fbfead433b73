//! `shiryo check`.

use super::{DONE, Failure, NOTHING, say};
use crate::check::{CheckOptions, Checked, Score, Tolerance, check, junit, write_whole};
use crate::{OcrMode, Pipeline};
use clap::Args;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// Reads every paper of a folder again and compares it with the output expected of it, which stands beside it as
/// `PAPER.expected.jsonl`. Prints which table, cell or observation changed, and how. Papers whose right answers are known
/// (`PAPER.gold.jsonl`) are scored against them. Scanned pages are not read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo check fixtures
  shiryo check fixtures --update        # after looking at the differences
  shiryo check fixtures --junit check.xml
  shiryo check fixtures --gold tests/papers/gold   # scores against right answers as well

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
    /// How far a figure may be from the expected one, as a share of it (0.01: one per cent)
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = tolerance)]
    tolerance: Tolerance,
    /// Folder with right answers: observations.NAME.jsonl for papers NAME.*
    #[arg(long, value_name = "FOLDER")]
    gold: Option<PathBuf>,
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
    let options = CheckOptions {
        jobs: args.jobs.into(),
        update: args.update,
        tolerance: args.tolerance,
        gold: args.gold.clone(),
    };
    let checked = check(&args.fixtures, &pipeline, &options).map_err(|e| Failure::nothing(e.to_string()))?;
    let differing = checked.iter().filter(|c| !c.differences.is_empty()).count();
    say(&told(&checked, differing, args.update))?;
    if let Some(path) = &args.junit {
        write_whole(path, junit(&checked))
            .map_err(|e| Failure::nothing(format!("{}: {e}", path.display())))?;
    }
    Ok(if differing == 0 || args.update { DONE } else { NOTHING })
}

fn told(checked: &[Checked], differing: usize, update: bool) -> String {
    let mut out = String::new();
    for c in checked.iter().filter(|c| !c.differences.is_empty()) {
        out += &format!("{}{}\n", c.source, if c.updated { " (updated)" } else { "" });
        for difference in &c.differences {
            out += &format!("  {}\n", difference.replace('\n', "\n  "));
        }
    }
    let mut all = Score::default();
    for (c, score) in checked.iter().filter_map(|c| c.score.map(|score| (c, score))) {
        out += &format!("{}: {score}\n", c.source);
        all += score;
    }
    if all != Score::default() {
        out += &format!("all with right answers: {all}\n");
    }
    let updated = checked.iter().filter(|c| c.updated).count();
    out += &format!("{} papers, {differing} with differences", checked.len());
    out + &if update { format!(", {updated} updated\n") } else { "\n".to_owned() }
}

fn tolerance(text: &str) -> Result<Tolerance, String> {
    let share = text.parse::<Decimal>().map_err(|e| e.to_string())?;
    Tolerance::new(share).ok_or_else(|| "must be 0 or more and less than 1".to_owned())
}
