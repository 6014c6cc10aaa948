//! Where the options of a call come from: one object, or the client's, the call's parameters and the call's options.
//! The later source wins, and a value that is undefined is absent.

use wasm_bindgen::prelude::*;

use super::platform::{member, names};
use crate::issue::Issue;
use crate::text::{concat, join};
use crate::value::{SHOWN, Value, shorten};

/// One object that the caller gave, and the names that may be in it.
pub struct Source {
    object: JsValue,
    /// How the caller knows it, for messages.
    path: &'static str,
    names: Vec<&'static str>,
}

impl Source {
    pub fn new(object: JsValue, path: &'static str, groups: &[&[&'static str]]) -> Self {
        let mut names = Vec::new();
        for name in groups.iter().copied().flatten() {
            if !names.contains(name) {
                names.push(*name);
            }
        }
        Self {
            object,
            path,
            names,
        }
    }

    /// Lists what is wrong with the object as a whole, and every name that has no meaning here. Whether it can be read.
    ///
    /// TypeScript has copied the properties of a plain object onto one without a prototype; anything else is still
    /// what the caller gave.
    fn check(&self, issues: &mut Vec<Issue>) -> bool {
        if self.object.is_undefined() {
            return true;
        }
        let given = names(&self.object);
        if given.is_undefined() {
            issues.push(Issue::new(self.path, "a plain object", &self.object));
            return false;
        }
        for name in (0..given.length()).filter_map(|index| given.element(index).as_string()) {
            if !self.names.contains(&name.as_str()) && !member(&self.object, &name).is_undefined() {
                let expected = concat(&[
                    "one of the options ",
                    &join(self.names.iter().copied(), ", "),
                ]);
                // The value is not shown: it may be a key under a misspelt name.
                let path = shorten(&name, SHOWN);
                issues.push(Issue::with_received(path, &expected, "an unknown name"));
            }
        }
        true
    }

    /// The property's value; undefined where the source has none.
    fn get(&self, name: &str) -> JsValue {
        if self.names.contains(&name) && !names(&self.object).is_undefined() {
            member(&self.object, name)
        } else {
            JsValue::UNDEFINED
        }
    }
}

/// The options of a call.
pub struct Sources(Vec<Source>);

impl Sources {
    /// From the source that gives the defaults to the one that has the last word.
    pub fn new(sources: Vec<Source>) -> Self {
        Self(sources)
    }

    /// Lists what is wrong with the sources, whatever their values. Whether all can be read.
    pub fn check(&self, issues: &mut Vec<Issue>) -> bool {
        let unreadable = self.0.iter().filter(|source| !source.check(issues)).count();
        unreadable == 0
    }

    /// The option's value; undefined where it is absent.
    pub fn get(&self, name: &str) -> JsValue {
        self.0
            .iter()
            .rev()
            .map(|source| source.get(name))
            .find(|value| !value.is_undefined())
            .unwrap_or_default()
    }

    /// The option's values in all sources that have it, the earliest first.
    pub fn all(&self, name: &str) -> impl Iterator<Item = JsValue> {
        self.0
            .iter()
            .map(move |source| source.get(name))
            .filter(|value| !value.is_undefined())
    }
}
