//! The worker's screen: what it shows, and what a scan and a key do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::Shortage;
use crate::wire::Direction;

/// One physical key press, as the window's listener saw it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a keyboard event has four modifier keys"
)]
pub struct KeyStroke {
    /// The physical key (`KeyA`, `Digit1`), the same in every layout.
    pub code: String,
    /// What the layout made of it.
    pub key: String,
    /// Shift was held.
    pub shift: bool,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// AltGr was held.
    pub alt_graph: bool,
    /// The event's own time, in milliseconds since any fixed moment.
    pub time_ms: f64,
}

impl From<KeyStroke> for ombor_scan::KeyStroke {
    fn from(stroke: KeyStroke) -> Self {
        Self {
            code: stroke.code,
            key: stroke.key,
            shift: stroke.shift,
            ctrl: stroke.ctrl,
            alt: stroke.alt,
            alt_graph: stroke.alt_graph,
            time_ms: stroke.time_ms,
        }
    }
}

/// A key that means something on the worker's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "a key's name says what it is")]
pub enum DeskKey {
    #[serde(rename = "0")]
    Digit0,
    #[serde(rename = "1")]
    Digit1,
    #[serde(rename = "2")]
    Digit2,
    #[serde(rename = "3")]
    Digit3,
    #[serde(rename = "4")]
    Digit4,
    #[serde(rename = "5")]
    Digit5,
    #[serde(rename = "6")]
    Digit6,
    #[serde(rename = "7")]
    Digit7,
    #[serde(rename = "8")]
    Digit8,
    #[serde(rename = "9")]
    Digit9,
    Point,
    Backspace,
    Enter,
    Escape,
    In,
    Out,
}

/// Where the worker stands in the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Nothing is gathered; a scan begins a document.
    Ready,
    /// Lines are being gathered.
    Gathering,
    /// The document is closed and waits for a face.
    Face,
    /// The document is on its way into the ledger.
    Saving,
    /// The document is in the ledger.
    Saved,
    /// What was asked for can't be done; nothing was saved.
    Refused,
}

/// What kind of message the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoticeKind {
    /// Good to know.
    Info,
    /// Asks for attention.
    Warning,
    /// Refused; nothing was saved.
    Refused,
    /// Saved.
    Saved,
}

/// What the message says; the window has its text in five languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each code is its own sentence; the texts stand in the catalogues"
)]
pub enum NoticeCode {
    UnknownCode,
    InsufficientStock,
    Saved,
    Cancelled,
    ProductInactive,
    ScanUnreadable,
    LookAtCamera,
    FaceNotKnown,
    CameraMissing,
    NobodyEnrolled,
    BelowMinimum,
    QuantityInvalid,
    NothingToSave,
    FinishFirst,
    Restored,
    BadgeSeen,
    ConfirmationEnded,
    NotPermitted,
    SavingAgain,
    Error,
}

/// A message on the worker's screen. The next scan clears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// How it is shown.
    pub kind: NoticeKind,
    /// What it says.
    pub code: NoticeCode,
    /// Names and numbers for the sentence.
    pub params: BTreeMap<String, String>,
    /// The lines that fell short.
    pub lines: Vec<Shortage>,
}

/// The product in the worker's hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The product.
    pub product_id: String,
    /// Its name.
    pub name: String,
    /// Its SKU.
    pub sku: String,
    /// The code that was scanned.
    pub code: Option<String>,
    /// Its category's name.
    pub category: Option<String>,
    /// Symbol of its base unit.
    pub unit: String,
    /// On hand before this document.
    pub on_hand: String,
    /// On hand after this document.
    pub after: String,
    /// The least that should be there.
    pub min_stock: Option<String>,
    /// Less than that is there now.
    pub below_minimum: bool,
    /// Quantity of the line, in base units.
    pub quantity: String,
    /// It has a picture.
    pub has_picture: bool,
}

/// A gathered line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeskLine {
    /// Its number on the document, from 1.
    pub index: u32,
    /// The product.
    pub product_id: String,
    /// Its name.
    pub name: String,
    /// In base units.
    pub quantity: String,
    /// Symbol of the base unit.
    pub unit: String,
    /// On hand before this document.
    pub before: String,
    /// On hand after it.
    pub after: String,
}

/// A face confirmation that still holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationView {
    /// Who looked.
    pub employee_id: String,
    /// Their name.
    pub employee_name: String,
    /// How it was confirmed.
    pub method: String,
    /// It holds until then, by the database's clock.
    pub valid_until: String,
    /// Milliseconds that were left when this was sent.
    pub remaining_ms: u32,
    /// Milliseconds that a confirmation holds in all.
    pub total_ms: u32,
}

/// A movement in the list of the last ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentMovement {
    /// The movement.
    pub movement_id: String,
    /// The product's name.
    pub product_name: String,
    /// Into the warehouse or out of it.
    pub direction: Direction,
    /// In base units.
    pub quantity: String,
    /// Symbol of the base unit.
    pub unit: String,
    /// When it was posted.
    pub at: String,
    /// Who confirmed it.
    pub employee_name: Option<String>,
}

/// Everything the worker's screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeskState {
    /// Grows with every change.
    pub revision: u32,
    /// In or out.
    pub mode: Direction,
    /// Where the worker stands.
    pub phase: Phase,
    /// The product in hand.
    pub card: Option<Card>,
    /// Digits being typed.
    pub entry: Option<String>,
    /// Gathered lines, newest first.
    pub lines: Vec<DeskLine>,
    /// Sum of the lines' quantities, if they share a unit.
    pub total_quantity: String,
    /// That unit.
    pub unit_symbol: Option<String>,
    /// The message.
    pub notice: Option<Notice>,
    /// The confirmation that holds.
    pub confirmation: Option<ConfirmationView>,
    /// The last movements.
    pub recent: Vec<RecentMovement>,
    /// The person logged in may create the product that an unknown code stands for.
    pub can_create_product: bool,
    /// The code that nothing is known about.
    pub unknown_code: Option<String>,
}

/// What the camera would like the person to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each hint is its own sentence; the texts stand in the catalogues"
)]
pub enum FaceHint {
    NoFace,
    TwoFaces,
    Closer,
    Farther,
    MoreLight,
    LessLight,
    LookHere,
    HoldStill,
    Good,
    /// Blink once: a photo cannot.
    Blink,
    /// Turn the head to one's own left and back.
    TurnLeft,
    /// Turn the head to one's own right and back.
    TurnRight,
    NotKnown,
    /// The face was known, but what it was asked to do was not seen.
    NotLive,
    CameraMissing,
    /// Another program has the camera.
    CameraBusy,
    CameraBlack,
    CameraUpsideDown,
    NobodyEnrolled,
    /// The warehouse asks for a badge before a face.
    ScanBadge,
}

/// What the camera panel shows over the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaceView {
    /// A face is being looked for.
    pub active: bool,
    /// One instruction.
    pub hint: FaceHint,
    /// Share of the agreement that is needed, 0 to 1.
    pub progress: f64,
    /// The document has waited long enough: the ways on are shown, retry and vouching.
    pub ways_on: bool,
    /// Whose badge was scanned; only that face counts then.
    pub claimed_name: Option<String>,
    /// Who is being vouched for; another employee's face is looked for.
    pub vouching_for: Option<String>,
}

/// What a scan on another screen than the worker's found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScanResult {
    /// What was read.
    pub code: String,
    /// The product that it stands for.
    pub product_id: Option<String>,
}
