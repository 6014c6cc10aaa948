//! A model of a server and of a network, against which the pacer and the script that clients share are tested.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::limiter::{Limiter, Shared};
use super::*;

/// No request or response of the model is longer on its way than this.
const LONGEST_WAY: f64 = 25_000.0;

/// After this, a request is forgotten.
const LEASE: f64 = 2.0 * LONGEST_WAY + 1.0;

/// One window of the server, which ends by elapsed time, however its clock is corrected.
#[derive(Clone, Debug)]
struct ServerWindow {
    length: f64,
    limit: u32,
    /// When the first window starts, where windows follow one another without a gap; else each starts with its first request.
    phase: Option<f64>,
    used: u32,
    ends: f64,
}

impl ServerWindow {
    fn renew(&mut self, now: f64) {
        if now >= self.ends {
            let since_start = self
                .phase
                .map_or(0.0, |phase| (now - phase).rem_euclid(self.length));
            self.ends = now - since_start + self.length;
            self.used = 0;
        }
    }

    /// Limit, remaining, and reset in whole seconds.
    fn headers(&self, clock: f64) -> [f64; 3] {
        let remaining = f64::from(self.limit - self.used);
        let reset = ((self.ends + clock) / 1000.0).ceil();
        [f64::from(self.limit), remaining, reset]
    }
}

/// A server that counts a request when it arrives. `clock` is what its clock is ahead of the elapsed time.
#[derive(Clone, Debug)]
struct Server {
    minute: ServerWindow,
    hour: ServerWindow,
    clock: f64,
}

impl Server {
    /// Counts a request, unless a window has nothing left; then `false` goes with the report.
    fn receive(&mut self, now: f64) -> (bool, RateLimitReport) {
        let Self {
            minute,
            hour,
            clock,
        } = self;
        let windows = [minute, hour];
        let mut is_counted = true;
        let windows = windows.map(|window| {
            window.renew(now);
            is_counted &= window.used < window.limit;
            window
        });
        let [minute, hour] = windows.map(|window| {
            window.used += u32::from(is_counted);
            window.headers(*clock)
        });
        let date = ((now + *clock) / 1000.0).floor() * 1000.0;
        (is_counted, RateLimitReport::new(minute, hour, date))
    }
}

#[derive(Clone, Debug)]
enum Step {
    /// A request is sent, if the pacer lets it through.
    Send,
    /// One of the requests on their way reaches the server.
    Receive(prop::sample::Index),
    /// One of the responses on their way reaches the client.
    Respond(prop::sample::Index),
    /// The process that sent one of the requests on their way dies.
    Crash(prop::sample::Index),
    /// Milliseconds pass.
    Pass(f64),
    /// What the server's clock is ahead from now on.
    CorrectClock(f64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Send),
        5 => any::<prop::sample::Index>().prop_map(Step::Receive),
        5 => any::<prop::sample::Index>().prop_map(Step::Respond),
        1 => any::<prop::sample::Index>().prop_map(Step::Crash),
        3 => (0.0..20_000.0).prop_map(Step::Pass),
        1 => prop_oneof![Just(60_000.0), Just(3_600_000.0), 0.0..4_000_000.0].prop_map(Step::Pass),
        // By more than any response takes: what a correction of seconds does to a report that was overtaken, nobody can tell.
        1 => (-100..100).prop_map(|steps| Step::CorrectClock(f64::from(steps) * 100_000.0)),
    ]
}

fn window(length: f64, most: u32) -> impl Strategy<Value = ServerWindow> {
    (1..=most, prop::option::of(0.0..length)).prop_map(move |(limit, phase)| ServerWindow {
        length,
        limit,
        phase,
        used: 0,
        ends: f64::NEG_INFINITY,
    })
}

fn server() -> impl Strategy<Value = Server> {
    let clock = 1.7e12..1.8e12;
    (window(MINUTE, 5), window(HOUR, 20), clock).prop_map(|(minute, hour, clock)| Server {
        minute,
        hour,
        clock,
    })
}

