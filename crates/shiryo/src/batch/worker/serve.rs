//! The worker: reads documents it is sent until its parent is gone.

use super::fault::Fault;
use super::protocol::{Ask, Say, Setup, receive, send};
use crate::batch::log::{Clock, log_to_stderr};
use crate::{Part, Pipeline, Step, run_document_watched};
use std::any::Any;
use std::cell::RefCell;
use std::io::{self, BufWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

/// Stack of the reading thread: PDF engines recurse.
const STACK: usize = 32 << 20;

type Task = (Ask, Vec<u8>);

/// Reads documents from standard input until it ends. What comes is the parent's: nobody else calls this.
pub fn serve() -> io::Result<()> {
    let mut input = io::stdin();
    let Some((Ask::Setup(setup), _)) = receive(&mut input, 0)? else {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "this command is for shiryo itself"));
    };
    limit_memory(setup.max_memory)?;
    if let Some(format) = setup.logs {
        log_to_stderr(format);
    }
    let (tasks, todo) = mpsc::sync_channel::<Task>(1);
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(move || work(&setup, &todo))?;
    // A parent that is gone ends a worker that hangs: the end of standard input is seen whatever the other thread does.
    while let Some(task) = receive(&mut input, u64::MAX)? {
        if tasks.send(task).is_err() {
            break;
        }
    }
    drop(tasks);
    if !reader.is_finished() {
        end_with_children();
    }
    reader.join().unwrap_or_else(|_| Err(io::Error::other("the reading thread panicked")))
}

/// Ends this process and what it started (the character recognition of a page, for one).
fn end_with_children() {
    // Only the group the parent gave this process; never that of a shell.
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group};
        if getpgrp() == getpid() {
            let _ = kill_current_process_group(Signal::KILL);
        }
    }
    std::process::exit(0);
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // A crash is reported, not dumped: core files are large and hold the paper.
    let core = Rlimit { current: Some(0), maximum: getrlimit(Resource::Core).maximum };
    let _ = setrlimit(Resource::Core, core);
    if bytes == 0 {
        return Ok(());
    }
    let maximum = getrlimit(Resource::As).maximum;
    let bytes = maximum.map_or(bytes, |m| m.min(bytes));
    Ok(setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum })?)
}

#[cfg(not(unix))]
fn limit_memory(_: u64) -> io::Result<()> {
    Ok(())
}

/// Answers every task; the first answer is that it is ready.
fn work(setup: &Setup, todo: &mpsc::Receiver<Task>) -> io::Result<()> {
    let out = RefCell::new(BufWriter::new(io::stdout()));
    let say = |what: &Say, body: &[u8]| send(&mut *out.borrow_mut(), what, body);
    let pipeline = setup.pipeline();
    // Built now, so that no document's time pays for it.
    if let Err(e) = pipeline.observer() {
        return say(&Say::Unable(e.to_string()), &[]);
    }
    say(&Say::Ready, &[])?;
    for (ask, bytes) in todo {
        match ask {
            Ask::Setup(_) => {}
            Ask::Count => say(&Say::Pages(pipeline.page_count(bytes)), &[])?,
            Ask::Read { source, pages, observe } => {
                let fault = if setup.faults { Fault::find(&bytes) } else { None };
                let clock = Clock::begin(&source);
                let watch = |step: Step| {
                    clock.step(step);
                    // A parent that cannot be told is gone; the end of standard input deals with that.
                    let _ = say(&Say::Step(step), &[]);
                    if let Some(fault) = fault {
                        fault.strike(step);
                    }
                };
                let part = Part { pages: pages.as_deref(), observe };
                let read = || read(bytes, &source, &pipeline, part, &watch);
                match catch_unwind(AssertUnwindSafe(read)) {
                    Ok(document) => {
                        say(&Say::Done { stages: clock.finish() }, &document?)?;
                    }
                    Err(panic) => say(&Say::Panicked(panic_message(&*panic)), &[])?,
                }
            }
        }
    }
    Ok(())
}

fn read(
    bytes: Vec<u8>,
    source: &str,
    pipeline: &Pipeline,
    part: Part,
    watch: crate::Watch,
) -> io::Result<Vec<u8>> {
    let document = run_document_watched(bytes, source, pipeline, part, watch);
    let mut json = Vec::new();
    shiryo_dataset::write_document(&mut json, &document)?;
    Ok(json)
}

/// What a panic said.
pub(in crate::batch) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
}
