//! Why a text is not JSON.

/// How deep objects and arrays may be nested: far deeper than a page of phone numbers, and safe for the stack.
pub const MAX_DEPTH: u32 = 128;

/// Why a text is not JSON, with the byte offset of the first error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// The byte at this offset is not allowed there, or the text ends too early.
    Unexpected(usize),
    /// The object or array at this offset is nested deeper than [`MAX_DEPTH`].
    TooDeep(usize),
}

impl SyntaxError {
    /// The error in words, such as `it is not valid JSON: see byte 15`.
    pub fn message(&self) -> String {
        let depth = MAX_DEPTH.to_string();
        let (reason, offset) = match self {
            Self::Unexpected(offset) => (["not valid JSON", "", ""], offset),
            Self::TooDeep(offset) => (["nested more than ", &depth, " deep"], offset),
        };
        let [start, number, end] = reason;
        [
            "it is ",
            start,
            number,
            end,
            ": see byte ",
            &offset.to_string(),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_names_the_byte() {
        for (error, message) in [
            (
                SyntaxError::Unexpected(15),
                "it is not valid JSON: see byte 15",
            ),
            (
                SyntaxError::TooDeep(9),
                "it is nested more than 128 deep: see byte 9",
            ),
        ] {
            assert_eq!(error.message(), message);
        }
    }
}
