//! The decoder must find what the reference finds.
#![no_main]

#[path = "../decode/check.rs"]
mod check;
#[path = "../decode/reference.rs"]
mod reference;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    check::check(bytes);
});
