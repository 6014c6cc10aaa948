//! What is wrong with an argument or a response, precisely enough to mend it.

use tsify::Tsify;

use crate::api_key::without_key;
use crate::value::Value;

/// One thing wrong with an argument or a response.
///
/// @example
/// ```json
/// { "path": "limit", "expected": "an integer from 1 to 100", "received": "500" }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Tsify)]
pub struct Issue {
    /// Where it is: `page` for an argument, `$.data[3].id` for a response.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// What was there, shortened; never a secret.
    pub received: String,
}

impl Issue {
    /// An issue whose `received` describes the value that was found.
    pub fn new<V: Value>(path: impl Into<String>, expected: &str, found: &V) -> Self {
        Self::with_received(path, expected, found.shown())
    }

    /// Takes the key out of what came from outside.
    pub fn redact(&mut self, key: &str) {
        for text in [&mut self.path, &mut self.received] {
            *text = without_key(text, key);
        }
    }

    /// An issue whose value must not be shown, or is not there to be described.
    pub fn with_received(
        path: impl Into<String>,
        expected: &str,
        received: impl Into<String>,
    ) -> Self {
        Self {
            path: path.into(),
            expected: expected.into(),
            received: received.into(),
        }
    }
}

/// `limit: expected an integer from 1 to 100, received 500; page: expected …`
pub fn summary(issues: &[Issue]) -> String {
    let mut text = String::new();
    for issue in issues {
        if !text.is_empty() {
            text.push_str("; ");
        }
        for part in [
            &issue.path,
            ": expected ",
            &issue.expected,
            ", received ",
            &issue.received,
        ] {
            text.push_str(part);
        }
    }
    text
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_summary_names_every_problem() {
        let issues = [
            Issue::with_received("page", "an integer from 1 to 10000", "0"),
            Issue::with_received("limit", "an integer from 1 to 100", "\"2\""),
        ];
        assert_eq!(
            summary(&issues),
            "page: expected an integer from 1 to 10000, received 0; \
             limit: expected an integer from 1 to 100, received \"2\""
        );
        assert_eq!(summary(&[]), "");
    }
}
