//! How long a page has been worked on.

use std::time::Duration;

/// Processor time of this thread since a moment: a machine under load cuts no page short. Where the system does
/// not tell it, the time on the wall.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    #[cfg(unix)]
    started: Duration,
    #[cfg(not(unix))]
    started: std::time::Instant,
}

#[cfg(unix)]
impl Clock {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self { started: thread_time() }
    }

    /// Time since the start; only of use on the thread that started it.
    pub(crate) fn elapsed(&self) -> Duration {
        thread_time().saturating_sub(self.started)
    }
}

#[cfg(unix)]
fn thread_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(now).unwrap_or_default()
}

#[cfg(not(unix))]
impl Clock {
    /// Starts now.
    pub(crate) fn start() -> Self {
        Self { started: std::time::Instant::now() }
    }

    /// Time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn sleep_is_no_work() {
        let clock = Clock::start();
        std::thread::sleep(Duration::from_millis(60));
        assert!(clock.elapsed() < Duration::from_millis(50), "{:?}", clock.elapsed());
        let begin = std::time::Instant::now();
        let mut sum = 0_u64;
        while begin.elapsed() < Duration::from_secs(20) && clock.elapsed() < Duration::from_millis(20) {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(clock.elapsed() >= Duration::from_millis(20));
    }
}
