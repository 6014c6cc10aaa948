//! What the server says of its rate limits.
//!
//! Source: InstaView's documentation, the rate limiting guide: two windows at once, per API key.

use tsify::Tsify;

/// How many requests a window of time allows.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitWindow {
    /// How many requests the window allows.
    pub limit: f64,
    /// How many of them are left.
    pub remaining: f64,
    /// When the window ends and the count starts again: Unix time in milliseconds, corrected to the local clock.
    pub reset_at: f64,
}

/// What the server last said of its rate limits. A browser page on another origin may not be allowed to read it.
#[derive(Tsify)]
pub struct RateLimit {
    /// The requests of a minute.
    #[tsify(optional)]
    pub minute: Option<RateLimitWindow>,
    /// The requests of an hour.
    #[tsify(optional)]
    pub hour: Option<RateLimitWindow>,
}
