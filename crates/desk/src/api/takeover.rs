//! Taking over what an old program kept: read, shown, corrected by hand, written at once or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ombor_core::actor::{Actor, Permission};
use ombor_core::takeover::{Progress, TakenOver, take_over};
use ombor_import::{Correction, Plan, Report, lexicon::Field};
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::{Connection, PgConnection};

use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, Work, lock};
use crate::takeover::remark;
pub use crate::takeover::remark::RemarkCode;
use crate::takeover::sample;

/// What is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeoverOrder {
    /// Files and folders; all of them are one import.
    pub paths: Vec<String>,
    /// What columns hold, where the program mistook them.
    pub corrections: Vec<ColumnCorrection>,
}

/// A hand's correction of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnCorrection {
    /// The sheet, table or file.
    pub part: String,
    /// The column's head.
    pub column: String,
    /// What it holds: a word such as `name`, `barcode`, `quantity`; `other` for what is not taken.
    pub field: String,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnMeaning {
    /// The sheet, table or file.
    pub part: String,
    /// The column's head.
    pub column: String,
    /// What it holds, as a word; none if it is not known.
    pub field: Option<String>,
}

/// How much was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each field counts what it names")]
pub struct ReadCounts {
    pub records: u32,
    pub products: u32,
    pub variants: u32,
    pub categories: u32,
    pub codes: u32,
    pub places: u32,
    pub balances: u32,
    pub pictures: u32,
    pub users: u32,
    pub movements: u32,
}

/// One of the first products that were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SampleProduct {
    /// Its name.
    pub name: String,
    /// Its SKU.
    pub sku: Option<String>,
    /// Its first code.
    pub code: Option<String>,
    /// Its group.
    pub category: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Its price.
    pub price: Option<String>,
    /// How much of it is in stock, in all places.
    pub quantity: String,
}

/// What kind of thing a remark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RemarkKind {
    /// Something was not taken out of the old data.
    Skipped,
    /// The old stock and the old movements disagree.
    Disagreement,
    /// Something was read and does not fit into this warehouse.
    Left,
    /// The old stock and the ledger disagree; the ledger stays.
    Difference,
    /// Something to know.
    Note,
}

impl RemarkKind {
    /// Every kind, the weightiest first.
    pub const ALL: [Self; 5] = [
        Self::Skipped,
        Self::Left,
        Self::Disagreement,
        Self::Difference,
        Self::Note,
    ];

    /// The word for it, as it crosses to the window.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Disagreement => "disagreement",
            Self::Left => "left",
            Self::Difference => "difference",
            Self::Note => "note",
        }
    }
}

/// Something that the person who takes over should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    /// What kind of thing it says.
    pub kind: RemarkKind,
    /// The sheet, table or file.
    pub part: String,
    /// The row; none for the whole part.
    pub row: Option<u32>,
    /// What it says; the window has a sentence for each.
    pub code: RemarkCode,
    /// What the sentence needs.
    pub params: BTreeMap<String, String>,
}

/// Remarks of one kind: how many there are, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemarkGroup {
    /// The kind.
    pub kind: RemarkKind,
    /// How many there are; a saved report has them all.
    pub count: u32,
    /// The first of them.
    pub first: Vec<Remark>,
}

/// What a takeover writes, or would write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeoverOutcome {
    /// New products.
    pub products: u32,
    /// Known products that are brought up to date.
    pub changed: u32,
    /// Known products that are as they were.
    pub unchanged: u32,
    /// New groups.
    pub categories: u32,
    /// New codes.
    pub codes: u32,
    /// Opening balances.
    pub balances: u32,
    /// Pictures of products that had none.
    pub pictures: u32,
    /// New records of the old history.
    pub movements: u32,
    /// Logins of new users. Each is asked for a new password: theirs did not come along.
    pub users: Vec<String>,
}

/// What was read and what would become of it; nothing is written yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeoverPreview {
    /// The formats of the files, as words: `xlsx`, `csv`, `commerceml`, `django-sqlite` and so on.
    pub formats: Vec<String>,
    /// How much was read.
    pub counts: ReadCounts,
    /// The first products.
    pub sample: Vec<SampleProduct>,
    /// What every column was taken for.
    pub columns: Vec<ColumnMeaning>,
    /// What is to be known, kind by kind.
    pub remarks: Vec<RemarkGroup>,
    /// What a takeover would write now.
    pub outcome: TakeoverOutcome,
}

/// What a takeover did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeoverReport {
    /// What it wrote.
    pub outcome: TakeoverOutcome,
    /// What is to be known, kind by kind.
    pub remarks: Vec<RemarkGroup>,
}

/// What the work has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TakeoverStep {
    /// The files are read.
    Reading,
    /// It is tried out what would become of them.
    Trying,
    /// They are written into the warehouse.
    Writing,
}

/// Work on a takeover, as it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeoverWork {
    /// What it has come to.
    pub step: TakeoverStep,
    /// Records read or rows written so far.
    pub done: u32,
    /// Of so many, as far as that is known.
    pub of: Option<u32>,
}

