//! Headers must be read as `httpdate` and the rules say.
#![no_main]

#[path = "checks/headers.rs"]
mod headers;

libfuzzer_sys::fuzz_target!(|input: headers::Input<'_>| {
    headers::check(&input);
});
