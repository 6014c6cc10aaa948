//! Where the API is, and whether a key may be sent there.

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
pub struct BaseUrl {
    /// The address, without slashes at its end.
    pub url: String,
    /// Whether nobody between here and there can read what is sent: over https, or within this machine.
    pub is_secure: bool,
    /// Whether this is InstaView itself, which serves nobody without a key.
    pub is_instaview: bool,
}

impl BaseUrl {
    /// InstaView itself.
    pub fn instaview() -> Self {
        Self {
            url: DEFAULT.into(),
            is_secure: true,
            is_instaview: true,
        }
    }

    /// The base URL that a normalised URL is, the `href` of JavaScript's `URL`; none where it is not http(s), or has more
    /// than a path.
    pub fn from_href(href: &str) -> Option<Self> {
        let (is_https, rest) = match href.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, href.strip_prefix("http://")?),
        };
        let has = |text: &str, byte| text.bytes().any(|other| other == byte);
        let length = rest.bytes().position(|byte| byte == b'/');
        let authority = rest.get(..length.unwrap_or(rest.len()))?;
        if has(authority, b'@') || has(rest, b'?') || has(rest, b'#') {
            return None;
        }
        let mut url = href;
        while let Some(shorter) = url.strip_suffix('/') {
            url = shorter;
        }
        Some(Self {
            url: url.into(),
            is_secure: is_https || is_loopback(host_of(authority)),
            is_instaview: is_https && authority == "api.instaview.sk",
        })
    }
}

/// The host without its port. The colons of an IPv6 address are within brackets.
fn host_of(authority: &str) -> &str {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let port_length = authority.bytes().rev().take_while(is_digit).count();
    let without_port = authority.get(..authority.len().saturating_sub(port_length));
    without_port
        .and_then(|host| host.strip_suffix(':'))
        .unwrap_or(authority)
}

/// Whether a host, as a normalised URL has it, is this machine.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host == "[::1]" || is_loopback_ipv4(host)
}

/// `127.0.0.0/8`, in the dotted form that a normalised URL has. With a dot at its end, it is a name of whatever machine.
fn is_loopback_ipv4(host: &str) -> bool {
    host.starts_with("127.")
        && !host.ends_with('.')
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
    fn the_path_is_kept_without_the_slashes_at_its_end() {
        for (href, url) in [
            ("https://api.instaview.sk/", "https://api.instaview.sk"),
            ("https://api.instaview.sk/v1", "https://api.instaview.sk/v1"),
            (
                "https://example.com/v1/public//",
                "https://example.com/v1/public",
            ),
            ("https://example.com/a@b/", "https://example.com/a@b"),
        ] {
            assert_eq!(base(href).url, url);
        }
    }

    #[test]
    fn only_plain_http_addresses_are_taken() {
        for href in [
            "",
            "ftp://example.com/",
            "file:///etc/passwd",
            "data:,https://example.com/",
            "https://user@example.com/",
            "https://example.com@example.com/",
            "https://user:secret@example.com/",
            "https://example.com/?key=1",
            "https://example.com/?",
            "https://example.com/#top",
        ] {
            assert_eq!(BaseUrl::from_href(href), None, "{href}");
        }
    }

    #[test]
    fn a_key_is_sent_over_https_or_within_this_machine() {
        for href in [
            "https://example.com/",
            "https://example.com:8443/",
            "http://localhost/",
            "http://localhost:8080/api",
            "http://sandbox.localhost/",
            "http://127.0.0.1:4010/",
            "http://127.1.2.3/",
            "http://[::1]:4010/",
            "http://[::1]/",
        ] {
            assert!(base(href).is_secure, "{href}");
        }
        for href in [
            "http://example.com/",
            "http://localhost.example.com/",
            "http://notlocalhost/",
            "http://127.0.0.1.example.com/",
            "http://127.example.com/",
            "http://127../",
            "http://127.0.0.1../",
            "http://10.0.0.1/",
            "http://[fe80::1]/",
            "http://[2001:db8::1]:80/",
            "http://example.com/localhost",
            "http://example.com/:localhost",
        ] {
            assert!(!base(href).is_secure, "{href}");
        }
    }

    #[test]
    fn instaview_itself_is_recognised() {
        assert_eq!(base("https://api.instaview.sk/"), BaseUrl::instaview());
        assert!(base("https://api.instaview.sk/v1").is_instaview);
        for href in [
            "https://api.instaview.sk.example.com/",
            "https://api.instaview.sk:8443/",
            "http://api.instaview.sk/",
            "http://localhost:4010/",
        ] {
            assert!(!base(href).is_instaview, "{href}");
        }
    }
}
