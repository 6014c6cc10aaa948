//! The core of `instaview-phone-numbers`: everything that a call of InstaView's `GET /phone-numbers` does,
//! compiled to WebAssembly and wrapped in a thin layer of TypeScript (`pkg-template/src`).
//!
//! A call flows one way: options → parameters → request → (wait for the rate limit → attempt → classify → retry?) →
//! decode → page.
//!
//! Its modules are pure: they know the API's rules and nothing of JavaScript, and are tested with `cargo test`. Only
//! [`boundary`] knows who calls: JavaScript, which does all that waits. It asks this crate what follows from what has
//! happened.

#![deny(missing_docs)]
// What reads foreign data must not be able to panic: a panic ends the whole instance of wasm.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod api_error;
pub mod api_key;
pub mod base_url;
pub mod boundary;
pub mod decode;
pub mod event;
pub mod failure;
pub mod issue;
pub mod json;
pub mod model;
pub mod options;
pub mod pacer;
pub mod rate_limit;
pub mod retry;
pub mod text;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator::new();
