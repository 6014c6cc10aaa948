//! Keeps the rate limits of a client: lets no more requests through than they allow, as far as they are known.

use crate::event::WaitReason;
use crate::rate_limit::{RateLimit, RateLimitWindow};

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
