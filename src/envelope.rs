//! Where in an answer the page is. InstaView's documentation shows four envelopes; one rule covers them all.
//!
//! The page object is the first object, from the root on, that has an array under `data`, else under `items`; where it
//! has neither, the search goes on in its `data` object, at most twice. The counts are in its `pagination` member where
//! that is an object, else in the page object itself.
//!
//! Source: InstaView's documentation, "List phone numbers" (flat and nested), the pagination guide (`items` and
//! `pagination`) and the error handling guide (`success`).

use crate::issue::Issue;
use crate::text::concat;
use crate::value::{Kind, Value};

/// How many `data` objects the page object may be in.
const MOST_NESTED: u32 = 2;

/// The largest integer that every JavaScript number below can be told from: 2^53 - 1.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A page as it was found in its envelope; its elements are not checked yet. The counts are integers, in the type that
/// JavaScript has for them.
#[derive(Debug, PartialEq)]
pub struct Found<V> {
    /// The array of phone numbers.
    pub data: V,
    /// The array's JSON path.
    pub path: String,
    /// How many phone numbers there are on all pages.
    pub total: f64,
    /// Which page this is.
    pub page: f64,
    /// How many phone numbers a page holds at most.
    pub limit: f64,
    /// How many pages there are.
    pub total_pages: f64,
}

/// Whether the API says itself that the call failed, whatever the HTTP status.
pub fn is_failure<V: Value>(root: &V) -> bool {
    root.member("success").kind() == Kind::Boolean(false)
}

/// The page within the answer, or what is wrong with the envelope.
pub fn find_page<V: Value>(root: V) -> Result<Found<V>, Vec<Issue>> {
    let mut path = String::from("$");
    let mut object = root;
    for nested in 0..=MOST_NESTED {
        let data = object.member("data");
        if data.kind() == Kind::Array {
            return with_counts(&object, data, &path, ".data");
        }
        let items = object.member("items");
        if items.kind() == Kind::Array {
            return with_counts(&object, items, &path, ".items");
        }
        if data.kind() != Kind::Object || nested == MOST_NESTED {
            break;
        }
        object = data;
        path.push_str(".data");
    }
    let expected = "a page: an object with an array under `data` or `items`";
    Err(vec![Issue::new(path, expected, &object)])
}

fn with_counts<V: Value>(
    page_object: &V,
    data: V,
    path: &str,
    member: &str,
) -> Result<Found<V>, Vec<Issue>> {
    let pagination = page_object.member("pagination");
    let (holder, holder_path) = if pagination.kind() == Kind::Object {
        (&pagination, concat(&[path, ".pagination."]))
    } else {
        (page_object, concat(&[path, "."]))
    };
    let mut issues = Vec::new();
    let mut count = |name: &str| {
        let value = holder.member(name);
        match value.kind() {
            Kind::Number(number)
                if (0.0..=MAX_SAFE_INTEGER).contains(&number) && number.trunc() == number =>
            {
                number
            }
            _ => {
                let path = concat(&[&holder_path, name]);
                issues.push(Issue::new(path, "a non-negative integer", &value));
                f64::NAN
            }
        }
    };
    let found = Found {
        total: count("total"),
        page: count("page"),
        limit: count("limit"),
        total_pages: count("totalPages"),
        data,
        path: concat(&[path, member]),
    };
    if issues.is_empty() {
        Ok(found)
    } else {
        Err(issues)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    use super::*;

    fn find(root: Json) -> Result<(String, [f64; 4]), Vec<Issue>> {
        find_page(Some(root)).map(|found| {
            let counts = [found.total, found.page, found.limit, found.total_pages];
            (found.path, counts)
        })
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
            assert_eq!(find(root), Ok((path.into(), [5.0, 2.0, 50.0, 1.0])));
        }
    }

    #[test]
    fn data_comes_before_items_and_the_outer_before_the_inner() {
        let mut both = page("data");
        both["items"] = json!([]);
        assert_eq!(find(both).expect("a page").0, "$.data");

        let mut outer = page("items");
        outer["data"] = page("data");
        assert_eq!(find(outer).expect("a page").0, "$.items");
    }

    #[test]
    fn counts_are_read_from_one_place() {
        let mut two = page("data");
        two["pagination"] = json!({ "total": 9, "page": 1, "limit": 9 });
        let missing = "$.pagination.totalPages";
        assert_eq!(
            find(two),
            Err(vec![Issue::with_received(
                missing,
                "a non-negative integer",
                "undefined"
            )])
        );
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
            assert_eq!(find(root).expect_err("refused")[0].path, "$.total");
        }
    }

    #[test]
    fn anything_else_says_what_was_expected_and_where() {
        let deep = json!({ "data": { "data": { "data": page("data") } } });
        for (root, path, received) in [
            (json!(null), "$", "null"),
            (json!([]), "$", "an array"),
            (json!("page"), "$", "\"page\""),
            (json!({}), "$", "an object"),
            (json!({ "data": null }), "$", "an object"),
            (json!({ "data": {} }), "$.data", "an object"),
            (json!({ "data": "x", "items": {} }), "$", "an object"),
            (deep, "$.data.data", "an object"),
        ] {
            let issues = find(root).expect_err("refused");
            assert_eq!(
                (issues[0].path.as_str(), issues[0].received.as_str()),
                (path, received)
            );
        }
    }

    #[test]
    fn a_failure_is_success_false_and_nothing_else() {
        assert!(is_failure(&Some(json!({ "success": false }))));
        for root in [
            json!({ "success": true }),
            json!({ "success": 0 }),
            json!({}),
            json!(false),
        ] {
            assert!(!is_failure(&Some(root)));
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
            let found = find_page(Some(root.clone())).ok().map(|found| found.data);
            prop_assert_eq!(found, by_the_rule(&root).cloned().map(Some));
        }
    }
}
