//! The helper and those who use the server through it.

use std::process::{Command, Stdio};

use ombor_postgres::Error;
use rustix::process::{Signal, getsid};

use crate::stand::{Process, Stand, ask, connect, eventually, signal_all};

/// Names the options of a client that runs in a process of its own.
const CLIENT_OPTIONS: &str = "OMBOR_TEST_CLIENT_OPTIONS";

#[tokio::test]
#[ignore = "run by other tests as a process of its own"]
async fn a_client_that_stays_until_it_is_killed() {
    let Ok(options) = std::env::var(CLIENT_OPTIONS) else {
        return;
    };
    let options = serde_json::from_str(&options).unwrap();
    let _attached = ombor_postgres::attach(&options, |_| {}).await.unwrap();
    std::future::pending::<()>().await;
}

fn client_process(stand: &Stand) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "clients::a_client_that_stays_until_it_is_killed",
            "--ignored",
        ])
        .env(
            CLIENT_OPTIONS,
            serde_json::to_string(&stand.options).unwrap(),
        )
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Row 5.
#[tokio::test]
async fn the_server_stops_cleanly_when_its_last_client_is_killed() {
    let stand = Stand::with_cluster().await;
    let mut client = client_process(&stand);
    let pid_file = stand.cluster().join("postmaster.pid");
    eventually("the server is ready", || {
        std::fs::read_to_string(&pid_file)
            .ok()?
            .contains("ready")
            .then_some(())
    })
    .await;
    client.kill().unwrap();
    client.wait().unwrap();
    stand.wait_until_deserted().await;
    assert!(!pid_file.exists());
    let log = std::fs::read_to_string(stand.options.data_dir.join("logs/postgresql.log")).unwrap();
    assert!(log.contains("database system is shut down"), "{log}");
}

/// Row 5.
#[tokio::test]
async fn the_server_stays_while_one_client_is_left() {
    let stand = Stand::with_cluster().await;
    let first = stand.attach().await.unwrap();
    let server = stand.server();
    let second = stand.attach().await.unwrap();
    drop(first);
    assert_eq!(
        ask(&mut connect(&second).await, "SELECT 'here'").await,
        "here"
    );
    assert_eq!(stand.server(), server);
    drop(second);
    stand.wait_until_deserted().await;
    assert!(!server.lives());
}

/// Row 5: the helper itself is killed.
#[tokio::test]
async fn an_orphaned_server_is_adopted_with_its_connections() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let mut connection = connect(&attached).await;
    let server = stand.server();
    let identity = attached.system_identifier().to_owned();
    stand.supervisor().signal(Signal::KILL);
    attached.closed().await;

    let again = stand.attach().await.unwrap();
    assert_eq!(stand.server(), server);
    assert_eq!(again.system_identifier(), identity);
    assert_eq!(
        ask(&mut connection, "SELECT 'still here'").await,
        "still here"
    );
    drop((attached, again));
    stand.wait_until_deserted().await;
    assert!(!server.lives());
}

/// Row 6: nothing hangs on the thread that asked first.
#[tokio::test]
async fn the_server_does_not_depend_on_the_thread_that_started_it() {
    let stand = Stand::with_cluster().await;
    let options = stand.options.clone();
    let starter = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let attached = ombor_postgres::attach(&options, |_| {}).await.unwrap();
            attached.hold().await.unwrap();
        });
    });
    starter.join().unwrap();
    let server = stand.server();
    let attached = stand.attach().await.unwrap();
    assert_eq!(stand.server(), server);
    attached.release().await.unwrap();
}

#[tokio::test]
async fn a_held_server_outlives_its_clients_until_it_is_released() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    attached.hold().await.unwrap();
    let (server, helper) = (stand.server(), stand.supervisor());
    drop(attached);

    let attached = stand.attach().await.unwrap();
    assert_eq!((stand.server(), stand.supervisor()), (server, helper));
    attached.release().await.unwrap();
    drop(attached);
    stand.wait_until_deserted().await;
    assert!(!server.lives());
}

/// Row 30.
#[tokio::test]
async fn the_server_is_the_only_child_of_a_supervisor_with_a_session_of_its_own() {
    let stand = Stand::with_cluster().await;
    let _attached = stand.attach().await.unwrap();
    let helper = stand.supervisor();
    assert_eq!(stand.server().parent(), helper);
    assert_eq!(helper.children(), [stand.server()]);
    let session = getsid(rustix::process::Pid::from_raw(helper.0)).unwrap();
    assert_eq!(session.as_raw_nonzero().get(), helper.0);
}

