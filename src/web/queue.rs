//! Where the calls of one client wait, in turn, until its rate limit lets a request through.

use std::cell::Cell;
use std::rc::Rc;

use super::error::Rejection;
use super::event::Events;
use super::interrupts::{Interrupts, now};
use super::promise::Pending;
use super::store::{Applicant, Decision, Finishing, SharedPermit, StoreLink};
use crate::error::{Failure, InstaViewErrorType};
use crate::event::CallEvent;
use crate::rate_limit::{self, Pacer, RateLimitReport, Wait};

/// The delay, in milliseconds, of which a store means that it is to be asked again when a request in flight has ended.
const POLL: f64 = 1_000.0;

/// For how long a store may let nothing through: no window is longer.
const LONGEST_REFUSAL: f64 = 3_600_000.0;

/// The rate limit of a client, as far as it is known, and the calls that wait for it.
#[derive(Default)]
pub struct RateLimitQueue {
    pacer: Cell<Pacer>,
    turns: Cell<Vec<Rc<Turn>>>,
    link: StoreLink,
}

/// The turn of a call that waits.
struct Turn {
    /// What wakes the call when it is released: a promise, so that the call goes on in its own async context, not in that of
    /// the call that wakes it.
    pending: Cell<Option<Pending>>,
    /// What it waits for, and whether the store has said so; only the first in the queue has that.
    refusal: Cell<Option<Refusal>>,
    /// The longest wait that it takes, in milliseconds.
    max_wait: f64,
}

/// Why a call is not let through.
#[derive(Clone, Copy)]
struct Refusal {
    wait: Wait,
    /// Whether it is the store's.
    is_shared: bool,
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

/// A call that is to be let through.
pub struct Candidate<'a> {
    /// What ends it.
    pub interrupts: &'a Interrupts,
    /// The longest wait that it takes, in milliseconds.
    pub max_wait: u32,
    /// Where its waits are announced.
    pub events: &'a Events,
    /// Whether it has had its turn, and could not use it: then it comes before the others.
    pub had_turn: bool,
    /// How it asks the store of its client, where there is one.
    pub applicant: Option<Applicant<'a>>,
}

impl RateLimitQueue {
    /// Waits until the rate limit lets a request through, but at no time for longer than the call takes. With the permit, whether
    /// there was something to wait for.
    pub async fn admit(
        self: &Rc<Self>,
        candidate: &Candidate<'_>,
    ) -> Result<(Permit, bool), Rejection> {
        let place = Place::new(self, candidate.max_wait.into(), candidate.had_turn);
        let mut refused_since = None;
        let mut has_waited = false;
        loop {
            let mut delay = None;
            let wait = if place.is_first() {
                place.turn.refusal.set(None);
                let is_patient = refused_since.is_none_or(|since| now() < since + LONGEST_REFUSAL);
                match self.let_through(candidate, is_patient).await? {
                    Ok(permit) => return Ok((permit, has_waited)),
                    Err(refusal) => {
                        let now = now();
                        self.check_first(&place.turn, &refusal, now)?;
                        place.turn.refusal.set(Some(refusal));
                        refused_since = refusal.is_shared.then(|| refused_since.unwrap_or(now));
                        delay = self.delay(candidate, &refusal, now);
                        Some(refusal.wait)
                    }
                }
            } else {
                self.wait_behind(candidate)
            };
            has_waited = true;
            let now = now();
            // Before listeners run: whatever they do may wake it.
            let pending = place.pending();
            let wait = wait.filter(|wait| wait.until.is_finite() && place.turn.accepts(wait, now));
            if let Some(wait) = wait
                && candidate.events.emit_wait(&wait, now)
                && candidate.applicant.is_some()
                && place.is_first()
            {
                // The others could not know of it.
                self.wake_others();
            }
            candidate.interrupts.sleep(pending, delay).await?;
        }
    }

    /// Lets the first call through, or says why not. The store decides, as long as it is up.
    async fn let_through(
        self: &Rc<Self>,
        candidate: &Candidate<'_>,
        is_patient: bool,
    ) -> Result<Result<Permit, Refusal>, Rejection> {
        if let Some(applicant) = &candidate.applicant
            && self.link.is_up()
        {
            let refusal = |wait| Refusal {
                wait,
                is_shared: true,
            };
            let message = match self.link.ask(applicant, candidate.interrupts).await? {
                Decision::Admitted(shared) => {
                    self.share_among(1.0);
                    let permit = self.with_pacer(Pacer::start);
                    return Ok(Ok(Permit::new(self, permit, Some(shared))));
                }
                Decision::Refused(wait) if is_patient => return Ok(Err(refusal(wait))),
                Decision::Refused(_) => "admit: no request let through for an hour".into(),
                Decision::Failed(message) => message,
            };
            self.fail_store(message, candidate.events);
            candidate.interrupts.check()?;
        }
        let own = self.with_pacer(|pacer| pacer.admit(now()));
        Ok(own
            .map(|permit| Permit::new(self, permit, None))
            .map_err(|wait| Refusal {
                wait,
                is_shared: false,
            }))
    }

