//! What keeps the rate limits, whether that is a client's pacer or the script that clients share.

use super::limiter::Limiter;
use super::*;

/// Milliseconds, longer than any test.
pub const LEASE: f64 = 7_200_000.0;

/// A report of the minute alone.
pub fn minute(limit: f64, remaining: f64, reset_in: f64) -> RateLimitReport {
    let minute = Some(ReportedWindow {
        limit,
        remaining,
        reset: reset(reset_in / 1000.0),
        reset_in,
    });
    RateLimitReport {
        minute,
        ..RateLimitReport::default()
    }
}

pub fn hour(limit: f64, remaining: f64, reset_in: f64) -> RateLimitReport {
    let hour = minute(limit, remaining, reset_in).minute;
    RateLimitReport {
        hour,
        ..RateLimitReport::default()
    }
}

pub fn admit<L: Limiter>(limiter: &mut L, now: f64) -> L::Permit {
    limiter.admit(now).expect("nothing to wait for")
}

/// One request after the other, with its response at once.
pub fn call<L: Limiter>(limiter: &mut L, report: RateLimitReport, now: f64) {
    let permit = admit(limiter, now);
    limiter.finish(permit, report, now);
}

pub fn wait(until: f64, window: WindowName) -> Option<Wait> {
    Some(Wait { until, window })
}

/// Unix time in milliseconds, by the server's clock.
pub const SERVER_NOW: f64 = 1_705_320_000_000.0;

/// A reset so many seconds after that.
pub fn reset(seconds: f64) -> f64 {
    SERVER_NOW / 1000.0 + seconds
}

pub const ABSENT: [f64; 3] = [f64::NAN; 3];

/// Runs each of them for the pacer and for the script.
macro_rules! for_both {
    ($($name:ident,)*) => {
        mod pacer {
            $(#[test] fn $name() { super::$name::<crate::rate_limit::Pacer>(); })*
        }
        mod script {
            $(#[test] fn $name() { super::$name::<crate::rate_limit::limiter::Shared>(); })*
        }
    };
}
pub(super) use for_both;

for_both! {
    an_absurd_report_does_not_outlive_the_next_sound_one,
    nothing_is_let_through_until_the_window_ends,
    the_longer_of_two_waits_counts,
    an_overtaken_response_changes_nothing,
    an_earlier_request_that_reached_the_next_window_counts_there,
    requests_in_flight_when_a_window_ends_may_count_in_the_next,
    a_response_that_was_on_its_way_when_its_window_ended_changes_nothing,
    latency_and_whole_seconds_make_no_new_window,
    concurrent_requests_that_all_have_responses_cost_nothing_more,
    a_reset_that_goes_back_counts,
    a_reset_that_goes_back_counts_among_concurrent_requests_too,
    a_corrected_server_clock_changes_nothing,
    a_window_that_allows_nothing_is_tried_once_each_time,
    a_request_without_a_report_counts_until_a_newer_one_reports,
    a_request_without_a_report_that_ends_after_its_window_counts_in_the_next,
    a_request_that_was_not_sent_spends_nothing,
    a_retry_after_stops_everybody_until_then,
    no_retry_after_is_longer_than_an_hour,
    of_several_reports_of_one_reset_the_earliest_counts,
    a_request_of_a_process_that_died_counts_until_a_newer_one_reports,
    requests_without_a_report_stop_an_hour_for_a_minute,
}

fn an_absurd_report_does_not_outlive_the_next_sound_one<L: Limiter>() {
    for absurd in [3_976_214_400.0, reset(20.0) * 1000.0, f64::INFINITY] {
        let mut limiter = L::new(LEASE);
        let absurd = [60.0, 0.0, absurd];
        call(
            &mut limiter,
            RateLimitReport::new(absurd, absurd, SERVER_NOW),
            0.0,
        );
        let sound = [60.0, 2.0, reset(20.0)];
        call(
            &mut limiter,
            RateLimitReport::new(sound, sound, SERVER_NOW),
            1_000.0,
        );
        assert_eq!(limiter.burst(1_000.0), 2);
        assert_eq!(
            limiter.wait(1_000.0),
            wait(21_000.0, WindowName::Minute),
            "both windows end then: the minute's is named"
        );
    }
}

fn nothing_is_let_through_until_the_window_ends<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(3.0, 1.0, 10_000.0), 0.0);
    let permit = admit(&mut limiter, 0.0);
    assert_eq!(limiter.wait(9_999.0), wait(10_000.0, WindowName::Minute));
    limiter.finish(permit, minute(3.0, 0.0, 1.0), 9_999.0);
    assert_eq!(limiter.wait(9_999.0), wait(10_000.0, WindowName::Minute));
    assert_eq!(limiter.burst(10_000.0), 3);
    assert_eq!(limiter.wait(10_000.0), wait(70_000.0, WindowName::Minute));
}

