//! A private server of Debian's PostgreSQL 15, in a folder of its own that goes with it.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, ensure};
use ombor_postgres::{ConnectInfo, Place};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

use crate::server::SUPERUSER;

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// PostgreSQL's programs do not run as root; this account of Debian's own package is used then.
const ACCOUNT_FILE: &str = "/var/lib/postgresql";

/// Starts the server, says so, and waits for the end of its input: the test process is gone then, however it ended.
const KEEPER: &str = r#"
    initdb --pgdata="$1/cluster" --username="$2" --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$1/log" &&
    pg_ctl start --wait --silent --pgdata="$1/cluster" --log="$1/log" \
        --options="-k $1 -c listen_addresses= -c fsync=off -c max_connections=100" &&
    echo ready
    read -r _
    pg_ctl stop --silent --mode=immediate --pgdata="$1/cluster"
    rm -rf "$1"
"#;

/// A command for a program of PostgreSQL: root runs it in a user namespace where root is somebody else.
pub(crate) fn as_ordinary_user(program: &Path) -> Result<Command> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(Command::new(program));
    }
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-user=1", "--map-group=1", "--"])
        .arg(program);
    Ok(command)
}

pub(crate) fn oldest_programs() -> Option<PathBuf> {
    Path::new(PROGRAMS)
        .join("postgres")
        .is_file()
        .then(|| PROGRAMS.into())
}

pub(crate) async fn start_oldest() -> Result<ConnectInfo> {
    let folder = tempfile::Builder::new()
        .prefix("ombor-pg15-")
        .tempdir()?
        .keep();
    let mut keeper = Command::new("sh");
    keeper
        .args(["-c", KEEPER, "keeper"])
        .arg(&folder)
        .arg(SUPERUSER);
    keeper
        .env("PATH", format!("{PROGRAMS}:/usr/bin:/bin"))
        .current_dir(&folder);
    keeper.stdin(Stdio::piped()).stdout(Stdio::piped());
    if fs::metadata(&folder)?.uid() == 0 {
        let account = fs::metadata(ACCOUNT_FILE).context("Debian's PostgreSQL has an account")?;
        chown(&folder, Some(account.uid()), Some(account.gid()))?;
        keeper.uid(account.uid()).gid(account.gid());
    }
    // Not this process's group: an interrupt from the keyboard is for the tests, the keeper ends after them.
    let mut keeper = keeper.process_group(0).spawn()?;
    let output = keeper.stdout.take().context("the keeper speaks")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).await?;
    ensure!(
        line == "ready\n",
        "PostgreSQL 15 did not start; see {}",
        folder.join("log").display()
    );
    // Its input stays open until this process ends.
    std::mem::forget(keeper);
    Ok(ConnectInfo {
        place: Place::Socket(folder),
        port: 5432,
        database: "postgres".to_owned(),
        login: SUPERUSER.to_owned(),
        password: String::new(),
        tls: None,
    })
}
