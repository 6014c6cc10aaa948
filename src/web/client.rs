//! What JavaScript calls.

use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::call::{self, ClientState};
use super::environment::Environment;
use super::error::Rejection;
use super::event::{Events, to_js};
use super::interrupts::Signal;
use super::options::{Settings, Source, read_settings};
use super::trap;
use crate::event::CallEvent;
use crate::options::rules::{CLIENT, CRITERIA, LISTING, PARAMS, REQUEST};

/// Lists one page of a company's phone numbers.
///
/// @param options - How to reach the API, and what to list. Default: the first page, with the key of the environment
/// variable `INSTAVIEW_API_KEY`.
/// @returns The page, whichever of the documented envelopes the API used. It rejects with an error whose `name` is
/// `InstaViewError` and whose `type` says what went wrong; or with `signal.reason` after an abort.
#[wasm_bindgen(
    js_name = listPhoneNumbers,
    unchecked_return_type = "Promise<PhoneNumberPage>"
)]
pub fn list_phone_numbers(
    #[wasm_bindgen(unchecked_optional_param_type = "ListPhoneNumbersOptions")] options: &JsValue,
) -> Promise {
    trap::at("call");
    let options = Source::read(options, "options", CLIENT | PARAMS | REQUEST);
    let settings = read_settings(&[&options], &Environment::current(), false);
    call::start(Rc::default(), settings.map(Rc::new), None, None, None)
}

/// Checks the options of a listing in one object, and the criteria of a search.
///
/// @throws An error whose `name` is `InstaViewError`.
#[wasm_bindgen(js_name = openListing)]
pub fn open_listing(
    #[wasm_bindgen(
        unchecked_param_type = "ClientOptions & ListAllParams & RequestOptions | undefined"
    )]
    options: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "PhoneNumberCriteria | undefined")] criteria: &JsValue,
) -> Result<Listing, JsValue> {
    let options = Source::read(options, "options", CLIENT | LISTING | REQUEST);
    let criteria = Source::read(criteria, "criteria", CRITERIA);
    Listing::open(Rc::default(), &[&options, &criteria])
}

/// The calls of one client, which share its configuration and what is known of the rate limit.
#[wasm_bindgen]
pub struct InstaViewClient {
    state: Rc<ClientState>,
    options: Source,
}

#[wasm_bindgen]
impl InstaViewClient {
    /// Reads the options; the first call checks them.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_optional_param_type = "ClientOptions")] options: &JsValue,
    ) -> Self {
        trap::at("client");
        Self {
            state: Rc::default(),
            options: Source::read(options, "options", CLIENT),
        }
    }

    /// Lists one page of a company's phone numbers.
    #[wasm_bindgen(
        js_name = listPhoneNumbers,
        unchecked_return_type = "Promise<PhoneNumberPage>"
    )]
    pub fn list_phone_numbers(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "ListPhoneNumbersParams")] params: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "RequestOptions")] options: &JsValue,
    ) -> Promise {
        trap::at("client's call");
        let params = Source::read(params, "params", PARAMS);
        let options = Source::read(options, "options", REQUEST);
        let sources = [&self.options, &params, &options];
        let settings = read_settings(&sources, &Environment::current(), false);
        call::start(self.state.clone(), settings.map(Rc::new), None, None, None)
    }

    /// Checks the options of a listing, and the criteria of a search.
    ///
    /// @throws An error whose `name` is `InstaViewError`.
    #[wasm_bindgen(js_name = openListing)]
    pub fn open_listing(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ListAllParams | undefined")] params: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "RequestOptions | undefined")] options: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "PhoneNumberCriteria | undefined")]
        criteria: &JsValue,
    ) -> Result<Listing, JsValue> {
        let params = Source::read(params, "params", LISTING);
        let options = Source::read(options, "options", REQUEST);
        let criteria = Source::read(criteria, "criteria", CRITERIA);
        let sources = [&self.options, &params, &options, &criteria];
        Listing::open(self.state.clone(), &sources)
    }

    /// The rate limit as the server last reported it. Undefined before, and where it cannot be read.
    #[wasm_bindgen(
        getter,
        js_name = rateLimit,
        unchecked_return_type = "RateLimit | undefined"
    )]
    pub fn rate_limit(&self) -> JsValue {
        trap::at("rate limit");
        self.state
            .rate_limit
            .get()
            .as_ref()
            .map(to_js)
            .unwrap_or_default()
    }
}

/// A listing whose pages are requested one by one, with options that were checked once.
#[wasm_bindgen]
pub struct Listing {
    client: Rc<ClientState>,
    settings: Rc<Settings>,
    events: Events,
}

impl Listing {
    fn open(client: Rc<ClientState>, sources: &[&Source]) -> Result<Self, JsValue> {
        trap::at("listing");
        let settings = read_settings(sources, &Environment::current(), true)
            .map_err(|failure| JsValue::from(Rejection::from(failure)))?;
        Ok(Self {
            client,
            events: Events::new(settings.listeners.clone()),
            settings: Rc::new(settings),
        })
    }
}

#[wasm_bindgen]
impl Listing {
    /// Requests a page, which is given with the number of attempts. The signal ends the request, as the caller's own does.
    #[wasm_bindgen(unchecked_return_type = "Promise<[page: PhoneNumberPage, attempts: number]>")]
    pub fn page(
        &self,
        page: u32,
        #[wasm_bindgen(unchecked_param_type = "AbortSignal")] cancelled: Signal,
    ) -> Promise {
        trap::at("listing's page");
        let settings = Ok(self.settings.clone());
        let events = Some(self.events.clone());
        call::start(
            self.client.clone(),
            settings,
            events,
            Some(page),
            Some(cancelled),
        )
    }

    /// Emits a `listingChanged` event: the listing has changed while it was read.
    #[wasm_bindgen(js_name = emitChange)]
    pub fn emit_change(&self, page: u32, expected_total: f64, total: f64, duplicates: u32) {
        trap::at("listing's change");
        self.events.emit(|| CallEvent::ListingChanged {
            page,
            expected_total,
            total,
            duplicates,
        });
    }
}
