//! Whether another attempt makes sense, and when.

use crate::failure::{Failure, InstaViewErrorType};

/// The first delay at most, in milliseconds; each further one may be twice as long.
const BASE_DELAY: u32 = 500;

/// The longest delay that is not the server's wish, in milliseconds.
const MAX_DELAY: u32 = 8_000;

/// Whether the failure may pass by itself: no answer, no answer in time, too many requests, or a server in trouble.
pub fn is_retryable(failure: &Failure) -> bool {
    use InstaViewErrorType::{Connection, Http, RateLimit, Server, Timeout};
    match (failure.r#type, failure.status) {
        (Connection | Timeout | RateLimit, _) | (Http, Some(408)) => true,
        // With a status of success, the body tells of the trouble.
        (Server, Some(status)) => matches!(status, 500 | 502 | 503 | 504 | 200..=299),
        _ => false,
    }
}

/// The milliseconds until the next attempt, after so many retries: exponential backoff with full jitter, but never
/// earlier than the server said. `random` is from 0 to 1.
pub fn delay(retries: u32, random: f64, retry_after: Option<f64>) -> f64 {
    let longest = BASE_DELAY
        .saturating_mul(1_u32.checked_shl(retries).unwrap_or(u32::MAX))
        .min(MAX_DELAY);
    let backoff = f64::from(longest) * random;
    backoff.max(retry_after.unwrap_or(0.0))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_may_pass_by_itself_is_retried() {
        use InstaViewErrorType::*;
        for (r#type, status, retryable) in [
            (Connection, None, true),
            (Connection, Some(200), true),
            (Timeout, None, true),
            (RateLimit, Some(429), true),
            (RateLimit, Some(200), true),
            (Http, Some(408), true),
            (Http, Some(409), false),
            (Http, Some(302), false),
            (Server, Some(500), true),
            (Server, Some(501), false),
            (Server, Some(502), true),
            (Server, Some(503), true),
            (Server, Some(504), true),
            (Server, Some(505), false),
            (Server, Some(200), true),
            (BadRequest, Some(400), false),
            (Authentication, Some(401), false),
            (Permission, Some(403), false),
            (NotFound, Some(404), false),
            (InvalidResponse, Some(200), false),
            (InvalidArgument, None, false),
            (Configuration, None, false),
            (ListingChanged, None, false),
            (Internal, None, false),
        ] {
            let failure = Failure {
                status,
                ..Failure::new(r#type, "")
            };
            assert_eq!(is_retryable(&failure), retryable, "{type:?} {status:?}");
        }
    }

    #[test]
    fn the_backoff_doubles_up_to_eight_seconds() {
        let longest = [0, 1, 2, 3, 4, 5, 40].map(|retries| delay(retries, 1.0, None));
        assert_eq!(
            longest,
            [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0]
        );
        assert_eq!(delay(3, 0.0, None), 0.0);
    }

    proptest! {
        #[test]
        fn no_retry_comes_earlier_than_the_server_said(
            retries in 0_u32..100,
            random in 0.0..1.0,
            retry_after in 0.0..1e9,
        ) {
            let delay = delay(retries, random, Some(retry_after));
            prop_assert!(delay >= retry_after);
            prop_assert!(delay <= retry_after.max(8000.0));
        }
    }
}
