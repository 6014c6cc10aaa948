//! What is wrong with an argument or a response, precisely enough to mend it.

use tsify::Tsify;

use crate::json::{Array, Json, Object};
use crate::text::{concat, decimal};

/// One thing wrong with an argument or a response.
///
/// @example
/// ```json
/// { "path": "limit", "expected": "an integer from 1 to 100", "received": "500" }
/// ```
#[derive(Tsify)]
pub struct Issue {
    /// Where it is: `page` for an argument, `$.data[3].id` for a response.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// What was there, shortened; never a secret.
    pub received: String,
}

/// An issue on its way to TypeScript, of whose members at most one tells what was received: none where nothing was.
///
/// @internal
#[derive(Tsify)]
pub struct FoundIssue {
    /// Where it is.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// What was there, in words.
    #[tsify(optional)]
    pub received: Option<String>,
    /// The value that was there.
    #[tsify(optional, type = "unknown")]
    pub value: Option<String>,
    /// The place in the answer of the value that was there, in the units of UTF-16.
    #[tsify(optional, type = "[start: number, end: number]")]
    pub place: Option<[u32; 2]>,
}

/// What was there, where an issue is. TypeScript puts values into words: it has them.
#[derive(Clone, Copy)]
pub enum Received<'a> {
    /// Something that must not be shown, or is not there to be shown, in words.
    Words(&'a str),
    /// This value, or nothing.
    Value(Option<Json<'a>>),
    /// The value at this place of the answer: its start and its end, in the units of UTF-16.
    Place([u32; 2]),
}

/// A list of [`FoundIssue`], in the form of JSON.
#[derive(Debug, Default)]
pub struct Issues {
    json: Array,
    length: usize,
}

impl Issues {
    /// Adds an issue. Its path is made of parts. It is spelled as in JSON already, as is what was expected: it may be a name
    /// that the caller has given.
    pub fn push(&mut self, path: &[&str], expected: &str, received: Received<'_>) {
        let mut json = Object::default();
        json.text("path", &concat(path)).text("expected", expected);
        match received {
            Received::Words(words) => drop(json.text("received", words)),
            Received::Value(None) => {}
            Received::Value(Some(value)) => drop(json.raw("value", value.raw())),
            Received::Place([start, end]) => {
                let place = [start, end].map(|units| decimal(units.into()));
                let [start, end] = &place;
                json.raw("place", &concat(&["[", start, ",", end, "]"]));
            }
        }
        self.json.push(&json.end());
        self.length = self.length.saturating_add(1);
    }

    /// Adds the others.
    pub fn append(&mut self, others: Self) {
        self.json.append(others.json);
        self.length = self.length.saturating_add(others.length);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The list.
    pub fn end(self) -> String {
        self.json.end()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn an_issue_tells_what_was_received_in_one_way() {
        let mut issues = Issues::default();
        for received in [
            Received::Value(None),
            Received::Words("a key"),
            Received::Value(Json::parse("[1]")),
            Received::Place([3, 5]),
        ] {
            issues.push(&["$.", "page"], "a \\\"page\\\"", received);
        }
        assert_eq!(issues.len(), 4);
        let with = |name: &str, value: Value| {
            let mut issue = json!({ "path": "$.page", "expected": "a \"page\"" });
            if !name.is_empty() {
                issue[name] = value;
            }
            issue
        };
        assert_eq!(
            serde_json::from_str::<Value>(&issues.end()).expect("JSON"),
            json!([
                with("", json!(null)),
                with("received", json!("a key")),
                with("value", json!([1])),
                with("place", json!([3, 5])),
            ])
        );
    }
}
