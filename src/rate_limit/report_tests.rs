//! What a response reports, and what only the pacer of a client does.

use super::tests::{ABSENT, SERVER_NOW, hour, minute, reset};
use super::*;

#[test]
fn a_reset_is_corrected_by_the_servers_clock() {
    let report = RateLimitReport::new([60.0, 7.0, reset(20.0)], ABSENT, SERVER_NOW);
    assert_eq!(report, minute(60.0, 7.0, 20_000.0));
    let known = report.rate_limit(5_000.0).expect("a rate limit");
    let window = RateLimitWindow {
        limit: 60.0,
        remaining: 7.0,
        reset_at: 25_000.0,
    };
    assert_eq!((known.minute, known.hour), (Some(window), None));
    assert_eq!(
        serde_json::to_string(&known).expect("JSON"),
        r#"{"minute":{"limit":60.0,"remaining":7.0,"resetAt":25000.0}}"#
    );
    assert_eq!(RateLimitReport::default().rate_limit(0.0), None);
}

#[test]
fn a_window_that_lacks_a_number_is_left_out() {
    for missing in 0..3 {
        for unusable in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut window = [60.0, 0.0, reset(20.0)];
            window[missing] = unusable;
            assert_eq!(
                RateLimitReport::new(window, window, SERVER_NOW),
                RateLimitReport::default()
            );
        }
    }
    let window = [60.0, 0.0, reset(20.0)];
    assert_eq!(
        RateLimitReport::new(window, window, f64::NAN),
        RateLimitReport::default()
    );
}

#[test]
fn a_reset_farther_away_than_its_window_is_long_is_not_believed() {
    let year_2096 = 3_976_214_400.0;
    let milliseconds = reset(20.0) * 1000.0;
    let digits_400 = f64::INFINITY;
    for absurd in [year_2096, milliseconds, digits_400, reset(-6.0)] {
        let window = [60.0, 0.0, absurd];
        assert_eq!(
            RateLimitReport::new(window, window, SERVER_NOW),
            RateLimitReport::default()
        );
    }
    let window = [60.0, 0.0, reset(66.0)];
    let report = RateLimitReport::new(window, window, SERVER_NOW);
    assert_eq!(report, hour(60.0, 0.0, 66_000.0));
    let window = [60.0, 0.0, reset(3_606.0)];
    assert_eq!(
        RateLimitReport::new(window, window, SERVER_NOW),
        RateLimitReport::default()
    );
}

#[test]
fn whole_seconds_make_no_reset_absurd() {
    let [minute, hour] = [reset(62.0), reset(3_602.0)].map(|reset| [60.0, 0.0, reset]);
    let report = RateLimitReport::new(minute, hour, SERVER_NOW);
    assert_eq!(report.minute.expect("a minute").reset_in, MINUTE);
    assert_eq!(report.hour.expect("an hour").reset_in, HOUR);
    let past = [60.0, 0.0, reset(-1.0)];
    let report = RateLimitReport::new(past, ABSENT, SERVER_NOW);
    assert_eq!(report.minute.expect("a minute").reset_in, 0.0);
}

#[test]
fn a_delay_is_never_longer_than_its_window() {
    let mut pacer = Pacer::default();
    let now = 3_862_700.124_337_721;
    let permit = pacer.admit(now).expect("nothing to wait for");
    pacer.finish(permit, hour(3.0, 0.0, HOUR), now);
    let wait = pacer.wait(now).expect("a wait");
    assert!(wait.until - now > HOUR, "rounded up");
    assert_eq!(wait.delay(now), HOUR);
    assert_eq!(wait.delay(now + 0.5), HOUR);
    assert_eq!(wait.delay(now + HOUR + 1.0), 0.0);
}

/// How many requests are let through at once.
fn burst(pacer: &mut Pacer, now: f64) -> usize {
    (0..100).take_while(|_| pacer.admit(now).is_ok()).count()
}

#[test]
fn ten_requests_go_first_and_any_response_lets_the_others_through() {
    let mut pacer = Pacer::default();
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    assert_eq!(burst(&mut pacer, 0.0), 9);
    let wait = pacer.wait(0.0).expect("a wait");
    assert_eq!(wait.until, f64::INFINITY);
    assert_eq!(pacer.wait_alone(0.0), None);
    pacer.fail(permit, 1_000.0);
    assert_eq!(burst(&mut pacer, 1_000.0), 1, "no response shows anything");
    let permit = Pacer::start(&mut pacer);
    pacer.finish(permit, RateLimitReport::default(), 2_000.0);
    assert_eq!(burst(&mut pacer, 2_000.0), 100);
}

