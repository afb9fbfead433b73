//! Many documents to one dataset: discovery, reading in worker processes or threads, results that survive a kill,
//! writing, telling.
//!
//! [`run`] is what `shiryo extract` does, [`run_with`] the same with a callback for every document;
//! [`run_documents`] is the bare core for other programs: documents in a fixed order, read in parallel in this
//! process, each handed over as soon as all before it are done.

mod archive;
mod discover;
mod dispatch;
mod found;
mod limits;
mod links;
mod log;
mod pool;
mod progress;
mod reader;
mod reading;
mod record;
mod run;
mod work;
mod worker;

pub use discover::{Discovery, Unreadable, discover, discover_with};
pub use dispatch::{Outcome, run_documents};
pub use found::Found;
pub use limits::Limits;
pub(crate) use limits::{parse_bytes, parse_memory};
pub use log::{LogFormat, log_to_stderr};
pub use progress::ProgressMode;
pub use run::{BatchError, BatchOptions, Isolation, Summary, run, run_with};
pub use worker::serve;
