//! What is wrong with a body.

use core::ops::Range;

use scan::Span;

/// The most issues that are listed: enough to see what is wrong with a page of any length.
pub const MAX_ISSUES: usize = 20;

/// One thing wrong with a body.
#[derive(Debug, PartialEq)]
pub struct DecodeIssue {
    /// Its JSON path, such as `$.data[3].id`.
    pub path: String,
    /// What should be there.
    pub expected: &'static str,
    /// The bytes of the value that is there; none where there is no value.
    pub received: Option<Range<usize>>,
}

impl DecodeIssue {
    pub(super) fn new(path: &[&str], expected: &'static str, received: Span) -> Self {
        Self {
            path: path.concat(),
            expected,
            received: (received.first != 0).then(|| received.bytes()),
        }
    }
}
