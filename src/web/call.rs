//! A call from its options to its outcome.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::attempt::{Answer, Attempt};
use super::body::BodyError;
use super::decode::{self, Decoded};
use super::outcome::{Failed, Rejection, message_of, outcome};
use super::settings::{Environment, Settings};
use super::sources::{Source, Sources};
use crate::failure::{Failure, InstaViewErrorType};

/// The names that may be in a client's options.
const CLIENT: &[&str] = &[
    "apiKey",
    "baseUrl",
    "companyId",
    "keyType",
    "timeout",
    "fetch",
    "dangerouslyAllowBrowser",
];
/// The names of the API's parameters.
const PARAMS: &[&str] = &["page", "limit", "companyId"];
/// The names of what concerns one call alone.
const REQUEST: &[&str] = &["signal", "timeout"];

/// `listPhoneNumbers`: everything in one object.
#[wasm_bindgen(unchecked_return_type = "Outcome")]
pub async fn list_phone_numbers(options: JsValue, environment: Environment) -> JsValue {
    let sources = Sources::new(vec![Source::new(
        options,
        "options",
        &[PARAMS, CLIENT, REQUEST],
    )]);
    outcome(call(&sources, &environment).await)
}

/// `InstaViewClient.listPhoneNumbers`: the client's options, the parameters and the options of this call.
#[wasm_bindgen(unchecked_return_type = "Outcome")]
pub async fn client_list_phone_numbers(
    client: JsValue,
    params: JsValue,
    options: JsValue,
    environment: Environment,
) -> JsValue {
    let sources = Sources::new(vec![
        Source::new(client, "options", &[CLIENT]),
        Source::new(params, "params", &[PARAMS]),
        Source::new(options, "options", &[REQUEST]),
    ]);
    outcome(call(&sources, &environment).await)
}

async fn call(sources: &Sources, environment: &Environment) -> Result<JsValue, Rejection> {
    let settings = Settings::read(sources, environment)?;
    let attempt = Attempt::new(&settings)?;
    let page = attempt
        .send()
        .await
        .and_then(|answer| classify(answer, &settings));
    page.map_err(|mut rejection| {
        if let Rejection::Failed(failed) = &mut rejection {
            failed.failure.attempts = 1;
        }
        rejection
    })
}

/// What the answer is: a page, an error of the API, or neither.
fn classify(answer: Answer, settings: &Settings) -> Result<JsValue, Rejection> {
    let status = answer.status;
    let mut rejection = match (status, answer.body) {
        (_, Err(BodyError::Interrupted(aborted @ Rejection::Aborted(_)))) => aborted,
        (0 | 300..=399, _) => redirected(settings),
        (200..=299, Err(error)) => unread(error),
        (200..=299, Ok(bytes)) => match decode::page(&bytes) {
            Ok(Decoded::Page(page)) => return Ok(page),
            Ok(Decoded::Failure) => api_error(status, &bytes, settings),
            Err(rejection) => rejection,
        },
        // The status says enough, whatever became of the body.
        (_, body) => api_error(status, &body.unwrap_or_default(), settings),
    };
    if let Rejection::Failed(failed) = &mut rejection {
        failed.failure.status = (status != 0).then_some(status);
        failed.failure.request_id = answer.request_id;
    }
    Err(rejection)
}

fn api_error(status: u16, bytes: &Uint8Array, settings: &Settings) -> Rejection {
    let error = decode::error(bytes, settings.api_key.as_deref());
    Rejection::Failed(Box::new(Failed {
        failure: Failure::of_api(status, &error),
        details: error.details,
        cause: JsValue::UNDEFINED,
    }))
}

fn redirected(settings: &Settings) -> Rejection {
    let message = [
        "The server redirects to another address, which is not followed, because the key would go there too: give the \
         final address as `baseUrl`, not ",
        &settings.base_url.join(""),
    ];
    Rejection::new(InstaViewErrorType::Http, message.concat())
}

fn unread(error: BodyError) -> Rejection {
    match error {
        BodyError::Interrupted(rejection) => rejection,
        BodyError::Invalid(failure) => failure.into(),
        BodyError::Broken(thrown) => {
            let message = ["The answer broke off: ", &message_of(&thrown)].concat();
            Rejection::with_cause(InstaViewErrorType::Connection, message, thrown)
        }
    }
}
