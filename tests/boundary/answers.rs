//! Answers, held against `JSON.parse` of the same engine: the scanner's instructions are WebAssembly's here.

use instaview_phone_numbers::boundary::{PageBuilder, decode};
use js_sys::{Array, Function, JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, js};

const PAGE: &str = include_str!("../decode/page.txt");

/// What the core makes of an answer: what it gives, and what it has had built.
fn read(text: &str) -> (Option<String>, JsValue) {
    let builder = js("{
        built: [],
        build(table, ...page) { this.built.push([...table], ...page) },
    }");
    let number = Function::new_with_args(
        "text",
        "const chars = text.replace(/^\\uFEFF/, ''); return (start, end) => Number(chars.slice(start, end))",
    );
    let number = number
        .call1(&JsValue::UNDEFINED, &text.into())
        .expect("a function");
    Reflect::set(&builder, &"number".into(), &number).expect("an object");
    let given = decode(text.as_bytes(), builder.unchecked_ref::<PageBuilder>());
    let built = Reflect::get(&builder, &"built".into()).expect("an object");
    (given, built)
}

/// Whether the core takes a text for JSON.
fn is_json(text: &str) -> bool {
    let (given, _) = read(text);
    given.is_none_or(|failure| at(&failure, ".reason") == "undefined")
}

#[wasm_bindgen_test]
fn a_page_comes_as_places_of_its_text() {
    let (given, built) = read(PAGE);
    assert_eq!(given, None);
    let built = Array::from(&built);
    let [start, end] = [1, 2].map(|index| built.get(index).as_f64().expect("a place"));
    let array = Function::new_with_args(
        "text, start, end",
        "return JSON.parse(text.slice(start, end))",
    )
    .call3(
        &JsValue::UNDEFINED,
        &PAGE.into(),
        &start.into(),
        &end.into(),
    )
    .expect("the array");
    assert_eq!(Array::from(&array).length(), 4);
    let rows = Array::from(&built.get(0)).get(0);
    assert_eq!(rows.as_f64(), Some(4.0));
}

#[wasm_bindgen_test]
fn counts_are_as_javascript_reads_them() {
    let text = r#"{"data":[],"total":30e-1,"page":1.0,"limit":9007199254740991,"totalPages":-0}"#;
    let (given, built) = read(text);
    assert_eq!(given, None);
    let counts = JSON::stringify(&Array::from(&built).slice(3, 7)).expect("JSON");
    assert_eq!(String::from(counts), "[3,1,9007199254740991,0]");
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
fn a_wrong_byte_is_told_behind_a_byte_order_mark_too() {
    let (given, _) = read("\u{FEFF}{\"data\":[nul]}");
    let failure = given.expect("a failure");
    assert_eq!(
        at(&failure, ".reason"),
        "\"it is not valid JSON: see byte 15\""
    );
}
