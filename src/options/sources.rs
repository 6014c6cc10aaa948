//! Where the options of a call come from: one object, or the client's, the call's parameters and the call's options.
//! The later source wins, and a value that is undefined is absent.

use super::rules::{CLIENT, CRITERIA, LISTING, OPTIONS, PARAMS, Places, REQUEST};
use crate::issue::{Issues, Received};
use crate::json::{Json, Members};
use crate::text::concat;

/// The options of all sources, those of the later ones last; and whether an option that is not found is absent, because all
/// sources could be read. Lists what is wrong with them, whatever their values.
pub fn read<'a>(
    sources: &[Json<'a>],
    criteria: Json<'a>,
    is_listing: bool,
    issues: &mut Issues,
) -> (Members<'a>, bool) {
    let params = if is_listing { LISTING } else { PARAMS };
    let layers = match sources {
        [_] => [("options", CLIENT | params | REQUEST), ("", 0), ("", 0)],
        _ => [
            ("options", CLIENT),
            ("params", params),
            ("options", REQUEST),
        ],
    };
    let mut options = Members::default();
    let mut are_readable = true;
    let criteria = (&criteria, ("criteria", CRITERIA));
    for (object, (path, places)) in sources.iter().zip(layers).chain([criteria]) {
        if let Some(value) = object.elements().pop() {
            issues.push(&[path], "a plain object", Received::Value(Some(value)));
            are_readable = false;
        }
        let before = options.len();
        options.add(*object);
        for name in options.names().skip(before) {
            if !names(places).any(|known| known == name) {
                let expected = concat(&["one of the options ", &list(places)]);
                // The value is not shown: it may be a key under a misspelt name.
                let received = Received::Words("an unknown name");
                issues.push(&[name], &expected, received);
            }
        }
    }
    (options, are_readable)
}

/// The names of the options that may be given in one of these places.
fn names(places: Places) -> impl Iterator<Item = &'static str> {
    let options = OPTIONS.iter();
    options.filter_map(move |(name, theirs, ..)| (theirs & places != 0).then_some(*name))
}

fn list(places: Places) -> String {
    let mut list = String::new();
    for name in names(places) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(name);
    }
    list
}
