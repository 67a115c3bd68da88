//! The history of movements, and how a mistake is put right.

use chrono::{DateTime, NaiveDate, Utc};
use ombor_core::calendar;
use ombor_core::id::{DocumentId, MovementId};
use ombor_core::stock::movement::{self, Direction as Way, MovementFilter};
use ombor_core::stock::posting::DocumentKind;
use ombor_core::stock::reversal;
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::{decimal, time};

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

impl From<movement::Movement> for Movement {
    fn from(movement: movement::Movement) -> Self {
        let direction = match movement.direction() {
            Way::In => Some(Direction::In),
            Way::Out => Some(Direction::Out),
            Way::Within => None,
        };
        Self {
            id: movement.id.to_string(),
            document_id: movement.document_id.to_string(),
            document_number: movement.document_number.to_string(),
            kind: movement.kind.as_str().to_owned(),
            product_id: movement.product_id.to_string(),
            product_name: movement.product_name,
            sku: movement.sku,
            quantity: decimal(movement.quantity),
            unit: movement.unit_symbol,
            from: movement.from_name,
            to: movement.to_name,
            direction,
            at: time(movement.at),
            user_name: movement.user_name,
            employee_name: movement.employee_name,
            method: movement.method.map(|method| method.as_str().to_owned()),
            reversed: movement.reversed,
            reversal_of: movement.reversal_of.map(|id| id.to_string()),
        }
    }
}

/// Kinds that history can be narrowed to.
const KINDS: [DocumentKind; 5] = [
    DocumentKind::Receipt,
    DocumentKind::Issue,
    DocumentKind::Transfer,
    DocumentKind::Opening,
    DocumentKind::Reversal,
];

impl Ombor {
    /// A page of the history, newest first.
    pub async fn list_movements(&self, query: MovementQuery) -> Result<MovementPage> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let filter = filter(connection, &query).await?;
        let after = query
            .after
            .map(|after| after.parse())
            .transpose()
            .map_err(fault::from_core)?;
        let page = movement::list_movements(connection, actor, &filter, after, query.limit).await;
        let page = work.done(page).await?;
        Ok(MovementPage {
            rows: page.rows.into_iter().map(Movement::from).collect(),
            next: page.next.map(|next| next.to_string()),
        })
    }

    /// Puts a movement right, once, with the Admin's password typed anew.
    pub async fn reverse_movement(&self, input: Reversal) -> Result<Movement> {
        let reversal = reversal::Reversal {
            document_id: DocumentId::generate(),
            movement_id: MovementId::generate(),
            reversed_id: input.movement_id.parse().map_err(fault::from_core)?,
            reason: input.reason,
        };
        if reversal.reason.trim().is_empty() {
            return Err(AppError::new(ErrorCode::ReasonMissing));
        }
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let reversed =
            reversal::reverse_movement(connection, actor, &reversal, &input.password).await;
        work.done(reversed).await?;
        self.read_recent().await;
        self.changed(&[ChangeTag::Stock, ChangeTag::Movement, ChangeTag::Audit]);
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let found = movement::get_movement(connection, actor, reversal.movement_id).await;
        Ok(Movement::from(work.done(found).await?))
    }
}

/// What the query narrows the history to.
pub(crate) async fn filter(
    connection: &mut PgConnection,
    query: &MovementQuery,
) -> Result<MovementFilter> {
    Ok(MovementFilter {
        product_id: parse(query.product_id.as_ref())?,
        employee_id: parse(query.employee_id.as_ref())?,
        user_id: parse(query.user_id.as_ref())?,
        kind: query
            .kind
            .as_deref()
            .and_then(|name| KINDS.into_iter().find(|kind| kind.as_str() == name)),
        text: query.text.clone(),
        from: day(connection, query.from.as_deref(), 0).await?,
        to: day(connection, query.to.as_deref(), 1).await?,
    })
}

fn parse<T: std::str::FromStr<Err = ombor_core::Error>>(
    text: Option<&String>,
) -> Result<Option<T>> {
    text.map(|text| text.parse())
        .transpose()
        .map_err(fault::from_core)
}

/// The instant at which a day of the warehouse's zone begins, or the day `later` days after it.
async fn day(
    connection: &mut PgConnection,
    text: Option<&str>,
    later: u64,
) -> Result<Option<DateTime<Utc>>> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let date = text
        .parse::<NaiveDate>()
        .ok()
        .and_then(|date| date.checked_add_days(chrono::Days::new(later)));
    let Some(date) = date else {
        return Err(AppError::new(ErrorCode::InvalidSetting));
    };
    calendar::start_of(connection, date)
        .await
        .map(Some)
        .map_err(fault::from_core)
}
