//! The key, the base URL and the environment of a call.

use instaview_phone_numbers::error::InstaViewErrorType;
use instaview_phone_numbers::web::options::ApiKey;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::options::{accepted, received, refused, settings, settings_in};

#[wasm_bindgen_test]
fn a_base_url_is_a_string_or_has_an_address() {
    for (base_url, expected) in [
        ("'https://example.com/v1/'", "https://example.com/v1"),
        (
            "' HTTPS://Example.com:443/a/../b '",
            "https://example.com/b",
        ),
        (
            "new URL('https://example.com/v1')",
            "https://example.com/v1",
        ),
        (
            "{ href: 'https://example.com/v1' }",
            "https://example.com/v1",
        ),
    ] {
        let options = ["{ apiKey: 'sk_test_1', baseUrl: ", base_url, " }"].concat();
        assert_eq!(accepted(settings(&options)).base_url, expected);
    }
    for (base_url, shown) in [
        ("'api.instaview.sk'", "\"api.instaview.sk\""),
        ("''", "\"\""),
        ("7", "7"),
        ("null", "null"),
        ("{ href: 7 }", "an object"),
        ("{ get href() { throw 1; } }", "an object"),
        (
            "'https://me:secret@example.com'",
            "a URL that may have a password in it",
        ),
        (
            "'https://example.com?key=secret'",
            "\"https://example.com?…\"",
        ),
        (
            "'https://example.com/#secret'",
            "\"https://example.com/?…\"",
        ),
        ("'https://example.com/sk_live_1?'", "\"sk_…\""),
    ] {
        let options = ["{ apiKey: 'sk_test_1', baseUrl: ", base_url, " }"].concat();
        assert_eq!(received(&refused(settings(&options))), [("baseUrl", shown)]);
    }
}

#[wasm_bindgen_test]
fn a_key_is_sent_only_where_it_may_be() {
    let browser = "{ document: { baseURI: 'https://app.example.com/' } }";
    let worker = "{ importScripts() {} }";
    for (global, options, path, shown) in [
        ("{}", "{}", "apiKey", "undefined"),
        (
            "{}",
            "{ baseUrl: 'https://api.instaview.sk/v1' }",
            "apiKey",
            "undefined",
        ),
        ("{}", "{ apiKey: '' }", "apiKey", "an empty string"),
        (
            "{}",
            "{ apiKey: 'sk_test_1\\n' }",
            "apiKey",
            "a string with white space around it",
        ),
        (
            "{}",
            "{ apiKey: 'sk_test_1', baseUrl: 'http://a.b' }",
            "baseUrl",
            "an http URL of another machine",
        ),
        (
            "{}",
            "{ apiKey: () => {}, baseUrl: 'http://a.b' }",
            "baseUrl",
            "an http URL of another machine",
        ),
        (browser, "{ apiKey: 'sk_test_1' }", "apiKey", "a key"),
        (worker, "{ apiKey: () => {} }", "apiKey", "a key"),
        (
            "{ process: { env: { INSTAVIEW_API_KEY: 'sk a' } } }",
            "{}",
            "INSTAVIEW_API_KEY",
            "a string with other characters",
        ),
    ] {
        let failure = refused(settings_in(global, options));
        assert_eq!(
            failure.r#type,
            InstaViewErrorType::Configuration,
            "{options}"
        );
        assert_eq!(received(&failure), [(path, shown)]);
    }
    let allowed = "{ apiKey: 'sk_test_1', dangerouslyAllowBrowser: true }";
    assert!(accepted(settings_in(browser, allowed)).is_browser);
    let failure = refused(settings("{ apiKey: 'sk_test_1', keyType: 'ats' }"));
    assert_eq!(failure.r#type, InstaViewErrorType::InvalidArgument);
    assert_eq!(received(&failure), [("companyId", "undefined")]);
}

#[wasm_bindgen_test]
fn a_key_is_in_no_issue() {
    for options in [
        "{ apiKey: key, companyId: key }",
        "{ apiKey: key, [key]: 1 }",
        "{ apiKey: key, keyType: 'x' + key, baseUrl: key }",
        "{ apiKey: key + '\\n', companyId: key }",
        "{ apiKey: key, companyId: 'x'.repeat(40) + key }",
    ] {
        let key = "'MARKER/with-the-length-of-a-key-that-messages-cut-off-in-the-middle-of-it'";
        let options = ["(key => (", options, "))(", key, ")"].concat();
        let failure = refused(settings(&options));
        assert!(!failure.message.contains("MARKER"), "{failure:?}");
        for issue in &failure.issues {
            let shown = [&*issue.path, &issue.expected, &issue.received].concat();
            assert!(!shown.contains("MARKER"), "{issue:?}");
        }
    }
    let failure = refused(settings("{ apiKey: 'sk_test_1', sk_live_misplaced: 1 }"));
    assert_eq!(received(&failure), [("sk_…", "an unknown name")]);
}

#[wasm_bindgen_test]
fn the_environment_counts_where_the_options_are_absent() {
    let global = "{ process: { env: { INSTAVIEW_API_KEY: 'sk_test_2', INSTAVIEW_BASE_URL: 'https://example.com' } } }";
    let settings = accepted(settings_in(global, "{}"));
    assert_eq!(settings.base_url, "https://example.com");
    assert!(matches!(settings.api_key, ApiKey::Text(key) if key == "sk_test_2"));
    let options = "{ apiKey: 'sk_test_1', baseUrl: 'https://api.instaview.sk' }";
    let settings = accepted(settings_in(global, options));
    assert_eq!(settings.base_url, "https://api.instaview.sk");
    assert!(matches!(settings.api_key, ApiKey::Text(key) if key == "sk_test_1"));
    let global =
        "{ process: { env: { INSTAVIEW_API_KEY: 'sk_test_2', INSTAVIEW_BASE_URL: 'nowhere' } } }";
    let failure = refused(settings_in(global, "{}"));
    assert_eq!(received(&failure), [("INSTAVIEW_BASE_URL", "\"nowhere\"")]);
}

#[wasm_bindgen_test]
fn the_environment_may_lack_everything_or_refuse() {
    for global in [
        "{}",
        "undefined",
        "{ process: {} }",
        "{ process: null }",
        "{ process: { env: { INSTAVIEW_API_KEY: 7, INSTAVIEW_BASE_URL: Symbol('x') } } }",
        "{ process: { env: { INSTAVIEW_API_KEY: '', INSTAVIEW_BASE_URL: '' } } }",
        "{ process: { get env() { throw 1; } } }",
        "{ get process() { throw 1; }, get document() { throw 1; }, get importScripts() { throw 1; } }",
    ] {
        assert_eq!(
            received(&refused(settings_in(global, "{}"))),
            [("apiKey", "undefined")]
        );
    }
}

#[wasm_bindgen_test]
fn a_relative_base_url_needs_something_to_be_relative_to() {
    for (global, expected) in [
        (
            "{ document: { baseURI: 'https://app.example.com/dashboard/' } }",
            "https://app.example.com/api",
        ),
        (
            "{ document: {}, location: { href: 'https://app.example.com/worker.js' } }",
            "https://app.example.com/api",
        ),
    ] {
        assert_eq!(
            accepted(settings_in(global, "{ baseUrl: '/api' }")).base_url,
            expected
        );
    }
    for global in [
        "{}",
        "{ location: { href: '' } }",
        "{ location: { get href() { throw 1; } } }",
    ] {
        assert_eq!(
            received(&refused(settings_in(global, "{ baseUrl: '/api' }"))),
            [("baseUrl", "\"/api\"")]
        );
    }
}
