//! The options of a call: read and checked, all of them, before anything is sent.
//!
//! TypeScript gives them as JSON, but for a key that is a text. What JSON has no form for it describes, as an object with the member `is`.
//!
//! Source: InstaView's documentation, "List phone numbers", query parameters; and the guides on authentication and ATS keys.

mod rules;
mod sources;

use tsify::Tsify;

use self::rules::{ATS, FUNCTION, LENIENT, OPTIONS, is};
use crate::api_key;
use crate::base_url::{self, BaseUrl};
use crate::failure::{self, InstaViewErrorType};
use crate::issue::{Issues, Received};
use crate::json::{Json, Members, Object};
use crate::text::concat;

/// Where a call is made, as far as it matters: the first element of what TypeScript gives.
///
/// @internal
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Surroundings {
    /// Which page of a listing it is; absent for a single page.
    #[tsify(optional, type = "number | undefined")]
    pub page: Option<u32>,
    /// The environment variable `INSTAVIEW_API_KEY`, where the option is absent, described like it.
    #[tsify(optional, type = "unknown")]
    pub api_key: Option<String>,
    /// The environment variable `INSTAVIEW_BASE_URL`, where the option is absent, as far as it can be shown.
    #[tsify(optional, type = "unknown")]
    pub base_url: Option<String>,
    /// The base URL as `URL` has parsed it, where one is given that can be.
    #[tsify(
        optional,
        type = "{ href: string; origin: string; hostname: string } | undefined"
    )]
    pub url: Option<String>,
    /// Whether this is a browser, where a key can be read by anyone.
    pub is_browser: bool,
}

/// The options that a call needs, checked.
///
/// @internal
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Where the request goes.
    pub url: String,
    /// Where the API is.
    pub base_url: String,
    /// Milliseconds for one attempt, its body included.
    pub timeout: u32,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The longest wait, in milliseconds, that the server may ask for.
    pub max_rate_limit_wait: u32,
    /// Whether a phone number that breaks the contract is passed on.
    pub is_lenient: bool,
}

/// The numbers among the settings, and their defaults.
const DEFAULTS: [(&str, &str); 3] = [
    ("timeout", "30000"),
    ("maxRetries", "2"),
    ("maxRateLimitWait", "60000"),
];

/// Reads and checks every option, and lists every problem. `given` is a list: the [`Surroundings`], the criteria that a phone
/// number is found by, or null, and the sources of the options, from the one that gives the defaults to the one that has the
/// last word: everything in one object, or a client's options, the parameters and the options of the call. Each is an object,
/// or a list with what it is instead. The key comes apart from them, where it is a text. The [`Settings`] as JSON, or the
/// failure.
pub fn read(given: &str, key: &str) -> Result<String, String> {
    let given = Json::parse(given).map(Json::elements).unwrap_or_default();
    let [surroundings, criteria, sources @ ..] = given.as_slice() else {
        return Err(failure::failure(InstaViewErrorType::Internal).end());
    };
    let given = surroundings.members();
    let page = given.get("page").map(Json::raw);
    let mut arguments = Issues::default();
    let (options, are_readable) = sources::read(sources, *criteria, page.is_some(), &mut arguments);
    let mut reader = Reader {
        options,
        are_readable,
        surroundings: given,
        arguments,
        configuration: Issues::default(),
    };
    for (name, _, rule, expected) in &OPTIONS {
        let value = reader.options.get(name);
        if value.is_some_and(|value| !rule.accepts(value, expected)) {
            let received = Received::Value(value);
            reader.arguments.push(&[name], expected, received);
        }
    }
    reader.company();
    reader.headers();
    let url = reader.surroundings.get("url").map(Json::members);
    let url = url.unwrap_or_default();
    let base_url = reader.base_url(&url);
    reader.api_key(key, base_url);
    reader.settings(base_url, page)
}

/// Takes options from their sources, and collects what is wrong with them.
struct Reader<'a> {
    surroundings: Members<'a>,
    options: Members<'a>,
    /// Whether an option that is not found is absent.
    are_readable: bool,
    /// Parameters and options that are wrong.
    arguments: Issues,
    /// Keys and addresses that must not be used together, or here.
    configuration: Issues,
}

impl<'a> Reader<'a> {
    /// All that is right, or the failure.
    fn settings(self, base_url: Option<BaseUrl<'_>>, page: Option<&str>) -> Result<String, String> {
        use InstaViewErrorType::{Configuration, InvalidArgument};
        let Some(base_url) = base_url.filter(|_| self.arguments.is_empty()) else {
            let mut issues = self.arguments;
            issues.append(self.configuration);
            return Err(failure::of_issues(InvalidArgument, issues));
        };
        if !self.configuration.is_empty() {
            return Err(failure::of_issues(Configuration, self.configuration));
        }
        let url = concat(&[base_url.trimmed(), "/phone-numbers", &self.query(page)]);
        let mut settings = Object::default();
        settings
            .text("url", &url)
            .text("baseUrl", base_url.trimmed());
        for (name, default) in DEFAULTS {
            let value = self.options.get(name);
            settings.raw(name, value.map_or(default, Json::raw));
        }
        let is_lenient = self.options.is("validation", LENIENT);
        let is_lenient = if is_lenient { "true" } else { "false" };
        Ok(settings.raw("isLenient", is_lenient).end())
    }

