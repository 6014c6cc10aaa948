//! The bytes of a response's body.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::error::{Rejection, message_of};
use super::interrupts::Interrupts;
use super::promise::Pending;
use super::trap;
use crate::api_key::Secrets;
use crate::error::{Failure, InstaViewErrorType};

/// At most 8 MiB, however small the body was when it was compressed. A page of 100 numbers has about 32 kB.
const MAX_BYTES: usize = 8 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    /// A response of whatever fetch: every access to it may throw.
    type Response;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn body(this: &Response) -> Result<Body, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = arrayBuffer)]
    fn array_buffer_method(this: &Response) -> Result<JsValue, JsValue>;

    type Body;

    #[wasm_bindgen(method, getter, structural, catch, js_name = getReader)]
    fn get_reader_method(this: &Body) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn get_reader(this: &Body) -> Result<Reader, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Body) -> Result<JsValue, JsValue>;

    type Reader;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn cancel(this: &Reader) -> Result<JsValue, JsValue>;

    type ReadResult;

    #[wasm_bindgen(method, getter, catch)]
    fn done(this: &ReadResult) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &ReadResult) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// The bytes of a chunk or a buffer; undefined where it is neither.
    #[wasm_bindgen(js_name = bytesOf, catch)]
    fn bytes_of(chunk: &JsValue) -> Result<Option<Uint8Array>, JsValue>;
}

/// All bytes of the body of a response.
pub async fn read(
    response: &JsValue,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let response: &Response = response.unchecked_ref();
    let body = response
        .body()
        .map_err(|thrown| unreadable(&message_of(&thrown, secrets)))?;
    if body.is_null() {
        return Ok(Vec::new());
    }
    if body
        .get_reader_method()
        .is_ok_and(|method| method.is_function())
    {
        return read_stream(&body, interrupts, secrets).await;
    }
    // Of a fetch whose responses have no web stream, such as node-fetch.
    let method = response.array_buffer_method().unwrap_or_default();
    match method.dyn_ref::<Function>() {
        Some(method) => read_buffer(response, method, interrupts, secrets).await,
        None if body.is_undefined() => Ok(Vec::new()),
        None => Err(unreadable("it is not a stream")),
    }
}

/// Leaves a body unread, and its connection free for others.
pub fn discard(response: &JsValue) {
    let response: &Response = response.unchecked_ref();
    if let Ok(cancelled) = response.body().and_then(|body| body.cancel()) {
        Pending::ignore(&cancelled);
    }
}

async fn read_stream(
    body: &Body,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let reader = body
        .get_reader()
        .map_err(|thrown| unreadable(&message_of(&thrown, secrets)))?;
    let result = read_chunks(&reader, interrupts, secrets).await;
    if result.is_err()
        && let Ok(cancelled) = reader.cancel()
    {
        Pending::ignore(&cancelled);
    }
    result
}

async fn read_chunks(
    reader: &Reader,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let mut bytes = Vec::new();
    loop {
        let broken_off = |thrown: JsValue| broken_off(&thrown, secrets);
        let read = reader.read().map_err(broken_off)?;
        let result = interrupts.settled(&read).await?.map_err(broken_off)?;
        trap::at("chunk");
        if !result.is_object() {
            return Err(broken_off("a read that gave no object".into()));
        }
        let result: &ReadResult = result.unchecked_ref();
        if result.done().map_err(broken_off)?.is_truthy() {
            return Ok(bytes);
        }
        append(&mut bytes, &result.value().map_err(broken_off)?)?;
    }
}

async fn read_buffer(
    response: &JsValue,
    array_buffer: &Function,
    interrupts: &Interrupts,
    secrets: &Secrets,
) -> Result<Vec<u8>, Rejection> {
    let promise = Pending::call0(array_buffer, response);
    let settled = interrupts.settled(&promise).await?;
    let buffer = settled.map_err(|thrown| broken_off(&thrown, secrets))?;
    trap::at("buffer");
    let mut bytes = Vec::new();
    append(&mut bytes, &buffer)?;
    Ok(bytes)
}

fn append(bytes: &mut Vec<u8>, chunk: &JsValue) -> Result<(), Rejection> {
    let Ok(Some(chunk)) = bytes_of(chunk) else {
        return Err(Failure::invalid_response("its body is not one of bytes").into());
    };
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

fn unreadable(reason: &str) -> Rejection {
    Failure::invalid_response(&["its body cannot be read: ", reason].concat()).into()
}

fn broken_off(thrown: &JsValue, secrets: &Secrets) -> Rejection {
    let message = ["The response broke off: ", &message_of(thrown, secrets)].concat();
    Rejection::caused_by(thrown, InstaViewErrorType::Connection, &message, secrets)
}
