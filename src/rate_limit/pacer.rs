//! Lets no more requests through than the rate limits allow, as far as responses report them.
//!
//! Times are milliseconds of a monotonic clock (`performance.now()`): setting the local clock changes nothing.

use super::window::Window;
use super::{HOUR, MINUTE, Report};

/// The name of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowName {
    /// The window of a minute.
    Minute,
    /// The window of an hour.
    Hour,
}

impl WindowName {
    /// As events have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
        }
    }

    fn length(self) -> f64 {
        match self {
            Self::Minute => MINUTE,
            Self::Hour => HOUR,
        }
    }
}

/// Why a request must wait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Until when, in milliseconds of the monotonic clock.
    pub until: f64,
    /// The window that has nothing left; of two, the one that resets last.
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
}

impl Default for Pacer {
    fn default() -> Self {
        Self {
            minute: Window::unknown(WindowName::Minute.length()),
            hour: Window::unknown(WindowName::Hour.length()),
            in_flight: 0,
            last_sent: 0,
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
        self.wait_behind(others, now).is_none()
    }

    fn wait_behind(&mut self, in_flight: u32, now: f64) -> Option<Wait> {
        self.renew(now);
        let wait = |window: Window, name| {
            let until = window.wait(in_flight.into(), now)?;
            Some(Wait {
                until,
                window: name,
            })
        };
        let minute = wait(self.minute, WindowName::Minute);
        let hour = wait(self.hour, WindowName::Hour);
        match (minute, hour) {
            (Some(minute), Some(hour)) if minute.until >= hour.until => Some(minute),
            _ => hour.or(minute),
        }
    }

    /// Lets one request through, or says what it must wait for.
    pub fn admit(&mut self, now: f64) -> Result<Permit, Wait> {
        if let Some(wait) = self.wait(now) {
            return Err(wait);
        }
        self.in_flight = self.in_flight.saturating_add(1);
        self.last_sent = self.last_sent.saturating_add(1);
        Ok(Permit(self.last_sent))
    }

    /// The request has ended, at `now`, with what its response reported (`Report::default()` where there was no response).
    pub fn finish(&mut self, permit: Permit, report: Report, now: f64) {
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
        self.minute.renew(now);
        self.hour.renew(now);
    }
}
