//! The caller's headers, in each of the forms that `Headers` can be constructed from.

use instaview_phone_numbers::options::rules::{CLIENT, PARAMS, REQUEST};
use instaview_phone_numbers::web::environment::Environment;
use instaview_phone_numbers::web::options::{Source, read_settings};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::js;
use crate::options::{accepted, client_settings, received, refused, settings};

#[wasm_bindgen_test]
fn headers_may_be_given_in_every_form() {
    for headers in [
        "new Headers({ 'x-a': '1', 'x-b': '2' })",
        "[['x-a', '1'], ['x-b', '2']]",
        "new Map([['x-a', '1'], ['x-b', '2']])",
        "[['x-a', '1'], ['x-b', '2']].values()",
        "(function* () { yield ['x-a', '1']; yield ['x-b', '2']; })()",
        "{ 'x-a': '1', 'x-b': '2' }",
        "Object.assign(Object.create(null), { 'X-A': '1', 'X-B': '2' })",
    ] {
        let options = ["{ apiKey: 'sk_test_1', headers: ", headers, " }"].concat();
        let settings = accepted(settings(&options));
        let headers = settings.headers.expect("headers");
        assert_eq!(headers.get("x-a"), Ok(Some("1".into())), "{options}");
        assert_eq!(headers.get("x-b"), Ok(Some("2".into())), "{options}");
    }
}

#[wasm_bindgen_test]
fn headers_of_one_name_are_joined_within_a_source_and_replaced_by_the_next() {
    let settings = accepted(client_settings([
        "{ apiKey: 'sk_test_1', headers: [['x-a', '1'], ['X-A', '2'], ['x-b', '3'], ['x-b', '4']] }",
        "{}",
        "{ headers: { 'X-B': '5', 'x-b': '6' } }",
    ]));
    let headers = settings.headers.expect("headers");
    assert_eq!(headers.get("x-a"), Ok(Some("1, 2".into())));
    assert_eq!(headers.get("x-b"), Ok(Some("5, 6".into())));
}

#[wasm_bindgen_test]
fn the_headers_of_a_source_are_the_same_at_every_call() {
    let source = Source::read(
        &js("{ apiKey: 'sk_test_1', headers: new Map([['x-a', '1']]).entries() }"),
        "options",
        CLIENT | PARAMS | REQUEST,
    );
    for _ in 0..2 {
        let settings = read_settings(&[&source], &Environment::of(js("{}")), false);
        let headers = accepted(settings).headers.expect("headers");
        assert_eq!(headers.get("x-a"), Ok(Some("1".into())));
        headers.append("x-a", "2").expect("a header");
    }
}

#[wasm_bindgen_test]
fn other_headers_are_refused_and_not_shown() {
    for headers in [
        "null",
        "'x-a: 1'",
        "{ 'x-a': null }",
        "{ 'x-a': undefined }",
        "{ 'x-a': ['1'] }",
        "[['x-a']]",
        "[['x-a', '1', '2']]",
        "['ab']",
        "[new Set(['x-a', '1'])]",
        "{ 'x a': '1' }",
        "{ '': '1' }",
        "{ 'x-a': '1\\n2' }",
        "{ 'x-a': '\\u0161' }",
        "{ [Symbol.iterator]: 1 }",
        "new Date()",
        "Object.create({ 'x-a': '1' })",
        "new Proxy({}, { ownKeys() { throw 1; } })",
        "new Proxy({}, { get() { throw 1; } })",
        "[new Proxy([], { get() { throw 1; } })]",
        "{ get 'x-a'() { throw 1; } }",
        "(function* () { yield ['x-a', '1']; throw 1; })()",
        "[(({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable([], {}))]",
    ] {
        let options = ["{ apiKey: 'sk_test_1', headers: ", headers, " }"].concat();
        let failure = refused(settings(&options));
        assert_eq!(
            received(&failure),
            [("headers", "a value that is none")],
            "{headers}"
        );
    }
}
