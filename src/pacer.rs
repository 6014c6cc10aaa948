//! Keeps the rate limits of a client: lets no more requests through than they allow, as far as they are known.

/// How many requests a window of time allows. What is not known is not a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// How many requests the window allows.
    pub limit: f64,
    /// How many of them are left.
    pub remaining: f64,
    /// When the window ends: Unix time in milliseconds, by the local clock.
    pub reset_at: f64,
    /// The same in the server's own words: what tells one window from the next.
    pub reset: f64,
}

impl Window {
    /// A window of which nothing is known.
    pub const UNKNOWN: Self = Self {
        limit: f64::NAN,
        remaining: f64::NAN,
        reset_at: f64::NAN,
        reset: f64::NAN,
    };

    /// Whether all of it is known.
    fn is_known(self) -> bool {
        !(self.limit + self.remaining + self.reset_at + self.reset).is_nan()
    }
}

/// When a request may be sent, and why not earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Unix time in milliseconds, by the local clock.
    pub until: f64,
    /// Whether it is the hour's window that has nothing left; else it is the minute's.
    pub is_for_hour: bool,
}

/// Lets no more requests through than the windows allow, as far as they are known.
#[derive(Clone, Copy, Debug)]
pub struct Pacer {
    minute: Paced,
    hour: Paced,
    in_flight: f64,
}

/// A window, with what has been let through since the server spoke of it.
#[derive(Clone, Copy, Debug)]
struct Paced {
    window: Window,
    /// Whether the window of which the server spoke has ended by the clock, and this stands for the next one.
    is_guess: bool,
}

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 3_600_000.0;

impl Default for Pacer {
    fn default() -> Self {
        let unknown = Paced {
            window: Window::UNKNOWN,
            is_guess: false,
        };
        Self {
            minute: unknown,
            hour: unknown,
            in_flight: 0.0,
        }
    }
}

impl Pacer {
    /// What the next request must wait for; nothing where it may be sent.
    pub fn wait(&mut self, now: f64) -> Option<Wait> {
        self.minute.renew(now, MINUTE, self.in_flight);
        self.hour.renew(now, HOUR, self.in_flight);
        let (minute, hour) = (self.minute.until(), self.hour.until());
        let wait = Wait {
            until: minute.max(hour),
            is_for_hour: hour > minute,
        };
        (wait.until > 0.0).then_some(wait)
    }

    /// Lets one request through, or says what it must wait for. [`Self::finish`] goes with each that is let through.
    pub fn admit(&mut self, now: f64) -> Option<Wait> {
        let wait = self.wait(now);
        if wait.is_none() {
            self.minute.window.remaining -= 1.0;
            self.hour.window.remaining -= 1.0;
            self.in_flight += 1.0;
        }
        wait
    }

    /// One request that was let through has ended. What its answer said, [`Self::learn`] is told next.
    pub fn finish(&mut self) {
        self.in_flight = (self.in_flight - 1.0).max(0.0);
    }

    /// What an answer said of the hour's window, or of the minute's.
    pub fn learn(&mut self, is_hour: bool, reported: Window) {
        let paced = if is_hour {
            &mut self.hour
        } else {
            &mut self.minute
        };
        paced.learn(reported, self.in_flight);
    }
}

impl Paced {
    /// Until when nothing may be sent; 0 where there is something left.
    fn until(&self) -> f64 {
        if self.window.remaining < 1.0 {
            self.window.reset_at
        } else {
            0.0
        }
    }

    /// After its end, a window starts again with all that it allows, but for what is still on its way: the server may count
    /// that in the new one. A window that allows nothing is asked once each time, or nobody would ever hear of a better one.
    fn renew(&mut self, now: f64, length: f64, in_flight: f64) {
        let window = &mut self.window;
        if window.reset_at <= now {
            self.is_guess = true;
            window.remaining = (window.limit.max(1.0) - in_flight).max(0.0);
            window.reset_at = now + length;
        }
    }

