//! After a power cut, a kill, and with pid files that lie.

use std::path::Path;

use ombor_postgres::{Step, attach};
use rustix::process::Signal;
use sqlx::Executor;

use crate::stand::{Process, Stand, ask, connect, entries, eventually, signal_all};

/// The files into which pid files were set aside.
fn stale_pid_files(cluster: &Path) -> usize {
    let names = entries(cluster);
    names
        .iter()
        .filter(|path| path.to_string_lossy().contains("postmaster.pid.stale-"))
        .count()
}

fn write_pid_file(stand: &Stand, pid: u32) {
    let cluster = stand.cluster();
    let text = format!(
        "{pid}\n{}\n1780000000\n5432\n/tmp\n\n  1234567  890\nready   \n",
        cluster.display()
    );
    std::fs::write(cluster.join("postmaster.pid"), text).unwrap();
}

/// Rows 2 and 7: the process that has the id now is somebody else's and stays alive.
#[tokio::test]
async fn a_reused_pid_in_the_pid_file_does_not_block_the_start() {
    let stand = Stand::with_cluster().await;
    let mut stranger = std::process::Command::new("sleep")
        .arg("600")
        .spawn()
        .unwrap();
    write_pid_file(&stand, stranger.id());
    let attached = stand.attach().await.unwrap();
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT 'ok'").await,
        "ok"
    );
    assert_eq!(stale_pid_files(&stand.cluster()), 1);
    drop(attached);
    stand.wait_until_deserted().await;
    assert!(
        stranger.try_wait().unwrap().is_none(),
        "the stranger was stopped"
    );
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

/// Row 2: the process that has the id now is the server of another data directory.
#[tokio::test]
async fn a_pid_file_that_names_another_clusters_server_leads_to_nobody_elses_data() {
    let (stand, other) = (Stand::with_cluster().await, Stand::with_cluster().await);
    let others = other.attach().await.unwrap();
    write_pid_file(&stand, u32::try_from(other.server().0).unwrap());
    let attached = stand.attach().await.unwrap();
    assert_ne!(stand.server(), other.server());
    connect(&attached)
        .await
        .execute("CREATE TABLE mine ()")
        .await
        .unwrap();
    let seen = ask(
        &mut connect(&others).await,
        "SELECT count(*)::text FROM pg_tables WHERE tablename = 'mine'",
    )
    .await;
    assert_eq!(seen, "0");
}

/// Row 2: nobody has the id any more.
#[tokio::test]
async fn a_pid_file_of_a_dead_server_does_not_block_the_start() {
    let stand = Stand::with_cluster().await;
    let mut dead = std::process::Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    write_pid_file(&stand, dead.id());
    stand.attach().await.unwrap();
}

/// Row 3.
#[tokio::test]
async fn the_pid_file_of_a_running_server_is_never_touched() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let pid_file = stand.cluster().join("postmaster.pid");
    let written = pid_file.metadata().unwrap().modified().unwrap();
    stand.supervisor().signal(Signal::KILL);
    attached.closed().await;
    let _again = stand.attach().await.unwrap();
    assert_eq!(pid_file.metadata().unwrap().modified().unwrap(), written);
    assert_eq!(stale_pid_files(&stand.cluster()), 0);
}

/// Row 3: somebody removed the pid file; a second server beside the first would destroy the data.
#[tokio::test]
async fn no_second_server_is_started_beside_one_whose_pid_file_vanished() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let orphan = stand.server();
    stand.supervisor().signal(Signal::KILL);
    attached.closed().await;
    let pid_file = stand.cluster().join("postmaster.pid");
    std::fs::remove_file(&pid_file).unwrap();

    let (starting, mut started) = tokio::sync::mpsc::unbounded_channel();
    let watched = attach(&stand.options, move |step| {
        starting.send(step).unwrap_or_default();
    });
    let (again, ()) = tokio::join!(watched, async {
        while started.recv().await != Some(Step::Starting) {}
        assert!(!pid_file.exists());
        orphan.signal(Signal::QUIT);
    });
    let again = again.unwrap();
    assert!(!orphan.lives());
    assert_eq!(ask(&mut connect(&again).await, "SELECT 'ok'").await, "ok");
}

/// Row 4.
#[tokio::test]
async fn a_start_waits_for_the_last_process_of_a_killed_server() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let mut connection = connect(&attached).await;
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    let (server, last) = (stand.server(), Process(pid));
    last.signal(Signal::STOP);
    stand.supervisor().signal(Signal::KILL);
    attached.closed().await;
    server.signal(Signal::KILL);
    eventually("the server is dead", move || {
        (!server.lives()).then_some(())
    })
    .await;

    let (starting, mut started) = tokio::sync::mpsc::unbounded_channel();
    let watched = attach(&stand.options, move |step| {
        starting.send(step).unwrap_or_default();
    });
    let (again, ()) = tokio::join!(watched, async {
        while started.recv().await != Some(Step::Starting) {}
        last.signal(Signal::KILL);
    });
    assert_eq!(
        ask(&mut connect(&again.unwrap()).await, "SELECT 'ok'").await,
        "ok"
    );
}

/// Rows 8 and 19: recovery is shown, has no time limit, and loses nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_waits_as_long_as_recovery_takes_and_nothing_is_lost() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let fill = "CREATE TABLE ledger AS SELECT n, repeat('x', 300) AS filler FROM generate_series(1, 250000) AS n";
    connect(&attached).await.execute(fill).await.unwrap();
    let server = stand.server();
    stand.supervisor().signal(Signal::KILL);
    attached.closed().await;
    server.signal(Signal::KILL);

    let log = stand.options.data_dir.join("logs/postgresql.log");
    let said = std::fs::read_to_string(&log).unwrap().len();
    let cluster = stand.cluster();
    let freezing = eventually("redo begins", move || {
        let begun = std::fs::read_to_string(&log)
            .ok()?
            .get(said..)?
            .contains("redo starts at");
        begun.then(|| {
            let pid = std::fs::read_to_string(cluster.join("postmaster.pid")).unwrap();
            let frozen = Process(pid.lines().next().unwrap().parse().unwrap()).children();
            signal_all(&frozen, Signal::STOP);
            frozen
        })
    });
    let (starting, mut started) = tokio::sync::mpsc::unbounded_channel();
    let watched = attach(&stand.options, move |step| {
        starting.send(step).unwrap_or_default();
    });
    let (again, ()) = tokio::join!(watched, async {
        let frozen = freezing.await;
        let mut recovering = 0;
        while recovering < 2 {
            recovering += u32::from(matches!(
                started.recv().await.unwrap(),
                Step::Recovering { .. }
            ));
        }
        signal_all(&frozen, Signal::CONT);
    });
    let again = again.unwrap();
    assert_eq!(
        ask(
            &mut connect(&again).await,
            "SELECT count(*)::text FROM ledger"
        )
        .await,
        "250000"
    );
}
