//! The rate limits: what a response reports of them, and a pacer that keeps them.
//!
//! Source: InstaView's documentation, the rate limiting guide: two windows at once, per API key.

use serde::{Serialize, Serializer};
use tsify::Tsify;

use crate::record::{self, Member};

mod pacer;
mod window;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod limiter;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod model;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod report_tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod window_tests;

pub use pacer::{Pacer, Permit, Wait, WindowName};

/// Milliseconds.
const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 3_600_000.0;

/// How far a reset may lie outside its window, in milliseconds: Date and Reset are whole seconds, servers renew their Date
/// only now and then, and without a Date the local clock, which may be a little wrong, stands in for it.
const TOLERANCE: f64 = 5_000.0;

/// How many requests a window of time allows.
#[derive(Clone, Copy, Debug, PartialEq, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitWindow {
    /// How many requests the window allows.
    pub limit: f64,
    /// How many of them are left.
    pub remaining: f64,
    /// When the window ends and the count starts again: Unix time in milliseconds, corrected to the local clock.
    pub reset_at: f64,
}

/// The rate limits as the server last reported them. A browser page on another origin may not be allowed to read them.
#[derive(Clone, Copy, Debug, PartialEq, Tsify)]
pub struct RateLimit {
    /// The requests of a minute.
    #[tsify(optional)]
    pub minute: Option<RateLimitWindow>,
    /// The requests of an hour.
    #[tsify(optional)]
    pub hour: Option<RateLimitWindow>,
}

impl Serialize for RateLimitWindow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record::serialize(
            serializer,
            &[
                ("limit", Member::Number(self.limit)),
                ("remaining", Member::Number(self.remaining)),
                ("resetAt", Member::Number(self.reset_at)),
            ],
        )
    }
}

impl Serialize for RateLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let window =
            |window: Option<RateLimitWindow>| window.map_or(Member::Absent, Member::Window);
        record::serialize(
            serializer,
            &[("minute", window(self.minute)), ("hour", window(self.hour))],
        )
    }
}

/// A rate-limit window as a response reports it.
#[derive(Clone, Copy, Debug, PartialEq, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ReportedWindow {
    /// How many requests the window allows.
    pub limit: f64,
    /// How many of them are left.
    pub remaining: f64,
    /// When it resets, in the server's own words: Unix time in seconds, by the server's clock.
    pub reset: f64,
    /// Milliseconds from the response's arrival until the window resets, by the server's own clock (its `Reset` minus its
    /// `Date`): from 0 to the window's length.
    pub reset_in: f64,
}

/// What a response reports of the rate limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitReport {
    /// The window of a minute.
    #[tsify(optional)]
    pub minute: Option<ReportedWindow>,
    /// The window of an hour.
    #[tsify(optional)]
    pub hour: Option<ReportedWindow>,
    /// Milliseconds during which the server wants no request: the `Retry-After` of a 429.
    #[tsify(optional)]
    pub retry_after: Option<f64>,
}

impl RateLimitReport {
    /// Each window is its limit, what remains of it, and its reset in Unix seconds by the server's clock; a number that is
    /// unknown is NaN. `server_now` is the server's Unix time in milliseconds (its Date), or the local clock's where there
    /// is none.
    ///
    /// A window is left out where a number is missing or infinite, and where its reset lies more than five seconds in the past
    /// or farther away than the window is long and five seconds.
    pub fn new(minute: [f64; 3], hour: [f64; 3], server_now: f64) -> Self {
        Self {
            minute: reported(minute, MINUTE, server_now),
            hour: reported(hour, HOUR, server_now),
            retry_after: None,
        }
    }

    /// Its numbers: of each window its limit, what remains, its reset and the delay until it; then the retry delay. What is unknown is not
    /// a number.
    pub fn numbers(&self) -> [f64; 9] {
        let window = |window: Option<ReportedWindow>| {
            window.map_or([f64::NAN; 4], |window| {
                let ReportedWindow {
                    limit,
                    remaining,
                    reset,
                    reset_in,
                } = window;
                [limit, remaining, reset, reset_in]
            })
        };
        let ([a, b, c, d], [e, f, g, h]) = (window(self.minute), window(self.hour));
        [a, b, c, d, e, f, g, h, self.retry_after.unwrap_or(f64::NAN)]
    }

    /// What users see of it, where `wall_now` is the local clock's Unix time in milliseconds. `None` where neither window is
    /// known.
    pub fn rate_limit(&self, wall_now: f64) -> Option<RateLimit> {
        let public = |window: ReportedWindow| RateLimitWindow {
            limit: window.limit,
            remaining: window.remaining,
            reset_at: wall_now + window.reset_in,
        };
        let (minute, hour) = (self.minute.map(public), self.hour.map(public));
        (minute.is_some() || hour.is_some()).then_some(RateLimit { minute, hour })
    }
}

fn reported(window: [f64; 3], length: f64, server_now: f64) -> Option<ReportedWindow> {
    let [limit, remaining, reset] = window;
    let reset_in = reset * 1000.0 - server_now;
    // No comparison holds for NaN.
    let is_believable = (0.0..=f64::MAX).contains(&limit)
        && (0.0..=f64::MAX).contains(&remaining)
        && (-TOLERANCE..=length + TOLERANCE).contains(&reset_in);
    is_believable.then_some(ReportedWindow {
        limit,
        remaining,
        reset,
        reset_in: limited(reset_in, length),
    })
}

/// The number from 0 to the other. `f64::clamp` could panic, and its message would need float formatting, which is kilobytes.
fn limited(number: f64, most: f64) -> f64 {
    number.min(most).max(0.0)
}
