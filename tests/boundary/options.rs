//! Reading the options that a caller gave: of whatever realm, behind whatever getter or Proxy.

use instaview_phone_numbers::error::{Failure, InstaViewErrorType};
use instaview_phone_numbers::options::rules::{CLIENT, CRITERIA, LISTING, PARAMS, Places, REQUEST};
use instaview_phone_numbers::web::environment::Environment;
use instaview_phone_numbers::web::options::{ApiKey, Settings, Source, read_settings};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::js;

const ONE_CALL: Places = CLIENT | PARAMS | REQUEST;

/// The settings of a call of a runtime that has nothing, with its options in one object.
pub fn settings(options: &str) -> Result<Settings, Box<Failure>> {
    settings_in("{}", options)
}

pub fn settings_in(global: &str, options: &str) -> Result<Settings, Box<Failure>> {
    let source = Source::read(&js(options), "options", ONE_CALL);
    read_settings(&[&source], &Environment::of(js(global)), false)
}

/// The settings of a client's call: the client's options, the parameters, the options of the call.
pub fn client_settings(objects: [&str; 3]) -> Result<Settings, Box<Failure>> {
    let [options, params, request] = objects;
    let sources = [
        Source::read(&js(options), "options", CLIENT),
        Source::read(&js(params), "params", PARAMS),
        Source::read(&js(request), "options", REQUEST),
    ];
    read_settings(&sources.each_ref(), &Environment::of(js("{}")), false)
}

#[track_caller]
pub fn accepted(settings: Result<Settings, Box<Failure>>) -> Settings {
    match settings {
        Ok(settings) => settings,
        Err(failure) => panic!("{failure:?}"),
    }
}

#[track_caller]
pub fn refused(settings: Result<Settings, Box<Failure>>) -> Failure {
    match settings {
        Ok(settings) => panic!("{}", settings.url(None)),
        Err(failure) => *failure,
    }
}

/// Path and what was received, of each issue.
pub fn received(failure: &Failure) -> Vec<(&str, &str)> {
    let issues = failure.issues.iter();
    issues
        .map(|issue| (issue.path.as_str(), issue.received.as_str()))
        .collect()
}

#[wasm_bindgen_test]
fn absent_options_have_their_defaults() {
    for options in [
        "{ baseUrl: 'https://example.com' }",
        "{ baseUrl: 'https://example.com//', page: undefined, timeout: undefined, unknown: undefined }",
    ] {
        let settings = accepted(settings(options));
        assert_eq!(settings.url(None), "https://example.com/phone-numbers");
        assert_eq!(settings.base_url, "https://example.com");
        assert_eq!(settings.timeout, 30_000);
        assert_eq!(settings.max_retries, 2);
        assert_eq!(settings.max_rate_limit_wait, 60_000);
        assert!(!settings.is_lenient && !settings.is_browser);
        assert!(settings.headers.is_none() && settings.signal.is_none());
        assert!(settings.fetch.is_none() && settings.listeners.is_empty());
        assert!(matches!(settings.api_key, ApiKey::None));
    }
}

#[wasm_bindgen_test]
fn parameters_are_in_the_url() {
    let id = "123e4567-e89b-12d3-a456-426614174000";
    let settings = accepted(settings(
        "{ apiKey: 'sk_test_1', page: 2, limit: 50, companyId: '123e4567-e89b-12d3-a456-426614174000', \
           timeout: 5, maxRetries: -0, validation: 'lenient' }",
    ));
    let expected = [
        "https://api.instaview.sk/phone-numbers?page=2&limit=50&companyId=",
        id,
    ];
    assert_eq!(settings.url(None), expected.concat());
    assert_eq!((settings.timeout, settings.max_retries), (5, 0));
    assert!(settings.is_lenient);
}

#[wasm_bindgen_test]
fn the_pages_of_a_listing_are_as_long_as_they_can_be() {
    for (options, limit) in [("{}", "100"), ("{ limit: 7, concurrency: 2 }", "7")] {
        let source = Source::read(&js(options), "options", CLIENT | LISTING | REQUEST);
        let environment = js("{ process: { env: { INSTAVIEW_API_KEY: 'sk_test_1' } } }");
        let settings = read_settings(&[&source], &Environment::of(environment), true);
        let query = ["?page=3&limit=", limit].concat();
        assert!(accepted(settings).url(Some(3)).ends_with(&query));
    }
    let source = Source::read(
        &js("{ page: 2, baseUrl: 'https://example.com' }"),
        "options",
        CLIENT | LISTING | REQUEST,
    );
    let settings = read_settings(&[&source], &Environment::of(js("{}")), true);
    assert_eq!(received(&refused(settings)), [("page", "an unknown name")]);
}

