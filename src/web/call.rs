//! A call: attempts, until one gives a page or another one makes no sense.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Math, Promise};
use wasm_bindgen::prelude::*;

use super::error::{Failed, Rejection};
use super::event::Events;
use super::interrupts::{Interrupts, Signal, now};
use super::options::{ApiKey, Settings};
use super::promise::Pending;
use super::queue::RateLimitQueue;
use super::request::PreparedHeaders;
use super::task;
use crate::api_key::Secrets;
use crate::error::{Failure, InstaViewErrorType};
use crate::event::CallEvent;
use crate::rate_limit::{RateLimit, Wait, WindowName};
use crate::retry::RetryPolicy;

/// What the calls of one client share.
#[derive(Default)]
pub struct ClientState {
    /// Where they wait for the rate limit.
    pub queue: Rc<RateLimitQueue>,
    /// The headers of their requests.
    pub prepared_headers: PreparedHeaders,
    /// The rate limit as the server last reported it.
    pub rate_limit: Cell<Option<RateLimit>>,
}

/// A call that is under way.
pub struct Call {
    pub(super) client: Rc<ClientState>,
    pub(super) settings: Rc<Settings>,
    pub(super) url: String,
    pub(super) interrupts: Interrupts,
    pub(super) events: Events,
    /// The keys of all attempts.
    pub(super) secrets: Secrets,
    /// Attempts made.
    pub(super) attempts: u32,
}

/// Starts a call, of the page that the settings name, or of another one for a listing: that is given with its number of attempts. It
/// ends when one of these signals is aborted.
pub fn start(
    client: Rc<ClientState>,
    settings: Result<Rc<Settings>, Box<Failure>>,
    events: Option<Events>,
    page: Option<u32>,
    cancelled: Option<Signal>,
) -> Promise {
    task::promise(async move {
        let settings = settings.map_err(Rejection::from)?;
        let events = events.unwrap_or_else(|| Events::new(settings.listeners.clone()));
        let call = Call::new(client, settings, events, page, cancelled)?;
        let (page_object, attempts) = call.run().await?;
        // A listing may find that the page shows a change, and fail with its attempts.
        Ok(match page {
            Some(_) => Array::of2(&page_object, &attempts.into()).into(),
            None => page_object,
        })
    })
}

impl Call {
    fn new(
        client: Rc<ClientState>,
        settings: Rc<Settings>,
        events: Events,
        page: Option<u32>,
        cancelled: Option<Signal>,
    ) -> Result<Self, Rejection> {
        let mut secrets = Secrets::default();
        if let ApiKey::Text(key) = &settings.api_key {
            secrets.push(key);
        }
        let signal = settings.signal.clone().map(JsValue::unchecked_into);
        let interrupts = Interrupts::new(settings.timeout, [signal, cancelled])?;
        Ok(Self {
            url: settings.url(page),
            client,
            settings,
            interrupts,
            events,
            secrets,
            attempts: 0,
        })
    }

    /// The page, and the attempts that were made for it.
    async fn run(mut self) -> Result<(JsValue, u32), Rejection> {
        match self.run_attempts().await {
            Ok(page) => Ok((page, self.attempts)),
            Err(Rejection::Failed(mut failed)) => {
                // Whatever failed because of an abort, or after it: only a timeout came first.
                let is_timeout = failed.failure.r#type == InstaViewErrorType::Timeout;
                if let (false, Some(reason)) = (is_timeout, self.interrupts.abort_reason()) {
                    return Err(Rejection::Aborted(reason));
                }
                failed.failure.attempts = self.attempts;
                Err(Rejection::Failed(failed))
            }
            Err(aborted) => Err(aborted),
        }
    }

    async fn run_attempts(&mut self) -> Result<JsValue, Rejection> {
        self.interrupts.check()?;
        loop {
            let attempt = self.attempts.saturating_add(1);
            let mut failed = match self.attempt(attempt).await {
                // What fails before it is sent is not tried again.
                Err(Rejection::Failed(failed)) if self.attempts == attempt => failed,
                result => return result,
            };
            let Some(delay) = self.retry_delay(&mut failed) else {
                return Err(Rejection::Failed(failed));
            };
            if let Some(reason) = self.interrupts.abort_reason() {
                return Err(Rejection::Aborted(reason));
            }
            self.events.emit(|| CallEvent::Retry {
                reason: failed.failure.r#type,
                delay,
                attempt,
            });
            self.interrupts.check()?;
            let retry_after = failed.failure.head.retry_after.unwrap_or_default();
            if retry_after > 0.0 && retry_after.ceil() >= delay {
                let until = now() + delay;
                let window = WindowName::RetryAfter;
                self.events.announce(&Wait { until, window }, delay);
            }
            let pending = Pending::until_released();
            self.interrupts.sleep(pending, Some(delay)).await?;
        }
    }

    /// Milliseconds until the next attempt; `None` where there is to be none.
    fn retry_delay(&self, failed: &mut Failed) -> Option<f64> {
        let failure = &mut failed.failure;
        let max_wait = f64::from(self.settings.max_rate_limit_wait);
        let policy = RetryPolicy {
            max_retries: self.settings.max_retries,
            max_wait,
        };
        let retries = self.attempts.saturating_sub(1);
        let window_wait = |after: f64| {
            let wait = self.client.queue.wait_after(after);
            wait.map_or(0.0, |wait| wait.delay(now() + after))
        };
        let delay = policy
            .delay(
                failure.is_transient,
                retries,
                failure.head.retry_after,
                Math::random(),
            )
            // The next attempt would fail because of its window, and hide what this response says.
            .filter(|delay| window_wait(*delay) <= max_wait);
        if delay.is_none() && failure.r#type == InstaViewErrorType::RateLimit {
            let wait = window_wait(0.0).max(failure.head.retry_after.unwrap_or_default());
            failure.head.retry_after = (wait > 0.0).then_some(wait).or(failure.head.retry_after);
        }
        delay
    }
}
