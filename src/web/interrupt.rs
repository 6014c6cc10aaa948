//! What ends a call early, the caller's abort, or one attempt of it, the timeout. Both leave nothing behind, however the
//! call ends.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Array, Date, Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::outcome::Rejection;
use super::settings::Environment;
use super::timer::Timer;
use crate::failure::InstaViewErrorType;

#[wasm_bindgen]
extern "C" {
    /// The caller's signal, of whatever realm or library: every access to it may throw.
    #[derive(Clone)]
    pub type Signal;

    #[wasm_bindgen(method, getter, catch)]
    pub fn aborted(this: &Signal) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn reason(this: &Signal) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type Thenable;

    #[wasm_bindgen(method)]
    fn then(this: &Thenable, resolve: &Function, reject: &Function);
}

/// Why a call or an attempt ends early.
enum Cause {
    Aborted(JsValue),
    TimedOut(u32),
}

#[derive(Default)]
struct State {
    cause: Option<Cause>,
    /// When the attempt that is under way times out: Unix time in milliseconds, and after how many.
    deadline: Option<(f64, u32)>,
    /// What cancels the fetch of that attempt.
    controller: Option<AbortController>,
    /// What settles the promise that is waited for.
    release: Option<Function>,
    waker: Option<Waker>,
}

/// Ends what is under way. Nothing is borrowed while JavaScript runs: it may come back here.
fn interrupt(state: &RefCell<State>, cause: Cause) {
    let (controller, release, waker) = {
        let mut state = state.borrow_mut();
        if state.cause.is_some() {
            return;
        }
        state.cause = Some(cause);
        (
            state.controller.take(),
            state.release.take(),
            state.waker.take(),
        )
    };
    if let Some(controller) = controller {
        controller.abort();
    }
    if let Some(release) = release {
        let _ = release.call0(&JsValue::UNDEFINED);
    }
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Watches signals, and the clock of an attempt, until it is dropped.
pub struct Interrupt {
    state: Rc<RefCell<State>>,
    environment: Environment,
    watched: Vec<(Signal, Closure<dyn FnMut()>)>,
}

impl Interrupt {
    /// Fails with what a signal throws.
    pub fn new(signals: &[Signal], environment: &Environment) -> Result<Self, JsValue> {
        let mut this = Self {
            state: Rc::default(),
            environment: environment.clone(),
            watched: Vec::new(),
        };
        for signal in signals {
            this.watch(signal)?;
        }
        Ok(this)
    }

    fn watch(&mut self, signal: &Signal) -> Result<(), JsValue> {
        if signal.aborted()? == JsValue::TRUE {
            interrupt(&self.state, Cause::Aborted(reason_of(signal)));
            return Ok(());
        }
        let on_abort: Closure<dyn FnMut()> = Closure::new({
            let (state, signal) = (self.state.clone(), signal.clone());
            move || interrupt(&state, Cause::Aborted(reason_of(&signal)))
        });
        self.environment
            .subscribe(signal, on_abort.as_ref().unchecked_ref())?;
        self.watched.push((signal.clone(), on_abort));
        Ok(())
    }

    /// Fails where there has been an interruption already. A body that is always ready keeps timers from running: the
    /// clock is looked at too.
    pub fn check(&self) -> Result<(), Rejection> {
        let deadline = self.state.borrow().deadline;
        if let Some((deadline, timeout)) = deadline
            && Date::now() > deadline
        {
            interrupt(&self.state, Cause::TimedOut(timeout));
        }
        match &self.state.borrow().cause {
            None => Ok(()),
            Some(Cause::Aborted(reason)) => Err(Rejection::Aborted(reason.clone())),
            Some(Cause::TimedOut(timeout)) => {
                let message = ["No complete answer within ", &timeout.to_string(), " ms"].concat();
                Err(Rejection::new(InstaViewErrorType::Timeout, message))
            }
        }
    }

    /// Waits until something is ready, but no longer than until an interruption.
    pub async fn until<T>(
        &self,
        mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Result<T, Rejection> {
        poll_fn(|context| {
            if let Err(rejection) = self.check() {
                return Poll::Ready(Err(rejection));
            }
            self.state.borrow_mut().waker = Some(context.waker().clone());
            poll(context).map(Ok)
        })
        .await
    }

    /// Waits for a promise, or for whatever value the caller's code gives in its place. What it does after an interruption
    /// is nobody's business, and never an unhandled rejection; one that never settles keeps nothing of the core alive.
    pub async fn race(&self, value: &JsValue) -> Result<Result<JsValue, JsValue>, Rejection> {
        // `Promise.race` takes any value, and turns what its `then` throws into a rejection.
        let guarded: Thenable = Promise::race(&Array::of1(value)).unchecked_into();
        let mut settled = JsFuture::from(Promise::new(&mut |resolve, reject| {
            guarded.then(&resolve, &reject);
            self.state.borrow_mut().release = Some(resolve);
        }));
        let result = self
            .until(|context| Pin::new(&mut settled).poll(context))
            .await;
        // What waits for a promise is only freed once that is settled.
        let release = self.state.borrow_mut().release.take();
        if let Some(release) = release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        result
    }

    /// Waits for so many milliseconds, or until there is a reason to go on.
    pub async fn sleep(
        &self,
        milliseconds: f64,
        mut goes_on: impl FnMut(&Context<'_>) -> bool,
    ) -> Result<(), Rejection> {
        let is_over = Rc::new(Cell::new(false));
        let _timer = Timer::new(milliseconds as u32, {
            let (is_over, state) = (is_over.clone(), self.state.clone());
            move || {
                is_over.set(true);
                let waker = state.borrow_mut().waker.take();
                waker.into_iter().for_each(Waker::wake);
            }
        });
        self.until(|context| match goes_on(context) || is_over.get() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await
    }

    /// Starts the clock of an attempt: what is awaited ends when it runs out, and the controller aborts its fetch then.
    pub fn start_attempt(&self, controller: Option<AbortController>, timeout: u32) -> AttemptClock {
        {
            let mut state = self.state.borrow_mut();
            state.controller = controller;
            state.deadline = Some((Date::now() + f64::from(timeout), timeout));
        }
        let state = self.state.clone();
        AttemptClock {
            state: self.state.clone(),
            _timer: Timer::new(timeout, move || interrupt(&state, Cause::TimedOut(timeout))),
        }
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        for (signal, on_abort) in &self.watched {
            let callback = on_abort.as_ref().unchecked_ref();
            let _ = self.environment.unsubscribe(signal, callback);
        }
    }
}

/// The clock of one attempt, until it is dropped. A timeout ends that attempt alone.
pub struct AttemptClock {
    state: Rc<RefCell<State>>,
    _timer: Timer,
}

impl Drop for AttemptClock {
    fn drop(&mut self) {
        let mut state = self.state.borrow_mut();
        state.controller = None;
        state.deadline = None;
        if let Some(Cause::TimedOut(_)) = state.cause {
            state.cause = None;
        }
    }
}

/// Leaves a promise, or what was given in its place, to itself: it is no unhandled rejection.
pub fn ignore(value: &JsValue) {
    let guarded: Thenable = Promise::race(&Array::of1(value)).unchecked_into();
    let _ = Promise::new(&mut |resolve, _| guarded.then(&resolve, &resolve));
}

fn reason_of(signal: &Signal) -> JsValue {
    signal.reason().unwrap_or_else(|thrown| thrown)
}
