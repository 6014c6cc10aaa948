//! What touches JavaScript: the exported calls, one after the other step of a call, and the conversions at the boundary.
//!
//! `client` exports the calls, `call` makes attempts until one succeeds, `attempt` sends one request and reads its response.

mod api_error;
mod attempt;
mod body;
mod call;
mod client;
pub mod environment;
mod error;
mod event;
mod interrupts;
pub mod options;
mod page;
mod promise;
mod queue;
mod request;
mod response;
mod settings;
mod source;
mod store;
mod task;
mod trap;
mod url;
mod value;

pub use client::{InstaViewClient, Listing, list_phone_numbers, open_listing};
