//! What the server says of its rate limits, and how a client keeps them.
//!
//! Source: InstaView's documentation, the rate limiting guide: two windows at once, per API key.

use serde::Serialize;
use tsify::Tsify;

use crate::event::WaitReason;

/// How many requests a window of time allows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitWindow {
    /// How many requests the window allows.
    pub limit: f64,
    /// How many of them are left.
    pub remaining: f64,
    /// When the window ends and the count starts again: Unix time in milliseconds, corrected to the local clock.
    pub reset_at: f64,
}

/// What the server last said of its rate limits. A browser page on another origin may not be allowed to read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Tsify)]
pub struct RateLimit {
    /// The requests of a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<RateLimitWindow>,
    /// The requests of an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<RateLimitWindow>,
}

/// The times of an answer: the local clock may be wrong, and the server's counts.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Unix time in milliseconds, by the local clock.
    pub local: f64,
    /// The same by the server's `Date`, where it could be read.
    pub server: Option<f64>,
}

impl Clock {
    /// A moment of the server's, by the local clock.
    fn to_local(self, moment: f64) -> f64 {
        moment + self.server.map_or(0.0, |server| self.local - server)
    }
}

impl RateLimit {
    /// From the headers of an answer; nothing where a window's three are not all there.
    pub fn from_headers(header: impl Fn(&str) -> Option<String>, clock: Clock) -> Option<Self> {
        let window = |name: &str| {
            let number = |kind: &str| {
                let text = header(&["x-ratelimit-", kind, "-", name].concat())?;
                text.trim().parse::<u32>().ok().map(f64::from)
            };
            Some(RateLimitWindow {
                limit: number("limit")?,
                remaining: number("remaining")?,
                reset_at: clock.to_local(number("reset")? * 1000.0),
            })
        };
        let (minute, hour) = (window("minute"), window("hour"));
        (minute.is_some() || hour.is_some()).then_some(Self { minute, hour })
    }
}

/// A `Retry-After` header.
#[derive(Clone, Debug, PartialEq)]
pub enum RetryAfter {
    /// So many milliseconds.
    Delay(f64),
    /// Unix time in milliseconds, by the server's clock.
    Moment(f64),
}

impl RetryAfter {
    /// From seconds, or an HTTP date. Nothing where the header is neither.
    pub fn parse(header: &str, parse_date: impl Fn(&str) -> Option<f64>) -> Option<Self> {
        let header = header.trim();
        if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
            // What is longer than fits is longer than anyone waits.
            let seconds = header.parse::<u32>().unwrap_or(u32::MAX);
            return Some(Self::Delay(f64::from(seconds) * 1000.0));
        }
        parse_date(header).map(Self::Moment)
    }

    /// Milliseconds from now.
    pub fn delay(&self, clock: Clock) -> f64 {
        match self {
            Self::Delay(delay) => *delay,
            Self::Moment(moment) => (moment - clock.server.unwrap_or(clock.local)).max(0.0),
        }
    }
}

/// The date in a form that JavaScript's `Date` reads. It reads much else, and takes one of the three forms of an HTTP
/// date, which has no zone, for local time.
pub fn http_date(header: &str) -> Option<String> {
    let is_date =
        header.starts_with(|first: char| first.is_ascii_uppercase()) && header.contains(':');
    let zone = if header.ends_with("GMT") { "" } else { " GMT" };
    is_date.then(|| [header, zone].concat())
}

/// When a call may be sent, and why not earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Unix time in milliseconds, by the local clock.
    pub until: f64,
    /// The window that has nothing left.
    pub window: WaitReason,
}

/// Lets no more requests through than the windows allow, as far as they are known.
#[derive(Debug, Default)]
pub struct Pacer {
    minute: Option<Paced>,
    hour: Option<Paced>,
    in_flight: u32,
}

/// A window, with what has been let through since the server spoke of it.
#[derive(Clone, Copy, Debug)]
struct Paced {
    window: RateLimitWindow,
    /// Where the window has ended by the clock, and the server has not spoken of the next one yet: when it ended.
    ended_at: Option<f64>,
}

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 3_600_000.0;

