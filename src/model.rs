//! The data of the API, as users of the package see it. The TypeScript definitions are generated from these types;
//! the objects themselves are those of the API's JSON, checked and passed on as they are.
//!
//! Source: InstaView's documentation, "List phone numbers".

use tsify::Tsify;

/// Which call directions a phone number supports.
///
/// An open enum: the documented values complete in the editor, and any other string is accepted, because InstaView
/// may add values at any time. `supportsCapability` decides whether a number supports a direction.
#[derive(Tsify)]
#[tsify(type = "\"OUTBOUND\" | \"INBOUND\" | \"INBOUND_OUTBOUND\" | (string & {})")]
pub struct PhoneNumberCapability;

/// Who provides a phone number. An open enum, of which only `TWILIO` is documented.
#[derive(Tsify)]
#[tsify(type = "\"TWILIO\" | (string & {})")]
pub struct PhoneNumberProvider;

/// Whether a phone number can be used. An open enum, of which only `AVAILABLE` is documented.
#[derive(Tsify)]
#[tsify(type = "\"AVAILABLE\" | (string & {})")]
pub struct PhoneNumberStatus;

/// What kind of number it is. An open enum, of which only `LOCAL` is documented.
#[derive(Tsify)]
#[tsify(type = "\"LOCAL\" | (string & {})")]
pub struct PhoneNumberType;

/// A company's phone number: what an InstaView agent calls from, or is called on.
///
/// A plain object, exactly as the API sent it: fields that are not listed here are kept.
///
/// @example
/// ```json
/// {
///   "id": "123e4567-e89b-12d3-a456-426614174000",
///   "number": "+14155552671",
///   "companyId": "9f0e6a52-7c1d-4f7e-9a55-0d8f3a1c2b4e",
///   "capabilities": "INBOUND_OUTBOUND",
///   "custom": false,
///   "provider": "TWILIO",
///   "status": "AVAILABLE",
///   "numberType": "LOCAL",
///   "createdAt": "2025-01-15T10:30:00.000Z",
///   "updatedAt": "2025-01-15T10:30:00.000Z",
///   "location": "New York, US"
/// }
/// ```
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumber {
    /// A UUID. The agent API takes it as `companyPhoneNumberId`.
    pub id: String,
    /// The number in E.164 form, such as `+14155552671`.
    pub number: String,
    /// The UUID of the company that the number belongs to.
    pub company_id: String,
    /// Which call directions the number supports.
    pub capabilities: PhoneNumberCapability,
    /// Whether the number is a custom one.
    pub custom: bool,
    /// Who provides the number.
    pub provider: PhoneNumberProvider,
    /// Whether the number can be used.
    pub status: PhoneNumberStatus,
    /// What kind of number it is.
    pub number_type: PhoneNumberType,
    /// When the number was created: ISO 8601, such as `2025-01-15T10:30:00.000Z`.
    pub created_at: String,
    /// When the number was last changed: ISO 8601.
    pub updated_at: String,
    /// Where the number is, such as `New York, US`. May be absent or null.
    #[tsify(optional, type = "string | null")]
    pub location: Option<String>,
}

/// One page of phone numbers, the same whichever of the documented envelopes the API used.
///
/// A plain object: it can be passed to `JSON.stringify`, `structuredClone` and `postMessage`.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PhoneNumberPage {
    /// The phone numbers of this page.
    pub data: Vec<PhoneNumber>,
    /// How many phone numbers there are on all pages.
    pub total: u64,
    /// Which page this is; the first is 1.
    pub page: u64,
    /// How many phone numbers a page holds at most.
    pub limit: u64,
    /// How many pages there are.
    pub total_pages: u64,
    /// `page < totalPages`
    pub has_next_page: bool,
}
