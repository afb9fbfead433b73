//! How a run tells how far it is.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How progress is told, on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProgressMode {
    /// A bar on a terminal, plain lines elsewhere.
    #[default]
    Auto,
    /// Plain lines.
    Plain,
    /// One JSON object a line.
    Json,
    /// Nothing.
    None,
}

/// Plain lines come at most this often.
const PLAIN_EVERY: Duration = Duration::from_secs(5);

/// Tells progress and messages on stderr.
#[derive(Debug)]
pub struct Progress {
    total: u64,
    kind: Kind,
    state: Mutex<State>,
}

#[derive(Debug)]
enum Kind {
    Bar(ProgressBar),
    Plain,
    Json,
    None,
}

#[derive(Debug)]
struct State {
    done: u64,
    pages: u64,
    failed: u64,
    last: Instant,
    began: Instant,
}

impl Progress {
    /// Begins telling about `total` documents.
    pub fn begin(mode: ProgressMode, total: u64) -> Self {
        let kind = match mode {
            ProgressMode::Auto if std::io::stderr().is_terminal() => Kind::Bar(bar(total)),
            ProgressMode::Auto | ProgressMode::Plain => Kind::Plain,
            ProgressMode::Json => Kind::Json,
            ProgressMode::None => Kind::None,
        };
        let now = Instant::now();
        Self { total, kind, state: Mutex::new(State { done: 0, pages: 0, failed: 0, last: now, began: now }) }
    }

    /// A document's reading begins.
    pub fn started(&self, source: &str) {
        if let Kind::Bar(bar) = &self.kind {
            bar.set_message(source.to_owned());
        }
    }

    /// A document is done.
    pub fn done(&self, source: &str, pages: u64, failed: bool, status: &str) {
        let Ok(mut state) = self.state.lock() else { return };
        state.done += 1;
        state.pages += pages;
        state.failed += u64::from(failed);
        match &self.kind {
            Kind::Bar(bar) => bar.set_position(state.done),
            Kind::Plain if state.last.elapsed() >= PLAIN_EVERY => {
                state.last = Instant::now();
                let rate = state.pages as f64 / state.began.elapsed().as_secs_f64().max(0.001);
                let (done, total, pages, failed) = (state.done, self.total, state.pages, state.failed);
                say(&format!("{done}/{total} documents, {pages} pages ({rate:.0}/s), {failed} not complete"));
            }
            Kind::Json => {
                let line = serde_json::json!({
                    "event": "document", "source": source, "status": status, "done": state.done, "total": self.total,
                    "pages": state.pages, "failed": state.failed,
                    "seconds": (state.began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
                });
                say(&line.to_string());
            }
            _ => {}
        }
    }

    /// Tells a message without tearing the bar.
    pub fn message(&self, level: &str, text: &str) {
        match &self.kind {
            Kind::Bar(bar) => bar.println(format!("shiryo: {text}")),
            Kind::Json => say(&serde_json::json!({ "event": level, "message": text }).to_string()),
            Kind::Plain | Kind::None => say(&format!("shiryo: {text}")),
        }
    }

    /// Ends with a summary; with progress `none` it is left out.
    pub fn finish(&self, summary: &str) {
        match &self.kind {
            Kind::Bar(bar) => {
                bar.finish_and_clear();
                say(summary);
            }
            Kind::Plain => say(summary),
            Kind::Json => say(&serde_json::json!({ "event": "summary", "message": summary }).to_string()),
            Kind::None => {}
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let template = "{bar:30} {pos}/{len} [{elapsed_precise}, {eta} left] {wide_msg}";
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// A stderr that went away is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
