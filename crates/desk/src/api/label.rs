//! Labels, badges and control cards, as pictures that can be printed and scanned.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Something to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// What a scan of it reads.
    pub code: String,
    /// The picture, as a data URL.
    pub png_data_url: String,
}

/// What a control card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ControlCommand {
    /// Goods come in.
    In,
    /// Goods go out.
    Out,
    /// The document is closed.
    Save,
    /// The document is dropped.
    Cancel,
    /// The line gets a quantity.
    Quantity,
}

/// A control card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ControlCard {
    /// What it does.
    pub command: ControlCommand,
    /// What a scan of it reads.
    pub code: String,
    /// The quantity, for a quantity card.
    pub quantity: Option<u32>,
    /// The picture, as a data URL.
    pub png_data_url: String,
}
