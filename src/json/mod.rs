//! JSON, as it crosses the boundary: read and written in small texts.

mod reader;
mod writer;

pub use reader::{Json, Members};
pub use writer::{Array, Object};
