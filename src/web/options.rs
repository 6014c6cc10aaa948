//! Checking the options of a call, all of them, before anything is sent.

use wasm_bindgen::prelude::*;
use web_sys::Headers;

use super::environment::Environment;
pub use super::settings::{ApiKey, Params, Settings};
pub use super::source::Source;
use super::source::{Sources, Value};
use super::url;
use crate::api_key::{self, Secrets};
use crate::base_url::{self, BaseUrl};
use crate::error::{Failure, InstaViewErrorType};
use crate::issue::Issue;
use crate::options::rules::{
    DEFAULT_LISTING_LIMIT, DEFAULT_MAX_RATE_LIMIT_WAIT, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT,
    OPTIONS, Rule,
};

#[wasm_bindgen(module = "/src/web/caller.js")]
extern "C" {
    /// A copy of the defaults in which each name of the others has their value instead. None where the caller's code has broken
    /// the platform's `Headers`.
    #[wasm_bindgen(js_name = mergeHeaders)]
    fn merge_headers(defaults: Option<&Headers>, others: &Headers) -> Option<Headers>;
}

/// Checks everything, and lists every problem. The sources are ordered from the one that gives the defaults to the one that has
/// the last word: everything in one object, or a client's options, the parameters and the options of the call; then the
/// criteria, where there are any. What a listing may not be given, such as a page, its sources have refused; its `limit` has a
/// default here.
pub fn read_settings(
    sources: &[&Source],
    environment: &Environment,
    is_listing: bool,
) -> Result<Settings, Box<Failure>> {
    let sources = Sources(sources);
    let mut checker = Checker::new(sources, environment);
    checker.check_rules();
    checker.check_company();
    let headers = checker.headers();
    let base_url = checker.base_url();
    let api_key = checker.api_key(base_url.as_ref());
    let Some(base_url) = base_url.filter(|_| checker.has_no_issues()) else {
        return Err(Box::new(checker.failure()));
    };
    let default_limit = is_listing.then_some(DEFAULT_LISTING_LIMIT);
    Ok(Settings {
        base_url: base_url.url,
        params: Params {
            page: sources.integer("page"),
            limit: sources.integer("limit").or(default_limit),
            company_id: sources.text("companyId").map(Into::into),
        },
        timeout: sources.integer("timeout").unwrap_or(DEFAULT_TIMEOUT),
        max_retries: sources.integer("maxRetries").unwrap_or(DEFAULT_MAX_RETRIES),
        max_rate_limit_wait: sources
            .integer("maxRateLimitWait")
            .unwrap_or(DEFAULT_MAX_RATE_LIMIT_WAIT),
        is_lenient: sources.flag("validation"),
        api_key,
        headers,
        fetch: match sources.get("fetch") {
            Some(Value::Function(fetch)) => Some(fetch.clone()),
            _ => None,
        },
        signal: match sources.get("signal") {
            Some(Value::Signal(signal)) => Some(signal.clone()),
            _ => None,
        },
        store: match sources.get("rateLimitStore") {
            Some(Value::Store(store)) => Some(store.clone()),
            _ => None,
        },
        listeners: sources.listeners(),
        is_browser: checker.is_browser,
    })
}

/// Takes options from their sources, and collects what is wrong with them.
struct Checker<'a> {
    sources: Sources<'a>,
    environment: &'a Environment,
    is_browser: bool,
    /// Parameters and options that are wrong.
    arguments: Vec<Issue>,
    /// Keys and addresses that must not be used together, or here.
    configuration: Vec<Issue>,
    /// What no issue may show, should it have been given as another option too.
    secrets: Secrets,
}

impl<'a> Checker<'a> {
    fn new(sources: Sources<'a>, environment: &'a Environment) -> Self {
        let mut arguments = Vec::new();
        for source in sources.0 {
            arguments.extend_from_slice(&source.issues);
        }
        Self {
            sources,
            environment,
            is_browser: environment.is_browser(),
            arguments,
            configuration: Vec::new(),
            secrets: Secrets::default(),
        }
    }

    /// Checks what needs no more than the table of options.
    fn check_rules(&mut self) {
        // Mostly, all is right, and there is nothing to put in the table's order.
        if !self.sources.0.iter().any(|source| source.has_wrong_values) {
            return;
        }
        for option in &OPTIONS {
            if matches!(option.rule, Rule::Headers | Rule::Url | Rule::Key) {
                continue;
            }
            // Every listener is called; of other options, the last value alone counts.
            let mut values = self.sources.all(option.name);
            if option.name != "onEvent" {
                values = values.pop().into_iter().collect();
            }
            for value in values {
                if let Value::Wrong(issue) = value {
                    self.arguments.push(issue.clone());
                }
            }
        }
    }

