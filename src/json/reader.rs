//! Reads small texts of JSON, member by member: options, and what the API says of an error.

use scan::{Scanner, Span};

/// A value, as it is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// A text with a value, and white space around it at most; nothing where it is not JSON.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner::new(text.as_bytes());
        scanner.skip_space();
        let value = scanner.value();
        scanner.end().ok()?;
        Some(Self::at(text, value))
    }

    fn at(text: &'a str, span: Span) -> Self {
        Self(text.get(span.start.byte..span.end.byte).unwrap_or_default())
    }

    /// How it is spelled.
    pub fn raw(self) -> &'a str {
        self.0
    }

    /// Its first byte, which tells its type.
    pub fn first(self) -> u8 {
        self.0.bytes().next().unwrap_or_default()
    }

    /// What is between a string's quotation marks, as it is spelled; nothing for what is no string.
    pub fn inner(self) -> Option<&'a str> {
        self.0.strip_prefix('"')?.strip_suffix('"')
    }

    /// The members of an object; none for anything else.
    pub fn members(self) -> Members<'a> {
        let mut members = Members::default();
        members.add(self);
        members
    }

    /// The elements of an array; none for anything else.
    pub fn elements(self) -> Vec<Self> {
        let mut elements = Vec::new();
        self.each(b'[', b']', &mut |_, value| elements.push(value));
        elements
    }

    /// Calls back for each member or element of what begins and ends with these bytes.
    fn each(self, opening: u8, closing: u8, tell: &mut dyn FnMut(Self, Self)) {
        if self.first() != opening {
            return;
        }
        let mut scanner = Scanner::new(self.0.as_bytes());
        scanner.enter();
        let mut is_first = true;
        while scanner.next(closing, is_first) {
            is_first = false;
            let mut name = Span::default();
            if opening == b'{' {
                name = scanner.name();
            }
            let value = scanner.value();
            tell(Self::at(self.0, name), Self::at(self.0, value));
        }
    }
}

/// The members of an object, or of several, one after the other.
#[derive(Debug, Default)]
pub struct Members<'a>(Vec<(&'a str, Json<'a>)>);

impl<'a> Members<'a> {
    /// Adds the members of an object; none of anything else.
    pub fn add(&mut self, object: Json<'a>) {
        object.each(b'{', b'}', &mut |name, value| {
            let name = name.inner().unwrap_or_default();
            self.0.push((name, value));
        });
    }

    /// The member's value, the last one of its name, which has no escapes.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.all(name).last()
    }

    /// All values of members of this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = Json<'a>> {
        let members = self.0.iter();
        members.filter_map(move |(found, value)| (*found == name).then_some(*value))
    }

    /// Whether a member is spelled like this.
    pub fn is(&self, name: &str, raw: &str) -> bool {
        self.get(name).map(Json::raw) == Some(raw)
    }

    /// The names, in their order.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_member_counts_by_its_last_value() {
        let members = Json::parse(r#" {"a":1, "a" : [2] ,"b":"c\"d"} "#)
            .expect("JSON")
            .members();
        assert_eq!(members.get("a").map(Json::raw), Some("[2]"));
        assert_eq!(members.get("b").and_then(Json::inner), Some("c\\\"d"));
        assert_eq!(members.get("c"), None);
    }

    #[test]
    fn what_is_something_else_has_no_members_and_no_elements() {
        for json in ["1", "\"{\"", "[{\"a\":1}]", "null"] {
            assert_eq!(Json::parse(json).expect("JSON").members().get("a"), None);
        }
        assert_eq!(Json::parse("{\"a\":1}").expect("JSON").elements(), []);
        assert_eq!(Json::parse("{} {}"), None);
    }

    proptest! {
        #[test]
        fn elements_are_found(numbers in prop::collection::vec(any::<i32>(), 0..5)) {
            let json = format!("{numbers:?}");
            let elements = Json::parse(&json).expect("JSON").elements();
            let raw: Vec<_> = elements.into_iter().map(|element| element.raw().to_owned()).collect();
            prop_assert_eq!(raw, numbers.iter().map(i32::to_string).collect::<Vec<_>>());
        }
    }
}