impl Pacer {
    /// Lets one request through, or says until when it must wait. [`Self::finish`] goes with each that is let through.
    pub fn admit(&mut self, now: f64) -> Result<(), Wait> {
        renew(&mut self.minute, now, MINUTE);
        renew(&mut self.hour, now, HOUR);
        let waits = [
            (self.minute, WaitReason::Minute),
            (self.hour, WaitReason::Hour),
        ];
        let longest = waits
            .into_iter()
            .filter_map(|(paced, window)| {
                let RateLimitWindow {
                    remaining,
                    reset_at,
                    ..
                } = paced?.window;
                (remaining < 1.0).then_some(Wait {
                    until: reset_at,
                    window,
                })
            })
            .max_by(|a, b| a.until.total_cmp(&b.until));
        if let Some(wait) = longest {
            return Err(wait);
        }
        for paced in [&mut self.minute, &mut self.hour].into_iter().flatten() {
            paced.window.remaining -= 1.0;
        }
        self.in_flight = self.in_flight.saturating_add(1);
        Ok(())
    }

    /// One request that was let through has ended, with what its answer said.
    pub fn finish(&mut self, reported: Option<RateLimit>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let Some(reported) = reported else { return };
        let in_flight = f64::from(self.in_flight);
        learn(&mut self.minute, reported.minute, in_flight);
        learn(&mut self.hour, reported.hour, in_flight);
    }
}

/// After its end, a window starts again with all that it allows.
fn renew(paced: &mut Option<Paced>, now: f64, length: f64) {
    if let Some(Paced { window, ended_at }) = paced
        && window.reset_at <= now
    {
        *ended_at = Some(window.reset_at);
        window.remaining = window.limit;
        window.reset_at = now + length;
    }
}

/// `Reset` and `Date` have whole seconds: moments that are this close, in milliseconds, may be the same.
const TOLERANCE: f64 = 2_000.0;

