//! The history of movements, and how a mistake is put right.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::wire::Direction;

/// A page of movements is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MovementQuery {
    /// Only this product.
    pub product_id: Option<String>,
    /// Only what this employee confirmed.
    pub employee_id: Option<String>,
    /// Only what was posted under this login.
    pub user_id: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// Words of the product's name or SKU.
    pub text: Option<String>,
    /// From this day on, `YYYY-MM-DD` in the warehouse's zone.
    pub from: Option<String>,
    /// Up to this day, `YYYY-MM-DD` in the warehouse's zone.
    pub to: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// A movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Movement {
    /// The movement.
    pub id: String,
    /// Its document.
    pub document_id: String,
    /// The number of its document.
    pub document_number: String,
    /// receipt, issue, transfer, opening, adjustment, customer_return or reversal.
    pub kind: String,
    /// What was moved.
    pub product_id: String,
    /// Its name.
    pub product_name: String,
    /// Its SKU.
    pub sku: String,
    /// In base units.
    pub quantity: String,
    /// Symbol of the base unit.
    pub unit: String,
    /// Where it came from.
    pub from: String,
    /// Where it went.
    pub to: String,
    /// Into the warehouse or out of it; none for a move inside.
    pub direction: Option<Direction>,
    /// When it was posted.
    pub at: String,
    /// Who was logged in.
    pub user_name: String,
    /// Who confirmed it.
    pub employee_name: Option<String>,
    /// How it was confirmed.
    pub method: Option<String>,
    /// It was put right by a reversal.
    pub reversed: bool,
    /// The movement that it puts right.
    pub reversal_of: Option<String>,
}

/// A page of movements, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MovementPage {
    /// The movements.
    pub rows: Vec<Movement>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A movement is to be put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reversal {
    /// Which one.
    pub movement_id: String,
    /// The Admin's own password, typed anew.
    pub password: String,
    /// Why.
    pub reason: String,
}
