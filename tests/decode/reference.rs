//! What [`decode`](instaview_phone_numbers::decode) must find, in the plainest way: over values that are parsed already.

use instaview_phone_numbers::decode::MOST_ISSUES;
use instaview_phone_numbers::issue::Issue;
use instaview_phone_numbers::value::{Kind, Value};

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
        (&pagination, [path, ".pagination."].concat())
    } else {
        (page_object, [path, "."].concat())
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
                let path = [&holder_path, name].concat();
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
        path: [path, member].concat(),
    };
    if issues.is_empty() {
        Ok(found)
    } else {
        Err(issues)
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
    let here = || [path, "[", &index.to_string(), "]"].concat();
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
        issues.push(Issue::new([&here(), ".", name].concat(), expected, &value));
    }
}
