//! What JavaScript calls. What waits, and what looks at foreign values, is TypeScript (`pkg-template/src`); what follows from
//! it, this crate decides. Each function gets what is known, and gives what is decided, as numbers, bytes or JSON.

use scan::{MOST_NESTED, SyntaxError};
use wasm_bindgen::prelude::*;

use crate::api_error;
use crate::decode::{self, Answer, DecodeError};
use crate::failure::{self, InstaViewErrorType};
use crate::options;
use crate::pacer::{Pacer, Window};
use crate::retry::{self, Failed, Patience};
use crate::text::{concat, decimal};

/// Checks the options of a call, as [`options::read`] does; gives a `Settings` or a `Failure` as JSON.
#[wasm_bindgen]
pub fn read_options(given: &str, key: &str) -> String {
    options::read(given, key).unwrap_or_else(|failure| failure)
}

/// What the calls of one client share: what is known of the rate limit. Times are Unix times in milliseconds, by the local
/// clock.
#[wasm_bindgen]
#[derive(Default)]
pub struct Client {
    pacer: Pacer,
}

#[wasm_bindgen]
impl Client {
    /// A client that knows nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets one request through, unless this `is_question`; or gives the time until which it must wait: a negative one where it
    /// waits for the hour's window, not the minute's. [`Self::finish`] goes with each that is let through.
    pub fn admit(&mut self, now: f64, is_question: bool) -> Option<f64> {
        let wait = if is_question {
            self.pacer.wait(now)?
        } else {
            self.pacer.admit(now)?
        };
        Some(if wait.is_for_hour {
            -wait.until
        } else {
            wait.until
        })
    }

    /// A request that was let through has ended.
    pub fn finish(&mut self) {
        self.pacer.finish();
    }

    /// What its answer says of the hour's window, or of the minute's: what is not known is not a number. `reset` is in the
    /// server's own words, and tells one window from the next.
    pub fn learn(&mut self, is_hour: bool, limit: f64, remaining: f64, reset_at: f64, reset: f64) {
        let window = Window {
            limit,
            remaining,
            reset_at,
            reset,
        };
        self.pacer.learn(is_hour, window);
    }
}

/// The failure that an answer with this status and this body tells of: a `Failure` as JSON.
#[wasm_bindgen]
pub fn api_error(status: u16, body: &str) -> String {
    api_error::failure(status, body)
}

/// The milliseconds until the next attempt; undefined where another one makes no sense. `random` is from 0 to 1.
#[wasm_bindgen]
pub fn retry_delay(
    may_pass: bool,
    retries: u32,
    retry_after: f64,
    max_retries: u32,
    max_wait: f64,
    random: f64,
) -> Option<f64> {
    let failed = Failed {
        may_pass,
        retries,
        retry_after,
    };
    let patience = Patience {
        max_retries,
        max_wait,
    };
    retry::delay(failed, patience, random)
}

#[wasm_bindgen(typescript_custom_section)]
const PAGE_BUILDER: &str = "
/**
 * What the decoder asks of TypeScript, which has the answer as a text.
 *
 * @internal
 */
export interface PageBuilder {
    /** The number at a place of the text. */
    number(start: number, end: number): number;
    /** Takes a page: the table of its values, the place of its array, and its counts. */
    build(
        table: Int32Array, start: number, end: number,
        total: number, page: number, limit: number, totalPages: number,
    ): void;
}
";

#[wasm_bindgen]
extern "C" {
    /// What the decoder asks of TypeScript; the TypeScript above says more.
    #[wasm_bindgen(typescript_type = "PageBuilder")]
    pub type PageBuilder;

    #[wasm_bindgen(method)]
    fn number(this: &PageBuilder, start: u32, end: u32) -> f64;

    #[wasm_bindgen(method)]
    fn build(
        this: &PageBuilder,
        table: &[i32],
        start: u32,
        end: u32,
        total: f64,
        page: f64,
        limit: f64,
        total_pages: f64,
    );
}

/// Reads an answer, which is UTF-8, and has its page built. Gives what is wrong with it, a `Failure` as JSON; undefined where
/// nothing is. Where phone numbers break the contract, there are both.
#[wasm_bindgen]
pub fn decode(bytes: &[u8], builder: &PageBuilder) -> Option<String> {
    #[cfg(feature = "trap")]
    if bytes.starts_with(b"\"trap\"") {
        std::process::abort();
    }
    use InstaViewErrorType::{Http, InvalidResponse};
    match decode::decode(bytes, |start, end| builder.number(start, end)) {
        Ok(Answer::Failure) => Some(failure::failure(Http).end()),
        Ok(Answer::Page(page)) => {
            let [start, end] = page.array;
            let [total, number, limit, total_pages] = page.counts;
            builder.build(&page.table, start, end, total, number, limit, total_pages);
            let is_right = page.issues.is_empty();
            (!is_right).then(|| failure::of_issues(InvalidResponse, page.issues))
        }
        Err(DecodeError::Envelope(issues)) => Some(failure::of_issues(InvalidResponse, issues)),
        Err(DecodeError::Syntax(error)) => {
            let mut failure = failure::failure(InvalidResponse);
            Some(failure.text("reason", &told(error)).end())
        }
    }
}

fn told(error: SyntaxError) -> String {
    let most = decimal(MOST_NESTED.into());
    let (reason, at) = match error {
        SyntaxError::Unexpected(at) => (String::from("not valid JSON"), at),
        SyntaxError::TooDeep(at) => (concat(&["nested more than ", &most, " deep"]), at),
    };
    concat(&["it is ", &reason, ": see byte ", &decimal(at as u64)])
}
