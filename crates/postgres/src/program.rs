//! PostgreSQL's programs: where they are, which major version, how they are run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::Error;
use crate::platform::{self, Account};

/// Older programs know neither the built-in collations nor all settings that the server is started with.
const OLDEST_MAJOR: u32 = 18;
/// The oldest whose memberships of roles say all that those of the bundled version do.
const OLDEST_UPGRADED: u32 = 16;

/// The programs that run a server.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    bin_dir: PathBuf,
    account: Account,
    /// Major version of `postgres`.
    pub(crate) major: u32,
}

impl Programs {
    /// Looks at the programs in `bin_dir`, which `account` can run.
    pub(crate) async fn open(bin_dir: PathBuf, account: Account) -> Result<Self, Error> {
        require(&bin_dir, "initdb")?;
        Self::at_least(OLDEST_MAJOR, bin_dir, account).await
    }

    /// The same for programs that only start a cluster of theirs once more.
    pub(crate) async fn open_older(bin_dir: PathBuf, account: Account) -> Result<Self, Error> {
        Self::at_least(OLDEST_UPGRADED, bin_dir, account).await
    }

    async fn at_least(needed: u32, bin_dir: PathBuf, account: Account) -> Result<Self, Error> {
        let major = major_version(&bin_dir, "postgres").await?;
        if major < needed {
            return Err(Error::ProgramsTooOld {
                found: major,
                needed,
            });
        }
        Ok(Self {
            bin_dir,
            account,
            major,
        })
    }

    /// A command for a program that runs as the server's account, with nothing of the helper's environment.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = clean_command(&self.bin_dir, name);
        self.account.apply(&mut command);
        command
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }
}

/// The path of a program that must be there.
pub(crate) fn require(bin_dir: &Path, name: &str) -> Result<PathBuf, Error> {
    let path = bin_dir.join(platform::program_file(name));
    if path.is_file() {
        Ok(path)
    } else {
        Err(Error::BinaryMissing { path })
    }
}

/// A command that runs as the caller. Variables such as PGDATA, PGOPTIONS or a foreign LD_LIBRARY_PATH do not reach it.
pub(crate) fn clean_command(bin_dir: &Path, name: &str) -> Command {
    let mut command = Command::new(bin_dir.join(platform::program_file(name)));
    platform::without_window(&mut command);
    command
        .env_clear()
        .envs(kept_environment())
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .stdin(Stdio::null());
    command
}

/// What programs need of the environment on some system.
fn kept_environment() -> impl Iterator<Item = (&'static str, OsString)> {
    ["PATH", "SystemRoot", "TEMP", "TMP"]
        .into_iter()
        .filter_map(|name| Some((name, std::env::var_os(name)?)))
}

/// The major version that a program of PostgreSQL reports.
pub(crate) async fn major_version(bin_dir: &Path, name: &str) -> Result<u32, Error> {
    let path = require(bin_dir, name)?;
    let answer = clean_command(bin_dir, name)
        .arg("--version")
        .output()
        .await
        .map_err(Error::io(&path))?;
    let text = String::from_utf8_lossy(&answer.stdout);
    parse_major(&text).ok_or_else(|| Error::Io {
        path,
        message: format!("its version cannot be told from {:?}", text.trim()),
    })
}

/// The 18 of `postgres (PostgreSQL) 18.4`.
fn parse_major(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    let digits = number
        .split(|character: char| !character.is_ascii_digit())
        .next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_major;

    #[test]
    fn the_major_version_is_read_whatever_follows_it() {
        assert_eq!(parse_major("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(
            parse_major("pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(parse_major("postgres (PostgreSQL) 19beta1"), Some(19));
        assert_eq!(parse_major("something else"), None);
    }
}
