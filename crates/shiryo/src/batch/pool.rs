//! Things that fewer threads can have at a time than there are threads.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Things lent to one thread at a time each.
#[derive(Debug)]
pub(super) struct Pool<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    free: Vec<T>,
    order: Option<Order>,
}

/// Whose turn it is, where things are lent in the order of numbers counted from 0.
#[derive(Debug, Default)]
struct Order {
    /// The lowest number that has not had its turn.
    next: usize,
    /// Those after it that have.
    after: BTreeSet<usize>,
}

impl<T> Pool<T> {
    /// A pool of these, lent to whoever comes.
    pub(super) fn new(things: impl Iterator<Item = T>) -> Self {
        Self { state: Mutex::new(State { free: things.collect(), order: None }), changed: Condvar::new() }
    }

    /// A pool of these, lent to number 0 first, then to 1, and so on. Every number comes ([`Self::with`]) or is passed over
    /// ([`Self::pass`]).
    pub(super) fn in_order(things: impl Iterator<Item = T>) -> Self {
        let pool = Self::new(things);
        pool.state().order = Some(Order::default());
        pool
    }

    /// Waits for one that is free, and for the turn of `number`; gives it back when `work` is done.
    pub(super) fn with<R>(&self, number: usize, work: impl FnOnce(&mut T) -> R) -> R {
        let mut thing = self.wait(number);
        // What a panic takes along would leave others waiting for ever.
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut thing)));
        self.state().free.push(thing);
        self.changed.notify_all();
        done.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// `number` does not come, or has had its turn already.
    pub(super) fn pass(&self, number: usize) {
        if let Some(order) = &mut self.state().order {
            order.pass(number);
        }
        self.changed.notify_all();
    }

    fn wait(&self, number: usize) -> T {
        let mut state = self.state();
        loop {
            let turn = state.order.as_ref().is_none_or(|order| order.next == number);
            if turn && let Some(thing) = state.free.pop() {
                drop(state);
                self.pass(number);
                return thing;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Order {
    fn pass(&mut self, number: usize) {
        if number >= self.next {
            self.after.insert(number);
        }
        while self.after.remove(&self.next) {
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_are_lent_than_there_are_and_a_panic_gives_its_own_back() {
        let pool = Pool::new(0..2);
        let (lent, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for n in 0..8 {
                let (pool, lent, most) = (&pool, &lent, &most);
                scope.spawn(move || {
                    let _ = catch_unwind(AssertUnwindSafe(|| {
                        pool.with(n, |thing| {
                            assert!(*thing < 2);
                            most.fetch_max(lent.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                            std::thread::sleep(std::time::Duration::from_millis(5));
                            lent.fetch_sub(1, Ordering::SeqCst);
                            assert!(n % 3 > 0, "a fault");
                        });
                    }));
                });
            }
        });
        assert!((1..=2).contains(&most.into_inner()));
        assert_eq!(pool.state().free.len(), 2);
    }

    #[test]
    fn turns_are_in_order_whoever_comes_first() {
        let (pool, order) = (Pool::in_order(0..1), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for n in (0..8).rev() {
                let (pool, order) = (&pool, &order);
                scope.spawn(move || match n {
                    3 | 4 => pool.pass(n),
                    _ => pool.with(n, |_| order.lock().unwrap_or_else(PoisonError::into_inner).push(n)),
                });
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
        assert_eq!(order.into_inner().unwrap_or_default(), [0, 1, 2, 5, 6, 7]);
    }
}
