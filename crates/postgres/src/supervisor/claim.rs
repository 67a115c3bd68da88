//! Taking the data directory before anything else is done with it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::layout::{address_file, lock_file};
use crate::{Error, cluster, platform, storage};

/// The data directory, locked as long as this lives. The lock ends with the process, however it ends.
pub(crate) struct Claim {
    data_dir: PathBuf,
    _lock: File,
}

impl Claim {
    /// Makes and locks the data directory; `None` when another helper has it.
    pub(crate) fn take(data_dir: &Path) -> Result<Option<Self>, Error> {
        if let Some(existing) = data_dir.ancestors().find(|folder| folder.is_dir()) {
            cluster::require_suitable_place(existing)?;
        }
        cluster::require_suitable_place(data_dir)?;
        platform::create_private_dir(data_dir).map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull => Error::io(data_dir)(error),
            _ => Error::Modes {
                path: data_dir.to_owned(),
                reason: error.to_string(),
            },
        })?;
        let data_dir = std::path::absolute(data_dir)
            .and_then(|path| path.canonicalize())
            .map_err(Error::io(data_dir))?;
        cluster::require_suitable_place(&data_dir)?;
        let path = lock_file(&data_dir);
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io(&path))?;
        match lock.try_lock() {
            Ok(()) => {
                sign(&lock);
                Ok(Some(Self {
                    data_dir,
                    _lock: lock,
                }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::io(&path)(error)),
        }
    }

    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }
}

/// Writes the helper's process id for whoever looks. On a full disk the lock holds without it.
fn sign(mut lock: &File) {
    let signed = lock
        .set_len(0)
        .and_then(|()| write!(lock, "{}", std::process::id()));
    if let Err(error) = signed {
        tracing::info!(%error, "the lock file could not be signed");
    }
}

/// The file that tells clients where the helper listens; removed when this is dropped.
pub(super) struct Address(PathBuf);

impl Address {
    pub(super) fn publish(claim: &Claim, address: &Path) -> Result<Self, Error> {
        let path = address_file(claim.data_dir());
        storage::write_json(&path, &address)?;
        Ok(Self(path))
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Sends the helper's own log to a file.
pub(super) fn write_log_to(path: &Path) -> Result<(), Error> {
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(Error::io(path))?;
    let logging = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(Mutex::new(file))
        .try_init();
    logging.map_err(|error| Error::Supervisor {
        message: error.to_string(),
    })
}
