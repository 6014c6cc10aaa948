//! The events that a listener of the exported calls sees.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::{js, json, listed, of};

#[wasm_bindgen_test]
async fn a_request_and_its_response_are_events() {
    let test = js("watched(
        fetchOf(Response.json(page(), { headers: { 'X-Request-Id': 'req_7', ...rateLimit(59) } })),
        { baseUrl: 'https://a.example' },
    )");
    listed(&test).await;
    let without_id =
        "it.events[0].callId === it.events[1].callId && Number.isInteger(it.events[0].callId)";
    assert!(of(&test, without_id).is_truthy());
    assert_eq!(
        json(&test, "(({ callId, ...event }) => event)(it.events[0])"),
        r#"{"type":"request","method":"GET","url":"https://a.example/phone-numbers","attempt":1}"#
    );
    assert_eq!(
        json(
            &test,
            "(({ type, status, attempt, requestId, rateLimit: { minute } }) => \
            [type, status, attempt, requestId, minute.remaining])(it.events[1])"
        ),
        r#"["response",200,1,"req_7",59]"#
    );
    assert!(of(&test, "Number.isInteger(it.events[1].duration)").is_truthy());
    assert_eq!(json(&test, "it.events.length"), "2");
}

#[wasm_bindgen_test]
async fn each_call_has_an_id_of_its_own() {
    let test = js("watched(async () => Response.json(page()))");
    for _ in 0..3 {
        listed(&test).await;
    }
    let ids = "new Set(it.events.map(({ callId }) => callId)).size";
    assert_eq!(json(&test, ids), "3");
}

#[wasm_bindgen_test]
async fn a_violation_of_the_contract_is_an_event_where_validation_is_lenient() {
    let test = js("watched(
        fetchOf(Response.json(page({ data: [{ id: 7 }], total: 1, totalPages: 1 }))),
        { validation: 'lenient' },
    )");
    let page = listed(&test).await;
    assert_eq!(json(&page, "it.data"), r#"[{"id":7}]"#);
    assert_eq!(
        json(&test, "[it.events[2].type, it.events[2].issues[0]]"),
        r#"["contractViolation",{"path":"$.data[0].id","expected":"a string","received":"7"}]"#
    );
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_changes_nothing() {
    let test = js("(() => {
        const reported = [];
        const { reportError } = globalThis;
        const { error } = console;
        globalThis.reportError = console.error = thrown => reported.push(thrown);
        const restore = () => Object.assign(globalThis, { reportError }) && (console.error = error);
        const onEvent = ({ type }) => { throw type; };
        return { ...watched(fetchOf(Response.json(page({ total: 7 }))), { onEvent }), reported, restore };
    })()");
    let page = listed(&test).await;
    of(&test, "it.restore()");
    assert_eq!(json(&page, "it.total"), "7");
    assert_eq!(json(&test, "it.reported"), r#"["request","response"]"#);
}
