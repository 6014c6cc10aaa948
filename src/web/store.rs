//! The caller's store, in which several processes share the rate limits of a key.

use std::cell::Cell;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::error::{Rejection, message_of};
use super::interrupts::{Interrupts, now};
use super::value::property;
use crate::api_key::Secrets;
use crate::rate_limit::{RateLimitReport, Wait, WindowName};

#[wasm_bindgen(module = "/src/web/waiting.js")]
extern "C" {
    /// A call of the store, which has some time for it.
    type StoreCall;

    /// Asks for a request: with its permit and id, or with a delay and its window; and with the number of clients. Where the store
    /// fails, with what it has thrown alone.
    #[wasm_bindgen(static_method_of = StoreCall)]
    fn admit(store: &JsValue, text: &str, lease: f64) -> StoreCall;

    /// Says that a request has ended. Nothing, or what the store has thrown.
    #[wasm_bindgen(static_method_of = StoreCall)]
    fn finish(store: &JsValue, admission: &Array, numbers: &[f64]) -> StoreCall;

    /// Is fulfilled with an array, whatever the store does.
    #[wasm_bindgen(method, getter)]
    fn promise(this: &StoreCall) -> JsValue;

    /// Nobody waits for it any more.
    #[wasm_bindgen(method)]
    fn abandon(this: &StoreCall);
}

/// For how long a store that has failed is not asked again, in milliseconds.
const PAUSE: f64 = 1_000.0;

/// A `RateLimitStore`. It is the caller's: whatever is called or read may throw.
#[derive(Clone)]
pub struct Store(JsValue);

impl Store {
    /// The store that the caller gave. None where it has not both methods.
    pub fn read(value: &JsValue) -> Option<Self> {
        let has = |name: &str| property(value, name).is_function();
        (has("admit") && has("finish")).then(|| Self(value.clone()))
    }
}

/// A call that asks the store.
pub struct Applicant<'a> {
    /// The store.
    pub store: &'a Store,
    /// The key of the next attempt, and where it is sent.
    pub text: String,
    /// Milliseconds after which the request has ended for certain.
    pub lease: f64,
    /// What no message may show.
    pub secrets: &'a Secrets,
}

/// What comes of asking the store.
pub enum Decision {
    /// The request may be sent.
    Admitted(SharedPermit),
    /// It must wait.
    Refused(Wait),
    /// The store has failed, with this message for people.
    Failed(String),
}

/// The store's permit of a request.
pub struct SharedPermit {
    store: Store,
    admission: Array,
    /// Whether this request goes first after the store was down.
    pub is_first: bool,
}

impl SharedPermit {
    /// Tells the store that the request has ended.
    pub fn finish(&self, report: RateLimitReport) -> Finishing {
        let Store(store) = &self.store;
        Finishing(StoreCall::finish(store, &self.admission, &report.numbers()))
    }
}

/// A request's end, on its way to the store.
pub struct Finishing(StoreCall);

impl Finishing {
    /// Waits for it, and fails with a message for people. A call that ends meanwhile ends with what it has.
    pub async fn done(self, interrupts: &Interrupts, secrets: &Secrets) -> Result<(), String> {
        match result(&self.0, interrupts).await {
            Ok(result) if result.length() == 1 => Err(message("finish: ", &result, secrets)),
            _ => Ok(()),
        }
    }
}

/// The link of a client to its store.
pub struct StoreLink {
    /// Until when the store counts as down.
    down_until: Cell<f64>,
    /// How many clients shared the key when it was last heard of.
    clients: Cell<f64>,
    state: Cell<State>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Up,
    Down,
    /// It is back, and does not know yet what was sent meanwhile: one request goes first, whose response shows that.
    Recovering,
}

impl Default for StoreLink {
    fn default() -> Self {
        Self {
            down_until: Cell::new(f64::NEG_INFINITY),
            clients: Cell::new(1.0),
            state: Cell::new(State::Up),
        }
    }
}

impl StoreLink {
    /// Whether the store is to be asked.
    pub fn is_up(&self) -> bool {
        now() >= self.down_until.get()
    }

    /// Milliseconds until then.
    pub fn pause(&self, now: f64) -> f64 {
        (self.down_until.get() - now).max(0.0)
    }

    /// How many clients keep to a part of the rate limits each.
    pub fn clients(&self) -> f64 {
        self.clients.get()
    }

    /// The store counts as down from now on. Whether it did not before.
    pub fn fail(&self) -> bool {
        self.down_until.set(now() + PAUSE);
        self.state.replace(State::Down) != State::Down
    }

    /// The request that went first has ended.
    pub fn settle(&self) {
        if self.state.get() == State::Recovering {
            self.state.set(State::Up);
        }
    }

    /// Asks the store for a request.
    pub async fn ask(
        &self,
        applicant: &Applicant<'_>,
        interrupts: &Interrupts,
    ) -> Result<Decision, Rejection> {
        if self.state.get() == State::Recovering {
            return Ok(Decision::Refused(Wait {
                until: f64::INFINITY,
                window: WindowName::Minute,
            }));
        }
        let Store(store) = applicant.store;
        let call = StoreCall::admit(store, &applicant.text, applicant.lease);
        let admission = result(&call, interrupts).await?;
        Ok(self.decision(admission, applicant))
    }

    fn decision(&self, admission: Array, applicant: &Applicant<'_>) -> Decision {
        if admission.length() > 1 {
            self.clients.set(admission.get(2).as_f64().unwrap_or(1.0));
        }
        if let Some(delay) = admission.get(0).as_f64() {
            return Decision::Refused(Wait {
                // A millisecond at least, or a store could keep a call busy.
                until: now() + delay.max(1.0),
                window: match admission.get(1).as_f64() {
                    Some(0.0) => WindowName::Minute,
                    Some(1.0) => WindowName::Hour,
                    _ => WindowName::RetryAfter,
                },
            });
        }
        if admission.length() == 1 {
            return Decision::Failed(message("admit: ", &admission, applicant.secrets));
        }
        let is_first = self.state.get() == State::Down;
        self.state.set(if is_first {
            State::Recovering
        } else {
            State::Up
        });
        Decision::Admitted(SharedPermit {
            store: applicant.store.clone(),
            admission,
            is_first,
        })
    }
}

/// What a call of the store gives.
async fn result(call: &StoreCall, interrupts: &Interrupts) -> Result<Array, Rejection> {
    let settled = interrupts.settled(&call.promise()).await;
    // Whether or not it is over: a permit that comes now is given back.
    call.abandon();
    Ok(settled?.unwrap_or_default().unchecked_into())
}

/// Why the store has failed.
fn message(operation: &str, result: &Array, secrets: &Secrets) -> String {
    [operation, &message_of(&result.get(0), secrets)].concat()
}
