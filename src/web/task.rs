//! Runs a call: a future that waits for nothing but JavaScript's promises. Each step of it is one of JavaScript's
//! microtasks, so that there is no need for an executor, nor for wakers.

use std::cell::{Cell, RefCell};
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::platform;

#[wasm_bindgen]
extern "C" {
    /// The promise of a call's outcome, which is never rejected but by a trap.
    #[wasm_bindgen(extends = Promise, typescript_type = "Promise<Outcome>")]
    pub type Running;
}

/// For Rust's callers, who are tests.
impl IntoFuture for Running {
    type Output = JsValue;
    type IntoFuture = Pin<Box<dyn Future<Output = JsValue>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            Promise::from(JsValue::from(self))
                .await
                .unwrap_or_else(|trap| trap)
        })
    }
}

thread_local! {
    /// Between a future and its step: first the promise that it waits for, then what the promise has given.
    static AWAITED: Cell<JsValue> = const { Cell::new(JsValue::UNDEFINED) };
}

/// Runs a call to its outcome.
pub fn run(mut call: Pin<Box<dyn Future<Output = JsValue>>>) -> Running {
    let this = Rc::new(RefCell::new(None));
    let step = Closure::<dyn FnMut(JsValue) -> JsValue>::new({
        let this = this.clone();
        move |settled| {
            AWAITED.set(settled);
            match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => AWAITED.take(),
                Poll::Ready(outcome) => {
                    // The last step: nothing of the call is left.
                    this.take();
                    outcome
                }
            }
        }
    });
    let function = step.as_ref().clone();
    this.replace(Some(step));
    platform::drive(&function)
}

/// Waits for one of the platform's own promises, which are never rejected.
pub async fn settled(promise: JsValue) -> JsValue {
    let mut promise = Some(promise);
    poll_fn(|_| match promise.take() {
        Some(promise) => {
            AWAITED.set(promise);
            Poll::Pending
        }
        None => Poll::Ready(AWAITED.take()),
    })
    .await
}