fn learn(known: &mut Option<Paced>, reported: Option<RateLimitWindow>, in_flight: f64) {
    let Some(reported) = reported else { return };
    if let Some(Paced { window, ended_at }) = known {
        let newest = ended_at.unwrap_or(window.reset_at);
        if (newest - reported.reset_at).abs() <= TOLERANCE && ended_at.is_none() {
            window.limit = reported.limit;
            window.remaining = window.remaining.min(reported.remaining);
            return;
        }
        // An answer that was overtaken speaks of a window that is over.
        if reported.reset_at <= newest + TOLERANCE {
            return;
        }
    }
    // Of a new window, the server may not have seen yet what is on its way.
    let remaining = (reported.remaining - in_flight).max(0.0);
    *known = Some(Paced {
        window: RateLimitWindow {
            remaining,
            ..reported
        },
        ended_at: None,
    });
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: f64 = 784_111_777_000.0;

    fn clock() -> Clock {
        Clock {
            local: NOW,
            server: None,
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (header, expected) in [
            ("0", Some(RetryAfter::Delay(0.0))),
            (" 30 ", Some(RetryAfter::Delay(30_000.0))),
            (
                "99999999999",
                Some(RetryAfter::Delay(f64::from(u32::MAX) * 1000.0)),
            ),
            (
                "Sun, 06 Nov 1994 08:50:07 GMT",
                Some(RetryAfter::Moment(NOW)),
            ),
            (
                "Sunday, 06-Nov-94 08:50:07 GMT",
                Some(RetryAfter::Moment(NOW)),
            ),
            ("Sun Nov  6 08:50:07 1994", Some(RetryAfter::Moment(NOW))),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("1994-11-06T08:50:07Z", None),
            ("soon", None),
        ] {
            let parse_date = |header: &str| http_date(header).map(|_| NOW);
            assert_eq!(RetryAfter::parse(header, parse_date), expected, "{header}");
        }
        assert_eq!(RetryAfter::parse("Soon: maybe", |_| None), None);
    }

    #[test]
    fn a_date_is_never_local_time() {
        for date in [
            "Sun, 06 Nov 1994 08:50:07 GMT",
            "Sunday, 06-Nov-94 08:50:07 GMT",
        ] {
            assert_eq!(http_date(date).as_deref(), Some(date));
        }
        let without_zone = "Sun Nov  6 08:50:07 1994";
        assert_eq!(
            http_date(without_zone),
            Some([without_zone, " GMT"].concat())
        );
    }

    #[test]
    fn a_wrong_local_clock_is_corrected() {
        let an_hour_ahead = Clock {
            local: NOW + HOUR,
            server: Some(NOW),
        };
        assert_eq!(
            RetryAfter::Moment(NOW + 30_000.0).delay(an_hour_ahead),
            30_000.0
        );
        assert_eq!(RetryAfter::Moment(NOW + 30_000.0).delay(clock()), 30_000.0);
        assert_eq!(RetryAfter::Moment(NOW - 1.0).delay(clock()), 0.0);
        let headers = |name: &str| {
            let reset = (NOW / 1000.0 + 20.0).to_string();
            Some(if name.contains("reset") {
                reset
            } else {
                "5".into()
            })
        };
        let reset_at = NOW + HOUR + 20_000.0;
        let window = Some(RateLimitWindow {
            limit: 5.0,
            remaining: 5.0,
            reset_at,
        });
        let expected = RateLimit {
            minute: window,
            hour: window,
        };
        assert_eq!(
            RateLimit::from_headers(headers, an_hour_ahead),
            Some(expected)
        );
    }

    #[test]
    fn a_window_needs_all_its_headers() {
        let only =
            |wanted: &'static str| move |name: &str| name.ends_with(wanted).then(|| "5".into());
        assert!(
            RateLimit::from_headers(only("-minute"), clock())
                .is_some_and(|known| known.hour.is_none())
        );
        assert_eq!(RateLimit::from_headers(only("limit-minute"), clock()), None);
        assert_eq!(
            RateLimit::from_headers(|_| Some("many".into()), clock()),
            None
        );
    }

    fn minute(remaining: f64, reset_at: f64) -> Option<RateLimit> {
        let window = RateLimitWindow {
            limit: 3.0,
            remaining,
            reset_at,
        };
        Some(RateLimit {
            minute: Some(window),
            hour: None,
        })
    }

    #[test]
    fn what_is_not_known_is_let_through() {
        let mut pacer = Pacer::default();
        assert!((0..1000).all(|_| pacer.admit(0.0).is_ok()));
    }

    #[test]
    fn nothing_is_let_through_until_the_window_ends() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        pacer.finish(minute(1.0, 10_000.0));
        assert_eq!(pacer.admit(0.0), Ok(()));
        let wait = Wait {
            until: 10_000.0,
            window: WaitReason::Minute,
        };
        assert_eq!(pacer.admit(9_999.0), Err(wait));
        let admitted = (0..10).filter(|_| pacer.admit(10_000.0).is_ok()).count();
        assert_eq!(admitted, 3);
    }

    #[test]
    fn the_longer_of_two_waits_counts() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        let window = |reset_at| {
            Some(RateLimitWindow {
                limit: 3.0,
                remaining: 0.0,
                reset_at,
            })
        };
        pacer.finish(Some(RateLimit {
            minute: window(10_000.0),
            hour: window(90_000.0),
        }));
        assert_eq!(
            pacer.admit(0.0),
            Err(Wait {
                until: 90_000.0,
                window: WaitReason::Hour
            })
        );
    }

    #[test]
    fn an_answer_that_was_overtaken_changes_nothing() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        pacer.admit(0.0).expect("unknown");
        pacer.finish(minute(2.0, 70_000.0));
        pacer.finish(minute(0.0, 10_000.0));
        assert_eq!(pacer.admit(60_000.0), Ok(()));
    }

    proptest! {
        /// A server whose window starts with the first request after the last one, and a client that sends to it and
        /// hears of it in any order.
        #[test]
        fn no_window_gets_more_than_it_allows(steps in prop::collection::vec(0_u8..4, 1..200), limit in 1_u32..6) {
            let said = |used: u32, reset_at: f64| {
                let remaining = f64::from(limit - used);
                let window = RateLimitWindow { limit: limit.into(), remaining, reset_at };
                Some(RateLimit { minute: Some(window), hour: None })
            };
            let mut pacer = Pacer::default();
            let (mut now, mut used, mut reset_at) = (0.0, 1, MINUTE);
            pacer.admit(now).expect("nothing is known yet");
            pacer.finish(said(used, reset_at));
            let mut answers = Vec::new();
            for step in steps {
                match step {
                    0 | 1 if pacer.admit(now).is_ok() => {
                        if now >= reset_at {
                            (used, reset_at) = (0, now + MINUTE);
                        }
                        used += 1;
                        prop_assert!(used <= limit, "{used} of {limit}");
                        answers.push(said(used, reset_at));
                    }
                    0 | 1 => {}
                    2 => answers.pop().into_iter().for_each(|answer| pacer.finish(answer)),
                    _ => now += 17_000.0,
                }
            }
        }
    }
}
