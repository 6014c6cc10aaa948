//! Lets callers through one at a time, in the order in which they came.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A queue of callers. Clones are the same queue.
#[derive(Clone, Default)]
pub struct Turnstile(Rc<RefCell<Queue>>);

#[derive(Default)]
struct Queue {
    next: u64,
    waiting: VecDeque<(u64, Option<Waker>)>,
}

/// A caller's place in the queue, which it leaves when this is dropped.
pub struct Place {
    turnstile: Turnstile,
    ticket: u64,
}

impl Turnstile {
    /// Joins the end of the queue.
    pub fn join(&self) -> Place {
        let mut queue = self.0.borrow_mut();
        let ticket = queue.next;
        queue.next = ticket.wrapping_add(1);
        queue.waiting.push_back((ticket, None));
        Place {
            turnstile: self.clone(),
            ticket,
        }
    }
}

impl Place {
    /// Ready once every earlier caller has left.
    pub fn poll_first(&self, context: &Context<'_>) -> Poll<()> {
        let mut queue = self.turnstile.0.borrow_mut();
        if queue
            .waiting
            .front()
            .is_some_and(|(ticket, _)| *ticket == self.ticket)
        {
            return Poll::Ready(());
        }
        let mine = queue
            .waiting
            .iter_mut()
            .find(|(ticket, _)| *ticket == self.ticket);
        if let Some((_, waker)) = mine {
            *waker = Some(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut queue = self.turnstile.0.borrow_mut();
        queue.waiting.retain(|(ticket, _)| *ticket != self.ticket);
        if let Some((_, waker)) = queue.waiting.front_mut()
            && let Some(waker) = waker.take()
        {
            waker.wake();
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn is_first(place: &Place) -> bool {
        place
            .poll_first(&Context::from_waker(Waker::noop()))
            .is_ready()
    }

    #[test]
    fn callers_come_in_turn_and_may_leave_at_any_time() {
        let turnstile = Turnstile::default();
        let [first, second, third, fourth] = [(); 4].map(|()| turnstile.join());
        assert!(is_first(&first));
        assert!(!is_first(&second) && !is_first(&third));
        drop(third);
        drop(first);
        assert!(is_first(&second) && !is_first(&fourth));
        drop(second);
        assert!(is_first(&fourth));
    }
}
