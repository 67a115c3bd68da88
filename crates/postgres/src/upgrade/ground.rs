//! The data directory while it is upgraded: taken, with a folder to work in and servers that nobody else reaches.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::exchange::{self, Mark};
use crate::layout::Layout;
use crate::platform::{self, Account};
use crate::program::{Programs, require};
use crate::server::{self, Site};
use crate::supervisor::Claim;
use crate::{Error, Options, cluster, storage};

/// The file whose lock means: an upgrade is made, confirmed or taken back.
const LOCK: &str = "upgrade.lock";
/// What was read from the old cluster, in the folder in which an upgrade works.
const ARCHIVE: &str = "ombor.dump";
/// How often it is looked whether the data directory is free.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Programs of a killed upgrade that still write are on their way out; they are waited for that long.
const REMOVE_WITHIN: Duration = Duration::from_secs(30);

/// A data directory that nobody else uses or upgrades as long as this lives.
pub(super) struct Ground<'a> {
    options: &'a Options,
    account: Account,
    live: Layout,
    /// Other folders and other sockets than the live server's: no desk finds the way there, and neither the journal nor
    /// an opening to the network is set there.
    work: Layout,
    _turn: Turn,
    _claim: Claim,
}

/// Whose turn it is to upgrade, confirm or take back. The lock ends with the process, however it ends.
pub(super) struct Turn {
    _lock: File,
}

impl Turn {
    pub(super) fn take(data_dir: &Path) -> Result<Self, Error> {
        let path = data_dir.join(LOCK);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Error::AlreadyOwned {
                path: data_dir.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(Error::io(&path)(error)),
        }
    }
}

/// The folder in which upgrades work.
pub(super) fn work_folder(home: &Path) -> PathBuf {
    home.join("upgrade")
}

/// Bytes that an upgrade of a cluster needs: the archive and the new cluster, each at most as large as the old one.
pub(super) fn needed_for(cluster: &Path) -> Result<u64, Error> {
    let bytes = storage::size_of(cluster).map_err(Error::io(cluster))?;
    Ok(bytes.saturating_mul(2))
}

impl<'a> Ground<'a> {
    /// Takes the data directory, and settles what an upgrade that was broken off left of an exchange.
    ///
    /// # Errors
    /// [`Error::AlreadyOwned`] when a program uses it, and does not end soon.
    pub(super) async fn take(options: &'a Options) -> Result<Self, Error> {
        let claim = claim(options).await?;
        let turn = Turn::take(claim.data_dir())?;
        let account = Account::choose(&require(&options.bin_dir, "postgres")?)?;
        if !account.is_at_home() {
            return Err(Error::NoAccount {
                reason: "a database can be upgraded only where the server works as the user"
                    .to_owned(),
            });
        }
        let live = Layout::prepare(claim.data_dir().to_owned(), options, &account)?;
        let ours = crate::program::major_version(&options.bin_dir, "postgres").await?;
        exchange::settle(&live, ours)?;
        let folder = work_folder(live.home());
        platform::create_private_dir(&folder).map_err(Error::io(&folder))?;
        let work = Layout::prepare(folder, options, &account)?;
        Ok(Self {
            options,
            account,
            live,
            work,
            _turn: turn,
            _claim: claim,
        })
    }

    /// Where the cluster lies that the desk uses.
    pub(super) fn live(&self) -> &Layout {
        &self.live
    }

    pub(super) fn account(&self) -> Account {
        self.account.clone()
    }

    pub(super) fn archive(&self) -> PathBuf {
        self.work.home().join(ARCHIVE)
    }

    /// Servers of these programs, with their sockets where upgrades work.
    pub(super) fn site(&self, programs: Programs) -> Site {
        let options = Options {
            data_dir: self.work.data_dir.clone(),
            ..self.options.clone()
        };
        Site::new(self.work.clone(), programs, options)
    }

    /// Servers of the bundled programs.
    pub(super) async fn new_site(&self) -> Result<Site, Error> {
        let programs = Programs::open(self.options.bin_dir.clone(), self.account()).await?;
        Ok(self.site(programs))
    }

    /// Refuses another upgrade as long as the last one has its way back.
    pub(super) fn require_settled(&self) -> Result<(), Error> {
        match Mark::read(&self.live) {
            Some(mark) => Err(Error::UpgradeUnsettled { from: mark.from }),
            None => Ok(()),
        }
    }

    /// Refuses before anything is written when the disk would fill up.
    pub(super) fn require_room(&self, bytes: u64) -> Result<(), Error> {
        let needed = bytes.saturating_add(self.options.limits.read_only_bytes);
        let home = self.live.home();
        let free = platform::free_space(home).map_err(Error::io(home))?;
        if free < needed {
            return Err(Error::DiskFull { free, needed });
        }
        Ok(())
    }

    /// Ends the servers that an upgrade left running, and removes all that it left lying: clusters in the making, never a
    /// warehouse's own.
    pub(super) async fn clear(&self) -> Result<(), Error> {
        self.lay_out()?;
        let site = self.new_site().await?;
        server::stop_whatever_runs(&site, &self.live.cluster()).await;
        cluster::quarantine_unfinished(&site).await?;
        if self.work.cluster().is_dir() {
            server::stop_whatever_runs(&site, &self.work.cluster()).await;
        }
        let folder = self.work.home();
        let began = Instant::now();
        while let Err(error) = remove_tree(folder) {
            if began.elapsed() > REMOVE_WITHIN {
                return Err(Error::io(folder)(error));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    /// Makes the folder in which the upgrade works.
    pub(super) fn lay_out(&self) -> Result<(), Error> {
        let folder = self.work.home();
        platform::create_private_dir(folder).map_err(Error::io(folder))?;
        Layout::prepare(folder.to_owned(), self.options, &self.account).map(drop)
    }

    /// Removes the folder in which the upgrade worked; what stays goes with the next one.
    pub(super) fn remove(&self) {
        if let Err(error) = remove_tree(self.work.home()) {
            tracing::warn!(%error, "the folder of the upgrade stays until the next one");
        }
    }
}

impl Drop for Ground<'_> {
    fn drop(&mut self) {
        for layout in [&self.live, &self.work] {
            // A folder that is not empty is in use by a server that did not end.
            let _ = std::fs::remove_dir(&layout.control_dir);
        }
    }
}

/// Removes a folder of ours; one that is not there is removed already.
pub(super) fn remove_tree(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !folder.exists() => Ok(()),
        removed => removed,
    }
}

/// Takes the lock of the helper, which may be on its way out.
async fn claim(options: &Options) -> Result<Claim, Error> {
    let patience = Duration::from_millis(options.limits.owner_patience_ms);
    let began = Instant::now();
    loop {
        if let Some(claim) = Claim::take(&options.data_dir)? {
            return Ok(claim);
        }
        if began.elapsed() > patience {
            return Err(Error::AlreadyOwned {
                path: options.data_dir.clone(),
            });
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
