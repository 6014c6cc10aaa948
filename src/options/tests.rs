//! What the options of a call become, seen as TypeScript sees it.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

/// What a call is given: everything in one object, and a base URL that needs no key.
fn given(options: Value) -> Value {
    let url = json!({ "href": "https://example.com/", "origin": "https://example.com", "hostname": "example.com" });
    json!([{ "baseUrl": "https://example.com", "url": url }, null, options])
}

fn settings(options: Value) -> Result<Value, Vec<(String, Value)>> {
    match read(&given(options).to_string(), "") {
        Ok(settings) => Ok(parsed(&settings)),
        Err(failure) => Err(issues(&parsed(&failure))),
    }
}

/// The paths, and what was received.
fn issues(failure: &Value) -> Vec<(String, Value)> {
    let issues = failure["issues"].as_array().expect("issues").iter();
    let received = |issue: &Value| issue.get("received").or(issue.get("value")).cloned();
    issues
        .map(|issue| {
            let path = issue["path"].as_str().expect("a path");
            (path.into(), received(issue).unwrap_or_default())
        })
        .collect()
}

fn url(given: &Value) -> String {
    let settings = parsed(&read(&given.to_string(), "").expect("good options"));
    settings["url"].as_str().expect("a URL").into()
}

#[test]
fn what_is_absent_has_its_default_and_is_not_sent() {
    let expected = json!({
        "url": "https://example.com/phone-numbers",
        "baseUrl": "https://example.com",
        "timeout": 30_000,
        "maxRetries": 2,
        "maxRateLimitWait": 60_000,
        "isLenient": false,
    });
    assert_eq!(settings(json!({})), Ok(expected));
    let id = "123e4567-e89b-12d3-a456-426614174000";
    let query = url(&given(json!({ "page": 2, "limit": 50, "companyId": id })));
    assert!(
        query.ends_with(&["?page=2&limit=50&companyId=", id].concat()),
        "{query}"
    );
    assert!(url(&given(json!({ "limit": 7 }))).ends_with("/phone-numbers?limit=7"));
    let lenient = settings(json!({ "validation": "lenient", "timeout": 5 })).expect("good options");
    assert_eq!(
        (&lenient["isLenient"], &lenient["timeout"]),
        (&json!(true), &json!(5))
    );
}

#[test]
fn the_settings_are_those_of_the_published_type() {
    let settings = settings(json!({})).expect("good options");
    for name in settings.as_object().expect("an object").keys() {
        assert!(
            Settings::DECL.contains(&["    ", name, ":"].concat()),
            "{name}"
        );
    }
}

#[test]
fn the_pages_of_a_listing_are_as_long_as_they_can_be() {
    let listed = |options: Value| {
        let mut given = given(options);
        given[0]["page"] = json!(3);
        url(&given)
    };
    assert!(listed(json!({})).ends_with("?page=3&limit=100"));
    assert!(listed(json!({ "limit": 5 })).ends_with("?page=3&limit=5"));
}

#[test]
fn every_problem_is_listed_with_what_came() {
    let options = json!({
        "retries": 3, "page": 0, "limit": "2", "companyId": "acme", "keyType": "gold",
        "timeout": { "is": "Infinity" }, "signal": {}, "fetch": 1, "headers": [],
        "baseUrl": "ftp://example.com", "apiKey": 7, "dangerouslyAllowBrowser": 1,
    });
    let failure = read(&json!([{}, null, options]).to_string(), "").expect_err("problems");
    assert_eq!(
        issues(&parsed(&failure)),
        [
            ("retries", json!("an unknown name")),
            ("page", json!(0)),
            ("limit", json!("2")),
            ("companyId", json!("acme")),
            ("keyType", json!("gold")),
            ("timeout", json!({ "is": "Infinity" })),
            ("fetch", json!(1)),
            ("dangerouslyAllowBrowser", json!(1)),
            ("signal", json!({})),
            ("headers", json!("a value that is none")),
            ("baseUrl", json!("ftp://example.com")),
            ("apiKey", json!("a value of another type")),
        ]
        .map(|(path, received)| (path.to_owned(), received))
    );
}

#[test]
fn what_is_not_an_integer_in_range_is_refused() {
    for wrong in [
        json!(0),
        json!(101),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!("2"),
        json!(true),
        json!([1]),
    ] {
        assert_eq!(
            settings(json!({ "limit": wrong })),
            Err(vec![("limit".into(), wrong)])
        );
    }
}

