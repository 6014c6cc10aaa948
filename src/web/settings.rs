//! What a call is made with: its options, read and checked, all of them before anything is sent.

use wasm_bindgen::prelude::*;

use super::api_key::ApiKey;
use super::outcome::Rejection;
use super::platform::{self, add_headers, href, member};
use super::sources::Sources;
use crate::api_key;
use crate::base_url::{self, BaseUrl};
use crate::failure::{Failure, InstaViewErrorType};
use crate::issue::Issue;
use crate::params::{self, IntegerRule, ListPhoneNumbersParams};
use crate::value::{Kind, Value};

/// Milliseconds for one attempt, its body included.
const DEFAULT_TIMEOUT: u32 = 30_000;

/// Retries after the first attempt.
const DEFAULT_MAX_RETRIES: u32 = 2;

/// Milliseconds that the server may ask to wait.
const DEFAULT_MAX_RATE_LIMIT_WAIT: u32 = 60_000;

#[wasm_bindgen(typescript_custom_section)]
const ENVIRONMENT: &str = "
/**
 * What the core asks of the place that it runs in.
 *
 * @internal
 */
export interface Environment {
    /** An environment variable, where there are any. */
    variable(name: string): string | undefined;
    /** Whether this is a browser, where a key can be read by anyone. */
    readonly isBrowser: boolean;
    /** What a relative URL is relative to. */
    readonly baseUri: string | undefined;
    /** Calls the listener. What it throws, or rejects with, goes where uncaught errors go. */
    notify(listener: Function, event: ClientEvent): void;
    /** Calls back when the signal is aborted. */
    subscribe(signal: AbortSignal, callback: () => void): void;
    /** Takes the callback back. */
    unsubscribe(signal: AbortSignal, callback: () => void): void;
    /** Builds a page out of its text, the table of its values, the place of its array, and its counts. */
    buildPage(
        text: string, table: Int32Array, start: number, end: number,
        total: number, page: number, limit: number, totalPages: number,
    ): PhoneNumberPage;
}
";

#[wasm_bindgen]
extern "C" {
    /// What the core asks of the place that it runs in; the TypeScript above says more.
    #[derive(Clone)]
    #[wasm_bindgen(typescript_type = "Environment")]
    pub type Environment;

    #[wasm_bindgen(method)]
    fn variable(this: &Environment, name: &str) -> Option<String>;

    #[wasm_bindgen(method, getter, js_name = isBrowser)]
    fn is_browser(this: &Environment) -> bool;

    #[wasm_bindgen(method, getter, js_name = baseUri)]
    fn base_uri(this: &Environment) -> Option<String>;

    #[wasm_bindgen(method)]
    pub(super) fn notify(this: &Environment, listener: &JsValue, event: &JsValue);

    #[wasm_bindgen(method, js_name = buildPage)]
    pub(super) fn build_page(
        this: &Environment,
        text: &str,
        table: &[i32],
        start: u32,
        end: u32,
        total: f64,
        page: f64,
        limit: f64,
        total_pages: f64,
    ) -> JsValue;
}

/// The options of one call, checked.
pub struct Settings {
    pub params: ListPhoneNumbersParams,
    pub base_url: BaseUrl,
    pub api_key: ApiKey,
    pub headers: JsValue,
    pub timeout: u32,
    pub max_retries: u32,
    pub max_rate_limit_wait: f64,
    /// Whether a phone number that breaks the contract is passed on.
    pub is_lenient: bool,
    /// The caller's own; undefined where there is none.
    pub signal: JsValue,
    /// The same.
    pub fetch: JsValue,
    /// The same.
    pub on_event: JsValue,
    pub is_browser: bool,
}

impl Settings {
    /// Reads and checks every option, and lists every problem.
    pub fn read(sources: &Sources, environment: &Environment) -> Result<Box<Self>, Rejection> {
        let mut reader = Reader::new(sources, environment);
        let params = reader.params();
        reader.listing();
        reader.criteria();
        let timeout = reader.integer("timeout", &params::TIMEOUT);
        let max_retries = reader.integer("maxRetries", &params::MAX_RETRIES);
        let max_rate_limit_wait = reader.integer("maxRateLimitWait", &params::MAX_RATE_LIMIT_WAIT);
        let validations = ["strict", "lenient"];
        let is_lenient = reader.is_second("validation", validations, "\"strict\" or \"lenient\"");
        let signal = reader.signal();
        let fetch = reader.function("fetch");
        let on_event = reader.function("onEvent");
        let headers = reader.headers();
        let base_url = reader.base_url();
        let api_key = reader.api_key(base_url.as_ref());
        match base_url {
            Some(base_url) if reader.arguments.is_empty() && reader.configuration.is_empty() => {
                Ok(Box::new(Self {
                    params,
                    base_url,
                    api_key,
                    headers,
                    timeout: timeout.unwrap_or(DEFAULT_TIMEOUT),
                    max_retries: max_retries.unwrap_or(DEFAULT_MAX_RETRIES),
                    max_rate_limit_wait: max_rate_limit_wait
                        .unwrap_or(DEFAULT_MAX_RATE_LIMIT_WAIT)
                        .into(),
                    is_lenient,
                    signal,
                    fetch,
                    on_event,
                    is_browser: environment.is_browser(),
                }))
            }
            _ => Err(reader.failure().into()),
        }
    }
}

