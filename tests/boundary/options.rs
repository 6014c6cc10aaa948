//! Options of every kind of JavaScript value.

use instaview_phone_numbers::web::list_phone_numbers;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, call, client_call, environment, js, options};

#[wasm_bindgen_test]
async fn every_problem_is_listed_before_anything_is_sent() {
    let outcome = call(
        "{ page: 0, limit: '2', companyId: 'acme', keyType: 'gold', timeout: Infinity, signal: {}, fetch: 1,
           baseUrl: 'ftp://example.com', apiKey: 7, dangerouslyAllowBrowser: 1, retries: 3 }",
    )
    .await;
    assert_eq!(at(&outcome, ".failure.type"), "\"invalid_argument\"");
    assert_eq!(at(&outcome, ".failure.attempts"), "0");
    assert_eq!(
        at(
            &outcome,
            ".failure.issues.map(({ path, received }) => path + ' ' + received)"
        ),
        [
            "[\"retries an unknown name\"",
            "\"page 0\"",
            "\"limit \\\"2\\\"\"",
            "\"keyType \\\"gold\\\"\"",
            "\"companyId \\\"acme\\\"\"",
            "\"timeout Infinity\"",
            "\"signal an object\"",
            "\"fetch 1\"",
            "\"baseUrl \\\"ftp://example.com\\\"\"",
            "\"dangerouslyAllowBrowser 1\"",
            "\"apiKey a value of another type\"]",
        ]
        .join(",")
    );
}

#[wasm_bindgen_test]
async fn no_value_makes_a_call_hang_or_trap() {
    let revoked =
        "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()";
    let throwing =
        "new Proxy({}, { get() { throw new Error('get') }, has() { throw new Error('has') } })";
    for value in [
        "null",
        "NaN",
        "-0",
        "1e300",
        "10n",
        "Symbol('s')",
        "[]",
        "[1]",
        "{}",
        "() => {}",
        "new Map()",
        "new Date(NaN)",
        "Object.create(null)",
        "/x/",
        "new String('1')",
        revoked,
        throwing,
    ] {
        for name in [
            "page",
            "limit",
            "companyId",
            "keyType",
            "timeout",
            "signal",
            "fetch",
            "baseUrl",
            "apiKey",
        ] {
            if ["fetch", "apiKey"].contains(&name) && value == "() => {}" {
                continue;
            }
            let outcome = call(&["{ ", name, ": ", value, " }"].concat()).await;
            assert_eq!(
                at(&outcome, ".failure.type"),
                "\"invalid_argument\"",
                "{name}: {value}"
            );
            let path = ["\"", name, "\""].concat();
            assert_eq!(
                at(&outcome, ".failure.issues[0].path"),
                path,
                "{name}: {value}"
            );
        }
        if value != "Object.create(null)" {
            let outcome = list_phone_numbers(js(value), environment("{}")).await;
            let issues = at(&outcome, ".failure.issues");
            assert!(issues.contains("\"path\":\"options\""), "{value}: {issues}");
        }
    }
}

#[wasm_bindgen_test]
async fn the_request_is_what_the_api_documents() {
    let record = "async (request) => { globalThis.request = request; return new Response() }";
    let fields = [
        "{ apiKey: 'sk_test_1', baseUrl: new URL('https://example.com/v1/'), page: 2, limit: 100, fetch: ",
        record,
        " }",
    ];
    let outcome = call(&fields.concat()).await;
    for (path, value) in [
        (
            "url",
            "\"https://example.com/v1/phone-numbers?page=2&limit=100\"",
        ),
        ("method", "\"GET\""),
        ("redirect", "\"manual\""),
        (
            "headers && [...globalThis.request.headers].join(' ')",
            "\"accept,application/json authorization,Bearer sk_test_1\"",
        ),
    ] {
        assert_eq!(
            at(&outcome, &[" && globalThis.request.", path].concat()),
            value
        );
    }
}

#[wasm_bindgen_test]
async fn a_later_source_wins_and_undefined_is_absent() {
    let record = "{ companyId: '00000000-0000-0000-0000-000000000001', timeout: undefined,
        fetch: async ({ url }) => { globalThis.url = url; return new Response() } }";
    let other = "{ companyId: '00000000-0000-0000-0000-000000000002', page: undefined }";
    for (params, query) in [
        ("{}", "?companyId=00000000-0000-0000-0000-000000000001"),
        (other, "?companyId=00000000-0000-0000-0000-000000000002"),
    ] {
        let outcome = client_call(record, params, "{}").await;
        let url = ["\"https://example.com/phone-numbers", query, "\""].concat();
        assert_eq!(at(&outcome, " && globalThis.url"), url);
    }
}

#[wasm_bindgen_test]
async fn each_source_of_a_client_has_names_of_its_own() {
    let outcome = client_call(
        "{ page: 1 }",
        "{ signal: null, timeout: 1 }",
        "{ limit: 1 }",
    )
    .await;
    assert_eq!(
        at(&outcome, ".failure.issues.map(({ path }) => path)"),
        "[\"page\",\"signal\",\"timeout\",\"limit\"]"
    );
}

#[wasm_bindgen_test]
async fn a_key_needs_a_safe_place() {
    for (fields, place, expected) in [
        (
            "{ apiKey: 'k' }",
            "{ isBrowser: true }",
            "no key in a browser",
        ),
        (
            "{ apiKey: 'k', baseUrl: 'http://example.com' }",
            "{}",
            "an https URL",
        ),
        ("{ apiKey: 'k\\n' }", "{}", "visible ASCII"),
        (
            "{ baseUrl: 'https://api.instaview.sk/v1' }",
            "{}",
            "an API key",
        ),
    ] {
        let outcome = list_phone_numbers(options(fields), environment(place)).await;
        assert_eq!(
            at(&outcome, ".failure.type"),
            "\"configuration\"",
            "{fields}"
        );
        let message = at(&outcome, ".failure.message");
        assert!(message.contains(expected), "{fields}: {message}");
    }
}

#[wasm_bindgen_test]
async fn a_relative_base_url_is_relative_to_the_page() {
    let fields = "{ baseUrl: '/api', fetch: async ({ url }) => { globalThis.url = url; return new Response() } }";
    let place = "{ isBrowser: true, baseUri: 'https://app.example.com/phones/' }";
    let outcome = list_phone_numbers(options(fields), environment(place)).await;
    let url = "\"https://app.example.com/api/phone-numbers\"";
    assert_eq!(at(&outcome, " && globalThis.url"), url);

    let outcome = list_phone_numbers(options(fields), environment("{}")).await;
    assert_eq!(at(&outcome, ".failure.issues[0].path"), "\"baseUrl\"");
}
