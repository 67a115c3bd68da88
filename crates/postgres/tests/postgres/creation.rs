//! A new cluster is whole or it is not there.

use std::path::{Path, PathBuf};

use ombor_postgres::{Error, Step};
use rustix::process::Signal;
use sqlx::Executor;

use crate::stand::{Process, Stand, ask, attach_with_steps, connect, entries, eventually};

/// The cluster that is being made below a data directory.
fn unfinished(data_dir: &Path) -> Option<PathBuf> {
    let folders = entries(data_dir);
    folders.into_iter().find(|path| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("pg18.new-")
    })
}

#[tokio::test]
async fn a_new_cluster_has_the_database_the_roles_and_the_ready_mark() {
    let stand = Stand::empty();
    let (attached, steps) = attach_with_steps(&stand).await;
    let attached = attached.unwrap();
    assert_eq!(
        steps,
        [
            Step::LockingDirectory,
            Step::CreatingCluster,
            Step::Starting,
            Step::CheckingDurability,
            Step::Ready
        ]
    );
    let mark = std::fs::read_to_string(stand.cluster().join("READY.json")).unwrap();
    assert!(mark.contains(attached.system_identifier()), "{mark}");
    let mut connection = connect(&attached).await;
    assert_eq!(
        ask(&mut connection, "SELECT current_database()::text").await,
        "ombor"
    );
    let roles = "SELECT string_agg(rolname || ':' || rolcanlogin, ' ' ORDER BY rolname)
                 FROM pg_roles WHERE rolname LIKE 'ombor%'";
    assert_eq!(
        ask(&mut connection, roles).await,
        "ombor_app:true ombor_owner:false ombor_test:true"
    );
    assert_eq!(unfinished(&stand.options.data_dir), None);
}

#[tokio::test]
async fn passwords_stand_in_one_private_file_and_in_no_log() {
    use std::os::unix::fs::PermissionsExt;
    let stand = Stand::empty();
    let attached = stand.attach().await.unwrap();
    let password = attached.connect_info("ombor_app").unwrap().password;
    let file = stand.cluster().join("logins.json");
    assert!(std::fs::read_to_string(&file).unwrap().contains(&password));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    for log in entries(&stand.options.data_dir.join("logs")) {
        assert!(
            !std::fs::read_to_string(&log).unwrap().contains(&password),
            "{}",
            log.display()
        );
    }
    assert!(!format!("{:?} {attached:?}", attached.connect_info("ombor_app")).contains(&password));
}

/// Row 9: the helper is killed at each stage that leaves something different behind.
#[tokio::test]
async fn a_creation_that_was_killed_is_set_aside_and_the_next_start_is_clean() {
    type Stage = (&'static str, fn(&Path) -> bool);
    let stages: [Stage; 5] = [
        ("the folder is there", |_| true),
        ("the configuration is there", |work| {
            work.join("data/postgresql.conf").exists()
        }),
        ("the first tables are there", |work| {
            work.join("data/base/1/PG_VERSION").exists()
        }),
        ("the new server runs", |work| {
            work.join("data/postmaster.pid").exists()
        }),
        ("only the ready mark is missing", |work| {
            work.join("data/logins.json").exists()
        }),
    ];
    for (stage, reached) in stages {
        let stand = Stand::empty();
        let data_dir = stand.options.data_dir.clone();
        let options = stand.options.clone();
        let broken_off =
            tokio::spawn(async move { drop(ombor_postgres::attach(&options, |_| {}).await) });
        eventually(stage, move || {
            reached(&unfinished(&data_dir)?).then_some(())
        })
        .await;
        stand.supervisor().signal(Signal::KILL);
        broken_off.abort();
        let _ = broken_off.await;

        let attached = stand.attach().await.expect(stage);
        assert_eq!(
            ask(&mut connect(&attached).await, "SELECT 'clean'").await,
            "clean",
            "{stage}"
        );
        assert_eq!(stand.quarantine().len(), 1, "{stage}");
        assert_eq!(unfinished(&stand.options.data_dir), None, "{stage}");
        let left = Process::working_below(&stand.options.data_dir.join("quarantine"));
        assert_eq!(left, [], "{stage}: a server runs on what was set aside");
    }
}

/// Row 9.
#[tokio::test]
async fn a_cluster_without_its_ready_mark_is_never_opened() {
    let stand = Stand::with_cluster().await;
    std::fs::remove_file(stand.cluster().join("READY.json")).unwrap();
    let before = stand
        .cluster()
        .join("global/pg_control")
        .metadata()
        .unwrap()
        .modified()
        .unwrap();
    let _attached = stand.attach().await.unwrap();
    let [aside] = &stand.quarantine()[..] else {
        panic!("one cluster is set aside")
    };
    assert_eq!(
        aside
            .join("global/pg_control")
            .metadata()
            .unwrap()
            .modified()
            .unwrap(),
        before
    );
    assert!(stand.cluster().join("READY.json").exists());
}

/// Row 10.
#[tokio::test]
async fn what_a_failed_creation_made_is_kept_and_the_next_try_succeeds() {
    let mut stand = Stand::empty();
    let good = std::mem::replace(
        &mut stand.options.bootstrap_sql,
        "CREATE TABLE broken (".to_owned(),
    );
    let refusal = stand.attach().await.unwrap_err();
    assert!(matches!(refusal, Error::Refused { .. }), "{refusal}");
    stand.wait_until_deserted().await;
    stand.options.bootstrap_sql = good;
    stand.attach().await.unwrap();
    let [aside] = &stand.quarantine()[..] else {
        panic!("one cluster is set aside")
    };
    assert!(aside.join("data/PG_VERSION").exists());
}

/// Row 10: neither a client's end nor a refusal takes data away.
#[tokio::test]
async fn data_is_there_again_after_every_end() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    connect(&attached)
        .await
        .execute("CREATE TABLE kept AS SELECT 'kept' AS word")
        .await
        .unwrap();
    drop(attached);
    stand.wait_until_deserted().await;
    let attached = stand.attach().await.unwrap();
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT word FROM kept").await,
        "kept"
    );
    assert_eq!(stand.quarantine(), Vec::<PathBuf>::new());
}
