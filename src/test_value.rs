//! `serde_json` values stand in for JavaScript's in the native tests of the rules; `None` for `undefined`.

use serde_json::Value as Json;

use crate::value::{Kind, Value};

impl Value for Option<Json> {
    fn kind(&self) -> Kind {
        match self {
            None => Kind::Undefined,
            Some(Json::Null) => Kind::Null,
            Some(Json::Bool(value)) => Kind::Boolean(*value),
            Some(Json::Number(value)) => Kind::Number(value.as_f64().expect("a double")),
            Some(Json::String(_)) => Kind::String,
            Some(Json::Array(_)) => Kind::Array,
            Some(Json::Object(_)) => Kind::Object,
        }
    }

    fn text(&self) -> String {
        match self {
            Some(Json::Number(value)) => value.to_string(),
            Some(Json::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn member(&self, name: &str) -> Self {
        self.as_ref()?.get(name).cloned()
    }

    fn length(&self) -> u32 {
        self.as_ref()
            .and_then(Json::as_array)
            .map_or(0, |values| values.len() as u32)
    }

    fn element(&self, index: u32) -> Self {
        self.as_ref()?.get(index as usize).cloned()
    }
}