/// A wait is in the future, and no longer than its window.
fn check_wait<L: Limiter>(limiter: &mut L, now: f64) -> Result<(), TestCaseError> {
    // Nobody knows when a request in flight ends.
    let wait = limiter.wait(now).filter(|wait| wait.until.is_finite());
    if let Some(wait) = wait {
        let length = match wait.window {
            WindowName::Minute => MINUTE,
            WindowName::Hour | WindowName::RetryAfter => HOUR,
        };
        // The script's delays are whole milliseconds, and the sum of two floats may be rounded up.
        let delay = wait.until - now;
        prop_assert!(
            delay > 0.0 && delay < length + 1.001,
            "a wait of {delay} ms"
        );
    }
    Ok(())
}

/// A request of the model.
struct Request<P> {
    permit: P,
    /// When it was sent, and when the server received it.
    at: f64,
    /// Whether a report had been read by then.
    had_report: bool,
}

/// Clients with concurrent requests.
struct Clients<L: Limiter> {
    limiter: L,
    now: f64,
    requests: Vec<Request<L::Permit>>,
    responses: Vec<(Request<L::Permit>, RateLimitReport)>,
    has_report: bool,
    /// How many requests lost their process: nobody knows in which window the server counted them, if it did.
    crashed: u32,
    /// How many requests the server refused though a report had been read before.
    refused: u32,
}

impl<L: Limiter> Clients<L> {
    fn new() -> Self {
        Self {
            limiter: L::new(LEASE),
            now: 0.0,
            requests: Vec::new(),
            responses: Vec::new(),
            has_report: false,
            crashed: 0,
            refused: 0,
        }
    }

    fn receive(&mut self, index: usize, server: &mut Server) -> Result<(), TestCaseError> {
        let mut request = self.requests.swap_remove(index);
        request.at = self.now;
        let (is_counted, report) = server.receive(self.now);
        self.refused += u32::from(!is_counted && request.had_report);
        // Each may be missing in the next window of both.
        prop_assert!(
            self.refused <= 2 * self.crashed,
            "more than a window allows"
        );
        self.responses.push((request, report));
        Ok(())
    }

    fn respond(&mut self, index: usize) {
        let (request, report) = self.responses.swap_remove(index);
        self.limiter.finish(request.permit, report, self.now);
        self.has_report = true;
    }

    /// The request that is on its way arrives all the same.
    fn crash(&mut self, index: usize, server: &mut Server) -> Result<(), TestCaseError> {
        self.receive(index, server)?;
        if let Some((request, _)) = self.responses.pop() {
            self.crashed += 1;
            self.limiter.crash(request.permit, self.now);
        }
        Ok(())
    }

    /// Whatever must have arrived by then arrives.
    fn pass(&mut self, milliseconds: f64, server: &mut Server) -> Result<(), TestCaseError> {
        let until = self.now + milliseconds;
        loop {
            let requests = self.requests.iter().map(|sent| sent.at).enumerate();
            let responses = self.responses.iter().map(|(received, _)| received.at);
            // What must arrive first does.
            let sooner = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
            let request = requests.min_by(sooner);
            let response = responses.enumerate().min_by(sooner);
            let is_request = match (request, response) {
                (Some(request), Some(response)) => request.1 <= response.1,
                (request, _) => request.is_some(),
            };
            let next = if is_request { request } else { response };
            let Some((index, at)) = next.filter(|(_, at)| at + LONGEST_WAY < until) else {
                break;
            };
            self.now = self.now.max(at + LONGEST_WAY);
            if is_request {
                self.receive(index, server)?;
            } else {
                self.respond(index);
            }
        }
        self.now = until;
        Ok(())
    }

    fn step(&mut self, step: Step, server: &mut Server) -> Result<(), TestCaseError> {
        match step {
            Step::Send => {
                if let Ok(permit) = self.limiter.admit(self.now) {
                    self.requests.push(Request {
                        permit,
                        at: self.now,
                        had_report: self.has_report,
                    });
                }
            }
            Step::Receive(index) if !self.requests.is_empty() => {
                self.receive(index.index(self.requests.len()), server)?;
            }
            Step::Respond(index) if !self.responses.is_empty() => {
                self.respond(index.index(self.responses.len()));
            }
            Step::Crash(index) if !self.requests.is_empty() => {
                self.crash(index.index(self.requests.len()), server)?;
            }
            Step::Receive(_) | Step::Respond(_) | Step::Crash(_) => {}
            Step::Pass(milliseconds) => self.pass(milliseconds, server)?,
            Step::CorrectClock(correction) => server.clock = 1.75e12 + correction,
        }
        check_wait(&mut self.limiter, self.now)
    }
}

