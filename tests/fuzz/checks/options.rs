//! The rules of options, against the published types, their own words, and `url`, which is the platform's `URL` in Rust.

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use instaview_phone_numbers::api_key::{self, Secrets};
use instaview_phone_numbers::base_url::BaseUrl;
use instaview_phone_numbers::options::rules::{
    self, CLIENT, CRITERIA, LISTING, OPTIONS, OptionRule, PARAMS, Places, REQUEST, Rule,
};
use instaview_phone_numbers::options::types::{
    ClientOptions, ListAllParams, ListPhoneNumbersParams, PhoneNumberCriteria, RequestOptions,
};
use tsify::Tsify;
use url::{Host, Url};

/// What a caller gives.
#[derive(Arbitrary, Debug)]
pub enum Input<'a> {
    /// The name of an option, in these places.
    Name(Name<'a>, Places),
    /// A number, for the option with this index.
    Number(u8, Number),
    /// An id of a company, and a byte of it that is replaced.
    Uuid([u8; 16], Option<(u8, u8)>),
    /// The same as any text.
    Text(&'a str),
    /// An API key, or a text that is given for one.
    Key(&'a str),
    /// The keys of a call, and a text in which each may stand, between others.
    Redacted([&'a str; 2], Vec<Part<'a>>),
    /// A base URL, in parts and as a whole.
    Url(Address<'a>),
    /// A text that is given for one.
    AnyUrl(&'a str),
}

/// The name of an option, or nearly one.
#[derive(Arbitrary, Debug)]
pub enum Name<'a> {
    Known(u8),
    Changed(u8, u8, char),
    Any(&'a str),
}

/// A number at a bound of its rule, or any.
#[derive(Arbitrary, Debug)]
pub enum Number {
    /// Quarters away from the least.
    NearLeast(i8),
    /// The same from the most.
    NearMost(i8),
    Integer(i64),
    Any(f64),
}

/// A part of a text.
#[derive(Arbitrary, Debug)]
pub enum Part<'a> {
    FirstKey,
    SecondKey,
    /// The beginning of the first key, as a text has it that was shortened.
    Beginning(u8),
    Ellipsis,
    Any(&'a str),
}

/// The parts of a URL.
#[derive(Arbitrary, Debug)]
pub struct Address<'a> {
    scheme: Scheme,
    user: Option<&'a str>,
    host: Name<'a>,
    port: Option<u16>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

#[derive(Arbitrary, Debug)]
enum Scheme {
    Http,
    Https,
    Ftp,
    Wss,
}

/// Hosts that matter: `Known` of a `Name` is one of them.
const HOSTS: [&str; 16] = [
    "api.instaview.sk",
    "API.InstaView.sk",
    "api.instaview.sk.example.com",
    "localhost",
    "localhost.",
    "a.localhost",
    "notlocalhost",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "127.0.0.1.example.com",
    "128.0.0.1",
    "[::1]",
    "[0:0::1]",
    "[::2]",
    "127.example.com",
];

/// The published type of each place, and the names of its members.
static PLACES: LazyLock<[(Places, Vec<&str>); 5]> = LazyLock::new(|| {
    [
        (CLIENT, ClientOptions::DECL),
        (REQUEST, RequestOptions::DECL),
        (PARAMS, ListPhoneNumbersParams::DECL),
        (LISTING, ListAllParams::DECL),
        (CRITERIA, PhoneNumberCriteria::DECL),
    ]
    .map(|(place, declaration)| (place, members(declaration)))
});

/// The names of the optional members that a TypeScript interface declares.
fn members(declaration: &str) -> Vec<&str> {
    let name = |line| {
        let (name, _) = str::trim(line).split_once("?: ")?;
        name.chars().all(char::is_alphanumeric).then_some(name)
    };
    declaration.lines().filter_map(name).collect()
}

impl Name<'_> {
    fn among(&self, known: &[&str]) -> String {
        let at = |index: u8| known[usize::from(index) % known.len()];
        match *self {
            Self::Known(index) => at(index).into(),
            Self::Changed(index, position, letter) => {
                let mut letters: Vec<char> = at(index).chars().collect();
                let position = usize::from(position) % letters.len();
                letters[position] = letter;
                letters.into_iter().collect()
            }
            Self::Any(text) => text.into(),
        }
    }
}

/// Panics if the rules decide otherwise than what they are checked against.
pub fn check(input: &Input<'_>) {
    match input {
        Input::Name(name, places) => check_name(name, *places),
        Input::Number(index, number) => check_number(*index, number),
        Input::Uuid(bytes, change) => check_uuid(&uuid(*bytes, *change)),
        Input::Text(text) => check_uuid(text),
        Input::Key(key) => check_key(key),
        Input::Redacted([first, second], parts) => check_redacted([first, second], parts),
        Input::Url(address) => check_url(&address.text()),
        Input::AnyUrl(text) => check_url(text),
    }
}

fn check_name(name: &Name<'_>, places: Places) {
    let known: Vec<&str> = OPTIONS.iter().map(|option| option.name).collect();
    let name = name.among(&known);
    let is_declared = PLACES
        .iter()
        .any(|(place, members)| places & place != 0 && members.contains(&&*name));
    let found = rules::find(&name, places);
    assert_eq!(found.is_some(), is_declared, "{name} {places}");
    assert!(found.is_none_or(|option| option.name == name));
    let expected = rules::expected_names(places);
    let names = expected
        .strip_prefix("one of the options ")
        .unwrap_or_default();
    let is_listed = !name.is_empty() && names.split(", ").any(|listed| listed == name);
    assert_eq!(is_listed, is_declared, "{name} {places}");
}

/// The rule's words say what it takes, `an integer from 1 to 100`.
fn check_number(index: u8, number: &Number) {
    let integers: Vec<&OptionRule> = OPTIONS
        .iter()
        .filter(|option| matches!(option.rule, Rule::Integer(..)))
        .collect();
    let option = integers[usize::from(index) % integers.len()];
    let words: Vec<&str> = option.expected.split(' ').collect();
    let ["an", "integer", "from", least, "to", most, ..] = words[..] else {
        panic!("{option:?}");
    };
    let [least, most] = [least, most].map(|bound| bound.parse::<f64>().expect("a number"));
    let number = match *number {
        Number::NearLeast(quarters) => least + f64::from(quarters) / 4.0,
        Number::NearMost(quarters) => most + f64::from(quarters) / 4.0,
        Number::Integer(integer) => integer as f64,
        Number::Any(number) => number,
    };
    let Rule::Integer(first, last) = option.rule else {
        unreachable!();
    };
    let is_taken = number >= least && number <= most && number.fract() == 0.0;
    let taken = rules::integer(number, first, last);
    assert_eq!(
        taken.map(f64::from),
        is_taken.then_some(number),
        "{number} {option:?}"
    );
}

fn uuid(bytes: [u8; 16], change: Option<(u8, u8)>) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    let mut uuid = parts.join("-").into_bytes();
    if let Some((position, byte)) = change {
        let index = usize::from(position) % uuid.len();
        uuid[index] = byte;
    }
    String::from_utf8_lossy(&uuid).into_owned()
}

fn check_uuid(text: &str) {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_hex = |part: &&str| part.chars().all(|digit| digit.is_ascii_hexdigit());
    let expected = lengths == [8, 4, 4, 4, 12] && parts.iter().all(is_hex);
    assert_eq!(rules::is_uuid(text), expected, "{text}");
}

fn check_key(key: &str) {
    let is_visible = |character: char| ('!'..='~').contains(&character);
    let is_right = !key.is_empty() && key.chars().all(is_visible);
    match api_key::check(key) {
        Ok(()) => assert!(is_right, "{key}"),
        // One of three descriptions, whatever the key is.
        Err(received) => {
            let is_blank_around = !key.is_empty() && key.trim_ascii().chars().all(is_visible);
            let expected = match key {
                "" => "an empty string",
                _ if is_blank_around => "a string with white space around it",
                _ => "a string with other characters",
            };
            assert_eq!((is_right, received), (false, expected), "{key}");
        }
    }
    assert_eq!(api_key::may_be_in(key), key.contains("sk_"), "{key}");
}

/// A key of at least eight characters is nowhere in what is redacted, nor is the beginning of one before an ellipsis; all other
/// text stays.
fn check_redacted(keys: [&str; 2], parts: &[Part<'_>]) {
    let mut secrets = Secrets::default();
    for key in keys {
        secrets.push(key);
    }
    let keys = keys.map(|key| key.trim_matches(|character: char| !character.is_ascii_graphic()));
    let beginning = |length: u8| {
        let letters = keys[0].chars();
        letters.take(length.into()).collect::<String>()
    };
    let text: String = parts
        .iter()
        .map(|part| match *part {
            Part::FirstKey => keys[0].into(),
            Part::SecondKey => keys[1].into(),
            Part::Beginning(length) => beginning(length),
            Part::Ellipsis => "…".into(),
            Part::Any(text) => text.into(),
        })
        .collect();
    let secret: Vec<&str> = keys.into_iter().filter(|key| key.len() >= 8).collect();
    let redacted = secrets.redact(&text);
    if secret.is_empty() {
        assert_eq!(redacted, text);
    }
    let mut rest = &*text;
    for (index, kept) in redacted.split("[key]").enumerate() {
        for key in &secret {
            assert!(!kept.contains(key), "{key} in {redacted}");
        }
        // What is kept is there in the same order; between, there is a key.
        let position = rest.find(kept).expect("what was there");
        assert!(index > 0 || position == 0, "{text}: {redacted}");
        rest = &rest[position + kept.len()..];
    }
    // What a server has in its JSON was sent to it.
    if secret.iter().any(|key| api_key::check(key).is_err()) {
        return;
    }
    let json = serde_json::to_string(&text).expect("a string");
    let redacted: String = serde_json::from_str(&secrets.redact_json(&json)).expect("JSON");
    for kept in redacted.split("[key]") {
        for key in &secret {
            assert!(!kept.contains(key), "{key} in {redacted}");
        }
    }
}

impl Address<'_> {
    fn text(&self) -> String {
        let optional = |mark: &str, text: Option<&str>| match text {
            Some(text) => [mark, text].concat(),
            None => String::new(),
        };
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
            Scheme::Ftp => "ftp",
            Scheme::Wss => "wss",
        };
        let user = self.user.map(|user| format!("{user}@")).unwrap_or_default();
        let host = self.host.among(&HOSTS);
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let query = optional("?", self.query);
        let fragment = optional("#", self.fragment);
        format!(
            "{scheme}://{user}{host}{port}/{}{query}{fragment}",
            self.path
        )
    }
}

fn check_url(text: &str) {
    // Whatever comes, it does not panic.
    let _ = BaseUrl::from_href(text);
    let Ok(url) = Url::parse(text) else {
        return;
    };
    let is_https = url.scheme() == "https";
    let is_plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let base = BaseUrl::from_href(url.as_str());
    assert_eq!(
        base.is_some(),
        (is_https || url.scheme() == "http") && is_plain,
        "{url}"
    );
    let Some(base) = base else {
        return;
    };
    let is_local = match url.host() {
        Some(Host::Domain(domain)) => domain == "localhost" || domain.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    assert_eq!(base.url, url.as_str().trim_end_matches('/'));
    assert_eq!(base.is_secure, is_https || is_local, "{url}");
    let is_instaview =
        is_https && url.host_str() == Some("api.instaview.sk") && url.port().is_none();
    assert_eq!(base.is_instaview, is_instaview, "{url}");
}
