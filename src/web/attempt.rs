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
use super::queue::{Candidate, Permit};
use super::response::{ResponseHead, no_response};
use super::store::{Applicant, Finishing};
use super::{api_error, body, request, trap};
use crate::api_key;
use crate::error::{Failure, InstaViewErrorType};
use crate::event::CallEvent;
use crate::issue::Issue;

impl Call {
    /// Waits for the rate limit, gets the key, sends the request, and reads the response.
    pub async fn attempt(&mut self, attempt: u32) -> Result<JsValue, Rejection> {
        let (mut permit, key) = self.admit().await?;
        let request = self.prepare(&key)?;
        self.attempts = attempt;
        self.announce()?;
        permit.mark_sent();
        let start = now();
        let response = self.send(&request).await?;
        let (head, finishing) = self
            .receive(&response, permit, start)
            .inspect_err(|_| body::discard(&response))?;
        let result = self.read(&response, &head).await;
        if let Some(finishing) = finishing
            && let Err(message) = finishing.done(&self.interrupts, &self.secrets).await
        {
            self.client.queue.fail_store(message, &self.events);
        }
        result.map_err(|rejection| with_head(rejection, head))
    }

    /// Waits for the rate limit, and gets the key: after the wait, because it may be a token that lives for seconds. A store knows the
    /// key by its hash, and is therefore asked with one.
    async fn admit(&mut self) -> Result<(Permit, String), Rejection> {
        let is_shared = self.settings.store.is_some();
        let mut key = String::new();
        let mut permit: Option<Permit> = None;
        loop {
            if is_shared || permit.is_some() {
                key = self.key().await?;
            }
            let had_turn = permit.is_some();
            if let Some(permit) = permit.take_if(|permit| permit.is_valid()) {
                return Ok((permit, key));
            }
            // Before it waits for another one.
            drop(permit);
            let (admitted, has_waited) = self.wait_for_permit(had_turn, &key).await?;
            if is_shared && !has_waited {
                return Ok((admitted, key));
            }
            permit = Some(admitted);
        }
    }

    /// The permit, and whether there was something to wait for.
    async fn wait_for_permit(
        &self,
        had_turn: bool,
        key: &str,
    ) -> Result<(Permit, bool), Rejection> {
        let settings = &self.settings;
        // A function may take as long to give the key as the request does.
        let timeouts = match settings.api_key {
            ApiKey::Function(_) => 2.0,
            _ => 1.0,
        };
        let applicant = |store| Applicant {
            store,
            text: [key, " ", &settings.base_url].concat(),
            lease: timeouts * f64::from(settings.timeout) + 1_000.0,
            secrets: &self.secrets,
        };
        let candidate = Candidate {
            interrupts: &self.interrupts,
            max_wait: settings.max_rate_limit_wait,
            events: &self.events,
            had_turn,
            applicant: settings.store.as_ref().map(applicant),
        };
        let admitted = self.client.queue.admit(&candidate).await;
        admitted.map_err(|rejection| self.not_admitted(rejection))
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
    ) -> Result<(ResponseHead, Option<Finishing>), Rejection> {
        let head = ResponseHead::read(response, &self.secrets, self.settings.is_browser)?;
        if head.rate_limit.is_some() {
            self.client.rate_limit.set(head.rate_limit);
        }
        let finishing = permit.finish(head.report);
        self.events.emit(|| CallEvent::Response {
            status: head.status,
            duration: (now() - start).round().max(0.0),
            attempt: self.attempts,
            request_id: head.request_id.clone(),
            rate_limit: head.rate_limit,
        });
        self.interrupts.check()?;
        Ok((head, finishing))
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
