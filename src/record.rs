//! Objects of JavaScript, as serde writes them.

use serde::{Serialize, Serializer};

use crate::issue::Issue;
use crate::rate_limit::{RateLimit, RateLimitWindow};

/// The value of a member.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Member<'a> {
    /// An absent one.
    Absent,
    /// A number.
    Number(f64),
    /// A string.
    Text(&'a str),
    /// An array of strings.
    Texts(&'a [String]),
    /// An array of issues.
    Issues(&'a [Issue]),
    /// A rate limit.
    RateLimit(RateLimit),
    /// One window of it.
    Window(RateLimitWindow),
}

impl Member<'_> {
    /// An optional number.
    pub fn number(number: Option<impl Into<f64>>) -> Self {
        number.map_or(Self::Absent, |number| Self::Number(number.into()))
    }
}

impl<'a> Member<'a> {
    /// An optional string.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::Text)
    }
}

/// Serializes a record's members, but for the absent ones.
pub fn serialize<S: Serializer>(
    serializer: S,
    members: &[(&str, Member)],
) -> Result<S::Ok, S::Error> {
    let present = |(_, member): &&(&str, Member)| !matches!(member, Member::Absent);
    serializer.collect_map(
        members
            .iter()
            .filter(present)
            .map(|(name, member)| (name, member)),
    )
}
