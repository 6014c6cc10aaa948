//! Reading the options that a caller gave.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use super::store::Store;
use super::url;
use super::value::{describe, property, shorten_unless_secret};
use crate::base_url::BaseUrl;
use crate::issue::Issue;
use crate::options::rules::{self, OptionRule, Places, Rule};

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// The names and values of a plain object's own enumerable properties, in turn. None where it is no plain object, or refuses.
    #[wasm_bindgen(js_name = membersOf)]
    fn members_of(object: &JsValue) -> Option<Array>;

    /// `Headers` with what the caller gives, read once, because it may be something else the second time. None where it is no
    /// headers.
    #[wasm_bindgen(js_name = readHeaders)]
    fn read_headers(given: &JsValue) -> Option<Headers>;
}

/// The value of an option, as its rule wants it.
pub(super) enum Value {
    Integer(u32),
    /// Whether it is true, or the second of two words.
    Flag(bool),
    Text(String),
    /// An absolute one has been parsed, once for all calls of a client.
    Url {
        text: String,
        absolute: Option<BaseUrl>,
    },
    Function(Function),
    Signal(JsValue),
    Headers(Headers),
    Store(Store),
    /// It breaks the rule.
    Wrong(Issue),
}

impl Value {
    fn read(option: &OptionRule, value: &JsValue) -> Self {
        let read = match option.rule {
            Rule::Integer(least, most) => value
                .as_f64()
                .and_then(|number| rules::integer(number, least, most))
                .map(Self::Integer),
            Rule::Word(words) => value
                .as_string()
                .and_then(|word| words.iter().position(|known| *known == word))
                .map(|index| Self::Flag(index == 1)),
            Rule::Text => value.as_string().map(Self::Text),
            Rule::Boolean => value.as_bool().map(Self::Flag),
            Rule::Uuid => value
                .as_string()
                .filter(|text| rules::is_uuid(text))
                .map(Self::Text),
            Rule::Function => value.dyn_ref().cloned().map(Self::Function),
            Rule::Signal => is_signal(value).then(|| Self::Signal(value.clone())),
            Rule::Headers => read_headers(value).map(Self::Headers),
            Rule::Store => Store::read(value).map(Self::Store),
            // The address of a `URL` may be another one later.
            Rule::Url => value
                .as_string()
                .or_else(|| property(value, "href").as_string())
                .map(|text| {
                    let absolute = url::parse_absolute(&text);
                    Self::Url { text, absolute }
                }),
            Rule::Key => value
                .as_string()
                .map(Self::Text)
                .or_else(|| value.dyn_ref().cloned().map(Self::Function)),
        };
        read.unwrap_or_else(|| {
            // There may be a secret in headers or a key: they are not described.
            match option.rule {
                Rule::Headers => Self::wrong(option, "a value that is none"),
                Rule::Key => Self::wrong(option, "a value of another type"),
                _ => Self::wrong(option, &describe(value)),
            }
        })
    }

    fn wrong(option: &OptionRule, received: &str) -> Self {
        Self::Wrong(Issue::new(option.name, option.expected, received))
    }
}

/// A signal is recognised by its behaviour: one of another realm is no instance of this realm's class.
fn is_signal(value: &JsValue) -> bool {
    value.is_object()
        && property(value, "aborted").as_bool().is_some()
        && property(value, "addEventListener").is_function()
        && property(value, "removeEventListener").is_function()
}

/// One object of options that the caller gave, as it was then: every property has been read once.
pub struct Source {
    options: Vec<(&'static OptionRule, Value)>,
    /// What is wrong with the object as a whole, and with its names.
    pub(super) issues: Vec<Issue>,
    /// Whether a value breaks its option's rule.
    pub(super) has_wrong_values: bool,
    /// Whether an option that it does not have is absent; else the object could not be read.
    pub(super) is_readable: bool,
}

impl Source {
    /// Reads an object that the caller knows as `path`, for issues, and that may have the options of these places.
    pub fn read(object: &JsValue, path: &'static str, places: Places) -> Self {
        let mut source = Self {
            options: Vec::new(),
            issues: Vec::new(),
            has_wrong_values: false,
            is_readable: true,
        };
        if object.is_undefined() {
            return source;
        }
        let Some(members) = members_of(object) else {
            let issue = Issue::new(path, "a plain object", &describe(object));
            source.issues.push(issue);
            source.is_readable = false;
            return source;
        };
        let mut members = members.iter();
        while let (Some(name), Some(value)) = (members.next(), members.next()) {
            source.add(&name, &value, places);
        }
        source
    }

    fn add(&mut self, name: &JsValue, value: &JsValue, places: Places) {
        if value.is_undefined() {
            return;
        }
        let name = name.as_string().unwrap_or_default();
        let Some(option) = rules::find(&name, places) else {
            // The value is not shown: it may be a key under a misspelt name.
            let path = shorten_unless_secret(&name);
            let expected = rules::expected_names(places);
            self.issues
                .push(Issue::new(&path, &expected, "an unknown name"));
            return;
        };
        let value = Value::read(option, value);
        self.has_wrong_values |= matches!(value, Value::Wrong(_));
        self.options.push((option, value));
    }

    /// The option's value; none where it is absent.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        for (option, value) in &self.options {
            if option.name == name {
                return Some(value);
            }
        }
        None
    }
}

/// The sources of the options of a call, from the one that gives the defaults to the one that has the last word.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a>(pub &'a [&'a Source]);

impl<'a> Sources<'a> {
    /// The option's values, the one with the last word at the end.
    pub(super) fn all(&self, name: &str) -> Vec<&'a Value> {
        let mut values = Vec::new();
        for source in self.0 {
            values.extend(source.get(name));
        }
        values
    }

    // Read so often that it would take a kilobyte where it is inlined.
    #[inline(never)]
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        let mut value = None;
        for source in self.0 {
            value = source.get(name).or(value);
        }
        value
    }

    pub(super) fn integer(&self, name: &str) -> Option<u32> {
        match self.get(name) {
            Some(Value::Integer(integer)) => Some(*integer),
            _ => None,
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Flag(true)))
    }

    /// The client's listener, then the call's own.
    pub(super) fn listeners(&self) -> Vec<Function> {
        let mut listeners = Vec::new();
        for value in self.all("onEvent") {
            if let Value::Function(listener) = value {
                listeners.push(listener.clone());
            }
        }
        listeners
    }
}
