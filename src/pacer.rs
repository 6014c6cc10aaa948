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
    /// Whether the window of which the server spoke has ended by the clock, and this stands for the next one.
    is_guess: bool,
}

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 3_600_000.0;

impl Pacer {
    /// What the next request must wait for; nothing where it may be sent.
    pub fn wait(&mut self, now: f64) -> Option<Wait> {
        let in_flight = f64::from(self.in_flight);
        renew(&mut self.minute, now, MINUTE, in_flight);
        renew(&mut self.hour, now, HOUR, in_flight);
        let windows = [
            (self.minute, WaitReason::Minute),
            (self.hour, WaitReason::Hour),
        ];
        windows
            .into_iter()
            .filter_map(|(paced, window)| Some((paced?.window, window)))
            .filter(|(known, _)| known.remaining < 1.0)
            .map(|(known, window)| Wait {
                until: known.reset_at,
                window,
            })
            .max_by(|a, b| a.until.total_cmp(&b.until))
    }

    /// Lets one request through, or says until when it must wait. [`Self::finish`] goes with each that is let through.
    pub fn admit(&mut self, now: f64) -> Result<(), Wait> {
        if let Some(wait) = self.wait(now) {
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

/// After its end, a window starts again with all that it allows, but for what is still on its way: the server may count
/// that in the new one. A window that allows nothing is asked once each time, or nobody would ever hear of a better one.
fn renew(paced: &mut Option<Paced>, now: f64, length: f64, in_flight: f64) {
    if let Some(Paced { window, is_guess }) = paced
        && window.reset_at <= now
    {
        *is_guess = true;
        window.remaining = (window.limit.max(1.0) - in_flight).max(0.0);
        window.reset_at = now + length;
    }
}

fn learn(known: &mut Option<Paced>, reported: Option<RateLimitWindow>, in_flight: f64) {
    let Some(reported) = reported else { return };
    match known {
        Some(Paced {
            window,
            is_guess: false,
        }) if reported.reset == window.reset => {
            window.limit = reported.limit;
            window.remaining = window.remaining.min(reported.remaining);
        }
        // It was still on its way when the window ended, and counted in that one.
        Some(Paced {
            window,
            is_guess: true,
        }) if reported.reset <= window.reset => {
            window.remaining = (window.remaining + 1.0).min(window.limit.max(1.0));
        }
        // An answer that was overtaken.
        Some(Paced { window, .. }) if reported.reset < window.reset => {}
        // Of a new window, the server may not have seen yet what is on its way.
        _ => {
            let remaining = (reported.remaining - in_flight).max(0.0);
            let window = RateLimitWindow {
                remaining,
                ..reported
            };
            *known = Some(Paced {
                window,
                is_guess: false,
            });
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A window of three, of a server whose clock is right.
    fn window(remaining: f64, reset_at: f64) -> RateLimitWindow {
        let reset = reset_at / 1000.0;
        RateLimitWindow {
            limit: 3.0,
            remaining,
            reset_at,
            reset,
        }
    }

    fn minute(remaining: f64, reset_at: f64) -> Option<RateLimit> {
        let window = window(remaining, reset_at);
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
        pacer.finish(minute(0.0, 10_000.0));
        let admitted = (0..10).filter(|_| pacer.admit(10_000.0).is_ok()).count();
        assert_eq!(admitted, 3);
    }

    #[test]
    fn the_longer_of_two_waits_counts() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        pacer.finish(Some(RateLimit {
            minute: Some(window(0.0, 10_000.0)),
            hour: Some(window(0.0, 90_000.0)),
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

    #[test]
    fn what_is_on_its_way_when_a_window_ends_may_count_in_the_next() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        pacer.finish(minute(3.0, 10_000.0));
        pacer.admit(9_000.0).expect("one of three");
        pacer.admit(9_000.0).expect("two of three");
        pacer
            .admit(11_000.0)
            .expect("one of three, and two may have arrived");
        assert!(pacer.admit(11_000.0).is_err());
        pacer.finish(minute(1.0, 10_000.0));
        assert_eq!(pacer.admit(11_000.0), Ok(()), "it arrived in time");
    }

    #[test]
    fn a_late_answer_tells_of_the_same_window() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        pacer.finish(minute(0.0, 10_000.0));
        let late = RateLimitWindow {
            reset_at: 13_000.0,
            ..window(2.0, 10_000.0)
        };
        pacer.finish(Some(RateLimit {
            minute: Some(late),
            hour: None,
        }));
        assert!(pacer.admit(0.0).is_err());
    }

    #[test]
    fn a_window_that_allows_nothing_is_asked_once_each_time() {
        let mut pacer = Pacer::default();
        pacer.admit(0.0).expect("unknown");
        let nothing = RateLimitWindow {
            limit: 0.0,
            ..window(0.0, 10_000.0)
        };
        pacer.finish(Some(RateLimit {
            minute: Some(nothing),
            hour: None,
        }));
        assert!(pacer.admit(9_000.0).is_err());
        assert_eq!(pacer.admit(10_000.0), Ok(()));
        assert!(pacer.admit(10_000.0).is_err());
    }

    proptest! {
        /// A server that counts a request when it arrives, in a window that starts with the first one after the last; and a
        /// client whose requests and answers are on their way as long as they like.
        #[test]
        fn no_window_gets_more_than_it_allows(steps in prop::collection::vec(0_u8..6, 1..200), limit in 1_u32..6) {
            let said = |used: u32, reset_at: f64| {
                let window = RateLimitWindow {
                    limit: limit.into(),
                    remaining: f64::from(limit - used),
                    reset_at,
                    reset: reset_at / 1000.0,
                };
                Some(RateLimit { minute: Some(window), hour: None })
            };
            let mut pacer = Pacer::default();
            let (mut now, mut used, mut reset_at) = (0.0, 1, MINUTE);
            pacer.admit(now).expect("nothing is known yet");
            pacer.finish(said(used, reset_at));
            let (mut sent, mut answers) = (0, Vec::new());
            for step in steps {
                match step {
                    0 | 1 => sent += u32::from(pacer.admit(now).is_ok()),
                    2 | 3 if sent > 0 => {
                        sent -= 1;
                        if now >= reset_at {
                            (used, reset_at) = (0, now + MINUTE);
                        }
                        used += 1;
                        prop_assert!(used <= limit, "{used} of {limit}");
                        answers.push(said(used, reset_at));
                    }
                    4 => answers.pop().into_iter().for_each(|answer| pacer.finish(answer)),
                    5 => now += 17_000.0,
                    _ => {}
                }
            }
        }
    }
}
