//! Runs the core's futures.
//!
//! `wasm_bindgen_futures::spawn_local` puts every task into one queue, which one microtask runs: the caller's functions
//! would then run in the `AsyncLocalStorage` context of whichever call filled the queue first, and traces, loggers and
//! framework caches would mix up requests. Here a task is polled at once: first in its caller's own turn, then in the turn of each promise
//! that it waits for, whose context the platform keeps.

use std::future::Future;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// The promise of a future, which starts to run at once.
pub fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let mut functions = None;
    let promise = Promise::new(&mut |resolve, reject| functions = Some((resolve, reject)));
    if let Some((resolve, reject)) = functions {
        spawn(async move {
            let (settle, value) = match future.await {
                Ok(value) => (resolve, value),
                Err(reason) => (reject, reason),
            };
            // The functions of a promise throw nothing.
            let _ = settle.call1(&JsValue::UNDEFINED, &value);
        });
    }
    promise
}

fn spawn(future: impl Future<Output = ()> + 'static) {
    // SAFETY: WebAssembly without shared memory has one thread, so that neither the future nor its wakers can leave
    // theirs; and both the future and the schedule are 'static.
    let (runnable, task) = unsafe {
        async_task::spawn_unchecked(future, |runnable: async_task::Runnable| {
            runnable.run();
        })
    };
    task.detach();
    runnable.run();
}
