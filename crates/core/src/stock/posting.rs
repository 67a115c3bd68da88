//! Posting: the one way into the ledger. A document's lines are posted together or not at all, in one round trip.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::{ConfirmationId, DocumentId, LocationId, LotId, MovementId, ProductId},
    quantity::Quantity,
};

/// The most lines that one document takes.
pub const MOST_LINES: usize = 5000;

const LONGEST_NOTE: usize = 1000;

/// What a document does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DocumentKind {
    /// Goods come in from a supplier.
    Receipt,
    /// Goods go out to a customer.
    Issue,
    /// Goods change their internal location.
    Transfer,
    /// What was there before the ledger began; an Admin's, without an employee.
    Opening,
    /// One movement is put right; made by [`super::reversal`] alone.
    Reversal,
}

impl DocumentKind {
    /// The kind as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Issue => "issue",
            Self::Transfer => "transfer",
            Self::Opening => "opening",
            Self::Reversal => "reversal",
        }
    }
}

/// A line to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The movement that the line becomes.
    pub movement_id: MovementId,
    /// The product.
    pub product_id: ProductId,
    /// The lot, if the product is kept by lots.
    pub lot_id: Option<LotId>,
    /// How much, in base units.
    pub quantity: Quantity,
}

/// A document to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostDocument {
    /// Made before the first try: the same id twice is one document and the same answer.
    pub id: DocumentId,
    /// What it does. A [`DocumentKind::Reversal`] is refused here.
    pub kind: DocumentKind,
    /// Where from; without it the default location of the kind that fits.
    pub from: Option<LocationId>,
    /// Where to; without it the default location of the kind that fits.
    pub to: Option<LocationId>,
    /// The employee's yes; an opening has none.
    pub confirmation_id: Option<ConfirmationId>,
    /// The lines, 1 to [`MOST_LINES`].
    pub lines: Vec<Line>,
    /// A remark, up to 1000 characters.
    pub note: Option<String>,
}

/// What a line did to the balance of the internal location (of the one that gives, for a transfer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedLine {
    /// The product.
    pub product_id: ProductId,
    /// On hand before the line.
    pub before: Decimal,
    /// On hand after the line.
    pub after: Decimal,
}

/// A posted document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The document.
    pub document_id: DocumentId,
    /// Its number, in the order of posting; some are never used.
    pub number: i64,
    /// Its lines, in their order.
    pub lines: Vec<PostedLine>,
    /// When, by the database's clock.
    pub posted_at: DateTime<Utc>,
    /// Whether it had been posted before and this is the same answer again.
    pub repeated: bool,
}

/// A document's lines as the database takes them: a column each.
struct Columns {
    movements: Vec<Uuid>,
    products: Vec<Uuid>,
    lots: Vec<Option<Uuid>>,
    quantities: Vec<Decimal>,
}

/// Posts a document, or answers as before if its id was posted with the same content. The database checks the session,
/// its role and the confirmation again, by its own clock. Call it on a plain connection: it is a transaction of its own.
///
/// # Errors
/// [`Error::InsufficientStock`] names every product that falls short; [`Error::ConfirmationMissing`],
/// [`Error::ConfirmationExpired`], [`Error::ConfirmationForeign`]; [`Error::IdempotencyConflict`];
/// [`Error::ProductInactive`], [`Error::ProductNotFound`]; [`Error::LocationUnfit`]; [`Error::DocumentIncomplete`].
/// After [`Error::DatabaseUnavailable`] nobody knows: ask with [`find_posted`] or post again under the same id.
pub async fn post_document(
    connection: &mut PgConnection,
    actor: &Actor,
    document: &PostDocument,
) -> Result<Posted> {
    validate(actor, document)?;
    let columns = plan(&document.lines);
    write(connection, actor, document, &columns).await
}

/// The answer that was given for a document; `None` if it was never posted.
pub async fn find_posted(
    connection: &mut PgConnection,
    document: DocumentId,
) -> Result<Option<Posted>> {
    let rows = sqlx::query!(
        r#"select d.number, d.posted_at, m.product_id as "product_id: ProductId",
                  coalesce(m.from_on_hand + m.quantity, m.to_on_hand - m.quantity) as "before!",
                  coalesce(m.from_on_hand, m.to_on_hand) as "after!"
           from ombor.document as d
           join ombor.movement as m on m.document_number = d.number
           where d.id = $1
           order by m.line"#,
        document.as_uuid()
    )
    .fetch_all(connection)
    .await?;
    let Some((number, posted_at)) = rows.first().map(|row| (row.number, row.posted_at)) else {
        return Ok(None);
    };
    let lines = rows
        .into_iter()
        .map(|row| PostedLine {
            product_id: row.product_id,
            before: row.before,
            after: row.after,
        })
        .collect();
    Ok(Some(Posted {
        document_id: document,
        number,
        lines,
        posted_at,
        repeated: true,
    }))
}

fn validate(actor: &Actor, document: &PostDocument) -> Result<()> {
    actor.require(match document.kind {
        DocumentKind::Opening => Permission::PostOpening,
        _ => Permission::PostMovement,
    })?;
    let is_complete = (1..=MOST_LINES).contains(&document.lines.len())
        && document.kind != DocumentKind::Reversal
        && document
            .note
            .as_ref()
            .is_none_or(|note| note.chars().count() <= LONGEST_NOTE);
    if is_complete {
        Ok(())
    } else {
        Err(Error::DocumentIncomplete)
    }
}

fn plan(lines: &[Line]) -> Columns {
    Columns {
        movements: lines
            .iter()
            .map(|line| line.movement_id.as_uuid())
            .collect(),
        products: lines.iter().map(|line| line.product_id.as_uuid()).collect(),
        lots: lines
            .iter()
            .map(|line| line.lot_id.map(LotId::as_uuid))
            .collect(),
        quantities: lines
            .iter()
            .map(|line| line.quantity.as_decimal())
            .collect(),
    }
}

async fn write(
    connection: &mut PgConnection,
    actor: &Actor,
    document: &PostDocument,
    columns: &Columns,
) -> Result<Posted> {
    let answer = sqlx::query!(
        r#"select number as "number!", posted_at as "posted_at!", repeated as "repeated!",
                  before_quantities as "before!: Vec<Decimal>",
                  after_quantities as "after!: Vec<Decimal>"
           from ombor.post_document($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"#,
        actor.session_id.as_uuid(),
        document.id.as_uuid(),
        document.kind.as_str(),
        document.from.map(LocationId::as_uuid) as _,
        document.to.map(LocationId::as_uuid) as _,
        document.confirmation_id.map(ConfirmationId::as_uuid) as _,
        document.note.as_deref() as _,
        &columns.movements,
        &columns.products,
        &columns.lots as _,
        &columns.quantities
    )
    .fetch_one(connection)
    .await?;
    let lines = document
        .lines
        .iter()
        .zip(answer.before.into_iter().zip(answer.after))
        .map(|(line, (before, after))| PostedLine {
            product_id: line.product_id,
            before,
            after,
        })
        .collect();
    Ok(Posted {
        document_id: document.id,
        number: answer.number,
        lines,
        posted_at: answer.posted_at,
        repeated: answer.repeated,
    })
}
