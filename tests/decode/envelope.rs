//! The envelopes that the page may be in.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use instaview_phone_numbers::decode::{DecodeError, Document};

use crate::check::{check, problems, read};
use crate::reference::Problem;

fn find(root: Json) -> Result<[f64; 4], Vec<Problem>> {
    let text = root.to_string();
    match read(&text) {
        Ok(Document::Page(page)) => Ok(page.counts),
        Err(DecodeError::Envelope(issues)) => Err(problems(&text, issues)),
        _ => panic!("neither: {root}"),
    }
}

/// The path of the array in which the phone numbers are, shown by an element that is none.
fn path(root: Json) -> String {
    let text = root.to_string().replace("[]", "[7]");
    match read(&text) {
        Ok(Document::Page(page)) => {
            let (path, ..) = &problems(&text, page.issues)[0];
            path.trim_end_matches("[0]").into()
        }
        _ => panic!("no page: {root}"),
    }
}

/// The four counts, and an array under `name`.
fn page(name: &str) -> Json {
    json!({ name: [], "total": 5, "page": 2, "limit": 50, "totalPages": 1 })
}

#[test]
fn the_documented_envelopes_are_one() {
    let guide = json!({
        "items": [],
        "pagination": { "total": 5, "page": 2, "limit": 50, "totalPages": 1, "hasNextPage": false }
    });
    let enveloped = |data: Json| json!({ "success": true, "data": data, "error": null });
    for (root, path) in [
        (page("data"), "$.data"),
        (json!({ "data": page("data") }), "$.data.data"),
        (enveloped(guide), "$.data.items"),
        (enveloped(page("data")), "$.data.data"),
        (
            enveloped(json!({ "data": page("data") })),
            "$.data.data.data",
        ),
        (enveloped(page("items")), "$.data.items"),
        (page("items"), "$.items"),
    ] {
        assert_eq!(find(root.clone()), Ok([5.0, 2.0, 50.0, 1.0]));
        assert_eq!(self::path(root), path);
    }
}

#[test]
fn data_comes_before_items_and_the_outer_before_the_inner() {
    let mut both = page("data");
    both["items"] = json!([]);
    assert_eq!(path(both), "$.data");

    let mut outer = page("items");
    outer["data"] = page("data");
    assert_eq!(path(outer), "$.items");
}

#[test]
fn phone_numbers_are_those_of_the_array_that_counts_whichever_was_scanned_last() {
    let page = include_str!("page.txt");
    let other = page.replacen("Košice", "Brno", 1);
    let array = |text: &str| text[text.find('[').unwrap()..=text.rfind(']').unwrap()].to_owned();
    let (one, two) = (array(page), array(&other));
    for [first, second] in [["data", "items"], ["items", "data"]] {
        let counts = r#""total":5,"page":2,"limit":50,"totalPages":1"#;
        check(format!(r#"{{"{first}":{one},"{second}":{two},{counts}}}"#).as_bytes());
    }
}

#[test]
fn counts_are_read_from_one_object() {
    let mut two = page("data");
    two["pagination"] = json!({ "total": 9, "page": 1, "limit": 9 });
    let missing = "$.pagination.totalPages".into();
    let problem = (missing, "a non-negative integer".into(), None);
    assert_eq!(find(two), Err(vec![problem]));
    let mut not_an_object = page("data");
    not_an_object["pagination"] = json!([]);
    assert!(find(not_an_object).is_ok());
}

#[test]
fn counts_are_integers_that_javascript_holds() {
    for good in [
        json!(0),
        json!(3.0),
        json!(3e0),
        json!(9_007_199_254_740_991_u64),
        json!(-0.0),
    ] {
        let mut root = page("data");
        root["total"] = good;
        assert!(find(root).is_ok());
    }
    for wrong in [
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_992_u64),
        json!("5"),
        json!(null),
    ] {
        let mut root = page("data");
        root["total"] = wrong;
        assert_eq!(find(root).expect_err("refused")[0].0, "$.total");
    }
}

#[test]
fn anything_else_says_what_was_expected_and_where() {
    let deep = json!({ "data": { "data": { "data": page("data") } } });
    let nothing = json!({});
    for (root, path, found) in [
        (json!(null), "$", &json!(null)),
        (json!([]), "$", &json!([])),
        (json!("page"), "$", &json!("page")),
        (json!({}), "$", &nothing),
        (json!({ "data": null }), "$", &json!({ "data": null })),
        (json!({ "data": {} }), "$.data", &nothing),
        (deep.clone(), "$.data.data", &deep["data"]["data"]),
    ] {
        let problems = find(root).expect_err("refused");
        let expected = "a page: an object with an array under `data` or `items`";
        assert_eq!(
            problems,
            [(path.into(), expected.into(), Some(found.clone()))]
        );
    }
}

#[test]
fn a_failure_is_success_false_and_nothing_else() {
    let is_failure = |root: Json| matches!(read(&root.to_string()), Ok(Document::ApiError));
    assert!(is_failure(json!({ "success": false })));
    for root in [
        json!({ "success": true }),
        json!({ "success": 0 }),
        json!({}),
        json!(false),
    ] {
        assert!(!is_failure(root));
    }
}

/// Envelopes with members left out, renamed, nested or of another type.
fn envelope() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!([])),
        Just(json!({})),
        Just(json!(null)),
        Just(json!(1)),
        Just(json!(1.5)),
        Just(json!("x")),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        let name = prop::sample::select(vec![
            "data",
            "items",
            "pagination",
            "total",
            "page",
            "limit",
            "totalPages",
        ]);
        prop::collection::vec((name, inner, 0..3), 0..8).prop_map(|members| {
            let mut object = json!({ "total": 1, "page": 1, "limit": 1, "totalPages": 1 });
            for (name, value, change) in members {
                // Mostly, the counts stay as they are: pages that are found are worth more than refusals.
                if change == 0 || ["data", "items", "pagination"].contains(&name) {
                    object[name] = value;
                }
            }
            object
        })
    })
}

/// The rule once more, as the documentation has it and in the plainest words.
fn by_the_rule(root: &Json) -> Option<&Json> {
    let candidates = [
        Some(root),
        root.get("data"),
        root.get("data").and_then(|data| data.get("data")),
    ];
    for object in candidates
        .into_iter()
        .flatten()
        .take_while(|object| object.is_object())
    {
        let array = ["data", "items"]
            .into_iter()
            .find_map(|name| object.get(name).filter(|array| array.is_array()));
        if let Some(array) = array {
            let counts = object
                .get("pagination")
                .filter(|pagination| pagination.is_object())
                .unwrap_or(object);
            let good = ["total", "page", "limit", "totalPages"]
                .into_iter()
                .all(|name| {
                    counts
                        .get(name)
                        .and_then(Json::as_f64)
                        .is_some_and(|count| count.fract() == 0.0)
                });
            return good.then_some(array);
        }
    }
    None
}

proptest! {
    #[test]
    fn the_page_is_where_the_rule_says(root in envelope()) {
        let found = find(root.clone()).is_ok();
        prop_assert_eq!(found, by_the_rule(&root).is_some());
    }
}
