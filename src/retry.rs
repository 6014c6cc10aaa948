//! Whether another attempt makes sense, and when.

/// The first delay at most, in milliseconds; each further one may be twice as long.
const BASE_DELAY: u32 = 500;

/// The longest delay that is not the server's wish, in milliseconds.
const MAX_DELAY: u32 = 8_000;

/// What is known of a failed attempt.
#[derive(Clone, Copy)]
pub struct Failed {
    /// Whether the failure may pass by itself.
    pub may_pass: bool,
    /// How often the call was tried again before.
    pub retries: u32,
    /// Milliseconds after which the server says that another try makes sense; 0 where it does not.
    pub retry_after: f64,
}

/// How long a call may go on.
#[derive(Clone, Copy)]
pub struct Patience {
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The longest wait, in milliseconds, that the server may ask for.
    pub max_wait: f64,
}

/// The milliseconds until the next attempt: exponential backoff with full jitter, but never earlier than the server said.
/// Nothing where another attempt makes no sense. `random` is from 0 to 1.
pub fn delay(failed: Failed, patience: Patience, random: f64) -> Option<f64> {
    let Failed {
        may_pass,
        retries,
        retry_after,
    } = failed;
    if !may_pass || retries >= patience.max_retries || retry_after > patience.max_wait {
        return None;
    }
    let longest = BASE_DELAY
        .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX))
        .min(MAX_DELAY);
    let backoff = f64::from(longest) * random;
    Some(backoff.max(retry_after).ceil())
}

/// Whether an answer with this status tells of what may pass by itself: too many requests, or a server in trouble; not of one
/// that cannot do what it is asked.
pub fn may_pass(status: u32) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATIENCE: Patience = Patience {
        max_retries: 100,
        max_wait: 60_000.0,
    };

    fn failed(retries: u32, retry_after: f64) -> Failed {
        Failed {
            may_pass: true,
            retries,
            retry_after,
        }
    }

    #[test]
    fn only_what_may_pass_by_itself_is_retried() {
        let passing: Vec<_> = (0..1000).filter(|status| may_pass(*status)).collect();
        assert_eq!(passing, [408, 429, 500, 502, 503, 504]);
        let lasting = Failed {
            may_pass: false,
            ..failed(0, 0.0)
        };
        assert_eq!(delay(lasting, PATIENCE, 0.5), None);
    }

    #[test]
    fn the_backoff_doubles_up_to_eight_seconds() {
        let longest =
            [0, 1, 2, 3, 4, 5, 40].map(|retries| delay(failed(retries, 0.0), PATIENCE, 1.0));
        assert_eq!(
            longest,
            [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0].map(Some)
        );
        assert_eq!(delay(failed(3, 0.0), PATIENCE, 0.0), Some(0.0));
    }

    #[test]
    fn patience_ends() {
        assert_eq!(delay(failed(100, 0.0), PATIENCE, 1.0), None);
        assert_eq!(delay(failed(0, 60_000.0), PATIENCE, 1.0), Some(60_000.0));
        assert_eq!(delay(failed(0, 60_001.0), PATIENCE, 1.0), None);
    }

    proptest! {
        #[test]
        fn no_retry_comes_earlier_than_the_server_said(
            retries in 0_u32..100,
            random in 0.0..1.0,
            retry_after in 0.0..60_000.0,
        ) {
            let delay = delay(failed(retries, retry_after), PATIENCE, random).expect("a delay");
            prop_assert!(delay >= retry_after);
            prop_assert!(delay <= retry_after.max(8000.0).ceil());
        }
    }
}
