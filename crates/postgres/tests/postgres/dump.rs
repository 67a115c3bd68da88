//! The plain SQL file that the customer asked for.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use ombor_postgres::{ConnectInfo, Error, Place, dump};
use sqlx::Executor;

use crate::places::fake_program;
use crate::stand::{Stand, ask, connect, entries};

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
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let fill = "CREATE ROLE ombor_backup NOLOGIN;
                CREATE TABLE product AS SELECT n AS id, 'Ўсимлик ёғи №' || n AS name FROM generate_series(1, 500) AS n;
                ALTER TABLE product OWNER TO ombor_owner;
                GRANT SELECT ON product TO ombor_backup;";
    connect(&attached).await.execute(fill).await.unwrap();
    let info = attached.connect_info("ombor_test").unwrap();
    let target = stand.options.data_dir.join("ombor.sql");
    let preamble = dump::missing_roles_preamble(&["ombor_owner", "ombor_backup", "ombor_app"]);
    let seen = std::sync::Mutex::new(Vec::new());
    let progress = |bytes| seen.lock().unwrap().push(bytes);
    let made = dump::plain_sql(attached.bin_dir(), info, &target, &preamble, progress)
        .await
        .unwrap();

    assert_eq!(made.path, target);
    assert_eq!(made.size_bytes, target.metadata().unwrap().len());
    assert_eq!(seen.into_inner().unwrap().last(), Some(&made.size_bytes));
    assert_eq!(
        target.metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert!(!target.with_extension("sql.partial").exists());

    let mut empty = Stand::empty();
    empty.options.bootstrap_sql = "CREATE ROLE ombor_test SUPERUSER LOGIN;".to_owned();
    let there = empty.attach().await.unwrap();
    restore(
        there.bin_dir(),
        &there.connect_info("ombor_test").unwrap(),
        &target,
    );
    let mut connection = connect(&there).await;
    assert_eq!(
        ask(&mut connection, "SELECT count(*)::text FROM product").await,
        "500"
    );
    assert_eq!(
        ask(&mut connection, "SELECT name FROM product WHERE id = 7").await,
        "Ўсимлик ёғи №7"
    );
    let owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'product'";
    assert_eq!(ask(&mut connection, owner).await, "ombor_owner");
}

/// The bundle with a script in the place of `pg_dump`.
fn with_dump_tool(stand: &Stand, script: &str) -> PathBuf {
    let bin_dir = stand.options.data_dir.join("other-bin");
    std::fs::create_dir(&bin_dir).unwrap();
    fake_program(&bin_dir.join("pg_dump"), script);
    bin_dir
}

/// Row 28.
#[tokio::test]
async fn a_dump_tool_of_another_major_version_is_refused() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let bin_dir = with_dump_tool(
        &stand,
        "echo 'pg_dump (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)'",
    );
    let info = attached.connect_info("ombor_test").unwrap();
    let target = stand.options.data_dir.join("a.sql");
    let refusal = dump::plain_sql(&bin_dir, info, &target, "", |_| {})
        .await
        .unwrap_err();
    assert_eq!(
        refusal,
        Error::ToolMajor {
            tool: 15,
            server: 18
        }
    );
    assert!(!target.exists());
}

#[tokio::test]
async fn a_dump_without_its_end_is_no_dump() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let script = "case $1 in --version) echo 'pg_dump (PostgreSQL) 18.4';; *) echo 'CREATE TABLE half (';; esac";
    let bin_dir = with_dump_tool(&stand, script);
    let info = attached.connect_info("ombor_test").unwrap();
    let folder = stand.options.data_dir.join("backups");
    std::fs::create_dir(&folder).unwrap();
    let refusal = dump::plain_sql(&bin_dir, info, &folder.join("a.sql"), "", |_| {})
        .await
        .unwrap_err();
    assert!(matches!(refusal, Error::DumpFailed { .. }), "{refusal}");
    assert_eq!(entries(&folder), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_login_that_may_not_read_everything_makes_no_dump() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    connect(&attached)
        .await
        .execute("CREATE TABLE secret ()")
        .await
        .unwrap();
    let info = attached.connect_info("ombor_app").unwrap();
    let target = stand.options.data_dir.join("a.sql");
    let refusal = dump::plain_sql(attached.bin_dir(), info, &target, "", |_| {})
        .await
        .unwrap_err();
    let Error::DumpFailed { message } = refusal else {
        panic!("{refusal}")
    };
    assert!(message.contains("permission denied"), "{message}");
    assert!(!target.exists());
}

#[tokio::test]
async fn an_older_dump_is_never_written_over() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let target = stand.options.data_dir.join("a.sql");
    std::fs::write(&target, "older").unwrap();
    let info = attached.connect_info("ombor_test").unwrap();
    let refusal = dump::plain_sql(attached.bin_dir(), info, &target, "", |_| {})
        .await
        .unwrap_err();
    assert_eq!(
        refusal,
        Error::TargetExists {
            path: target.clone()
        }
    );
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "older");
}
