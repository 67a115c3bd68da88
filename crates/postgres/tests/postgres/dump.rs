//! The plain SQL file that the customer asked for.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use ombor_postgres::{ConnectInfo, Error, Place, backup};

use crate::kept::Kept;
use crate::places::fake_program;
use crate::stand::{Stand, ask, connect};

/// `psql` restores `file` on the server of `info`, stopping at the first error.
pub fn restore(bin_dir: &Path, info: &ConnectInfo, file: &Path) {
    let Place::Socket(socket) = &info.place else {
        panic!("the bundled server listens on a socket")
    };
    let output = Command::new(bin_dir.join("psql"))
        .args([
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--username",
            &info.login,
        ])
        .args(["--dbname", &info.database, "--file"])
        .arg(file)
        .arg("--host")
        .arg(socket)
        .env("PGPASSWORD", &info.password)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn a_dump_restores_into_an_empty_server_by_psql_alone() {
    let kept = Kept::open().await;
    let plain = kept.take().await.unwrap().backup.plain();
    assert_eq!(
        plain.metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    let mut empty = Stand::empty();
    empty.options.bootstrap_sql = "CREATE ROLE ombor_test SUPERUSER LOGIN;".to_owned();
    let there = empty.attach().await.unwrap();
    restore(
        there.bin_dir(),
        &there.connect_info("ombor_test").unwrap(),
        &plain,
    );
    let mut connection = connect(&there).await;
    let count = "SELECT count(*)::text FROM ledger.movement";
    assert_eq!(ask(&mut connection, count).await, "2000");
    let owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'movement'";
    assert_eq!(ask(&mut connection, owner).await, "ombor_owner");
}

/// The bundle with a script in the place of one of its programs.
fn with_tool(kept: &Kept, program: &str, script: &str) -> PathBuf {
    let bin_dir = kept.stand.options.data_dir.join("other-bin");
    std::fs::create_dir(&bin_dir).unwrap();
    for other in ["pg_dump", "pg_restore"] {
        if other == program {
            fake_program(&bin_dir.join(other), script);
        } else {
            symlink(kept.attached.bin_dir().join(other), bin_dir.join(other)).unwrap();
        }
    }
    bin_dir
}

async fn refusal_with(kept: &Kept, bin_dir: &Path) -> Error {
    let mut subject = kept.subject();
    subject.bin_dir = bin_dir;
    let taken = backup::take(&subject, &kept.shelf, &|_| {}, std::future::pending()).await;
    assert_eq!(kept.files(), Vec::<String>::new());
    taken.unwrap_err()
}

/// Row 28.
#[tokio::test]
async fn a_dump_tool_of_another_major_version_is_refused() {
    let kept = Kept::open().await;
    let script = "echo 'pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)'";
    let bin_dir = with_tool(&kept, "pg_dump", script);
    let wrong = Error::ToolMajor {
        tool: 15,
        server: 18,
    };
    assert_eq!(refusal_with(&kept, &bin_dir).await, wrong);
}

#[tokio::test]
async fn a_dump_without_its_end_is_no_dump() {
    let kept = Kept::open().await;
    let script = "cat > /dev/null; echo 'CREATE TABLE half ('";
    let bin_dir = with_tool(&kept, "pg_restore", script);
    let refusal = refusal_with(&kept, &bin_dir).await;
    assert!(matches!(refusal, Error::DumpFailed { .. }), "{refusal}");
}

#[tokio::test]
async fn a_login_that_may_not_read_everything_makes_no_dump() {
    let kept = Kept::open().await;
    let blind = kept.attached.connect_info("ombor_app").unwrap();
    let mut subject = kept.subject();
    subject.reader = &blind;
    let taken = backup::take(&subject, &kept.shelf, &|_| {}, std::future::pending()).await;
    let message = taken.unwrap_err().to_string();
    assert!(message.contains("permission denied"), "{message}");
    assert_eq!(kept.files(), Vec::<String>::new());
}
