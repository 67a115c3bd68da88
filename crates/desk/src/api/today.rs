//! The Admin's first screen: what needs an act today.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::catalogue::ProductRow;
use super::desk::RecentMovement;

/// What went one way today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Turnover {
    /// Sum of the quantities.
    pub quantity: String,
    /// Documents posted.
    pub documents: u32,
    /// People who confirmed them.
    pub employees: u32,
}

/// What went both ways on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayTurnover {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Sum of what came in.
    #[serde(rename = "in")]
    pub received: String,
    /// Sum of what went out.
    #[serde(rename = "out")]
    pub issued: String,
}

/// The Admin's first screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// Today in the warehouse's zone, `YYYY-MM-DD`.
    pub date: String,
    /// Worth of the stock at its prices.
    pub stock_value: String,
    /// The currency, ISO 4217.
    pub currency: String,
    /// Active products.
    pub product_count: u32,
    /// What came in today.
    #[serde(rename = "in")]
    pub received: Turnover,
    /// What went out today.
    #[serde(rename = "out")]
    pub issued: Turnover,
    /// What has to be bought, the scarcest first.
    pub below_minimum: Vec<ProductRow>,
    /// How many there are in all.
    pub below_minimum_count: u32,
    /// The last seven days, oldest first.
    pub days: Vec<DayTurnover>,
    /// The last movements.
    pub recent: Vec<RecentMovement>,
    /// When the last backup was taken.
    pub last_backup_at: Option<String>,
}
