//! Reads the body of an answer: not more of it than an answer of this API can have.

use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::interrupt::{Interrupt, ignore};
use super::outcome::{Rejection, message_of};
use crate::failure::Failure;

/// At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB.
const MOST_BYTES: u32 = 8 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    pub type Body;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    #[wasm_bindgen(method, catch, js_name = cancel)]
    fn cancel_body(this: &Body) -> Result<JsValue, JsValue>;

    type Reader;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Reader) -> Result<JsValue, JsValue>;

    type Chunk;

    #[wasm_bindgen(method, getter, catch)]
    fn done(this: &Chunk) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &Chunk) -> Result<JsValue, JsValue>;
}

/// Why a body could not be read.
pub enum BodyError {
    /// It was interrupted, or is not what this API sends.
    Rejected(Rejection),
    /// It broke off, and how.
    Broken(JsValue),
}

impl From<JsValue> for BodyError {
    fn from(thrown: JsValue) -> Self {
        Self::Broken(thrown)
    }
}

/// Leaves a body unread, and its connection free for others.
pub fn discard(body: &Body) {
    let _ = body.cancel_body().map(|promise| ignore(&promise));
}

/// All bytes of the body.
pub async fn read(body: &Body, interrupt: &Interrupt) -> Result<Vec<u8>, BodyError> {
    let reader = body.get_reader().map_err(|thrown| {
        let reason = ["its body cannot be read: ", &message_of(&thrown)].concat();
        BodyError::Rejected(Failure::of_response(&reason).into())
    })?;
    let result = read_all(&reader, interrupt).await;
    if result.is_err() {
        // Whether this works is of no interest any more.
        let _ = reader.cancel().map(|promise| ignore(&promise));
    }
    result
}

async fn read_all(reader: &Reader, interrupt: &Interrupt) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    loop {
        let read = interrupt.race(&reader.read()?).await;
        let chunk: Chunk = read.map_err(BodyError::Rejected)??.unchecked_into();
        if chunk.done()?.is_truthy() {
            return Ok(bytes);
        }
        let value = chunk.value()?;
        let is_bytes = ArrayBuffer::is_view(&value)
            && Reflect::get(&value, &"BYTES_PER_ELEMENT".into())?.as_f64() == Some(1.0);
        if !is_bytes {
            let failure = Failure::of_response("its body is not one of bytes");
            return Err(BodyError::Rejected(failure.into()));
        }
        let value: &Uint8Array = value.unchecked_ref();
        // Its length first: what is too long need not be copied.
        if value.length() > MOST_BYTES.saturating_sub(bytes.len() as u32) {
            return Err(BodyError::Rejected(
                Failure::of_response("it has more than 8 MiB").into(),
            ));
        }
        bytes.extend_from_slice(&value.to_vec());
    }
}