    fn learn(&mut self, reported: Window, in_flight: f64) {
        let window = &mut self.window;
        if !reported.is_known() {
            return;
        }
        if self.is_guess && reported.reset <= window.reset {
            // It was still on its way when the window ended, and counted in that one.
            window.remaining = (window.remaining + 1.0).min(window.limit.max(1.0));
        } else if reported.reset == window.reset {
            window.limit = reported.limit;
            window.remaining = window.remaining.min(reported.remaining);
        } else if reported.reset < window.reset {
            // An answer that was overtaken.
        } else {
            // Of a new window, the server may not have seen yet what is on its way.
            let remaining = (reported.remaining - in_flight).max(0.0);
            self.window = Window {
                remaining,
                ..reported
            };
            self.is_guess = false;
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A window of three, of a server whose clock is right.
    fn window(remaining: f64, reset_at: f64) -> Window {
        let reset = reset_at / 1000.0;
        Window {
            limit: 3.0,
            remaining,
            reset_at,
            reset,
        }
    }

    /// A request has been answered, with what the answer says of the minute.
    fn answered(pacer: &mut Pacer, minute: Window) {
        pacer.finish();
        pacer.learn(false, minute);
    }

    fn admit(pacer: &mut Pacer, now: f64) {
        assert_eq!(pacer.admit(now), None);
    }

    #[test]
    fn what_is_not_known_is_let_through() {
        let mut pacer = Pacer::default();
        assert!((0..1000).all(|_| pacer.admit(0.0).is_none()));
    }

    #[test]
    fn nothing_is_let_through_until_the_window_ends() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        answered(&mut pacer, window(1.0, 10_000.0));
        admit(&mut pacer, 0.0);
        assert_eq!(
            pacer.admit(9_999.0),
            Some(Wait {
                until: 10_000.0,
                is_for_hour: false
            })
        );
        answered(&mut pacer, window(0.0, 10_000.0));
        let admitted = (0..10).filter(|_| pacer.admit(10_000.0).is_none()).count();
        assert_eq!(admitted, 3);
    }

    #[test]
    fn the_longer_of_two_waits_counts() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        answered(&mut pacer, window(0.0, 10_000.0));
        pacer.learn(true, window(0.0, 90_000.0));
        assert_eq!(
            pacer.admit(0.0),
            Some(Wait {
                until: 90_000.0,
                is_for_hour: true
            })
        );
    }

    #[test]
    fn an_answer_that_was_overtaken_changes_nothing() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        admit(&mut pacer, 0.0);
        answered(&mut pacer, window(2.0, 70_000.0));
        answered(&mut pacer, window(0.0, 10_000.0));
        admit(&mut pacer, 60_000.0);
    }

    #[test]
    fn what_is_on_its_way_when_a_window_ends_may_count_in_the_next() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        answered(&mut pacer, window(3.0, 10_000.0));
        admit(&mut pacer, 9_000.0);
        admit(&mut pacer, 9_000.0);
        admit(&mut pacer, 11_000.0);
        assert!(pacer.admit(11_000.0).is_some());
        answered(&mut pacer, window(1.0, 10_000.0));
        admit(&mut pacer, 11_000.0);
    }

    #[test]
    fn a_late_answer_tells_of_the_same_window() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        answered(&mut pacer, window(0.0, 10_000.0));
        let late = Window {
            reset_at: 13_000.0,
            ..window(2.0, 10_000.0)
        };
        answered(&mut pacer, late);
        assert!(pacer.admit(0.0).is_some());
    }

    #[test]
    fn a_window_that_allows_nothing_is_asked_once_each_time() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        let nothing = Window {
            limit: 0.0,
            ..window(0.0, 10_000.0)
        };
        answered(&mut pacer, nothing);
        assert!(pacer.admit(9_000.0).is_some());
        admit(&mut pacer, 10_000.0);
        assert!(pacer.admit(10_000.0).is_some());
    }

    #[test]
    fn a_window_of_which_not_all_is_known_is_unknown() {
        let mut pacer = Pacer::default();
        admit(&mut pacer, 0.0);
        let half = Window {
            reset: f64::NAN,
            ..window(0.0, 10_000.0)
        };
        answered(&mut pacer, half);
        admit(&mut pacer, 0.0);
    }

    proptest! {
        /// A server that counts a request when it arrives, in a window that starts with the first one after the last; and a
        /// client whose requests and answers are on their way as long as they like.
        #[test]
        fn no_window_gets_more_than_it_allows(steps in prop::collection::vec(0_u8..6, 1..200), limit in 1_u32..6) {
            let said = |used: u32, reset_at: f64| {
                Window {
                    limit: limit.into(),
                    remaining: f64::from(limit - used),
                    reset_at,
                    reset: reset_at / 1000.0,
                }
            };
            let mut pacer = Pacer::default();
            let (mut now, mut used, mut reset_at) = (0.0, 1, MINUTE);
            admit(&mut pacer, now);
            answered(&mut pacer, said(used, reset_at));
            let (mut sent, mut answers) = (0, Vec::new());
            for step in steps {
                match step {
                    0 | 1 => sent += u32::from(pacer.admit(now).is_none()),
                    2 | 3 if sent > 0 => {
                        sent -= 1;
                        if now >= reset_at {
                            (used, reset_at) = (0, now + MINUTE);
                        }
                        used += 1;
                        prop_assert!(used <= limit, "{used} of {limit}");
                        answers.push(said(used, reset_at));
                    }
                    4 => answers.pop().into_iter().for_each(|answer| answered(&mut pacer, answer)),
                    5 => now += 17_000.0,
                    _ => {}
                }
            }
        }
    }
}
