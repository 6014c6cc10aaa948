//! Lets no more requests through than the rate limits allow, as far as responses report them.
//!
//! Times are milliseconds of a monotonic clock (`performance.now()`): setting the local clock changes nothing.

use super::window::Window;
use super::{HOUR, MINUTE, RateLimitReport};

/// The requests that may be in flight together until the first response, which shows what the limits are.
const FIRST_REQUESTS: u32 = 10;

/// The name of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowName {
    /// The window of a minute.
    Minute,
    /// The window of an hour.
    Hour,
    /// The time that a 429 names in its `Retry-After`.
    RetryAfter,
}

impl WindowName {
    /// As events have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::RetryAfter => "retry-after",
        }
    }

    fn length(self) -> f64 {
        match self {
            Self::Minute => MINUTE,
            Self::Hour | Self::RetryAfter => HOUR,
        }
    }
}

/// Why a request must wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Until when, in milliseconds of the monotonic clock; infinite where it must wait for the end of a request in flight.
    pub until: f64,
    /// The window that has nothing left; of several, the one that resets last.
    pub window: WindowName,
}

impl Wait {
    /// For how long, in whole milliseconds: no longer than the window, also where `until - now` is rounded up.
    pub fn delay(&self, now: f64) -> f64 {
        super::limited((self.until - now).ceil(), self.window.length())
    }
}

/// Lets one request through; goes back with [`Pacer::finish`] or [`Pacer::cancel`].
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Permit(u64);

/// Lets no more requests through than the windows allow.
#[derive(Clone, Copy, Debug)]
pub struct Pacer {
    minute: Window,
    hour: Window,
    in_flight: u32,
    /// The number of the request that was sent last; the first one's is 1.
    last_sent: u64,
    /// Whether there has been a response, whether it reported a window or not.
    has_response: bool,
    /// Until when the server wants no request.
    not_before: f64,
}

impl Default for Pacer {
    fn default() -> Self {
        Self {
            minute: Window::unknown(WindowName::Minute.length()),
            hour: Window::unknown(WindowName::Hour.length()),
            in_flight: 0,
            last_sent: 0,
            has_response: false,
            not_before: f64::NEG_INFINITY,
        }
    }
}

impl Pacer {
    /// What the next request must wait for; `None` where it may be sent.
    pub fn wait(&mut self, now: f64) -> Option<Wait> {
        self.wait_behind(self.in_flight, now)
    }

    /// The same where all requests in flight have ended, and nothing was counted for them: no request can go earlier than that.
    pub fn wait_alone(&mut self, now: f64) -> Option<Wait> {
        self.wait_behind(0, now)
    }

    /// Whether a request that was let through may still be sent: a report that came since may leave nothing for it.
    pub fn covers(&mut self, _permit: &Permit, now: f64) -> bool {
        let others = self.in_flight.saturating_sub(1);
        self.wait_for_windows(others, now).is_none()
    }

    fn wait_behind(&mut self, in_flight: u32, now: f64) -> Option<Wait> {
        let is_first = !self.has_response && in_flight >= FIRST_REQUESTS;
        let first = is_first.then_some(Wait {
            until: f64::INFINITY,
            window: WindowName::Minute,
        });
        let not_before = (self.not_before > now).then_some(Wait {
            until: self.not_before,
            window: WindowName::RetryAfter,
        });
        longer(
            first,
            longer(self.wait_for_windows(in_flight, now), not_before),
        )
    }

    fn wait_for_windows(&mut self, in_flight: u32, now: f64) -> Option<Wait> {
        self.renew(now);
        let wait = |window: Window, name| {
            let until = window.wait(in_flight.into(), now)?;
            Some(Wait {
                until,
                window: name,
            })
        };
        let minute = wait(self.minute, WindowName::Minute);
        longer(minute, wait(self.hour, WindowName::Hour))
    }

    /// From now on so many clients share the limits without knowing of one another's requests: each keeps to its part.
    pub fn share_among(&mut self, clients: f64, now: f64) {
        self.renew(now);
        self.minute.share_among(clients);
        self.hour.share_among(clients);
    }

    /// Lets one request through, or says what it must wait for.
    pub fn admit(&mut self, now: f64) -> Result<Permit, Wait> {
        if let Some(wait) = self.wait(now) {
            return Err(wait);
        }
        Ok(self.start())
    }

    /// Counts a request that somebody else has let through.
    pub fn start(&mut self) -> Permit {
        self.in_flight = self.in_flight.saturating_add(1);
        self.last_sent = self.last_sent.saturating_add(1);
        Permit(self.last_sent)
    }

    /// The request has its response, at `now`, which reports this.
    pub fn finish(&mut self, permit: Permit, report: RateLimitReport, now: f64) {
        self.has_response = true;
        if let Some(delay) = report.retry_after {
            let not_before = now + super::limited(delay, HOUR);
            self.not_before = self.not_before.max(not_before);
        }
        self.end(permit, report, now);
    }

    /// The request has ended without a response, at `now`.
    pub fn fail(&mut self, permit: Permit, now: f64) {
        self.end(permit, RateLimitReport::default(), now);
    }

    fn end(&mut self, permit: Permit, report: RateLimitReport, now: f64) {
        self.renew(now);
        self.in_flight = self.in_flight.saturating_sub(1);
        let Permit(request) = permit;
        let Self {
            minute,
            hour,
            last_sent,
            ..
        } = self;
        minute.learn(request, report.minute, *last_sent, now);
        hour.learn(request, report.hour, *last_sent, now);
    }

    /// The request was not sent after all: it spends nothing.
    pub fn cancel(&mut self, _permit: Permit) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    fn renew(&mut self, now: f64) {
        self.minute.renew(self.last_sent, now);
        self.hour.renew(self.last_sent, now);
    }
}

/// Of two waits the longer one; of two that end at the same time, the first.
fn longer(one: Option<Wait>, other: Option<Wait>) -> Option<Wait> {
    match (one, other) {
        (Some(one), Some(other)) if one.until >= other.until => Some(one),
        (one, other) => other.or(one),
    }
}
