//! Where the calls of one client wait, in turn, until its rate limit lets a request through.

use std::cell::Cell;
use std::rc::Rc;

use super::error::Rejection;
use super::event::Events;
use super::interrupts::{Interrupts, now};
use super::promise::Pending;
use crate::error::{Failure, InstaViewErrorType};
use crate::rate_limit::{self, Pacer, Report, Wait};

/// The rate limit of a client, as far as it is known, and the calls that wait for it.
#[derive(Default)]
pub struct RateLimitQueue {
    pacer: Cell<Pacer>,
    turns: Cell<Vec<Rc<Turn>>>,
}

/// The turn of a call that waits.
struct Turn {
    /// What wakes the call when it is released: a promise, so that the call goes on in its own async context, not in that of
    /// the call that wakes it.
    pending: Cell<Option<Pending>>,
    /// Until when the rate limit makes it wait; only the first in the queue has that.
    until: Cell<Option<f64>>,
    /// The longest wait that it takes, in milliseconds.
    max_wait: f64,
}

impl Turn {
    /// Whether it waits for as long as that.
    fn accepts(&self, wait: &Wait, now: f64) -> bool {
        wait.delay(now) <= self.max_wait
    }

    fn wake(&self) {
        if let Some(pending) = self.pending.take() {
            pending.release();
        }
    }
}

impl RateLimitQueue {
    /// Waits until the rate limit lets a request through, but at no time for longer than `max_wait` milliseconds. A call that has
    /// had its turn, and could not use it, comes before the others.
    pub async fn admit(
        self: &Rc<Self>,
        interrupts: &Interrupts,
        max_wait: u32,
        events: &Events,
        had_turn: bool,
    ) -> Result<Permit, Rejection> {
        let place = Place::new(self, max_wait.into(), had_turn);
        loop {
            let now = now();
            let mut delay = None;
            let wait = if place.is_first() {
                match self.with_pacer(|pacer| pacer.admit(now)) {
                    Ok(permit) => return Ok(Permit::new(self, permit)),
                    Err(wait) => {
                        self.check_first(&place.turn, now)?;
                        place.turn.until.set(Some(wait.until));
                        delay = Some(wait.delay(now));
                        Some(wait)
                    }
                }
            } else {
                self.with_pacer(|pacer| pacer.wait(now))
            };
            // Before listeners run: whatever they do may wake it.
            let pending = place.pending();
            if let Some(wait) = wait.filter(|wait| place.turn.accepts(wait, now)) {
                events.emit_wait(&wait, now);
            }
            interrupts.sleep(pending, delay).await?;
        }
    }

    /// Fails where the first call would have to wait for too long, even if all requests in flight ended now: only their end shows
    /// whether the server counts them.
    fn check_first(&self, turn: &Turn, now: f64) -> Result<(), Rejection> {
        match self.with_pacer(|pacer| pacer.wait_alone(now)) {
            Some(wait) if !turn.accepts(&wait, now) => {
                let message = "The rate limit leaves no request, for longer than maxRateLimitWait";
                let mut failure = Failure::new(InstaViewErrorType::RateLimit, message);
                failure.head.retry_after = Some(wait.delay(now));
                Err(failure.into())
            }
            _ => Ok(()),
        }
    }

    /// What a request that is sent after so many milliseconds would still have to wait for, once those in flight have ended.
    pub fn wait_after(&self, milliseconds: f64) -> Option<Wait> {
        let mut pacer = self.pacer.get();
        pacer.wait_alone(now() + milliseconds)
    }

    fn with_pacer<T>(&self, act: impl FnOnce(&mut Pacer) -> T) -> T {
        let mut pacer = self.pacer.get();
        let result = act(&mut pacer);
        self.pacer.set(pacer);
        result
    }

    fn with_turns<T>(&self, act: impl FnOnce(&mut Vec<Rc<Turn>>) -> T) -> T {
        let mut turns = self.turns.take();
        let result = act(&mut turns);
        self.turns.set(turns);
        result
    }

    fn first(&self) -> Option<Rc<Turn>> {
        self.with_turns(|turns| turns.first().cloned())
    }

    /// Wakes the first call, where it may be sent earlier than it expects, or must wait for longer than it takes. Else it waits
    /// again by itself.
    fn reconsider(&self) {
        let Some(first) = self.first() else {
            return;
        };
        let Some(until) = first.until.get() else {
            return;
        };
        let now = now();
        let is_earlier = self
            .with_pacer(|pacer| pacer.wait(now))
            .is_none_or(|wait| wait.until < until);
        let is_too_long = self
            .with_pacer(|pacer| pacer.wait_alone(now))
            .is_some_and(|wait| !first.accepts(&wait, now));
        if is_earlier || is_too_long {
            first.wake();
        }
    }
}

/// A call's place in the queue, until it is dropped.
struct Place {
    queue: Rc<RateLimitQueue>,
    turn: Rc<Turn>,
}

impl Place {
    /// A place at the end of the queue, or at its front.
    fn new(queue: &Rc<RateLimitQueue>, max_wait: f64, is_front: bool) -> Self {
        let turn = Rc::new(Turn {
            pending: Cell::default(),
            until: Cell::default(),
            max_wait,
        });
        queue.with_turns(|turns| {
            let index = if is_front { 0 } else { turns.len() };
            turns.insert(index, turn.clone());
        });
        Self {
            queue: queue.clone(),
            turn,
        }
    }

    fn is_first(&self) -> bool {
        self.queue
            .first()
            .is_some_and(|first| Rc::ptr_eq(&first, &self.turn))
    }

    /// What is pending until the call is woken.
    fn pending(&self) -> Pending {
        let pending = Pending::until_released();
        self.turn.pending.set(Some(pending.clone()));
        pending
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let was_first = self.is_first();
        self.queue
            .with_turns(|turns| turns.retain(|turn| !Rc::ptr_eq(turn, &self.turn)));
        if was_first && let Some(first) = self.queue.first() {
            first.wake();
        }
    }
}

/// Lets one request through.
pub struct Permit {
    queue: Rc<RateLimitQueue>,
    permit: Option<rate_limit::Permit>,
    is_sent: bool,
}

impl Permit {
    fn new(queue: &Rc<RateLimitQueue>, permit: rate_limit::Permit) -> Self {
        Self {
            queue: queue.clone(),
            permit: Some(permit),
            is_sent: false,
        }
    }

    /// Whether it still lets one through: a report that came since may leave nothing.
    pub fn is_valid(&self) -> bool {
        self.permit
            .as_ref()
            .is_some_and(|permit| self.queue.with_pacer(|pacer| pacer.covers(permit, now())))
    }

    /// The request is sent now, and counts from now on.
    pub fn mark_sent(&mut self) {
        self.is_sent = true;
    }

    /// The request has its response, which reports this.
    pub fn finish(mut self, report: Report) {
        self.end(report);
    }

    fn end(&mut self, report: Report) {
        if let Some(permit) = self.permit.take() {
            self.queue.with_pacer(|pacer| {
                if self.is_sent {
                    pacer.finish(permit, report, now());
                } else {
                    pacer.cancel(permit);
                }
            });
            self.queue.reconsider();
        }
    }
}

/// A request without a response reports nothing.
impl Drop for Permit {
    fn drop(&mut self) {
        self.end(Report::default());
    }
}
