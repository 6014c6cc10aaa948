//! Compares the decoder with the reference. The fuzzer and the tests start here.

use instaview_phone_numbers::decode::{DecodeError, DecodeIssue, Document, Page, decode};
use scan::{MAX_DEPTH, SyntaxError};
use serde::de::IgnoredAny;
use serde_json::{Map, Value as Json};

use crate::reference::{self, Problem};

/// The part of the text between two offsets in UTF-16 code units, as JavaScript slices it.
fn slice(text: &str, [start, end]: [u32; 2]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start as usize..end as usize]).expect("text")
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

/// The text as JavaScript has it: without a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Decodes a body. `serde_json` stands in for JavaScript.
pub fn read(text: &str) -> Result<Document, DecodeError> {
    decode(text.as_bytes(), |start, end| {
        // Where it is beyond a double, it is no count.
        let number = serde_json::from_str::<Json>(&slice(without_mark(text), [start, end])).ok();
        let number = number.and_then(|number| number.as_f64());
        number.unwrap_or(f64::INFINITY)
    })
}

/// The issues, with the values that they are about.
pub fn problems(body: &str, issues: Vec<DecodeIssue>) -> Vec<Problem> {
    let problem = |issue: DecodeIssue| {
        let received = issue.received.map(|bytes| json(&body[bytes]));
        (issue.path, issue.expected.into(), received)
    };
    issues.into_iter().map(problem).collect()
}

/// Panics if the decoder's result is not the reference's. Whether the body was JSON that both could read.
pub fn check(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        // JavaScript refuses it before. No result is right, but it must not panic.
        let _ = decode(bytes, |_, _| f64::NAN);
        return false;
    };
    let (whole, text) = (text, without_mark(text));
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    let decoded = read(whole);
    match &decoded {
        Err(DecodeError::Syntax(SyntaxError::Unexpected(at))) => {
            assert!(!is_json, "refused at {at}: {text}");
            // Nothing is wrong before that byte.
            match read(&whole[..*at]) {
                Err(DecodeError::Syntax(error)) => assert_eq!(error, SyntaxError::Unexpected(*at)),
                Err(DecodeError::Envelope(_)) | Ok(_) => {}
            }
            return false;
        }
        Err(DecodeError::Syntax(SyntaxError::TooDeep(at))) => {
            assert_eq!(depth(&whole[..*at]), MAX_DEPTH as usize);
            return false;
        }
        Err(DecodeError::Envelope(_)) | Ok(_) => assert!(is_json, "accepted: {text}"),
    }
    // It refuses what JSON.parse does not: lone surrogates, numbers beyond a double, and a depth of 128.
    let Ok(root) = serde_json::from_str(text) else {
        return false;
    };
    match decoded {
        Ok(Document::ApiError) => assert!(reference::is_failure(&root)),
        Err(DecodeError::Envelope(issues)) => {
            assert!(!reference::is_failure(&root));
            assert_eq!(Err(problems(whole, issues)), reference::find_page(&root));
        }
        Ok(Document::Page(page)) => {
            assert!(!reference::is_failure(&root));
            let found = reference::find_page(&root).expect("a page");
            assert_eq!(
                page.counts.map(f64::to_bits),
                found.counts.map(f64::to_bits)
            );
            assert_eq!(&numbers(text, &page), found.data);
            let expected = reference::check_all(&found.path, found.data);
            assert_eq!(problems(whole, page.issues), expected);
        }
        Err(DecodeError::Syntax(_)) => unreachable!(),
    }
    true
}

/// How many objects and arrays are open at the end of the text.
fn depth(text: &str) -> usize {
    let mut depth = 0;
    let mut is_string = false;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => is_string = !is_string,
            b'\\' => drop(bytes.next()),
            b'{' | b'[' if !is_string => depth += 1,
            b'}' | b']' if !is_string => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// The phone numbers as JavaScript builds them out of the table.
pub fn numbers(text: &str, page: &Page) -> Json {
    let names = reference::FIELDS.map(|(name, _)| name);
    if page.table.is_empty() {
        return json(&slice(text, page.array));
    }
    let token = |[start, end]: [i32; 2]| slice(text, [start as u32, end as u32]);
    let value = |entry: [i32; 2]| match entry {
        [1, 0] => Json::Null,
        [2, 0] => Json::Bool(false),
        [3, 0] => Json::Bool(true),
        [start, end] if start < 0 => json(&token([!start, end])),
        [start, end] => Json::String(token([start, end])),
    };
    let mut previous = Map::new();
    let mut numbers = Vec::new();
    let mut table = page.table.iter().copied();
    for _ in 0..table.next().expect("the number of rows") {
        let changed = table.next().expect("a row");
        let mut entry = || {
            [
                table.next().expect("a start"),
                table.next().expect("an end"),
            ]
        };
        for (bit, name) in names.into_iter().enumerate() {
            if changed >> bit & 1 == 0 {
                continue;
            }
            match entry() {
                [4, 0] => drop(previous.remove(name)),
                entry => drop(previous.insert(name.into(), value(entry))),
            }
        }
        let mut number = previous.clone();
        if changed >> names.len() != 0 {
            let others = format!("{{{}", token(entry()));
            number.extend(json(&others).as_object().expect("an object").clone());
        }
        numbers.push(Json::Object(number));
    }
    assert_eq!(table.next(), None);
    Json::Array(numbers)
}
