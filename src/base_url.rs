//! Where the API is, and whether a key may be sent there.

/// The API's own address.
pub const DEFAULT: &str = "https://api.instaview.sk";

/// What a base URL must be.
pub const EXPECTED: &str = "an http(s) URL without credentials, query or fragment";

/// What a base URL must be when a key is sent with the request.
pub const EXPECTED_SECURE: &str =
    "an https URL (or http to this machine), so that nobody can read the key on its way";

/// An address that the paths of the API are appended to. Its own path is kept: InstaView's guides also show `/v1` and
/// `/v1/public`. It has been parsed and normalised by JavaScript's `URL`, of which these are members.
#[derive(Clone, Copy)]
pub struct BaseUrl<'a> {
    /// The whole.
    pub href: &'a str,
    /// What is before and after the colon of an `http://host` or `https://host:port`.
    pub origin: &'a str,
    /// The host without its port.
    pub hostname: &'a str,
}

impl<'a> BaseUrl<'a> {
    /// InstaView itself.
    pub const INSTAVIEW: BaseUrl<'static> = BaseUrl {
        href: DEFAULT,
        origin: DEFAULT,
        hostname: "",
    };

    /// Whether it is of the web, and has nothing but a path.
    pub fn is_plain(&self) -> bool {
        // Credentials are in no origin.
        let path = self.href.strip_prefix(self.origin).unwrap_or_default();
        self.origin.starts_with("http")
            && path.starts_with("/")
            && !path.bytes().any(|byte| matches!(byte, b'?' | b'#'))
    }

    /// Whether nobody between here and there can read what is sent: over https, or within this machine.
    pub fn is_secure(&self) -> bool {
        let host = self.hostname;
        self.origin.starts_with("https:")
            || host == "localhost"
            || host.ends_with(".localhost")
            || host == "[::1]"
            || is_loopback_ipv4(host)
    }

    /// Whether this is InstaView itself, which answers nobody without a key.
    pub fn is_instaview(&self) -> bool {
        self.origin == DEFAULT
    }

    /// The address without the slashes at its end.
    pub fn trimmed(&self) -> &'a str {
        let mut href = self.href;
        while let Some(shorter) = href.strip_suffix("/") {
            href = shorter;
        }
        href
    }
}

/// `127.0.0.0/8`, in the dotted form that a normalised URL has.
fn is_loopback_ipv4(host: &str) -> bool {
    host.starts_with("127.")
        && host
            .bytes()
            .all(|byte| byte == b'.' || byte.is_ascii_digit())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// As `URL` parts it.
    fn base(href: &str) -> BaseUrl<'_> {
        let (protocol, rest) = href.split_once("://").expect("a URL");
        let authority = rest.split('/').next().expect("a host");
        let host = authority.rsplit('@').next().expect("a host");
        let end = protocol.len() + 3 + authority.len();
        BaseUrl {
            href,
            origin: match protocol {
                "http" | "https" if host == authority => &href[..end],
                // Without the credentials; the two are the same here.
                "http" | "https" => &href[..protocol.len() + 3 + host.len()],
                _ => "null",
            },
            hostname: match host.rsplit_once(':') {
                Some((host, port)) if !port.contains(']') => host,
                _ => host,
            },
        }
    }

    #[test]
    fn the_path_is_kept_without_the_slashes_at_its_end() {
        for (href, trimmed) in [
            ("https://api.instaview.sk/", "https://api.instaview.sk"),
            ("https://api.instaview.sk/v1", "https://api.instaview.sk/v1"),
            (
                "https://example.com/v1/public//",
                "https://example.com/v1/public",
            ),
        ] {
            assert_eq!(base(href).trimmed(), trimmed);
        }
    }

    #[test]
    fn only_plain_http_addresses_are_taken() {
        for href in [
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://user@example.com/",
            "https://example.com@example.com/",
            "https://user:secret@example.com/",
            "https://example.com/?key=1",
            "https://example.com/#top",
        ] {
            assert!(!base(href).is_plain(), "{href}");
        }
        assert!(base("https://example.com/a@b/").is_plain());
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
