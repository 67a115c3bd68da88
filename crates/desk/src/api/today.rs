//! The Admin's first screen: what needs an act today.

use ombor_core::report::today;
use ombor_core::report::today::Flow;
use ombor_core::stock::movement;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::desk::recent_movement;
use crate::error::Result;
use crate::ombor::{Ombor, lock};
use crate::wire::{decimal, time};

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
    /// When the last backup had been proven.
    pub last_backup_at: Option<String>,
    /// Another desk or server makes the backups, and this one knows nothing of them.
    pub backups_elsewhere: bool,
}

/// Movements that the screen shows.
const RECENT: u32 = 8;

impl Ombor {
    /// The day at a glance.
    pub async fn today(&self) -> Result<Today> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let found = today::today(connection, actor).await;
        let recent = movement::recent(connection, RECENT).await;
        let day = work.done(found).await?;
        let recent = recent.map_err(crate::fault::from_core)?;
        let last = day.days.last();
        Ok(Today {
            date: last.map(|day| day.date.to_string()).unwrap_or_default(),
            stock_value: decimal(day.stock_value),
            currency: day.currency,
            product_count: u32::try_from(day.product_count).unwrap_or(u32::MAX),
            received: turnover(last.map(|day| &day.received)),
            issued: turnover(last.map(|day| &day.issued)),
            below_minimum: day
                .below_minimum
                .into_iter()
                .map(ProductRow::from)
                .collect(),
            below_minimum_count: day.below_minimum_count,
            days: day
                .days
                .iter()
                .map(|day| DayTurnover {
                    date: day.date.to_string(),
                    received: decimal(day.received.quantity),
                    issued: decimal(day.issued.quantity),
                })
                .collect(),
            recent: recent.iter().filter_map(recent_movement).collect(),
            last_backup_at: lock(&self.backups).newest_proven_at().map(time),
            backups_elsewhere: self.are_backups_elsewhere(),
        })
    }
}

fn turnover(flow: Option<&Flow>) -> Turnover {
    Turnover {
        quantity: flow.map_or_else(|| "0".to_owned(), |flow| decimal(flow.quantity)),
        documents: flow.map_or(0, |flow| u32::try_from(flow.documents).unwrap_or(u32::MAX)),
    }
}
