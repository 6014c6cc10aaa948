//! What the headers of a response say, against `httpdate` and the plainest reading of the rules.

use std::time::{Duration, UNIX_EPOCH};

use arbitrary::Arbitrary;
use instaview_phone_numbers::headers::{Clock, ResponseHeaders, parse_date, parse_integer};
use instaview_phone_numbers::rate_limit::ReportedWindow;

/// 9999-12-31T23:59:59Z, the last second that has an HTTP date.
const LAST_SECOND: u64 = 253_402_300_799;

/// The headers of a response.
#[derive(Arbitrary, Debug)]
pub struct Input<'a> {
    status: u16,
    /// Unix time in seconds, by the local clock.
    local_now: u32,
    date: Header<'a>,
    retry_after: Header<'a>,
    request_id: &'a str,
    windows: [Header<'a>; 6],
}

/// The value of a header; mostly one that is nearly right.
#[derive(Arbitrary, Debug)]
enum Header<'a> {
    Absent,
    Any(&'a str),
    Integer(u64),
    /// A moment near the local clock's, in Unix seconds, as a reset is.
    Near(i16),
    /// A date in one of the three forms, and a byte of it that is replaced.
    Date(u64, Form, Option<(u8, u8)>),
    /// The same near the local clock's.
    NearDate(i16, Form),
    /// Numbers that may be out of their range.
    Fields([u8; 5], u16, u8),
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Form {
    ImfFixdate,
    Rfc850,
    Asctime,
}

impl Header<'_> {
    fn value(&self, local_now: u32) -> String {
        let near = |offset: i16| u64::from(local_now).saturating_add_signed(offset.into());
        match *self {
            Self::Absent => String::new(),
            Self::Any(text) => text.into(),
            Self::Integer(number) => number.to_string(),
            Self::Near(offset) => near(offset).to_string(),
            Self::Date(seconds, form, change) => {
                let mut date = form.date(seconds % (LAST_SECOND + 1)).into_bytes();
                if let Some((position, byte)) = change {
                    let index = usize::from(position) % date.len();
                    date[index] = byte;
                }
                String::from_utf8_lossy(&date).into_owned()
            }
            Self::NearDate(offset, form) => form.date(near(offset)),
            Self::Fields([day, hour, minute, second, month], year, weekday) => {
                let at =
                    |words: &[&'static str], index: u8| words[usize::from(index) % words.len()];
                let weekday = at(&["Sun,", "Monday,", "Tue", "wed,", ""], weekday);
                let month = at(&["Jan", "Feb", "Apr", "Jul", "Dec", "feb"], month);
                let day = day % 33;
                format!(
                    "{weekday} {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
                )
            }
        }
    }
}

impl Form {
    /// The date of this Unix time in seconds.
    fn date(self, seconds: u64) -> String {
        let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
        let [_, day, month, year, time, _] = date.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{date}");
        };
        match self {
            Self::ImfFixdate => date,
            Self::Rfc850 => format!("Sunday, {day}-{month}-{} {time} GMT", &year[2..]),
            Self::Asctime => {
                let day: u8 = day.parse().expect("a day");
                format!("Sun {month} {day:2} {time} {year}")
            }
        }
    }
}

/// Unix time in milliseconds, by `httpdate`, which refuses a wrong day of the week, and has no years before 1970.
fn reference_date(text: &str) -> Option<f64> {
    let (weekday, rest) = text.split_once(' ')?;
    if !weekday.starts_with(|letter: char| letter.is_ascii_uppercase()) {
        return None;
    }
    // It would trim the text, which fetch has done, and takes any byte before the hour of an RFC 850 date.
    let separator = rest.as_bytes().get(9);
    if rest.trim_end() != rest || rest.len() == 22 && separator != Some(&b' ') {
        return None;
    }
    let short = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let long =
        ["Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"].map(|day| format!("{day}day"));
    let comma = if weekday.ends_with(',') { "," } else { "" };
    let weekdays = short.into_iter().chain(long.iter().map(String::as_str));
    weekdays.into_iter().find_map(|weekday| {
        let moment = httpdate::parse_http_date(&format!("{weekday}{comma} {rest}")).ok()?;
        let since = moment
            .duration_since(UNIX_EPOCH)
            .expect("a year from 1970 on");
        Some(since.as_secs() as f64 * 1000.0)
    })
}

