//! One attempt: a request, and what came of it.

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::interrupt::{AttemptClock, Interrupt};
use super::outcome::{Rejection, message_of};
use super::platform::{self, member};
use super::settings::Settings;
use crate::api_key::without_key;
use crate::failure::{Failure, InstaViewErrorType};
use crate::rate_limit::{Clock, RateLimit, RetryAfter, http_date};
use crate::text::concat;
use crate::value::{Kind, Value};

/// At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB.
const MOST_BYTES: u32 = 8 * 1024 * 1024;

/// The head of an answer.
pub struct Head {
    /// 0 for a redirect in a browser, which does not tell.
    pub status: u16,
    pub request_id: Option<String>,
    pub rate_limit: Option<RateLimit>,
    /// Milliseconds after which the header says that another try makes sense.
    pub retry_after: Option<f64>,
    body: JsValue,
}

impl Head {
    /// Whether the server points to another address.
    pub fn is_redirect(&self) -> bool {
        matches!(self.status, 0 | 301 | 302 | 303 | 307 | 308)
    }
}

/// Everything that one attempt needs, before anything is sent.
pub struct Attempt<'a> {
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    _clock: AttemptClock,
    pub api_key: Option<&'a str>,
    request: JsValue,
    fetch: JsValue,
}

impl<'a> Attempt<'a> {
    /// Starts the clock.
    pub fn new(
        settings: &'a Settings,
        interrupt: &'a Interrupt,
        api_key: Option<&'a str>,
    ) -> Result<Box<Self>, Rejection> {
        let mut fetch = settings.fetch.clone();
        if fetch.is_undefined() {
            fetch = platform::global_fetch();
        }
        if fetch.kind() != Kind::Function {
            return Err(unsupported("fetch", fetch));
        }
        let path = concat(&["/phone-numbers", &settings.params.query()]);
        let url = settings.base_url.join(&path);
        let authorization = api_key.map(|key| concat(&["Bearer ", key]));
        let request = interrupt
            .watch
            .request(&url, &settings.headers, authorization)
            .map_err(|thrown| unsupported("Request", thrown))?;
        Ok(Box::new(Self {
            settings,
            interrupt,
            _clock: interrupt.start_attempt(),
            api_key,
            request,
            fetch,
        }))
    }

    /// Where the request goes.
    pub fn url(&self) -> String {
        member(&self.request, "url").as_string().unwrap_or_default()
    }

    /// Sends the request, and waits for the head of the answer.
    pub async fn send(&self) -> Result<Head, Rejection> {
        let response = self
            .interrupt
            .call(&self.fetch, &self.request)
            .await?
            .map_err(|thrown| self.no_answer(thrown))?;
        if member(&response, "type") == "error" {
            return Err(self.no_answer("a network error".into()));
        }
        let mut head = head(&response).map_err(|found| {
            let message = "What fetch gave is not a Response";
            Rejection::with_cause(InstaViewErrorType::InvalidResponse, message, found)
        })?;
        // An event tells it, before there is a failure to redact.
        if let (Some(id), Some(key)) = (&mut head.request_id, self.api_key) {
            *id = without_key(id, key);
        }
        Ok(head)
    }

    /// Reads the body of the answer, unless it is a redirect: of that, nothing more is needed.
    pub async fn read(&self, head: &Head) -> Result<Vec<u8>, Rejection> {
        if !matches!(head.body.kind(), Kind::Array | Kind::Object) {
            return Ok(Vec::new());
        }
        if head.is_redirect() {
            platform::discard(&head.body);
            return Ok(Vec::new());
        }
        let promise = self.interrupt.watch.read(&head.body, MOST_BYTES);
        let read = self.interrupt.wait(promise).await?;
        let value = member(&read, "value");
        let reason = match member(&read, "problem")
            .as_f64()
            .map(|problem| problem as u32)
        {
            None => return Ok(js_sys::Uint8Array::from(value).to_vec()),
            Some(1) => concat(&["its body cannot be read: ", &message_of(&value)]),
            Some(2) => {
                let message = concat(&["The answer broke off: ", &message_of(&value)]);
                let broken = InstaViewErrorType::Connection;
                return Err(Rejection::with_cause(broken, &message, value));
            }
            Some(3) => "its body is not one of bytes".into(),
            Some(_) => "it has more than 8 MiB".into(),
        };
        Err(Failure::of_response(&reason).into())
    }

    fn no_answer(&self, thrown: JsValue) -> Rejection {
        let hint = if self.settings.is_browser {
            ". A browser does not tell why: the server may be down, or not allow this page's origin (CORS)"
        } else {
            ""
        };
        let message = concat(&["No answer: ", &message_of(&thrown), hint]);
        Rejection::with_cause(InstaViewErrorType::Connection, &message, thrown)
    }
}

/// Fails with what is no status.
fn head(response: &JsValue) -> Result<Head, JsValue> {
    let found = member(response, "status");
    let status = found.as_f64().map_or(u16::MAX, |status| status as u16);
    let is_opaque_redirect = status == 0 && member(response, "type") == "opaqueredirect";
    if found != f64::from(status) || !(is_opaque_redirect || (200..=599).contains(&status)) {
        return Err(found);
    }
    let request_id = platform::header(response, "x-request-id");
    if request_id == JsValue::FALSE {
        return Err(JsValue::UNDEFINED);
    }
    let header = |name: &str| platform::header(response, name).as_string();
    let clock = Clock {
        local: Date::now(),
        server: header("date").as_deref().and_then(parse_date),
    };
    Ok(Head {
        status,
        request_id: request_id.as_string(),
        rate_limit: RateLimit::from_headers(&header, clock),
        retry_after: header("retry-after")
            .and_then(|header| RetryAfter::parse(&header, parse_date))
            .map(|retry_after| retry_after.delay(clock)),
        body: member(response, "body"),
    })
}

/// Unix time in milliseconds, of an HTTP date.
fn parse_date(header: &str) -> Option<f64> {
    let milliseconds = Date::parse(&http_date(header)?);
    (!milliseconds.is_nan()).then_some(milliseconds)
}

fn unsupported(name: &str, cause: JsValue) -> Rejection {
    let message = concat(&["This platform has no usable ", name]);
    Rejection::with_cause(InstaViewErrorType::Configuration, &message, cause)
}
