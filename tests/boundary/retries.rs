//! Attempts after one that failed.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, listed, rejected};

#[wasm_bindgen_test]
async fn a_failed_attempt_is_followed_by_another() {
    let test = js("watched(
        fetchOf(Response.json({}, { status: 503 }), new Error('reset'), Response.json(page({ total: 7 }))),
        { maxRetries: 2, baseUrl: 'https://a.example' },
    )");
    let page = listed(&test).await;
    assert_eq!(json(&page, "it.total"), "7");
    assert_eq!(
        json(
            &test,
            "it.events.map(({ type, attempt }) => [type, attempt].join(' '))"
        ),
        r#"["request 1","response 1","retry 1","request 2","retry 2","request 3","response 3"]"#
    );
    assert_eq!(
        json(
            &test,
            "it.events.filter(({ type }) => type === 'retry').map(({ reason }) => reason)"
        ),
        r#"["server","connection"]"#
    );
    assert_eq!(json(&test, "it.requests.length"), "3");
}

#[wasm_bindgen_test]
async fn each_attempt_gets_a_key_of_its_own() {
    let test = js("watched(
        fetchOf(Response.json({}, { status: 500 }), Response.json(page())),
        { maxRetries: 1, apiKey: (keys => async () => keys.shift())(['sk_test_a', 'sk_test_b']) },
    )");
    listed(&test).await;
    assert_eq!(
        json(
            &test,
            "it.requests.map(({ init }) => init.headers.get('authorization'))"
        ),
        r#"["Bearer sk_test_a","Bearer sk_test_b"]"#
    );
}

#[wasm_bindgen_test]
async fn no_attempt_comes_earlier_than_the_server_says() {
    let test = js("(() => {
        const start = performance.now();
        const test = watched(
            fetchOf(Response.json({}, { status: 429, headers: { 'Retry-After': '1' } }), Response.json(page())),
            { maxRetries: 1 },
        );
        return Object.assign(test, { elapsed: () => performance.now() - start });
    })()");
    listed(&test).await;
    assert_eq!(json(&test, "it.elapsed() >= 999"), "true");
    assert_eq!(
        json(
            &test,
            "it.events.filter(({ type }) => type === 'rateLimitWait').map(({ window, delay }) => [window, delay])"
        ),
        r#"[["retry-after",1000]]"#
    );
}

#[wasm_bindgen_test]
async fn the_last_attempt_decides() {
    let test = js("watched(
        fetchOf(new Error('reset'), Response.json({}, { status: 404 })),
        { maxRetries: 5 },
    )");
    let error = rejected(&test).await;
    assert_eq!(json(&error, "[it.type, it.attempts]"), r#"["not_found",2]"#);
}
