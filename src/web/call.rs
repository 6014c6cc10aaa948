//! A call from its options to its outcome.

use js_sys::{Date, Math};
use wasm_bindgen::prelude::*;

use super::attempt::{Attempt, Head};
use super::client::{Admission, Client};
use super::decode::{self, Decoded};
use super::events::Events;
use super::interrupt::Interrupt;
use super::outcome::{Failed, Rejection, outcome};
use super::settings::{Environment, Settings};
use super::sources::{Source, Sources};
use super::task::{Running, run};
use crate::event::{ClientEvent, WaitReason};
use crate::failure::{Failure, InstaViewErrorType};
use crate::issue::Issue;
use crate::retry;
use crate::text::concat;
use crate::value::Value;

/// The names that may be in a client's options.
const CLIENT: &[&str] = &[
    "apiKey",
    "baseUrl",
    "companyId",
    "keyType",
    "timeout",
    "maxRetries",
    "maxRateLimitWait",
    "validation",
    "fetch",
    "headers",
    "onEvent",
    "dangerouslyAllowBrowser",
];
/// The names of the API's parameters.
const PARAMS: &[&str] = &["page", "limit", "companyId"];
/// The names of a listing's parameters.
const LISTING: &[&str] = &["limit", "companyId", "concurrency", "consistency"];
/// The names of what a phone number is found by.
const CRITERIA: &[&str] = &[
    "capability",
    "status",
    "provider",
    "numberType",
    "custom",
    "where",
];
/// The names of what concerns one call alone.
const REQUEST: &[&str] = &["signal", "timeout", "maxRetries", "headers"];

/// How many phone numbers a page of a listing holds, where the caller does not say: as many as the API gives.
const DEFAULT_LISTING_LIMIT: u32 = 100;

/// `listPhoneNumbers`: everything in one object.
#[wasm_bindgen]
pub fn list_phone_numbers(options: JsValue, environment: Environment) -> Running {
    let sources = layers(vec![options], PARAMS);
    start(Client::new(), sources, None, environment)
}

#[wasm_bindgen]
impl Client {
    /// `InstaViewClient.listPhoneNumbers`: the client's options, the parameters and the options of this call.
    pub fn list_phone_numbers(
        &self,
        client: JsValue,
        params: JsValue,
        options: JsValue,
        environment: Environment,
    ) -> Running {
        let sources = layers(vec![client, params, options], PARAMS);
        start(self.clone(), sources, None, environment)
    }

    /// One page of a listing: of `given`, everything in one object, or a client's options, the parameters and the options
    /// of the call. The criteria are checked, not used. `ended` ends this page, as the caller's own signal does.
    pub fn list_page(
        &self,
        page: u32,
        #[wasm_bindgen(unchecked_param_type = "unknown[]")] given: JsValue,
        criteria: JsValue,
        #[wasm_bindgen(unchecked_param_type = "AbortSignal")] ended: JsValue,
        environment: Environment,
    ) -> Running {
        let given = (0..given.length()).map(|index| given.element(index));
        let mut sources = layers(given.collect(), LISTING);
        sources.push(Source::new(criteria, "criteria", &[CRITERIA]));
        start(self.clone(), sources, Some((page, ended)), environment)
    }
}

/// Everything in one object; or a client's options, the parameters and the options of the call.
fn layers(given: Vec<JsValue>, params: &[&'static str]) -> Vec<Source> {
    match <[JsValue; 3]>::try_from(given) {
        Ok([client, own, options]) => vec![
            Source::new(client, "options", &[CLIENT]),
            Source::new(own, "params", &[params]),
            Source::new(options, "options", &[REQUEST]),
        ],
        Err(given) => given
            .into_iter()
            .map(|options| Source::new(options, "options", &[params, CLIENT, REQUEST]))
            .collect(),
    }
}

fn start(
    client: Client,
    sources: Vec<Source>,
    listing: Option<(u32, JsValue)>,
    environment: Environment,
) -> Running {
    run(Box::pin(async move {
        outcome(call(&client, Sources::new(sources), listing, &environment).await)
    }))
}

async fn call(
    client: &Client,
    sources: Sources,
    listing: Option<(u32, JsValue)>,
    environment: &Environment,
) -> Result<JsValue, Rejection> {
    let mut settings = Settings::read(&sources, environment)?;
    let mut ended = JsValue::UNDEFINED;
    if let Some((page, signal)) = listing {
        settings.params.page = Some(page);
        settings.params.limit.get_or_insert(DEFAULT_LISTING_LIMIT);
        ended = signal;
    }
    let signals = [&settings.signal, &ended];
    let interrupt = Interrupt::new(signals, settings.timeout, environment).map_err(|_| {
        let issue = Issue::with_received("signal", "an AbortSignal", "an object that throws");
        Failure::of_issues(InstaViewErrorType::InvalidArgument, vec![issue])
    })?;
    interrupt.check()?;
    let call = Call {
        client,
        events: Events {
            listener: settings.on_event.clone(),
            environment,
        },
        interrupt,
        settings,
    };
    call.run().await
}

/// A call under way.
struct Call<'a> {
    client: &'a Client,
    settings: Box<Settings>,
    interrupt: Interrupt,
    events: Events<'a>,
}

