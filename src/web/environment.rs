//! What a call may find in the runtime around it. Every runtime lacks some of it, and some refuse to be read, as Deno does.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL_THIS: Global;

    #[derive(Clone)]
    type Global;

    #[wasm_bindgen(method, getter, structural, catch)]
    fn fetch(this: &Global) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = environment)]
    fn variable(global: &Global, name: &str) -> Option<String>;

    #[wasm_bindgen(js_namespace = environment, js_name = isBrowser)]
    fn is_browser(global: &Global) -> bool;

    #[wasm_bindgen(js_namespace = environment, js_name = baseUri)]
    fn base_uri(global: &Global) -> Option<String>;
}

/// The global object, whose properties are read when a call needs them: they may be others at the next call.
pub struct Environment {
    global: Global,
}

impl Environment {
    /// The environment of this realm.
    pub fn current() -> Self {
        Self {
            global: GLOBAL_THIS.with(Global::clone),
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
        variable(&self.global, "INSTAVIEW_API_KEY")
    }

    /// The environment variable `INSTAVIEW_BASE_URL`, where there is one and it is not empty.
    pub fn base_url(&self) -> Option<String> {
        variable(&self.global, "INSTAVIEW_BASE_URL")
    }

    /// The platform's fetch, or what there is instead.
    pub fn fetch(&self) -> Result<Function, JsValue> {
        self.global.fetch()?.dyn_into()
    }

    /// Whether this is a page, or a worker of one. There, anyone can read a key.
    pub fn is_browser(&self) -> bool {
        is_browser(&self.global)
    }

    /// What a relative URL is relative to.
    pub fn base_uri(&self) -> Option<String> {
        base_uri(&self.global)
    }
}
