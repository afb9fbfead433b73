//! `shiryo worker`: what `shiryo extract` starts for every job. No command for people.

use super::{DONE, Failure};
use crate::batch::serve;

pub(super) fn run() -> Result<u8, Failure> {
    serve().map_err(|e| Failure::usage(format!("worker: {e}")))?;
    Ok(DONE)
}
