//! What the core leaves to JavaScript: `platform.js`, which says more.

use wasm_bindgen::prelude::*;

use super::settings::Environment;
use super::task::Running;

#[wasm_bindgen(module = "/src/web/platform.js")]
extern "C" {
    pub fn drive(step: &JsValue) -> Running;

    pub type Watch;

    #[wasm_bindgen(catch)]
    pub fn watch(
        signal: &JsValue,
        ended: &JsValue,
        environment: &Environment,
    ) -> Result<Watch, JsValue>;

    #[wasm_bindgen(method)]
    pub fn cause(this: &Watch) -> u32;

    #[wasm_bindgen(method)]
    pub fn reason(this: &Watch) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn start(this: &Watch, milliseconds: u32);

    #[wasm_bindgen(method)]
    pub fn stop(this: &Watch);

    #[wasm_bindgen(method, catch)]
    pub fn request(
        this: &Watch,
        url: &str,
        headers: &JsValue,
        authorization: Option<String>,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    pub fn call(this: &Watch, method: &JsValue, argument: &JsValue) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn sleep(this: &Watch, milliseconds: Option<f64>) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn wake(this: &Watch);

    #[wasm_bindgen(method)]
    pub fn read(this: &Watch, body: &JsValue, most: u32) -> JsValue;

    #[wasm_bindgen(method)]
    pub fn close(this: &Watch);

    #[wasm_bindgen(js_name = setValue)]
    pub fn set(object: &JsValue, name: &str, value: &JsValue);

    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(object: &JsValue, name: &str, value: &str);

    #[wasm_bindgen(js_name = setNumber)]
    pub fn set_number(object: &JsValue, name: &str, value: f64);

    pub fn error(message: &str) -> JsValue;

    pub fn discard(body: &JsValue);

    pub fn kind(value: &JsValue) -> i32;

    pub fn member(value: &JsValue, name: &str) -> JsValue;

    pub fn names(value: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = globalFetch)]
    pub fn global_fetch() -> JsValue;

    pub fn href(url: &str, base: Option<String>) -> Option<String>;

    pub fn header(response: &JsValue, name: &str) -> JsValue;

    pub fn headers() -> JsValue;

    #[wasm_bindgen(js_name = addHeaders)]
    pub fn add_headers(headers: &JsValue, given: &JsValue) -> bool;
}
