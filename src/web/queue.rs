//! Where the calls of one client wait, in turn, until its rate limit lets a request through.

use std::cell::Cell;
use std::rc::Rc;

use super::error::Rejection;
use super::event::Events;
use super::interrupts::{Interrupts, now};
use super::promise::Pending;
use crate::error::{Failure, InstaViewErrorType};
use crate::event::CallEvent;
use crate::rate_limit::{self, Pacer, Report, Wait};

/// How much too early a timer may fire, in milliseconds: those of Node do.
const TIMER_TOLERANCE: f64 = 1.0;

/// The rate limit of a client, as far as it is known, and the calls that wait for it.
#[derive(Default)]
pub struct RateLimitQueue {
    pacer: Cell<Pacer>,
    turns: Cell<Vec<Rc<Turn>>>,
}

/// The turn of a call that waits.
#[derive(Default)]
struct Turn {
    /// What wakes the call when it is released: a promise, so that the call goes on in its own async context, not in that of
    /// the call that wakes it.
    pending: Cell<Option<Pending>>,
    /// Until when the rate limit makes it wait; only the first in the queue has that.
    until: Cell<Option<f64>>,
}

impl Turn {
    fn wake(&self) {
        if let Some(pending) = self.pending.take() {
            pending.release();
        }
    }
}

impl RateLimitQueue {
    /// Waits until the rate limit lets a request through, but at no time for longer than `max_wait` milliseconds.
    pub async fn admit(
        self: &Rc<Self>,
        interrupts: &Interrupts,
        max_wait: u32,
        events: &Events,
    ) -> Result<Permit, Rejection> {
        let place = Place::at_end_of(self);
        while !place.is_first() {
            interrupts.sleep(place.pending(), None).await?;
        }
        loop {
            // Timers may fire that much too early.
            let moment = now() + TIMER_TOLERANCE;
            let wait = match self.with_pacer(|pacer| pacer.admit(moment)) {
                Ok(permit) => return Ok(Permit::new(self, permit)),
                Err(wait) => wait,
            };
            let delay = wait.delay(now());
            if delay > f64::from(max_wait) {
                let message = "The rate limit leaves no request, for longer than maxRateLimitWait";
                let mut failure = Failure::new(InstaViewErrorType::RateLimit, message);
                failure.head.retry_after = Some(delay);
                return Err(failure.into());
            }
            let window = wait.window.name();
            events.emit(|| CallEvent::RateLimitWait { delay, window });
            place.turn.until.set(Some(wait.until));
            interrupts.sleep(place.pending(), Some(delay)).await?;
        }
    }

    /// What a request that is sent after so many milliseconds would still have to wait for.
    pub fn wait_after(&self, milliseconds: f64) -> Option<Wait> {
        let mut pacer = self.pacer.get();
        pacer.wait(now() + milliseconds)
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

    /// Wakes the first call, where it may be sent earlier than it expects. Where it may only be sent later, it waits again by
    /// itself.
    fn reconsider(&self) {
        if let Some(first) = self.first()
            && let Some(until) = first.until.get()
            && self
                .with_pacer(|pacer| pacer.wait(now()))
                .is_none_or(|wait| wait.until < until - TIMER_TOLERANCE)
        {
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
    fn at_end_of(queue: &Rc<RateLimitQueue>) -> Self {
        let turn = Rc::<Turn>::default();
        queue.with_turns(|turns| turns.push(turn.clone()));
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
        self.queue
            .with_turns(|turns| turns.retain(|turn| !Rc::ptr_eq(turn, &self.turn)));
        if let Some(first) = self.queue.first() {
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
