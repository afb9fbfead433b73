//! Many documents to one dataset: discovery, running in parallel, writing.

mod discover;

pub use discover::{Found, discover};
