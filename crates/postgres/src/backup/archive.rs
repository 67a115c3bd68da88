//! From a snapshot to an archive, from an archive to SQL, from an archive to a database.

use std::convert::Infallible;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Connection, Executor, PgConnection};

use super::{Evidence, Proof, Stage, Subject};
use crate::tool::Tool;
use crate::{ConnectInfo, Error, dump, platform, server};

/// How often the length of the growing archive is told.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// The database at one instant, held as long as this lives. The dump and the figures see the same rows.
pub(crate) struct Snapshot {
    connection: PgConnection,
    name: String,
    pub(super) taken_at: DateTime<Utc>,
    /// Bytes of the whole database on its server's disk.
    pub(crate) size_bytes: u64,
    server_version: String,
}

impl Snapshot {
    pub(crate) async fn hold(info: &ConnectInfo) -> Result<Self, Error> {
        let mut connection = server::connect_as(info).await?;
        // The transaction waits for the dump for as long as it takes.
        connection
            .execute("SET idle_in_transaction_session_timeout = 0")
            .await?;
        connection
            .execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await?;
        let (name, taken_at, size, server_version): (String, DateTime<Utc>, i64, String) =
            sqlx::query_as(
                "SELECT pg_export_snapshot(), date_trunc('second', now()), pg_database_size(current_database()),
                        current_setting('server_version')",
            )
            .fetch_one(&mut connection)
            .await?;
        Ok(Self {
            connection,
            name,
            taken_at,
            size_bytes: u64::try_from(size).unwrap_or(0),
            server_version,
        })
    }

    /// What the application knows about its data.
    pub(super) async fn facts(&mut self, proof: &Proof) -> Result<serde_json::Value, Error> {
        let facts = sqlx::query_scalar(proof.facts_sql);
        Ok(facts.fetch_one(&mut self.connection).await?)
    }

    /// Lets go of the database; the server's version stays.
    pub(crate) async fn release(mut self) -> Result<String, Error> {
        self.connection.execute("ROLLBACK").await?;
        self.connection.close().await?;
        Ok(self.server_version)
    }
}

/// Writes the snapshot to `target` as an archive, and looks at the same snapshot meanwhile.
pub(crate) async fn write_archive(
    subject: &Subject<'_>,
    snapshot: &mut Snapshot,
    target: &Path,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<Evidence, Error> {
    let file = platform::create_private_file(target).map_err(Error::io(target))?;
    // Through its output and not by name: PostgreSQL's programs cannot open every path.
    let output = file.try_clone().map_err(Error::io(target))?;
    let mut tool = Tool::connected(subject.bin_dir, "pg_dump", subject.reader)?;
    tool.args([
        "--format=custom",
        "--encoding=UTF8",
        "--lock-wait-timeout=30000",
        &format!("--snapshot={}", snapshot.name),
    ]);
    let working = async {
        tokio::try_join!(
            tool.run(Stdio::null(), Stdio::from(output), target),
            Evidence::collect(&mut snapshot.connection, &subject.proof),
        )
    };
    let ((), evidence) = tokio::select! {
        worked = working => worked?,
        never = tell(&file, progress) => match never {},
    };
    file.sync_all().map_err(Error::io(target))?;
    Ok(evidence)
}

/// Tells the length of a growing file for ever.
async fn tell(file: &File, progress: &(impl Fn(Stage) + Sync)) -> Infallible {
    let mut looks = tokio::time::interval(TELL_EVERY);
    loop {
        looks.tick().await;
        let bytes = file.metadata().map_or(0, |file| file.len());
        progress(Stage::Dumping { bytes });
    }
}

/// Reads the archive to its end and writes it as SQL that `psql` alone restores.
pub(super) async fn read_to_the_end(
    subject: &Subject<'_>,
    archive: &Path,
    target: &Path,
    progress: &(impl Fn(Stage) + Sync),
) -> Result<(), Error> {
    let input = File::open(archive).map_err(Error::io(archive))?;
    let mut reader = Tool::offline(subject.bin_dir, "pg_restore")?;
    reader.args(["--file=-"]);
    let preamble = dump::missing_roles_preamble(subject.roles);
    let written = dump::pour(reader, Stdio::from(input), target, &preamble, |bytes| {
        progress(Stage::Reading { bytes });
    });
    written.await.map(drop)
}

/// Restores an archive into the database of `into`, all or nothing.
pub(crate) async fn play(
    subject: &Subject<'_>,
    into: &ConnectInfo,
    archive: &Path,
) -> Result<(), Error> {
    let owner = ["--no-owner", "--role", subject.owner];
    replay(subject.bin_dir, into, archive, &owner).await
}

/// The same, with the owners that the archive names.
pub(crate) async fn play_with_owners(
    bin_dir: &Path,
    into: &ConnectInfo,
    archive: &Path,
) -> Result<(), Error> {
    replay(bin_dir, into, archive, &[]).await
}

async fn replay(
    bin_dir: &Path,
    into: &ConnectInfo,
    archive: &Path,
    ownership: &[&str],
) -> Result<(), Error> {
    let input = File::open(archive).map_err(Error::io(archive))?;
    let mut tool = Tool::connected(bin_dir, "pg_restore", into)?;
    tool.args(["--exit-on-error", "--single-transaction"]);
    tool.args(ownership);
    tool.session_settings(
        "-c statement_timeout=0 -c lock_timeout=0 -c default_transaction_read_only=off",
    );
    tool.run(Stdio::from(input), Stdio::null(), archive).await
}

/// Compares a restored copy with what it was made from; returns what is wrong in the data themselves.
///
/// # Errors
/// [`Error::BackupDiffers`] names the first difference.
pub(crate) async fn judge_copy(
    copy: &ConnectInfo,
    proof: &Proof,
    evidence: &Evidence,
) -> Result<Vec<String>, Error> {
    let mut connection = server::connect_as(copy).await?;
    let found = Evidence::collect(&mut connection, proof).await?;
    if let Some(difference) = evidence.difference(&found) {
        return Err(Error::BackupDiffers { difference });
    }
    let faults = sqlx::query_scalar(proof.faults_sql)
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(faults)
}
