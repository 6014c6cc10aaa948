//! What a call is made with.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use super::store::Store;

/// Where a request goes and what it is made with, checked.
pub struct Settings {
    /// Where the API is, without slashes at its end.
    pub base_url: String,
    /// What is listed.
    pub params: Params,
    /// Milliseconds for one attempt, its body included.
    pub timeout: u32,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The longest wait, in milliseconds, that the server may demand.
    pub max_rate_limit_wait: u32,
    /// Whether a phone number that breaks the contract is passed on.
    pub is_lenient: bool,
    /// Where the key comes from.
    pub api_key: ApiKey,
    /// The caller's own headers, those of all sources; none where none were given.
    pub headers: Option<Headers>,
    /// The caller's own fetch.
    pub fetch: Option<Function>,
    /// Where processes share the rate limits.
    pub store: Option<Store>,
    /// What ends the call. It is an `AbortSignal` by its behaviour: its methods and properties may throw.
    pub signal: Option<JsValue>,
    /// The client's listener, then the call's own.
    pub listeners: Vec<Function>,
    /// Whether this is a browser.
    pub is_browser: bool,
}

/// The API's parameters. What is absent is not sent, and the API's default counts.
pub struct Params {
    /// Which page.
    pub page: Option<u32>,
    /// How many phone numbers a page holds at most.
    pub limit: Option<u32>,
    /// The company to list.
    pub company_id: Option<String>,
}

/// Where the key of a call comes from.
pub enum ApiKey {
    /// There is none: a backend of the caller's own adds it.
    None,
    /// The key.
    Text(String),
    /// The caller's function, which returns the key or a promise of it at every attempt.
    Function(Function),
}

impl Settings {
    /// The address of the request for the page that the parameters name, or for this one.
    pub fn url(&self, page: Option<u32>) -> String {
        let Params {
            limit, company_id, ..
        } = &self.params;
        let page = page.or(self.params.page);
        let parameters = [
            ("page", page.map(|page| page.to_string())),
            ("limit", limit.map(|limit| limit.to_string())),
            ("companyId", company_id.clone()),
        ];
        let mut url = [&self.base_url, "/phone-numbers"].concat();
        let mut separator = "?";
        // Integers and a UUID need no escapes.
        for (name, value) in parameters {
            if let Some(value) = value {
                for part in [separator, name, "=", &value] {
                    url.push_str(part);
                }
                separator = "&";
            }
        }
        url
    }
}
