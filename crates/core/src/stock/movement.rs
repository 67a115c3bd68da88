//! Movements: the history of the ledger, newest first, page by page.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::posting::DocumentKind;
use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::{DocumentId, EmployeeId, MovementId, ProductId, UserId},
    people::confirmation::ConfirmationMethod,
};

const LONGEST_PAGE: u32 = 200;

/// Which way goods went, seen from the warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Into the warehouse.
    In,
    /// Out of the warehouse.
    Out,
    /// From one internal location to another.
    Within,
}

/// Which movements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovementFilter {
    /// Of this product.
    pub product_id: Option<ProductId>,
    /// Confirmed by this employee.
    pub employee_id: Option<EmployeeId>,
    /// Posted by this user.
    pub user_id: Option<UserId>,
    /// Of this kind.
    pub kind: Option<DocumentKind>,
    /// The product's name or SKU holds this.
    pub text: Option<String>,
    /// Posted at or after.
    pub from: Option<DateTime<Utc>>,
    /// Posted before.
    pub to: Option<DateTime<Utc>>,
}

/// The last movement of a page: the next page begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovementCursor {
    document_number: i64,
    line: i32,
}

impl fmt::Display for MovementCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.document_number, self.line)
    }
}

impl FromStr for MovementCursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (document_number, line) = text.split_once('.').ok_or(Error::InvalidCursor)?;
        Ok(Self {
            document_number: document_number.parse().map_err(|_| Error::InvalidCursor)?,
            line: line.parse().map_err(|_| Error::InvalidCursor)?,
        })
    }
}

/// A movement as history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// The movement.
    pub id: MovementId,
    /// Its document.
    pub document_id: DocumentId,
    /// Its document's number.
    pub document_number: i64,
    /// Its place in the document, from 1.
    pub line: i32,
    /// What the document does.
    pub kind: DocumentKind,
    /// The product.
    pub product_id: ProductId,
    /// The product's name.
    pub product_name: String,
    /// The product's SKU.
    pub sku: String,
    /// How much, in base units.
    pub quantity: Decimal,
    /// The base unit's symbol.
    pub unit_symbol: String,
    /// Where from.
    pub from_name: String,
    /// Where to.
    pub to_name: String,
    /// Whether it left an internal location.
    pub from_internal: bool,
    /// Whether it reached an internal location.
    pub to_internal: bool,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// Who was logged in.
    pub user_name: String,
    /// Who confirmed.
    pub employee_name: Option<String>,
    /// How.
    pub method: Option<ConfirmationMethod>,
    /// Whether a later movement reversed it.
    pub reversed: bool,
    /// The movement that it reverses.
    pub reversal_of: Option<MovementId>,
}

impl Movement {
    /// Which way the goods went.
    pub fn direction(&self) -> Direction {
        match (self.from_internal, self.to_internal) {
            (true, true) => Direction::Within,
            (true, false) => Direction::Out,
            (false, _) => Direction::In,
        }
    }

    fn cursor(&self) -> MovementCursor {
        MovementCursor {
            document_number: self.document_number,
            line: self.line,
        }
    }
}

/// A page of movements, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementPage {
    /// The movements.
    pub rows: Vec<Movement>,
    /// Where the next page begins, if there is one.
    pub next: Option<MovementCursor>,
}

/// A page of the movements that match, newest first, `limit` at most 200.
pub async fn list_movements(
    connection: &mut PgConnection,
    actor: &Actor,
    filter: &MovementFilter,
    after: Option<MovementCursor>,
    limit: u32,
) -> Result<MovementPage> {
    actor.require(Permission::ViewMovements)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let mut rows = select(connection, filter, after, limit + 1).await?;
    let has_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = if has_more {
        rows.last().map(Movement::cursor)
    } else {
        None
    };
    Ok(MovementPage { rows, next })
}

/// A movement.
///
/// # Errors
/// [`Error::NotFound`]
pub async fn get_movement(
    connection: &mut PgConnection,
    actor: &Actor,
    id: MovementId,
) -> Result<Movement> {
    actor.require(Permission::ViewMovements)?;
    let place = sqlx::query!(
        "select document_number, line from ombor.movement where id = $1",
        id.as_uuid()
    )
    .fetch_one(&mut *connection)
    .await?;
    let after = MovementCursor {
        document_number: place.document_number,
        line: place.line.saturating_add(1),
    };
    select(connection, &MovementFilter::default(), Some(after), 1)
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// The newest movements.
pub async fn recent(connection: &mut PgConnection, limit: u32) -> Result<Vec<Movement>> {
    select(
        connection,
        &MovementFilter::default(),
        None,
        limit.clamp(1, LONGEST_PAGE),
    )
    .await
}

async fn select(
    connection: &mut PgConnection,
    filter: &MovementFilter,
    after: Option<MovementCursor>,
    limit: u32,
) -> Result<Vec<Movement>> {
    let text = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let movements = sqlx::query_as!(
        Movement,
        r#"select m.id as "id: MovementId", d.id as "document_id: DocumentId", m.document_number, m.line,
                  d.kind as "kind: DocumentKind", p.id as "product_id: ProductId", p.name as product_name, p.sku,
                  m.quantity, u.symbol as unit_symbol, origin.name as from_name, target.name as to_name,
                  origin.kind = 'internal' as "from_internal!", target.kind = 'internal' as "to_internal!",
                  d.posted_at as at, account.name as user_name, e.name as "employee_name?",
                  c.method as "method?: ConfirmationMethod",
                  exists (select from ombor.movement as r where r.reversal_of_id = m.id) as "reversed!",
                  m.reversal_of_id as "reversal_of: MovementId"
           from ombor.movement as m
           join ombor.document as d on d.number = m.document_number
           join ombor.product as p on p.id = m.product_id
           join ombor.unit as u on u.id = p.base_unit_id
           join ombor.location as origin on origin.id = m.from_location_id
           join ombor.location as target on target.id = m.to_location_id
           join ombor.user_account as account on account.id = m.user_id
           left join ombor.employee as e on e.id = m.employee_id
           left join ombor.confirmation as c on c.id = m.confirmation_id
           where ($1::uuid is null or m.product_id = $1)
               and ($2::uuid is null or m.employee_id = $2)
               and ($3::uuid is null or m.user_id = $3)
               and ($4::text is null or d.kind = $4)
               and ($5::text is null or strpos(lower(p.name), lower($5)) > 0 or strpos(lower(p.sku), lower($5)) > 0)
               and ($6::timestamptz is null or d.posted_at >= $6)
               and ($7::timestamptz is null or d.posted_at < $7)
               and ($8::bigint is null or (m.document_number, m.line) < ($8, $9))
           order by m.document_number desc, m.line desc
           limit $10"#,
        filter.product_id.map(ProductId::as_uuid) as _,
        filter.employee_id.map(EmployeeId::as_uuid) as _,
        filter.user_id.map(UserId::as_uuid) as _,
        filter.kind.map(DocumentKind::as_str) as _,
        text as _,
        filter.from as _,
        filter.to as _,
        after.map(|cursor| cursor.document_number) as _,
        after.map_or(0, |cursor| cursor.line),
        i64::from(limit)
    )
    .fetch_all(connection)
    .await?;
    Ok(movements)
}