#[test]
fn a_company_id_is_a_uuid() {
    for id in [
        "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000",
    ] {
        assert!(settings(json!({ "companyId": id })).is_ok());
    }
    for id in [
        "",
        "123e4567e89b12d3a456426614174000",
        "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000",
        "123e4567-e89b-12d3-a456-42661417400g",
        "123e4567-e89b-12d3-a456-426614174000-",
        " 123e4567-e89b-12d3-a456-426614174000",
        "\u{e9}23e4567-e89b-12d3-a456-42661417400",
    ] {
        assert!(settings(json!({ "companyId": id })).is_err(), "{id}");
    }
    assert!(settings(json!({ "companyId": 7 })).is_err());
    assert!(settings(json!({ "keyType": "ats" })).is_err());
}

/// The type of the failure, and the paths of its issues.
fn failed(given: &Value, key: &str) -> (String, Vec<String>) {
    let failure = parsed(&read(&given.to_string(), key).expect_err("a failure"));
    let paths = issues(&failure).into_iter().map(|(path, _)| path);
    (
        failure["type"].as_str().expect("a type").into(),
        paths.collect(),
    )
}

#[test]
fn a_key_goes_where_nobody_else_reads_it() {
    let here = |r#type: &str, path: &str| (r#type.to_owned(), vec![path.to_owned()]);
    let key = "sk_a";
    let text = json!([{}, null, { "apiKey": { "is": "a text" } }]);
    assert_eq!(
        failed(&json!([{}, null, {}]), ""),
        here("configuration", "apiKey")
    );
    assert_eq!(
        failed(&json!([{}, null, [7]]), ""),
        here("invalid_argument", "options")
    );
    let mut insecure = text.clone();
    insecure[0]["baseUrl"] = json!("x");
    insecure[0]["url"] =
        json!({ "href": "http://a.b/", "origin": "http://a.b", "hostname": "a.b" });
    assert_eq!(failed(&insecure, key), here("configuration", "baseUrl"));
    assert_eq!(
        failed(
            &json!([{ "isBrowser": true, "apiKey": { "is": "a text" } }, null, {}]),
            key
        ),
        here("configuration", "INSTAVIEW_API_KEY")
    );
    assert_eq!(failed(&text, "sk_a\n"), here("configuration", "apiKey"));
    assert!(read(&text.to_string(), key).is_ok());
    let function = json!([{}, null, { "apiKey": { "is": "a function" } }]);
    assert!(read(&function.to_string(), "").is_ok());
}

#[test]
fn the_later_source_wins_and_has_names_of_its_own() {
    let given = |params: Value, options: Value| json!([{}, null, { "timeout": 5, "maxRetries": 1, "apiKey": { "is": "a text" } }, params, options]);
    let right = given(json!({ "page": 2 }), json!({ "timeout": 7 }));
    let settings = parsed(&read(&right.to_string(), "sk_a").expect("good options"));
    assert_eq!(
        (&settings["timeout"], &settings["maxRetries"]),
        (&json!(7), &json!(1))
    );
    let wrong = given(json!({ "timeout": 7 }), json!({ "page": 2 }));
    assert_eq!(failed(&wrong, "sk_a").1, ["timeout", "page"]);
}

#[test]
fn an_unknown_name_is_told_those_that_are_known() {
    let failure =
        parsed(&read(&given(json!({ "limits": 1 })).to_string(), "").expect_err("a failure"));
    assert_eq!(
        failure["issues"][0]["expected"],
        "one of the options page, limit, companyId, apiKey, baseUrl, keyType, timeout, maxRetries, \
         maxRateLimitWait, validation, fetch, headers, onEvent, dangerouslyAllowBrowser, signal"
    );
}

proptest! {
    #[test]
    fn exactly_the_integers_of_the_range_are_taken(number in -200.0..200.0, integral: bool) {
        // As JSON.stringify writes it.
        let number = if integral { json!(f64::trunc(number) as i64) } else { json!(number) };
        let value = number.as_f64().expect("a number");
        let allowed = value.fract() == 0.0 && (1.0..=100.0).contains(&value);
        prop_assert_eq!(settings(json!({ "limit": number })).is_ok(), allowed);
    }

    #[test]
    fn whatever_is_given_is_an_answer(given in ".*") {
        let _ = read(&given, "");
    }
}
