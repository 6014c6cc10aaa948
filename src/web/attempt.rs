//! One attempt: a request, and what came of it.

use gloo_net::http::{Headers as HeaderMap, Request};
use js_sys::{Date, Function, Reflect, global};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, RequestRedirect};

use super::body::{self, Body, BodyError};
use super::interrupt::{AttemptClock, Interrupt};
use super::outcome::{Rejection, message_of};
use super::settings::Settings;
use crate::api_key::without_key;
use crate::failure::InstaViewErrorType;
use crate::rate_limit::{Clock, RateLimit, RetryAfter, http_date};

#[wasm_bindgen]
extern "C" {
    /// An answer of whatever fetch: every access to it may throw.
    type Response;

    #[wasm_bindgen(method, getter, catch)]
    fn status(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn headers(this: &Response) -> Result<Headers, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn body(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, js_name = type)]
    fn kind(this: &Response) -> Result<JsValue, JsValue>;

    type Headers;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

/// The head of an answer.
pub struct Head {
    /// 0 for a redirect in a browser, which does not tell.
    pub status: u16,
    pub request_id: Option<String>,
    pub rate_limit: Option<RateLimit>,
    /// Milliseconds after which the header says that another try makes sense.
    pub retry_after: Option<f64>,
    body: Option<Body>,
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
    request: web_sys::Request,
    fetch: Function,
}

impl<'a> Attempt<'a> {
    /// Starts the clock.
    pub fn new(
        settings: &'a Settings,
        interrupt: &'a Interrupt,
        api_key: Option<&'a str>,
    ) -> Result<Self, Rejection> {
        let controller =
            AbortController::new().map_err(|thrown| unsupported("AbortController", thrown))?;
        let fetch = match &settings.fetch {
            Some(fetch) => fetch.clone(),
            None => Reflect::get(&global(), &"fetch".into())
                .and_then(JsCast::dyn_into)
                .map_err(|found| unsupported("fetch", found))?,
        };
        let request = request(settings, api_key, &controller.signal())
            .map_err(|error| unsupported("Request", JsValue::from(error.to_string())))?;
        Ok(Self {
            settings,
            interrupt,
            _clock: interrupt.start_attempt(Some(controller), settings.timeout),
            api_key,
            request,
            fetch,
        })
    }

    /// Where the request goes.
    pub fn url(&self) -> String {
        self.request.url()
    }

    /// Sends the request, and waits for the head of the answer.
    pub async fn send(&self) -> Result<Head, Rejection> {
        self.interrupt.check()?;
        // The global object, because the platform's fetch refuses any other.
        let promise = self
            .fetch
            .call1(&global(), &self.request)
            .map_err(|thrown| self.no_answer(thrown))?;
        let response: Response = self
            .interrupt
            .race(&promise)
            .await?
            .map_err(|thrown| self.no_answer(thrown))?
            .unchecked_into();
        if response.kind().is_ok_and(|kind| kind == "error") {
            return Err(self.no_answer("a network error".into()));
        }
        let mut head = head(&response).map_err(|thrown| {
            let message = "What fetch gave is not a Response";
            Rejection::with_cause(InstaViewErrorType::InvalidResponse, message, thrown)
        })?;
        // An event tells it, before there is a failure to redact.
        if let (Some(id), Some(key)) = (&mut head.request_id, self.api_key) {
            *id = without_key(id, key);
        }
        Ok(head)
    }

    /// Reads the body of the answer, unless it is a redirect: of that, nothing more is needed.
    pub async fn read(&self, head: &Head) -> Result<Vec<u8>, BodyError> {
        match &head.body {
            Some(body) if !head.is_redirect() => body::read(body, self.interrupt).await,
            Some(body) => {
                body::discard(body);
                Ok(Vec::new())
            }
            None => Ok(Vec::new()),
        }
    }

    fn no_answer(&self, thrown: JsValue) -> Rejection {
        let hint = if self.settings.is_browser {
            ". A browser does not tell why: the server may be down, or not allow this page's origin (CORS)"
        } else {
            ""
        };
        let message = ["No answer: ", &message_of(&thrown), hint].concat();
        Rejection::with_cause(InstaViewErrorType::Connection, message, thrown)
    }
}

/// The request stays CORS-simple but for `Authorization` and what the caller adds. Redirects are not followed, and
/// `manual` says so because workerd refuses `error`.
fn request(
    settings: &Settings,
    api_key: Option<&str>,
    signal: &AbortSignal,
) -> Result<web_sys::Request, gloo_net::Error> {
    let path = ["/phone-numbers", &settings.params.query()].concat();
    let mut request = Request::get(&settings.base_url.join(&path))
        .headers(HeaderMap::from_raw(settings.headers.clone()))
        .header("Accept", "application/json")
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(signal));
    if let Some(key) = api_key {
        request = request.header("Authorization", &["Bearer ", key].concat());
    }
    request.build().map(Into::into)
}

fn head(response: &Response) -> Result<Head, JsValue> {
    let found = response.status()?;
    let status = found.as_f64().map_or(u16::MAX, |status| status as u16);
    let is_opaque_redirect = status == 0 && response.kind()? == "opaqueredirect";
    if found != f64::from(status) || !(is_opaque_redirect || (200..=599).contains(&status)) {
        return Err(found);
    }
    let headers = response.headers()?;
    let request_id = headers.get("x-request-id")?.as_string();
    let header = |name: &str| headers.get(name).ok()?.as_string();
    let clock = Clock {
        local: Date::now(),
        server: header("date").as_deref().and_then(parse_date),
    };
    let body = response.body()?;
    Ok(Head {
        status,
        request_id,
        rate_limit: RateLimit::from_headers(header, clock),
        retry_after: header("retry-after")
            .and_then(|header| RetryAfter::parse(&header, parse_date))
            .map(|retry_after| retry_after.delay(clock)),
        body: body.is_object().then(|| body.unchecked_into()),
    })
}

/// Unix time in milliseconds, of an HTTP date.
fn parse_date(header: &str) -> Option<f64> {
    let milliseconds = Date::parse(&http_date(header)?);
    (!milliseconds.is_nan()).then_some(milliseconds)
}

fn unsupported(name: &str, cause: JsValue) -> Rejection {
    let message = ["This platform has no usable ", name].concat();
    Rejection::with_cause(InstaViewErrorType::Configuration, message, cause)
}
