//! What the server says of its rate limits.
//!
//! Source: InstaView's documentation, the rate limiting guide: two windows at once, per API key.

use crate::text::{concat, contains, number};
use tsify::Tsify;

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
    /// The same in the server's own words, seconds by its own clock: what tells one window from the next.
    #[serde(skip)]
    pub reset: f64,
}

/// What the server last said of its rate limits. A browser page on another origin may not be allowed to read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Tsify)]
pub struct RateLimit {
    /// The requests of a minute.
    #[tsify(optional)]
    pub minute: Option<RateLimitWindow>,
    /// The requests of an hour.
    #[tsify(optional)]
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
    pub fn from_headers(header: &dyn Fn(&str) -> Option<String>, clock: Clock) -> Option<Self> {
        let window = |name: &str| {
            let count = |kind: &str| {
                let text = header(&concat(&["x-ratelimit-", kind, "-", name]))?;
                number(text.trim_ascii()).map(f64::from)
            };
            Some(RateLimitWindow {
                limit: count("limit")?,
                remaining: count("remaining")?,
                reset_at: clock.to_local(count("reset")? * 1000.0),
                reset: count("reset")?,
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
        let header = header.trim_ascii();
        // What is longer than fits is longer than anyone waits.
        if let Some(seconds) = number(header) {
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
    let is_date = header
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && contains(header, ":");
    let zone = if header.ends_with("GMT") { "" } else { " GMT" };
    is_date.then(|| concat(&[header, zone]))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
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
            local: NOW + 3_600_000.0,
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
        let reset_at = NOW + 3_600_000.0 + 20_000.0;
        let window = Some(RateLimitWindow {
            limit: 5.0,
            remaining: 5.0,
            reset_at,
            reset: NOW / 1000.0 + 20.0,
        });
        let expected = RateLimit {
            minute: window,
            hour: window,
        };
        assert_eq!(
            RateLimit::from_headers(&headers, an_hour_ahead),
            Some(expected)
        );
    }

    #[test]
    fn a_window_needs_all_its_headers() {
        let only =
            |wanted: &'static str| move |name: &str| name.ends_with(wanted).then(|| "5".into());
        assert!(
            RateLimit::from_headers(&only("-minute"), clock())
                .is_some_and(|known| known.hour.is_none())
        );
        assert_eq!(
            RateLimit::from_headers(&only("limit-minute"), clock()),
            None
        );
        assert_eq!(
            RateLimit::from_headers(&|_| Some("many".into()), clock()),
            None
        );
    }
}
