//! The journal: off unless somebody switches it on. With it the warehouse comes back as it was at any moment, and a disk
//! that fails costs at most the last minute.

mod verdict;

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ombor_postgres::backup::{self, Backup, Keep, Shelf, Stage, Subject};
use ombor_postgres::journal::{self, CopyOrder, Recovered, Setting, Wanted};
use ombor_postgres::{Attached, Limits, Options, Steward, bundle};
use sqlx::{ConnectOptions, Connection};

use self::verdict::{is_copy_due, meant};
use crate::restoration::posted_after;
use crate::vault::{OWNER, PROOF, ROLES};
use crate::{Cancel, Error, Loss, Settings, Vault};

pub use self::verdict::Journal;

/// So many copies of the cluster are kept, each with the journal after it.
pub const KEPT_COPIES: usize = 3;
/// How often it is looked whether a piece of the log has come.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// A piece that is not kept after so many looks is not waited for any more.
const LOOKS: u32 = 1200;

impl Vault<'_> {
    /// Switches the journal on, in a folder of its own below `folder`: the server is started anew, which cuts connections
    /// off, and the whole cluster is copied once.
    ///
    /// # Errors
    /// [`Error::JournalElsewhere`] for another server, [`ombor_postgres::Error::BackupFolder`] for a folder that is not
    /// there, [`Error::JournalStopped`] when the server hands nothing out all the same, and those of
    /// [`journal::take_base`]. The journal is as it was then.
    pub async fn keep_journal(
        &self,
        folder: &Path,
        progress: &(impl Fn(u64) + Sync),
        cancel: &Cancel,
    ) -> Result<Journal, Error> {
        let helper = self.helper.ok_or(Error::JournalElsewhere)?;
        if !folder.is_dir() {
            let error = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(crate::settings::refused(folder, &error));
        }
        let before = self.setting();
        let setting = Setting::below(folder, helper.system_identifier());
        setting.write(self.data())?;
        let begun = self.begin_journal(helper, &setting, progress, cancel).await;
        if begun.is_err() {
            match before {
                Some(before) => before.write(self.data())?,
                None => Setting::remove(self.data())?,
            }
        }
        begun
    }

    async fn begin_journal(
        &self,
        helper: &Attached,
        setting: &Setting,
        progress: &(impl Fn(u64) + Sync),
        cancel: &Cancel,
    ) -> Result<Journal, Error> {
        if !self.hands_out().await? {
            Steward::Helper(helper).restart().await?;
        }
        if !self.hands_out().await? {
            // A server with an account of its own reads no setting of ours.
            return Err(Error::JournalStopped {
                path: setting.folder.clone(),
            });
        }
        match self.copy_cluster(setting, progress, cancel).await {
            // A desk that saw the setting makes the first copy already.
            Err(Error::Server(ombor_postgres::Error::BackupBusy { .. })) => {}
            copied => copied?,
        }
        self.journal().await?.ok_or(Error::NoJournal)
    }

    /// Switches the journal off. What was kept stays, and moments can still be brought back from it.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::Io`]
    pub fn leave_journal(&self) -> Result<(), Error> {
        Ok(Setting::remove(self.data())?)
    }

    /// How the journal is; `None` while it is off.
    ///
    /// # Errors
    /// The server's refusal.
    pub async fn journal(&self) -> Result<Option<Journal>, Error> {
        let Some(setting) = self.setting() else {
            return Ok(None);
        };
        let is_kept = setting.folder.is_dir() && !self.is_failing().await?;
        Ok(Some(Journal {
            reach: journal::reach(&setting.folder),
            is_stopped: !is_kept || !self.hands_out().await?,
            copied_at: newest_copy(&setting),
            folder: setting.folder,
        }))
    }

    /// Makes the copy of the cluster that is due: the last one is a day old, or the journal has a gap. Returns whether one
    /// was made.
    ///
    /// # Errors
    /// Those of [`journal::take_base`].
    pub async fn renew_copy(&self) -> Result<bool, Error> {
        let Some(setting) = self.setting() else {
            return Ok(false);
        };
        let now = self.moment().await?.now;
        let reach = journal::reach(&setting.folder);
        if !is_copy_due(newest_copy(&setting), reach, now) {
            return Ok(false);
        }
        self.copy_cluster(&setting, &|_| (), &Cancel::new()).await?;
        Ok(true)
    }

    /// Makes a copy of the cluster now; `progress` hears how many bytes it has so far.
    ///
    /// # Errors
    /// [`Error::NoJournal`] and those of [`journal::take_base`].
    pub async fn copy_now(
        &self,
        progress: &(impl Fn(u64) + Sync),
        cancel: &Cancel,
    ) -> Result<(), Error> {
        let setting = self.setting().ok_or(Error::NoJournal)?;
        self.copy_cluster(&setting, progress, cancel).await
    }

    async fn copy_cluster(
        &self,
        setting: &Setting,
        progress: &(impl Fn(u64) + Sync),
        cancel: &Cancel,
    ) -> Result<(), Error> {
        let order = CopyOrder {
            bin_dir: &self.bin_dir,
            login: self.copier.as_ref().ok_or(Error::JournalElsewhere)?,
            reader: &self.reader,
            folder: &setting.folder,
            leave_free_bytes: self.leave_free_bytes,
            keep: KEPT_COPIES,
        };
        journal::take_base(&order, progress, cancel.asked()).await?;
        Ok(())
    }

    /// Says what going back to `at`, or to the last moment that there is, would lose: what was posted after it.
    ///
    /// # Errors
    /// [`Error::NoJournal`], [`ombor_postgres::Error::MomentUnreachable`] with the moments that can be brought back.
    pub async fn weigh_moment(&self, at: Option<DateTime<Utc>>) -> Result<Loss, Error> {
        let journal = self.journal().await?.ok_or(Error::NoJournal)?;
        let reach = at
            .and_then(|at| journal::reach_of(&journal.folder, at))
            .or(journal.reach);
        let reach = reach.ok_or(ombor_postgres::Error::MomentUnreachable {
            since: None,
            until: None,
        })?;
        let now = self.moment().await?.now;
        let at = meant(reach, journal.is_stopped, at, now)?;
        let mut live = self.owner().await?;
        let loss = posted_after(&mut live, Some(at)).await?;
        live.close().await?;
        Ok(loss)
    }

    /// Has the server hand out what it has not yet, and waits until that is kept.
    ///
    /// # Errors
    /// [`Error::NoJournal`], [`Error::JournalStopped`] when it cannot be kept.
    pub async fn flush_journal(&self) -> Result<(), Error> {
        let setting = self.setting().ok_or(Error::NoJournal)?;
        let helper = self.helper.ok_or(Error::JournalElsewhere)?;
        let mut connection = self.reader.connect_options().connect().await?;
        let current: String = sqlx::query_scalar("select pg_walfile_name(pg_current_wal_lsn())")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Steward::Helper(helper).close_segment().await?;
        for _ in 0..LOOKS {
            if journal::holds(&setting.folder, &current) {
                return Ok(());
            }
            if !setting.folder.is_dir() && self.is_failing().await? {
                break;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(Error::JournalStopped {
            path: setting.folder,
        })
    }

    /// Brings the warehouse back as it was at `at`, or at the last moment that there is, as a backup among the others. The
    /// live warehouse is not touched; [`Vault::restore`] puts the backup in its place. `journal` names another cluster's
    /// journal, of a disk that failed.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::MomentUnreachable`] says which moments can be brought back; [`Error::NoJournal`], and those
    /// of [`journal::recover`] and [`backup::take`].
    pub async fn bring_moment(
        &self,
        settings: &Settings,
        journal: Option<&Path>,
        at: Option<DateTime<Utc>>,
        progress: &(impl Fn(Stage) + Sync),
        cancel: &Cancel,
    ) -> Result<Backup, Error> {
        let own = self.setting().map(|setting| setting.folder);
        let folder = match (journal, own.as_deref()) {
            (Some(named), _) => named,
            (None, Some(own)) => own,
            (None, None) => return Err(Error::NoJournal),
        };
        if own.as_deref() == Some(folder)
            && let Err(error) = self.flush_journal().await
        {
            // What is kept already may reach far enough.
            tracing::warn!(%error, "the newest changes are not in the journal yet");
        }
        let shelf = Shelf {
            // Must not push out a backup.
            keep: Keep::ALL,
            ..self.shelf(settings).await?
        };
        let options = self.recovery_options()?;
        let wanted = Wanted {
            journal: folder,
            at,
            options: &options,
            leave_free_bytes: self.leave_free_bytes,
        };
        let recovered = journal::recover(&wanted, cancel.asked()).await?;
        let taken = self
            .take_from(&recovered, &shelf, at, progress, cancel)
            .await;
        if let Err(error) = recovered.remove().await {
            tracing::warn!(%error, "the recovered cluster stays until the next recovery");
        }
        taken
    }

    async fn take_from(
        &self,
        recovered: &Recovered,
        shelf: &Shelf,
        at: Option<DateTime<Utc>>,
        progress: &(impl Fn(Stage) + Sync),
        cancel: &Cancel,
    ) -> Result<Backup, Error> {
        let info = recovered.connect_info();
        let subject = Subject {
            bin_dir: &self.bin_dir,
            reader: info,
            writer: info,
            owner: OWNER,
            roles: ROLES,
            steward: Steward::Login(info),
            proof: PROOF,
            server_disk: Some(self.data()),
        };
        let shown = at.or(recovered.last_change());
        let taken = backup::take_showing(&subject, shelf, shown, progress, cancel.asked()).await?;
        Ok(taken.backup)
    }

    fn recovery_options(&self) -> Result<Options, Error> {
        Ok(Options {
            data_dir: self.data().to_owned(),
            runtime_dir: None,
            bin_dir: self.bin_dir.clone(),
            database: self.writer.database.clone(),
            logins: Vec::new(),
            bootstrap_sql: String::new(),
            supervisor: bundle::supervisor()?,
            limits: Limits::default(),
        })
    }

    /// The setting, if it is about the cluster that runs.
    fn setting(&self) -> Option<Setting> {
        let identity = self.helper?.system_identifier();
        Setting::read(self.data()).filter(|setting| setting.system_identifier() == Some(identity))
    }

    /// Whether the server was started with the journal on.
    async fn hands_out(&self) -> Result<bool, Error> {
        let mut connection = self.reader.connect_options().connect().await?;
        let hands_out = sqlx::query_scalar("select current_setting('archive_mode') = 'on'")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok(hands_out)
    }

    /// Whether the last try to hand a piece out failed.
    async fn is_failing(&self) -> Result<bool, Error> {
        let mut connection = self.reader.connect_options().connect().await?;
        let is_failing = sqlx::query_scalar(
            "select coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
             from pg_stat_archiver",
        )
        .fetch_one(&mut connection)
        .await?;
        connection.close().await?;
        Ok(is_failing)
    }
}

fn newest_copy(setting: &Setting) -> Option<DateTime<Utc>> {
    let bases = journal::bases(&setting.folder);
    bases.first().map(|base| base.done_at)
}
