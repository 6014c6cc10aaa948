//! Reads the body of an answer: not more of it than an answer of this API can have.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::interrupt::Interrupt;
use super::outcome::{Rejection, message_of};
use crate::failure::Failure;

/// At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB.
const MOST_BYTES: u32 = 8 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    pub type Body;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    type Reader;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Reader) -> Result<Promise, JsValue>;

    type Chunk;

    #[wasm_bindgen(method, getter, catch)]
    fn done(this: &Chunk) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &Chunk) -> Result<JsValue, JsValue>;
}

/// Why a body could not be read.
pub enum BodyError {
    Interrupted(Rejection),
    /// It broke off, and how.
    Broken(JsValue),
    /// It is not what this API sends.
    Invalid(Failure),
}

impl From<JsValue> for BodyError {
    fn from(thrown: JsValue) -> Self {
        Self::Broken(thrown)
    }
}

/// All bytes of the body.
pub async fn read(body: &Body, interrupt: &Interrupt) -> Result<Uint8Array, BodyError> {
    let reader = body.get_reader().map_err(|thrown| {
        let reason = ["its body cannot be read: ", &message_of(&thrown)].concat();
        BodyError::Invalid(Failure::of_response(&reason))
    })?;
    let result = read_all(&reader, interrupt).await;
    if result.is_err()
        && let Ok(promise) = reader.cancel()
    {
        // As a future, the promise is handled: whether cancelling works is of no interest any more.
        drop(JsFuture::from(promise));
    }
    result
}

async fn read_all(reader: &Reader, interrupt: &Interrupt) -> Result<Uint8Array, BodyError> {
    let mut chunks: Vec<Uint8Array> = Vec::new();
    let mut length: u32 = 0;
    loop {
        let read = interrupt.race(reader.read()?).await;
        let chunk: Chunk = read.map_err(BodyError::Interrupted)??.unchecked_into();
        if chunk.done()?.is_truthy() {
            break;
        }
        let bytes = chunk.value()?;
        if !ArrayBuffer::is_view(&bytes) {
            return Err(BodyError::Invalid(Failure::of_response(
                "its body is not one of bytes",
            )));
        }
        let bytes: Uint8Array = bytes.unchecked_into();
        length = length.saturating_add(bytes.byte_length());
        if length > MOST_BYTES {
            return Err(BodyError::Invalid(Failure::of_response(
                "it has more than 8 MiB",
            )));
        }
        chunks.push(bytes);
    }
    Ok(match chunks.as_slice() {
        [whole] => whole.clone(),
        _ => joined(&chunks, length),
    })
}

fn joined(chunks: &[Uint8Array], length: u32) -> Uint8Array {
    let whole = Uint8Array::new_with_length(length);
    let mut offset: u32 = 0;
    for chunk in chunks {
        whole.set(chunk, offset);
        offset = offset.saturating_add(chunk.byte_length());
    }
    whole
}