fn the_longer_of_two_waits_counts<L: Limiter>() {
    let both = |in_minute, in_hour| RateLimitReport {
        minute: minute(3.0, 0.0, in_minute).minute,
        hour: hour(3.0, 0.0, in_hour).hour,
        ..RateLimitReport::default()
    };
    let mut limiter = L::new(LEASE);
    call(&mut limiter, both(10_000.0, 90_000.0), 0.0);
    assert_eq!(limiter.wait(0.0), wait(90_000.0, WindowName::Hour));
    let mut limiter = L::new(LEASE);
    call(&mut limiter, both(10_000.0, 9_000.0), 0.0);
    assert_eq!(limiter.wait(0.0), wait(10_000.0, WindowName::Minute));
}

fn an_overtaken_response_changes_nothing<L: Limiter>() {
    for (newest, overtaken, admitted) in [(0.0, 3.0, 0), (3.0, 0.0, 3)] {
        let mut limiter = L::new(LEASE);
        call(&mut limiter, hour(100.0, 100.0, HOUR), 0.0);
        let (first, second) = (admit(&mut limiter, 0.0), admit(&mut limiter, 0.0));
        limiter.finish(second, minute(3.0, newest, 55_000.0), 10_000.0);
        limiter.finish(first, minute(3.0, overtaken, 0.0), 10_000.0);
        assert_eq!(limiter.burst(10_000.0), admitted);
        assert_eq!(limiter.wait(10_000.0), wait(65_000.0, WindowName::Minute));
    }
}

fn an_earlier_request_that_reached_the_next_window_counts_there<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(100.0, 100.0, HOUR), 0.0);
    let (first, second) = (admit(&mut limiter, 0.0), admit(&mut limiter, 0.0));
    limiter.finish(second, minute(3.0, 1.0, 1_000.0), 0.0);
    limiter.finish(first, minute(3.0, 2.0, 60_000.0), 2_000.0);
    assert_eq!(limiter.burst(2_000.0), 2);
}

fn requests_in_flight_when_a_window_ends_may_count_in_the_next<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(3.0, 3.0, 10_000.0), 0.0);
    let permits = [admit(&mut limiter, 9_000.0), admit(&mut limiter, 9_000.0)];
    let third = admit(&mut limiter, 11_000.0);
    assert!(limiter.admit(11_000.0).is_err());
    // They counted in the window that has ended.
    for permit in permits {
        limiter.finish(permit, minute(3.0, 1.0, 0.0), 11_000.0);
    }
    assert_eq!(limiter.burst(11_000.0), 2);
    limiter.finish(third, minute(3.0, 0.0, 58_000.0), 12_000.0);
    assert_eq!(limiter.wait(12_000.0), wait(70_000.0, WindowName::Minute));
}

fn a_response_that_was_on_its_way_when_its_window_ended_changes_nothing<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    let report = |remaining, reset_in, window_reset: f64| {
        let minute = Some(ReportedWindow {
            limit: 20.0,
            remaining,
            reset: reset(window_reset),
            reset_in,
        });
        RateLimitReport {
            minute,
            ..RateLimitReport::default()
        }
    };
    call(&mut limiter, report(9.0, 3_000.0, 3.0), 0.0);
    let late = admit(&mut limiter, 2_900.0);
    // The next window, which is as short, has begun.
    let permits: Vec<_> = (0..19).map(|_| admit(&mut limiter, 3_000.0)).collect();
    limiter.finish(late, report(8.0, 1_000.0, 3.0), 3_400.0);
    for (used, permit) in (1_u8..).zip(permits) {
        let remaining = 20.0 - f64::from(used);
        limiter.finish(permit, report(remaining, 3_000.0, 6.0), 3_500.0);
    }
    assert_eq!(limiter.burst(4_400.0), 1);
}

