//! The options of a call: their published types, and the rules by which they are checked.

pub mod rules;
pub mod types;