#[wasm_bindgen_test]
fn every_problem_is_listed_in_order() {
    let failure = refused(settings(
        "{ retries: 3, baseUrl: 'ftp://example.com', page: 0, limit: '2', companyId: 'acme', keyType: 'gold', \
           timeout: 1 / 0, signal: {}, fetch: 1n, headers: [7], apiKey: 7, dangerouslyAllowBrowser: 1 }",
    ));
    assert_eq!(failure.r#type, InstaViewErrorType::InvalidArgument);
    assert_eq!(
        received(&failure),
        [
            ("retries", "an unknown name"),
            ("page", "0"),
            ("limit", "\"2\""),
            ("companyId", "\"acme\""),
            ("keyType", "\"gold\""),
            ("timeout", "Infinity"),
            ("fetch", "1"),
            ("dangerouslyAllowBrowser", "1"),
            ("signal", "an object"),
            ("headers", "a value that is none"),
            ("baseUrl", "\"ftp://example.com\""),
            ("apiKey", "a value of another type"),
        ]
    );
}

#[wasm_bindgen_test]
fn plain_objects_are_taken_however_they_came_to_be() {
    for options in [
        "Object.freeze({ apiKey: 'sk_test_1', page: 2 })",
        "Object.assign(Object.create(null), { apiKey: 'sk_test_1', page: 2 })",
        "({ apiKey: 'sk_test_1', get page() { return 2; } })",
        "new Proxy({ apiKey: 'sk_test_1', page: 2 }, {})",
        "Object.defineProperty({ apiKey: 'sk_test_1', page: 2, [Symbol()]: 1 }, 'limit', { value: 500 })",
        // Another realm has an Object.prototype of its own.
        "(() => {
            if (typeof document === 'object') {
                const frame = document.body.appendChild(document.createElement('iframe'));
                return Object.assign(new frame.contentWindow.Object(), { apiKey: 'sk_test_1', page: 2 });
            }
            const vm = process.getBuiltinModule('node:vm');
            return Object.assign(vm.runInNewContext('({})'), { apiKey: 'sk_test_1', page: 2 });
        })()",
    ] {
        let settings = accepted(settings(options));
        assert!(settings.url(None).ends_with("/phone-numbers?page=2"), "{options}");
    }
}

#[wasm_bindgen_test]
fn other_objects_are_refused() {
    for (options, shown) in [
        ("null", "null"),
        ("7", "7"),
        ("'page=2'", "\"page=2\""),
        ("[{ page: 2 }]", "an array"),
        ("new Map([['page', 2]])", "an object"),
        ("() => {}", "a function"),
        ("new (class { page = 2 })", "an object"),
        (
            "new (class extends null { constructor() { return Object.create(new.target.prototype); } })",
            "an object",
        ),
        ("Object.create({ page: 2 })", "an object"),
        (
            "Object.create(Object.assign(Object.create(null), { page: 2 }))",
            "an object",
        ),
        (
            "(({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable({}, {}))",
            "an object",
        ),
        ("new Proxy({}, { ownKeys() { throw 1; } })", "an object"),
        (
            "new Proxy({}, { getPrototypeOf() { throw 1; } })",
            "an object",
        ),
        (
            "Object.create(new Proxy(Object.create(null), { getOwnPropertyDescriptor() { throw 1; } }))",
            "an object",
        ),
    ] {
        let failure = refused(settings(options));
        assert_eq!(received(&failure), [("options", shown)], "{options}");
        assert_eq!(failure.issues[0].expected, "a plain object");
    }
}

