//! A call that gives a page: its request, and the fields of the page.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, listed};

#[wasm_bindgen_test]
async fn a_page_has_every_field() {
    let test = js("watched(fetchOf(Response.json(page({
        data: [
            phoneNumber('1', { location: 'Košice 😀' }),
            phoneNumber('2', { location: null, status: 'NEW_STATUS' }),
            phoneNumber('3', { more: { nested: [1] } }),
        ],
        total: 237, page: 2, limit: 3, totalPages: 79,
    }))))");
    let page = listed(&test).await;
    assert_eq!(
        json(&page, "Object.keys(it)"),
        r#"["data","total","page","limit","totalPages","hasNextPage"]"#
    );
    assert_eq!(
        json(&page, "({ ...it, data: it.data.length })"),
        r#"{"data":3,"total":237,"page":2,"limit":3,"totalPages":79,"hasNextPage":true}"#
    );
    assert_eq!(
        json(&page, "it.data[0]"),
        json(&js("phoneNumber('1', { location: 'Košice 😀' })"), "it")
    );
    assert_eq!(json(&page, "it.data[1].location"), "null");
    assert_eq!(json(&page, "it.data[1].status"), "\"NEW_STATUS\"");
    assert_eq!(json(&page, "'location' in it.data[2]"), "false");
    assert_eq!(json(&page, "it.data[2].more"), r#"{"nested":[1]}"#);
    let is_plain =
        "Object.getPrototypeOf(it.data[0]) === Object.prototype && Array.isArray(it.data)";
    assert_eq!(json(&page, is_plain), "true");
}

#[wasm_bindgen_test]
async fn every_envelope_gives_the_same_page() {
    for body in [
        "page({ data: [phoneNumber('1')], total: 1, totalPages: 1 })",
        "{ data: page({ data: [phoneNumber('1')], total: 1, totalPages: 1 }) }",
        "{ success: true, error: null, data: {
            items: [phoneNumber('1')], pagination: { total: 1, page: 1, limit: 20, totalPages: 1 },
        } }",
        "{ success: true, error: null, data: { data: page({ data: [phoneNumber('1')], total: 1, totalPages: 1 }) } }",
    ] {
        let test = ["watched(fetchOf(Response.json(", body, ")))"].concat();
        let page = listed(&js(&test)).await;
        assert_eq!(
            json(
                &page,
                "[it.data[0].id, it.total, it.page, it.limit, it.totalPages, it.hasNextPage]"
            ),
            r#"["1",1,1,20,1,false]"#,
            "{body}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_request_has_the_parameters_and_headers() {
    let test = js("watched(fetchOf(Response.json(page())), {
        baseUrl: 'https://a.example/v1', page: 2, limit: 50,
        companyId: '123e4567-e89b-12d3-a456-426614174000', headers: { 'X-Trace': '7' },
    })");
    listed(&test).await;
    assert_eq!(
        json(&test, "it.requests.map(({ url }) => url)"),
        r#"["https://a.example/v1/phone-numbers?page=2&limit=50&companyId=123e4567-e89b-12d3-a456-426614174000"]"#
    );
    assert_eq!(
        json(&test, "[...it.requests[0].init.headers]"),
        r#"[["accept","application/json"],["authorization","Bearer sk_test_1"],["x-trace","7"]]"#
    );
    assert_eq!(json(&test, "it.requests[0].init.redirect"), "\"manual\"");
    assert_eq!(json(&test, "it.requests[0].init.signal.aborted"), "false");
}

#[wasm_bindgen_test]
async fn a_page_comes_in_chunks_or_as_a_buffer() {
    for response in [
        "new Response(new ReadableStream({
            start(controller) {
                const bytes = new TextEncoder().encode(JSON.stringify(page({ total: 7, é: '😀' })));
                for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
                controller.close();
            },
        }))",
        // As node-fetch has it, whose bodies are no web streams.
        "{
            status: 200, headers: new Headers(), body: { pipe() {} },
            arrayBuffer: async () => new TextEncoder().encode(JSON.stringify(page({ total: 7 }))).buffer,
        }",
    ] {
        let test = ["watched(fetchOf(", response, "))"].concat();
        assert_eq!(json(&listed(&js(&test)).await, "it.total"), "7");
    }
}

#[wasm_bindgen_test]
async fn the_global_fetch_is_used_where_none_is_given() {
    let test = js("(() => {
        const original = globalThis.fetch;
        globalThis.fetch = async url => Response.json(page({ total: url.length }));
        return { original, options: options({ fetch: undefined, baseUrl: 'https://a.example' }) };
    })()");
    let page = listed(&test).await;
    json(&test, "globalThis.fetch = it.original");
    let length = "https://a.example/phone-numbers".len().to_string();
    assert_eq!(json(&page, "it.total"), length);
}
