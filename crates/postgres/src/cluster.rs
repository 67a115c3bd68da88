//! The data directory of PostgreSQL: whole or not, of which version, whose.

mod creation;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use rand::RngCore;
use serde::{Deserialize, Serialize};

pub(crate) use creation::create;

use crate::layout::Layout;
use crate::program::Programs;
use crate::server::{self, Site};
use crate::{Error, platform, storage};

/// The superuser, whose password never leaves the helper.
pub(crate) const SUPERUSER: &str = "postgres";
/// How the folder of a cluster in the making begins.
const UNFINISHED: &str = "pg18.new-";

/// Says that a cluster was made to the end. Written last, before the cluster gets its name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ReadyMark {
    /// The identity that `initdb` gave to the cluster.
    pub(crate) system_identifier: String,
    /// Major version that made it.
    pub(crate) major: u32,
}

impl ReadyMark {
    fn file(cluster: &Path) -> PathBuf {
        cluster.join("READY.json")
    }

    pub(crate) fn read(cluster: &Path) -> Option<Self> {
        storage::read_json(&Self::file(cluster))
    }

    /// The mark of a cluster that must have one.
    pub(crate) fn require(cluster: &Path) -> Result<Self, Error> {
        Self::read(cluster).ok_or_else(|| Error::LoginsUnreadable {
            path: Self::file(cluster),
        })
    }

    fn write(&self, cluster: &Path) -> Result<(), Error> {
        storage::write_json(&Self::file(cluster), self)
    }
}

/// Passwords of the cluster's logins, by role name. They lie inside the cluster, so that they are whole when it is.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Logins {
    passwords: BTreeMap<String, String>,
}

impl Logins {
    fn file(cluster: &Path) -> PathBuf {
        cluster.join("logins.json")
    }

    pub(crate) fn read(cluster: &Path) -> Result<Self, Error> {
        let path = Self::file(cluster);
        storage::read_json(&path).ok_or(Error::LoginsUnreadable { path })
    }

    pub(crate) fn write(&self, cluster: &Path, programs: &Programs) -> Result<(), Error> {
        let path = Self::file(cluster);
        storage::write_json(&path, self)?;
        programs.account().give(&path)
    }

    pub(crate) fn password(&self, login: &str) -> Result<&str, Error> {
        let password = self.passwords.get(login).map(String::as_str);
        password.ok_or_else(|| Error::UnknownLogin {
            login: login.to_owned(),
        })
    }

    /// Gives every login that has none a random password; whether there was one without.
    pub(crate) fn complete(&mut self, logins: &[String]) -> Result<bool, Error> {
        let mut changed = false;
        for login in logins {
            if !is_plain_identifier(login) {
                return Err(Error::UnknownLogin {
                    login: login.clone(),
                });
            }
            if !self.passwords.contains_key(login) {
                self.passwords.insert(login.clone(), random_password());
                changed = true;
            }
        }
        Ok(changed)
    }

    /// The passwords of these logins alone.
    pub(crate) fn only(&self, logins: &[String]) -> Result<BTreeMap<String, String>, Error> {
        logins
            .iter()
            .map(|login| Ok((login.clone(), self.password(login)?.to_owned())))
            .collect()
    }
}

/// Whether a name needs no quoting in SQL and is nobody else's than the application's.
fn is_plain_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 63
        && name != SUPERUSER
        && !name.starts_with("pg_")
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// 192 random bits in hexadecimal.
pub(crate) fn random_password() -> String {
    let mut bytes = [0_u8; 24];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().fold(String::with_capacity(48), |text, byte| {
        text + &format!("{byte:02x}")
    })
}

/// Moves what an interrupted creation left out of the way: clusters in the making, and a cluster without its mark.
/// A server that still runs there is stopped first.
pub(crate) async fn quarantine_unfinished(site: &Site) -> Result<(), Error> {
    let home = site.layout.home();
    for entry in std::fs::read_dir(home).map_err(Error::io(home))? {
        let entry = entry.map_err(Error::io(home))?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            server::stop_whatever_runs(site, &creation::fresh_cluster(&entry.path())).await;
            quarantine(&site.layout, &entry.path())?;
        }
    }
    let cluster = site.layout.cluster();
    if cluster.is_dir() && ReadyMark::read(&cluster).is_none() {
        server::stop_whatever_runs(site, &cluster).await;
        quarantine(&site.layout, &cluster)?;
    }
    Ok(())
}

fn quarantine(layout: &Layout, path: &Path) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default();
    let target = storage::suffixed(
        &layout.quarantine().join(name),
        &format!("-{}", unix_seconds()),
    );
    tracing::warn!(from = %path.display(), to = %target.display(), "an unfinished cluster is set aside");
    std::fs::rename(path, &target).map_err(Error::io(path))?;
    storage::sync_parent(path)
}

