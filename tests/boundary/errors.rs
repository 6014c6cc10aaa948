//! Every type of error with which the exported calls reject.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, of, rejected};

#[wasm_bindgen_test]
async fn a_wrong_parameter_is_an_invalid_argument() {
    let test = js("watched(fetchOf(), { page: '2', limit: 500 })");
    let error = rejected(&test).await;
    assert!(of(&error, "it instanceof Error").is_truthy());
    assert_eq!(
        json(&error, "[it.name, it.type, it.attempts, it.messages]"),
        r#"["InstaViewError","invalid_argument",0,[]]"#
    );
    assert_eq!(
        json(&error, "it.issues[0]"),
        r#"{"path":"page","expected":"an integer from 1 to 10000","received":"\"2\""}"#
    );
    assert_eq!(json(&error, "it.issues[1].path"), "\"limit\"");
    assert_eq!(json(&test, "it.requests.length"), "0");
}

#[wasm_bindgen_test]
async fn a_key_that_cannot_be_sent_is_a_matter_of_configuration() {
    for (more, attempts) in [
        ("{ apiKey: 'with space' }", "0"),
        ("{ baseUrl: 'http://a.example' }", "0"),
        ("{ apiKey: () => 7 }", "0"),
        (
            "{ apiKey: async () => { throw new Error('sealed'); } }",
            "0",
        ),
        ("{ apiKey() { throw new Error('sealed'); } }", "0"),
    ] {
        let test = js(&["watched(fetchOf(), ", more, ")"].concat());
        let error = rejected(&test).await;
        assert_eq!(json(&error, "it.type"), "\"configuration\"", "{more}");
        assert_eq!(json(&error, "it.attempts"), attempts, "{more}");
        assert_eq!(json(&test, "it.requests.length"), "0", "{more}");
        if more.contains("sealed") {
            assert_eq!(json(&error, "it.cause.message"), "\"sealed\"");
        }
    }
}

#[wasm_bindgen_test]
async fn a_status_decides_the_type() {
    for (status, r#type) in [
        ("400", "bad_request"),
        ("401", "authentication"),
        ("403", "permission"),
        ("404", "not_found"),
        ("409", "http"),
        ("422", "bad_request"),
        ("429", "rate_limit"),
        ("500", "server"),
        ("503", "server"),
    ] {
        let body = "{ statusCode: 1, message: ['a', 'b'], error: 'E' }";
        let init = [
            "{ status: ",
            status,
            ", headers: { 'X-Request-Id': 'req_7' } }",
        ]
        .concat();
        let test = ["watched(fetchOf(Response.json(", body, ", ", &init, ")))"].concat();
        let error = rejected(&js(&test)).await;
        let expected = ["[\"", r#type, "\",", status, ",[\"a\",\"b\"],\"req_7\",1]"].concat();
        let fields = "[it.type, it.status, it.messages, it.requestId, it.attempts]";
        assert_eq!(json(&error, fields), expected);
        let message = ["\"InstaView answered ", status, ": a; b\""].concat();
        assert_eq!(json(&error, "it.message"), message);
    }
}

#[wasm_bindgen_test]
async fn an_error_of_the_api_keeps_what_it_says() {
    for status in ["401", "200"] {
        let body = "{ success: false, data: null, error: {
            code: 'INVALID_API_KEY', message: 'No such key', details: { hint: ['x'] },
        } }";
        let test = [
            "watched(fetchOf(Response.json(",
            body,
            ", { status: ",
            status,
            " })))",
        ]
        .concat();
        let error = rejected(&js(&test)).await;
        let expected = [
            r#"["authentication","#,
            status,
            r#","INVALID_API_KEY",["No such key"],{"hint":["x"]}]"#,
        ]
        .concat();
        let fields = "[it.type, it.status, it.code, it.messages, it.details]";
        assert_eq!(json(&error, fields), expected);
    }
}

#[wasm_bindgen_test]
async fn too_many_requests_say_when_to_try_again() {
    let test = js("watched(fetchOf(Response.json(
        { statusCode: 429, message: 'Rate limit exceeded', retryAfter: 30 },
        { status: 429, headers: { 'Retry-After': '60', ...rateLimit(0) } },
    )))");
    let error = rejected(&test).await;
    let fields = "[it.type, it.retryAfter, it.rateLimit.minute.limit, it.rateLimit.minute.remaining, it.rateLimit.hour]";
    assert_eq!(json(&error, fields), r#"["rate_limit",60000,60,0,null]"#);
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    let test = js("watched(fetchOf({
        status: 302, headers: new Headers({ location: 'https://b.example' }),
        body: { cancel() { throw new Error('no'); } },
    }), { baseUrl: 'https://a.example' })");
    let error = rejected(&test).await;
    assert_eq!(json(&error, "[it.type, it.status]"), r#"["http",302]"#);
    assert!(json(&error, "it.message").contains("not https://a.example"));
}

#[wasm_bindgen_test]
async fn without_a_complete_response_there_is_no_connection() {
    for (fetch, message, attempts) in [
        (
            "fetchOf(Object.assign(new TypeError('fetch failed'), { cause: new Error('ECONNREFUSED') }))",
            "fetch failed (ECONNREFUSED)",
            "1",
        ),
        ("() => { throw 'thrown'; }", "thrown", "1"),
        ("fetchOf(Response.error())", "a network error", "1"),
        ("fetchOf(new TypeError('No network.'))", "No network", "1"),
        (
            "fetchOf(new Response(new ReadableStream({
                pull(controller) { controller.error(new Error('reset')); },
            })))",
            "The response broke off: reset",
            "1",
        ),
    ] {
        let test = ["watched(", fetch, ")"].concat();
        let error = rejected(&js(&test)).await;
        assert_eq!(json(&error, "it.type"), "\"connection\"", "{fetch}");
        assert_eq!(json(&error, "it.attempts"), attempts, "{fetch}");
        assert!(json(&error, "it.message").contains(message), "{fetch}");
        assert!(!json(&error, "it.message").contains(".."), "{fetch}");
        assert!(
            of(&error, "it.cause instanceof Error").is_truthy(),
            "{fetch}"
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_no_page_is_an_invalid_response() {
    for (response, message) in [
        ("new Response('')", "it is empty"),
        (
            "new Response(Uint8Array.of(0x22, 0xFF, 0x22))",
            "it is not valid UTF-8",
        ),
        ("new Response('<html>')", "it is not valid JSON: see byte 0"),
        ("Response.json({ data: 7 })", "$: expected a page"),
        (
            "Response.json(page({ data: [phoneNumber('1', { custom: 'no' })] }))",
            "$.data[0].custom: expected a boolean, received \\\"no\\\"",
        ),
        ("Response.json(page({ total: -1 }))", "$.total: expected"),
        (
            "new Response(new ReadableStream({
                start(controller) { controller.enqueue('text'); },
            }))",
            "its body is not one of bytes",
        ),
        (
            "new Response(new Uint8Array(8 * 1024 * 1024 + 1))",
            "it has more than 8 MiB",
        ),
        ("7", "What fetch gave is not a Response"),
        ("{ status: 200 }", "What fetch gave is not a Response"),
    ] {
        let test = ["watched(fetchOf(", response, "))"].concat();
        let error = rejected(&js(&test)).await;
        assert_eq!(
            json(&error, "it.type"),
            "\"invalid_response\"",
            "{response}"
        );
        let found = json(&error, "it.message");
        assert!(found.contains(message), "{response}: {found}");
    }
}
