//! The parameters of `GET /phone-numbers`, and the other numbers that an option may be.
//!
//! Source: InstaView's documentation, "List phone numbers", query parameters.

use std::ops::RangeInclusive;

use crate::issue::Issue;
use crate::value::{Kind, Value};

/// What an integer option may be.
pub struct IntegerRule {
    range: RangeInclusive<u32>,
    expected: &'static str,
}

/// The API's `page`.
pub const PAGE: IntegerRule = IntegerRule {
    range: 1..=10_000,
    expected: "an integer from 1 to 10000",
};

/// The API's `limit`.
pub const LIMIT: IntegerRule = IntegerRule {
    range: 1..=100,
    expected: "an integer from 1 to 100",
};

/// How many pages of a listing are fetched at once.
pub const CONCURRENCY: IntegerRule = IntegerRule {
    range: 1..=10,
    expected: "an integer from 1 to 10",
};

/// A duration in milliseconds: at most what `setTimeout` can wait, about 25 days.
pub const TIMEOUT: IntegerRule = IntegerRule {
    range: 1..=i32::MAX as u32,
    expected: "an integer from 1 to 2147483647 (milliseconds)",
};

/// How often a call is tried again.
pub const MAX_RETRIES: IntegerRule = IntegerRule {
    range: 0..=100,
    expected: "an integer from 0 to 100",
};

/// The longest wait that the server may ask for, in milliseconds: at most what `setTimeout` can wait.
pub const MAX_RATE_LIMIT_WAIT: IntegerRule = IntegerRule {
    range: 0..=i32::MAX as u32,
    expected: "an integer from 0 to 2147483647 (milliseconds)",
};

const EXPECTED_UUID: &str = "a UUID";

/// The parameters of one call, checked. What is absent is not sent, and the API's default counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPhoneNumbersParams {
    /// Which page; the first is 1.
    pub page: Option<u32>,
    /// How many phone numbers a page holds at most.
    pub limit: Option<u32>,
    /// Whose phone numbers.
    pub company_id: Option<String>,
}

impl ListPhoneNumbersParams {
    /// The query, question mark included; empty where every parameter is absent.
    pub fn query(&self) -> String {
        let mut query = String::new();
        let parameters = [
            ("page", self.page.map(|page| page.to_string())),
            ("limit", self.limit.map(|limit| limit.to_string())),
            ("companyId", self.company_id.clone()),
        ];
        for (name, value) in parameters {
            if let Some(value) = value {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.push_str(&value);
            }
        }
        query
    }
}

/// An integer by its rule; absent where the value is undefined.
pub fn integer<V: Value>(path: &str, value: &V, rule: &IntegerRule) -> Result<Option<u32>, Issue> {
    match value.kind() {
        Kind::Undefined => Ok(None),
        Kind::Number(number) => {
            // The cast rounds, saturates, and turns NaN into 0: what it left as it was is an integer.
            let integer = number as u32;
            if f64::from(integer) == number && rule.range.contains(&integer) {
                Ok(Some(integer))
            } else {
                Err(Issue::new(path, rule.expected, value))
            }
        }
        _ => Err(Issue::new(path, rule.expected, value)),
    }
}

/// A company's id; absent where the value is undefined.
pub fn company_id<V: Value>(value: &V) -> Result<Option<String>, Issue> {
    match value.kind() {
        Kind::Undefined => Ok(None),
        Kind::String if is_uuid(&value.text()) => Ok(Some(value.text())),
        _ => Err(Issue::new("companyId", EXPECTED_UUID, value)),
    }
}

/// Eight, four, four, four and twelve hexadecimal digits, of whatever version.
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| {
        group
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then_some(group.len())
    });
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_absent_parameter_is_not_sent() {
        let query = |page, limit, company_id: Option<&str>| {
            let company_id = company_id.map(String::from);
            ListPhoneNumbersParams {
                page,
                limit,
                company_id,
            }
            .query()
        };
        assert_eq!(query(None, None, None), "");
        assert_eq!(query(Some(2), None, None), "?page=2");
        assert_eq!(
            query(
                Some(2),
                Some(50),
                Some("123e4567-e89b-12d3-a456-426614174000")
            ),
            "?page=2&limit=50&companyId=123e4567-e89b-12d3-a456-426614174000"
        );
    }

    #[test]
    fn what_is_not_an_integer_in_range_is_refused_with_what_came() {
        for (value, received) in [
            (json!(0), "0"),
            (json!(101), "101"),
            (json!(-1), "-1"),
            (json!(1.5), "1.5"),
            (json!(1e300), "1e+300"),
            (json!("2"), "\"2\""),
            (json!(null), "null"),
            (json!(true), "true"),
            (json!([1]), "an array"),
        ] {
            assert_eq!(
                integer("limit", &Some(value), &LIMIT),
                Err(Issue::with_received(
                    "limit",
                    "an integer from 1 to 100",
                    received
                ))
            );
        }
        assert_eq!(integer("limit", &None, &LIMIT), Ok(None));
    }

    #[test]
    fn a_company_id_is_a_uuid() {
        for id in [
            "123e4567-e89b-12d3-a456-426614174000",
            "123E4567-E89B-12D3-A456-426614174000",
        ] {
            assert_eq!(company_id(&Some(json!(id))), Ok(Some(id.into())));
        }
        for id in [
            "",
            "123e4567e89b12d3a456426614174000",
            "123e4567-e89b-12d3-a456-42661417400",
            "123e4567-e89b-12d3-a456-4266141740000",
            "123e4567-e89b-12d3-a456-42661417400g",
            "123e4567-e89b-12d3-a456-426614174000-",
            " 123e4567-e89b-12d3-a456-426614174000",
            "é23e4567-e89b-12d3-a456-42661417400",
        ] {
            assert!(company_id(&Some(json!(id))).is_err(), "{id}");
        }
        assert!(company_id(&Some(json!(7))).is_err());
        assert_eq!(company_id(&None), Ok(None));
    }

    proptest! {
        #[test]
        fn exactly_the_integers_of_the_range_are_taken(number in -200.0..200.0, integral: bool) {
            let number = if integral { f64::trunc(number) } else { number };
            let allowed = number.fract() == 0.0 && (1.0..=100.0).contains(&number);
            prop_assert_eq!(integer("limit", &Some(json!(number)), &LIMIT).is_ok(), allowed);
        }
    }
}
