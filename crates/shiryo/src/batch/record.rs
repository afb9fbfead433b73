//! What a run says of itself: `run.json` and the summary at its end.

use super::log::seconds;
use super::run::{BatchOptions, Isolation, Summary};
use crate::Pipeline;
use shiryo_dataset::{Formats, RunDocument, RunOptions, RunRecord};
use shiryo_model::{Document, DocumentStatus, Generator, SCHEMA_VERSION, Severity};
use std::path::Path;
use std::time::{Duration, Instant};

/// Documents named at the end of a run.
const NAMED: usize = 5;
/// A document below this is not slow.
const SLOW: f64 = 1.0;

/// How a document ended, in a word.
pub(super) fn status_word(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Complete => "complete",
        DocumentStatus::Incomplete => "incomplete",
        DocumentStatus::Failed => "failed",
    }
}

/// Why a document is not complete: its errors, each with its page; the same reason on many pages is told once.
pub(super) fn reasons(d: &Document) -> Vec<String> {
    let mut by_reason: Vec<(&str, Vec<u32>)> = Vec::new();
    for x in d.diagnostics.iter().filter(|x| x.severity == Severity::Error) {
        match by_reason.iter_mut().find(|(message, _)| *message == x.message) {
            Some((_, pages)) => pages.extend(x.page),
            None => by_reason.push((&x.message, x.page.into_iter().collect())),
        }
    }
    by_reason.into_iter().map(|(message, pages)| located(message, &pages)).collect()
}

fn located(message: &str, pages: &[u32]) -> String {
    const SHOWN: usize = 10;
    let mut list: Vec<String> = pages.iter().take(SHOWN).map(u32::to_string).collect();
    if pages.len() > SHOWN {
        list.push(format!("… ({} pages)", pages.len()));
    }
    match pages.len() {
        // Some messages name their page themselves.
        1 if message.starts_with("page ") => message.to_owned(),
        0 => message.to_owned(),
        1 => format!("page {}: {message}", list.join("")),
        _ => format!("pages {}: {message}", list.join(", ")),
    }
}

/// Adds a document to the totals.
pub(super) fn count(record: &mut RunRecord, d: &Document, reused: bool) {
    let counts = &mut record.counts;
    counts.documents += 1;
    *match d.status {
        DocumentStatus::Complete => &mut counts.complete,
        DocumentStatus::Incomplete => &mut counts.incomplete,
        DocumentStatus::Failed => &mut counts.failed,
    } += 1;
    counts.pages += d.pages.len() as u64;
    counts.tables += d.tables.len() as u64;
    counts.observations += d.observations.len() as u64;
    counts.reused += u64::from(reused);
}

/// Fills in what is known at the end.
pub(super) fn complete(
    record: &mut RunRecord,
    options: &BatchOptions,
    pipeline: &Pipeline,
    generator: Generator,
    began: (jiff::Timestamp, Instant),
) {
    let Formats { json, csv, xlsx, parquet } = options.formats;
    let formats = [("json", json), ("csv", csv), ("xlsx", xlsx), ("parquet", parquet)];
    let limits = options.limits;
    let process = matches!(options.isolation, Isolation::Process { .. });
    record.schema_version = SCHEMA_VERSION.to_owned();
    record.generator = Some(generator);
    record.started = began.0.to_string();
    record.finished = jiff::Timestamp::now().to_string();
    record.seconds = seconds(began.1.elapsed());
    let inputs = options.inputs.iter().chain(&options.listed);
    record.inputs = inputs.map(|i| i.to_string_lossy().into_owned()).collect();
    record.options = RunOptions {
        formats: formats.iter().filter(|(_, on)| *on).map(|(name, _)| (*name).to_owned()).collect(),
        jobs: super::dispatch::jobs_for(options.jobs, usize::MAX),
        engine: match pipeline.read.engine {
            shiryo_pdf::Engine::Auto => "auto",
            shiryo_pdf::Engine::Hayro => "hayro",
            shiryo_pdf::Engine::PdfExtract => "pdf-extract",
        }
        .to_owned(),
        pages: pipeline.read.pages.clone().unwrap_or_default(),
        ocr: std::mem::take(&mut record.options.ocr),
        password: pipeline.read.password.is_some(),
        catalog: options.catalog_file.clone(),
        user_dictionary: pipeline.user_dictionary.is_some(),
        csv_bom: options.csv.bom,
        csv_safe: options.csv.safe,
        isolation: if process { "process" } else { "thread" }.to_owned(),
        timeout: if process { limits.timeout.map_or(0.0, |t| t.as_secs_f64()) } else { 0.0 },
        max_memory: if process { limits.memory } else { 0 },
        max_pages: limits.pages,
    };
}

/// The summary as lines for people.
pub(super) fn lines(summary: &Summary, record: &RunRecord, took: Duration, target: &Path) -> String {
    let c = &summary.counts;
    let mut parts = vec![format!("{} complete", c.complete)];
    let more = [
        (c.incomplete, "incomplete"),
        (c.failed, "failed"),
        (c.skipped, "skipped"),
        (c.reused, "taken over from an earlier run"),
    ];
    parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    let mut lines = vec![format!(
        "{} documents ({}), {} pages, {} tables, {} observations in {:.1} s → {}",
        c.documents,
        parts.join(", "),
        c.pages,
        c.tables,
        c.observations,
        took.as_secs_f64(),
        target.display()
    )];
    let slowest: Vec<String> = slowest(record).map(slow_line).collect();
    if !slowest.is_empty() {
        lines.push(format!("slowest: {}", slowest.join("; ")));
    }
    let lost: Vec<&RunDocument> = lost(record).collect();
    for d in lost.iter().take(NAMED) {
        let reasons = d.reasons.join("; ");
        lines.push(format!("{}: {}: {reasons}", status_word(d.status), d.source));
    }
    if lost.len() > NAMED {
        lines.push(format!("… and {} more not complete; all are in run.json", lost.len() - NAMED));
    }
    lines.join("\n")
}

/// The summary for machines.
pub(super) fn object(
    summary: &Summary,
    record: &RunRecord,
    took: Duration,
    target: &Path,
) -> serde_json::Value {
    let slowest: Vec<_> = slowest(record)
        .map(|d| serde_json::json!({ "source": d.source, "seconds": d.seconds, "stages": d.stages }))
        .collect();
    let lost: Vec<_> = lost(record)
        .map(|d| serde_json::json!({ "source": d.source, "status": status_word(d.status), "reasons": d.reasons }))
        .collect();
    serde_json::json!({
        "event": "summary", "counts": summary.counts, "unreadable": summary.unreadable, "seconds": seconds(took),
        "out": target.to_string_lossy(), "slowest": slowest, "not_complete": lost,
    })
}

fn lost(record: &RunRecord) -> impl Iterator<Item = &RunDocument> {
    record.documents.iter().filter(|d| d.status != DocumentStatus::Complete)
}

fn slowest(record: &RunRecord) -> impl Iterator<Item = &RunDocument> {
    let mut slow: Vec<&RunDocument> = record.documents.iter().filter(|d| d.seconds >= SLOW).collect();
    slow.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    slow.into_iter().take(NAMED)
}

fn slow_line(d: &RunDocument) -> String {
    let most = d.stages.iter().max_by(|a, b| a.1.total_cmp(b.1));
    let most = most.map(|(stage, s)| format!(", {stage} {s:.1} s")).unwrap_or_default();
    format!("{} {:.1} s ({} pages{most})", d.source, d.seconds, d.pages)
}
