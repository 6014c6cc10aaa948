//! The bytes of a response's body.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::error::{Rejection, message_of};
use super::interrupts::Interrupts;
use super::trap;
use crate::api_key::Secrets;
use crate::error::{Failure, InstaViewErrorType};

/// At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB.
const MAX_BYTES: usize = 8 * 1024 * 1024;

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// Reads the body of a response of whatever fetch.
    type BodyReader;

    #[wasm_bindgen(constructor)]
    fn new(response: &JsValue) -> BodyReader;

    /// What the response throws, alone, where its body cannot be read.
    #[wasm_bindgen(method, getter)]
    fn failure(this: &BodyReader) -> Option<Array>;

    /// A promise of what [`Self::chunk`] has the next chunk from.
    #[wasm_bindgen(method)]
    fn read(this: &BodyReader) -> JsValue;

    /// The bytes of a chunk; undefined at the body's end, and null where it is not one of bytes. Where there is no chunk, what was
    /// thrown, alone.
    #[wasm_bindgen(static_method_of = BodyReader)]
    fn chunk(result: &JsValue) -> JsValue;

    /// Leaves the rest unread.
    #[wasm_bindgen(method, js_name = discard)]
    fn discard_rest(this: &BodyReader);

    /// Leaves the body of a response unread, and its connection free for others, also of one that may still arrive from a
    /// fetch that ignored its signal.
    #[wasm_bindgen(static_method_of = BodyReader)]
    fn discard(fetched: &JsValue);
}

/// Leaves the body of what fetch gave unread, and its connection free for others: of a response, or of one that may still arrive.
pub fn discard(fetched: &JsValue) {
    BodyReader::discard(fetched);
}

/// All bytes of the body of a response.
pub async fn read(
    response: &JsValue,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let reader = BodyReader::new(response);
    if let Some(failure) = reader.failure() {
        let reason = message_of(&failure.get(0), secrets);
        let message = ["its body cannot be read: ", &reason].concat();
        return Err(Failure::invalid_response(&message).into());
    }
    read_chunks(&reader, interrupts, secrets)
        .await
        .inspect_err(|_| reader.discard_rest())
}

async fn read_chunks(
    reader: &BodyReader,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let mut bytes = Vec::new();
    loop {
        let result = interrupts.settled(&reader.read()).await?;
        trap::at("chunk");
        let result = result.map_err(|thrown| broken_off(&thrown, secrets))?;
        let chunk = BodyReader::chunk(&result);
        if let Some(failure) = chunk.dyn_ref::<Array>() {
            return Err(broken_off(&failure.get(0), secrets));
        }
        if chunk.is_undefined() {
            return Ok(bytes);
        }
        append(&mut bytes, &chunk)?;
    }
}

fn append(bytes: &mut Vec<u8>, chunk: &JsValue) -> Result<(), Rejection> {
    if chunk.is_null() {
        return Err(Failure::invalid_response("its body is not one of bytes").into());
    }
    let chunk: &Uint8Array = chunk.unchecked_ref();
    if bytes.len().saturating_add(chunk.length() as usize) > MAX_BYTES {
        return Err(Failure::invalid_response("it has more than 8 MiB").into());
    }
    if bytes.is_empty() {
        *bytes = chunk.to_vec();
    } else {
        bytes.extend_from_slice(&chunk.to_vec());
    }
    Ok(())
}

fn broken_off(thrown: &JsValue, secrets: &Secrets) -> Rejection {
    let message = ["The response broke off: ", &message_of(thrown, secrets)].concat();
    Rejection::caused_by(thrown, InstaViewErrorType::Connection, &message, secrets)
}
