//! A backup takes the warehouse's place: what that loses is counted before and after.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use ombor_core::invariant::{Facts, Loss};
use ombor_core::{lineage::Inheritance, schema};
use ombor_postgres::backup::{Backup, Keep, Shelf, Stage};
use ombor_postgres::restore;
use sqlx::{ConnectOptions, Connection, PgConnection};
use uuid::Uuid;

use crate::anchor::Anchor;
use crate::{Cancel, Error, Kept, Settings, Vault, kept};

/// How far a restore has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// What is there now is backed up first.
    Safety(Stage),
    /// The backup is brought back beside the warehouse and compared.
    Bringing(Stage),
    /// It takes the warehouse's place. From here on nothing is broken off.
    Exchanging,
}

/// What a restore would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// What the backup holds.
    pub backup: Facts,
    /// What the warehouse holds now.
    pub live: Facts,
    /// What would be lost.
    pub loss: Loss,
}

/// A restore that was made.
#[derive(Debug)]
pub struct Restored {
    /// What was lost, counted between the replaced database and the one in its place.
    pub loss: Loss,
    /// The backup of what was replaced.
    pub safety: Backup,
    /// The warehouse's epoch now.
    pub epoch: i32,
    /// The name of the replaced database, which stays until the next restore.
    pub former: String,
}

impl Vault<'_> {
    /// The backup of that name among [`Vault::list`].
    ///
    /// # Errors
    /// [`Error::BackupGone`]
    pub async fn find(&self, settings: &Settings, name: &str) -> Result<Kept, Error> {
        kept::named(self.list(settings).await?, name)
    }

    /// Says what a restore would lose, and refuses what cannot be restored here.
    ///
    /// # Errors
    /// [`Error::OtherWarehouse`], [`ombor_core::Error::DatabaseNewer`] for a backup of a newer program.
    pub async fn weigh(&self, backup: &Backup) -> Result<Weighed, Error> {
        let mut live = self.owner().await?;
        let (weighed, _) = weigh(&mut live, backup).await?;
        live.close().await?;
        Ok(weighed)
    }

    /// Backs up what is there, brings `backup` back beside it, settles its lineage, gives it the warehouse's place and
    /// counts what was lost. Every connection to the warehouse is cut off at the exchange, and every session ends.
    ///
    /// # Errors
    /// Those of [`Vault::weigh`], [`Vault::take`] and [`restore::prepare`]. The warehouse is as it was then.
    pub async fn restore(
        &self,
        settings: &Settings,
        backup: &Backup,
        progress: &(impl Fn(Phase) + Sync),
        cancel: &Cancel,
    ) -> Result<Restored, Error> {
        let mut live = self.owner().await?;
        let (weighed, _) = weigh(&mut live, backup).await?;
        live.close().await?;
        let shelf = Shelf {
            // Must not push out the backup that is restored.
            keep: Keep::ALL,
            ..self.shelf(settings).await?
        };
        let said = |stage| progress(Phase::Safety(stage));
        let safety = self.take_onto(&shelf, &said, cancel).await?.backup;
        let said = |stage| progress(Phase::Bringing(stage));
        let prepared = restore::prepare(self.subject(), backup, &said, cancel.asked()).await?;
        let info = prepared.connect_info().clone();
        let epoch = match self.settle(info.connect_options(), &weighed.backup).await {
            Ok(epoch) => epoch,
            Err(error) => {
                prepared.abandon().await;
                return Err(error);
            }
        };
        progress(Phase::Exchanging);
        let former = prepared.exchange().await?;
        let mut replaced = former.connect_options().connect().await?;
        let mut restored = self.owner().await?;
        let loss = lost_between(&mut replaced, &mut restored, &weighed.backup).await?;
        Anchor::drop_here(&mut restored, self.data()).await?;
        replaced.close().await?;
        restored.close().await?;
        Ok(Restored {
            loss,
            safety,
            epoch,
            former: former.database,
        })
    }

    /// Brings the restored copy's schema up to date and its identity behind the live warehouse's; returns its epoch.
    async fn settle(
        &self,
        fresh: sqlx::postgres::PgConnectOptions,
        backup: &Facts,
    ) -> Result<i32, Error> {
        let mut live = self.owner().await?;
        // Asked as late as can be: numbers are drawn until the exchange.
        let inheritance = Inheritance::of(&mut live).await?;
        live.close().await?;
        let mut fresh = fresh.connect().await?;
        schema::migrate(&mut fresh).await?;
        let epoch = inheritance.settle(&mut fresh, backup).await?;
        // An open connection would be cut off by the exchange.
        fresh.close().await?;
        Ok(epoch)
    }
}

async fn weigh(live: &mut PgConnection, backup: &Backup) -> Result<(Weighed, Inheritance), Error> {
    let held = Facts::read(&backup.manifest.evidence.facts)?;
    let inheritance = Inheritance::of(live).await?;
    if !inheritance.takes(&held) {
        return Err(Error::OtherWarehouse {
            name: backup.name.clone(),
        });
    }
    if held.schema > schema::version() {
        return Err(Error::Warehouse(ombor_core::Error::DatabaseNewer {
            found: held.schema,
            known: schema::version(),
        }));
    }
    let now = Facts::of(live).await?;
    let loss = if (now.lineage, now.epoch) == (held.lineage, held.epoch) {
        now.lost_against(&held)
    } else {
        // After another restore the numbers of both no longer follow one from the other.
        posted_after(live, held.newest_document_at).await?
    };
    let weighed = Weighed {
        backup: held,
        live: now,
        loss,
    };
    Ok((weighed, inheritance))
}

/// What was posted after an instant, by the live warehouse's own dates; all of it without one.
pub(crate) async fn posted_after(
    live: &mut PgConnection,
    after: Option<DateTime<Utc>>,
) -> Result<Loss, Error> {
    let (documents, movements) = sqlx::query_as(
        "select count(distinct d.number), count(m.document_number) from ombor.document as d
         join ombor.movement as m on m.document_number = d.number
         where $1::timestamptz is null or d.posted_at > $1",
    )
    .bind(after)
    .fetch_one(live)
    .await?;
    Ok(Loss {
        documents,
        movements,
        after,
    })
}

/// Counts the documents of the replaced database that the one in its place lacks, by their ids.
async fn lost_between(
    replaced: &mut PgConnection,
    restored: &mut PgConnection,
    backup: &Facts,
) -> Result<Loss, Error> {
    let kept: Vec<Uuid> = sqlx::query_scalar("select id from ombor.document")
        .fetch_all(restored)
        .await?;
    let kept: HashSet<Uuid> = kept.into_iter().collect();
    let held: Vec<(Uuid, i64)> = sqlx::query_as(
        "select d.id, count(*) from ombor.document as d
         join ombor.movement as m on m.document_number = d.number group by d.id",
    )
    .fetch_all(replaced)
    .await?;
    let lost = held.iter().filter(|(id, _)| !kept.contains(id));
    let (documents, movements) = lost.fold((0, 0), |(documents, movements), (_, lines)| {
        (documents + 1, movements + lines)
    });
    Ok(Loss {
        documents,
        movements,
        after: backup.newest_document_at,
    })
}
