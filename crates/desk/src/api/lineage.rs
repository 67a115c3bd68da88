//! A database that is not the one that was here before: told to the Admin, who settles it.

use std::sync::Arc;

use ombor_core::actor::Permission;
use ombor_vault::anchor::Suspicion;
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use crate::change::ChangeTag;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;
use crate::wire::time;

/// What is suspicious about the database; the window has a sentence for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum LineageNotice {
    /// It is another warehouse than the one that was here.
    OtherWarehouse,
    /// A backup was restored, not by this desk.
    Restored,
    /// It is an older copy.
    Older {
        /// Documents that are missing at least.
        documents: u32,
        /// The newest document that is here was posted then.
        #[serde(rename = "newestAt")]
        newest_at: Option<String>,
        /// The newest document that was known was posted then.
        #[serde(rename = "knownUntil")]
        known_until: Option<String>,
    },
    /// What was sealed is another content now.
    Rewritten,
    /// The data came from another computer, where the original may still be at work.
    Copied,
}

impl From<Suspicion> for LineageNotice {
    fn from(suspicion: Suspicion) -> Self {
        match suspicion {
            Suspicion::OtherWarehouse => Self::OtherWarehouse,
            Suspicion::Restored { .. } => Self::Restored,
            Suspicion::Older {
                documents,
                newest_document_at,
                known_until,
            } => Self::Older {
                documents: u32::try_from(documents).unwrap_or(u32::MAX),
                newest_at: newest_document_at.map(time),
                known_until: known_until.map(time),
            },
            Suspicion::Rewritten { .. } => Self::Rewritten,
            Suspicion::Copied => Self::Copied,
        }
    }
}

impl Ombor {
    /// What an Admin should know about where this database came from; `None` when all is well.
    pub async fn lineage_notice(&self) -> Result<Option<LineageNotice>> {
        let (work, _) = self.keeper(Permission::RestoreBackup).await?;
        drop(work);
        Ok(self.suspicion().map(LineageNotice::from))
    }

    /// An Admin read it and goes on with this database. An older copy, a changed one and one of another computer get a
    /// higher epoch, so that nobody takes them for the one that was known.
    pub async fn settle_lineage(self: &Arc<Self>) -> Result<()> {
        let (work, moment) = self.keeper(Permission::RestoreBackup).await?;
        let actor = work.actor.clone();
        drop(work);
        let Some(suspicion) = self.suspicion() else {
            return Ok(());
        };
        let house = self.house()?;
        let vault = self.vault(&house).await?;
        let epoch = match suspicion {
            Suspicion::OtherWarehouse | Suspicion::Restored { .. } => {
                vault.drop_anchor().await.map(|()| moment.epoch)
            }
            Suspicion::Older { .. } | Suspicion::Rewritten { .. } | Suspicion::Copied => {
                vault.go_on(&self.backup_settings()).await
            }
        };
        let epoch = epoch.map_err(|e| fault::from_vault(&e))?;
        self.trust(epoch);
        let kind = LineageNotice::from(suspicion);
        self.note(
            Some(&actor),
            "database_accepted",
            &json!({ "epoch": epoch, "notice": kind }),
        )
        .await;
        self.changed(&[ChangeTag::Backup, ChangeTag::Audit]);
        Ok(())
    }
}
