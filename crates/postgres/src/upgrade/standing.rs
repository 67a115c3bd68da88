//! An upgrade that stands: taken back, or confirmed.

use std::path::{Path, PathBuf};

use serde_json::Value;
use sqlx::Connection;

use super::exchange::{self, Mark, Phase};
use super::ground::{Ground, Turn, remove_tree, work_folder};
use crate::backup::Proof;
use crate::cluster::Logins;
use crate::layout::Layout;
use crate::platform::Account;
use crate::program::require;
use crate::{Error, Options, server, storage};

/// An upgrade that can be taken back. The data directory is taken as long as this lives.
pub struct Standing<'a> {
    ground: Ground<'a>,
    mark: Mark,
}

impl<'a> Standing<'a> {
    /// Takes a data directory that no program uses.
    ///
    /// # Errors
    /// [`Error::NoUpgrade`], [`Error::AlreadyOwned`].
    pub async fn take(options: &'a Options) -> Result<Self, Error> {
        let ground = Ground::take(options).await?;
        let Some(mark) = Mark::read(ground.live()) else {
            ground.remove();
            return Err(Error::NoUpgrade);
        };
        Ok(Self { ground, mark })
    }

    /// Major version before the upgrade.
    pub fn from(&self) -> u32 {
        self.mark.from
    }

    /// What the application knew about its data then.
    pub fn facts_then(&self) -> &Value {
        &self.mark.facts
    }

    /// What it knows now: the server is started for the question, where nobody else reaches it.
    ///
    /// # Errors
    /// What keeps the server from starting.
    pub async fn facts_now(&self, proof: &Proof) -> Result<Value, Error> {
        let site = self.ground.new_site().await?;
        let cluster = self.ground.live().cluster();
        let logins = Logins::read(&cluster)?;
        server::stop_whatever_runs(&site, &cluster).await;
        let mut running = server::launch_with(&site, &cluster, &[], &|_| {}).await?;
        let asked = async {
            let info = running.superuser(&logins, &site.options.database)?;
            let mut connection = server::connect(&info).await?;
            let facts = sqlx::query_scalar(proof.facts_sql)
                .fetch_one(&mut connection)
                .await?;
            connection.close().await?;
            Ok(facts)
        }
        .await;
        server::stop(&mut running.postmaster).await;
        asked
    }

    /// Puts the old cluster back in its place. The new one is set aside; returns where.
    ///
    /// # Errors
    /// [`Error::UpgradeBroken`] when the old cluster is gone; nothing is changed then.
    pub fn back_out(self) -> Result<PathBuf, Error> {
        let aside = exchange::back_out(self.ground.live(), &self.mark)?;
        self.ground.remove();
        Ok(aside)
    }
}

/// Removes the old cluster of an upgrade: there is no way back afterwards. The server may run meanwhile.
///
/// # Errors
/// [`Error::NoUpgrade`]
pub fn confirm(options: &Options) -> Result<u32, Error> {
    let data_dir: &Path = &options.data_dir;
    if !data_dir.is_dir() {
        return Err(Error::NoUpgrade);
    }
    let _turn = Turn::take(data_dir)?;
    let data_dir = data_dir.canonicalize().map_err(Error::io(data_dir))?;
    let account = Account::choose(&require(&options.bin_dir, "postgres")?)?;
    let layout = Layout::prepare(data_dir, options, &account)?;
    let mark = Mark::read(&layout).filter(|mark| mark.phase == Phase::Standing);
    let mark = mark.ok_or(Error::NoUpgrade)?;
    let (former, work) = (mark.former(&layout), work_folder(layout.home()));
    // What is removed has another name first: half of it is never taken for a cluster.
    remove_tree(&work).map_err(Error::io(&work))?;
    if former.is_dir() {
        std::fs::rename(&former, &work).map_err(Error::io(&former))?;
        storage::sync_parent(&work)?;
    }
    Mark::remove(&layout)?;
    remove_tree(&work).map_err(Error::io(&work))?;
    Ok(mark.from)
}
