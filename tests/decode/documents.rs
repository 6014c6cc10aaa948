//! Bodies to decode: JSON written in every way that it can be, and what is no longer JSON.

use proptest::prelude::*;

use crate::reference::FIELDS;

/// The names of a phone number's fields.
fn fields() -> [&'static str; FIELDS.len()] {
    FIELDS.map(|(name, _)| name)
}

/// White space behind each token; where there are more, from the first again.
fn spaces() -> impl Strategy<Value = Vec<&'static str>> {
    let space = prop_oneof![4 => Just(""), 1 => Just(" "), 1 => Just("\n\t"), 1 => Just(" \r\n  ")];
    prop_oneof![2 => Just(vec![""]), 1 => prop::collection::vec(space, 1..8)]
}

/// A string, or what stands within one.
fn string() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[ -!#-\\[\\]-~]{0,20}",
        2 => any::<char>().prop_map(|c| match c {
            '"' | '\\' | '\0'..='\u{1F}' => String::from("-"),
            c => c.into(),
        }),
        1 => prop::sample::select(vec!["Košice", "東京", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\uD83D\\uDE00", "\u{2028}"])
            .prop_map(String::from),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u64..1000).prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        prop::sample::select(vec![
            "0",
            "-0",
            "3.0",
            "3e0",
            "30e-1",
            "0.5",
            "9007199254740991",
            "9007199254740992",
            "1e308",
            "-1.5E+3",
            "999999999999999",
            "9007199254740991.0",
            "0e5",
        ])
        .prop_map(String::from),
    ]
}

/// A member's name, with an escape now and then.
fn name() -> impl Strategy<Value = String> {
    let known = [
        "data",
        "items",
        "pagination",
        "total",
        "page",
        "limit",
        "totalPages",
        "success",
        "__proto__",
        "7",
    ];
    let known: Vec<_> = known.into_iter().chain(fields()).collect();
    prop_oneof![
        12 => prop::sample::select(known.clone()).prop_map(|name| format!("\"{name}\"")),
        1 => prop::sample::select(known).prop_map(|name| format!("\"\\u{:04x}{}\"", name.as_bytes()[0], &name[1..])),
        1 => string(),
    ]
}

fn array(elements: Vec<String>, spaces: &[&str]) -> String {
    spaced(
        "[",
        elements.into_iter().map(|element| vec![element]),
        "]",
        spaces,
    )
}

fn object(members: Vec<(String, String)>, spaces: &[&str]) -> String {
    let members = members
        .into_iter()
        .map(|(name, value)| vec![name, ":".into(), value]);
    spaced("{", members, "}", spaces)
}

/// The tokens of each part, commas between the parts, and white space behind all of them.
fn spaced(
    opening: &str,
    parts: impl Iterator<Item = Vec<String>>,
    closing: &str,
    spaces: &[&str],
) -> String {
    let mut tokens = vec![String::from(opening)];
    for (index, part) in parts.enumerate() {
        if index > 0 {
            tokens.push(",".into());
        }
        tokens.extend(part);
    }
    tokens.push(closing.into());
    tokens
        .iter()
        .map(String::as_str)
        .zip(spaces.iter().copied().cycle())
        .map(|(token, space)| [token, space].concat())
        .collect()
}

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        string(),
        number(),
        prop::sample::select(vec!["null", "true", "false", "[]", "{}"]).prop_map(String::from),
    ]
}

/// Any JSON, in which the names of the envelope and of the phone number are common.
pub fn document() -> impl Strategy<Value = String> {
    leaf().prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), spaces())
                .prop_map(|(elements, spaces)| array(elements, &spaces)),
            (prop::collection::vec((name(), inner), 0..8), spaces())
                .prop_map(|(members, spaces)| object(members, &spaces)),
        ]
    })
}

