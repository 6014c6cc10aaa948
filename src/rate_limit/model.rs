//! A model of a server and of a network, against which the pacer is tested.

use proptest::prelude::*;

use super::*;

/// No response of the model is longer on its way than this.
const LONGEST_RESPONSE: f64 = 25_000.0;

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
    fn receive(&mut self, now: f64) -> (bool, Report) {
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
        (is_counted, Report::new(minute, hour, date))
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
        3 => (0.0..20_000.0).prop_map(Step::Pass),
        1 => prop_oneof![Just(60_000.0), Just(3_600_000.0), 0.0..4_000_000.0].prop_map(Step::Pass),
        1 => (-1e7..1e7).prop_map(Step::CorrectClock),
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
fn check_wait(pacer: &mut Pacer, now: f64) -> Result<(), TestCaseError> {
    if let Some(wait) = pacer.wait(now) {
        let length = match wait.window {
            WindowName::Minute => MINUTE,
            WindowName::Hour => HOUR,
        };
        // The sum of two floats may be rounded up.
        let delay = wait.until - now;
        prop_assert!(
            delay > 0.0 && delay < length + 0.001,
            "a wait of {delay} ms"
        );
        prop_assert!((1.0..=length).contains(&wait.delay(now)));
    }
    Ok(())
}

/// A client with concurrent requests.
#[derive(Default)]
struct Client {
    pacer: Pacer,
    now: f64,
    /// With each, whether a report had been read when it was sent.
    requests: Vec<(Permit, bool)>,
    /// With each, when it was sent.
    responses: Vec<(Permit, Report, f64)>,
    has_report: bool,
}

impl Client {
    fn receive(&mut self, index: usize, server: &mut Server) -> Result<(), TestCaseError> {
        let (permit, had_report) = self.requests.swap_remove(index);
        let (is_counted, report) = server.receive(self.now);
        prop_assert!(is_counted || !had_report, "more than a window allows");
        self.responses.push((permit, report, self.now));
        Ok(())
    }

    fn respond(&mut self, index: usize) {
        let (permit, report, _) = self.responses.swap_remove(index);
        self.pacer.finish(permit, report, self.now);
        self.has_report = true;
    }

    fn pass(&mut self, milliseconds: f64) {
        let until = self.now + milliseconds;
        while let Some(index) = (0..self.responses.len())
            .filter(|index| self.responses[*index].2 + LONGEST_RESPONSE < until)
            .min_by(|a, b| self.responses[*a].2.total_cmp(&self.responses[*b].2))
        {
            self.now = self.now.max(self.responses[index].2 + LONGEST_RESPONSE);
            self.respond(index);
        }
        self.now = until;
    }

    fn step(&mut self, step: Step, server: &mut Server) -> Result<(), TestCaseError> {
        match step {
            Step::Send => {
                if let Ok(permit) = self.pacer.admit(self.now) {
                    self.requests.push((permit, self.has_report));
                }
            }
            Step::Receive(index) if !self.requests.is_empty() => {
                self.receive(index.index(self.requests.len()), server)?;
            }
            Step::Respond(index) if !self.responses.is_empty() => {
                self.respond(index.index(self.responses.len()));
            }
            Step::Receive(_) | Step::Respond(_) => {}
            Step::Pass(milliseconds) => self.pass(milliseconds),
            Step::CorrectClock(correction) => server.clock = 1.75e12 + correction,
        }
        check_wait(&mut self.pacer, self.now)
    }
}

proptest! {
    #[test]
    fn no_window_gets_more_than_it_allows(
        mut server in server(),
        steps in prop::collection::vec(step(), 1..200),
    ) {
        let mut client = Client::default();
        for step in steps {
            client.step(step, &mut server)?;
        }
        // Once no request is in flight, the next one waits for a window at most.
        while !client.requests.is_empty() {
            client.receive(0, &mut server)?;
        }
        while !client.responses.is_empty() {
            client.respond(0);
        }
        let Client { mut pacer, mut now, .. } = client;
        if let Some(wait) = pacer.wait(now) {
            now = wait.until;
        }
        // And in turn, all that the server allows is used.
        let permit = pacer.admit(now);
        prop_assert!(permit.is_ok(), "stuck");
        let (is_counted, report) = server.receive(now);
        prop_assert!(is_counted, "more than a window allows");
        permit.into_iter().for_each(|permit| pacer.finish(permit, report, now));
        let remaining = [report.minute, report.hour].map(|window| window.map_or(0.0, |window| window.remaining));
        let admitted = (0..100).take_while(|_| pacer.admit(now).is_ok()).count();
        prop_assert_eq!(admitted as f64, remaining[0].min(remaining[1]));
    }

    /// Whatever responses report, and in whichever order.
    #[test]
    fn no_report_stops_a_client_for_longer_than_a_window(
        calls in prop::collection::vec((any::<[f64; 3]>(), any::<[f64; 3]>(), 0.0..1e10, any::<bool>(), 0.0..1e5), 1..50),
        near in prop::collection::vec((0.0..5.0, 0.0..5.0, -10.0..4_000.0), 50),
    ) {
        let (mut pacer, mut now) = (Pacer::default(), 0.0);
        let mut in_flight = Vec::new();
        for ((minute, hour, server_now, is_sound, elapsed), (limit, remaining, reset_in)) in calls.into_iter().zip(near) {
            in_flight.extend(pacer.admit(now));
            in_flight.extend(pacer.admit(now));
            let sound: [f64; 3] = [limit, remaining, server_now / 1000.0 + reset_in];
            let sound = sound.map(f64::floor);
            let report = if is_sound {
                Report::new(sound, sound, server_now)
            } else {
                Report::new(minute, hour, server_now)
            };
            if let Some(permit) = in_flight.pop() {
                pacer.finish(permit, report, now);
            }
            check_wait(&mut pacer, now)?;
            now += elapsed;
        }
        for permit in in_flight {
            pacer.finish(permit, Report::default(), now);
        }
        check_wait(&mut pacer, now)?;
        if let Some(wait) = pacer.wait(now) {
            now = wait.until;
        }
        prop_assert!(pacer.admit(now).is_ok(), "stuck");
    }
}
