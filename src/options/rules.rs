//! Every option there is: where it may be given, and what it may be.
//!
//! Source: InstaView's documentation, "List phone numbers", query parameters; and its guides on authentication and ATS keys.

use crate::base_url;

/// The objects that an option may be given in, as bits.
pub type Places = u8;

/// A client's options.
pub const CLIENT: Places = 1;
/// What concerns one call alone.
pub const REQUEST: Places = 2;
/// The parameters of a page.
pub const PARAMS: Places = 4;
/// The parameters of a listing.
pub const LISTING: Places = 8;
/// The criteria that a phone number is found by.
pub const CRITERIA: Places = 16;

/// Milliseconds for one attempt, unless the options say otherwise.
pub const DEFAULT_TIMEOUT: u32 = 30_000;
/// Retries after the first attempt, unless the options say otherwise.
pub const DEFAULT_MAX_RETRIES: u32 = 2;
/// The longest wait in milliseconds that the server may demand, unless the options say otherwise.
pub const DEFAULT_MAX_RATE_LIMIT_WAIT: u32 = 60_000;
/// The page size of a listing, unless the options say otherwise: the largest, for the fewest requests.
pub const DEFAULT_LISTING_LIMIT: u32 = 100;

/// The longest delay in milliseconds that `setTimeout` keeps, about 25 days.
const MAX_DELAY: u32 = i32::MAX as u32;

/// What the value of an option must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An integer from the first to the second.
    Integer(u32, u32),
    /// One of two words, of which the first is the default.
    Word([&'static str; 2]),
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// A UUID of any version.
    Uuid,
    /// A function.
    Function,
    /// An `AbortSignal` of any realm.
    Signal,
    /// A `RateLimitStore`.
    Store,
    /// Whatever `Headers` can be constructed from, as long as all of it are strings.
    Headers,
    /// A string, or an object with an `href` such as a `URL`.
    Url,
    /// A string, or a function that returns one.
    Key,
}

/// An option, and the rule for its value.
#[derive(Debug)]
pub struct OptionRule {
    /// Its name.
    pub name: &'static str,
    /// Where it may be given.
    pub places: Places,
    /// What its value must be.
    pub rule: Rule,
    /// The rule in words, for an issue.
    pub expected: &'static str,
}

const fn option(
    name: &'static str,
    places: Places,
    rule: Rule,
    expected: &'static str,
) -> OptionRule {
    OptionRule {
        name,
        places,
        rule,
        expected,
    }
}

const FUNCTION: &str = "a function";
const STRING: &str = "a string";
const BOOLEAN: &str = "a boolean";

/// Every option, in the order in which issues are listed.
pub static OPTIONS: [OptionRule; 24] = [
    option(
        "page",
        PARAMS,
        Rule::Integer(1, 10_000),
        "an integer from 1 to 10000",
    ),
    option(
        "limit",
        PARAMS | LISTING,
        Rule::Integer(1, 100),
        "an integer from 1 to 100",
    ),
    option("companyId", CLIENT | PARAMS | LISTING, Rule::Uuid, "a UUID"),
    option(
        "concurrency",
        LISTING,
        Rule::Integer(1, 10),
        "an integer from 1 to 10",
    ),
    option(
        "consistency",
        LISTING,
        Rule::Word(["lenient", "strict"]),
        "\"lenient\" or \"strict\"",
    ),
    option(
        "apiKey",
        CLIENT,
        Rule::Key,
        "a string, or a function that gives one",
    ),
    option("baseUrl", CLIENT, Rule::Url, base_url::EXPECTED),
    option(
        "keyType",
        CLIENT,
        Rule::Word(["company", "ats"]),
        "\"company\" or \"ats\"",
    ),
    option(
        "timeout",
        CLIENT | REQUEST,
        Rule::Integer(1, MAX_DELAY),
        "an integer from 1 to 2147483647 (milliseconds)",
    ),
    option(
        "maxRetries",
        CLIENT | REQUEST,
        Rule::Integer(0, 100),
        "an integer from 0 to 100",
    ),
    option(
        "maxRateLimitWait",
        CLIENT,
        Rule::Integer(0, MAX_DELAY),
        "an integer from 0 to 2147483647 (milliseconds)",
    ),
    option(
        "validation",
        CLIENT,
        Rule::Word(["strict", "lenient"]),
        "\"strict\" or \"lenient\"",
    ),
    option("fetch", CLIENT, Rule::Function, FUNCTION),
    option(
        "headers",
        CLIENT | REQUEST,
        Rule::Headers,
        "a Headers, an array of pairs of strings, or an object of strings",
    ),
    option("onEvent", CLIENT | REQUEST, Rule::Function, FUNCTION),
    option(
        "rateLimitStore",
        CLIENT,
        Rule::Store,
        "an object with the methods `admit` and `finish`",
    ),
    option("dangerouslyAllowBrowser", CLIENT, Rule::Boolean, BOOLEAN),
    option("signal", REQUEST, Rule::Signal, "an AbortSignal"),
    option("capability", CRITERIA, Rule::Text, STRING),
    option("status", CRITERIA, Rule::Text, STRING),
    option("provider", CRITERIA, Rule::Text, STRING),
    option("numberType", CRITERIA, Rule::Text, STRING),
    option("custom", CRITERIA, Rule::Boolean, BOOLEAN),
    option("where", CRITERIA, Rule::Function, FUNCTION),
];

/// The options that may be given in at least one of these places.
fn options_of(places: Places) -> impl Iterator<Item = &'static OptionRule> {
    OPTIONS
        .iter()
        .filter(move |option| option.places & places != 0)
}

