//! What the headers of a response say.

use crate::rate_limit::RateLimitReport;
use crate::retry;

/// The headers that a call needs, read.
#[derive(Debug, PartialEq)]
pub struct ResponseHeaders<'a> {
    /// Milliseconds after which another attempt makes sense, of `Retry-After`.
    pub retry_after: Option<f64>,
    /// The server's name for the request; empty where it gives none.
    pub request_id: &'a str,
    /// What the server reports of its rate limits.
    pub report: RateLimitReport,
}

/// The local clock, and what reads a date as JavaScript does.
pub trait Clock {
    /// Unix time in milliseconds.
    fn now(&self) -> f64;

    /// The same of a date; NaN where it is none. `Date.parse`.
    fn parse(&self, date: &str) -> f64;
}

impl<'a> ResponseHeaders<'a> {
    /// Reads `Date`, `Retry-After`, `X-Request-Id`, then limit, remaining and reset of the minute, and those of the hour; each is
    /// empty where there is none. Without a `Date`, the local clock stands in for the server's.
    pub fn read(
        mut values: impl Iterator<Item = &'a str>,
        status: u16,
        clock: &impl Clock,
    ) -> Self {
        let mut next = || values.next().unwrap_or_default();
        let parse_date = |header| parse_date(header, |date| clock.parse(date));
        let server_now = parse_date(next()).unwrap_or_else(|| clock.now());
        // Seconds, or a date.
        let header = next();
        let seconds = parse_integer(header);
        let milliseconds = match seconds.is_nan() {
            true => parse_date(header).map(|moment| moment - server_now),
            false => Some(seconds * 1000.0),
        };
        let retry_after = milliseconds.map(retry::believable_delay);
        let request_id = next();
        let mut window = || [0; 3].map(|_| parse_integer(next()));
        let mut report = RateLimitReport::new(window(), window(), server_now);
        report.retry_after = retry_after.filter(|_| status == 429);
        Self {
            retry_after,
            request_id,
            report,
        }
    }
}

/// A non-negative integer; else not a number.
pub fn parse_integer(text: &str) -> f64 {
    let text = text.trim_ascii();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return f64::NAN;
    }
    text.bytes()
        .fold(0.0, |number, digit| number * 10.0 + f64::from(digit & 0xF))
}

/// Unix time in milliseconds, of an HTTP date. `Date.parse` reads much else, and takes one of the three forms of such a date,
/// which has no zone, for local time.
pub fn parse_date(header: &str, parse: impl Fn(&str) -> f64) -> Option<f64> {
    let is_date = header.starts_with(|first: char| first.is_ascii_uppercase())
        && header.bytes().any(|byte| byte == b':');
    if !is_date {
        return None;
    }
    let zone = if header.ends_with(" GMT") { "" } else { " GMT" };
    let moment = parse(&[header, zone].concat());
    (!moment.is_nan()).then_some(moment)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    /// Wed, 15 Jan 2025 10:30:00 GMT
    const NOW: f64 = 1_736_937_000_000.0;

    struct TestClock;

    impl Clock for TestClock {
        fn now(&self) -> f64 {
            NOW
        }

        fn parse(&self, date: &str) -> f64 {
            // The form without a zone has one by now.
            let parsed = httpdate::parse_http_date(date)
                .or_else(|_| httpdate::parse_http_date(date.trim_end_matches(" GMT")));
            parsed.map_or(f64::NAN, |moment| {
                let since = moment.duration_since(UNIX_EPOCH);
                since.expect("a year from 1970 on").as_secs_f64() * 1000.0
            })
        }
    }

    fn read<'a>(values: [&'a str; 9], status: u16) -> ResponseHeaders<'a> {
        ResponseHeaders::read(values.into_iter(), status, &TestClock)
    }

    #[test]
    fn a_date_has_three_forms() {
        for header in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            let moment = parse_date(header, |date| TestClock.parse(date));
            assert_eq!(moment, Some(784_111_777_000.0), "{header}");
        }
    }

    #[test]
    fn what_cannot_be_a_date_is_not_parsed() {
        for header in [
            "",
            "soon",
            "Soon",
            "2025-01-15T10:30:00Z",
            "06 Nov 1994 08:49:37 GMT",
            "sun, 06 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(parse_date(header, |_| 0.0), None, "{header}");
        }
        assert_eq!(parse_date("Sunday: soon", |_| f64::NAN), None);
    }

    #[test]
    fn an_integer_has_nothing_but_digits() {
        for (text, number) in [
            ("0", 0.0),
            ("007", 7.0),
            (" 60\t", 60.0),
            ("4294967296", 4_294_967_296.0),
        ] {
            assert_eq!(parse_integer(text), number, "{text}");
        }
        for text in ["", " ", "-1", "+1", "1.0", "1e3", "1 2", "0x10", "\u{661}"] {
            assert!(parse_integer(text).is_nan(), "{text}");
        }
        assert_eq!(parse_integer(&"9".repeat(400)), f64::INFINITY);
    }

    #[test]
    fn retry_after_is_in_seconds_or_a_date_by_the_servers_clock() {
        let retry_after = |date, retry_after| {
            let values = [date, retry_after, "", "", "", "", "", "", ""];
            let headers = read(values, 503);
            assert_eq!(headers.report.retry_after, None);
            headers.retry_after
        };
        assert_eq!(retry_after("", "3"), Some(3_000.0));
        assert_eq!(
            retry_after("", "Wed, 15 Jan 2025 10:30:03 GMT"),
            Some(3_000.0)
        );
        let an_hour_ago = "Wed, 15 Jan 2025 09:30:00 GMT";
        assert_eq!(
            retry_after(an_hour_ago, "Wed, 15 Jan 2025 09:30:03 GMT"),
            Some(3_000.0)
        );
        assert_eq!(retry_after("", an_hour_ago), Some(0.0));
        for nothing in ["", "-3", "soon"] {
            assert_eq!(retry_after("", nothing), None);
        }
    }

    #[test]
    fn the_report_has_the_windows_and_what_a_429_demands() {
        let values = [
            "",
            "3",
            "r-1",
            "60",
            "0",
            "1736937030",
            "2000",
            "1999",
            "1736938800",
        ];
        let mut expected = RateLimitReport::new(
            [60.0, 0.0, 1_736_937_030.0],
            [2000.0, 1999.0, 1_736_938_800.0],
            NOW,
        );
        assert!(expected.minute.is_some() && expected.hour.is_some());
        assert_eq!(read(values, 200).report, expected);
        expected.retry_after = Some(3_000.0);
        assert_eq!(read(values, 429).report, expected);
        assert_eq!(read(values, 429).request_id, "r-1");
        assert_eq!(read([""; 9], 429).report, RateLimitReport::default());
    }
}