    fn check_company(&mut self) {
        if self.sources.flag("keyType") && self.sources.get("companyId").is_none() {
            let expected = "a company's UUID, in the call or in the client's options: an ATS key manages many companies";
            self.arguments
                .push(Issue::new("companyId", expected, "undefined"));
        }
    }

    /// The headers of all sources, those of the later ones instead of the earlier ones.
    fn headers(&mut self) -> Option<Headers> {
        let mut merged = None;
        for value in self.sources.all("headers") {
            match value {
                Value::Headers(headers) => {
                    merged = merge_headers(merged.as_ref(), headers);
                    if merged.is_none() {
                        let expected = "a `Headers` that can be copied";
                        self.misconfigured("headers", expected, "one that throws");
                    }
                }
                Value::Wrong(issue) => self.arguments.push(issue.clone()),
                _ => {}
            }
        }
        merged
    }

    /// The address; none where it is wrong, which is listed.
    fn base_url(&mut self) -> Option<BaseUrl> {
        let variable;
        let (path, text) = match self.sources.get("baseUrl") {
            Some(Value::Url {
                absolute: Some(base_url),
                ..
            }) => return Some(base_url.clone()),
            Some(Value::Url { text, .. }) => ("baseUrl", text),
            Some(Value::Wrong(issue)) => {
                self.arguments.push(issue.clone());
                return None;
            }
            _ => match self.environment.base_url() {
                Some(text) => {
                    variable = text;
                    ("INSTAVIEW_BASE_URL", &variable)
                }
                None => return Some(BaseUrl::instaview()),
            },
        };
        let base_url = url::parse(text, self.environment);
        if base_url.is_none() {
            let issue = Issue::new(path, base_url::EXPECTED, &url::describe(text));
            self.arguments.push(issue);
        }
        base_url
    }

    /// The key, where there is one and it may be sent; where there is none, the base URL must be the caller's own.
    fn api_key(&mut self, base_url: Option<&BaseUrl>) -> ApiKey {
        let (path, api_key) = match self.sources.get("apiKey") {
            Some(Value::Text(key)) => ("apiKey", ApiKey::Text(key.clone())),
            Some(Value::Function(function)) => ("apiKey", ApiKey::Function(function.clone())),
            Some(Value::Wrong(issue)) => {
                self.arguments.push(issue.clone());
                return ApiKey::None;
            }
            _ => match self.environment.api_key() {
                Some(key) => ("INSTAVIEW_API_KEY", ApiKey::Text(key)),
                None => ("apiKey", ApiKey::None),
            },
        };
        match &api_key {
            ApiKey::None => {
                // In an object that cannot be read, there may be a key.
                let is_absent = self.sources.0.iter().all(|source| source.is_readable);
                if is_absent && base_url.is_some_and(|url| url.is_instaview) {
                    let expected = "an API key, here or in INSTAVIEW_API_KEY, or the `baseUrl` of a backend that adds it";
                    self.misconfigured(path, expected, "undefined");
                }
                return api_key;
            }
            ApiKey::Text(key) => {
                self.secrets.push(key);
                if let Err(received) = api_key::check(key) {
                    self.misconfigured(path, api_key::EXPECTED, received);
                }
            }
            ApiKey::Function(_) => {}
        }
        if base_url.is_some_and(|url| !url.is_secure) {
            let received = "an http URL of another machine";
            self.misconfigured("baseUrl", base_url::EXPECTED_SECURE, received);
        }
        if self.is_browser && !self.sources.flag("dangerouslyAllowBrowser") {
            let expected = "no key in a browser, where anyone can read it: give the `baseUrl` of a backend that adds it, \
                            or allow it with `dangerouslyAllowBrowser`";
            self.misconfigured(path, expected, "a key");
        }
        api_key
    }

    fn misconfigured(&mut self, path: &str, expected: &str, received: &str) {
        self.configuration
            .push(Issue::new(path, expected, received));
    }

    fn has_no_issues(&self) -> bool {
        self.arguments.is_empty() && self.configuration.is_empty()
    }

    fn failure(mut self) -> Failure {
        let r#type = if self.arguments.is_empty() {
            InstaViewErrorType::Configuration
        } else {
            InstaViewErrorType::InvalidArgument
        };
        self.arguments.append(&mut self.configuration);
        for issue in &mut self.arguments {
            issue.path = self.secrets.redact(&issue.path);
            issue.received = self.secrets.redact(&issue.received);
        }
        Failure::from_issues(r#type, self.arguments)
    }
}