/// A phone number; mostly one that is in order.
fn phone_number() -> impl Strategy<Value = String> {
    let values: Vec<_> = fields()
        .into_iter()
        .map(|name| match name {
            "custom" => prop::sample::select(vec!["true", "false"]).prop_map(String::from).boxed(),
            "location" => prop_oneof![string(), Just("null".into())].boxed(),
            _ => prop_oneof![2 => string(), 3 => prop::sample::select(vec!["\"TWILIO\"", "\"9f0e6a52-7c1d-4f7e-9a55-0d8f3a1c2b4e\"", "\"é\""]).prop_map(String::from)].boxed(),
        })
        .collect();
    let others = prop_oneof![
        3 => Just(Vec::new()).boxed(),
        1 => prop::collection::vec((name(), document()), 1..3).boxed(),
    ];
    (
        values,
        others,
        0..40_usize,
        any::<prop::sample::Index>(),
        spaces(),
    )
        .prop_map(|(values, others, change, position, spaces)| {
            let names = fields().map(|name| format!("\"{name}\""));
            let mut members: Vec<_> = names.into_iter().zip(values).collect();
            let index = position.index(members.len());
            match change {
                0 => drop(members.remove(index)),
                1 => members.swap(0, index),
                2 => members[index].1 = "7".into(),
                3 => members.push(members[index].clone()),
                4 => members.insert(index, ("\"new\"".into(), "{}".into())),
                5..15 => drop(members.pop()),
                _ => {}
            }
            members.extend(others);
            object(members, &spaces)
        })
}

/// A page in one of the envelopes; mostly one that is in order.
pub fn page() -> impl Strategy<Value = String> {
    let elements = prop_oneof![
        8 => prop::collection::vec(phone_number(), 0..4).boxed(),
        1 => prop::collection::vec(prop_oneof![phone_number(), document()], 0..4).boxed(),
    ];
    let others = prop_oneof![
        2 => Just(Vec::new()).boxed(),
        1 => prop::collection::vec((name(), document()), 1..3).boxed(),
    ];
    (
        elements,
        prop::collection::vec(number(), 4),
        others,
        0..6_u8,
        any::<u64>(),
        spaces(),
    )
        .prop_map(|(elements, counts, others, envelope, seed, spaces)| {
            let pair = |name: &str, value: String| (format!("\"{name}\""), value);
            let names = ["total", "page", "limit", "totalPages"];
            let counts: Vec<_> = names
                .into_iter()
                .zip(counts)
                .map(|(name, count)| pair(name, if seed % 3 == 0 { count } else { "3".into() }))
                .collect();
            let array = array(elements, &spaces);
            // The members come in whatever order.
            let shuffled = |mut members: Vec<_>| {
                let length = members.len();
                members.rotate_left(seed as usize % length);
                object(members, &spaces)
            };
            let with = |name: &str| {
                let mut members = vec![pair(name, array.clone())];
                members.extend(counts.clone());
                members.extend(others.clone());
                shuffled(members)
            };
            let within = |data: String| {
                shuffled(vec![
                    pair("success", "true".into()),
                    pair("data", data),
                    pair("error", "null".into()),
                ])
            };
            match envelope {
                0 => with("data"),
                1 => within(with("data")),
                2 => within(with("items")),
                3 => within(within(with("data"))),
                4 => within(shuffled(vec![
                    pair("items", array.clone()),
                    pair("pagination", object(counts.clone(), &spaces)),
                ])),
                _ => with("items"),
            }
        })
}

/// The text with some of its bytes replaced, inserted or removed.
pub fn mutated(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(b"{}[]\",:\\0-.eEtfnu \n\xef\xc3\xa9".to_vec())
    ];
    let change = (any::<prop::sample::Index>(), byte, 0..3_u8);
    (text, prop::collection::vec(change, 1..4)).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (position, byte, kind) in changes {
            let index = position.index(bytes.len() + 1);
            match kind {
                0 => bytes.insert(index, byte),
                1 => drop(bytes.splice(index..bytes.len().min(index + 1), [byte])),
                _ => drop(bytes.splice(index..bytes.len().min(index + 1), [])),
            }
        }
        bytes
    })
}
