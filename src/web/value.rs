//! JavaScript's values, as the rules see them.

use wasm_bindgen::prelude::*;

use crate::value::{Kind, Value};

#[wasm_bindgen]
extern "C" {
    type Container;

    // Parsed JSON has no getters, but its prototypes may.
    #[wasm_bindgen(method, indexing_getter, catch)]
    fn member(this: &Container, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, indexing_getter)]
    fn element(this: &Container, index: u32) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Container) -> u32;

    #[wasm_bindgen(js_name = String)]
    fn to_text(value: &JsValue) -> String;

    // Throws for a revoked Proxy.
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// Lengths and elements are asked of parsed JSON only.
impl Value for JsValue {
    fn kind(&self) -> Kind {
        if self.is_string() {
            Kind::String
        } else if let Some(value) = self.as_bool() {
            Kind::Boolean(value)
        } else if let Some(value) = self.as_f64() {
            Kind::Number(value)
        } else if self.is_undefined() {
            Kind::Undefined
        } else if self.is_null() {
            Kind::Null
        } else if self.is_function() {
            Kind::Function
        } else if is_array(self) == Ok(true) {
            Kind::Array
        } else if self.is_object() {
            Kind::Object
        } else {
            Kind::Other
        }
    }

    fn text(&self) -> String {
        match self.kind() {
            Kind::String | Kind::Number(_) | Kind::Other => to_text(self),
            _ => String::new(),
        }
    }

    fn member(&self, name: &str) -> Self {
        if self.is_object() {
            self.unchecked_ref::<Container>()
                .member(name)
                .unwrap_or_default()
        } else {
            Self::UNDEFINED
        }
    }

    fn length(&self) -> u32 {
        if self.kind() == Kind::Array {
            self.unchecked_ref::<Container>().length()
        } else {
            0
        }
    }

    fn element(&self, index: u32) -> Self {
        if self.is_object() {
            self.unchecked_ref::<Container>().element(index)
        } else {
            Self::UNDEFINED
        }
    }
}
