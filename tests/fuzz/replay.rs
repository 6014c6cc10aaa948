//! Checks the fuzzer's seeds, in which is what matters of all that it has found.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../decode/check.rs"]
mod check;
#[path = "checks/headers.rs"]
mod headers;
#[path = "checks/options.rs"]
mod options;
#[path = "../decode/reference.rs"]
mod reference;

use std::fs;
use std::path::Path;

use arbitrary::{Arbitrary, Unstructured};

/// Calls the function with each seed of this target.
fn replay(target: &str, mut check: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/seeds")
        .join(target);
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        println!("{}", path.display());
        check(&fs::read(path).expect("a seed"));
        count += 1;
    }
    assert!(count >= 10, "{count} seeds");
}

#[test]
fn decode() {
    replay("decode", |bytes| {
        check::check(bytes);
    });
}

#[test]
fn headers() {
    replay("headers", |bytes| {
        if let Ok(input) = headers::Input::arbitrary_take_rest(Unstructured::new(bytes)) {
            headers::check(&input);
        }
    });
}

#[test]
fn options() {
    replay("options", |bytes| {
        if let Ok(input) = options::Input::arbitrary_take_rest(Unstructured::new(bytes)) {
            options::check(&input);
        }
    });
}
