//! Where everything of one server lies.

use std::path::{Path, PathBuf};

use crate::platform::{self, Account};
use crate::{Error, Options};

/// Longest socket path that the system takes, without its closing zero.
const SOCKET_PATH_BYTES: usize = 107;
/// The longest name that is made in a socket directory; PostgreSQL builds it from the port.
const LONGEST_SOCKET_NAME: &str = ".s.PGSQL.65535.lock";

/// The paths of one server. `home` is the data directory unless the server's account cannot reach it.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) data_dir: PathBuf,
    home: PathBuf,
    /// Where the helper listens.
    pub(crate) control_dir: PathBuf,
    /// Where the server listens.
    pub(crate) socket_dir: PathBuf,
}

impl Layout {
    /// Decides on all paths and makes the private directories among them. `data_dir` is there and canonical.
    pub(crate) fn prepare(
        data_dir: PathBuf,
        options: &Options,
        account: &Account,
    ) -> Result<Self, Error> {
        let name = short_name(&data_dir);
        let control_dir = private_socket_dir(options.runtime_dir.as_deref(), &name)?;
        let home = account.home(&data_dir, &name)?;
        let socket_dir = if home == data_dir {
            control_dir.clone()
        } else {
            home.join("run")
        };
        account.private_dir(&socket_dir)?;
        let layout = Self {
            data_dir,
            home,
            control_dir,
            socket_dir,
        };
        for directory in [layout.logs(), layout.quarantine()] {
            platform::create_private_dir(&directory).map_err(Error::io(&directory))?;
        }
        Ok(layout)
    }

    /// The data directory of PostgreSQL.
    pub(crate) fn cluster(&self) -> PathBuf {
        self.home.join("cluster")
    }

    /// Where new clusters are made before they are renamed.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Where half-made clusters are kept.
    pub(crate) fn quarantine(&self) -> PathBuf {
        self.home.join("quarantine")
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.data_dir.join("logs")
    }

    pub(crate) fn server_log(&self) -> PathBuf {
        self.logs().join("postgresql.log")
    }

    /// The file that is given up when the disk is full.
    pub(crate) fn ballast(&self) -> PathBuf {
        self.home.join("ballast")
    }
}

/// The file whose lock means: this helper owns the data directory.
pub(crate) fn lock_file(data_dir: &Path) -> PathBuf {
    data_dir.join("server.lock")
}

/// The file in which the owner of the lock says where it listens.
pub(crate) fn address_file(data_dir: &Path) -> PathBuf {
    data_dir.join("server.address")
}

/// A name that two data directories do not share: FNV-1a over the path, in hexadecimal.
fn short_name(data_dir: &Path) -> String {
    let hash = data_dir
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

/// The first candidate that is fit for a socket and can be made private.
fn private_socket_dir(wanted: Option<&Path>, name: &str) -> Result<PathBuf, Error> {
    let candidates = wanted
        .map(Path::to_owned)
        .into_iter()
        .chain(platform::runtime_dirs());
    let mut refusal = None;
    for base in candidates {
        let directory = base.join(name);
        let is_too_long = directory.join(LONGEST_SOCKET_NAME).as_os_str().len() > SOCKET_PATH_BYTES;
        // To PostgreSQL's programs a comma separates two servers.
        if is_too_long || directory.as_os_str().as_encoded_bytes().contains(&b',') {
            continue;
        }
        let made = platform::create_private_dir(&base)
            .and_then(|()| platform::create_private_dir(&directory));
        match made {
            Ok(()) => return Ok(directory),
            Err(error) => {
                refusal = Some(Error::Modes {
                    path: directory,
                    reason: error.to_string(),
                });
            }
        }
    }
    Err(refusal.unwrap_or_else(|| Error::Modes {
        path: PathBuf::from(name),
        reason: "there is no private directory for sockets with a short enough name".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::short_name;
    use std::path::Path;

    #[test]
    fn two_data_directories_have_two_names_and_each_keeps_its_own() {
        assert_ne!(short_name(Path::new("/a/b")), short_name(Path::new("/a/c")));
        assert_eq!(short_name(Path::new("/a/b")), short_name(Path::new("/a/b")));
    }
}
