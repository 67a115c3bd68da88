//! The movements of old programs: to be read and searched, apart from the ledger.

use chrono::NaiveDate;
use ombor_core::takeover::history::{OldMovementRow, list_old_movements};
use ombor_core::takeover::old::Direction as Way;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{AppError, ErrorCode, Result};
use crate::ombor::Ombor;
use crate::wire::{Direction, decimal};

/// Rows that are looked through at once.
const LOOKED_THROUGH: u32 = 200;

/// Old programs wrote a day like this, or like that.
const DAYS: [&str; 2] = ["%Y-%m-%d", "%d.%m.%Y"];

/// How many letters a day has in both ways of writing.
const DAY_LETTERS: usize = 10;

/// A page of old movements is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OldMovementQuery {
    /// Part of the product's name, whatever the case of its letters.
    pub text: String,
    /// From this day on, `YYYY-MM-DD`. What the old program gave no day is left out then.
    pub from: Option<String>,
    /// Up to this day, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// Where the page before ended.
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// A movement of an old program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OldMovement {
    /// The record.
    pub id: String,
    /// The old program.
    pub source: String,
    /// When it was, as the old program wrote it.
    pub written_at: Option<String>,
    /// Which way, if the old program said so.
    pub direction: Option<Direction>,
    /// The product, if it came over.
    pub product_id: Option<String>,
    /// The product's name now, else its key in the old program.
    pub product: Option<String>,
    /// How much, as it was written.
    pub quantity: Option<String>,
    /// The login of the user.
    pub user: Option<String>,
    /// What else was written.
    pub note: Option<String>,
}

/// A page of old movements, in the order in which they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OldMovementPage {
    /// The movements.
    pub rows: Vec<OldMovement>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl From<OldMovementRow> for OldMovement {
    fn from(row: OldMovementRow) -> Self {
        Self {
            id: row.id.to_string(),
            source: row.source,
            written_at: row.written_at,
            direction: row.direction.map(|way| match way {
                Way::In => Direction::In,
                Way::Out => Direction::Out,
            }),
            product_id: row.product_id.map(|id| id.to_string()),
            product: row.product,
            quantity: row.quantity.map(decimal),
            user: row.user_login,
            note: row.note,
        }
    }
}

/// What is searched for.
struct Search {
    text: String,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Search {
    fn of(query: &OldMovementQuery) -> Result<Self> {
        Ok(Self {
            text: query.text.trim().to_lowercase(),
            from: day(query.from.as_deref())?,
            to: day(query.to.as_deref())?,
        })
    }

    fn finds(&self, row: &OldMovementRow) -> bool {
        let product = row.product.as_deref().unwrap_or_default();
        self.is_within(row.written_at.as_deref()) && product.to_lowercase().contains(&self.text)
    }

    fn is_within(&self, written_at: Option<&str>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        written_at.and_then(day_of).is_some_and(|day| {
            self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
        })
    }
}

impl Ombor {
    /// A page of the movements that came over from old programs.
    pub async fn list_old_movements(&self, query: OldMovementQuery) -> Result<OldMovementPage> {
        let wanted = query.limit.clamp(1, LOOKED_THROUGH) as usize;
        let mut after = match &query.after {
            None => None,
            Some(after) => Some(after.parse().map_err(|_| invalid())?),
        };
        let found = self
            .search_old_movements(&query, &mut after, wanted)
            .await?;
        Ok(OldMovementPage {
            rows: found.into_iter().map(OldMovement::from).collect(),
            next: after.map(|id| id.to_string()),
        })
    }

    /// The next records that fit, up to `wanted`; `after` is where the search goes on, none at its end.
    pub(crate) async fn search_old_movements(
        &self,
        query: &OldMovementQuery,
        after: &mut Option<i64>,
        wanted: usize,
    ) -> Result<Vec<OldMovementRow>> {
        let search = Search::of(query)?;
        let mut work = self.work().await?;
        let mut found = Vec::new();
        loop {
            let (connection, actor) = work.parts();
            let rows = list_old_movements(connection, actor, None, *after, LOOKED_THROUGH).await;
            let rows = match rows {
                Ok(rows) => rows,
                Err(error) => return work.done(Err(error)).await,
            };
            let is_last = rows.len() < LOOKED_THROUGH as usize;
            for row in rows {
                *after = Some(row.id);
                if search.finds(&row) {
                    found.push(row);
                }
                if found.len() == wanted {
                    return Ok(found);
                }
            }
            if is_last {
                *after = None;
                return Ok(found);
            }
        }
    }
}

fn invalid() -> AppError {
    AppError::new(ErrorCode::InvalidSetting)
}

fn day(text: Option<&str>) -> Result<Option<NaiveDate>> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| invalid()))
        .transpose()
}

/// The day of a time as an old program wrote it.
fn day_of(written_at: &str) -> Option<NaiveDate> {
    let front = written_at.trim().get(..DAY_LETTERS)?;
    DAYS.iter()
        .find_map(|format| NaiveDate::parse_from_str(front, format).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_both_ways_of_writing() {
        let day = NaiveDate::from_ymd_opt(2024, 5, 1);
        assert_eq!(day_of("2024-05-01 10:22:33.120"), day);
        assert_eq!(day_of(" 01.05.2024 10:22"), day);
        assert_eq!(day_of("кеча"), None);
        assert_eq!(day_of("1714559553"), None);
    }
}
