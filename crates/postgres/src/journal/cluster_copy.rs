//! Copies of the whole cluster, made by `pg_basebackup` while it works, and compared with what the server said it sent.

use std::convert::Infallible;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::Connection;
use uuid::Uuid;

use super::files::{BASE, Base, hold, tidy};
use crate::backup::{self, hexadecimal};
use crate::storage::size_of;
use crate::tool::Tool;
use crate::{ConnectInfo, Error, platform, server, storage};

/// The login that may copy the cluster and do nothing else. It gets the right when the helper makes it.
pub const REPLICATION_LOGIN: &str = "ombor_base";

/// How often it is told how far a copy has come.
const TELL_EVERY: Duration = Duration::from_millis(500);
/// Held by whoever copies; the lock ends with the program.
const LOCK: &str = "copy.lock";
/// Where a copy says from which piece of the log on it has to be recovered.
const LABEL: &str = "backup_label";
/// What the server says that it sent.
const SENT: &str = "backup_manifest";
/// How the last line of that begins.
const SEAL: &[u8] = b"\"Manifest-Checksum\"";

/// A copy of the cluster that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct CopyOrder<'a> {
    /// Where the server's own programs lie.
    pub bin_dir: &'a Path,
    /// [`REPLICATION_LOGIN`].
    pub login: &'a ConnectInfo,
    /// Any login.
    pub reader: &'a ConnectInfo,
    /// The journal's folder.
    pub folder: &'a Path,
    /// Bytes that stay free on its disk.
    pub leave_free_bytes: u64,
    /// So many copies stay, with the pieces that they need.
    pub keep: usize,
}

/// Copies the cluster into the journal's folder, checks the copy, gives it its name and removes what it makes superfluous.
/// One program copies at a time; `progress` hears how many bytes the copy has so far.
///
/// # Errors
/// [`Error::BackupFolder`] when the folder is not there, [`Error::BackupBusy`] while another program copies,
/// [`Error::DiskFull`], [`Error::DumpFailed`] with what the tool said, [`Error::Cancelled`] when `cancelled` resolves.
/// Nothing half-made has a copy's name then.
pub async fn take_base(
    order: &CopyOrder<'_>,
    progress: &(impl Fn(u64) + Sync),
    cancelled: impl Future<Output = ()>,
) -> Result<Base, Error> {
    let folder = order.folder;
    if !folder.is_dir() {
        return Err(Error::BackupFolder {
            path: folder.to_owned(),
            message: "the folder of the journal is not there".to_owned(),
        });
    }
    let _lock = hold(&folder.join(LOCK), folder)?;
    let partial = folder.join(format!("{BASE}{}.partial", Uuid::new_v4().simple()));
    let copied = tokio::select! {
        biased;
        () = cancelled => Err(Error::Cancelled),
        copied = copy(order, &partial) => copied,
        never = tell(&partial, progress) => match never {},
    };
    match &copied {
        Ok(base) => {
            progress(base.size_bytes);
            tidy(folder, order.keep);
        }
        // Whatever stays is swept by the next copy.
        Err(_) => drop(std::fs::remove_dir_all(&partial)),
    }
    copied
}

/// Tells how many bytes a folder has, again and again; ends with whoever copies into it.
async fn tell(folder: &Path, progress: &(impl Fn(u64) + Sync)) -> Infallible {
    let mut rounds = tokio::time::interval(TELL_EVERY);
    loop {
        rounds.tick().await;
        let folder = folder.to_owned();
        let bytes = tokio::task::spawn_blocking(move || size_of(&folder)).await;
        // Before the first file there is no folder.
        if let Ok(Ok(bytes)) = bytes {
            progress(bytes);
        }
    }
}