/// Takes options from their sources, and collects what is wrong with them.
struct Reader<'a> {
    sources: &'a Sources,
    environment: &'a Environment,
    /// Whether an option that is not found is absent.
    is_readable: bool,
    /// Parameters and options that are wrong.
    arguments: Vec<Issue>,
    /// Keys and addresses that must not be used together, or here.
    configuration: Vec<Issue>,
}

impl<'a> Reader<'a> {
    fn new(sources: &'a Sources, environment: &'a Environment) -> Self {
        let mut arguments = Vec::new();
        Self {
            sources,
            environment,
            is_readable: sources.check(&mut arguments),
            arguments,
            configuration: Vec::new(),
        }
    }

    fn failure(self) -> Failure {
        let r#type = if self.arguments.is_empty() {
            InstaViewErrorType::Configuration
        } else {
            InstaViewErrorType::InvalidArgument
        };
        let mut issues = self.arguments;
        issues.extend(self.configuration);
        let mut failure = Failure::of_issues(r#type, issues);
        // It may have been given in the wrong place too.
        if let Some(key) = self.sources.get("apiKey").as_string() {
            failure.redact(&key);
        }
        failure
    }

    /// The value of a check, or its issue in the list.
    fn checked<T>(&mut self, result: Result<Option<T>, Issue>) -> Option<T> {
        result.unwrap_or_else(|issue| {
            self.arguments.push(issue);
            None
        })
    }

    fn integer(&mut self, name: &str, rule: &IntegerRule) -> Option<u32> {
        self.checked(params::integer(name, &self.sources.get(name), rule))
    }

    fn params(&mut self) -> ListPhoneNumbersParams {
        let page = self.integer("page", &params::PAGE);
        let limit = self.integer("limit", &params::LIMIT);
        let company_id = self.sources.get("companyId");
        let is_ats = self.is_second("keyType", ["company", "ats"], "\"company\" or \"ats\"");
        if is_ats && company_id.is_undefined() {
            let expected = "a company's UUID, in the call or in the client's options: an ATS key manages many companies";
            self.refuse("companyId", expected, &company_id);
        }
        ListPhoneNumbersParams {
            page,
            limit,
            company_id: self.checked(params::company_id(&company_id)),
        }
    }

    /// What a listing has beside the API's parameters: TypeScript lists the pages by it.
    fn listing(&mut self) {
        self.integer("concurrency", &params::CONCURRENCY);
        let consistencies = ["lenient", "strict"];
        self.is_second("consistency", consistencies, "\"lenient\" or \"strict\"");
    }

    /// What a phone number is found by: TypeScript finds it.
    fn criteria(&mut self) {
        for name in ["capability", "status", "provider", "numberType"] {
            let value = self.sources.get(name);
            if !matches!(value.kind(), Kind::Undefined | Kind::String) {
                self.refuse(name, "a string", &value);
            }
        }
        self.boolean("custom");
        let _ = self.function("where");
    }

    /// Whether an option is true; absent is false.
    fn boolean(&mut self, name: &str) -> bool {
        let value = self.sources.get(name);
        if !matches!(value.kind(), Kind::Undefined | Kind::Boolean(_)) {
            self.refuse(name, "a boolean", &value);
        }
        value == JsValue::TRUE
    }

    /// A signal is recognised by its behaviour: one of another realm is no instance of this realm's class.
    fn signal(&mut self) -> JsValue {
        let signal = self.sources.get("signal");
        let is_method = |name: &str| member(&signal, name).kind() == Kind::Function;
        let is_signal = matches!(member(&signal, "aborted").kind(), Kind::Boolean(_))
            && is_method("addEventListener")
            && is_method("removeEventListener");
        if !is_signal && !signal.is_undefined() {
            self.refuse("signal", "an AbortSignal", &signal);
        }
        signal
    }