fn latency_and_whole_seconds_make_no_new_window<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(100.0, 100.0, HOUR), 0.0);
    let permits = [0.0; 3].map(|now| admit(&mut limiter, now));
    let reports = [(1.0, 10_000.0), (0.0, 13_000.0), (2.0, 9_000.0)];
    for (permit, (remaining, reset_in)) in permits.into_iter().zip(reports) {
        let minute = Some(ReportedWindow {
            limit: 3.0,
            remaining,
            reset: reset(10.0),
            reset_in,
        });
        let report = RateLimitReport {
            minute,
            ..RateLimitReport::default()
        };
        limiter.finish(permit, report, 0.0);
    }
    assert_eq!(limiter.wait(0.0), wait(10_000.0, WindowName::Minute));
}

fn concurrent_requests_that_all_have_responses_cost_nothing_more<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(60.0, 59.0, 50_000.0), 0.0);
    let permits: Vec<_> = (0..10).map(|_| admit(&mut limiter, 0.0)).collect();
    for (count, permit) in (0_u8..10).zip(permits).rev() {
        let remaining = 58.0 - f64::from(count);
        limiter.finish(permit, minute(60.0, remaining, 49_000.0), 1_000.0);
    }
    assert_eq!(limiter.burst(1_000.0), 49);
}

fn a_reset_that_goes_back_counts<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(60.0, 1.0, 3_000_000.0), 0.0);
    call(&mut limiter, hour(60.0, 50.0, 200_000.0), 1_000.0);
    assert_eq!(limiter.burst(1_000.0), 50);
    assert_eq!(limiter.wait(1_000.0), wait(201_000.0, WindowName::Hour));
}

fn a_reset_that_goes_back_counts_among_concurrent_requests_too<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(60.0, 9.0, 3_000_000.0), 0.0);
    let mut in_flight = admit(&mut limiter, 0.0);
    for now in [1_000.0, 2_000.0, 3_000.0] {
        let next = admit(&mut limiter, now);
        limiter.finish(in_flight, hour(60.0, 50.0, 200_000.0 - now), now);
        in_flight = next;
    }
    assert_eq!(limiter.burst(3_000.0), 49, "and one is in flight");
}

fn a_corrected_server_clock_changes_nothing<L: Limiter>() {
    for correction in [-7_200.0, -30.0, 30.0, 7_200.0] {
        let mut limiter = L::new(LEASE);
        let before = RateLimitReport::new([3.0, 1.0, reset(40.0)], ABSENT, SERVER_NOW);
        call(&mut limiter, before, 0.0);
        let reset = reset(40.0 + correction);
        let server_now = SERVER_NOW + correction * 1000.0;
        let after = RateLimitReport::new([3.0, 0.0, reset], ABSENT, server_now);
        call(&mut limiter, after, 0.0);
        assert_eq!(limiter.wait(0.0), wait(40_000.0, WindowName::Minute));
    }
}

fn a_window_that_allows_nothing_is_tried_once_each_time<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(0.0, 0.0, 10_000.0), 0.0);
    assert!(limiter.admit(9_000.0).is_err());
    let permit = admit(&mut limiter, 10_000.0);
    assert!(limiter.admit(10_000.0).is_err());
    limiter.finish(permit, minute(0.0, 0.0, 60_000.0), 10_000.0);
    assert_eq!(limiter.wait(10_000.0), wait(70_000.0, WindowName::Minute));
}

fn a_request_without_a_report_counts_until_a_newer_one_reports<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(9.0, 8.0, 50_000.0), 0.0);
    let (aborted, other) = (admit(&mut limiter, 0.0), admit(&mut limiter, 0.0));
    limiter.fail(aborted, 0.0);
    // The server may have made this report before it counted the aborted request.
    limiter.finish(other, minute(9.0, 7.0, 50_000.0), 0.0);
    let permits: Vec<_> = (0..6).map(|_| admit(&mut limiter, 0.0)).collect();
    assert!(limiter.admit(0.0).is_err());
    for permit in permits {
        limiter.cancel(permit, 0.0);
    }
    call(&mut limiter, minute(9.0, 6.0, 50_000.0), 0.0);
    assert_eq!(limiter.burst(0.0), 6);
}

