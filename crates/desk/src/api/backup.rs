//! Backups from the menu.

use chrono::Utc;
use ombor_core::actor::Permission;
use ombor_core::audit;
use ombor_postgres::dump;
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use crate::backup;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::house::{APP_ROLE, BACKUP_ROLE, MIGRATE_ROLE, OWNER_ROLE};
use crate::ombor::Ombor;

/// A backup file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// Where it lies.
    pub path: String,
    /// What it is called.
    pub file_name: String,
    /// How long it is, in bytes.
    pub size_bytes: String,
    /// When it was taken.
    pub taken_at: String,
}

impl Ombor {
    /// Writes the database as plain SQL into the backups folder. An empty PostgreSQL 18 takes the file by psql alone.
    pub async fn take_backup(&self) -> Result<Backup> {
        let mut work = self.work().await?;
        let permitted = work.actor.require(Permission::TakeBackup);
        if permitted.is_err() {
            work.done(permitted).await?;
            return Err(AppError::new(ErrorCode::NotPermitted));
        }
        let house = self.house()?;
        let Some(server) = &house.server else {
            return Err(AppError::new(ErrorCode::BackupFailed));
        };
        let at = Utc::now();
        let file_name = backup::file_name(at);
        let target = self.locations.backups().join(&file_name);
        let info = server
            .connect_info(BACKUP_ROLE)
            .map_err(|e| fault::from_server(&e))?;
        let preamble =
            dump::missing_roles_preamble(&[OWNER_ROLE, MIGRATE_ROLE, APP_ROLE, BACKUP_ROLE]);
        let dump = dump::plain_sql(server.bin_dir(), info, &target, &preamble, |_| ())
            .await
            .map_err(|e| fault::from_server(&e))?;
        let details = json!({ "file": file_name, "size_bytes": dump.size_bytes });
        let (connection, actor) = work.parts();
        let recorded = audit::record(
            connection,
            Some(actor),
            "backup_taken",
            "backup",
            None,
            &details,
        )
        .await;
        work.done(recorded).await?;
        self.changed(&[ChangeTag::Backup, ChangeTag::Audit]);
        Ok(backup::describe(&dump.path, file_name, dump.size_bytes, at))
    }

    /// The backups in the backups folder, newest first.
    pub async fn list_backups(&self) -> Result<Vec<Backup>> {
        let work = self.work().await?;
        let permitted = work.actor.require(Permission::TakeBackup);
        work.done(permitted).await?;
        Ok(backup::list(&self.locations.backups()))
    }
}