fn check<L: Limiter, S: Strategy>(
    cases: u32,
    strategy: &S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    if let Err(error) = runner.run(strategy, property) {
        panic!("{error}");
    }
}

fn no_window_gets_more_than_it_allows<L: Limiter>(cases: u32) {
    let strategy = (server(), prop::collection::vec(step(), 1..200));
    check::<L, _>(cases, &strategy, |(mut server, steps)| {
        let mut clients = Clients::<L>::new();
        for step in steps {
            clients.step(step, &mut server)?;
        }
        // Once no request is in flight, the next one waits for a window at most.
        while !clients.requests.is_empty() {
            clients.receive(0, &mut server)?;
        }
        while !clients.responses.is_empty() {
            clients.respond(0);
        }
        // Those of processes that died are forgotten by then.
        clients.now += LEASE;
        if let Some(wait) = clients.limiter.wait(clients.now) {
            clients.now = wait.until;
        }
        // And in turn, all that the server allows is used.
        clients.step(Step::Send, &mut server)?;
        prop_assert_eq!(clients.requests.len(), 1, "stuck");
        clients.receive(0, &mut server)?;
        let Clients {
            mut limiter,
            now,
            mut responses,
            ..
        } = clients;
        let (request, report) = responses.swap_remove(0);
        limiter.finish(request.permit, report, now);
        let remaining = [report.minute, report.hour]
            .map(|window| window.map_or(0.0, |window| window.remaining));
        let admitted = limiter.burst(now);
        prop_assert_eq!(admitted as f64, remaining[0].min(remaining[1]));
        Ok(())
    });
}

/// Whatever responses report, and in whichever order.
fn no_report_stops_clients_for_longer_than_a_window<L: Limiter>(cases: u32) {
    let wild = (any::<[f64; 3]>(), any::<[f64; 3]>(), 0.0..1e10);
    let near = (0.0..5.0, 0.0..5.0, -10.0..4_000.0);
    let call = (wild, near, any::<bool>(), 0.0..1e5);
    let strategy = prop::collection::vec(call, 1..50);
    check::<L, _>(cases, &strategy, |calls| {
        let (mut limiter, mut now) = (L::new(LEASE), 0.0);
        let mut in_flight = Vec::new();
        for ((minute, hour, server_now), (limit, remaining, reset_in), is_sound, elapsed) in calls {
            in_flight.extend(limiter.admit(now));
            in_flight.extend(limiter.admit(now));
            let sound: [f64; 3] = [limit, remaining, server_now / 1000.0 + reset_in];
            let sound = sound.map(f64::floor);
            let report = if is_sound {
                RateLimitReport::new(sound, sound, server_now)
            } else {
                RateLimitReport::new(minute, hour, server_now)
            };
            if let Some(permit) = in_flight.pop() {
                limiter.finish(permit, report, now);
            }
            check_wait(&mut limiter, now)?;
            now += elapsed;
        }
        for permit in in_flight {
            limiter.fail(permit, now);
        }
        check_wait(&mut limiter, now)?;
        if let Some(wait) = limiter.wait(now) {
            now = wait.until;
        }
        prop_assert!(limiter.admit(now).is_ok(), "stuck");
        Ok(())
    });
}

/// Each property for the pacer, and for fewer cases of the script, each of which makes hundreds of round trips.
macro_rules! for_both {
    ($($name:ident,)*) => {
        mod pacer {
            $(#[test] fn $name() { super::$name::<super::Pacer>(256); })*
        }
        mod script {
            $(#[test] fn $name() { super::$name::<super::Shared>(64); })*
        }
    };
}

for_both! {
    no_window_gets_more_than_it_allows,
    no_report_stops_clients_for_longer_than_a_window,
}
