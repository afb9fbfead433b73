//! Logs for machines: every stage of every document as a span with its time.

use crate::{Stage, Step};
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tracing::span::EnteredSpan;
use tracing_subscriber::fmt::format::FmtSpan;

/// How logs look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Lines for people.
    Plain,
    /// One JSON object a line.
    Json,
}

/// Begins logging to standard error; a program that has its own log keeps it.
pub fn log_to_stderr(format: LogFormat) {
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false);
    let _ = match format {
        LogFormat::Plain => tracing::subscriber::set_global_default(builder.finish()),
        LogFormat::Json => tracing::subscriber::set_global_default(builder.json().finish()),
    };
}

/// Adds up the time of each stage of a document, and makes each step a span of the log.
#[derive(Debug)]
pub(super) struct Clock {
    running: Cell<Option<(Stage, Instant)>>,
    spent: RefCell<BTreeMap<Stage, Duration>>,
    // The inner span is dropped first.
    stage: RefCell<Option<EnteredSpan>>,
    _document: EnteredSpan,
}

impl Clock {
    /// A document begins.
    pub(super) fn begin(source: &str) -> Self {
        Self {
            running: Cell::default(),
            spent: RefCell::default(),
            stage: RefCell::default(),
            _document: tracing::info_span!("document", source).entered(),
        }
    }

    /// A step begins; the one before it ends.
    pub(super) fn step(&self, step: Step) {
        self.stop();
        let span = tracing::info_span!("stage", stage = step.stage.as_str(), page = step.page);
        *self.stage.borrow_mut() = Some(span.entered());
        self.running.set(Some((step.stage, Instant::now())));
    }

    fn stop(&self) {
        *self.stage.borrow_mut() = None;
        if let Some((stage, began)) = self.running.take() {
            *self.spent.borrow_mut().entry(stage).or_default() += began.elapsed();
        }
    }

    /// Seconds of each stage by its name.
    pub(super) fn finish(self) -> BTreeMap<String, f64> {
        self.stop();
        let spent = self.spent.borrow();
        spent.iter().map(|(stage, took)| (stage.as_str().to_owned(), seconds(*took))).collect()
    }
}

/// Seconds to the millisecond.
pub(super) fn seconds(took: Duration) -> f64 {
    (took.as_secs_f64() * 1000.0).round() / 1000.0
}
