//! Broken variants: what the checks must catch, or they prove nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use ombor_core::schema;
use rand::rngs::StdRng;
use rustix::process::Signal;
use serde::Serialize;
use sqlx::{Connection, PgConnection, Row};
use std::collections::HashSet;

use super::app::{App, Plan};
use super::ground::{Ground, connect};
use super::power::{self, Disk};
use super::round::{PATIENCE, at_work};
use super::strike::signal_server;
use super::verdict::Verdict;
use crate::until::{pass, until};

/// How a broken variant fared.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    /// Which.
    pub name: String,
    /// Whether the checks saw it.
    pub caught: bool,
    /// What they saw.
    pub found: String,
}

/// How often the server is frozen: at a single moment it may have stored no document whose answer is still missing.
const FREEZES: u32 = 4;

/// A program that makes a new id for each try books twice after a frozen server.
pub async fn forgotten_ids(program: &Path, ground: &Ground, seed: u64) -> Result<Control> {
    let mut plan = Plan::usual(ground, seed);
    plan.patience_ms = 2_000;
    plan.forgets_ids = true;
    let app = App::start(program, &plan)?;
    at_work(&app).await?;
    for _ in 0..FREEZES {
        signal_server(&ground.cluster(), Signal::STOP)?;
        pass(Duration::from_secs(3)).await;
        signal_server(&ground.cluster(), Signal::CONT)?;
        let before = app.journal.heard().acknowledged.len();
        // By then each writer has asked again.
        let enough = before + 4 * usize::try_from(plan.writers)?;
        until("the second tries", PATIENCE, async || {
            Ok((app.journal.heard().acknowledged.len() >= enough).then_some(()))
        })
        .await?;
    }
    let heard = app.kill().close();
    let verdict = Verdict::reach(&ground.attach().await?, &heard).await?;
    Ok(Control {
        name: "ids forgotten".to_owned(),
        caught: verdict.doubled > 0,
        found: format!("{} acts booked twice", verdict.doubled),
    })
}

/// A disk that does not sync loses acknowledged documents at a power cut. `None` where it cannot be tried.
pub async fn lying_disk(
    program: &Path,
    folder: &Path,
    dice: &mut StdRng,
) -> Result<Option<Control>> {
    let Some(cut) = power::cut(program, folder, Disk::Lying, dice).await? else {
        return Ok(None);
    };
    Ok(Some(Control {
        name: "no sync".to_owned(),
        caught: cut.verdict.lost > 0,
        found: format!(
            "{} of {} acknowledged documents lost",
            cut.verdict.lost, cut.acknowledged
        ),
    }))
}

/// Two readers of the outbox, side by side: one after a plain sequence, one below the transaction watermark.
#[derive(Debug, Default)]
struct Readers {
    last: i64,
    by_sequence: HashSet<i64>,
    below_watermark: HashSet<i64>,
}

impl Readers {
    async fn look(&mut self, connection: &mut PgConnection) -> Result<()> {
        let after = "select sequence from ombor.outbox where sequence > $1 order by sequence";
        for row in sqlx::query(after)
            .bind(self.last)
            .fetch_all(&mut *connection)
            .await?
        {
            let sequence = row.get(0);
            self.last = self.last.max(sequence);
            self.by_sequence.insert(sequence);
        }
        // A sync worker marks what it has sent; this one keeps it in mind.
        let below = "select sequence from ombor.outbox
                     where xid < pg_snapshot_xmin(pg_current_snapshot()) and sequence <> all ($1)";
        let known: Vec<i64> = self.below_watermark.iter().copied().collect();
        let rows = sqlx::query(below).bind(known).fetch_all(connection).await?;
        self.below_watermark
            .extend(rows.iter().map(|row| row.get::<i64, _>(0)));
        Ok(())
    }
}

/// A cursor on the sequence alone misses rows of slow neighbours; the watermark misses none (T27).
pub async fn cursor_by_sequence(program: &Path, ground: &Ground, seed: u64) -> Result<Control> {
    const LOOK_FOR: Duration = Duration::from_secs(4);
    let app = App::start(program, &Plan::usual(ground, seed))?;
    at_work(&app).await?;
    let attached = ground.attach().await?;
    let mut connection = connect(&attached, schema::MIGRATE_ROLE).await?;
    let began: i64 = sqlx::query_scalar("select coalesce(max(sequence), 0) from ombor.outbox")
        .fetch_one(&mut connection)
        .await?;
    let mut readers = Readers {
        last: began,
        ..Readers::default()
    };
    let begun = Instant::now();
    while begun.elapsed() < LOOK_FOR {
        readers.look(&mut connection).await?;
    }
    app.kill().close();
    connection.close().await?;
    // Everything that was under way has ended by now, one way or the other.
    drop(attached);
    power::deserted(ground).await?;
    let attached = ground.attach().await?;
    let mut connection = connect(&attached, schema::MIGRATE_ROLE).await?;
    readers.look(&mut connection).await?;
    let all: Vec<i64> = sqlx::query_scalar("select sequence from ombor.outbox where sequence > $1")
        .bind(began)
        .fetch_all(&mut connection)
        .await?;
    let missed = |seen: &HashSet<i64>| all.iter().filter(|row| !seen.contains(row)).count();
    let (sequence, watermark) = (
        missed(&readers.by_sequence),
        missed(&readers.below_watermark),
    );
    Ok(Control {
        name: "sequence".to_owned(),
        caught: sequence > 0 && watermark == 0,
        found: format!(
            "a cursor by sequence missed {sequence} of {} events, the watermark {watermark}",
            all.len()
        ),
    })
}
