use super::*;

/// A report of the minute alone.
fn minute(limit: f64, remaining: f64, reset_in: f64) -> Report {
    let minute = Some(ReportedWindow {
        limit,
        remaining,
        reset_in,
    });
    Report { minute, hour: None }
}

fn hour(limit: f64, remaining: f64, reset_in: f64) -> Report {
    let hour = minute(limit, remaining, reset_in).minute;
    Report { minute: None, hour }
}

fn admit(pacer: &mut Pacer, now: f64) -> Permit {
    pacer.admit(now).expect("nothing to wait for")
}

/// One request after the other, with its response at once.
fn call(pacer: &mut Pacer, report: Report, now: f64) {
    let permit = admit(pacer, now);
    pacer.finish(permit, report, now);
}

/// How many requests are let through at once.
fn burst(pacer: &mut Pacer, now: f64) -> usize {
    (0..100).take_while(|_| pacer.admit(now).is_ok()).count()
}

fn wait(until: f64, window: WindowName) -> Option<Wait> {
    Some(Wait { until, window })
}

/// Unix time in milliseconds, by the server's clock.
const SERVER_NOW: f64 = 1_705_320_000_000.0;

/// A reset so many seconds after that.
fn reset(seconds: f64) -> f64 {
    SERVER_NOW / 1000.0 + seconds
}

const ABSENT: [f64; 3] = [f64::NAN; 3];

#[test]
fn a_reset_is_corrected_by_the_servers_clock() {
    let report = Report::new([60.0, 7.0, reset(20.0)], ABSENT, SERVER_NOW);
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
    assert_eq!(Report::default().rate_limit(0.0), None);
}

#[test]
fn a_window_that_lacks_a_number_is_left_out() {
    for missing in 0..3 {
        for unusable in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut window = [60.0, 0.0, reset(20.0)];
            window[missing] = unusable;
            assert_eq!(Report::new(window, window, SERVER_NOW), Report::default());
        }
    }
    let window = [60.0, 0.0, reset(20.0)];
    assert_eq!(Report::new(window, window, f64::NAN), Report::default());
}

#[test]
fn a_reset_farther_away_than_its_window_is_long_is_not_believed() {
    let year_2096 = 3_976_214_400.0;
    let milliseconds = reset(20.0) * 1000.0;
    let digits_400 = f64::INFINITY;
    for absurd in [year_2096, milliseconds, digits_400, reset(-6.0)] {
        let window = [60.0, 0.0, absurd];
        assert_eq!(Report::new(window, window, SERVER_NOW), Report::default());
    }
    let window = [60.0, 0.0, reset(66.0)];
    let report = Report::new(window, window, SERVER_NOW);
    assert_eq!(report, hour(60.0, 0.0, 66_000.0));
    let window = [60.0, 0.0, reset(3_606.0)];
    assert_eq!(Report::new(window, window, SERVER_NOW), Report::default());
}

#[test]
fn whole_seconds_make_no_reset_absurd() {
    let [minute, hour] = [reset(62.0), reset(3_602.0)].map(|reset| [60.0, 0.0, reset]);
    let report = Report::new(minute, hour, SERVER_NOW);
    assert_eq!(report.minute.expect("a minute").reset_in, MINUTE);
    assert_eq!(report.hour.expect("an hour").reset_in, HOUR);
    let past = [60.0, 0.0, reset(-1.0)];
    let report = Report::new(past, ABSENT, SERVER_NOW);
    assert_eq!(report.minute.expect("a minute").reset_in, 0.0);
}

#[test]
fn an_absurd_report_does_not_outlive_the_next_sound_one() {
    for absurd in [3_976_214_400.0, reset(20.0) * 1000.0, f64::INFINITY] {
        let mut pacer = Pacer::default();
        let absurd = [60.0, 0.0, absurd];
        call(&mut pacer, Report::new(absurd, absurd, SERVER_NOW), 0.0);
        let sound = [60.0, 2.0, reset(20.0)];
        call(&mut pacer, Report::new(sound, sound, SERVER_NOW), 1_000.0);
        assert_eq!(burst(&mut pacer, 1_000.0), 2);
        assert_eq!(
            pacer.wait(1_000.0),
            wait(21_000.0, WindowName::Minute),
            "both windows end then: the minute's is named"
        );
    }
}

#[test]
fn an_unknown_limit_lets_everything_through() {
    assert_eq!(burst(&mut Pacer::default(), 0.0), 100);
}

