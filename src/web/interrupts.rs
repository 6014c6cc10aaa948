//! What ends a call early: the caller's abort ends the call, a timeout one attempt of it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::error::Rejection;
use super::promise::{Pending, Waiter};
use super::trap;
use crate::error::{Failure, InstaViewErrorType};
use crate::issue::Issue;

#[wasm_bindgen]
extern "C" {
    /// A signal of the caller's, of whatever realm or library: every access to it may throw.
    #[derive(Clone)]
    pub type Signal;

    /// What ends a fetch. The one that somebody has put in place of the platform's may throw.
    #[derive(Clone)]
    type AbortController;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<AbortController, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn signal(this: &AbortController) -> Result<AbortSignal, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn abort(this: &AbortController) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: u32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    /// Milliseconds of a clock that nobody sets back.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

#[wasm_bindgen(module = "/src/web/waiting.js")]
extern "C" {
    /// Calls back when the signal is aborted. Whether it is already; none where it throws.
    #[wasm_bindgen(js_namespace = signals)]
    fn subscribe(signal: &Signal, callback: &Function) -> Option<bool>;

    #[wasm_bindgen(js_namespace = signals)]
    fn unsubscribe(signal: &Signal, callback: &Function);

    /// What the promise of an aborted call rejects with.
    #[wasm_bindgen(js_namespace = signals, js_name = reasonOf)]
    fn reason_of(signal: &Signal) -> JsValue;

    /// Whether [`now`] can be called.
    #[wasm_bindgen(js_namespace = clock, js_name = isUsable)]
    fn has_clock() -> bool;
}

/// Ends the calls and attempts that it belongs to, and leaves nothing behind when it is dropped.
pub struct Interrupts {
    state: Rc<State>,
    /// Milliseconds for one attempt.
    timeout: u32,
    on_timeout: Closure<dyn Fn()>,
    waiter: Waiter,
    _watched: Vec<Watched>,
}

#[derive(Default)]
struct State {
    /// The reason of the caller's abort.
    abort_reason: Cell<Option<JsValue>>,
    is_late: Cell<bool>,
    /// When the attempt that is under way is late, by [`now`].
    deadline: Cell<Option<f64>>,
    /// What ends the fetch of that attempt.
    controller: Cell<Option<AbortController>>,
    /// What the call waits for.
    pending: Cell<Option<Pending>>,
}

/// Reads a cell, whose value must be taken out for that.
fn read<T: Clone>(cell: &Cell<Option<T>>) -> Option<T> {
    let value = cell.take();
    cell.set(value.clone());
    value
}

impl State {
    fn abort(&self, signal: &Signal) {
        if read(&self.abort_reason).is_none() {
            self.abort_reason.set(Some(reason_of(signal)));
            self.interrupt();
        }
    }

    fn expire(&self) {
        if read(&self.abort_reason).is_none() {
            self.is_late.set(true);
            self.interrupt();
        }
    }

    fn interrupt(&self) {
        if let Some(controller) = read(&self.controller) {
            // Nothing else could end the fetch, whose response is ignored.
            let _ = controller.abort();
        }
        if let Some(pending) = read(&self.pending) {
            pending.release();
        }
    }
}

impl Interrupts {
    /// Watches these signals, until it is dropped.
    pub fn new(timeout: u32, signals: [Option<Signal>; 2]) -> Result<Self, Rejection> {
        if !has_clock() {
            let message = "This platform has no usable performance.now";
            return Err(Failure::new(InstaViewErrorType::Configuration, message).into());
        }
        let state = Rc::new(State::default());
        let on_timeout = Closure::new({
            let state = state.clone();
            move || {
                trap::at("deadline");
                state.expire();
            }
        });
        let mut watched = Vec::new();
        for signal in signals.into_iter().flatten() {
            watched.push(Watched::new(signal, &state).ok_or_else(|| {
                let issue = Issue::new("signal", "an AbortSignal", "an object that throws");
                Failure::from_issues(InstaViewErrorType::InvalidArgument, vec![issue])
            })?);
        }
        Ok(Self {
            state,
            timeout,
            on_timeout,
            waiter: Waiter::new(),
            _watched: watched,
        })
    }

    /// The reason of the caller's abort, where there has been one.
    pub fn abort_reason(&self) -> Option<JsValue> {
        read(&self.state.abort_reason)
    }

    /// Fails where the call has been aborted, or the attempt is late.
    pub fn check(&self) -> Result<(), Rejection> {
        if self.state.is_late.get() {
            let message = [
                "No complete answer within ",
                &self.timeout.to_string(),
                " ms",
            ]
            .concat();
            return Err(Failure::new(InstaViewErrorType::Timeout, &message).into());
        }
        match read(&self.state.abort_reason) {
            Some(reason) => Err(Rejection::Aborted(reason)),
            None => Ok(()),
        }
    }

    /// The same by the clock: a body that is always ready keeps timers from firing.
    fn check_clock(&self) -> Result<(), Rejection> {
        let deadline = self.state.deadline.get();
        if deadline.is_some_and(|deadline| now() > deadline) {
            self.state.expire();
        }
        self.check()
    }

    /// What a promise of the caller's or the platform's settles with, unless the call or the attempt ends before. What it does
    /// later is ignored.
    pub async fn settled(&self, value: &JsValue) -> Result<Result<JsValue, JsValue>, Rejection> {
        let pending = Pending::new(value);
        self.follow(&pending);
        let result = self.waiter.settled(&pending).await;
        self.state.pending.set(None);
        self.check_clock()?;
        Ok(result)
    }

    /// Waits until it is released, or for so many milliseconds where they are given.
    pub async fn sleep(
        &self,
        pending: Pending,
        milliseconds: Option<f64>,
    ) -> Result<(), Rejection> {
        let _timer = milliseconds
            .map(|milliseconds| Timer::new(&pending.release_function(), milliseconds as u32));
        self.follow(&pending);
        // What is only ever released never rejects.
        let _ = JsFuture::from(pending.promise()).await;
        trap::at("wait");
        self.state.pending.set(None);
        self.check()
    }

    /// An interruption releases this from now on.
    fn follow(&self, pending: &Pending) {
        self.state.pending.set(Some(pending.clone()));
        if self.check().is_err() {
            pending.release();
        }
    }

    /// Starts an attempt, whose signal ends its fetch. Fails with what the platform throws.
    pub fn start_attempt(&self) -> Result<(AttemptDeadline, AbortSignal), JsValue> {
        let controller = AbortController::new()?;
        let signal = controller.signal()?;
        self.state.controller.set(Some(controller));
        Ok((self.start_deadline(), signal))
    }

    /// Limits what follows to the timeout of an attempt.
    pub fn start_deadline(&self) -> AttemptDeadline {
        self.state
            .deadline
            .set(Some(now() + f64::from(self.timeout)));
        AttemptDeadline {
            state: self.state.clone(),
            _timer: Timer::new(self.on_timeout.as_ref().unchecked_ref(), self.timeout),
        }
    }
}

/// The deadline of an attempt, until it is dropped. A timeout ends that attempt alone.
pub struct AttemptDeadline {
    state: Rc<State>,
    _timer: Timer,
}

impl Drop for AttemptDeadline {
    fn drop(&mut self) {
        self.state.controller.set(None);
        self.state.deadline.set(None);
        self.state.is_late.set(false);
    }
}

/// A timer, until it is dropped.
struct Timer(JsValue);

impl Timer {
    fn new(callback: &Function, milliseconds: u32) -> Self {
        Self(set_timeout(callback, milliseconds))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}

/// A signal that is listened to, until it is dropped.
struct Watched {
    signal: Signal,
    on_abort: Closure<dyn Fn()>,
}

impl Watched {
    /// None where the signal throws.
    fn new(signal: Signal, state: &Rc<State>) -> Option<Self> {
        let on_abort = Closure::new({
            let (signal, state) = (signal.clone(), state.clone());
            move || {
                trap::at("abort");
                state.abort(&signal);
            }
        });
        let watched = Self { signal, on_abort };
        if subscribe(&watched.signal, watched.callback())? {
            state.abort(&watched.signal);
        }
        Some(watched)
    }

    fn callback(&self) -> &Function {
        self.on_abort.as_ref().unchecked_ref()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        unsubscribe(&self.signal, self.callback());
    }
}
