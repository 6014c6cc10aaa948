//! Which window a response tells of, where two requests are in flight when one ends and the next begins.

use super::limiter::Limiter;
use super::tests::{LEASE, admit, call, for_both, hour, reset, wait};
use super::*;

for_both! {
    a_short_window_that_begins_before_the_clock_says_so_counts,
    a_report_of_a_short_window_that_has_ended_changes_nothing,
    a_report_of_a_window_that_has_ended_changes_nothing_where_the_server_clock_was_corrected,
    a_second_between_two_reports_makes_no_other_window,
    a_report_that_says_the_same_replaces_nothing,
    a_response_that_was_on_its_way_when_its_window_ended_takes_nothing_of_the_next,
}

/// A report of a window of any length, in the place of the minute: its reset is so many seconds after the first report.
fn window(remaining: f64, seconds: f64, reset_in: f64) -> RateLimitReport {
    let minute = Some(ReportedWindow {
        limit: 20.0,
        remaining,
        reset: reset(seconds),
        reset_in,
    });
    RateLimitReport {
        minute,
        ..RateLimitReport::default()
    }
}

/// Two requests in flight; nothing is known but that there are windows.
fn two_in_flight<L: Limiter>() -> (L, L::Permit, L::Permit) {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, hour(100.0, 100.0, HOUR), 0.0);
    let (first, second) = (admit(&mut limiter, 0.0), admit(&mut limiter, 0.0));
    (limiter, first, second)
}

fn a_short_window_that_begins_before_the_clock_says_so_counts<L: Limiter>() {
    let (mut limiter, first, second) = two_in_flight::<L>();
    limiter.finish(first, window(1.0, 8.0, 8_000.0), 0.0);
    limiter.finish(second, window(19.0, 16.0, 8_100.0), 7_900.0);
    assert_eq!(limiter.burst(7_900.0), 19);
    assert_eq!(limiter.wait(7_900.0), wait(16_000.0, WindowName::Minute));
}

fn a_report_of_a_short_window_that_has_ended_changes_nothing<L: Limiter>() {
    let (mut limiter, first, second) = two_in_flight::<L>();
    limiter.finish(second, window(19.0, 16.0, 8_100.0), 7_900.0);
    limiter.finish(first, window(0.0, 8.0, 100.0), 7_900.0);
    assert_eq!(limiter.burst(7_900.0), 19);
}

fn a_report_of_a_window_that_has_ended_changes_nothing_where_the_server_clock_was_corrected<
    L: Limiter,
>() {
    let (mut limiter, first, second) = two_in_flight::<L>();
    limiter.finish(second, window(19.0, 65.0, 55_000.0), 10_000.0);
    limiter.finish(first, window(0.0, 7_200.0, 0.0), 10_000.0);
    assert_eq!(limiter.burst(10_000.0), 19);
}

fn a_second_between_two_reports_makes_no_other_window<L: Limiter>() {
    let (mut limiter, first, second) = two_in_flight::<L>();
    limiter.finish(second, window(19.0, 10.0, 10_000.0), 0.0);
    limiter.finish(first, window(0.0, 11.0, 11_000.0), 0.0);
    assert_eq!(limiter.burst(0.0), 0);
}

/// A request that was sent after the first of them has the last word.
fn a_report_that_says_the_same_replaces_nothing<L: Limiter>() {
    let (mut limiter, first, second) = two_in_flight::<L>();
    limiter.finish(second, window(5.0, 10.0, 10_000.0), 0.0);
    let third = admit(&mut limiter, 0.0);
    limiter.finish(first, window(5.0, 10.0, 10_000.0), 0.0);
    limiter.finish(third, window(9.0, 10.0, 10_000.0), 0.0);
    assert_eq!(limiter.burst(0.0), 9);
}

fn a_response_that_was_on_its_way_when_its_window_ended_takes_nothing_of_the_next<L: Limiter>() {
    let mut limiter = L::new(LEASE);
    call(&mut limiter, window(9.0, 3.0, 3_000.0), 0.0);
    let late = admit(&mut limiter, 2_900.0);
    let _in_flight = admit(&mut limiter, 3_000.0);
    limiter.finish(late, window(8.0, 3.0, 1_000.0), 3_400.0);
    assert_eq!(limiter.burst(3_400.0), 19, "and one is in flight");
}