#[test]
fn nothing_is_let_through_until_the_window_ends() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(3.0, 1.0, 10_000.0), 0.0);
    let permit = admit(&mut pacer, 0.0);
    assert_eq!(pacer.wait(9_999.0), wait(10_000.0, WindowName::Minute));
    pacer.finish(permit, minute(3.0, 0.0, 1.0), 9_999.0);
    assert_eq!(pacer.wait(9_999.0), wait(10_000.0, WindowName::Minute));
    assert_eq!(burst(&mut pacer, 10_000.0), 3);
    assert_eq!(pacer.wait(10_000.0), wait(70_000.0, WindowName::Minute));
}

#[test]
fn a_delay_is_never_longer_than_its_window() {
    let mut pacer = Pacer::default();
    let now = 3_862_700.124_337_721;
    call(&mut pacer, hour(3.0, 0.0, HOUR), now);
    let wait = pacer.wait(now).expect("a wait");
    assert!(wait.until - now > HOUR, "rounded up");
    assert_eq!(wait.delay(now), HOUR);
    assert_eq!(wait.delay(now + 0.5), HOUR);
    assert_eq!(wait.delay(now + HOUR + 1.0), 0.0);
}

#[test]
fn the_longer_of_two_waits_counts() {
    let both = |in_minute, in_hour| Report {
        minute: minute(3.0, 0.0, in_minute).minute,
        hour: hour(3.0, 0.0, in_hour).hour,
    };
    let mut pacer = Pacer::default();
    call(&mut pacer, both(10_000.0, 90_000.0), 0.0);
    assert_eq!(pacer.wait(0.0), wait(90_000.0, WindowName::Hour));
    let mut pacer = Pacer::default();
    call(&mut pacer, both(10_000.0, 9_000.0), 0.0);
    assert_eq!(pacer.wait(0.0), wait(10_000.0, WindowName::Minute));
    assert_eq!(WindowName::Minute.name(), "minute");
    assert_eq!(WindowName::Hour.name(), "hour");
}

#[test]
fn an_overtaken_response_changes_nothing() {
    for (newest, overtaken, admitted) in [(0.0, 3.0, 0), (3.0, 0.0, 3)] {
        let mut pacer = Pacer::default();
        let (first, second) = (admit(&mut pacer, 0.0), admit(&mut pacer, 0.0));
        pacer.finish(second, minute(3.0, newest, 55_000.0), 10_000.0);
        pacer.finish(first, minute(3.0, overtaken, 0.0), 10_000.0);
        assert_eq!(burst(&mut pacer, 10_000.0), admitted);
        assert_eq!(pacer.wait(10_000.0), wait(65_000.0, WindowName::Minute));
    }
}

#[test]
fn an_earlier_request_that_reached_the_next_window_counts_there() {
    let mut pacer = Pacer::default();
    let (first, second) = (admit(&mut pacer, 0.0), admit(&mut pacer, 0.0));
    pacer.finish(second, minute(3.0, 1.0, 1_000.0), 0.0);
    pacer.finish(first, minute(3.0, 2.0, 60_000.0), 2_000.0);
    assert_eq!(burst(&mut pacer, 2_000.0), 2);
}

#[test]
fn requests_in_flight_when_a_window_ends_may_count_in_the_next() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(3.0, 3.0, 10_000.0), 0.0);
    let permits = [admit(&mut pacer, 9_000.0), admit(&mut pacer, 9_000.0)];
    let third = admit(&mut pacer, 11_000.0);
    assert!(pacer.admit(11_000.0).is_err());
    // They counted in the window that has ended.
    for permit in permits {
        pacer.finish(permit, minute(3.0, 1.0, 0.0), 11_000.0);
    }
    assert_eq!(burst(&mut pacer, 11_000.0), 2);
    pacer.finish(third, minute(3.0, 0.0, 58_000.0), 12_000.0);
    assert_eq!(pacer.wait(12_000.0), wait(70_000.0, WindowName::Minute));
}

#[test]
fn latency_and_whole_seconds_make_no_new_window() {
    let mut pacer = Pacer::default();
    let permits = [0.0; 3].map(|now| admit(&mut pacer, now));
    let reports = [(1.0, 10_000.0), (0.0, 13_000.0), (2.0, 9_000.0)];
    for (permit, (remaining, reset_in)) in permits.into_iter().zip(reports) {
        pacer.finish(permit, minute(3.0, remaining, reset_in), 0.0);
    }
    assert_eq!(pacer.wait(0.0), wait(10_000.0, WindowName::Minute));
}

