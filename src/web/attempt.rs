//! One attempt of a call: a request, and what its response holds.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

use super::call::Call;
use super::environment::Environment;
use super::error::{Failed, Rejection, Thrown};
use super::interrupts::{AttemptDeadline, now};
use super::options::ApiKey;
use super::page::{self, Content};
use super::promise::Pending;
use super::queue::Permit;
use super::response::{ResponseHead, no_response};
use super::{api_error, body, request, trap};
use crate::api_key;
use crate::error::{Failure, InstaViewErrorType};
use crate::event::CallEvent;
use crate::issue::Issue;

impl Call {
    /// Waits for the rate limit, gets the key, sends the request, and reads the response.
    pub async fn attempt(&mut self, attempt: u32) -> Result<JsValue, Rejection> {
        let queue = self.client.queue.clone();
        let mut had_turn = false;
        let (mut permit, key) = loop {
            let max_wait = self.settings.max_rate_limit_wait;
            let admitted = queue.admit(&self.interrupts, max_wait, &self.events, had_turn);
            let admitted = admitted.await;
            let permit = admitted.map_err(|rejection| self.not_admitted(rejection))?;
            // After the wait, because a key may be a token that lives for seconds.
            let key = self.key().await?;
            if permit.is_valid() {
                break (permit, key);
            }
            had_turn = true;
        };
        let request = self.prepare(&key)?;
        self.attempts = attempt;
        self.announce()?;
        permit.mark_sent();
        let start = now();
        let response = self.send(&request).await?;
        let head = self
            .receive(&response, permit, start)
            .inspect_err(|_| body::discard(&response))?;
        let result = self.read(&response, &head).await;
        result.map_err(|rejection| with_head(rejection, head))
    }

    /// What the failure of a request that was not let through knows of the rate limit.
    fn not_admitted(&self, mut rejection: Rejection) -> Rejection {
        if let Rejection::Failed(failed) = &mut rejection {
            failed.failure.head.rate_limit = self.client.rate_limit.get();
        }
        rejection
    }

    /// What fetch is called with, and until when it has time.
    fn prepare(&self, key: &str) -> Result<PreparedRequest, Rejection> {
        let (deadline, signal) = self
            .interrupts
            .start_attempt()
            .map_err(|thrown| self.unsupported("AbortController", &thrown))?;
        let headers = match &self.settings.headers {
            None => self.client.prepared_headers.get(key),
            given => request::headers(given.as_ref(), key),
        };
        let headers = headers.map_err(|thrown| self.unsupported("Headers", &thrown))?;
        Ok(PreparedRequest {
            init: request::init(&headers, &signal),
            fetch: self.fetch()?,
            _deadline: deadline,
        })
    }

    /// Emits the event of the request, whose listeners may abort the call.
    fn announce(&self) -> Result<(), Rejection> {
        self.events.emit(|| CallEvent::Request {
            method: "GET",
            url: self.url.clone(),
            attempt: self.attempts,
        });
        self.interrupts.check()
    }

    /// Reads the head of the response, for the rate limit and for the event.
    fn receive(
        &self,
        response: &JsValue,
        permit: Permit,
        start: f64,
    ) -> Result<ResponseHead, Rejection> {
        let head = ResponseHead::read(response, &self.secrets, self.settings.is_browser)?;
        if head.rate_limit.is_some() {
            self.client.rate_limit.set(head.rate_limit);
        }
        permit.finish(head.report);
        self.events.emit(|| CallEvent::Response {
            status: head.status,
            duration: (now() - start).round().max(0.0),
            attempt: self.attempts,
            request_id: head.request_id.clone(),
            rate_limit: head.rate_limit,
        });
        self.interrupts.check()?;
        Ok(head)
    }

    /// The key for an attempt; empty where a backend of the caller's own adds it. A function has `timeout` to give it.
    async fn key(&mut self) -> Result<String, Rejection> {
        let function = match &self.settings.api_key {
            ApiKey::None => return Ok(String::new()),
            ApiKey::Text(key) => return Ok(key.clone()),
            ApiKey::Function(function) => function,
        };
        let result = {
            let _deadline = self.interrupts.start_deadline();
            let promise = Pending::call0(function, &JsValue::UNDEFINED);
            self.interrupts.settled(&promise).await?
        };
        trap::at("key");
        let key = result.map_err(|thrown| self.key_function_failed(&thrown))?;
        let key = key.as_string().ok_or("a value of another type");
        let key = key.and_then(|key| api_key::check(&key).map(|()| key));
        let key = key.map_err(|received| {
            let issue = Issue::new("apiKey", api_key::EXPECTED, received);
            Failure::from_issues(InstaViewErrorType::Configuration, vec![issue])
        })?;
        self.secrets.push(&key);
        Ok(key)
    }

