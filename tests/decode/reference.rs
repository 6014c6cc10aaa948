//! What [`decode`](instaview_phone_numbers::decode) must find, in the plainest way: over values that are parsed already.

use instaview_phone_numbers::decode::MAX_ISSUES;
use serde_json::Value as Json;

/// What is wrong: where, what should be there, and what is there.
pub type Problem = (String, String, Option<Json>);

/// How many `data` objects the page object may be in.
const MAX_LEVEL: u32 = 2;

/// The largest integer that a JavaScript number holds exactly with all below it: 2^53 - 1.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A page as it was found in its envelope; its elements are not checked yet. The counts are integers, in the type that
/// JavaScript has for them.
#[derive(Debug, PartialEq)]
pub struct Found<'a> {
    /// The array of phone numbers.
    pub data: &'a Json,
    /// The array's JSON path.
    pub path: String,
    /// `total`, `page`, `limit` and `totalPages`.
    pub counts: [f64; 4],
}

/// Whether the API says itself that the call failed, whatever the HTTP status.
pub fn is_failure(root: &Json) -> bool {
    root.get("success") == Some(&Json::Bool(false))
}

/// The page within the document, or what is wrong with the envelope.
pub fn find_page(root: &Json) -> Result<Found<'_>, Vec<Problem>> {
    let mut path = String::from("$");
    let mut object = root;
    for nested in 0..=MAX_LEVEL {
        for name in ["data", "items"] {
            if let Some(array) = object.get(name).filter(|array| array.is_array()) {
                return with_counts(object, array, &path, name);
            }
        }
        match object.get("data") {
            Some(data) if data.is_object() && nested < MAX_LEVEL => object = data,
            _ => break,
        }
        path.push_str(".data");
    }
    let expected = "a page: an object with an array under `data` or `items`";
    Err(vec![(path, expected.into(), Some(object.clone()))])
}

fn with_counts<'a>(
    page_object: &'a Json,
    data: &'a Json,
    path: &str,
    member: &str,
) -> Result<Found<'a>, Vec<Problem>> {
    let pagination = page_object
        .get("pagination")
        .filter(|value| value.is_object());
    let (holder, holder_path) = match pagination {
        Some(pagination) => (pagination, format!("{path}.pagination")),
        None => (page_object, path.into()),
    };
    let mut problems = Vec::new();
    let counts = ["total", "page", "limit", "totalPages"].map(|name| {
        let value = holder.get(name);
        match value.and_then(Json::as_f64) {
            Some(number)
                if (0.0..=MAX_SAFE_INTEGER).contains(&number) && number.trunc() == number =>
            {
                number
            }
            _ => {
                let path = format!("{holder_path}.{name}");
                problems.push((path, "a non-negative integer".into(), value.cloned()));
                f64::NAN
            }
        }
    });
    let path = format!("{path}.{member}");
    if problems.is_empty() {
        Ok(Found { data, path, counts })
    } else {
        Err(problems)
    }
}

/// What a field must be.
#[derive(Clone, Copy)]
pub enum Field {
    Text,
    Flag,
    /// Text, null or absent.
    OptionalText,
}

/// The fields of `PhoneNumber`, in the order of the documentation.
pub const FIELDS: [(&str, Field); 11] = [
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

/// The first problems of the elements of the array at `path`; none where all are phone numbers.
pub fn check_all(path: &str, elements: &Json) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, element) in elements.as_array().expect("an array").iter().enumerate() {
        check(&format!("{path}[{index}]"), element, &mut problems);
    }
    problems.truncate(MAX_ISSUES);
    problems
}

fn check(path: &str, element: &Json, problems: &mut Vec<Problem>) {
    if !element.is_object() {
        problems.push((path.into(), "a phone number".into(), Some(element.clone())));
        return;
    }
    for (name, field) in FIELDS {
        let value = element.get(name);
        let expected = match (field, value) {
            (Field::Text | Field::OptionalText, Some(Json::String(_)))
            | (Field::OptionalText, Some(Json::Null) | None)
            | (Field::Flag, Some(Json::Bool(_))) => continue,
            (Field::Text, _) => "a string",
            (Field::Flag, _) => "a boolean",
            (Field::OptionalText, _) => "a string, null or absent",
        };
        problems.push((format!("{path}.{name}"), expected.into(), value.cloned()));
    }
}