#[wasm_bindgen_test]
fn criteria_are_checked_where_they_are_given() {
    for (criteria, expected) in [
        ("null", vec![("criteria", "null")]),
        ("[]", vec![("criteria", "an array")]),
        (
            "{ capability: 5, custom: 'true', where: 'id', capabilities: 1 }",
            vec![
                ("capabilities", "an unknown name"),
                ("capability", "5"),
                ("custom", "\"true\""),
                ("where", "\"id\""),
            ],
        ),
    ] {
        let options = js("{ baseUrl: 'https://example.com' }");
        let options = Source::read(&options, "options", CLIENT | LISTING | REQUEST);
        let criteria = Source::read(&js(criteria), "criteria", CRITERIA);
        let settings = read_settings(&[&options, &criteria], &Environment::of(js("{}")), true);
        assert_eq!(received(&refused(settings)), expected);
    }
}

#[wasm_bindgen_test]
fn a_getter_is_read_once_and_may_throw() {
    let failure = refused(settings(
        "{ apiKey: 'sk_test_1', get limit() { throw new Error('no'); }, get headers() { throw 1; } }",
    ));
    assert_eq!(
        received(&failure),
        [
            ("limit", "Symbol(a getter that throws)"),
            ("headers", "a value that is none"),
        ]
    );
    let settings = accepted(settings(
        "(() => { let reads = 0; return { apiKey: 'sk_test_1', get page() { return ++reads; } }; })()",
    ));
    assert!(settings.url(None).ends_with("?page=1"));
}

#[wasm_bindgen_test]
fn what_sits_on_object_prototype_is_no_option() {
    js("Object.assign(Object.prototype, { page: 7, baseUrl: 'https://attacker.example' })");
    let settings = settings("{ apiKey: 'sk_test_1' }");
    js("delete Object.prototype.page && delete Object.prototype.baseUrl");
    assert_eq!(
        accepted(settings).url(None),
        "https://api.instaview.sk/phone-numbers"
    );
}

#[wasm_bindgen_test]
fn the_later_source_wins_and_has_names_of_its_own() {
    let settings = accepted(client_settings([
        "{ apiKey: 'sk_test_1', timeout: 5, maxRetries: 1, companyId: '123e4567-e89b-12d3-a456-426614174000' }",
        "{ page: 2, companyId: undefined }",
        "{ timeout: 7 }",
    ]));
    assert_eq!((settings.timeout, settings.max_retries), (7, 1));
    assert!(settings.url(None).contains("?page=2&companyId=123e4567"));
    let failure = refused(client_settings([
        "[]",
        "{ timeout: 7, apiKey: 'sk_test_1' }",
        "{ page: 2, baseUrl: 'x' }",
    ]));
    let paths = ["options", "timeout", "apiKey", "page", "baseUrl"];
    assert!(failure.issues.iter().map(|issue| &issue.path).eq(paths));
}

#[wasm_bindgen_test]
fn listeners_are_called_in_order() {
    let settings = accepted(client_settings([
        "{ apiKey: 'sk_test_1', onEvent: () => 'client' }",
        "{}",
        "{ onEvent: () => 'call' }",
    ]));
    let names = settings.listeners.iter().map(|listener| {
        let name = listener.call0(&JsValue::UNDEFINED).expect("a name");
        name.as_string().expect("a string")
    });
    assert!(names.eq(["client", "call"]));
    let failure = refused(client_settings([
        "{ apiKey: 'sk_test_1', onEvent: 1 }",
        "{}",
        "{ onEvent: () => {} }",
    ]));
    assert_eq!(received(&failure), [("onEvent", "1")]);
}

#[wasm_bindgen_test]
fn a_signal_is_recognised_by_its_behaviour() {
    for signal in [
        "new AbortController().signal",
        "AbortSignal.abort()",
        "{ aborted: false, addEventListener() {}, removeEventListener() {} }",
    ] {
        let options = ["{ apiKey: 'sk_test_1', signal: ", signal, " }"].concat();
        assert!(accepted(settings(&options)).signal.is_some(), "{signal}");
    }
    for signal in [
        "null",
        "{ aborted: 0, addEventListener() {}, removeEventListener() {} }",
        "{ aborted: false, addEventListener() {} }",
        "{ get aborted() { throw 1; }, addEventListener() {}, removeEventListener() {} }",
        "Object.assign(() => {}, { aborted: false, addEventListener() {}, removeEventListener() {} })",
    ] {
        let options = ["{ apiKey: 'sk_test_1', signal: ", signal, " }"].concat();
        assert_eq!(
            refused(settings(&options)).issues[0].path,
            "signal",
            "{signal}"
        );
    }
}