/// Of JavaScript's clock and dates.
struct TestClock(f64);

impl Clock for TestClock {
    fn now(&self) -> f64 {
        self.0
    }

    /// `httpdate` stands in for `Date.parse`, to which a date without a zone is one of another place.
    fn parse(&self, date: &str) -> f64 {
        let moment = match date.strip_suffix(" GMT") {
            Some(without_zone) => reference_date(date).or_else(|| reference_date(without_zone)),
            None => None,
        };
        moment.unwrap_or(f64::NAN)
    }
}

/// Every HTTP date is read, and nothing else but one with a zone too many or too few.
fn check_date(text: &str) -> Option<f64> {
    let actual = parse_date(text, |date| TestClock(f64::NAN).parse(date));
    let expected = reference_date(text)
        .or_else(|| reference_date(&format!("{text} GMT")))
        .or_else(|| reference_date(text.strip_suffix(" GMT")?));
    assert_eq!(actual, expected, "{text}");
    actual
}

fn check_integer(text: &str) -> f64 {
    let actual = parse_integer(text);
    let digits = text.trim_matches([' ', '\t', '\n', '\r', '\x0C']);
    let is_integer = !digits.is_empty() && digits.chars().all(|digit: char| digit.is_ascii_digit());
    if is_integer {
        let expected: f64 = digits.parse().expect("a number");
        // Above 2^53, digit by digit is a little less exact.
        let is_close = actual == expected || (actual - expected).abs() <= expected * 1e-12;
        assert!(is_close, "{text}: {actual}");
    } else {
        assert!(actual.is_nan(), "{text}: {actual}");
    }
    actual
}

/// A window as the rule says: its numbers are finite, and it resets within its length, with five seconds of tolerance.
fn reference_window(
    [limit, remaining, reset]: [f64; 3],
    length: f64,
    now: f64,
) -> Option<ReportedWindow> {
    let reset_in = reset * 1000.0 - now;
    let is_there = [limit, remaining, reset].into_iter().all(f64::is_finite);
    let is_near = reset_in >= -5_000.0 && reset_in <= length + 5_000.0;
    (is_there && is_near).then(|| ReportedWindow {
        limit,
        remaining,
        reset,
        reset_in: reset_in.clamp(0.0, length),
    })
}

/// Panics if the headers are read in another way than the rules say.
pub fn check(input: &Input<'_>) {
    let local_now = f64::from(input.local_now) * 1000.0;
    let value = |header: &Header<'_>| header.value(input.local_now);
    let (date, retry_after) = (value(&input.date), value(&input.retry_after));
    let windows: Vec<String> = input.windows.iter().map(value).collect();
    let first = [&*date, &retry_after, input.request_id];
    let values = first.into_iter().chain(windows.iter().map(String::as_str));
    let actual = ResponseHeaders::read(values, input.status, &TestClock(local_now));

    let now = check_date(&date).unwrap_or(local_now);
    let seconds = check_integer(&retry_after);
    let moment = check_date(&retry_after);
    let delay = if seconds.is_nan() {
        moment.map(|moment| moment - now)
    } else {
        Some(seconds * 1000.0)
    };
    let delay = delay.map(|delay| delay.clamp(0.0, 2_f64.powi(53) - 1.0));
    let numbers: Vec<f64> = windows.iter().map(|text| check_integer(text)).collect();
    let window = |start: usize, length| {
        reference_window([0, 1, 2].map(|index| numbers[start + index]), length, now)
    };
    assert_eq!(actual.request_id, input.request_id);
    assert_eq!(actual.retry_after, delay);
    assert_eq!(actual.report.minute, window(0, 60_000.0));
    assert_eq!(actual.report.hour, window(3, 3_600_000.0));
    assert_eq!(
        actual.report.retry_after,
        delay.filter(|_| input.status == 429)
    );
}
