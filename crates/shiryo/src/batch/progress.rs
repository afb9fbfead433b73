//! How a run tells how far it is.

use super::log::seconds;
use crate::Step;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
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
    /// Nothing but what went wrong.
    None,
}

/// Plain and JSON lines about the whole come this often.
const EVERY: Duration = Duration::from_secs(10);
/// The bar is looked after this often.
const TICK: Duration = Duration::from_millis(500);
/// A document that takes longer is named.
const SLOW: Duration = Duration::from_secs(3);

/// Tells progress and messages on stderr, from any thread.
#[derive(Debug)]
pub(super) struct Progress {
    teller: Arc<Teller>,
    /// Dropped, it ends the ticking.
    _stop: mpsc::Sender<()>,
    ticker: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Teller {
    total: u64,
    kind: Kind,
    state: Mutex<State>,
    began: Instant,
}

#[derive(Debug)]
enum Kind {
    Bar(ProgressBar),
    Plain,
    Json,
    None,
}

#[derive(Debug, Default)]
struct State {
    done: u64,
    reused: u64,
    pages: u64,
    failed: u64,
    /// What is being read, by the number of its thread.
    current: BTreeMap<usize, Current>,
    told: Option<Instant>,
}

#[derive(Debug)]
struct Current {
    source: String,
    began: Instant,
    step: Option<Step>,
}

/// A document that is done.
#[derive(Debug, Default)]
pub(super) struct DoneWith<'a> {
    pub(super) source: &'a str,
    pub(super) status: &'a str,
    pub(super) pages: u64,
    pub(super) not_complete: bool,
    pub(super) reused: bool,
    pub(super) took: Duration,
}

impl Progress {
    /// Begins telling about `total` documents.
    pub(super) fn begin(mode: ProgressMode, total: u64) -> Self {
        let kind = match mode {
            ProgressMode::Auto if std::io::stderr().is_terminal() => Kind::Bar(bar(total)),
            ProgressMode::Auto | ProgressMode::Plain => Kind::Plain,
            ProgressMode::Json => Kind::Json,
            ProgressMode::None => Kind::None,
        };
        let teller = Arc::new(Teller { total, kind, state: Mutex::default(), began: Instant::now() });
        let (stop, stopped) = mpsc::channel::<()>();
        let ticks = teller.clone();
        let tick = move || {
            while stopped.recv_timeout(TICK) == Err(mpsc::RecvTimeoutError::Timeout) {
                ticks.tick();
            }
        };
        let quiet = matches!(teller.kind, Kind::None);
        let thread = std::thread::Builder::new().name("shiryo-progress".into());
        let ticker = if quiet { None } else { thread.spawn(tick).ok() };
        Self { teller, _stop: stop, ticker }
    }

    /// Reading a document begins on a thread.
    pub(super) fn started(&self, thread: usize, source: &str) {
        let current = Current { source: source.to_owned(), began: Instant::now(), step: None };
        self.teller.state().current.insert(thread, current);
    }

    /// A step of it begins.
    pub(super) fn step(&self, thread: usize, step: Step) {
        if let Some(current) = self.teller.state().current.get_mut(&thread) {
            current.step = Some(step);
        }
    }

    /// It is read.
    pub(super) fn ended(&self, thread: usize) {
        self.teller.state().current.remove(&thread);
    }

    /// A file is done: a document that was read, or something passed over.
    pub(super) fn done(&self, d: &DoneWith) {
        let mut state = self.teller.state();
        state.done += 1;
        state.reused += u64::from(d.reused);
        state.pages += d.pages;
        state.failed += u64::from(d.not_complete);
        match &self.teller.kind {
            Kind::Bar(bar) => bar.set_position(state.done),
            Kind::Json => say(&serde_json::json!({
                "event": "document", "source": d.source, "status": d.status, "took": seconds(d.took),
                "reused": d.reused, "done": state.done, "total": self.teller.total, "pages": state.pages,
                "failed": state.failed, "seconds": seconds(self.teller.began.elapsed()),
            })
            .to_string()),
            Kind::Plain | Kind::None => {}
        }
    }

    /// Tells a message without tearing the bar.
    pub(super) fn message(&self, level: &str, text: &str) {
        match &self.teller.kind {
            Kind::Bar(bar) => bar.println(format!("shiryo: {text}")),
            Kind::Json => say(&serde_json::json!({ "event": level, "message": text }).to_string()),
            Kind::Plain | Kind::None => say(&format!("shiryo: {text}")),
        }
    }

