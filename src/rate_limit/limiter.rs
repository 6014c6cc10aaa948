//! What keeps the rate limits, for the tests: the pacer of a client, and the script by which clients share them in Redis. Both
//! have the same rules.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use redis::{Connection, FromRedisValue, Script, ScriptInvocation};

use super::*;

/// Keeps the rate limits. Times are those of its own clock, in milliseconds.
pub trait Limiter {
    /// Stands for a request in flight.
    type Permit;

    /// A limiter that knows nothing. The request of a process that has died is forgotten after the lease, in milliseconds.
    fn new(lease: f64) -> Self;

    /// Lets one request through, or says what it must wait for.
    fn admit(&mut self, now: f64) -> Result<Self::Permit, Wait>;

    /// The request has its response.
    fn finish(&mut self, permit: Self::Permit, report: RateLimitReport, now: f64);

    /// The request has ended without one.
    fn fail(&mut self, permit: Self::Permit, now: f64);

    /// The request was not sent.
    fn cancel(&mut self, permit: Self::Permit, now: f64);

    /// The process that sent the request has died.
    fn crash(&mut self, permit: Self::Permit, now: f64);

    /// What the next request must wait for; `None` where it may be sent.
    fn wait(&mut self, now: f64) -> Option<Wait> {
        let permit = self.admit(now);
        permit.map(|permit| self.cancel(permit, now)).err()
    }

    /// How many requests are let through at once.
    fn burst(&mut self, now: f64) -> usize {
        (0..100).take_while(|_| self.admit(now).is_ok()).count()
    }
}

impl Limiter for Pacer {
    type Permit = Permit;

    fn new(_lease: f64) -> Self {
        Self::default()
    }

    fn admit(&mut self, now: f64) -> Result<Permit, Wait> {
        Pacer::admit(self, now)
    }

    fn finish(&mut self, permit: Permit, report: RateLimitReport, now: f64) {
        Pacer::finish(self, permit, report, now);
    }

    fn fail(&mut self, permit: Permit, now: f64) {
        Pacer::fail(self, permit, now);
    }

    fn cancel(&mut self, permit: Permit, _now: f64) {
        Pacer::cancel(self, permit);
    }

    /// Its pacer dies with it. A call that is dropped is the same to one that goes on.
    fn crash(&mut self, permit: Permit, now: f64) {
        Pacer::fail(self, permit, now);
    }
}

/// The script in Redis.
pub struct Shared {
    script: Script,
    connection: Connection,
    /// Of its keys.
    id: u32,
    lease: f64,
}

impl Shared {
    fn invoke<T: FromRedisValue>(&mut self, arguments: &[String], now: f64) -> T {
        let mut invocation: ScriptInvocation<'_> = self.script.prepare_invoke();
        for name in ["windows", "requests", "clients"] {
            invocation.key(format!("{{{}}}:{name}", self.id));
        }
        for argument in arguments {
            invocation.arg(argument);
        }
        invocation.arg(now);
        invocation
            .invoke(&mut self.connection)
            .expect("the script runs")
    }
}

impl Limiter for Shared {
    type Permit = String;

    fn new(lease: f64) -> Self {
        static IDS: AtomicU32 = AtomicU32::new(0);
        // Its clock is the tests', and it names the whole delay where a client would ask again before.
        let mut source = include_str!("../../pkg-template/src/redis/rate-limit.lua").to_owned();
        for (part, replacement) in [
            ("time[1] * 1000 + time[2] / 1000", "tonumber(ARGV[#ARGV])"),
            (
                "SHORTEST_POLL, LONGEST_POLL = 20, 1000",
                "SHORTEST_POLL, LONGEST_POLL = math.huge, math.huge",
            ),
        ] {
            assert!(source.contains(part), "the script has no {part}");
            source = source.replace(part, replacement);
        }
        let client = redis::Client::open(server()).expect("an address");
        Self {
            script: Script::new(&source),
            connection: client.get_connection().expect("a connection"),
            id: IDS.fetch_add(1, Ordering::Relaxed),
            lease,
        }
    }

    fn admit(&mut self, now: f64) -> Result<String, Wait> {
        let arguments = ["admit", "a client", &self.lease.to_string(), "0"].map(String::from);
        let result: Vec<String> = self.invoke(&arguments, now);
        match &result[..] {
            [is_admitted, permit, ..] if is_admitted == "1" => Ok(permit.clone()),
            [_, delay, window, ..] => Err(Wait {
                until: now + delay.parse::<f64>().expect("a delay"),
                window: [WindowName::Minute, WindowName::Hour, WindowName::RetryAfter]
                    .into_iter()
                    .find(|known| known.name() == window)
                    .expect("a window"),
            }),
            _ => panic!("{result:?}"),
        }
    }

    fn finish(&mut self, permit: String, report: RateLimitReport, now: f64) {
        let [windows @ .., retry_after] = report.numbers();
        let text = |number: f64| {
            if number.is_nan() {
                String::new()
            } else {
                number.to_string()
            }
        };
        let mut arguments = vec!["finish".into(), permit, text(retry_after)];
        arguments.extend(windows.map(text));
        self.invoke::<()>(&arguments, now);
    }

    fn fail(&mut self, permit: String, now: f64) {
        self.finish(permit, RateLimitReport::default(), now);
    }

    fn cancel(&mut self, permit: String, now: f64) {
        self.invoke::<()>(&["cancel".into(), permit], now);
    }

    /// Its lease ends by itself.
    fn crash(&mut self, _permit: String, _now: f64) {}
}

/// The address of a Redis of the tests' own, which ends with them.
fn server() -> String {
    static PORT: OnceLock<u16> = OnceLock::new();
    let port = PORT.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        // The shell ends the server when these tests end, and with them its standard input.
        let script = format!(
            "$(command -v redis-server || command -v valkey-server) --port {port} \
             --bind 127.0.0.1 --save '' --appendonly no & cat; kill $!"
        );
        let shell = Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        std::mem::forget(shell.expect("a shell"));
        let client = redis::Client::open(format!("redis://127.0.0.1:{port}")).expect("an address");
        for _ in 0..100 {
            if client.get_connection().is_ok() {
                return port;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!(
            "The script of the rate limit is tested in a real Redis: install redis-server \
             or valkey-server, or run `npm test`, which does so where it can."
        );
    });
    format!("redis://127.0.0.1:{port}")
}