    /// Until when the first call sleeps, in milliseconds, unless it is woken. A store that is down may be back before.
    fn delay(&self, candidate: &Candidate<'_>, refusal: &Refusal, now: f64) -> Option<f64> {
        let wait = &refusal.wait;
        let delay = wait.until.is_finite().then(|| wait.delay(now));
        if refusal.is_shared || candidate.applicant.is_none() {
            return delay;
        }
        let pause = self.link.pause(now);
        Some(delay.map_or(pause, |delay| delay.min(pause)))
    }

    /// What a call waits for that is not the first.
    fn wait_behind(&self, candidate: &Candidate<'_>) -> Option<Wait> {
        if candidate.applicant.is_some() {
            let refusal = self.first()?.refusal.get()?;
            return Some(refusal.wait);
        }
        self.with_pacer(|pacer| pacer.wait(now()))
    }

    /// The store has failed: the client keeps to its own part of the rate limits meanwhile.
    pub fn fail_store(&self, message: String, events: &Events) {
        if self.link.fail() {
            self.share_among(self.link.clients());
        }
        events.emit(|| CallEvent::RateLimitStoreError { message });
    }

    fn share_among(&self, clients: f64) {
        self.with_pacer(|pacer| pacer.share_among(clients, now()));
    }

    /// Fails where the first call would have to wait for too long, even if all requests in flight ended now: only their end shows
    /// whether the server counts them.
    fn check_first(&self, turn: &Turn, refusal: &Refusal, now: f64) -> Result<(), Rejection> {
        let wait = if refusal.is_shared {
            Some(refusal.wait).filter(|wait| wait.until.is_finite())
        } else {
            self.with_pacer(|pacer| pacer.wait_alone(now))
        };
        match wait {
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

    fn wake_others(&self) {
        self.with_turns(|turns| turns.iter().skip(1).for_each(|turn| turn.wake()));
    }

    /// Wakes the first call, where it may be sent earlier than it expects, or must wait for longer than it takes. Else it waits
    /// again by itself.
    fn reconsider(&self) {
        let Some(first) = self.first() else {
            return;
        };
        let Some(Refusal { wait, is_shared }) = first.refusal.get() else {
            return;
        };
        let now = now();
        if is_shared {
            if wait.until.is_infinite() || wait.delay(now) <= POLL {
                first.wake();
            }
            return;
        }
        let is_earlier = self
            .with_pacer(|pacer| pacer.wait(now))
            .is_none_or(|earlier| earlier.until < wait.until);
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
            refusal: Cell::default(),
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
    /// Where the store has let it through.
    shared: Option<SharedPermit>,
    is_sent: bool,
}

impl Permit {
    fn new(
        queue: &Rc<RateLimitQueue>,
        permit: rate_limit::Permit,
        shared: Option<SharedPermit>,
    ) -> Self {
        Self {
            queue: queue.clone(),
            permit: Some(permit),
            shared,
            is_sent: false,
        }
    }

    /// Whether it still lets one through: a report that came since may leave nothing. The store keeps what it has promised.
    pub fn is_valid(&self) -> bool {
        self.shared.is_some()
            || self
                .permit
                .as_ref()
                .is_some_and(|permit| self.queue.with_pacer(|pacer| pacer.covers(permit, now())))
    }

    /// The request is sent now, and counts from now on.
    pub fn mark_sent(&mut self) {
        self.is_sent = true;
    }

    /// The request has its response, which reports this. With what the store must be waited for.
    pub fn finish(mut self, report: RateLimitReport) -> Option<Finishing> {
        self.end(Some(report))
    }

    fn end(&mut self, report: Option<RateLimitReport>) -> Option<Finishing> {
        let permit = self.permit.take()?;
        self.queue.with_pacer(|pacer| match report {
            Some(report) => pacer.finish(permit, report, now()),
            None if self.is_sent => pacer.fail(permit, now()),
            None => pacer.cancel(permit),
        });
        let finishing = self.shared.as_ref().map(|shared| {
            if shared.is_first {
                self.queue.link.settle();
            }
            shared.finish(report.unwrap_or_default())
        });
        self.queue.reconsider();
        finishing
    }
}

/// A request without a response reports nothing.
impl Drop for Permit {
    fn drop(&mut self) {
        self.end(None);
    }
}