/// Row 31.
#[tokio::test(flavor = "multi_thread")]
async fn copies_of_the_application_that_start_at_once_share_one_server() {
    let stand = Stand::with_cluster().await;
    let copies = tokio::join!(
        stand.attach(),
        stand.attach(),
        stand.attach(),
        stand.attach()
    );
    let copies = [
        copies.0.unwrap(),
        copies.1.unwrap(),
        copies.2.unwrap(),
        copies.3.unwrap(),
    ];
    let mut servers = Vec::new();
    for copy in &copies {
        let mut connection = connect(copy).await;
        let question = "SELECT pg_backend_pid()";
        let backend: i32 = sqlx::query_scalar(question)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        servers.push(Process(backend).parent());
    }
    assert_eq!(servers, [stand.server(); 4]);
}

/// Row 31.
#[tokio::test]
async fn a_data_folder_that_another_program_has_is_refused() {
    let mut stand = Stand::empty();
    stand.options.limits.owner_patience_ms = 0;
    std::fs::create_dir(&stand.options.data_dir).unwrap();
    let lock = std::fs::File::create(stand.options.data_dir.join("server.lock")).unwrap();
    lock.lock().unwrap();
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::AlreadyOwned {
            path: stand.options.data_dir.clone()
        }
    );
    assert_eq!(refusal.code(), "alreadyRunning");
    assert!(!stand.cluster().exists());
}

#[tokio::test]
async fn a_client_that_comes_while_the_server_stops_gets_a_new_one() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let server = stand.server();
    // A stopped checkpointer keeps the shutdown from ending until it goes on.
    let frozen = server.children();
    signal_all(&frozen, Signal::STOP);
    drop(attached);
    let address = stand.options.data_dir.join("server.address");
    eventually("the helper takes nobody any more", move || {
        (!address.exists()).then_some(())
    })
    .await;
    let (again, ()) = tokio::join!(stand.attach(), async {
        signal_all(&frozen, Signal::CONT);
    });
    let again = again.unwrap();
    assert_ne!(stand.server(), server);
    assert_eq!(ask(&mut connect(&again).await, "SELECT 'new'").await, "new");
}

/// The system is shut down, or somebody ends the helper.
#[tokio::test]
async fn a_supervisor_that_is_asked_to_end_stops_the_server_first() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    stand.supervisor().signal(Signal::TERM);
    attached.closed().await;
    stand.wait_until_deserted().await;
    assert!(!stand.cluster().join("postmaster.pid").exists());
}

/// Row 17: the end of a session takes its runtime directory away, sockets and all.
#[tokio::test]
async fn a_server_whose_sockets_vanished_is_started_again_elsewhere() {
    let mut stand = Stand::with_cluster().await;
    stand.options.limits.watch_interval_ms = 20;
    let attached = stand.attach().await.unwrap();
    std::fs::remove_dir_all(stand.options.runtime_dir.as_ref().unwrap()).unwrap();
    attached.closed().await;
    let again = stand.attach().await.unwrap();
    assert_eq!(ask(&mut connect(&again).await, "SELECT 'ok'").await, "ok");
}

/// Row 21.
#[tokio::test]
async fn a_server_that_ends_by_itself_is_started_three_times_and_then_given_up() {
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    for _ in 0..3 {
        let server = stand.server();
        server.signal(Signal::KILL);
        let pid_file = stand.cluster().join("postmaster.pid");
        eventually("a new server is ready", move || {
            let text = std::fs::read_to_string(&pid_file).ok()?;
            let is_new = text.lines().next()? != server.0.to_string();
            (is_new && text.contains("ready")).then_some(())
        })
        .await;
        assert_eq!(
            ask(&mut connect(&attached).await, "SELECT 'back'").await,
            "back"
        );
    }
    stand.server().signal(Signal::KILL);
    attached.closed().await;
    stand.wait_until_deserted().await;
}

#[tokio::test]
async fn a_login_that_was_not_asked_for_is_unknown() {
    let mut stand = Stand::with_cluster().await;
    stand.options.logins = vec!["ombor_app".to_owned()];
    let attached = stand.attach().await.unwrap();
    let refusal = attached.connect_options("postgres").unwrap_err();
    assert_eq!(
        refusal,
        Error::UnknownLogin {
            login: "postgres".to_owned()
        }
    );
}

#[tokio::test]
async fn a_login_that_a_later_version_asks_for_is_made() {
    let mut stand = Stand::with_cluster().await;
    stand.options.logins.push("ombor_sync".to_owned());
    let attached = stand.attach().await.unwrap();
    let mut connection =
        sqlx::ConnectOptions::connect(&attached.connect_options("ombor_sync").unwrap())
            .await
            .unwrap();
    assert_eq!(
        ask(&mut connection, "SELECT current_user::text").await,
        "ombor_sync"
    );
}