async fn copy(order: &CopyOrder<'_>, partial: &Path) -> Result<Base, Error> {
    let CopyOrder { reader, folder, .. } = *order;
    require_room(reader, folder, order.leave_free_bytes).await?;
    let mut tool = Tool::replicating(order.bin_dir, "pg_basebackup", order.login)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_names_the_first_piece() {
        let label = "START WAL LOCATION: 0/2000028 (file 000000010000000000000002)\nCHECKPOINT LOCATION: 0/2000080\n";
        assert_eq!(named_in(label).as_deref(), Some("000000010000000000000002"));
        assert_eq!(named_in("something else"), None);
    }

    /// A copy of two files with the paper that a server would send along.
    fn copy_of_two_files() -> tempfile::TempDir {
        let base = tempfile::tempdir().unwrap();
        std::fs::create_dir(base.path().join("global")).unwrap();
        let files = ["PG_VERSION", "global/pg_filenode.map"].map(|name| {
            let path = base.path().join(name);
            std::fs::write(&path, name).unwrap();
            let (size, checksum) = backup::hash(&path).unwrap();
            format!(r#"{{ "Path": "{name}", "Size": {size}, "Checksum-Algorithm": "SHA256", "Checksum": "{checksum}" }}"#)
        });
        let body = format!("{{ \"Files\": [\n{}\n],\n", files.join(",\n"));
        let checksum = hexadecimal(&Sha256::digest(&body));
        let sent = format!("{body}\"Manifest-Checksum\": \"{checksum}\"}}\n");
        std::fs::write(base.path().join(SENT), sent).unwrap();
        base
    }

    #[test]
    fn a_copy_that_is_what_the_server_sent_is_whole() {
        let base = copy_of_two_files();
        assert_eq!(check_files(base.path()), Ok(()));
    }

    #[test]
    fn a_changed_a_shortened_and_a_missing_file_are_told_by_name() {
        for spoil in [
            |path: &Path| std::fs::write(path, "global/pg_filenode.mop").unwrap(),
            |path: &Path| std::fs::write(path, "global").unwrap(),
            |path: &Path| std::fs::remove_file(path).unwrap(),
        ] {
            let base = copy_of_two_files();
            let file = base.path().join("global/pg_filenode.map");
            spoil(&file);
            let refusal = check_files(base.path()).unwrap_err();
            assert!(
                matches!(&refusal, Error::BackupDamaged { path, .. } if *path == file),
                "{refusal}"
            );
        }
    }

    #[test]
    fn a_paper_that_was_changed_vouches_for_nothing() {
        let base = copy_of_two_files();
        let paper = base.path().join(SENT);
        let sent = std::fs::read_to_string(&paper).unwrap();
        for spoilt in [
            sent.replace("PG_VERSION", "PG_VERSIOM"),
            sent[..40].to_owned(),
        ] {
            std::fs::write(&paper, spoilt).unwrap();
            let refusal = check_files(base.path()).unwrap_err();
            assert!(
                matches!(&refusal, Error::BackupDamaged { path, .. } if *path == paper),
                "{refusal}"
            );
        }
    }

    #[test]
    fn two_copies_of_one_second_have_two_names() {
        let folder = tempfile::tempdir().unwrap();
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let first = free_name(folder.path(), at);
        std::fs::create_dir(&first).unwrap();
        let second = free_name(folder.path(), at);
        assert!(second != first && !second.exists());
    }

    #[tokio::test]
    async fn one_program_copies_at_a_time_and_into_a_folder_that_is_there() {
        let disk = tempfile::tempdir().unwrap();
        let nobody = ConnectInfo::from_url("postgres://nobody@127.0.0.1:1/ombor").unwrap();
        let take = async |folder: &Path| {
            let order = CopyOrder {
                bin_dir: folder,
                login: &nobody,
                reader: &nobody,
                folder,
                leave_free_bytes: 0,
                keep: 1,
            };
            let taken = take_base(&order, &|_| (), std::future::pending()).await;
            taken.unwrap_err()
        };
        let held = hold(&disk.path().join(LOCK), disk.path()).unwrap();
        let refusal = take(disk.path()).await;
        assert!(matches!(refusal, Error::BackupBusy { .. }), "{refusal}");
        drop(held);
        let refusal = take(disk.path()).await;
        assert!(!matches!(refusal, Error::BackupBusy { .. }), "{refusal}");
        let refusal = take(&disk.path().join("away")).await;
        assert!(matches!(refusal, Error::BackupFolder { .. }), "{refusal}");
    }
}
