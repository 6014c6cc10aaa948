//! Lets callers through one at a time, in the order in which they came.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Somebody who waits.
pub trait Wake {
    /// Tells that there may be a reason to go on.
    fn wake(&self);
}

/// A queue of callers. Clones are the same queue.
#[derive(Clone)]
pub struct Turnstile<W: Wake>(Rc<Queue<W>>);

struct Queue<W> {
    next: Cell<u32>,
    waiting: RefCell<Vec<(u32, W)>>,
}

/// A caller's place in the queue, which it leaves when this is dropped.
pub struct Place<W: Wake> {
    turnstile: Turnstile<W>,
    ticket: u32,
}

impl<W: Wake> Default for Turnstile<W> {
    fn default() -> Self {
        Self(Rc::new(Queue {
            next: Cell::new(0),
            waiting: RefCell::new(Vec::new()),
        }))
    }
}

impl<W: Wake> Turnstile<W> {
    /// Joins the end of the queue. The caller is woken once it is the first.
    pub fn join(&self, caller: W) -> Place<W> {
        let queue = &self.0;
        let ticket = queue.next.get();
        queue.next.set(ticket.wrapping_add(1));
        queue.waiting.borrow_mut().push((ticket, caller));
        Place {
            turnstile: Self(queue.clone()),
            ticket,
        }
    }
}

impl<W: Wake> Place<W> {
    /// Whether every earlier caller has left.
    pub fn is_first(&self) -> bool {
        let waiting = self.turnstile.0.waiting.borrow();
        waiting
            .first()
            .is_some_and(|(ticket, _)| *ticket == self.ticket)
    }
}

impl<W: Wake> Drop for Place<W> {
    fn drop(&mut self) {
        let was_first = self.is_first();
        let mut waiting = self.turnstile.0.waiting.borrow_mut();
        waiting.retain(|(ticket, _)| *ticket != self.ticket);
        if let (true, Some((_, first))) = (was_first, waiting.first()) {
            first.wake();
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    impl Wake for Rc<Cell<u32>> {
        fn wake(&self) {
            self.set(self.get() + 1);
        }
    }

    #[test]
    fn callers_come_in_turn_and_may_leave_at_any_time() {
        let turnstile = Turnstile::default();
        let wakes: [Rc<Cell<u32>>; 4] = Default::default();
        let [first, second, third, fourth] = [0, 1, 2, 3].map(|i| turnstile.join(wakes[i].clone()));
        assert!(first.is_first());
        assert!(!second.is_first() && !third.is_first());
        drop(third);
        drop(first);
        assert!(second.is_first() && !fourth.is_first());
        assert!(wakes[1].get() == 1 && wakes[3].get() == 0);
        drop(second);
        assert!(fourth.is_first() && wakes[3].get() == 1);
    }
}
