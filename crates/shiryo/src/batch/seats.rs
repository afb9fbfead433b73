//! Seats where documents are read. There are more threads than seats: while one document is read, another thread
//! opens the next file or puts the last result on the disk, so that no seat stands empty meanwhile.

use super::worker::{Supervised, Supervisor};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Threads for each seat: one document is read, one is on its way in or out.
pub(super) const THREADS: usize = 2;

/// Where one document at a time is read.
#[derive(Debug)]
pub(super) struct Seat<'a> {
    /// Counted from 0.
    pub(super) number: usize,
    /// Who reads; the thread that sits here, when there is none.
    pub(super) worker: Option<Supervised<'a>>,
}

/// All seats of a run.
#[derive(Debug)]
pub(super) struct Seats<'a> {
    free: Mutex<Vec<Seat<'a>>>,
    freed: Condvar,
}

impl<'a> Seats<'a> {
    /// So many seats; workers of `supervisor` sit there when there is one.
    pub(super) fn new(count: usize, supervisor: Option<&'a Supervisor>) -> Self {
        let seat = |number| Seat { number, worker: supervisor.map(Supervisor::place) };
        Self { free: Mutex::new((0..count).map(seat).collect()), freed: Condvar::new() }
    }

    /// Waits for a free seat, and gives it back when `sit` is done.
    pub(super) fn with<R>(&self, sit: impl FnOnce(&mut Seat<'a>) -> R) -> R {
        let mut seat = self.wait();
        // A seat that a panic takes along would leave others waiting for ever.
        let done = catch_unwind(AssertUnwindSafe(|| sit(&mut seat)));
        self.free().push(seat);
        self.freed.notify_one();
        done.unwrap_or_else(|panic| resume_unwind(panic))
    }

    fn wait(&self) -> Seat<'a> {
        let mut free = self.free();
        loop {
            match free.pop() {
                Some(seat) => return seat,
                None => free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<Seat<'a>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_sit_than_there_are_seats_and_a_panic_frees_its_seat() {
        let seats = Seats::new(2, None);
        let (sitting, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for n in 0..8 {
                let (seats, sitting, most) = (&seats, &sitting, &most);
                scope.spawn(move || {
                    let _ = catch_unwind(AssertUnwindSafe(|| {
                        seats.with(|seat| {
                            assert!(seat.number < 2);
                            most.fetch_max(sitting.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                            std::thread::sleep(std::time::Duration::from_millis(5));
                            sitting.fetch_sub(1, Ordering::SeqCst);
                            assert!(n % 3 > 0, "a fault");
                        });
                    }));
                });
            }
        });
        assert!((1..=2).contains(&most.into_inner()));
        assert_eq!(seats.free().len(), 2);
    }
}
