//! JavaScript's values, as the rules see them.

use wasm_bindgen::prelude::*;

use super::platform;
use crate::value::{Kind, Value};

#[wasm_bindgen]
extern "C" {
    type Container;

    #[wasm_bindgen(method, indexing_getter)]
    fn element(this: &Container, index: u32) -> JsValue;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Container) -> u32;

    #[wasm_bindgen(js_name = String)]
    fn to_text(value: &JsValue) -> String;
}

/// Lengths and elements are asked of parsed JSON only.
impl Value for JsValue {
    fn kind(&self) -> Kind {
        match platform::kind(self) {
            0 => Kind::Undefined,
            1 => Kind::Null,
            2 => Kind::Boolean(false),
            3 => Kind::Boolean(true),
            4 => Kind::Number(self.as_f64().unwrap_or_default()),
            5 => Kind::String,
            6 => Kind::Array,
            7 => Kind::Object,
            8 => Kind::Function,
            _ => Kind::Other,
        }
    }

    fn text(&self) -> String {
        match self.kind() {
            Kind::String | Kind::Number(_) | Kind::Other => to_text(self),
            _ => String::new(),
        }
    }

    fn member(&self, name: &str) -> Self {
        platform::member(self, name)
    }

    fn length(&self) -> u32 {
        if self.kind() == Kind::Array {
            self.unchecked_ref::<Container>().length()
        } else {
            0
        }
    }

    fn element(&self, index: u32) -> Self {
        if matches!(self.kind(), Kind::Array | Kind::Object) {
            self.unchecked_ref::<Container>().element(index)
        } else {
            Self::UNDEFINED
        }
    }
}
