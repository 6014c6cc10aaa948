//! What a call may find in the runtime around it. Every runtime lacks some of it, and some refuse to be read, as Deno does.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL_THIS: Foreign;

    /// Whatever it is: reading a property of it may throw, and gives a value of any type. Null and undefined are none, because an
    /// exception in place of a value that need not be there leaves no slot occupied, as `reading.js` says.
    #[derive(Clone)]
    type Foreign;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn fetch(this: &Foreign) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn process(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn env(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = INSTAVIEW_API_KEY)]
    fn instaview_api_key(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = INSTAVIEW_BASE_URL)]
    fn instaview_base_url(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn document(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = baseURI)]
    fn base_uri(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn location(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn href(this: &Foreign) -> Result<Option<Foreign>, JsValue>;

    #[wasm_bindgen(method, getter, structural, catch, js_name = importScripts)]
    fn import_scripts(this: &Foreign) -> Result<Option<Foreign>, JsValue>;
}

/// The global object, whose properties are read when a call needs them: they may be others at the next call.
pub struct Environment {
    global: Foreign,
}

impl Environment {
    /// The environment of this realm.
    pub fn current() -> Self {
        Self {
            global: GLOBAL_THIS.with(Foreign::clone),
        }
    }

    /// The environment that has this global object.
    pub fn of(global: JsValue) -> Self {
        Self {
            global: global.unchecked_into(),
        }
    }

    /// The environment variable `INSTAVIEW_API_KEY`, where there is one and it is not empty.
    pub fn api_key(&self) -> Option<String> {
        text(self.variables()?.instaview_api_key())
    }

    /// The environment variable `INSTAVIEW_BASE_URL`, where there is one and it is not empty.
    pub fn base_url(&self) -> Option<String> {
        text(self.variables()?.instaview_base_url())
    }

    fn variables(&self) -> Option<Foreign> {
        self.global.process().ok()??.env().ok()?
    }

    /// The platform's fetch, or what there is instead.
    pub fn fetch(&self) -> Result<Function, JsValue> {
        self.global.fetch()?.dyn_into()
    }

    /// Whether this is a page, or a worker of one: only browsers have `importScripts`. There, anyone can read a key.
    pub fn is_browser(&self) -> bool {
        let has_document = matches!(self.global.document(), Ok(Some(_)));
        has_document
            || matches!(self.global.import_scripts(), Ok(Some(function)) if function.is_function())
    }

    /// What a relative URL is relative to.
    pub fn base_uri(&self) -> Option<String> {
        let of_document = || text(self.global.document().ok()??.base_uri());
        let of_location = || text(self.global.location().ok()??.href());
        of_document().or_else(of_location)
    }
}

/// A string that is not empty.
fn text(value: Result<Option<Foreign>, JsValue>) -> Option<String> {
    value.ok()??.as_string().filter(|text| !text.is_empty())
}
