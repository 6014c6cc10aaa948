//! Traps on purpose, for the tests of what follows one: only a defect makes the core trap.

use super::value::property;

/// Traps here where `globalThis.trapAt` names this site. The feature `trap` is that of the tests; without it, this is nothing.
#[inline(always)]
pub fn at(site: &str) {
    if cfg!(feature = "trap") && property(&js_sys::global(), "trapAt") == site {
        std::process::abort();
    }
}
