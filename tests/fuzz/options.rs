//! Options must be taken and refused as their published types, their words and the platform's `URL` say.
#![no_main]

#[path = "checks/options.rs"]
mod options;

libfuzzer_sys::fuzz_target!(|input: options::Input<'_>| {
    options::check(&input);
});
