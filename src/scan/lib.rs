//! Goes through texts of JSON, as RFC 8259 has it and `JSON.parse` accepts it: finds values, and the first byte that does not
//! belong there. What a phone number is, it knows just as far as it can read the next one faster for it.

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
pub mod phone_numbers;
mod place;
mod scanner;

pub use place::Place;
pub use scanner::{MOST_NESTED, Scanner, Span, SyntaxError};
