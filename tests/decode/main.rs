//! The decoder, natively: its results for chosen bodies, and for any body those of a plain reference.
#![cfg(not(target_arch = "wasm32"))]

mod check;
mod documents;
mod envelope;
mod phone_number;
mod reference;

use check::{check, read};
use documents::{document, mutated, page};
use instaview_phone_numbers::decode::{DecodeError, Document, Page, decode};
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

#[test]
fn a_string_without_escapes_needs_no_parser() {
    let text = include_str!("page.txt").replace("\\", "");
    let page = page_in(&text).expect("a page");
    assert!(page.table.iter().all(|number| *number >= 0), "{page:?}");
}

#[test]
fn a_usual_count_needs_no_parser() {
    let text = r#"{"data":[],"total":999999999999999,"page":0,"limit":7,"totalPages":1}"#;
    let decoded = decode(text.as_bytes(), |_, _| panic!("a usual count"));
    let Ok(Document::Page(page)) = decoded else {
        panic!("no page: {text}");
    };
    assert_eq!(page.counts, [999_999_999_999_999.0, 0.0, 7.0, 1.0]);
}

/// A page of these phone numbers, each of which differs from the one before in every field.
fn page_of(locations: impl Iterator<Item = String>) -> String {
    let number = |(index, location): (usize, String)| {
        format!(
            r#"{{"id":"{index}","number":"{index}","companyId":"{index}","capabilities":"{index}","custom":{},"provider":"{index}","status":"{index}","numberType":"{index}","createdAt":"{index}","updatedAt":"{index}","location":{location}}}"#,
            index % 2 == 0
        )
    };
    let numbers: Vec<_> = locations.enumerate().map(number).collect();
    let counts = r#""total":1,"page":1,"limit":1,"totalPages":1"#;
    format!(r#"{{"data":[{}],{counts}}}"#, numbers.join(","))
}

#[test]
fn characters_of_every_length_lie_anywhere_in_a_block() {
    for character in ["-", "é", "東", "😀"] {
        for length in 0..40 {
            for before in 0..4 {
                let short = format!("\"{}\"", "-".repeat(before));
                let long = ["-".repeat(before), character.repeat(length)].concat();
                let [long, longer] = [format!("\"{long}\""), format!("\"{long}é-\"")];
                let locations = [
                    short.clone(),
                    long.clone(),
                    long,
                    longer.clone(),
                    longer,
                    short,
                ];
                let page = page_of(locations.into_iter());
                assert!(check(page.as_bytes()));
            }
        }
    }
}

#[test]
fn a_value_that_begins_like_the_one_before_may_end_otherwise() {
    for (before, wrong) in [("null", "nul\""), ("\"a\"", "\"a\n\"")] {
        let page = page_of([before, wrong].map(String::from).into_iter());
        let byte = page.find(wrong).expect("it") + wrong.len() - 1;
        assert!(matches!(error_in(&page), SyntaxError::Unexpected(at) if at <= byte));
    }
}

#[test]
fn a_table_has_room_for_rows_of_every_length() {
    const ROWS: usize = 20;
    for with_others in 0..=ROWS {
        let location = |index| match index < with_others {
            true => format!(r#""{index}","other":{index}"#),
            false => format!(r#""{index}""#),
        };
        let page = page_of((0..ROWS).map(location));
        assert!(check(page.as_bytes()));
        assert!(!page_in(&page).expect("a page").table.is_empty());
    }
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
