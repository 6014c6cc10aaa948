//! What the calls of one client share: what is known of the rate limit.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::events::{Events, rate_limit};
use super::interrupt::Interrupt;
use super::outcome::Rejection;
use super::platform::Watch;
use crate::event::ClientEvent;
use crate::failure::{Failure, InstaViewErrorType};
use crate::pacer::{Pacer, Wait};
use crate::rate_limit::RateLimit;
use crate::turnstile::Turnstile;

/// The call that waits for the rate limit, and for what.
type Waiting = (Rc<Watch>, Wait);

/// The state that the calls of one client share.
#[wasm_bindgen]
#[derive(Clone, Default)]
pub struct Client {
    pacer: Rc<RefCell<Pacer>>,
    turnstile: Turnstile<Rc<Watch>>,
    reported: Rc<Cell<Option<RateLimit>>>,
    waiting: Rc<Cell<Option<Waiting>>>,
}

#[wasm_bindgen]
impl Client {
    /// A client that knows nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The rate limit as the server last reported it.
    #[wasm_bindgen(unchecked_return_type = "RateLimit | undefined")]
    pub fn rate_limit(&self) -> JsValue {
        self.reported.get().map_or(JsValue::UNDEFINED, rate_limit)
    }
}

impl Client {
    /// Waits until the rate limit lets a request through: in turn, and no longer than `longest` milliseconds.
    pub async fn admit(
        &self,
        longest: f64,
        interrupt: &Interrupt,
        events: &Events<'_>,
    ) -> Result<Admission, Rejection> {
        let place = self.turnstile.join(interrupt.watch.clone());
        while !place.is_first() {
            interrupt.sleep(None).await?;
        }
        loop {
            let now = Date::now();
            let admitted = self.pacer.borrow_mut().admit(now);
            let Err(wait) = admitted else {
                return Ok(Admission {
                    client: self.clone(),
                    reported: None,
                });
            };
            let delay = (wait.until - now).ceil();
            if delay > longest {
                return Err(self.exhausted(delay));
            }
            let window = wait.window;
            events.emit(|| ClientEvent::RateLimitWait { delay, window });
            self.waiting.set(Some((interrupt.watch.clone(), wait)));
            let slept = interrupt.sleep(Some(delay)).await;
            self.waiting.take();
            slept?;
        }
    }

    fn exhausted(&self, delay: f64) -> Rejection {
        let message = "The rate limit leaves no request, for longer than maxRateLimitWait";
        Rejection::from(Failure {
            rate_limit: self.reported.get(),
            retry_after: Some(delay),
            ..Failure::new(InstaViewErrorType::RateLimit, message)
        })
    }
}

/// One request that the rate limit has let through, until it is dropped.
pub struct Admission {
    client: Client,
    reported: Option<RateLimit>,
}

impl Admission {
    /// Keeps what the answer says of the rate limit.
    pub fn report(&mut self, reported: Option<RateLimit>) {
        self.reported = reported;
        if reported.is_some() {
            self.client.reported.set(reported);
        }
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let client = &self.client;
        client.pacer.borrow_mut().finish(self.reported);
        // What the answer told of the windows may have changed the wait.
        if let Some((watch, wait)) = client.waiting.take() {
            if client.pacer.borrow_mut().wait(Date::now()) == Some(wait) {
                client.waiting.set(Some((watch, wait)));
            } else {
                watch.wake();
            }
        }
    }
}
