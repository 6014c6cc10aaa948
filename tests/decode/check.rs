//! Compares the decoder with the reference. The fuzzer and the tests start here.

use instaview_phone_numbers::decode::{DecodeError, DecodeIssue, Document, Page, decode};
use scan::{MAX_DEPTH, SyntaxError};
use serde::Deserialize;
use serde_json::{Deserializer, Map, Value as Json};

use crate::reference::{self, Problem};

/// The part of the text between two offsets in UTF-16 code units, as JavaScript slices it.
fn slice(text: &str, [start, end]: [u32; 2]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start as usize..end as usize]).expect("text")
}

/// The value that `JSON.parse` makes of a text, however large its numbers, and however deep it is. A surrogate without its other half,
/// which a string of Rust cannot hold, is a character of the private use area instead.
fn parse(text: &str) -> Option<Json> {
    let text = replace_lone_surrogates(text);
    let mut deserializer = Deserializer::from_str(&text);
    deserializer.disable_recursion_limit();
    let value = Json::deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

fn replace_lone_surrogates(text: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(position) = rest.find('\\') {
        let (before, escape) = rest.split_at(position);
        replaced.push_str(before);
        let length = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(surrogate), _) => {
                replaced.push_str(&format!("\\u{:04x}", surrogate + 0x800));
                rest = &escape[6..];
                continue;
            }
            (None, _) => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        replaced.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    replaced + rest
}

/// The surrogate whose escape this text starts with.
fn surrogate(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex);
    unit.filter(|unit| (0xD800..0xE000).contains(unit))
}

fn json(text: &str) -> Json {
    parse(text).expect("JSON")
}

/// The text as JavaScript has it: without a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Decodes a body. `serde_json` stands in for JavaScript.
pub fn read(text: &str) -> Result<Document, DecodeError> {
    decode(text.as_bytes(), |start, end| {
        let number = json(&slice(without_mark(text), [start, end]));
        // Beyond a double, it is infinite.
        number.as_f64().unwrap_or(f64::INFINITY)
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

/// Panics if the decoder's result is not the reference's. Whether the body was JSON.
pub fn check(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        // JavaScript refuses it before. No result is right, but it must not panic.
        let _ = decode(bytes, |_, _| f64::NAN);
        return false;
    };
    let (whole, text) = (text, without_mark(text));
    let decoded = read(whole);
    if let Err(DecodeError::Syntax(SyntaxError::TooDeep(at))) = decoded {
        assert_eq!(depth(&whole[..at]), MAX_DEPTH as usize);
        return false;
    }
    let root = parse(text);
    if let Err(DecodeError::Syntax(SyntaxError::Unexpected(at))) = decoded {
        assert_eq!(root, None, "refused at {at}: {text}");
        // Nothing is wrong before that byte.
        match read(&whole[..at]) {
            Err(DecodeError::Syntax(error)) => assert_eq!(error, SyntaxError::Unexpected(at)),
            Err(DecodeError::Envelope(_)) | Ok(_) => {}
        }
        return false;
    }
    let root = root.unwrap_or_else(|| panic!("accepted: {text}"));
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
