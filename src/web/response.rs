//! The head of a response: its status and its headers.

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::error::{Failed, Rejection, Thrown, message_of};
use crate::api_key::Secrets;
use crate::error::{Failure, InstaViewErrorType};
use crate::headers::{self, Clock, ResponseHeaders};
use crate::rate_limit::{RateLimit, RateLimitReport};

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// What [`ResponseHead`] is made of, one on each line: type, status, and nine headers would cross the boundary one by one.
    /// None where the response refuses to be read.
    #[wasm_bindgen(js_name = readHead)]
    fn read_head(response: &JsValue) -> Option<String>;
}

/// The head of a response.
pub struct ResponseHead {
    /// 0 for a redirect in a browser, which hides it.
    pub status: u16,
    /// The server's name for the request.
    pub request_id: Option<String>,
    /// What it reports of the rate limits.
    pub report: RateLimitReport,
    /// What users see of that.
    pub rate_limit: Option<RateLimit>,
    /// Milliseconds after which the headers say that another attempt makes sense.
    pub retry_after: Option<f64>,
}

impl ResponseHead {
    /// Whether the server points to another address.
    pub fn is_redirect(&self) -> bool {
        matches!(self.status, 0 | 301 | 302 | 303 | 307 | 308)
    }

    /// Whether the status is one of success.
    pub fn is_success(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// Reads the head of what fetch gave.
    pub fn read(fetched: &JsValue, secrets: &Secrets, is_browser: bool) -> Result<Self, Rejection> {
        let head = read_head(fetched).unwrap_or_default();
        let mut lines = head.split(['\n']);
        let mut next = || lines.next().unwrap_or_default();
        let kind = next();
        if kind == "error" {
            return Err(no_response(&"a network error".into(), secrets, is_browser));
        }
        let status = next();
        let number = headers::parse_integer(status);
        let is_opaque_redirect = number == 0.0 && kind == "opaqueredirect";
        if !is_opaque_redirect && !(200.0..=999.0).contains(&number) {
            let message = "What fetch gave is not a Response";
            let failure = Failure::new(InstaViewErrorType::InvalidResponse, message);
            let cause = Thrown::from_message(status).redacted(secrets);
            return Err(Failed {
                cause,
                ..failure.into()
            }
            .into());
        }
        let ResponseHeaders {
            retry_after,
            request_id,
            report,
        } = ResponseHeaders::read(lines, number as u16, &PlatformClock);
        let request_id = secrets.redact(request_id);
        Ok(Self {
            status: number as u16,
            request_id: (!request_id.is_empty()).then_some(request_id),
            rate_limit: report.rate_limit(Date::now()),
            report,
            retry_after,
        })
    }
}

struct PlatformClock;

impl Clock for PlatformClock {
    fn now(&self) -> f64 {
        Date::now()
    }

    fn parse(&self, date: &str) -> f64 {
        Date::parse(date)
    }
}

/// The failure of an attempt that has no response.
pub fn no_response(thrown: &JsValue, secrets: &Secrets, is_browser: bool) -> Rejection {
    let hint = if is_browser {
        ". A browser hides the reason: the server may be down, or not allow this page's origin (CORS)"
    } else {
        ""
    };
    let message = message_of(thrown, secrets);
    // Firefox's own message is a sentence with its full stop.
    let message = message.strip_suffix('.').unwrap_or(&message);
    let message = ["No answer: ", message, hint].concat();
    Rejection::caused_by(thrown, InstaViewErrorType::Connection, &message, secrets)
}