impl Ombor {
    /// Reads old data and tries out what would become of them, in a transaction that is taken back. What was read is kept
    /// for [`Ombor::take_over`].
    pub async fn preview_takeover(
        self: &Arc<Self>,
        order: TakeoverOrder,
    ) -> Result<TakeoverPreview> {
        let mut work = self.heir().await?;
        let running = self.begin_takeover(TakeoverStep::Reading)?;
        lock(&self.takeover).forget();
        let paths: Vec<PathBuf> = order.paths.iter().map(PathBuf::from).collect();
        let corrections = order.corrections.iter().map(correction);
        let corrections: Vec<Correction> = corrections.collect::<Result<_>>()?;
        let reader = running.reader();
        let read = tokio::task::spawn_blocking(move || {
            ombor_import::read(&paths, &corrections, &mut |records| reader.read(records))
        });
        let plan = read.await.map_err(|error| AppError::internal(&error))?;
        let plan = plan.map_err(|error| fault::from_import(&error))?;
        let (connection, actor) = work.parts();
        let mut progress = |step| running.wrote(TakeoverStep::Trying, step);
        let tried = try_out(connection, actor, &plan, &mut progress).await;
        let taken = work.done(tried).await?;
        let remarks = remark::all(&plan, &taken);
        let preview = TakeoverPreview {
            formats: plan.formats.iter().map(|&word| word.to_owned()).collect(),
            counts: counts(&plan),
            sample: sample::of(&plan),
            columns: columns(&plan),
            remarks: remark::grouped(&remarks),
            outcome: outcome(taken),
        };
        lock(&self.takeover).keep(Some(plan), remarks);
        Ok(preview)
    }

    /// Writes what was read and shown: all of it or, if it fails or is broken off, nothing.
    pub async fn take_over(self: &Arc<Self>) -> Result<TakeoverReport> {
        let mut work = self.heir().await?;
        let running = self.begin_takeover(TakeoverStep::Writing)?;
        let plan = lock(&self.takeover).plan();
        let plan = plan.ok_or_else(|| AppError::new(ErrorCode::ImportNothingGiven))?;
        let (connection, actor) = work.parts();
        let mut progress = |step| running.wrote(TakeoverStep::Writing, step);
        let old = plan.old_warehouse();
        let taken = take_over(connection, actor, &old, &mut progress).await;
        let taken = work.done(taken).await?;
        let remarks = remark::all(&plan, &taken);
        let report = TakeoverReport {
            remarks: remark::grouped(&remarks),
            outcome: outcome(taken),
        };
        lock(&self.takeover).keep(None, remarks);
        self.changed(&[
            ChangeTag::Product,
            ChangeTag::Category,
            ChangeTag::Stock,
            ChangeTag::Movement,
            ChangeTag::User,
            ChangeTag::Audit,
        ]);
        Ok(report)
    }

    /// Breaks off what is being read or written; then nothing was changed.
    pub async fn cancel_takeover(&self) -> Result<()> {
        self.heir().await?;
        lock(&self.takeover).cancel();
        Ok(())
    }

    /// What is being done with old data now.
    pub fn takeover_work(&self) -> Option<TakeoverWork> {
        lock(&self.takeover).work()
    }

    /// Who asks, if they may.
    pub(crate) async fn heir(&self) -> Result<Work> {
        let work = self.work().await?;
        let permitted = work.actor.require(Permission::TakeOver);
        if permitted.is_err() {
            work.done(permitted).await?;
            return Err(AppError::new(ErrorCode::NotPermitted));
        }
        Ok(work)
    }
}

/// A takeover in a transaction that is taken back: what it would do, exactly.
async fn try_out(
    connection: &mut PgConnection,
    actor: &Actor,
    plan: &Plan,
    progress: Progress<'_>,
) -> ombor_core::Result<TakenOver> {
    let mut trial = connection.begin().await?;
    let taken = take_over(&mut trial, actor, &plan.old_warehouse(), progress).await;
    trial.rollback().await?;
    taken
}

fn correction(given: &ColumnCorrection) -> Result<Correction> {
    let field = Field::from_word(&given.field);
    Ok(Correction {
        part: Some(given.part.clone()),
        column: given.column.clone(),
        field: field.ok_or_else(|| AppError::new(ErrorCode::InvalidSetting))?,
    })
}

fn columns(plan: &Plan) -> Vec<ColumnMeaning> {
    let word = |field: Field| {
        let known = Field::ALL.iter().find(|(one, _)| *one == field);
        known.map(|(_, word)| (*word).to_owned())
    };
    let meaning = |column: &ombor_import::plan::ColumnMapping| ColumnMeaning {
        part: column.part.clone(),
        column: column.column.clone(),
        field: column.field.and_then(word),
    };
    plan.mapping.iter().map(meaning).collect()
}

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn counts(plan: &Plan) -> ReadCounts {
    let report = Report::from(plan);
    ReadCounts {
        records: u32::try_from(report.read).unwrap_or(u32::MAX),
        products: whole(report.products),
        variants: whole(report.variants),
        categories: whole(report.categories),
        codes: whole(report.codes),
        places: whole(report.places),
        balances: whole(report.stock),
        pictures: whole(report.pictures),
        users: whole(report.users),
        movements: whole(report.movements),
    }
}

fn outcome(taken: TakenOver) -> TakeoverOutcome {
    TakeoverOutcome {
        products: whole(taken.products),
        changed: whole(taken.changed),
        unchanged: whole(taken.unchanged),
        categories: whole(taken.categories),
        codes: whole(taken.codes),
        balances: whole(taken.balances),
        pictures: whole(taken.pictures),
        movements: whole(taken.movements),
        users: taken.users,
    }
}
