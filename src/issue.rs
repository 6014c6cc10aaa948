//! What is wrong with an argument or a response, precisely enough to mend it.

use serde::{Serialize, Serializer};
use tsify::Tsify;

use crate::record::{self, Member};

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
    /// An issue of these three parts.
    pub fn new(path: &str, expected: &str, received: &str) -> Self {
        Self {
            path: path.into(),
            expected: expected.into(),
            received: received.into(),
        }
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        record::serialize(
            serializer,
            &[
                ("path", Member::Text(&self.path)),
                ("expected", Member::Text(&self.expected)),
                ("received", Member::Text(&self.received)),
            ],
        )
    }
}

/// All issues in one sentence, for a message: `page: expected an integer, received "2"; …`.
pub fn summary(issues: &[Issue]) -> String {
    let mut summary = String::new();
    for Issue {
        path,
        expected,
        received,
    } in issues
    {
        if !summary.is_empty() {
            summary.push_str("; ");
        }
        for part in [path, ": expected ", expected, ", received ", received] {
            summary.push_str(part);
        }
    }
    summary
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_summary_names_every_issue() {
        let issues = [
            Issue::new("page", "an integer from 1 to 10000", "\"2\""),
            Issue::new("$.total", "a non-negative integer", "undefined"),
        ];
        assert_eq!(
            summary(&issues),
            "page: expected an integer from 1 to 10000, received \"2\"; \
             $.total: expected a non-negative integer, received undefined"
        );
        assert_eq!(summary(&[]), "");
    }
}