#[test]
fn each_of_several_clients_keeps_to_its_part() {
    let mut pacer = Pacer::default();
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, minute(20.0, 13.0, 10_000.0), 0.0);
    pacer.share_among(6.0, 0.0);
    // A sixth of 13, then of 20.
    let permits: Vec<_> = (0..2)
        .map(|_| pacer.admit(0.0).expect("its part"))
        .collect();
    let at_reset = Some(Wait {
        until: 10_000.0,
        window: WindowName::Minute,
    });
    assert_eq!(pacer.wait(0.0), at_reset);
    for permit in permits {
        pacer.finish(permit, minute(20.0, 8.0, 10_000.0), 0.0);
    }
    assert_eq!(pacer.wait(0.0), at_reset);
    pacer.share_among(6.0, 5_000.0);
    assert_eq!(pacer.wait(0.0), at_reset, "the same clients");
    let permit = pacer.admit(10_000.0).expect("its part");
    pacer.finish(permit, minute(20.0, 15.0, 60_000.0), 10_100.0);
    assert_eq!(burst(&mut pacer, 10_100.0), 2);
    pacer.share_among(1.0, 10_100.0);
    assert_eq!(burst(&mut pacer, 10_100.0), 13);
}

#[test]
fn a_part_is_taken_of_the_first_report_and_is_never_nothing_of_a_whole_window() {
    let mut pacer = Pacer::default();
    pacer.share_among(30.0, 0.0);
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, minute(20.0, 19.0, 10_000.0), 0.0);
    assert_eq!(burst(&mut pacer, 0.0), 0);
    assert_eq!(burst(&mut pacer, 10_000.0), 1);
}

#[test]
fn a_part_leaves_out_requests_that_may_have_been_counted() {
    let mut pacer = Pacer::default();
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, minute(20.0, 12.0, 10_000.0), 0.0);
    let permit = pacer.admit(0.0).expect("one of twelve");
    pacer.fail(permit, 0.0);
    pacer.share_among(2.0, 0.0);
    assert_eq!(burst(&mut pacer, 0.0), 5, "half of eleven");
}

#[test]
fn a_window_that_has_nothing_left_stops_a_request_that_is_alone_too() {
    let mut pacer = Pacer::default();
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, minute(20.0, 0.0, 10_000.0), 0.0);
    let at_reset = Some(Wait {
        until: 10_000.0,
        window: WindowName::Minute,
    });
    assert_eq!(pacer.wait_alone(0.0), at_reset);
}

#[test]
fn a_report_may_leave_nothing_for_a_request_that_was_let_through() {
    let mut pacer = Pacer::default();
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, minute(20.0, 5.0, 10_000.0), 0.0);
    let mut admit = || pacer.admit(0.0).expect("one of five");
    let (earlier, later) = (admit(), admit());
    assert!(pacer.covers(&later, 0.0));
    pacer.finish(earlier, minute(20.0, 0.0, 10_000.0), 0.0);
    assert!(!pacer.covers(&later, 0.0));
}

#[test]
fn a_part_begins_anew_with_a_window_that_begins_before_the_clock_says_so() {
    let mut pacer = Pacer::default();
    let report = |remaining, seconds, reset_in| {
        let reset = reset(seconds);
        let window = minute(20.0, remaining, reset_in).minute;
        RateLimitReport {
            minute: window.map(|window| ReportedWindow { reset, ..window }),
            ..RateLimitReport::default()
        }
    };
    let permit = pacer.admit(0.0).expect("nothing to wait for");
    pacer.finish(permit, report(19.0, 8.0, 8_000.0), 0.0);
    pacer.share_among(2.0, 0.0);
    for used in [1.0, 2.0, 3.0, 4.0, 5.0] {
        let permit = pacer.admit(0.0).expect("its part");
        pacer.finish(permit, report(19.0 - used, 8.0, 8_000.0), 0.0);
    }
    let permit = pacer.admit(7_900.0).expect("its part");
    pacer.finish(permit, report(19.0, 16.0, 8_100.0), 7_900.0);
    assert_eq!(burst(&mut pacer, 7_900.0), 9, "half of twenty, but for one");
}
