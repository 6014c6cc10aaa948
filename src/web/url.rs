//! Base URLs, parsed as the platform does.

use wasm_bindgen::prelude::*;

use super::environment::Environment;
use super::value::shorten_unless_secret;
use crate::base_url::BaseUrl;

#[wasm_bindgen(module = "/src/web/reading.js")]
extern "C" {
    /// A URL as the platform writes it; none where it is none.
    #[wasm_bindgen(js_name = parseUrl)]
    fn parse_url(text: &str, base: Option<&str>) -> Option<String>;
}

/// The base URL that an absolute URL is; none where it is another text, or cannot be a base URL.
pub(super) fn parse_absolute(text: &str) -> Option<BaseUrl> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    BaseUrl::from_href(&parse_url(text, None)?)
}

/// The same for a URL that may be relative to that of the page.
pub(super) fn parse(text: &str, environment: &Environment) -> Option<BaseUrl> {
    let base = environment.base_uri();
    BaseUrl::from_href(&parse_url(text, base.as_deref())?)
}

/// What a URL is that is refused, in words that give nothing away: there may be a password or a key in it.
pub(super) fn describe(text: &str) -> String {
    if text.bytes().any(|byte| byte == b'@') {
        return "a URL that may have a password in it".into();
    }
    let shown = match text.split_once(['?', '#']) {
        Some((address, _)) => shorten_unless_secret(&[address, "?…"].concat()),
        None => shorten_unless_secret(text),
    };
    ["\"", &shown, "\""].concat()
}