fn a_request_without_a_report_that_ends_after_its_window_counts_in_the_next<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(3.0, 3.0, 10_000.0), 0.0);
    let permit = admit(&mut limiter, 9_000.0);
    limiter.fail(permit, 11_000.0);
    assert_eq!(limiter.burst(11_000.0), 2);
}

fn a_request_that_was_not_sent_spends_nothing<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, minute(3.0, 2.0, 50_000.0), 0.0);
    for _ in 0..10 {
        let permit = admit(&mut limiter, 0.0);
        limiter.cancel(permit, 0.0);
    }
    assert_eq!(limiter.burst(0.0), 2);
}

fn a_retry_after_stops_everybody_until_then<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    let refused = RateLimitReport {
        retry_after: Some(20_000.0),
        ..minute(9.0, 5.0, 5_000.0)
    };
    let sooner = RateLimitReport {
        retry_after: Some(1_000.0),
        ..refused
    };
    call(&mut limiter, hour(100.0, 100.0, HOUR), 0.0);
    let (first, second) = (admit(&mut limiter, 0.0), admit(&mut limiter, 0.0));
    limiter.finish(first, refused, 1_000.0);
    limiter.finish(second, sooner, 1_000.0);
    let expected = wait(21_000.0, WindowName::RetryAfter);
    assert_eq!(limiter.wait(1_000.0), expected);
    assert_eq!(limiter.wait(20_999.0), expected);
    assert_eq!(limiter.burst(21_000.0), 9);
}

fn no_retry_after_is_longer_than_an_hour<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    let refused = RateLimitReport {
        retry_after: Some(9_007_199_254_740_991.0),
        ..minute(9.0, 5.0, 5_000.0)
    };
    call(&mut limiter, refused, 0.0);
    assert_eq!(limiter.wait(0.0), wait(HOUR, WindowName::RetryAfter));
}

fn of_several_reports_of_one_reset_the_earliest_counts<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    let report = |remaining, late| {
        let window = ReportedWindow {
            limit: 3.0,
            remaining,
            reset: reset(10.0),
            reset_in: 10_000.0,
        };
        let minute = Some(ReportedWindow {
            reset_in: window.reset_in + late,
            ..window
        });
        RateLimitReport {
            minute,
            ..RateLimitReport::default()
        }
    };
    // A second passes by the server's clock each time; only its Date is rounded down.
    call(&mut limiter, report(2.0, 0.0), 100.0);
    call(&mut limiter, report(1.0, 0.0), 900.0);
    call(&mut limiter, report(0.0, -1_000.0), 1_700.0);
    assert_eq!(limiter.wait(1_700.0), wait(10_100.0, WindowName::Minute));
}

fn a_request_of_a_process_that_died_counts_until_a_newer_one_reports<L: Limiter>() {
    let mut limiter = L::new(1_000.0);
    call(&mut limiter, minute(3.0, 3.0, 50_000.0), 0.0);
    let crashed = admit(&mut limiter, 0.0);
    limiter.crash(crashed, 1_000.0);
    assert_eq!(limiter.burst(1_000.0), 2);
    assert!(limiter.admit(1_500.0).is_err());
    let mut limiter = L::new(1_000.0);
    call(&mut limiter, minute(3.0, 3.0, 50_000.0), 0.0);
    let crashed = admit(&mut limiter, 0.0);
    limiter.crash(crashed, 1_000.0);
    call(&mut limiter, minute(3.0, 2.0, 49_000.0), 1_000.0);
    assert_eq!(limiter.burst(1_000.0), 2);
}

fn requests_without_a_report_stop_an_hour_for_a_minute<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(100.0, 2.0, 1_800_000.0), 0.0);
    let permits = [admit(&mut limiter, 0.0), admit(&mut limiter, 0.0)];
    for permit in permits {
        limiter.fail(permit, 1_000.0);
    }
    assert_eq!(limiter.wait(1_000.0), wait(61_000.0, WindowName::Hour));
    assert_eq!(limiter.burst(61_000.0), 1);
}
