//! What touches JavaScript: reading the options, one HTTP attempt, timers, and the conversions at the boundary.

mod api_key;
mod attempt;
mod call;
mod client;
mod decode;
mod events;
mod interrupt;
mod outcome;
mod platform;
mod settings;
mod sources;
mod task;
mod value;

pub use call::list_phone_numbers;
pub use client::Client;
pub use settings::Environment;
pub use task::Running;