    /// What it threw is the cause, unless there may be a key in it.
    fn key_function_failed(&self, thrown: &JsValue) -> Rejection {
        let message = "The apiKey function failed";
        let failure = Failure::new(InstaViewErrorType::Configuration, message);
        let mut failed = Failed::from(failure);
        let thrown = Thrown::read(thrown);
        if !thrown.may_hold_key() {
            failed.cause = thrown.redacted(&self.secrets);
        }
        failed.into()
    }

    /// The caller's fetch, or the global one, looked up at each attempt.
    fn fetch(&self) -> Result<Function, Rejection> {
        match &self.settings.fetch {
            Some(fetch) => Ok(fetch.clone()),
            None => Environment::current()
                .fetch()
                .map_err(|found| self.unsupported("fetch", &found)),
        }
    }

    /// Calls fetch, and waits for its response. One that arrives after an interruption is cancelled.
    async fn send(&self, request: &PreparedRequest) -> Result<JsValue, Rejection> {
        let PreparedRequest { fetch, init, .. } = request;
        let fetched = Pending::call_fetch(fetch, &JsValue::UNDEFINED, &self.url, init);
        let settled = self.interrupts.settled(&fetched).await;
        trap::at("response");
        settled
            .inspect_err(|_| body::discard(&fetched))?
            .map_err(|thrown| no_response(&thrown, &self.secrets, self.settings.is_browser))
    }

    /// What the response holds: a page, an error of the API, or neither.
    async fn read(&self, response: &JsValue, head: &ResponseHead) -> Result<JsValue, Rejection> {
        if head.is_redirect() {
            body::discard(response);
            let message = "The server redirects: give the final address as `baseUrl`, not ";
            let message = [message, &self.settings.base_url].concat();
            return Err(Failure::new(InstaViewErrorType::Http, &message).into());
        }
        let bytes = match body::read(response, &self.interrupts, &self.secrets).await {
            // The status of an error says enough, whatever became of the body.
            Err(Rejection::Failed(_)) if !head.is_success() => Vec::new(),
            result => result?,
        };
        if !head.is_success() {
            let text = page::decode_utf8(&bytes)
                .map(String::from)
                .unwrap_or_default();
            return Err(api_error::failed(head.status, &text, &self.secrets).into());
        }
        match page::decode(&bytes, &self.secrets)? {
            Content::Page(page) => Ok(page),
            Content::ApiError(text) => {
                Err(api_error::failed(head.status, &String::from(text), &self.secrets).into())
            }
            Content::Violations(page, issues) if self.settings.is_lenient => {
                self.events.emit(|| CallEvent::ContractViolation {
                    issues: issues.clone(),
                });
                self.interrupts.check()?;
                Ok(page)
            }
            Content::Violations(_, issues) => Err(page::violation(issues).into()),
        }
    }

    fn unsupported(&self, name: &str, cause: &JsValue) -> Rejection {
        let message = ["This platform has no usable ", name].concat();
        Rejection::caused_by(
            cause,
            InstaViewErrorType::Configuration,
            &message,
            &self.secrets,
        )
    }
}

/// A request that is ready to be sent.
struct PreparedRequest {
    fetch: Function,
    init: RequestInit,
    /// It and its response have time until this is dropped.
    _deadline: AttemptDeadline,
}

/// The failure of a response, with what its head says.
fn with_head(mut rejection: Rejection, head: ResponseHead) -> Rejection {
    if let Rejection::Failed(failed) = &mut rejection {
        let facts = &mut failed.failure.head;
        facts.status = (head.status != 0).then_some(head.status);
        facts.retry_after = longer(facts.retry_after, head.retry_after);
        facts.request_id = head.request_id;
        facts.rate_limit = head.rate_limit;
    }
    rejection
}

/// Of two delays that the server names, the longer.
fn longer(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}
