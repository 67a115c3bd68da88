//! Room on the disk: a server that runs out of it stops with a panic, so writes end before that.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Limits, platform};

/// How much room there is, as a person needs to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpaceLevel {
    /// Enough.
    Plenty,
    /// Work goes on, a warning is due.
    Low,
    /// The database takes no writes until there is room again.
    ReadOnly,
}

/// The free space at one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Free bytes on the database's disk.
    pub free_bytes: u64,
    /// What follows from it.
    pub level: SpaceLevel,
}

impl Space {
    /// Looks at the disk that holds `path`.
    pub(crate) fn look(path: &Path, limits: &Limits) -> Result<Self, Error> {
        let free_bytes = platform::free_space(path).map_err(Error::io(path))?;
        Ok(Self {
            free_bytes,
            level: level(free_bytes, limits),
        })
    }
}

fn level(free_bytes: u64, limits: &Limits) -> SpaceLevel {
    match free_bytes {
        free if free < limits.read_only_bytes => SpaceLevel::ReadOnly,
        free if free < limits.warn_bytes => SpaceLevel::Low,
        _ => SpaceLevel::Plenty,
    }
}

/// A file of nothing that is given up when the disk is full, so that the server can recover and be read.
pub(crate) struct Ballast {
    path: PathBuf,
    limits: Limits,
}

impl Ballast {
    pub(crate) fn new(path: PathBuf, limits: Limits) -> Self {
        Self { path, limits }
    }

    fn disk(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Refuses a start without room; gives up the ballast before that.
    pub(crate) fn require_room(&self) -> Result<(), Error> {
        let needed = self.limits.start_bytes;
        let free_space = || platform::free_space(self.disk()).map_err(Error::io(self.disk()));
        if free_space()? >= needed {
            return Ok(());
        }
        if std::fs::remove_file(&self.path).is_ok() {
            tracing::warn!("the disk is full; the ballast is given up");
        }
        match free_space()? {
            free if free >= needed => Ok(()),
            free => Err(Error::DiskFull { free, needed }),
        }
    }

    /// Lays the ballast in where there is plenty of room. Failing to is no reason not to work.
    pub(crate) fn lay_in(&self) {
        let room = platform::free_space(self.disk()).unwrap_or(0);
        if self.limits.ballast_bytes == 0
            || self.path.exists()
            || room
                < self
                    .limits
                    .warn_bytes
                    .saturating_add(self.limits.ballast_bytes)
        {
            return;
        }
        let laid = platform::create_private_file(&self.path)
            .and_then(|file| platform::reserve(&file, self.limits.ballast_bytes));
        if let Err(error) = laid {
            tracing::warn!(%error, "the ballast could not be laid in");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SpaceLevel, level};
    use crate::Limits;

    #[test]
    fn writes_end_well_before_the_disk_is_full() {
        let limits = Limits {
            read_only_bytes: 500,
            warn_bytes: 2000,
            ..Limits::default()
        };
        assert_eq!(level(2000, &limits), SpaceLevel::Plenty);
        assert_eq!(level(1999, &limits), SpaceLevel::Low);
        assert_eq!(level(500, &limits), SpaceLevel::Low);
        assert_eq!(level(499, &limits), SpaceLevel::ReadOnly);
    }
}
