//! What is wrong with phone numbers.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tsify::Tsify;

use instaview_phone_numbers::decode::MAX_ISSUES;
use instaview_phone_numbers::model::PhoneNumber;

use crate::check::problems;
use crate::page_in;
use crate::reference::{FIELDS, Problem};

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

fn problems_of(elements: Vec<Json>) -> Vec<Problem> {
    let page = json!({ "data": elements, "total": 1, "page": 1, "limit": 1, "totalPages": 1 });
    let text = page.to_string();
    problems(&text, page_in(&text).expect("a page").issues)
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
    assert_eq!(problems_of(vec![phone_number(), null, absent, new]), []);
}

#[test]
fn every_problem_has_its_path() {
    let mut wrong = phone_number();
    wrong["id"] = json!(7);
    wrong["custom"] = json!("false");
    wrong["location"] = json!(["Košice"]);
    wrong.as_object_mut().expect("an object").remove("status");
    assert_eq!(
        problems_of(vec![phone_number(), wrong, Json::Null, json!([])]),
        [
            ("$.data[1].id", "a string", Some(json!(7))),
            ("$.data[1].custom", "a boolean", Some(json!("false"))),
            ("$.data[1].status", "a string", None),
            (
                "$.data[1].location",
                "a string, null or absent",
                Some(json!(["Košice"]))
            ),
            ("$.data[2]", "a phone number", Some(Json::Null)),
            ("$.data[3]", "a phone number", Some(json!([]))),
        ]
        .map(|(path, expected, found)| (path.into(), expected.into(), found))
    );
}

proptest! {
    #[test]
    fn the_first_issues_are_listed(count in 0_usize..50) {
        let found = problems_of(vec![json!({ "location": null }); count]);
        prop_assert_eq!(found.len(), (count * 10).min(MAX_ISSUES));
    }
}
