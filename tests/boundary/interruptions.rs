//! Aborts and timeouts, in each phase of a call.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, of, rejected};

#[wasm_bindgen_test]
async fn an_abort_before_the_call_sends_nothing() {
    let test = js("watched(fetchOf(), { signal: AbortSignal.abort('left') })");
    assert_eq!(rejected(&test).await, "left");
    assert_eq!(json(&test, "it.requests.length + it.events.length"), "0");
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_fetch() {
    for fetch in [
        "(url, init, test) => { test.controller.abort('left'); return untilAborted(url, init); }",
        "(url, init, test) => { setTimeout(() => test.controller.abort('left')); return untilAborted(url, init); }",
        // One that ignores its signal.
        "(_, __, test) => { setTimeout(() => test.controller.abort('left')); return new Promise(() => {}); }",
    ] {
        let test = js(&["watched(", fetch, ", { maxRetries: 2 })"].concat());
        assert_eq!(rejected(&test).await, "left");
        let is_aborted = "it.requests.map(({ init }) => init.signal.aborted)";
        assert_eq!(json(&test, is_aborted), "[true]", "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn a_response_that_comes_after_an_abort_is_cancelled() {
    let test = js("watched((_, __, test) => {
        test.controller.abort('left');
        return new Promise(resolve => setTimeout(() => resolve(endless(test, '{'))));
    })");
    assert_eq!(rejected(&test).await, "left");
    let later = of(&test, "new Promise(resolve => setTimeout(resolve, 20))");
    crate::settled(later.into()).await.expect("a while");
    assert_eq!(json(&test, "it.cancelled"), r#"["body"]"#);
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_body() {
    let test = js("watched((_, __, test) => {
        setTimeout(() => test.controller.abort('left'), 20);
        return endless(test, '{', '\"data\":');
    })");
    assert_eq!(rejected(&test).await, "left");
    assert_eq!(json(&test, "it.cancelled"), r#"["body"]"#);
    assert_eq!(
        json(&test, "it.events.map(({ type }) => type)"),
        r#"["request","response"]"#
    );
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_wait_for_a_retry() {
    let test = js("watched((_, __, test) => {
        setTimeout(() => test.controller.abort('left'), 20);
        return Response.json({}, { status: 503, headers: { 'Retry-After': '50' } });
    }, { maxRetries: 2 })");
    assert_eq!(rejected(&test).await, "left");
    assert_eq!(json(&test, "it.requests.length"), "1");
    assert!(of(&test, "it.events.some(({ type }) => type === 'retry')").is_truthy());
}

#[wasm_bindgen_test]
async fn an_abort_ends_the_wait_for_a_key() {
    let test = js("(() => {
        const test = watched(fetchOf(), { apiKey: () => new Promise(() => {}) });
        setTimeout(() => test.controller.abort('left'), 20);
        return test;
    })()");
    assert_eq!(rejected(&test).await, "left");
    assert_eq!(json(&test, "it.requests.length"), "0");
}

#[wasm_bindgen_test]
async fn an_abort_without_a_reason_is_an_abort_error() {
    let test = js("watched((_, __, test) => test.controller.abort())");
    let error = rejected(&test).await;
    assert_eq!(json(&error, "it.name"), "\"AbortError\"");
}

#[wasm_bindgen_test]
async fn a_timeout_ends_an_attempt() {
    for (fetch, status, cancelled) in [
        ("untilAborted", "null", "[]"),
        ("() => new Promise(() => {})", "null", "[]"),
        ("(_, __, test) => endless(test, '{')", "200", r#"["body"]"#),
    ] {
        let test = js(&["watched(", fetch, ", { timeout: 20 })"].concat());
        let error = rejected(&test).await;
        let expected = ["[\"timeout\",", status, ",1]"].concat();
        assert_eq!(
            json(&error, "[it.type, it.status, it.attempts]"),
            expected,
            "{fetch}"
        );
        assert!(json(&error, "it.message").contains("within 20 ms"));
        assert!(
            of(&test, "it.requests[0].init.signal.aborted").is_truthy(),
            "{fetch}"
        );
        assert_eq!(json(&test, "it.cancelled"), cancelled, "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn a_timeout_is_that_of_one_attempt() {
    let test = js("watched(
        (results => (...args) => results.shift()(...args))([untilAborted, async () => Response.json(page({ total: 7 }))]),
        { timeout: 20, maxRetries: 1 },
    )");
    let page = crate::listed(&test).await;
    assert_eq!(json(&page, "it.total"), "7");
    assert_eq!(
        json(&test, "it.requests.map(({ init }) => init.signal.aborted)"),
        "[true,false]"
    );
}

#[wasm_bindgen_test]
async fn a_signal_has_no_listener_after_its_call() {
    for fetch in [
        "fetchOf(Response.json(page()))",
        "fetchOf(new Error('reset'))",
        "untilAborted",
    ] {
        let test = js(&[
            "(() => {
            const listeners = new Set();
            const signal = {
                aborted: false,
                addEventListener: (_, listener) => listeners.add(listener),
                removeEventListener: (_, listener) => listeners.delete(listener),
            };
            return Object.assign(watched(",
            fetch,
            ", { signal, timeout: 20 }), { listeners });
        })()",
        ]
        .concat());
        let _ = crate::call(&test).await;
        assert_eq!(json(&test, "it.listeners.size"), "0", "{fetch}");
    }
}
