//! Whether another attempt makes sense, and when.

/// The first backoff at most, in milliseconds; each further one may be twice as long.
const BASE_DELAY: u32 = 500;

/// The longest backoff, in milliseconds.
const MAX_DELAY: u32 = 8_000;

/// How long a call may go on.
#[derive(Clone, Copy)]
pub struct RetryPolicy {
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The longest wait, in milliseconds, that the server may ask for.
    pub max_wait: f64,
}

impl RetryPolicy {
    /// The milliseconds until the next attempt, after so many retries: exponential backoff with full jitter, but never earlier
    /// than `retry_after`, the milliseconds that the server named. `None` where another attempt makes no sense. `random` is
    /// from 0 to 1.
    pub fn delay(
        self,
        is_transient: bool,
        retries: u32,
        retry_after: Option<f64>,
        random: f64,
    ) -> Option<f64> {
        let retry_after = retry_after.unwrap_or_default();
        if !is_transient || retries >= self.max_retries || retry_after > self.max_wait {
            return None;
        }
        let longest = BASE_DELAY
            .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX))
            .min(MAX_DELAY);
        let backoff = f64::from(longest) * random;
        Some(backoff.max(retry_after).ceil())
    }
}

/// Whether an error with this status may pass by itself: too many requests, or a server in trouble; not one that cannot do what
/// is requested.
pub fn is_transient(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// A delay that a server names, in milliseconds, as a number that every JavaScript program can count with: whatever is sent,
/// it is finite and not negative.
pub fn believable_delay(milliseconds: f64) -> f64 {
    /// 2^53 - 1, beyond which JavaScript's integers are not exact.
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
    milliseconds.clamp(0.0, MAX_SAFE_INTEGER)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POLICY: RetryPolicy = RetryPolicy {
        max_retries: 100,
        max_wait: 60_000.0,
    };

    fn delay(retries: u32, retry_after: f64, random: f64) -> Option<f64> {
        POLICY.delay(true, retries, Some(retry_after), random)
    }

    #[test]
    fn only_transient_errors_are_retried() {
        let transient: Vec<_> = (0..1000).filter(|status| is_transient(*status)).collect();
        assert_eq!(transient, [408, 429, 500, 502, 503, 504]);
        assert_eq!(POLICY.delay(false, 0, None, 0.5), None);
    }

    #[test]
    fn the_backoff_doubles_up_to_eight_seconds() {
        let longest = [0, 1, 2, 3, 4, 5, 40].map(|retries| delay(retries, 0.0, 1.0));
        assert_eq!(
            longest,
            [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0].map(Some)
        );
        assert_eq!(POLICY.delay(true, 3, None, 0.0), Some(0.0));
    }

    #[test]
    fn retries_and_waits_are_limited() {
        assert_eq!(delay(100, 0.0, 1.0), None);
        assert_eq!(delay(0, 60_000.0, 1.0), Some(60_000.0));
        assert_eq!(delay(0, 60_001.0, 1.0), None);
    }

    #[test]
    fn a_delay_is_finite_and_not_negative() {
        assert_eq!(believable_delay(-1.0), 0.0);
        assert_eq!(believable_delay(2_000.0), 2_000.0);
        assert!(believable_delay(f64::INFINITY).is_finite());
    }

    proptest! {
        #[test]
        fn no_retry_comes_earlier_than_the_server_said(
            retries in 0_u32..100,
            random in 0.0..1.0,
            retry_after in 0.0..60_000.0,
        ) {
            let delay = delay(retries, retry_after, random).expect("a delay");
            prop_assert!(delay >= retry_after);
            prop_assert!(delay <= retry_after.max(8000.0).ceil());
        }
    }
}
