//! From a response body to a page. One pass over the bytes checks that they are JSON, finds the page in its envelope, checks
//! the phone numbers, and records the offsets of their values, from which JavaScript builds the objects.
//!
//! InstaView's documentation shows four envelopes; one rule covers them all. The page object is the first object, from
//! the root on, that has an array under `data`, else under `items`; where it has neither, the search goes on in its
//! `data` object, at most twice. The counts are in its `pagination` member where that is an object, else in the page
//! object itself.
//!
//! Source: InstaView's documentation, "List phone numbers" (flat and nested), the pagination guide (`items` and
//! `pagination`) and the error handling guide (`success`).

mod envelope;
mod issue;
mod phone_numbers;

use scan::SyntaxError;

use envelope::Decoder;
pub use issue::{DecodeIssue, MAX_ISSUES};

/// What a response body holds.
pub enum Document {
    /// `"success": false`: an API error, whatever the status.
    ApiError,
    /// A page of phone numbers.
    Page(Page),
}

/// A page of phone numbers, as offsets into the body's text: those are in UTF-16 code units.
#[derive(Debug)]
pub struct Page {
    /// The start and the end of the array of phone numbers.
    pub array: [u32; 2],
    /// The offsets of the phone numbers' values, in the form that [`scan::phone_numbers::read`] describes. Empty when the array
    /// is not in the form that it reads: then JavaScript parses the array.
    pub table: Vec<i32>,
    /// `total`, `page`, `limit` and `totalPages`: integers, as JavaScript's numbers.
    pub counts: [f64; 4],
    /// What is wrong with the phone numbers, the first [`MAX_ISSUES`].
    pub issues: Vec<DecodeIssue>,
}

/// Why a body holds no page.
#[derive(Debug)]
pub enum DecodeError {
    /// It is not JSON.
    Syntax(SyntaxError),
    /// It has none of the envelopes.
    Envelope(Vec<DecodeIssue>),
}

impl From<SyntaxError> for DecodeError {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// Decodes a response body, which is UTF-8. `number` converts the number between two offsets of the text, in UTF-16 code units,
/// as JavaScript would. Only a rare form of a count, such as `3e0`, needs it.
pub fn decode(body: &[u8], number: impl Fn(u32, u32) -> f64) -> Result<Document, DecodeError> {
    Decoder::new(body, number).document()
}
