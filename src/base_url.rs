//! Where the API is, and whether a key may be sent there.

use crate::text::{before, concat, contains, split_last};
use crate::value::quote;

/// The API's own address.
pub const DEFAULT: &str = "https://api.instaview.sk";

/// What a base URL must be.
pub const EXPECTED: &str = "an http(s) URL without credentials, query or fragment";

/// What a base URL must be when a key is sent with the request.
pub const EXPECTED_SECURE: &str =
    "an https URL (or http to this machine), so that nobody can read the key on its way";

/// An address that the paths of the API are appended to. Its own path is kept: InstaView's guides also show `/v1` and
/// `/v1/public`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// From a URL that has been parsed and normalised (an `URL`'s `href`).
    pub fn from_href(href: &str) -> Option<Self> {
        let rest = href
            .strip_prefix("https://")
            .or_else(|| href.strip_prefix("http://"))?;
        let authority = before(rest, "/");
        if contains(authority, "@") || contains(rest, "?") || contains(rest, "#") {
            return None;
        }
        let mut href = href;
        while let Some(shorter) = href.strip_suffix("/") {
            href = shorter;
        }
        Some(Self(href.into()))
    }

    /// Whether nobody between here and there can read what is sent: over https, or within this machine.
    pub fn is_secure(&self) -> bool {
        let Some(rest) = self.0.strip_prefix("http://") else {
            return true;
        };
        let authority = before(rest, "/");
        let host = match split_last(authority, ":") {
            Some((host, port)) if !contains(port, "]") => host,
            _ => authority,
        };
        host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || is_loopback_ipv4(host)
    }

    /// Whether this is InstaView itself, which answers nobody without a key.
    pub fn is_instaview(&self) -> bool {
        self.0
            .strip_prefix(DEFAULT)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("/"))
    }

    /// The address of what is at `path` below this one.
    pub fn join(&self, path: &str) -> String {
        concat(&[&self.0, path])
    }
}

/// What can be shown of a text that is no base URL: it may have a password or a key in it.
pub fn shown(text: &str) -> String {
    if contains(text, "@") {
        return "a URL that may have a password in it".into();
    }
    let shown = before(before(text, "?"), "#");
    if shown == text {
        quote(text)
    } else {
        quote(&concat(&[shown, "?…"]))
    }
}

/// `127.0.0.0/8`, in the dotted form that a normalised URL has.
fn is_loopback_ipv4(host: &str) -> bool {
    host.bytes().filter(|byte| *byte == b'.').count() == 3
        && host.starts_with("127.")
        && host
            .bytes()
            .all(|byte| byte == b'.' || byte.is_ascii_digit())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn base(href: &str) -> BaseUrl {
        BaseUrl::from_href(href).expect(href)
    }

    #[test]
    fn the_path_is_kept() {
        for (href, joined) in [
            (
                "https://api.instaview.sk/",
                "https://api.instaview.sk/phone-numbers",
            ),
            (
                "https://api.instaview.sk/v1",
                "https://api.instaview.sk/v1/phone-numbers",
            ),
            (
                "https://api.instaview.sk/v1/public/",
                "https://api.instaview.sk/v1/public/phone-numbers",
            ),
            (
                "http://localhost:5173/api",
                "http://localhost:5173/api/phone-numbers",
            ),
        ] {
            assert_eq!(base(href).join("/phone-numbers"), joined);
        }
    }

    #[test]
    fn only_plain_http_addresses_are_taken() {
        for href in [
            "ftp://example.com/",
            "file:///etc/passwd",
            "data:text/plain,x",
            "https://user@example.com/",
            "https://user:secret@example.com/",
            "https://example.com/?key=1",
            "https://example.com/#top",
        ] {
            assert_eq!(BaseUrl::from_href(href), None, "{href}");
        }
        assert!(BaseUrl::from_href("https://example.com/a@b/").is_some());
    }

    #[test]
    fn what_may_be_secret_is_not_shown() {
        assert_eq!(shown("api.instaview.sk"), "\"api.instaview.sk\"");
        assert_eq!(
            shown("https://example.com/?key=abc"),
            "\"https://example.com/?…\""
        );
        assert_eq!(
            shown("https://me:secret@example.com"),
            "a URL that may have a password in it"
        );
    }

    #[test]
    fn a_key_is_sent_over_https_or_within_this_machine() {
        for href in [
            "https://example.com/",
            "http://localhost/",
            "http://localhost:8080/api",
            "http://sandbox.localhost/",
            "http://127.0.0.1:4010/",
            "http://127.1.2.3/",
            "http://[::1]:4010/",
            "http://[::1]/",
        ] {
            assert!(base(href).is_secure(), "{href}");
        }
        for href in [
            "http://example.com/",
            "http://localhost.example.com/",
            "http://notlocalhost/",
            "http://127.0.0.1.example.com/",
            "http://127.example.com/",
            "http://10.0.0.1/",
            "http://[fe80::1]/",
            "http://example.com/localhost",
        ] {
            assert!(!base(href).is_secure(), "{href}");
        }
    }

    #[test]
    fn instaview_itself_is_recognised() {
        assert!(base("https://api.instaview.sk/").is_instaview());
        assert!(base("https://api.instaview.sk/v1").is_instaview());
        assert!(!base("https://api.instaview.sk.example.com/").is_instaview());
        assert!(!base("http://localhost:4010/").is_instaview());
    }
}