    fn function(&mut self, name: &str) -> JsValue {
        let value = self.sources.get(name);
        if !matches!(value.kind(), Kind::Undefined | Kind::Function) {
            self.refuse(name, "a function", &value);
        }
        value
    }

    /// Whether an option that is one of two words is the second; the first is the default.
    fn is_second(&mut self, name: &str, words: [&str; 2], expected: &str) -> bool {
        let value = self.sources.get(name);
        let word = value.as_string();
        if !value.is_undefined() && !words.iter().any(|known| word.as_deref() == Some(*known)) {
            self.refuse(name, expected, &value);
        }
        word.as_deref() == words.last().copied()
    }

    /// The headers of every source, the later over the earlier. One may be a secret: no value is shown.
    fn headers(&mut self) -> JsValue {
        let headers = platform::headers();
        for given in self.sources.all("headers") {
            if !add_headers(&headers, &given) {
                let expected = "a Headers, an array of pairs of strings, or an object of strings";
                let issue = Issue::with_received("headers", expected, "a value that is none");
                self.arguments.push(issue);
            }
        }
        headers
    }

    fn base_url(&mut self) -> Option<BaseUrl> {
        let value = self.sources.get("baseUrl");
        let (path, text) = if value.is_undefined() {
            let variable = self.environment.variable("INSTAVIEW_BASE_URL");
            (
                "INSTAVIEW_BASE_URL",
                variable.or_else(|| Some(base_url::DEFAULT.into())),
            )
        } else if value.kind() == Kind::Object {
            ("baseUrl", member(&value, "href").as_string())
        } else {
            ("baseUrl", value.as_string())
        };
        let base_url = text.as_deref().and_then(|text| self.parse(text));
        if base_url.is_none() {
            let received = match text {
                Some(text) => base_url::shown(&text),
                None => value.shown(),
            };
            self.arguments
                .push(Issue::with_received(path, base_url::EXPECTED, received));
        }
        base_url
    }

    fn parse(&self, text: &str) -> Option<BaseUrl> {
        BaseUrl::from_href(&href(text, self.environment.base_uri())?)
    }

    /// The key, where there is one and it may be sent; where there is none, the base URL must be the caller's own.
    fn api_key(&mut self, base_url: Option<&BaseUrl>) -> ApiKey {
        let is_allowed_in_browser = self.boolean("dangerouslyAllowBrowser");
        let value = self.sources.get("apiKey");
        let variable = if value.is_undefined() {
            self.environment.variable("INSTAVIEW_API_KEY")
        } else {
            None
        };
        let path = if variable.is_some() {
            "INSTAVIEW_API_KEY"
        } else {
            "apiKey"
        };
        let api_key = match (value.kind(), variable.or_else(|| value.as_string())) {
            (_, Some(key)) => ApiKey::Text(key),
            (Kind::Undefined, None) => ApiKey::None,
            (Kind::Function, None) => ApiKey::Function(value),
            _ => {
                // Whatever it is, there may be a key in it.
                let expected = "a string, or a function that gives one";
                let issue = Issue::with_received(path, expected, "a value of another type");
                self.arguments.push(issue);
                return ApiKey::None;
            }
        };
        if let ApiKey::Text(key) = &api_key
            && let Err(received) = api_key::check(key)
        {
            self.misconfigured(path, api_key::EXPECTED, received);
        }
        if let ApiKey::None = api_key {
            if self.is_readable && base_url.is_some_and(BaseUrl::is_instaview) {
                self.misconfigured(
                    path,
                    "an API key, here or in INSTAVIEW_API_KEY, or the `baseUrl` of a backend that adds it",
                    "undefined",
                );
            }
            return api_key;
        }
        if base_url.is_some_and(|base_url| !base_url.is_secure()) {
            self.misconfigured(
                "baseUrl",
                base_url::EXPECTED_SECURE,
                "an http URL of another machine",
            );
        }
        if self.environment.is_browser() && !is_allowed_in_browser {
            self.misconfigured(
                path,
                "no key in a browser, where anyone can read it: give the `baseUrl` of a backend that adds it, \
                 or allow it with `dangerouslyAllowBrowser`",
                "a key",
            );
        }
        api_key
    }

    fn refuse(&mut self, name: &str, expected: &str, value: &JsValue) {
        self.arguments.push(Issue::new(name, expected, value));
    }

    fn misconfigured(&mut self, path: &str, expected: &str, received: &str) {
        self.configuration
            .push(Issue::with_received(path, expected, received));
    }
}