impl Call<'_> {
    /// Makes attempts until one succeeds, or another one makes no sense.
    async fn run(&self) -> Result<JsValue, Rejection> {
        let mut attempts: u32 = 0;
        loop {
            let next = attempts.saturating_add(1);
            let mut failed = match self.attempt(next, &mut attempts).await {
                Err(Rejection::Failed(failed)) => failed,
                ended => return ended,
            };
            failed.failure.attempts = attempts;
            let delay = self.delay(&failed.failure, attempts);
            // What failed before it was sent is not a matter of trying again.
            let (Some(delay), true) = (delay, attempts == next) else {
                return Err(Rejection::Failed(failed));
            };
            let Failure {
                r#type: reason,
                retry_after,
                ..
            } = failed.failure;
            self.events.emit(|| ClientEvent::Retry {
                reason,
                delay,
                attempt: attempts,
            });
            if retry_after.is_some_and(|asked| asked > 0.0 && asked.ceil() >= delay) {
                let window = WaitReason::RetryAfter;
                self.events
                    .emit(|| ClientEvent::RateLimitWait { delay, window });
            }
            self.interrupt.sleep(Some(delay)).await?;
        }
    }

    /// Until the next attempt, if another one makes sense.
    fn delay(&self, failure: &Failure, attempts: u32) -> Option<f64> {
        let asked_too_long = failure
            .retry_after
            .is_some_and(|asked| asked > self.settings.max_rate_limit_wait);
        let makes_sense = attempts <= self.settings.max_retries
            && !asked_too_long
            && retry::is_retryable(failure);
        makes_sense.then(|| {
            retry::delay(
                attempts.saturating_sub(1),
                Math::random(),
                failure.retry_after,
            )
            .ceil()
        })
    }

    /// Gets the key, waits for the rate limit, sends the request, which makes it an attempt, and reads the answer.
    async fn attempt(&self, number: u32, attempts: &mut u32) -> Result<JsValue, Rejection> {
        let Self {
            client,
            settings,
            interrupt,
            events,
        } = self;
        let api_key = settings.api_key.get(interrupt).await?;
        let longest = settings.max_rate_limit_wait;
        let mut admission = client.admit(longest, interrupt, events).await?;
        let attempt = Attempt::new(settings, interrupt, api_key.as_deref())?;
        *attempts = number;
        events.emit(|| ClientEvent::Request {
            method: "GET",
            url: attempt.url(),
            attempt: number,
        });
        let answered = self.answer(&attempt, &mut admission, number).await;
        answered.map_err(|mut rejection| {
            if let (Rejection::Failed(failed), Some(key)) = (&mut rejection, attempt.api_key) {
                failed.redact(key);
            }
            rejection
        })
    }

    /// Sends the request, and reads the answer.
    async fn answer(
        &self,
        attempt: &Attempt<'_>,
        admission: &mut Admission,
        number: u32,
    ) -> Result<JsValue, Rejection> {
        let start = Date::now();
        let head = attempt.send().await?;
        admission.report(head.rate_limit);
        self.events.emit(|| ClientEvent::Response {
            status: head.status,
            duration: Date::now() - start,
            attempt: number,
            request_id: head.request_id.clone(),
            rate_limit: head.rate_limit,
        });
        let body = attempt.read(&head).await;
        self.classify(head, body, attempt.api_key)
    }

    /// What the answer is: a page, an error of the API, or neither.
    fn classify(
        &self,
        head: Head,
        body: Result<Vec<u8>, Rejection>,
        api_key: Option<&str>,
    ) -> Result<JsValue, Rejection> {
        let is_redirect = head.is_redirect();
        let Head {
            status,
            request_id,
            rate_limit,
            retry_after,
            ..
        } = head;
        let mut rejection = match (status, body) {
            (_, Err(aborted @ Rejection::Aborted(_))) => aborted,
            (_, _) if is_redirect => self.redirected(),
            (200..=299, Err(unread)) => unread,
            (200..=299, Ok(bytes)) => match decode::page(&bytes, self.events.environment) {
                Ok(Decoded::Page(page, issues)) => match self.accept(issues, api_key) {
                    Ok(()) => return Ok(page),
                    Err(rejection) => rejection,
                },
                Ok(Decoded::Failure) => api_error(status, &bytes),
                Err(rejection) => rejection,
            },
            // The status says enough, whatever became of the body.
            (_, body) => api_error(status, &body.unwrap_or_default()),
        };
        if let Rejection::Failed(failed) = &mut rejection {
            let failure = &mut failed.failure;
            failure.status = (status != 0).then_some(status);
            failure.request_id = request_id;
            failure.rate_limit = rate_limit;
            // Of two wishes of the server's, the longer counts.
            failure.retry_after = [failure.retry_after, retry_after]
                .into_iter()
                .flatten()
                .reduce(f64::max);
        }
        Err(rejection)
    }

    /// Phone numbers that break the contract fail the call, or are told of.
    fn accept(&self, mut issues: Vec<Issue>, api_key: Option<&str>) -> Result<(), Rejection> {
        if issues.is_empty() {
            return Ok(());
        }
        if !self.settings.is_lenient {
            return Err(decode::invalid(issues).into());
        }
        for issue in &mut issues {
            issue.redact(api_key.unwrap_or_default());
        }
        self.events
            .emit(|| ClientEvent::ContractViolation { issues });
        Ok(())
    }

    fn redirected(&self) -> Rejection {
        let message = [
            "The server redirects to another address, which is not followed, because the key would go there too: give \
             the final address as `baseUrl`, not ",
            &self.settings.base_url.join(""),
        ];
        Rejection::new(InstaViewErrorType::Http, &concat(&message))
    }
}

fn api_error(status: u16, bytes: &[u8]) -> Rejection {
    let error = decode::error(bytes);
    let failure = Failure::of_api(status, &error);
    Failed {
        details: error.details,
        ..failure.into()
    }
    .into()
}
