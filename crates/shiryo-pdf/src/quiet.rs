//! Panics of dependencies, caught without a word on standard error.
//!
//! Input is hostile and the engines under us index and unwrap; a page that breaks one must cost that page only.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, UnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<u32> = const { Cell::new(0) };
}
static HOOK: Once = Once::new();

/// Silences the panic hook of this thread while it lives.
struct Silence;

impl Silence {
    fn new() -> Self {
        HOOK.call_once(|| {
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                if QUIET.with(Cell::get) == 0 {
                    usual(info);
                }
            }));
        });
        QUIET.with(|q| q.set(q.get().saturating_add(1)));
        Self
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        QUIET.with(|q| q.set(q.get().saturating_sub(1)));
    }
}

/// Runs `work`; gives the payload of its panic, if any.
pub(crate) fn catch_payload<T>(work: impl FnOnce() -> T + UnwindSafe) -> Result<T, Box<dyn Any + Send>> {
    let _silence = Silence::new();
    catch_unwind(work)
}

/// Runs `work`; `None` when it panicked.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_payload(AssertUnwindSafe(work)).ok()
}
