//! Is this the database that was here before?

use std::sync::Arc;
use std::time::{Duration, Instant};

use ombor_vault::Moment;
use ombor_vault::anchor::Suspicion;

use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::{Ombor, lock};

/// A database in use is marked this often: counting what it holds costs a large one something.
const MARK_EVERY: Duration = Duration::from_mins(10);

impl Ombor {
    /// Compares the database with the mark beside it; an unsuspected one is marked anew.
    pub(super) async fn look_at_lineage(&self) -> Result<()> {
        if self.are_backups_elsewhere() {
            // Another desk compares and marks; this one has to notice an exchange all the same.
            let mut connection = self.connection().await?;
            let moment = Moment::of(&mut connection).await;
            let moment = moment.map_err(|e| fault::from_vault(&e))?;
            lock(&self.backups).epoch = Some(moment.epoch);
            return Ok(());
        }
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let suspicion = vault.suspect(&self.backup_settings()).await;
        let suspicion = suspicion.map_err(|e| fault::from_vault(&e))?;
        let moment = vault.moment().await.map_err(|e| fault::from_vault(&e))?;
        if let Some(suspicion) = &suspicion {
            tracing::warn!(
                ?suspicion,
                "this database is not the one that was here before"
            );
        } else {
            vault
                .drop_anchor()
                .await
                .map_err(|e| fault::from_vault(&e))?;
        }
        let mut backups = lock(&self.backups);
        backups.suspicion = suspicion;
        backups.epoch = Some(moment.epoch);
        Ok(())
    }

    /// What is suspicious about the database, until an Admin settles it.
    pub(crate) fn suspicion(&self) -> Option<Suspicion> {
        lock(&self.backups).suspicion.clone()
    }

    /// The database's epoch is known to be this one from now on, and nothing is suspicious about it.
    pub(crate) fn trust(&self, epoch: i32) {
        let mut backups = lock(&self.backups);
        backups.suspicion = None;
        backups.epoch = Some(epoch);
    }

    /// Notices that another desk exchanged the database for a backup: what this desk remembers of the old one goes, and
    /// its session ends. Returns the warehouse at this moment. One asks at a time, so that nobody who logs in meanwhile
    /// is taken for somebody of before.
    pub(crate) async fn notice_exchange(self: &Arc<Self>) -> Result<Moment> {
        let _turn = self.noticing.lock().await;
        let mut connection = self.connection().await?;
        let moment = Moment::of(&mut connection).await;
        drop(connection);
        let moment = moment.map_err(|e| fault::from_vault(&e))?;
        let is_exchanged = {
            let backups = lock(&self.backups);
            // This desk's own restore begins anew by itself.
            backups.running.is_none() && backups.epoch.is_some_and(|known| known != moment.epoch)
        };
        if is_exchanged {
            tracing::warn!(epoch = moment.epoch, "another desk restored a backup");
            self.begin_anew().await;
            self.look_at_lineage().await?;
            self.changed(&[ChangeTag::Backup]);
        }
        Ok(moment)
    }

    /// Marks what the database holds, once it is known to be the one that was here before.
    pub(super) async fn follow_the_database(self: &Arc<Self>) -> Result<()> {
        let moment = self.notice_exchange().await?;
        let (is_looked_at, is_restoring) = {
            let backups = lock(&self.backups);
            (backups.epoch.is_some(), backups.running.is_some())
        };
        if is_restoring {
            return Ok(());
        }
        if !is_looked_at {
            // Nobody looked yet: marking it now would hide what there is to see.
            return self.look_at_lineage().await;
        }
        if self.suspicion().is_some() || self.are_backups_elsewhere() {
            return Ok(());
        }
        let is_marked = lock(&self.backups)
            .anchored
            .is_some_and(|(at, changed)| changed == moment.changed_at || at.elapsed() < MARK_EVERY);
        if is_marked {
            return Ok(());
        }
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        vault
            .drop_anchor()
            .await
            .map_err(|e| fault::from_vault(&e))?;
        lock(&self.backups).anchored = Some((Instant::now(), moment.changed_at));
        Ok(())
    }
}
