//! Aborts and timeouts, whatever fetch does about them.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, call, js};

/// Where a call may hang: before the answer, and in its body; and whether fetch heeds its signal.
const HANGING: [&str; 3] = [
    "() => new Promise(() => {})",
    "async () => new Response(new ReadableStream())",
    "(request) => new Promise((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
    })",
];

#[wasm_bindgen_test]
async fn a_timeout_covers_the_body_too() {
    for fetch in HANGING {
        let outcome = call(&["{ timeout: 5, fetch: ", fetch, " }"].concat()).await;
        assert_eq!(at(&outcome, ".failure.type"), "\"timeout\"", "{fetch}");
        assert_eq!(
            at(&outcome, ".failure.message"),
            "\"No complete answer within 5 ms\""
        );
    }
}

#[wasm_bindgen_test]
async fn an_abort_takes_effect_at_once_and_gives_its_reason() {
    for fetch in HANGING {
        let options = [
            "(() => {
                const controller = new AbortController();
                const hanging = ",
            fetch,
            ";
                return {
                    signal: controller.signal,
                    fetch(request) {
                        globalThis.seen = request.signal;
                        setTimeout(() => controller.abort({ because: 'enough' }));
                        return hanging(request);
                    },
                };
            })()",
        ];
        let outcome = call(&options.concat()).await;
        assert_eq!(at(&outcome, ".reason.because"), "\"enough\"", "{fetch}");
        assert_eq!(
            at(&outcome, " && globalThis.seen.aborted"),
            "true",
            "{fetch}"
        );
    }
}

#[wasm_bindgen_test]
async fn nothing_is_sent_after_an_abort() {
    for (signal, reason) in [
        ("AbortSignal.abort(7)", "7"),
        ("AbortSignal.abort(null)", "null"),
        (
            "{ aborted: true, reason: undefined, addEventListener() {}, removeEventListener() {} }",
            "undefined",
        ),
    ] {
        let fields = [
            "{ signal: ",
            signal,
            ", fetch() { throw new Error('sent') } }",
        ]
        .concat();
        let outcome = call(&fields).await;
        assert_eq!(at(&outcome, ".reason"), reason, "{signal}");
        assert_eq!(at(&outcome, ".type"), "\"aborted\"", "{signal}");
    }
}

#[wasm_bindgen_test]
async fn no_listener_is_left_on_the_signal() {
    for fetch in [
        "async () => new Response('null')",
        "async () => { throw new Error('lost') }",
        "() => { throw new Error('lost at once') }",
        HANGING[0],
    ] {
        let options = [
            "(() => {
                globalThis.listeners = 0;
                const { signal } = new AbortController();
                return {
                    timeout: 5,
                    signal: {
                        aborted: false,
                        addEventListener(...args) {
                            globalThis.listeners += 1;
                            signal.addEventListener(...args);
                        },
                        removeEventListener(...args) {
                            globalThis.listeners -= 1;
                            signal.removeEventListener(...args);
                        },
                    },
                    fetch: ",
            fetch,
            ",
                };
            })()",
        ];
        let outcome = call(&options.concat()).await;
        assert_eq!(at(&outcome, " && globalThis.listeners"), "0", "{fetch}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_throws_does_not_hang_the_call() {
    let outcome = call(
        "{ signal: {
            aborted: false,
            addEventListener() { throw new Error('no listeners here') },
            removeEventListener() { throw new Error('nor here') },
        } }",
    )
    .await;
    assert_eq!(at(&outcome, ".failure.type"), "\"invalid_argument\"");
    assert_eq!(at(&outcome, ".failure.issues[0].path"), "\"signal\"");
}

/// How many JavaScript values the core holds on to, once what is under way has had time to come to its end.
async fn held() -> u32 {
    let soon = js("new Promise((resolve) => setTimeout(resolve))");
    JsFuture::from(Promise::from(soon)).await.expect("a timer");
    wasm_bindgen::externref_heap_live_count()
}

/// Fails where each call leaves something behind. A few values may be on their way out, or be the test runner's.
async fn assert_nothing_is_held(options: &str) {
    const CALLS: u32 = 30;
    call(options).await;
    let before = held().await;
    for _ in 0..CALLS {
        call(options).await;
    }
    let after = held().await;
    assert!(
        after < before + CALLS / 2,
        "{before} before, {after} after: {options}"
    );
}

#[wasm_bindgen_test]
async fn nothing_is_held_after_a_call_however_it_ended() {
    for fetch in [
        "async () => new Response('null')",
        "async () => { throw new Error('lost') }",
        HANGING[0],
        HANGING[1],
        HANGING[2],
    ] {
        assert_nothing_is_held(&["{ timeout: 1, fetch: ", fetch, " }"].concat()).await;
    }
}

#[wasm_bindgen_test]
async fn an_abort_before_fetch_has_answered_holds_nothing() {
    let options = "(() => {
        const controller = new AbortController();
        const fetch = () => { controller.abort(); return new Promise(() => {}) };
        return { signal: controller.signal, fetch };
    })()";
    assert_nothing_is_held(options).await;
}
