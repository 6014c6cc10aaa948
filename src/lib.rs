//! The core of `instaview-phone-numbers`: everything that a call of InstaView's `GET /phone-numbers` does, compiled to
//! WebAssembly. The npm package wraps it in a thin layer of TypeScript (`pkg-template/src`).
//!
//! A call flows one way: options → parameters → request → (wait for the rate limit → attempt → classify → retry?) →
//! decode → page.
//!
//! Two kinds of modules: those in `web` touch JavaScript; all others are pure. The pure ones know the API's rules and nothing of
//! JavaScript, and are tested with `cargo test`.

#![deny(missing_docs)]
// What reads foreign data must not be able to panic: a panic ends the whole instance of WebAssembly.
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

pub mod api_error;
pub mod api_key;
pub mod base_url;
pub mod decode;
pub mod error;
pub mod event;
pub mod headers;
pub mod issue;
pub mod model;
pub mod options;
pub mod rate_limit;
pub mod record;
pub mod retry;
#[cfg(target_arch = "wasm32")]
pub mod web;

/// Smaller than the standard library's, by 3 kB of the package.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