    /// Ends with a summary: lines for people, an object for machines. With progress `none` it is left out.
    pub(super) fn finish(mut self, lines: &str, object: &serde_json::Value) {
        self.stop();
        match &self.teller.kind {
            Kind::Bar(bar) => {
                bar.finish_and_clear();
                say(lines);
            }
            Kind::Plain => say(lines),
            Kind::Json => say(&object.to_string()),
            Kind::None => {}
        }
    }

    fn stop(&mut self) {
        (self._stop, _) = mpsc::channel();
        if let Some(ticker) = self.ticker.take() {
            let _ = ticker.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.stop();
        if let Kind::Bar(bar) = &self.teller.kind {
            bar.finish_and_clear();
        }
    }
}

impl Teller {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells how far the whole is, now and then.
    fn tick(&self) {
        let mut state = self.state();
        let slow = state.current.values().filter(|c| c.began.elapsed() > SLOW).min_by_key(|c| c.began);
        if let Kind::Bar(bar) = &self.kind {
            let latest = state.current.values().max_by_key(|c| c.began);
            let shown = slow.map(Current::told).or_else(|| latest.map(|c| c.source.clone()));
            bar.set_message(shown.unwrap_or_default());
            let figures = format!("{:.0} pages/s, {} not complete", self.rate(&state), state.failed);
            bar.set_prefix(figures);
            bar.tick();
            return;
        }
        if state.told.unwrap_or(self.began).elapsed() < EVERY {
            return;
        }
        let (rate, left) = (self.rate(&state), self.left(&state));
        let line = match &self.kind {
            Kind::Json => serde_json::json!({
                "event": "progress", "done": state.done, "total": self.total, "reused": state.reused,
                "pages": state.pages, "failed": state.failed, "pages_per_second": (rate * 10.0).round() / 10.0,
                "seconds": seconds(self.began.elapsed()), "seconds_left": left.map(seconds),
                "slow": slow.map(Current::object),
            })
            .to_string(),
            _ => {
                let left = left.map(|l| format!(", about {} left", clock(l))).unwrap_or_default();
                let slow = slow.map(|c| format!("; slow: {}", c.told())).unwrap_or_default();
                let State { done, pages, failed, .. } = *state;
                format!(
                    "{done}/{} documents, {pages} pages ({rate:.0}/s), {failed} not complete{left}{slow}",
                    self.total
                )
            }
        };
        say(&line);
        state.told = Some(Instant::now());
    }

    /// Pages a second.
    fn rate(&self, state: &State) -> f64 {
        state.pages as f64 / self.began.elapsed().as_secs_f64().max(0.001)
    }

    /// Time left, from documents that were read now.
    fn left(&self, state: &State) -> Option<Duration> {
        let read = state.done.saturating_sub(state.reused);
        let to_do = self.total.saturating_sub(state.done);
        (read > 0).then(|| self.began.elapsed().mul_f64(to_do as f64 / read as f64))
    }
}

impl Current {
    fn told(&self) -> String {
        let at = match self.step {
            Some(Step { stage, page: Some(page) }) => format!(", {} of page {page}", stage.as_str()),
            Some(Step { stage, page: None }) => format!(", {}", stage.as_str()),
            None => String::new(),
        };
        format!("{} ({}{at})", self.source, clock(self.began.elapsed()))
    }

    fn object(&self) -> serde_json::Value {
        serde_json::json!({
            "source": self.source, "seconds": seconds(self.began.elapsed()),
            "stage": self.step.map(|s| s.stage.as_str()), "page": self.step.and_then(|s| s.page),
        })
    }
}

/// `42 s`, `3:05`, `1:02:03`.
fn clock(d: Duration) -> String {
    let s = d.as_secs();
    match s {
        0..=99 => format!("{s} s"),
        100..=3599 => format!("{}:{:02} min", s / 60, s % 60),
        _ => format!("{}:{:02} h", s / 3600, s / 60 % 60),
    }
}

fn bar(total: u64) -> ProgressBar {
    let template = "{bar:24} {pos}/{len} [{elapsed_precise}, {eta} left, {prefix}] {wide_msg}";
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