    /// The query of the request, question mark included. What is absent is not sent, and the API's default counts; but the
    /// pages of a listing are as long as they can be.
    fn query(&self, listed: Option<&str>) -> String {
        let mut query = String::new();
        for name in ["page", "limit", "companyId"] {
            let value = self.options.get(name);
            let value = match (name, listed, value) {
                ("page", Some(page), _) => page,
                ("limit", Some(_), None) => "100",
                (_, _, None) => continue,
                // Without the quotation marks of a text.
                (_, _, Some(value)) => value.inner().unwrap_or(value.raw()),
            };
            let separator = if query.is_empty() { "?" } else { "&" };
            for part in [separator, name, "=", value] {
                query.push_str(part);
            }
        }
        query
    }

    /// An ATS key manages many companies.
    fn company(&mut self) {
        if self.options.is("keyType", ATS) && self.options.get("companyId").is_none() {
            let expected = "a company's UUID, in the call or in the client's options: an ATS key manages many companies";
            self.arguments
                .push(&["companyId"], expected, Received::Value(None));
        }
    }

    /// The headers of every source. One may be a secret: no value is shown.
    fn headers(&mut self) {
        let wrong = self
            .options
            .all("headers")
            .filter(|given| !is(*given, "headers"));
        for _ in 0..wrong.count() {
            let expected = "a Headers, an array of pairs of strings, or an object of strings";
            let received = Received::Words("a value that is none");
            self.arguments.push(&["headers"], expected, received);
        }
    }

    /// The address; nothing where it is none, which is listed.
    fn base_url<'u>(&mut self, url: &Members<'u>) -> Option<BaseUrl<'u>> {
        let option = self.options.get("baseUrl");
        let Some(value) = option.or(self.surroundings.get("baseUrl")) else {
            return Some(BaseUrl::INSTAVIEW);
        };
        let part = |name: &str| url.get(name).and_then(Json::inner).unwrap_or_default();
        let base_url = BaseUrl {
            href: part("href"),
            origin: part("origin"),
            hostname: part("hostname"),
        };
        if base_url.is_plain() {
            return Some(base_url);
        }
        let path = match option {
            Some(_) => "baseUrl",
            None => "INSTAVIEW_BASE_URL",
        };
        let received = Received::Value(Some(value));
        self.arguments.push(&[path], base_url::EXPECTED, received);
        None
    }

    /// The key, where there is one, may be sent; where there is none, the base URL must be the caller's own.
    fn api_key(&mut self, key: &str, base_url: Option<BaseUrl<'_>>) {
        let option = self.options.get("apiKey");
        let variable = self.surroundings.get("apiKey");
        let path = match (option, variable) {
            (None, Some(_)) => "INSTAVIEW_API_KEY",
            _ => "apiKey",
        };
        match option.or(variable) {
            Some(value) if is(value, "a text") => {
                if let Err(received) = api_key::check(key) {
                    self.misconfigured(path, api_key::EXPECTED, received);
                }
            }
            None => {
                if self.are_readable && base_url.is_some_and(|url| url.is_instaview()) {
                    let expected = "an API key, here or in INSTAVIEW_API_KEY, or the `baseUrl` of a backend that adds it";
                    self.configuration
                        .push(&[path], expected, Received::Value(None));
                }
                return;
            }
            Some(value) if is(value, FUNCTION) => {}
            _ => {
                // Whatever it is, there may be a key in it.
                let expected = "a string, or a function that gives one";
                let received = Received::Words("a value of another type");
                self.arguments.push(&[path], expected, received);
                return;
            }
        }
        if base_url.is_some_and(|base_url| !base_url.is_secure()) {
            let received = "an http URL of another machine";
            self.misconfigured("baseUrl", base_url::EXPECTED_SECURE, received);
        }
        let is_browser = self.surroundings.is("isBrowser", "true");
        if is_browser && !self.options.is("dangerouslyAllowBrowser", "true") {
            let expected = "no key in a browser, where anyone can read it: give the `baseUrl` of a backend that adds it, \
                            or allow it with `dangerouslyAllowBrowser`";
            self.misconfigured(path, expected, "a key");
        }
    }

    fn misconfigured(&mut self, path: &str, expected: &str, received: &str) {
        self.configuration
            .push(&[path], expected, Received::Words(received));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
