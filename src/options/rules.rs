//! Every option there is: where it may be given, and what it may be.
//!
//! Source: InstaView's documentation, "List phone numbers", query parameters.

use crate::json::Json;
use crate::text::number;

/// The places that an option may be given in, as bits.
pub type Places = u8;

/// A client's options.
pub const CLIENT: Places = 1;
/// What concerns one call alone.
pub const REQUEST: Places = 2;
/// The API's parameters.
pub const PARAMS: Places = 4;
/// A listing's parameters.
pub const LISTING: Places = 8;
/// What a phone number is found by.
pub const CRITERIA: Places = 16;

/// What an option may be.
pub enum Rule {
    /// An integer from here to there.
    Integer(u32, u32),
    /// One of two words, in the form of JSON; the first is the default.
    Word([&'static str; 2]),
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// A UUID, of whatever version.
    Uuid,
    /// What TypeScript describes as it is expected, because JSON has no form for it.
    Described,
    /// What more than its value decides about.
    Other,
}

impl Rule {
    /// Whether an option may have this value.
    pub fn accepts(&self, value: Json<'_>, expected: &str) -> bool {
        match self {
            // Where it is no integer, there are other characters than digits.
            Self::Integer(least, most) => {
                number(value.raw()).is_some_and(|integer| (*least..=*most).contains(&integer))
            }
            Self::Word(words) => words.contains(&value.raw()),
            Self::Text => value.first() == b'"',
            Self::Boolean => matches!(value.first(), b't' | b'f'),
            Self::Uuid => value.inner().is_some_and(is_uuid),
            Self::Described => is(value, expected),
            Self::Other => true,
        }
    }
}

/// Whether TypeScript describes a value like this.
pub fn is(value: Json<'_>, description: &str) -> bool {
    value.members().get("is").and_then(Json::inner) == Some(description)
}

/// Eight, four, four, four and twelve hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let is_right = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

/// At most what `setTimeout` can wait, about 25 days.
const LONGEST: u32 = i32::MAX as u32;

/// How a function is described.
pub const FUNCTION: &str = "a function";

/// The second of `keyType`'s words.
pub const ATS: &str = "\"ats\"";
/// The second of `validation`'s words.
pub const LENIENT: &str = "\"lenient\"";
const STRICT: &str = "\"strict\"";

/// Each option: its name, its places, its rule, and what is expected in words, spelled as in JSON. TypeScript lists and finds
/// by some of them.
pub static OPTIONS: [(&str, Places, Rule, &str); 23] = [
    (
        "page",
        PARAMS,
        Rule::Integer(1, 10_000),
        "an integer from 1 to 10000",
    ),
    (
        "limit",
        PARAMS | LISTING,
        Rule::Integer(1, 100),
        "an integer from 1 to 100",
    ),
    ("companyId", CLIENT | PARAMS | LISTING, Rule::Uuid, "a UUID"),
    (
        "concurrency",
        LISTING,
        Rule::Integer(1, 10),
        "an integer from 1 to 10",
    ),
    (
        "consistency",
        LISTING,
        Rule::Word([LENIENT, STRICT]),
        r#"\"lenient\" or \"strict\""#,
    ),
    ("apiKey", CLIENT, Rule::Other, ""),
    ("baseUrl", CLIENT, Rule::Other, ""),
    (
        "keyType",
        CLIENT,
        Rule::Word(["\"company\"", ATS]),
        r#"\"company\" or \"ats\""#,
    ),
    (
        "timeout",
        CLIENT | REQUEST,
        Rule::Integer(1, LONGEST),
        "an integer from 1 to 2147483647 (milliseconds)",
    ),
    (
        "maxRetries",
        CLIENT | REQUEST,
        Rule::Integer(0, 100),
        "an integer from 0 to 100",
    ),
    (
        "maxRateLimitWait",
        CLIENT,
        Rule::Integer(0, LONGEST),
        "an integer from 0 to 2147483647 (milliseconds)",
    ),
    (
        "validation",
        CLIENT,
        Rule::Word([STRICT, LENIENT]),
        r#"\"strict\" or \"lenient\""#,
    ),
    ("fetch", CLIENT, Rule::Described, FUNCTION),
    ("headers", CLIENT | REQUEST, Rule::Other, ""),
    ("onEvent", CLIENT, Rule::Described, FUNCTION),
    (
        "dangerouslyAllowBrowser",
        CLIENT,
        Rule::Boolean,
        "a boolean",
    ),
    ("signal", REQUEST, Rule::Described, "an AbortSignal"),
    ("capability", CRITERIA, Rule::Text, "a string"),
    ("status", CRITERIA, Rule::Text, "a string"),
    ("provider", CRITERIA, Rule::Text, "a string"),
    ("numberType", CRITERIA, Rule::Text, "a string"),
    ("custom", CRITERIA, Rule::Boolean, "a boolean"),
    ("where", CRITERIA, Rule::Described, FUNCTION),
];
