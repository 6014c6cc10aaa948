//! What ends a call early, the caller's abort, or one attempt of it, the timeout. Both leave nothing behind, however the
//! call ends.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::outcome::Rejection;
use super::platform::{self, Watch};
use super::settings::Environment;
use super::task::settled;
use crate::failure::InstaViewErrorType;
use crate::text::{concat, decimal};
use crate::turnstile::Wake;

/// Watches the caller's signal, and the clock of an attempt, until it is dropped.
pub struct Interrupt {
    pub watch: Rc<Watch>,
    /// Milliseconds for one attempt.
    timeout: u32,
}

impl Interrupt {
    /// Watches two signals, either of which may be undefined. Fails with what a signal throws.
    pub fn new(
        [signal, ended]: [&JsValue; 2],
        timeout: u32,
        environment: &Environment,
    ) -> Result<Self, JsValue> {
        let watch = Rc::new(platform::watch(signal, ended, environment)?);
        Ok(Self { watch, timeout })
    }

    /// Fails where there has been an interruption already.
    pub fn check(&self) -> Result<(), Rejection> {
        match self.watch.cause() {
            0 => Ok(()),
            1 => Err(Rejection::Aborted(self.watch.reason())),
            _ => {
                let message = ["No complete answer within ", &decimal(self.timeout), " ms"];
                Err(Rejection::new(
                    InstaViewErrorType::Timeout,
                    &concat(&message),
                ))
            }
        }
    }

    /// Waits for a promise of the watch, which an interruption settles too.
    pub async fn wait(&self, promise: JsValue) -> Result<JsValue, Rejection> {
        // What was called for the promise may have been the interruption.
        self.check()?;
        let value = settled(promise).await;
        self.check()?;
        Ok(value)
    }

    /// Calls a function of the caller's, and waits for what it promises.
    pub async fn call(
        &self,
        function: &JsValue,
        argument: &JsValue,
    ) -> Result<Result<JsValue, JsValue>, Rejection> {
        self.check()?;
        let promise = self.watch.call(function, argument);
        let result = self.wait(promise).await?;
        let value = platform::member(&result, "value");
        Ok(if platform::member(&result, "problem").is_undefined() {
            Ok(value)
        } else {
            Err(value)
        })
    }

    /// Waits to be woken, for so many milliseconds at most where they are given.
    pub async fn sleep(&self, milliseconds: Option<f64>) -> Result<(), Rejection> {
        self.check()?;
        self.wait(self.watch.sleep(milliseconds)).await.map(drop)
    }

    /// Starts the clock of an attempt: what is awaited ends when it runs out.
    pub fn start_attempt(&self) -> AttemptClock {
        self.watch.start(self.timeout);
        AttemptClock(self.watch.clone())
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        self.watch.close();
    }
}

impl Wake for Rc<Watch> {
    fn wake(&self) {
        Watch::wake(self);
    }
}

/// The clock of one attempt, until it is dropped. A timeout ends that attempt alone.
pub struct AttemptClock(Rc<Watch>);

impl Drop for AttemptClock {
    fn drop(&mut self) {
        self.0.stop();
    }
}
