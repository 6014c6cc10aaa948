//! What touches JavaScript: reading the options, one HTTP attempt, timers, and the conversions at the boundary.

mod api_key;
mod attempt;
mod body;
mod call;
mod client;
mod decode;
mod events;
mod headers;
mod interrupt;
mod outcome;
mod settings;
mod sources;
mod timer;
mod value;

pub use call::list_phone_numbers;
pub use client::Client;
pub use settings::Environment;
