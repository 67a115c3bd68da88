//! Copies of the whole cluster, made by `pg_basebackup` while it works, and compared with what the server said it sent.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::Connection;
use uuid::Uuid;

use super::files::{BASE, Base};
use crate::backup::{self, hexadecimal};
use crate::tool::Tool;
use crate::{ConnectInfo, Error, platform, server, storage};

/// The login that may copy the cluster and do nothing else. It gets the right when the helper makes it.
pub const REPLICATION_LOGIN: &str = "ombor_base";

/// Where a copy says from which piece of the log on it has to be recovered.
const LABEL: &str = "backup_label";
/// What the server says that it sent.
const SENT: &str = "backup_manifest";
/// How the last line of that begins.
const SEAL: &[u8] = b"\"Manifest-Checksum\"";

/// Copies the cluster into the journal's folder, checks the copy and gives it its name. `login` is
/// [`REPLICATION_LOGIN`], `reader` any login.
///
/// # Errors
/// [`Error::BackupFolder`] when the folder is not there, [`Error::DiskFull`], [`Error::DumpFailed`] with what the tool said.
/// Nothing half-made has a copy's name then.
pub async fn take_base(
    bin_dir: &Path,
    login: &ConnectInfo,
    reader: &ConnectInfo,
    folder: &Path,
    leave_free_bytes: u64,
) -> Result<Base, Error> {
    if !folder.is_dir() {
        return Err(Error::BackupFolder {
            path: folder.to_owned(),
            message: "the folder of the journal is not there".to_owned(),
        });
    }
    let partial = folder.join(format!("{BASE}{}.partial", Uuid::new_v4().simple()));
    let copied = copy(bin_dir, login, reader, folder, &partial, leave_free_bytes).await;
    if copied.is_err() {
        // Whatever stays is swept by the next copy.
        let _ = std::fs::remove_dir_all(&partial);
    }
    copied
}

async fn copy(
    bin_dir: &Path,
    login: &ConnectInfo,
    reader: &ConnectInfo,
    folder: &Path,
    partial: &Path,
    leave_free_bytes: u64,
) -> Result<Base, Error> {
    require_room(reader, folder, leave_free_bytes).await?;
    let mut tool = Tool::replicating(bin_dir, "pg_basebackup", login)?;
    tool.args(["--format=plain", "--wal-method=stream", "--checkpoint=fast"])
        .args(["--manifest-checksums=SHA256", "--label=ombor", "--pgdata"])
        .args([partial]);
    tool.run(Stdio::null(), Stdio::null(), folder).await?;
    check(partial.to_owned()).await?;

    let done_at = now(reader).await?;
    let target = free_name(folder, done_at);
    platform::replace(partial, &target).map_err(Error::io(&target))?;
    storage::sync_parent(&target)?;
    let base = Base {
        first_segment: first_segment(&target)?,
        size_bytes: size_of(&target).map_err(Error::io(&target))?,
        folder: target,
        done_at,
    };
    storage::write_json(&base.paper(), &base)?;
    Ok(base)
}

/// What the server says that it sent.
#[derive(Deserialize)]
struct Sent {
    #[serde(rename = "Files")]
    files: Vec<SentFile>,
    #[serde(rename = "Manifest-Checksum")]
    checksum: String,
}

#[derive(Deserialize)]
struct SentFile {
    #[serde(rename = "Path")]
    path: PathBuf,
    #[serde(rename = "Size")]
    size: u64,
    #[serde(rename = "Checksum")]
    checksum: String,
}

/// Reads every file of a copy to its end and compares it with what the server sent. The pieces of the log are not among
/// them: the recovery checks each record.
pub(super) async fn check(base: PathBuf) -> Result<(), Error> {
    let place = base.clone();
    let checked = tokio::task::spawn_blocking(move || check_files(&base)).await;
    checked
        .map_err(|error| Error::io(&place)(std::io::Error::other(error)))
        .flatten()
}

fn check_files(base: &Path) -> Result<(), Error> {
    let damaged = |path: &Path, reason: &str| Error::BackupDamaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    let paper = base.join(SENT);
    let text = std::fs::read(&paper).map_err(Error::io(&paper))?;
    let sent: Sent =
        serde_json::from_slice(&text).map_err(|error| damaged(&paper, &error.to_string()))?;
    // The last line holds the checksum of those before it.
    let last = text
        .windows(SEAL.len())
        .rposition(|window| window == SEAL)
        .unwrap_or(0);
    if hexadecimal(&Sha256::digest(&text[..last])) != sent.checksum {
        return Err(damaged(&paper, "its content is not what was written"));
    }
    for file in sent.files {
        let path = base.join(&file.path);
        let found = backup::hash(&path).map_err(|error| damaged(&path, &error.to_string()))?;
        if found != (file.size, file.checksum) {
            return Err(damaged(&path, "its content is not what the server sent"));
        }
    }
    Ok(())
}

/// Refuses before anything is written when the disk would fill up.
async fn require_room(reader: &ConnectInfo, folder: &Path, leave_free: u64) -> Result<(), Error> {
    let mut connection = server::connect_as(reader).await?;
    let size: i64 = sqlx::query_scalar(
        "SELECT sum(pg_database_size(oid))::bigint FROM pg_database WHERE datallowconn",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    let needed = u64::try_from(size).unwrap_or(0).saturating_add(leave_free);
    let free = platform::free_space(folder).map_err(Error::io(folder))?;
    if free < needed {
        return Err(Error::DiskFull { free, needed });
    }
    Ok(())
}

async fn now(reader: &ConnectInfo) -> Result<DateTime<Utc>, Error> {
    let mut connection = server::connect_as(reader).await?;
    let now = sqlx::query_scalar("SELECT clock_timestamp()")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(now)
}

/// After the clock was turned back the same second comes twice.
fn free_name(folder: &Path, at: DateTime<Utc>) -> PathBuf {
    let stem = format!("{BASE}{}", at.format("%Y-%m-%d_%H-%M-%S"));
    let mut target = folder.join(&stem);
    let mut number = 1;
    while target.exists() {
        number += 1;
        target = folder.join(format!("{stem}_{number}"));
    }
    target
}

fn first_segment(base: &Path) -> Result<String, Error> {
    let path = base.join(LABEL);
    let label = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
    named_in(&label).ok_or_else(|| Error::BackupDamaged {
        path,
        reason: "it does not say where the log begins".to_owned(),
    })
}

/// The piece in `START WAL LOCATION: 0/2000028 (file 000000010000000000000002)`.
fn named_in(label: &str) -> Option<String> {
    let line = label
        .lines()
        .find(|line| line.starts_with("START WAL LOCATION:"))?;
    let (_, name) = line.split_once("(file ")?;
    Some(name.strip_suffix(')')?.to_owned())
}

pub(super) fn size_of(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            size_of(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_label_names_the_first_piece() {
        let label = "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nCHECKPOINT LOCATION: 0/2000080\n";
        assert_eq!(named_in(label).as_deref(), Some("000000010000000000000002"));
        assert_eq!(named_in("something else"), None);
    }
}
