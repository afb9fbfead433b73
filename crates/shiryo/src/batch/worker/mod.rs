//! Worker processes: documents are read where a crash, an endless loop or an explosion of memory costs nobody else.
//!
//! `shiryo worker` ([`serve`]) reads documents it is sent on standard input and answers on standard output. The
//! parent keeps one [`Worker`] per job, watches how long it takes and whether it lives ([`child`]), and decides what
//! to try again without the page that did it ([`supervise`]).

mod cause;
mod child;
mod fault;
mod protocol;
mod serve;
mod supervise;

pub(super) use serve::panic_message;
pub use serve::serve;
pub(super) use supervise::{Answer, Case, Supervised, Supervisor};
