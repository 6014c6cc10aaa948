//! What ends an attempt early: the caller's abort, and the timeout. Whichever comes first counts; both leave nothing
//! behind, however the attempt ends.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::outcome::Rejection;
use crate::failure::InstaViewErrorType;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    /// The caller's signal, of whatever realm or library: every access to it may throw.
    #[derive(Clone)]
    pub type Signal;

    #[wasm_bindgen(method, getter, catch)]
    pub fn aborted(this: &Signal) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn reason(this: &Signal) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = addEventListener)]
    fn add_event_listener(this: &Signal, event: &str, listener: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = removeEventListener)]
    fn remove_event_listener(
        this: &Signal,
        event: &str,
        listener: &Function,
    ) -> Result<(), JsValue>;
}

/// Why an attempt ends early.
#[derive(Clone)]
enum Cause {
    Aborted(JsValue),
    TimedOut,
}

struct State {
    cause: Option<Cause>,
    waker: Option<Waker>,
    controller: AbortController,
}

impl State {
    fn interrupt(&mut self, cause: Cause) {
        if self.cause.is_none() {
            self.cause = Some(cause);
            self.controller.abort();
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }
    }
}

/// Watches the caller's signal and the clock, from its creation until it is dropped.
pub struct Interrupt {
    state: Rc<RefCell<State>>,
    timeout: u32,
    timer: JsValue,
    _on_timeout: Closure<dyn FnMut()>,
    signal: Option<Signal>,
    on_abort: Closure<dyn FnMut()>,
}

impl Interrupt {
    /// Starts the clock, and aborts the controller when it runs out. Fails with what the signal throws.
    pub fn new(
        controller: AbortController,
        signal: Option<&Signal>,
        timeout: u32,
    ) -> Result<Self, JsValue> {
        let state = Rc::new(RefCell::new(State {
            cause: None,
            waker: None,
            controller,
        }));
        let on_timeout = Closure::new({
            let state = state.clone();
            move || state.borrow_mut().interrupt(Cause::TimedOut)
        });
        let on_abort = Closure::new({
            let state = state.clone();
            let signal = signal.cloned();
            move || {
                let reason = signal.as_ref().map(reason_of).unwrap_or_default();
                state.borrow_mut().interrupt(Cause::Aborted(reason));
            }
        });
        if let Some(signal) = signal {
            if signal.aborted()? == JsValue::TRUE {
                state
                    .borrow_mut()
                    .interrupt(Cause::Aborted(reason_of(signal)));
            } else {
                signal.add_event_listener("abort", on_abort.as_ref().unchecked_ref())?;
            }
        }
        let timer = set_timeout(on_timeout.as_ref().unchecked_ref(), timeout);
        Ok(Self {
            state,
            timeout,
            timer,
            _on_timeout: on_timeout,
            signal: signal.cloned(),
            on_abort,
        })
    }

    /// Fails where the attempt has been interrupted already.
    pub fn check(&self) -> Result<(), Rejection> {
        match &self.state.borrow().cause {
            None => Ok(()),
            Some(cause) => Err(self.rejection(cause)),
        }
    }

    /// Waits for the promise, but no longer than until the interruption. What the promise does after that is nobody's
    /// business, and never an unhandled rejection.
    pub async fn race(&self, promise: Promise) -> Result<Result<JsValue, JsValue>, Rejection> {
        let mut future = JsFuture::from(promise);
        poll_fn(|context| {
            if let Err(rejection) = self.check() {
                return Poll::Ready(Err(rejection));
            }
            self.state.borrow_mut().waker = Some(context.waker().clone());
            Pin::new(&mut future).poll(context).map(Ok)
        })
        .await
    }

    fn rejection(&self, cause: &Cause) -> Rejection {
        match cause {
            Cause::Aborted(reason) => Rejection::Aborted(reason.clone()),
            Cause::TimedOut => Rejection::new(
                InstaViewErrorType::Timeout,
                [
                    "No complete answer within ",
                    &self.timeout.to_string(),
                    " ms",
                ]
                .concat(),
            ),
        }
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            let _ = signal.remove_event_listener("abort", self.on_abort.as_ref().unchecked_ref());
        }
    }
}

fn reason_of(signal: &Signal) -> JsValue {
    signal.reason().unwrap_or_else(|thrown| thrown)
}
