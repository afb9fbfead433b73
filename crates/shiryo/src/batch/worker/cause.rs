//! Why a worker gave no answer, and how that is told.

use crate::batch::limits::Limits;
use crate::batch::reading::fault;
use crate::{Stage, Step};
use shiryo_model::DiagnosticCode;
use std::process::ExitStatus;
use std::time::Duration;

/// Why a worker gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    /// The time limit.
    Time,
    /// The memory limit.
    Memory,
    /// The stack.
    Stack,
    /// Somebody killed it: a person, or a system short of memory.
    Killed,
    /// Another signal.
    Signal(i32),
    /// It ended by itself.
    Exit(i32),
    /// A panic, which it survived.
    Panic(String),
    /// What it said was no answer.
    Garbled,
    /// The run ends.
    Stopped,
}

/// An attempt that came to nothing.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) cause: Cause,
    /// What it was at.
    pub(super) step: Option<Step>,
    /// Last page of which glyphs were there.
    pub(super) last_page: Option<u32>,
    pub(super) took: Duration,
}

impl Cause {
    /// What an ended process died of. The runtime says why it aborts.
    pub(super) fn of(status: ExitStatus, last_words: &[u8]) -> Self {
        let words = String::from_utf8_lossy(last_words);
        let said = |what: &str| words.contains(what);
        match signal_of(status) {
            _ if said("has overflowed its stack") => Cause::Stack,
            _ if said("memory allocation of") => Cause::Memory,
            Some(9) => Cause::Killed,
            Some(signal) => Cause::Signal(signal),
            None => Cause::Exit(status.code().unwrap_or(-1)),
        }
    }

    /// What it is in diagnostics.
    pub(super) fn code(&self) -> DiagnosticCode {
        match self {
            Cause::Time | Cause::Memory | Cause::Stack => DiagnosticCode::LimitReached,
            _ => DiagnosticCode::InternalError,
        }
    }
}

impl Failure {
    /// The page it happened on, when these pages were to be read.
    pub(super) fn page(&self, wanted: &[u32]) -> Option<u32> {
        let step = self.step?;
        match step.stage {
            Stage::Read => match self.last_page {
                Some(last) => wanted.iter().copied().find(|p| *p > last),
                None => wanted.first().copied(),
            },
            _ => step.page,
        }
    }

    /// Whether facts and observations were being read.
    pub(super) fn is_in_observing(&self) -> bool {
        self.step.is_some_and(|s| s.stage == Stage::Observe)
    }

    /// What happened, and at what.
    pub(super) fn told(&self, limits: &Limits) -> String {
        let what = match &self.cause {
            Cause::Time => match limits.timeout {
                Some(t) => format!("it took longer than --timeout {} s", t.as_secs_f64()),
                None => "character recognition did not come to an end".to_owned(),
            },
            Cause::Memory if limits.memory > 0 => {
                format!("it needed more memory than --max-memory {}", limits.memory_text())
            }
            Cause::Memory => "the machine had no memory left for it".to_owned(),
            Cause::Stack => "it is nested too deeply and overflowed the stack".to_owned(),
            Cause::Killed => "its worker was killed from outside (signal 9), again and again".to_owned(),
            Cause::Signal(n) => format!("its worker crashed ({}); please report it", signal_name(*n)),
            Cause::Exit(n) => format!("its worker ended with exit code {n}; please report it"),
            Cause::Panic(what) => fault(what),
            Cause::Garbled | Cause::Stopped => "its worker gave no answer; please report it".to_owned(),
        };
        match self.step.map(|s| s.stage) {
            Some(stage) => format!("{what} ({})", at_work(stage)),
            None => what,
        }
    }
}

fn at_work(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "while opening it",
        Stage::Read => "while reading glyphs and rules",
        Stage::Recognise => "while recognising characters",
        Stage::Layout => "while finding lines and tables",
        Stage::Observe => "while reading observations",
    }
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal_of(_: ExitStatus) -> Option<i32> {
    None
}

fn signal_name(n: i32) -> String {
    let name = match n {
        4 => "illegal instruction",
        6 => "abort",
        7 => "bus error",
        8 => "arithmetic error",
        11 => "segmentation fault",
        15 => "termination",
        24 => "processor time",
        _ => return format!("signal {n}"),
    };
    format!("signal {n}, {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(stage: Stage, page: Option<u32>, last_page: Option<u32>) -> Failure {
        Failure { cause: Cause::Time, step: Some(Step { stage, page }), last_page, took: Duration::ZERO }
    }

    #[test]
    fn the_page_is_the_one_after_the_last_that_was_read() {
        let wanted = [2, 3, 5];
        assert_eq!(failure(Stage::Read, None, None).page(&wanted), Some(2));
        assert_eq!(failure(Stage::Read, None, Some(3)).page(&wanted), Some(5));
        assert_eq!(failure(Stage::Read, None, Some(5)).page(&wanted), None);
        assert_eq!(failure(Stage::Layout, Some(3), Some(3)).page(&wanted), Some(3));
        assert_eq!(failure(Stage::Layout, None, Some(5)).page(&wanted), None);
        assert_eq!(failure(Stage::Observe, None, Some(5)).page(&wanted), None);
    }

    #[test]
    fn a_limit_is_named() {
        let limits = Limits { timeout: Some(Duration::from_secs(60)), ..Limits::default() };
        let told = failure(Stage::Layout, Some(3), None).told(&limits);
        assert_eq!(told, "it took longer than --timeout 60 s (while finding lines and tables)");
    }

    #[cfg(unix)]
    #[test]
    fn the_runtimes_last_words_tell_aborts_apart() {
        use std::os::unix::process::ExitStatusExt as _;
        let of = |words: &str| Cause::of(ExitStatus::from_raw(6), words.as_bytes());
        assert_eq!(of("thread 'x' (17) has overflowed its stack\n"), Cause::Stack);
        assert_eq!(of("memory allocation of 8589934592 bytes failed\n"), Cause::Memory);
        assert_eq!(of(""), Cause::Signal(6));
        assert_eq!(Cause::of(ExitStatus::from_raw(9), b""), Cause::Killed);
        assert_eq!(Cause::of(ExitStatus::from_raw(7 << 8), b""), Cause::Exit(7));
    }
}
