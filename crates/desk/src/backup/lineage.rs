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

    /// Marks what the database holds; notices that another desk exchanged it for a backup.
    pub(super) async fn follow_the_database(self: &Arc<Self>) -> Result<()> {
        let mut connection = self.connection().await?;
        let moment = Moment::of(&mut connection).await;
        drop(connection);
        let moment = moment.map_err(|e| fault::from_vault(&e))?;
        let (known, is_restoring) = {
            let backups = lock(&self.backups);
            (backups.epoch, backups.running.is_some())
        };
        if is_restoring {
            return Ok(());
        }
        let Some(known) = known else {
            // Nobody looked yet: marking it now would hide what there is to see.
            return self.look_at_lineage().await;
        };
        if known != moment.epoch {
            self.begin_anew().await;
            self.look_at_lineage().await?;
            self.changed(&[ChangeTag::Backup]);
            return Ok(());
        }
        if self.suspicion().is_some() {
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