/// The option of this name, where one of these places may have it.
pub fn find(name: &str, places: Places) -> Option<&'static OptionRule> {
    options_of(places).find(|option| option.name == name)
}

/// What is expected instead of a name that no option of these places has.
pub fn expected_names(places: Places) -> String {
    let mut expected = String::new();
    for option in options_of(places) {
        expected.push_str(if expected.is_empty() {
            "one of the options "
        } else {
            ", "
        });
        expected.push_str(option.name);
    }
    expected
}

/// The number as an integer, where it is one of the range.
pub fn integer(number: f64, least: u32, most: u32) -> Option<u32> {
    // A number out of the type's range becomes its nearest integer, and NaN becomes 0; neither equals what it was.
    let integer = number as u32;
    (f64::from(integer) == number && (least..=most).contains(&integer)).then_some(integer)
}

/// Eight, four, four, four and twelve hexadecimal digits.
pub fn is_uuid(text: &str) -> bool {
    let fits = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_option_is_found_where_it_may_be_given() {
        for (name, places) in [
            ("page", PARAMS),
            ("limit", PARAMS | LISTING),
            ("companyId", CLIENT | PARAMS | LISTING),
            ("concurrency", LISTING),
            ("onEvent", CLIENT | REQUEST),
            ("signal", REQUEST),
            ("where", CRITERIA),
        ] {
            for place in [CLIENT, REQUEST, PARAMS, LISTING, CRITERIA] {
                let found = find(name, place).map(|option| option.name);
                let expected = (places & place != 0).then_some(name);
                assert_eq!(found, expected, "{name} {place}");
            }
        }
        for name in ["", "Page", "page ", "toString", "__proto__"] {
            assert!(find(name, Places::MAX).is_none(), "{name}");
        }
    }

    #[test]
    fn every_name_is_there_once() {
        for option in &OPTIONS {
            assert!(std::ptr::eq(
                find(option.name, option.places).expect("an option"),
                option
            ));
        }
    }

    #[test]
    fn the_known_names_are_listed_in_order() {
        assert_eq!(
            expected_names(CLIENT | PARAMS | REQUEST),
            "one of the options page, limit, companyId, apiKey, baseUrl, keyType, timeout, maxRetries, \
             maxRateLimitWait, validation, fetch, headers, onEvent, rateLimitStore, dangerouslyAllowBrowser, signal"
        );
        assert_eq!(
            expected_names(CRITERIA),
            "one of the options capability, status, provider, numberType, custom, where"
        );
    }

    #[test]
    fn the_words_of_an_integer_rule_name_its_range() {
        for option in &OPTIONS {
            if let Rule::Integer(least, most) = option.rule {
                let range = [
                    "an integer from ",
                    &least.to_string(),
                    " to ",
                    &most.to_string(),
                ];
                assert!(option.expected.starts_with(&range.concat()), "{option:?}");
            }
        }
    }

    #[test]
    fn the_words_of_a_word_rule_name_both() {
        for option in &OPTIONS {
            if let Rule::Word([first, second]) = option.rule {
                let words = ["\"", first, "\" or \"", second, "\""].concat();
                assert_eq!(option.expected, words);
            }
        }
    }

    #[test]
    fn what_is_not_an_integer_of_the_range_is_refused() {
        for number in [
            0.0,
            101.0,
            -1.0,
            1.5,
            1e300,
            4_294_967_297.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ] {
            assert_eq!(integer(number, 1, 100), None, "{number}");
        }
        assert_eq!(integer(-0.0, 0, 100), Some(0));
        assert_eq!(integer(2_147_483_647.0, 1, MAX_DELAY), Some(MAX_DELAY));
        assert_eq!(integer(2_147_483_648.0, 1, MAX_DELAY), None);
    }

    #[test]
    fn a_uuid_has_its_digits_and_hyphens() {
        for id in [
            "123e4567-e89b-12d3-a456-426614174000",
            "123E4567-E89B-12D3-A456-426614174000",
        ] {
            assert!(is_uuid(id), "{id}");
        }
        for id in [
            "",
            "123e4567e89b12d3a456426614174000",
            "123e4567-e89b-12d3-a456-42661417400",
            "123e4567-e89b-12d3-a456-4266141740000",
            "123e4567-e89b-12d3-a456-42661417400g",
            "123e4567-e89b-12d3-a456-42661417400-",
            " 123e4567-e89b-12d3-a456-42661417400",
            "\u{e9}23e4567-e89b-12d3-a456-4266141740",
        ] {
            assert!(!is_uuid(id), "{id}");
        }
    }

    proptest! {
        #[test]
        fn exactly_the_integers_of_the_range_are_taken(number in -200.0..200.0, is_integral: bool) {
            let number = if is_integral { f64::trunc(number) } else { number };
            let is_right = number.fract() == 0.0 && (1.0..=100.0).contains(&number);
            prop_assert_eq!(integer(number, 1, 100).map(f64::from), is_right.then_some(number));
        }
    }
}
