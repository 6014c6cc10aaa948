//! One rate-limit window: what the responses' reports say of it, put together.

use super::{MINUTE, ReportedWindow};

/// How much two resets of one window may differ in the server's own words, in milliseconds: they are whole seconds.
const WHOLE_SECONDS: f64 = 1_500.0;

/// How much two responses may differ in what the clock is ahead of the server's, in milliseconds, where that has not been corrected.
const STEADY: f64 = 10_000.0;

/// What is known of a window. Times are milliseconds of a monotonic clock; infinite is what nothing is known of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    length: f64,
    limit: f64,
    /// How many requests the reports leave, before those are subtracted that a report may not include.
    remaining: f64,
    reset_at: f64,
    /// The reset of the window that was reported last.
    reported_reset_at: f64,
    /// The same in the server's own words.
    reported_reset: f64,
    /// What this clock was ahead of the server's then, in milliseconds; latency and whole seconds included.
    reported_ahead: f64,
    /// The request that had been sent last when this window ended by the clock.
    renewed_up_to: u64,
    /// The request that had been sent last when a report last changed this window. What a later one's response reports is newer.
    reported_up_to: u64,
    /// How many requests ended without a report: the server may have counted them.
    unreported: f64,
    /// When the last of them ended.
    unreported_at: f64,
    /// The request that had been sent last when one last ended so. What a later one's response reports includes them all.
    unreported_up_to: u64,
    /// How many clients share the window without knowing of one another's requests.
    clients: f64,
    /// How many of its requests are this client's.
    share: f64,
    /// How many of them have ended.
    spent: f64,
}

impl Window {
    /// A window of this length, of which nothing is known.
    pub(super) const fn unknown(length: f64) -> Self {
        Self {
            length,
            limit: f64::INFINITY,
            remaining: f64::INFINITY,
            reset_at: f64::INFINITY,
            reported_reset_at: f64::INFINITY,
            reported_reset: f64::NAN,
            reported_ahead: f64::NAN,
            renewed_up_to: 0,
            reported_up_to: 0,
            unreported: 0.0,
            unreported_at: 0.0,
            unreported_up_to: 0,
            clients: 1.0,
            share: f64::INFINITY,
            spent: 0.0,
        }
    }

    /// From now on so many clients share the window, and this one keeps to its part of what is left of it, then of the next ones.
    pub(super) fn share_among(&mut self, clients: f64) {
        if clients != self.clients {
            self.clients = clients;
            self.start_share(self.remaining - self.unreported, 0.0);
        }
    }

    fn start_share(&mut self, requests: f64, least: f64) {
        self.spent = 0.0;
        self.share = if self.clients > 1.0 {
            (requests / self.clients).floor().max(least)
        } else {
            f64::INFINITY
        };
    }

    /// Until when nothing may be sent. Requests in flight are subtracted, whichever window the server will count them in.
    ///
    /// Those without a report may not have been counted, as in an outage: where they alone use the window up, one request is tried a
    /// minute after the last of them.
    pub(super) fn wait(&self, in_flight: f64, now: f64) -> Option<f64> {
        if self.share - self.spent - in_flight < 1.0 {
            return Some(self.reset_at);
        }
        if self.remaining - self.unreported - in_flight >= 1.0 {
            return None;
        }
        if self.remaining >= 1.0 && in_flight == 0.0 {
            let trial = self.unreported_at + MINUTE;
            return (trial > now).then_some(self.reset_at.min(trial));
        }
        Some(self.reset_at)
    }

    /// After its end, the window starts again with all that it allows, until a response reports the next one. One that allows
    /// nothing is tried once each time, or a better limit would never be known.
    pub(super) fn renew(&mut self, last_sent: u64, now: f64) {
        if self.reset_at <= now {
            self.renewed_up_to = last_sent;
            self.remaining = self.limit.max(1.0);
            self.unreported = 0.0;
            self.reset_at = now + self.length;
            self.start_share(self.remaining, 1.0);
        }
    }

    /// Whether the window that was reported last has ended, and this stands for the next one.
    fn is_next(&self) -> bool {
        self.reset_at != self.reported_reset_at
    }

    /// A request has ended, with this report of the window or with none. Requests are numbered in the order in which they were
    /// sent; `last_sent` is the newest.
    ///
    /// A request that was sent after a report had arrived reached the server after that report was made: its own report
    /// replaces it, whatever it says. Requests that were in flight together may have reached the server in any order. Of their
    /// reports, the later window counts, and of the same window the one that leaves less.
    pub(super) fn learn(
        &mut self,
        request: u64,
        report: Option<ReportedWindow>,
        last_sent: u64,
        now: f64,
    ) {
        self.spent += 1.0;
        let Some(report) = report else {
            self.unreported += 1.0;
            self.unreported_at = now;
            self.unreported_up_to = last_sent;
            // Of a window that nothing is known of, the requests are forgotten as those of a known one are.
            self.reset_at = self.reset_at.min(now + self.length);
            return;
        };
        if request > self.unreported_up_to {
            self.unreported = 0.0;
        }
        // Latency and whole seconds make two reports of one window differ; those of two windows differ by its length.
        let reset_at = now + report.reset_in;
        let later_by = reset_at - self.reported_reset_at;
        let is_same = report.reset == self.reported_reset;
        // Its response was still on its way when that window ended.
        if is_same && self.is_next() && request <= self.renewed_up_to {
            return;
        }
        // The server's words tell shorter windows apart, unless its clock was corrected in between.
        let ahead = reset_at - report.reset * 1000.0;
        let is_steady = (ahead - self.reported_ahead).abs() <= STEADY;
        let words_later_by = (report.reset - self.reported_reset) * 1000.0;
        let half = self.length / 2.0;
        let is_later = !is_same && (later_by > half || is_steady && words_later_by > WHOLE_SECONDS);
        let is_earlier =
            !is_same && (later_by < -half || is_steady && words_later_by < -WHOLE_SECONDS);
        // A Reset is rounded up and a Date down, so that of two delays until one reset the shorter one is closer to it.
        let earliest = if is_same && !self.is_next() {
            reset_at.min(self.reset_at)
        } else {
            reset_at
        };
        if request > self.reported_up_to || is_later {
            let is_first = self.limit == f64::INFINITY;
            let is_start = is_later && !self.is_next();
            self.limit = report.limit;
            self.remaining = report.remaining;
            self.reset_at = earliest;
            self.reported_reset_at = earliest;
            self.reported_reset = report.reset;
            self.reported_ahead = ahead;
            self.reported_up_to = last_sent;
            if is_first {
                self.start_share(report.remaining, 0.0);
            } else if is_start {
                self.start_share(report.limit, 1.0);
                self.spent = 1.0;
            }
        } else if !is_earlier && !self.is_next() && report.remaining < self.remaining {
            self.remaining = report.remaining;
            self.reported_up_to = last_sent;
        }
    }
}
