//! Taking over what an old program kept: products, codes, prices, opening balances, users and history, in one
//! transaction, as often as one likes.
//!
//! Reading order: [`old`] (what a reader of files hands in), `identity` (which old record is which of ours), `known` (what
//! the warehouse has already), `planning` (pure: the rows to write), `opening` (balances), `writing`, then [`report`] and
//! [`history`].
//!
//! The same record never becomes two: it is known by its key in the old program, else by its SKU, by a code, or by a name
//! that stands alone. An opening balance is posted only where the ledger knows nothing of the product yet, so a second
//! run cannot double the stock; where the old program says something else by then, the report does too.

pub mod history;
mod identity;
mod known;
pub mod old;
mod opening;
mod pictures;
mod planning;
pub mod report;
mod writing;

use std::ops::ControlFlow;

use serde_json::json;
use sqlx::{Connection, PgConnection};

use self::{known::Known, opening::Openings, planning::Rows, writing::Writer};
pub use self::{
    old::OldWarehouse,
    report::{Difference, Left, LeftReason, TakenOver},
};
use crate::{
    Error, Result,
    actor::{Actor, Permission},
    audit,
    name::Name,
};

/// How far a takeover is, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Written so far.
    pub done: usize,
    /// To be written in all.
    pub of: usize,
}

/// Hears how far a takeover is, and may stop it: then nothing was changed.
pub type Progress<'a> = &'a mut (dyn FnMut(Step) -> ControlFlow<()> + Send);

/// Writes what an old program kept into the warehouse: all of it or, if it fails or is stopped, nothing.
///
/// Names, prices, groups and levels of products that came before are brought up to what the old data say now; their SKU
/// and whether they are in use stay. Prices are in the warehouse's currency. Users come without a password.
///
/// # Errors
/// [`Error::NotPermitted`] for anybody but an Admin, [`Error::Cancelled`], [`Error::NameMissing`] for a source without a
/// name.
pub async fn take_over(
    connection: &mut PgConnection,
    actor: &Actor,
    old: &OldWarehouse<'_>,
    progress: Progress<'_>,
) -> Result<TakenOver> {
    actor.require(Permission::TakeOver)?;
    let source = Name::parse(old.source)?;
    let mut work = connection.begin().await?;
    sqlx::query!(
        "select ombor.begin_takeover($1)",
        actor.session_id.as_uuid()
    )
    .execute(&mut *work)
    .await?;
    let known = Known::read(&mut work, &source, old).await?;
    let mut report = TakenOver::default();
    let rows = Rows::plan(old, &known, &mut report);
    let mut writer = Writer::new(&mut work, actor, &source, progress);
    let places = writer.places(old, &known, &mut report).await?;
    let ledger = known::ledger(writer.connection, &rows.known_ids()).await?;
    let openings = Openings::plan(old, &rows, &places, &known, &ledger, &mut report);
    writer
        .all(old, &rows, &known, openings, &mut report)
        .await?;
    let details = json!({
        "source": source.as_str(),
        "products": report.products,
        "changed": report.changed,
        "codes": report.codes,
        "balances": report.balances,
        "pictures": report.pictures,
        "users": report.users.len(),
        "movements": report.movements,
        "left": report.left.len(),
        "differences": report.differences.len(),
    });
    audit::record(
        &mut work,
        Some(actor),
        "data_taken_over",
        "warehouse",
        None,
        &details,
    )
    .await?;
    work.commit().await?;
    Ok(report)
}

/// Whether somebody who is asked wants to go on.
fn go_on(progress: &mut (dyn FnMut(Step) -> ControlFlow<()> + Send), step: Step) -> Result<()> {
    match progress(step) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Cancelled),
    }
}
