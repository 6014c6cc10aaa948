//! What touches JavaScript: reading the options, one HTTP attempt, timers, and the conversions at the boundary.

mod attempt;
mod body;
mod call;
mod decode;
mod interrupt;
mod outcome;
mod settings;
mod sources;
mod value;

pub use call::{client_list_phone_numbers, list_phone_numbers};
pub use settings::Environment;
