//! The plain SQL beside an archive, as a tool writes it: whole, or not there.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use sqlx::{ConnectOptions, Connection};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::ChildStdout;

use crate::program::major_version;
use crate::tool::{self, Tool};
use crate::{ConnectInfo, Error, platform};

/// What `pg_dump` writes when it came to the end.
const END_MARKER: &[u8] = b"-- PostgreSQL database dump complete";
/// The end marker lies within this many last bytes.
const TAIL_BYTES: usize = 512;
const CHUNK_BYTES: usize = 256 * 1024;

/// SQL that makes each of `roles` where it is missing, without a login, so that an empty server takes the dump.
pub(crate) fn missing_roles_preamble(roles: &[&str]) -> String {
    roles.iter().fold(
        String::from("-- Roles that own or use what follows.\n"),
        |sql, role| {
            let (literal, identifier) = (role.replace('\'', "''"), role.replace('"', "\"\""));
            sql + &format!(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{literal}') \
             THEN CREATE ROLE \"{identifier}\" NOLOGIN; END IF; END $$;\n"
            )
        },
    )
}

/// Removed when the dump is broken off; gone already when it has its name.
pub(crate) struct Partial(pub(crate) PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

pub(crate) async fn require_same_major(bin_dir: &Path, info: &ConnectInfo) -> Result<u32, Error> {
    let tool = major_version(bin_dir, "pg_dump").await?;
    let mut connection = info.connect_options().connect().await?;
    let version: i32 = sqlx::query_scalar("SELECT current_setting('server_version_num')::int")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    let server = u32::try_from(version / 10_000).unwrap_or(0);
    if tool == server {
        Ok(server)
    } else {
        Err(Error::ToolMajor { tool, server })
    }
}

/// Lets a tool write SQL into `partial`, with `preamble` before it; returns the file's length.
pub(crate) async fn pour(
    tool: Tool,
    input: Stdio,
    partial: &Path,
    preamble: &str,
    progress: impl Fn(u64),
) -> Result<u64, Error> {
    let file = platform::create_private_file(partial).map_err(Error::io(partial))?;
    let mut running = tool.spawn(input, Stdio::piped())?;
    let (Some(output), Some(mut complaints)) =
        (running.child.stdout.take(), running.child.stderr.take())
    else {
        return Err(Error::DumpFailed {
            message: "the tool has no output".to_owned(),
        });
    };
    let mut said = String::new();
    let copying = copy(output, file.into(), preamble, progress);
    // Both at once: a tool that complains at length would wait for its reader.
    let (copied, read) = tokio::join!(copying, complaints.read_to_string(&mut said));
    let copied = copied.map_err(Error::io(partial))?;
    read.map_err(Error::io(partial))?;
    let status = running.child.wait().await.map_err(Error::io(partial))?;
    tool::judge(status, &said, partial)?;
    if !copied.is_whole {
        return Err(Error::DumpFailed {
            message: "its end is missing".to_owned(),
        });
    }
    Ok(copied.size_bytes)
}

/// What came out of the tool.
struct Copied {
    size_bytes: u64,
    /// Whether the end marker was among the last bytes.
    is_whole: bool,
}

/// Writes the preamble and the tool's output, and syncs the file.
async fn copy(
    mut output: ChildStdout,
    mut file: File,
    preamble: &str,
    progress: impl Fn(u64),
) -> std::io::Result<Copied> {
    let opening = format!("{preamble}\n");
    file.write_all(opening.as_bytes()).await?;
    let mut size_bytes = opening.len() as u64;
    let (mut chunk, mut tail) = (
        vec![0; CHUNK_BYTES],
        Vec::with_capacity(TAIL_BYTES + CHUNK_BYTES),
    );
    loop {
        let length = output.read(&mut chunk).await?;
        if length == 0 {
            break;
        }
        file.write_all(&chunk[..length]).await?;
        size_bytes += length as u64;
        tail.extend_from_slice(&chunk[..length]);
        tail.drain(..tail.len().saturating_sub(TAIL_BYTES));
        progress(size_bytes);
    }
    file.flush().await?;
    file.sync_all().await?;
    let is_whole = tail
        .windows(END_MARKER.len())
        .any(|window| window == END_MARKER);
    Ok(Copied {
        size_bytes,
        is_whole,
    })
}
