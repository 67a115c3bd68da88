//! No acknowledged movement is lost: the settings that the server runs with.

use std::process::Stdio;

use ombor_postgres::{Error, pool};
use sqlx::Executor;

use crate::stand::{Process, Stand, ask, connect, eventually, server_program};

/// Row 1.
#[tokio::test]
async fn fsync_off_in_the_configuration_files_does_not_reach_the_server() {
    let stand = Stand::with_cluster().await;
    let weak = "fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n";
    for file in ["postgresql.conf", "postgresql.auto.conf"] {
        let path = stand.cluster().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text + weak).unwrap();
    }
    let attached = stand.attach().await.unwrap();
    let mut connection = connect(&attached).await;
    for question in [
        "SHOW fsync",
        "SHOW full_page_writes",
        "SHOW synchronous_commit",
        "SHOW data_checksums",
    ] {
        assert_eq!(ask(&mut connection, question).await, "on", "{question}");
    }
}

/// Row 1: a server that somebody started by hand.
#[tokio::test]
async fn a_server_that_runs_without_fsync_is_refused_and_stopped() {
    let stand = Stand::with_cluster().await;
    let mut foreign = server_program(&stand, "postgres")
        .arg("-F")
        .arg("-D")
        .arg(stand.cluster())
        .args(["-c", "listen_addresses=", "-c"])
        .arg(format!(
            "unix_socket_directories={}",
            stand.options.data_dir.display()
        ))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pid_file = stand.cluster().join("postmaster.pid");
    eventually("the foreign server is ready", || {
        std::fs::read_to_string(&pid_file)
            .ok()?
            .contains("ready")
            .then_some(())
    })
    .await;
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::NotDurable {
            setting: "fsync".to_owned(),
            value: "off".to_owned()
        }
    );
    foreign.wait().unwrap();
    stand.wait_until_deserted().await;
    stand
        .attach()
        .await
        .expect("the next start is our own and safe");
}

/// Row 1: a role's own setting wins over the command line.
#[tokio::test]
async fn a_login_that_does_not_wait_for_the_disk_is_refused() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    connect(&attached)
        .await
        .execute("ALTER ROLE ombor_app SET synchronous_commit = off")
        .await
        .unwrap();
    drop(attached);
    stand.wait_until_deserted().await;
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::NotDurable {
            setting: "synchronous_commit".to_owned(),
            value: "off".to_owned()
        }
    );
    assert!(refusal.to_string().contains("synchronous_commit"));
}

/// Row 1, while the application runs: every connection of a desk is asked, not only the server at its start.
#[tokio::test]
async fn t11_a_desk_uses_no_new_connection_that_does_not_wait_for_the_disk() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let options = attached.connect_options("ombor_app").unwrap();
    let desk = pool::open(options.clone(), "ombor_app").await.unwrap();
    let mut superuser = connect(&attached).await;
    superuser
        .execute("ALTER DATABASE ombor SET synchronous_commit = off")
        .await
        .unwrap();
    let cut_off = "SELECT count(pg_terminate_backend(pid))::text FROM pg_stat_activity WHERE usename = 'ombor_app'";
    assert_ne!(ask(&mut superuser, cut_off).await, "0");
    assert!(desk.acquire().await.is_err());
    let refusal = pool::open(options, "ombor_app").await.unwrap_err();
    let weak = Error::NotDurable {
        setting: "synchronous_commit".to_owned(),
        value: "off".to_owned(),
    };
    assert_eq!(refusal, weak);

    superuser
        .execute("ALTER DATABASE ombor RESET synchronous_commit")
        .await
        .unwrap();
    desk.acquire().await.expect("the same desk goes on");
}

/// Rows 15, 17 and 19.
#[tokio::test]
async fn the_server_runs_with_the_settings_of_a_desk() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let mut connection = connect(&attached).await;
    for (question, answer) in [
        ("SHOW dynamic_shared_memory_type", "mmap"),
        ("SHOW max_parallel_workers_per_gather", "0"),
        ("SHOW max_wal_size", "256MB"),
        ("SHOW checkpoint_timeout", "5min"),
        ("SHOW data_sync_retry", "off"),
        ("SHOW restart_after_crash", "on"),
        ("SHOW timezone", "UTC"),
        ("SHOW password_encryption", "scram-sha-256"),
        (
            "SELECT datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding)
          FROM pg_database WHERE datname = 'ombor'",
            "b C.UTF-8 UTF8",
        ),
        ("SELECT lower('ЎҚҒҲ OʻZ')", "ўқғҳ oʻz"),
    ] {
        assert_eq!(ask(&mut connection, question).await, answer, "{question}");
    }
}

/// Row 11, and the login rules of a single desk.
#[tokio::test]
async fn the_server_listens_on_a_private_socket_only_and_asks_for_passwords() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let mut connection = connect(&attached).await;
    assert_eq!(ask(&mut connection, "SHOW listen_addresses").await, "");
    let methods =
        "SELECT string_agg(DISTINCT auth_method, ' ' ORDER BY auth_method) FROM pg_hba_file_rules";
    assert_eq!(ask(&mut connection, methods).await, "reject scram-sha-256");
    assert_eq!(listening_sockets(stand.server()), Vec::<String>::new());
    let wrong = attached
        .connect_options("ombor_app")
        .unwrap()
        .password("wrong");
    assert!(sqlx::ConnectOptions::connect(&wrong).await.is_err());
}

/// The TCP sockets on which a process listens, by inode.
fn listening_sockets(process: Process) -> Vec<String> {
    const LISTENING: &str = "0A";
    let open: Vec<String> = std::fs::read_dir(format!("/proc/{}/fd", process.0))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .map(|target| target.display().to_string())
        .collect();
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"]
        .map(|path| std::fs::read_to_string(path).unwrap_or_default());
    let inodes = tables
        .iter()
        .flat_map(|table| table.lines().skip(1))
        .filter_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            (fields.get(3) == Some(&LISTENING)).then(|| format!("socket:[{}]", fields[9]))
        });
    inodes.filter(|inode| open.contains(inode)).collect()
}
