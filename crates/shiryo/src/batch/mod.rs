//! Many documents to one dataset: discovery, running in parallel, writing.
//!
//! [`run`] is what `shiryo extract` does; [`run_documents`] is its core for other programs: documents in a fixed
//! order, read in parallel, each handed over as soon as all before it are done.

mod discover;
mod dispatch;
mod links;
mod progress;
mod run;

pub use discover::{Discovery, Found, Unreadable, discover};
pub use dispatch::{Outcome, run_documents};
pub use progress::{Progress, ProgressMode};
pub use run::{BatchError, BatchOptions, Summary, run};
