//! A scanner of JSON texts (RFC 8259, what `JSON.parse` accepts): it finds the offsets of values, and the first byte that is
//! wrong. It is generic, but for [`phone_numbers`], which reads a phone number faster for knowing the one before.

#![deny(missing_docs)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod block;
mod error;
mod offset;
pub mod phone_numbers;
mod scanner;
mod span;

pub use error::{MAX_DEPTH, SyntaxError};
pub use offset::Offset;
pub use scanner::Scanner;
pub use span::Span;
