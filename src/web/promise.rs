//! Waiting for promises of the caller and of the platform.

use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

#[wasm_bindgen(module = "/src/web/waiting.js")]
extern "C" {
    /// Follows a promise until it settles or is released.
    #[derive(Clone)]
    pub type Pending;

    /// Follows a promise, or whatever a foreign function returned in its place.
    #[wasm_bindgen(constructor)]
    pub fn new(value: &JsValue) -> Pending;

    /// What settles then; undefined where it is released.
    #[wasm_bindgen(method, getter)]
    pub fn promise(this: &Pending) -> Promise;

    /// Calls back, with whether it is fulfilled and with what, when it settles.
    #[wasm_bindgen(method, js_name = whenSettled)]
    fn when_settled(this: &Pending, on_settled: &Function);

    /// The function that releases it.
    #[wasm_bindgen(method, getter, js_name = release)]
    pub fn release_function(this: &Pending) -> Function;

    /// Releases it.
    #[wasm_bindgen(method)]
    pub fn release(this: &Pending);

    /// Calls a foreign function that should return a promise; a rejected one where it throws.
    #[wasm_bindgen(static_method_of = Pending, js_name = call)]
    pub fn call0(function: &Function, this: &JsValue) -> JsValue;

    /// The same with the arguments of fetch.
    #[wasm_bindgen(static_method_of = Pending, js_name = call)]
    pub fn call_fetch(fetch: &Function, this: &JsValue, url: &str, init: &RequestInit) -> JsValue;
}

impl Pending {
    /// What settles only when it is released.
    pub fn until_released() -> Self {
        Self::new(&Promise::new(&mut |_, _| {}))
    }
}

/// Waits for one promise after the other. `JsFuture` makes two closures for each promise, of which a request waits for three:
/// with one closure for all, and its headers read at once, a call costs 46 µs instead of 61.
pub struct Waiter {
    slot: Rc<Slot>,
    on_settled: Closure<dyn Fn(bool, JsValue)>,
}

/// Where the result arrives.
#[derive(Default)]
struct Slot {
    result: Cell<Option<Result<JsValue, JsValue>>>,
    waker: Cell<Option<Waker>>,
}

impl Waiter {
    /// A waiter without a promise.
    pub fn new() -> Self {
        let slot = Rc::<Slot>::default();
        let on_settled = Closure::new({
            let slot = slot.clone();
            move |is_fulfilled: bool, value: JsValue| {
                let result = if is_fulfilled { Ok(value) } else { Err(value) };
                slot.result.set(Some(result));
                if let Some(waker) = slot.waker.take() {
                    waker.wake();
                }
            }
        });
        Self { slot, on_settled }
    }

    /// What it settles with. Each promise must be waited for to its end before the next one is.
    pub async fn settled(&self, pending: &Pending) -> Result<JsValue, JsValue> {
        pending.when_settled(self.on_settled.as_ref().unchecked_ref());
        poll_fn(|context| match self.slot.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                self.slot.waker.set(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }
}
