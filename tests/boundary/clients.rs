//! Clients and listings, as they are exported.

use instaview_phone_numbers::web::{InstaViewClient, Listing, open_listing};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, of, settled};

/// A client with the options of this test.
fn client(test: &JsValue) -> InstaViewClient {
    InstaViewClient::new(&of(
        test,
        "(({ signal, ...options }) => options)(it.options)",
    ))
}

/// The page of a listing, which has taken one attempt, unless this signal is aborted.
async fn page(listing: &Listing, page: u32, signal: &JsValue) -> Result<JsValue, JsValue> {
    let call = listing.page(page, signal.clone().unchecked_into());
    let pair = settled(call).await?;
    assert_eq!(json(&pair, "it[1]"), "1");
    Ok(of(&pair, "it[0]"))
}

#[wasm_bindgen_test]
async fn a_client_keeps_its_options_for_every_call() {
    let test = js("watched(async () => Response.json(page()), { baseUrl: 'https://a.example' })");
    let client = client(&test);
    for params in ["undefined", "{ page: 2 }"] {
        let call = client.list_phone_numbers(&js(params), &JsValue::UNDEFINED);
        settled(call).await.expect("a page");
    }
    assert_eq!(
        json(&test, "it.requests.map(({ url }) => url)"),
        r#"["https://a.example/phone-numbers","https://a.example/phone-numbers?page=2"]"#
    );
    let call = client.list_phone_numbers(&js("{ page: 0 }"), &js("{ baseUrl: 'x' }"));
    let error = settled(call).await.expect_err("a rejection");
    assert_eq!(
        json(&error, "it.issues.map(({ path }) => path)"),
        r#"["baseUrl","page"]"#
    );
}

#[wasm_bindgen_test]
async fn a_client_knows_the_rate_limit_that_was_reported_last() {
    let test = js("watched(fetchOf(
        Response.json(page(), { headers: rateLimit(59) }),
        Response.json({}, { status: 404, headers: rateLimit(58) }),
        Response.json(page()),
    ))");
    let client = client(&test);
    assert!(client.rate_limit().is_undefined());
    for remaining in ["59", "58", "58"] {
        let call = client.list_phone_numbers(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
        let _ = settled(call).await;
        let rate_limit = client.rate_limit();
        assert_eq!(json(&rate_limit, "it.minute.remaining"), remaining);
        assert_eq!(json(&rate_limit, "it.minute.limit"), "60");
        assert!(
            of(
                &rate_limit,
                "Math.abs(it.minute.resetAt - Date.now() - 50_000) < 2_000"
            )
            .is_truthy()
        );
        assert_eq!(json(&rate_limit, "'hour' in it"), "false");
    }
}

#[wasm_bindgen_test]
async fn the_calls_of_a_client_keep_the_rate_limit_together() {
    let test = js("watched(
        fetchOf(Response.json(page(), { headers: rateLimit(0) })),
        { maxRateLimitWait: 1_000 },
    )");
    let client = client(&test);
    let call = client.list_phone_numbers(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    settled(call).await.expect("a page");
    let call = client.list_phone_numbers(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    let error = settled(call).await.expect_err("a rejection");
    assert_eq!(
        json(
            &error,
            "[it.type, it.attempts, it.retryAfter > 40_000, it.rateLimit.minute.remaining]"
        ),
        r#"["rate_limit",0,true,0]"#
    );
    assert_eq!(json(&test, "it.requests.length"), "1");
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_wait_for_the_rate_limit() {
    let test = js("watched(fetchOf(Response.json(page(), { headers: rateLimit(0) })))");
    let client = client(&test);
    let call = client.list_phone_numbers(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    settled(call).await.expect("a page");
    of(&test, "setTimeout(() => it.controller.abort('left'), 20)");
    let options = of(&test, "({ signal: it.options.signal })");
    let call = client.list_phone_numbers(&JsValue::UNDEFINED, &options);
    assert_eq!(settled(call).await, Err("left".into()));
    assert_eq!(
        json(&test, "it.events.map(({ type }) => type)"),
        r#"["request","response","rateLimitWait"]"#
    );
}

#[wasm_bindgen_test]
async fn the_pages_of_a_listing_are_requested_one_by_one() {
    let test = js(
        "watched(async url => Response.json(page({ page: Number(/page=(\\d+)/.exec(url)[1]) })))",
    );
    let listing = open_listing(&of(&test, "it.options"), &js("{}")).expect("a listing");
    let signal = js("new AbortController().signal");
    for number in [2, 1] {
        let page = page(&listing, number, &signal).await.expect("a page");
        assert_eq!(json(&page, "it.page"), number.to_string());
    }
    assert_eq!(
        json(&test, "it.requests.map(({ url }) => new URL(url).search)"),
        r#"["?page=2&limit=100","?page=1&limit=100"]"#
    );
    listing.emit_change(2, 7.0, 8.0, 1);
    assert_eq!(
        json(&test, "(({ callId, ...event }) => event)(it.events.at(-1))"),
        r#"{"type":"listingChanged","page":2,"expectedTotal":7,"total":8,"duplicates":1}"#
    );
    let ids = "new Set(it.events.map(({ callId }) => callId)).size";
    assert_eq!(json(&test, ids), "1");
}

#[wasm_bindgen_test]
async fn a_page_of_a_listing_ends_with_its_own_signal_or_the_callers() {
    let test = js("watched(untilAborted)");
    let client = client(&test);
    let options = of(&test, "({ signal: it.options.signal })");
    let criteria = js("{ custom: true }");
    let listing = client.open_listing(&JsValue::UNDEFINED, &options, &criteria);
    let listing = listing.expect("a listing");
    let own = js(
        "(controller => (setTimeout(() => controller.abort('own'), 20), controller.signal))(new AbortController())",
    );
    assert_eq!(page(&listing, 1, &own).await, Err("own".into()));
    of(&test, "setTimeout(() => it.controller.abort('left'), 20)");
    let other = js("new AbortController().signal");
    assert_eq!(page(&listing, 1, &other).await, Err("left".into()));
}

#[wasm_bindgen_test]
fn a_listing_with_wrong_options_is_not_opened() {
    let test = js("watched(fetchOf(), { page: 2, concurrency: 11 })");
    let error = open_listing(&of(&test, "it.options"), &js("{ custom: 1 }"))
        .err()
        .expect("an error");
    assert_eq!(
        json(
            &error,
            "[it.type, ...it.issues.map(({ path }) => path).sort()]"
        ),
        r#"["invalid_argument","concurrency","custom","page"]"#
    );
}
