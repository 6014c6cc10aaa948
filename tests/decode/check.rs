//! Holds the decoder against the reference. What the fuzzer and the tests enter.

use instaview_phone_numbers::decode::{
    Answer, DecodeError, MOST_NESTED, Page, SyntaxError, decode,
};
use instaview_phone_numbers::value::{Kind, Value};
use serde::de::IgnoredAny;
use serde_json::{Map, Value as Json};

use crate::reference;

/// `serde_json` stands in for JavaScript; `None` for `undefined`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed(pub Option<Json>);

impl Value for Parsed {
    fn kind(&self) -> Kind {
        match &self.0 {
            None => Kind::Undefined,
            Some(Json::Null) => Kind::Null,
            Some(Json::Bool(value)) => Kind::Boolean(*value),
            Some(Json::Number(value)) => Kind::Number(value.as_f64().expect("a double")),
            Some(Json::String(_)) => Kind::String,
            Some(Json::Array(_)) => Kind::Array,
            Some(Json::Object(_)) => Kind::Object,
        }
    }

    fn text(&self) -> String {
        match &self.0 {
            Some(Json::Number(value)) => value.to_string(),
            Some(Json::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn member(&self, name: &str) -> Self {
        Self(self.0.as_ref().and_then(|value| value.get(name).cloned()))
    }

    fn length(&self) -> u32 {
        let array = self.0.as_ref().and_then(Json::as_array);
        array.map_or(0, |values| values.len() as u32)
    }

    fn element(&self, index: u32) -> Self {
        Self(
            self.0
                .as_ref()
                .and_then(|value| value.get(index as usize).cloned()),
        )
    }
}

/// As the decoder asks for it: undefined where there is no value.
pub fn parse(text: &str) -> Parsed {
    Parsed(serde_json::from_str(text).ok())
}

/// Panics where the decoder does not find in the bytes what the reference finds. Whether it got as far as the values.
pub fn check(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
    let decoded = decode(text, parse);
    match &decoded {
        Err(DecodeError::Syntax(SyntaxError::Unexpected(at))) => {
            assert!(!is_json, "refused at {at}: {text}");
            // Nothing is wrong before that byte.
            match decode(&text[..*at], parse) {
                Err(DecodeError::Syntax(error)) => assert_eq!(error, SyntaxError::Unexpected(*at)),
                Err(DecodeError::Envelope(_)) | Ok(_) => {}
            }
            return false;
        }
        Err(DecodeError::Syntax(SyntaxError::TooDeep(at))) => {
            assert_eq!(depth(&text[..*at]), MOST_NESTED as usize);
            return false;
        }
        Err(DecodeError::Envelope(_)) | Ok(_) => assert!(is_json, "accepted: {text}"),
    }
    // It refuses what JSON.parse does not: lone surrogates, numbers beyond a double, and a depth of 128.
    let Ok(root) = serde_json::from_str(text) else {
        return false;
    };
    let root = Parsed(Some(root));
    match decoded {
        Ok(Answer::Failure) => assert!(reference::is_failure(&root)),
        Err(DecodeError::Envelope(issues)) => {
            assert!(!reference::is_failure(&root));
            assert_eq!(Err(issues), reference::find_page(root));
        }
        Ok(Answer::Page(page)) => {
            assert!(!reference::is_failure(&root));
            let found = reference::find_page(root).expect("a page");
            let counts = [found.total, found.page, found.limit, found.total_pages];
            assert_eq!(page.counts.map(f64::to_bits), counts.map(f64::to_bits));
            assert_eq!(page.issues, reference::check_all(&found.path, &found.data));
            assert_eq!(Some(numbers(text, &page)), found.data.0);
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
    let units: Vec<u16> = text.encode_utf16().collect();
    let slice = |start: usize, end: usize| String::from_utf16(&units[start..end]).expect("text");
    let json = |text: &str| serde_json::from_str::<Json>(text).expect("JSON");
    if page.table.is_empty() {
        return json(&slice(page.array[0] as usize, page.array[1] as usize));
    }
    let value = |entry: [i32; 2]| match entry {
        [1, 0] => Json::Null,
        [2, 0] => Json::Bool(false),
        [3, 0] => Json::Bool(true),
        [start, end] if start < 0 => json(&slice(!start as usize, end as usize)),
        [start, end] => Json::String(slice(start as usize, end as usize)),
    };
    let mut previous = Map::new();
    let numbers = page.table.chunks(names.len() + 1).map(|row| {
        let mut number = Map::new();
        for (name, entry) in names.into_iter().zip(row) {
            let value = match entry {
                [0, 0] => previous[name].clone(),
                [4, 0] => continue,
                entry => value(*entry),
            };
            number.insert(name.into(), value);
        }
        previous = number.clone();
        let [start, end] = row[names.len()];
        if end > 0 {
            let others = format!("{{{}", slice(start as usize, end as usize));
            number.extend(json(&others).as_object().expect("an object").clone());
        }
        Json::Object(number)
    });
    Json::Array(numbers.collect())
}
