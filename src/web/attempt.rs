//! One attempt: a request, and what came of it.

use gloo_net::http::Request;
use js_sys::{Function, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, RequestRedirect};

use super::body::{self, Body, BodyError};
use super::interrupt::Interrupt;
use super::outcome::{Rejection, message_of};
use super::settings::Settings;
use crate::failure::{Failure, InstaViewErrorType};
use crate::issue::Issue;

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

    type Headers;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

/// What the server answered.
pub struct Answer {
    /// 0 for a redirect in a browser, which does not tell.
    pub status: u16,
    pub request_id: Option<String>,
    pub body: Result<Uint8Array, BodyError>,
}

/// Everything that one attempt needs, before anything is sent.
pub struct Attempt {
    request: web_sys::Request,
    fetch: Function,
    interrupt: Interrupt,
    is_browser: bool,
}

impl Attempt {
    /// Starts the clock.
    pub fn new(settings: &Settings) -> Result<Self, Rejection> {
        let controller =
            AbortController::new().map_err(|thrown| unsupported("AbortController", thrown))?;
        let signal = controller.signal();
        let interrupt = Interrupt::new(controller, settings.signal.as_ref(), settings.timeout)
            .map_err(|_| {
                let issue =
                    Issue::with_received("signal", "an AbortSignal", "an object that throws");
                Failure::of_issues(InstaViewErrorType::InvalidArgument, vec![issue])
            })?;
        interrupt.check()?;
        let fetch = match &settings.fetch {
            Some(fetch) => fetch.clone(),
            None => Reflect::get(&global(), &"fetch".into())
                .and_then(JsCast::dyn_into)
                .map_err(|found| unsupported("fetch", found))?,
        };
        let request = request(settings, &signal)
            .map_err(|error| unsupported("Request", JsValue::from(error.to_string())))?;
        Ok(Self {
            request,
            fetch,
            interrupt,
            is_browser: settings.is_browser,
        })
    }

    /// Sends the request, and reads the whole answer.
    pub async fn send(self) -> Result<Answer, Rejection> {
        // The global object, because the platform's fetch refuses any other.
        let promise = self
            .fetch
            .call1(&global(), &self.request)
            .map_err(|thrown| self.no_answer(thrown))?;
        // Resolving adopts whatever promise the caller's own fetch gives.
        let fetched = self.interrupt.race(Promise::resolve(&promise)).await?;
        let response: Response = fetched
            .map_err(|thrown| self.no_answer(thrown))?
            .unchecked_into();
        let (status, request_id, body) = head(&response).map_err(|thrown| {
            let message = "What fetch gave is not a Response";
            Rejection::with_cause(InstaViewErrorType::InvalidResponse, message, thrown)
        })?;
        let body = match body {
            Some(body) => body::read(&body, &self.interrupt).await,
            None => Ok(Uint8Array::new_with_length(0)),
        };
        Ok(Answer {
            status,
            request_id,
            body,
        })
    }

    fn no_answer(&self, thrown: JsValue) -> Rejection {
        let hint = if self.is_browser {
            ". A browser does not tell why: the server may be down, or not allow this page's origin (CORS)"
        } else {
            ""
        };
        let message = ["No answer: ", &message_of(&thrown), hint].concat();
        Rejection::with_cause(InstaViewErrorType::Connection, message, thrown)
    }
}

/// The request stays CORS-simple but for `Authorization`. Redirects are not followed, and `manual` says so because
/// workerd refuses `error`.
fn request(settings: &Settings, signal: &AbortSignal) -> Result<web_sys::Request, gloo_net::Error> {
    let path = ["/phone-numbers", &settings.params.query()].concat();
    let mut request = Request::get(&settings.base_url.join(&path))
        .header("Accept", "application/json")
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(signal));
    if let Some(key) = &settings.api_key {
        request = request.header("Authorization", &["Bearer ", key].concat());
    }
    request.build().map(Into::into)
}

/// The status, the server's name for the request, and the body where there is one.
fn head(response: &Response) -> Result<(u16, Option<String>, Option<Body>), JsValue> {
    let status = response.status()?;
    let status = status.as_f64().ok_or(status)?;
    let request_id = response.headers()?.get("x-request-id")?.as_string();
    let body = response.body()?;
    let body = body.is_object().then(|| body.unchecked_into());
    Ok((status as u16, request_id, body))
}

fn unsupported(name: &str, cause: JsValue) -> Rejection {
    let message = ["This platform has no usable ", name].concat();
    Rejection::with_cause(InstaViewErrorType::Configuration, message, cause)
}