#[test]
fn concurrent_requests_that_all_have_responses_cost_nothing_more() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(60.0, 59.0, 50_000.0), 0.0);
    let permits: Vec<_> = (0..10).map(|_| admit(&mut pacer, 0.0)).collect();
    for (count, permit) in (0_u8..10).zip(permits).rev() {
        let remaining = 58.0 - f64::from(count);
        pacer.finish(permit, minute(60.0, remaining, 49_000.0), 1_000.0);
    }
    assert_eq!(burst(&mut pacer, 1_000.0), 49);
}

#[test]
fn a_reset_that_goes_back_counts() {
    let mut pacer = Pacer::default();
    call(&mut pacer, hour(60.0, 1.0, 3_000_000.0), 0.0);
    call(&mut pacer, hour(60.0, 50.0, 200_000.0), 1_000.0);
    assert_eq!(burst(&mut pacer, 1_000.0), 50);
    assert_eq!(pacer.wait(1_000.0), wait(201_000.0, WindowName::Hour));
}

#[test]
fn a_reset_that_goes_back_counts_among_concurrent_requests_too() {
    let mut pacer = Pacer::default();
    call(&mut pacer, hour(60.0, 9.0, 3_000_000.0), 0.0);
    let mut in_flight = admit(&mut pacer, 0.0);
    for now in [1_000.0, 2_000.0, 3_000.0] {
        let next = admit(&mut pacer, now);
        pacer.finish(in_flight, hour(60.0, 50.0, 200_000.0 - now), now);
        in_flight = next;
    }
    assert_eq!(burst(&mut pacer, 3_000.0), 49, "and one is in flight");
}

#[test]
fn a_corrected_server_clock_changes_nothing() {
    for correction in [-7_200.0, -30.0, 30.0, 7_200.0] {
        let mut pacer = Pacer::default();
        let before = Report::new([3.0, 1.0, reset(40.0)], ABSENT, SERVER_NOW);
        call(&mut pacer, before, 0.0);
        let reset = reset(40.0 + correction);
        let server_now = SERVER_NOW + correction * 1000.0;
        let after = Report::new([3.0, 0.0, reset], ABSENT, server_now);
        call(&mut pacer, after, 0.0);
        assert_eq!(pacer.wait(0.0), wait(40_000.0, WindowName::Minute));
    }
}

#[test]
fn a_window_that_allows_nothing_is_tried_once_each_time() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(0.0, 0.0, 10_000.0), 0.0);
    assert!(pacer.admit(9_000.0).is_err());
    let permit = admit(&mut pacer, 10_000.0);
    assert!(pacer.admit(10_000.0).is_err());
    pacer.finish(permit, minute(0.0, 0.0, 60_000.0), 10_000.0);
    assert_eq!(pacer.wait(10_000.0), wait(70_000.0, WindowName::Minute));
}

#[test]
fn a_request_without_a_report_counts_until_a_newer_one_reports() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(9.0, 8.0, 50_000.0), 0.0);
    let (aborted, other) = (admit(&mut pacer, 0.0), admit(&mut pacer, 0.0));
    pacer.finish(aborted, Report::default(), 0.0);
    // The server may have made this report before it counted the aborted request.
    pacer.finish(other, minute(9.0, 7.0, 50_000.0), 0.0);
    let permits: Vec<_> = (0..6).map(|_| admit(&mut pacer, 0.0)).collect();
    assert!(pacer.admit(0.0).is_err());
    for permit in permits {
        pacer.cancel(permit);
    }
    call(&mut pacer, minute(9.0, 6.0, 50_000.0), 0.0);
    assert_eq!(burst(&mut pacer, 0.0), 6);
}

#[test]
fn a_request_without_a_report_that_ends_after_its_window_counts_in_the_next() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(3.0, 3.0, 10_000.0), 0.0);
    let permit = admit(&mut pacer, 9_000.0);
    pacer.finish(permit, Report::default(), 11_000.0);
    assert_eq!(burst(&mut pacer, 11_000.0), 2);
}

#[test]
fn a_request_that_was_not_sent_spends_nothing() {
    let mut pacer = Pacer::default();
    call(&mut pacer, minute(3.0, 2.0, 50_000.0), 0.0);
    for _ in 0..10 {
        let permit = admit(&mut pacer, 0.0);
        pacer.cancel(permit);
    }
    assert_eq!(burst(&mut pacer, 0.0), 2);
}
