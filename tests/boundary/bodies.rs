//! Bodies of answers: the page, and everything that is not one.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{answering, at, call};

const PAGE: &str = r#"JSON.stringify({
    data: [{
        id: "1", number: "+421", companyId: "2", capabilities: "SMS", custom: true, provider: "TWILIO",
        status: "AVAILABLE", numberType: "LOCAL", createdAt: "", updatedAt: "", location: "Žary", carrier: { name: "O₂" },
    }],
    total: 3, page: 1, limit: 1, totalPages: 3,
})"#;

#[wasm_bindgen_test]
async fn a_page_is_returned_with_the_numbers_as_they_came() {
    let outcome = call(&answering(PAGE)).await;
    assert_eq!(at(&outcome, ".page.total"), "3");
    assert_eq!(at(&outcome, ".page.hasNextPage"), "true");
    assert_eq!(at(&outcome, ".page.data[0].location"), "\"Žary\"");
    assert_eq!(at(&outcome, ".page.data[0].carrier.name"), "\"O₂\"");
}

#[wasm_bindgen_test]
async fn a_body_may_come_byte_by_byte_and_with_a_byte_order_mark() {
    let body = [
        "new ReadableStream({ start(controller) {
            for (const byte of new TextEncoder().encode('\\uFEFF' + ",
        PAGE,
        ")) controller.enqueue(Uint8Array.of(byte));
            controller.close();
        } })",
    ];
    let outcome = call(&answering(&body.concat())).await;
    assert_eq!(at(&outcome, ".page.data[0].location"), "\"Žary\"");
}

#[wasm_bindgen_test]
async fn what_is_not_a_page_is_an_invalid_response() {
    for (body, reason) in [
        ("null", "it is empty"),
        ("''", "it is empty"),
        ("Uint8Array.of(0x22, 0xff, 0x22)", "it is not valid UTF-8"),
        ("'<!doctype html>'", "it is not valid JSON"),
        ("'{\"data\":['", "it is not valid JSON"),
        ("'null'", "expected a page"),
        (
            "'{\"data\":[]}'",
            "$.total: expected a non-negative integer",
        ),
        (
            "'{\"data\":[7],\"total\":1,\"page\":1,\"limit\":1,\"totalPages\":1}'",
            "$.data[0]: expected a phone number, received 7",
        ),
    ] {
        let outcome = call(&answering(body)).await;
        assert_eq!(
            at(&outcome, ".failure.type"),
            "\"invalid_response\"",
            "{body}"
        );
        assert_eq!(at(&outcome, ".failure.status"), "200", "{body}");
        assert_eq!(at(&outcome, ".failure.attempts"), "1", "{body}");
        let message = at(&outcome, ".failure.message");
        assert!(message.contains(reason), "{body}: {message}");
    }
}

#[wasm_bindgen_test]
async fn a_body_that_never_ends_is_cut_off_at_8_mib() {
    let outcome = call(
        "{ fetch: async () => new Response(new ReadableStream({
            pull(controller) { controller.enqueue(new Uint8Array(65536)); },
            cancel() { globalThis.cancelled = true; },
        })) }",
    )
    .await;
    assert_eq!(at(&outcome, ".failure.type"), "\"invalid_response\"");
    assert!(at(&outcome, ".failure.message").contains("8 MiB"));
    assert_eq!(at(&outcome, " && globalThis.cancelled"), "true");
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_a_lost_connection() {
    let outcome = call(
        "{ fetch: async () => new Response(new ReadableStream({
            pull(controller) { controller.error(new Error('the line is cut')); },
        })) }",
    )
    .await;
    assert_eq!(at(&outcome, ".failure.type"), "\"connection\"");
    assert!(at(&outcome, ".failure.message").contains("the line is cut"));
    assert_eq!(at(&outcome, ".cause.message"), "\"the line is cut\"");
}

#[wasm_bindgen_test]
async fn an_error_status_counts_whatever_its_body() {
    for body in [
        "'<html>'",
        "null",
        "Uint8Array.of(0xff)",
        "new ReadableStream({ pull(controller) { controller.error(new Error('cut')); } })",
    ] {
        let fetch = [
            "{ fetch: async () => new Response(",
            body,
            ", { status: 503 }) }",
        ]
        .concat();
        let outcome = call(&fetch).await;
        assert_eq!(at(&outcome, ".failure.type"), "\"server\"", "{body}");
        assert_eq!(at(&outcome, ".failure.status"), "503", "{body}");
    }
}

#[wasm_bindgen_test]
async fn what_a_fetch_gives_need_not_be_a_response() {
    for given in [
        "undefined",
        "7",
        "{}",
        "{ status: 200 }",
        "{ status: 200, headers: {} }",
        "{ get status() { throw new Error('no'); } }",
        "{ status: 200, headers: new Headers(), body: {} }",
        "{ status: 200, headers: new Headers(), body: { getReader: () => ({ read: async () => ({ value: 'text' }) }) } }",
    ] {
        let outcome = call(&["{ fetch: async () => (", given, ") }"].concat()).await;
        assert_eq!(
            at(&outcome, ".failure.type"),
            "\"invalid_response\"",
            "{given}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_fetch_may_fail_in_every_way() {
    for (fetch, message) in [
        ("() => { throw new Error('at once') }", "No answer: at once"),
        (
            "async () => { throw 'a string' }",
            "No answer: \\\"a string\\\"",
        ),
        ("async () => { throw undefined }", "No answer: undefined"),
        (
            "() => ({ then() { throw new TypeError('a thenable') } })",
            "No answer: a thenable",
        ),
        (
            "async () => { throw new Error('outer', { cause: new Error('inner') }) }",
            "No answer: outer (inner)",
        ),
    ] {
        let outcome = call(&["{ fetch: ", fetch, " }"].concat()).await;
        assert_eq!(at(&outcome, ".failure.type"), "\"connection\"", "{fetch}");
        assert_eq!(
            at(&outcome, ".failure.message"),
            ["\"", message, "\""].concat()
        );
    }
}
