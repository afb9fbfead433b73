//! One worker process, seen from its parent.

use super::cause::Cause;
use super::protocol::{Ask, Say, Setup, receive, send};
use crate::{Stage, Step};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a worker may take to get ready.
const START: Duration = Duration::from_secs(120);
/// Recognising one scanned page has its own limit; this is far beyond it.
const RECOGNISE: Duration = Duration::from_secs(900);
/// How often a waiting parent looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(200);
/// The last words of a worker that are kept.
const LAST_WORDS: usize = 4 << 10;

/// What came from a worker: an answer and its body.
type Frame = io::Result<(Say, Vec<u8>)>;

/// A worker process.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    answers: Receiver<Frame>,
    last_words: Arc<Mutex<Vec<u8>>>,
    /// Questions it was asked.
    pub(super) asked: usize,
}

impl Worker {
    /// Starts `program worker` and waits until it is ready.
    pub(super) fn start(program: &Path, setup: &Setup) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg("worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // The reason stands before a backtrace, and what is kept of its words are the last.
        command.env("RUST_BACKTRACE", "0");
        // A group of its own: what it starts ends with it, and an interrupt of the terminal is the parent's affair.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(errors)) = (input, output, errors) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let answers = listen(output)?;
        let last_words = Arc::new(Mutex::new(Vec::new()));
        keep_last_words(errors, last_words.clone(), setup.logs.is_some())?;
        let mut worker = Self { child, input: Some(BufWriter::new(input)), answers, last_words, asked: 0 };
        let never = AtomicBool::new(false);
        match worker.ask(&Ask::Setup(setup.clone()), &[], Some(START), &never, &mut |_| ()) {
            Ok((Say::Ready, _)) => Ok(worker),
            Ok((Say::Unable(why), _)) => Err(io::Error::other(why)),
            Ok(_) => Err(io::Error::other("it did not say that it is ready")),
            Err(Cause::Memory) => {
                Err(io::Error::other("the memory limit (--max-memory) is too small to begin with"))
            }
            Err(cause) => {
                let words = String::from_utf8_lossy(&worker.words()).trim().to_owned();
                Err(io::Error::other(format!("it ended at once ({cause:?}) {words}")))
            }
        }
    }

    /// Asks and waits for the answer, at most `limit` (none: for ever); `step` is told every step.
    ///
    /// Recognising a scanned page has its own clock. After any failure but a panic the process is gone.
    pub(super) fn ask(
        &mut self,
        ask: &Ask,
        body: &[u8],
        limit: Option<Duration>,
        stop: &AtomicBool,
        step: &mut dyn FnMut(Step),
    ) -> Result<(Say, Vec<u8>), Cause> {
        self.last_words.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.asked += 1;
        let sent = self.input.as_mut().map(|input| send(input, ask, body));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.ended());
        }
        let mut deadline = limit.map(|l| Instant::now() + l);
        // Since when, and how much time was left then.
        let mut paused: Option<(Instant, Duration)> = None;
        loop {
            match self.answers.recv_timeout(LOOK) {
                Ok(Ok((Say::Step(now), _))) => {
                    if let (Some((_, left)), Some(_)) = (paused.take(), deadline) {
                        deadline = Some(Instant::now() + left);
                    }
                    if let (Stage::Recognise, Some(until)) = (now.stage, deadline) {
                        paused = Some((Instant::now(), until.saturating_duration_since(Instant::now())));
                    }
                    step(now);
                }
                Ok(Ok((Say::Panicked(what), _))) => return Err(Cause::Panic(what)),
                Ok(Ok(answer)) => return Ok(answer),
                // It died in the middle of an answer: what it died of tells more than the torn answer.
                Ok(Err(e)) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(self.ended()),
                Ok(Err(_)) => {
                    self.kill();
                    return Err(Cause::Garbled);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let late = match (paused, deadline) {
                (Some((since, _)), _) => since.elapsed() > RECOGNISE,
                (None, Some(until)) => Instant::now() >= until,
                (None, None) => false,
            };
            if late || stop.load(Ordering::Relaxed) {
                self.kill();
                return Err(if late { Cause::Time } else { Cause::Stopped });
            }
        }
    }

    fn words(&self) -> Vec<u8> {
        self.last_words.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Kills the process and what it started.
    fn kill(&mut self) {
        self.input = None;
        // While it is not waited for, its number is nobody else's.
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw)
            && matches!(self.child.try_wait(), Ok(None))
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Why the process, whose output has ended, is gone.
    fn ended(&mut self) -> Cause {
        self.input = None;
        // Output is closed before the process is quite gone; one that lives on without output is no use.
        let until = Instant::now() + Duration::from_secs(2);
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(5)),
                _ => break None,
            }
        };
        let Some(status) = status else {
            self.kill();
            return Cause::Garbled;
        };
        Cause::of(status, &self.words())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads answers until the output ends.
fn listen(mut output: ChildStdout) -> io::Result<Receiver<Frame>> {
    let (tell, answers) = mpsc::channel();
    std::thread::Builder::new().name("shiryo-answers".into()).stack_size(256 << 10).spawn(move || {
        loop {
            let frame = receive(&mut output, u64::MAX);
            let last = !matches!(frame, Ok(Some(_)));
            if let Some(frame) = frame.transpose()
                && tell.send(frame).is_err()
            {
                break;
            }
            if last {
                break;
            }
        }
    })?;
    Ok(answers)
}

/// Keeps the end of what the worker writes to standard error, and hands it on where logs are wanted.
fn keep_last_words(mut errors: ChildStderr, words: Arc<Mutex<Vec<u8>>>, tell: bool) -> io::Result<()> {
    std::thread::Builder::new().name("shiryo-words".into()).stack_size(256 << 10).spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(n @ 1..) = errors.read(&mut chunk) {
            let new = chunk.get(..n).unwrap_or_default();
            if tell {
                let _ = io::stderr().lock().write_all(new);
            }
            let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
            words.extend_from_slice(new);
            let over = words.len().saturating_sub(LAST_WORDS);
            words.drain(..over);
        }
    })?;
    Ok(())
}
