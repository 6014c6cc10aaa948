//! The decoder, natively: its results for chosen bodies, and for any body those of a plain reference.
#![cfg(not(target_arch = "wasm32"))]

mod check;
mod documents;
mod envelope;
mod phone_number;
mod reference;

use check::{check, read};
use documents::{document, mutated, page};
use instaview_phone_numbers::decode::{DecodeError, Document, Page};
use proptest::prelude::*;
use scan::SyntaxError;

/// The page in this text.
fn page_in(text: &str) -> Result<Page, DecodeError> {
    match read(text)? {
        Document::Page(page) => Ok(page),
        Document::ApiError => panic!("a failure: {text}"),
    }
}

/// Where the text is no JSON any more.
fn error_in(text: &str) -> SyntaxError {
    match read(text) {
        Err(DecodeError::Syntax(error)) => error,
        _ => panic!("JSON: {text}"),
    }
}

#[test]
fn the_first_wrong_byte_is_named() {
    for (text, byte) in [
        ("", 0),
        (" ", 1),
        ("nul", 3),
        ("nulL", 3),
        ("[1,]", 3),
        ("[1 2]", 3),
        ("{\"a\":1,}", 7),
        ("{\"a\" 1}", 5),
        ("{a:1}", 1),
        ("01", 1),
        ("-", 1),
        ("1.", 2),
        ("1e+", 3),
        (".5", 0),
        ("+1", 0),
        ("\"a\nb\"", 2),
        ("\"\\x\"", 2),
        ("\"\\u12g4\"", 5),
        ("\"ab", 3),
        ("\"eight by\0es\"", 9),
        ("\"Košice\u{1}\"", 8),
        ("{} {}", 3),
        ("\u{FEFF}\u{FEFF}{}", 3),
        ("{}\0", 2),
        ("\u{A0}1", 0),
        ("NaN", 0),
        ("'a'", 0),
    ] {
        assert_eq!(error_in(text), SyntaxError::Unexpected(byte), "{text}");
    }
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(matches!(read(&nested(128)), Err(DecodeError::Envelope(_))));
    assert_eq!(error_in(&nested(129)), SyntaxError::TooDeep(128));
    assert_eq!(
        error_in(&"{\"data\":".repeat(1_000_000)),
        SyntaxError::TooDeep(128 * 8)
    );
}

#[test]
fn every_byte_of_a_page_may_be_wrong() {
    let page = include_str!("page.txt");
    assert!(check(page.as_bytes()));
    for length in 0..page.len() {
        check(&page.as_bytes()[..length]);
    }
    for index in 0..page.len() {
        for bit in 0..8 {
            let mut bytes = page.as_bytes().to_vec();
            bytes[index] ^= 1 << bit;
            check(&bytes);
        }
    }
}

#[test]
fn a_page_in_order_has_a_table() {
    let page = page_in(include_str!("page.txt")).expect("a page");
    assert!(!page.table.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn documents_are_read_as_the_reference_reads_them(document in document()) {
        check(document.as_bytes());
    }

    #[test]
    fn pages_are_read_as_the_reference_reads_them(page in page()) {
        prop_assert!(check(page.as_bytes()));
    }

    #[test]
    fn mutated_pages_are_read_as_the_reference_reads_them(bytes in mutated(page())) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_may_come(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        check(&bytes);
    }
}
