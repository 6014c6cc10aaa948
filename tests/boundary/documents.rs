//! Bodies, decoded with the instructions of WebAssembly, and compared with `JSON.parse` of the same engine.

use instaview_phone_numbers::decode::{DecodeError, Document, Page, decode};
use js_sys::{Array, JSON, JsString};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, js_with, json, listed, rejected};

const PAGE: &str = include_str!("../decode/page.txt");

/// What the core makes of a body.
fn read(text: &str) -> Result<Document, DecodeError> {
    let characters = JsString::from(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    decode(text.as_bytes(), |start, end| {
        let number = JSON::parse(&String::from(characters.slice(start, end)));
        number.expect("JSON").as_f64().expect("a number")
    })
}

fn page_in(text: &str) -> Page {
    match read(text) {
        Ok(Document::Page(page)) => page,
        _ => panic!("{text}"),
    }
}

/// Whether the core takes a text for JSON.
fn is_json(text: &str) -> bool {
    !matches!(read(text), Err(DecodeError::Syntax(_)))
}

#[wasm_bindgen_test]
fn a_page_is_made_of_offsets_into_its_text() {
    let page = page_in(PAGE);
    let [start, end] = page.array;
    let array = JSON::parse(&String::from(JsString::from(PAGE).slice(start, end)));
    assert_eq!(Array::from(&array.expect("the array")).length(), 4);
    assert_eq!(page.table.first(), Some(&4));
}

#[wasm_bindgen_test]
async fn the_numbers_of_a_page_are_as_javascript_reads_them() {
    let test = js_with(
        "body",
        [&PAGE.into()],
        "watched(fetchOf(new Response(body)))",
    );
    let parsed = JSON::parse(PAGE).expect("JSON");
    assert_eq!(
        json(&listed(&test).await, "it.data"),
        json(&parsed, "it.data.items")
    );
}

#[wasm_bindgen_test]
fn counts_are_as_javascript_reads_them() {
    let text = r#"{"data":[],"total":30e-1,"page":1.0,"limit":9007199254740991,"totalPages":-0}"#;
    assert_eq!(
        page_in(text).counts,
        [3.0, 1.0, 9_007_199_254_740_991.0, 0.0]
    );
}

#[wasm_bindgen_test]
fn what_is_json_for_the_engine_is_json_for_the_core() {
    let texts = (0..=PAGE.len()).filter_map(|length| PAGE.get(..length));
    let flipped = (0..PAGE.len()).flat_map(|index| {
        [0x01, 0x20, 0x40].map(|bits| {
            let mut bytes = PAGE.as_bytes().to_vec();
            if let Some(byte) = bytes.get_mut(index) {
                *byte ^= bits;
            }
            String::from_utf8_lossy(&bytes).into_owned()
        })
    });
    for text in texts.map(String::from).chain(flipped) {
        assert_eq!(is_json(&text), JSON::parse(&text).is_ok(), "{text}");
    }
}

#[wasm_bindgen_test]
fn strings_end_where_they_end_wherever_blocks_begin() {
    for length in 0..40 {
        for (inner, is_right) in [
            ("a", true),
            ("é", true),
            ("😀", true),
            ("\\\"", true),
            ("\n", false),
        ] {
            for behind in ["", "b", "0123456789abcdef"] {
                let text = ["\"", &"x".repeat(length), inner, behind, "\""].concat();
                assert_eq!(is_json(&text), is_right, "{text}");
                assert!(!is_json(text.trim_end_matches('"')), "{text}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_wrong_byte_is_named_behind_a_byte_order_mark_too() {
    let test = js("watched(fetchOf(new Response('\\u{FEFF}{\"data\":[nul]}')))");
    assert_eq!(
        json(&rejected(&test).await, "it.message"),
        "\"The response is not a page of phone numbers: it is not valid JSON: see byte 15\""
    );
}