/// The major version that made a cluster; `None` where there is none.
pub(crate) fn major(cluster: &Path) -> Result<Option<u32>, Error> {
    let path = cluster.join("PG_VERSION");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let major = text.trim().parse().map_err(std::io::Error::other);
            major.map(Some).map_err(Error::io(&path))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(&path)(error)),
    }
}

/// Checks that the cluster can be opened by these programs and is private; returns its mark.
pub(crate) fn open(layout: &Layout, programs: &Programs) -> Result<ReadyMark, Error> {
    let cluster = layout.cluster();
    let mark = ReadyMark::require(&cluster)?;
    let found = major(&cluster)?.unwrap_or(mark.major);
    if found != programs.major {
        return Err(Error::OtherMajor {
            found,
            bundled: programs.major,
        });
    }
    Ok(mark)
}

/// Puts the modes right: PostgreSQL refuses a data directory that others can read.
pub(crate) fn make_private(layout: &Layout, programs: &Programs) -> Result<(), Error> {
    let cluster = layout.cluster();
    programs
        .account()
        .make_cluster_private(&cluster)
        .map_err(|error| Error::Modes {
            path: cluster,
            reason: error.to_string(),
        })
}

/// Kinds of file system that lose writes, locks or modes, and folders that a program copies away behind the
/// server's back.
pub(crate) fn require_suitable_place(data_dir: &Path) -> Result<(), Error> {
    let unsuitable = platform::file_system(data_dir)
        .filter(|kind| is_unsuitable_file_system(kind))
        .or_else(|| synchronised_by(data_dir).map(str::to_owned));
    match unsuitable {
        Some(kind) => Err(Error::UnsuitableFileSystem {
            kind,
            path: data_dir.to_owned(),
        }),
        None => Ok(()),
    }
}

fn is_unsuitable_file_system(kind: &str) -> bool {
    const REFUSED: [&str; 20] = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "drvfs", "vfat", "msdos",
        "exfat", "fuseblk", "ntfs", "ntfs3", "davfs", "hfsplus", "squashfs", "iso9660", "udf",
    ];
    const REFUSED_FUSE: [&str; 6] = [
        "sshfs",
        "rclone",
        "davfs",
        "s3fs",
        "google-drive",
        "onedriver",
    ];
    let kind = kind.to_ascii_lowercase();
    let fuse = kind.strip_prefix("fuse.");
    REFUSED.contains(&kind.as_str())
        || fuse.is_some_and(|program| {
            REFUSED_FUSE
                .iter()
                .any(|refused| program.starts_with(refused))
        })
}

fn synchronised_by(path: &Path) -> Option<&'static str> {
    const PROGRAMS: [(&str, &str); 9] = [
        ("dropbox", "Dropbox"),
        ("onedrive", "OneDrive"),
        ("google drive", "Google Drive"),
        ("googledrive", "Google Drive"),
        ("yandex.disk", "Yandex Disk"),
        ("yandexdisk", "Yandex Disk"),
        ("iclouddrive", "iCloud Drive"),
        ("nextcloud", "Nextcloud"),
        ("owncloud", "ownCloud"),
    ];
    path.components().find_map(|component| {
        let name = component.as_os_str().to_string_lossy().to_lowercase();
        let matches = |folder: &str| {
            name == folder
                || name.starts_with(&format!("{folder} -"))
                || name.starts_with(&format!("{folder} ("))
        };
        PROGRAMS
            .iter()
            .find(|(folder, _)| matches(folder))
            .map(|(_, program)| *program)
    })
}

pub(crate) fn unix_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn network_shares_and_memory_sticks_are_no_place_for_a_database() {
        for kind in [
            "cifs",
            "nfs4",
            "exfat",
            "vfat",
            "fuseblk",
            "fuse.sshfs",
            "9p",
            "NTFS",
        ] {
            assert!(is_unsuitable_file_system(kind), "{kind}");
        }
        for kind in ["ext4", "btrfs", "xfs", "overlay", "tmpfs", "zfs"] {
            assert!(!is_unsuitable_file_system(kind), "{kind}");
        }
    }

    #[test]
    fn folders_of_synchronising_programs_are_recognised_by_name() {
        assert_eq!(
            synchronised_by(Path::new("/srv/a/Dropbox/ombor")),
            Some("Dropbox")
        );
        assert_eq!(
            synchronised_by(Path::new("/srv/a/OneDrive - Sklad/ombor")),
            Some("OneDrive")
        );
        assert_eq!(
            synchronised_by(Path::new("/srv/a/dropbox-notes/ombor")),
            None
        );
    }

    #[test]
    fn a_login_is_a_plain_identifier_and_never_the_superuser() {
        assert!(is_plain_identifier("ombor_app"));
        for name in [
            "",
            "postgres",
            "pg_read_all_data",
            "Ombor",
            "a b",
            "a\"b",
            "1a",
        ] {
            assert!(!is_plain_identifier(name), "{name}");
        }
    }
}
