//! Whether an element of a page is a phone number: every documented field is there and of its type. Fields and enum
//! values that are not documented pass: the API may add them at any time.

use crate::issue::Issue;
use crate::text::concat;
use crate::value::{Kind, Value};

/// What a field must be.
#[derive(Clone, Copy)]
enum Field {
    Text,
    Flag,
    /// Text, null or absent.
    OptionalText,
}

/// The fields of [`crate::model::PhoneNumber`], in the order of the documentation.
const FIELDS: [(&str, Field); 11] = [
    ("id", Field::Text),
    ("number", Field::Text),
    ("companyId", Field::Text),
    ("capabilities", Field::Text),
    ("custom", Field::Flag),
    ("provider", Field::Text),
    ("status", Field::Text),
    ("numberType", Field::Text),
    ("createdAt", Field::Text),
    ("updatedAt", Field::Text),
    ("location", Field::OptionalText),
];

/// How many issues are listed: enough to see what is wrong, however long the page.
pub const MOST_ISSUES: usize = 20;

/// The first issues of the elements of the array at `path`; none where all are phone numbers.
pub fn check_all<V: Value>(path: &str, elements: &V) -> Vec<Issue> {
    let mut issues = Vec::new();
    for index in 0..elements.length() {
        check(path, index, &elements.element(index), &mut issues);
        if issues.len() >= MOST_ISSUES {
            issues.truncate(MOST_ISSUES);
            break;
        }
    }
    issues
}

fn check<V: Value>(path: &str, index: u32, element: &V, issues: &mut Vec<Issue>) {
    let here = || concat(&[path, "[", &crate::text::decimal(index as u32), "]"]);
    if element.kind() != Kind::Object {
        issues.push(Issue::new(here(), "a phone number", element));
        return;
    }
    for (name, field) in FIELDS {
        let value = element.member(name);
        let expected = match (field, value.kind()) {
            (Field::Text | Field::OptionalText, Kind::String)
            | (Field::OptionalText, Kind::Null | Kind::Undefined)
            | (Field::Flag, Kind::Boolean(_)) => continue,
            (Field::Text, _) => "a string",
            (Field::Flag, _) => "a boolean",
            (Field::OptionalText, _) => "a string, null or absent",
        };
        issues.push(Issue::new(concat(&[&here(), ".", name]), expected, &value));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};
    use tsify::Tsify;

    use super::*;
    use crate::model::PhoneNumber;

    fn phone_number() -> Json {
        json!({
            "id": "123e4567-e89b-12d3-a456-426614174000",
            "number": "+14155552671",
            "companyId": "9f0e6a52-7c1d-4f7e-9a55-0d8f3a1c2b4e",
            "capabilities": "INBOUND_OUTBOUND",
            "custom": false,
            "provider": "TWILIO",
            "status": "AVAILABLE",
            "numberType": "LOCAL",
            "createdAt": "2025-01-15T10:30:00.000Z",
            "updatedAt": "2025-01-15T10:30:00.000Z",
            "location": "New York, US"
        })
    }

    fn issues(elements: Vec<Json>) -> Vec<Issue> {
        check_all("$.data", &Some(Json::Array(elements)))
    }

    #[test]
    fn the_fields_are_those_of_the_published_type() {
        for (name, _) in FIELDS {
            assert!(
                PhoneNumber::DECL.contains(&format!("\n    {name}")),
                "{name}"
            );
        }
        assert_eq!(PhoneNumber::DECL.matches(";").count(), FIELDS.len());
    }

    #[test]
    fn a_location_may_be_null_or_absent_and_new_fields_and_values_pass() {
        let mut null = phone_number();
        null["location"] = Json::Null;
        let mut absent = phone_number();
        absent
            .as_object_mut()
            .expect("an object")
            .remove("location");
        let mut new = phone_number();
        new["capabilities"] = json!("SMS");
        new["carrier"] = json!({ "name": "Orange" });
        assert_eq!(issues(vec![phone_number(), null, absent, new]), []);
    }

    #[test]
    fn every_problem_has_its_path() {
        let mut wrong = phone_number();
        wrong["id"] = json!(7);
        wrong["custom"] = json!("false");
        wrong["location"] = json!(["Košice"]);
        wrong.as_object_mut().expect("an object").remove("status");
        assert_eq!(
            issues(vec![phone_number(), wrong, Json::Null, json!([])]),
            [
                Issue::with_received("$.data[1].id", "a string", "7"),
                Issue::with_received("$.data[1].custom", "a boolean", "\"false\""),
                Issue::with_received("$.data[1].status", "a string", "undefined"),
                Issue::with_received("$.data[1].location", "a string, null or absent", "an array"),
                Issue::with_received("$.data[2]", "a phone number", "null"),
                Issue::with_received("$.data[3]", "a phone number", "an array"),
            ]
        );
    }

    proptest! {
        #[test]
        fn the_first_issues_are_listed(count in 0_usize..50) {
            let found = issues(vec![json!({ "location": null }); count]);
            prop_assert_eq!(found.len(), (count * 10).min(MOST_ISSUES));
        }
    }
}
