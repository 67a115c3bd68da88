//! The server opened to other desks on purpose. The network here is the loopback one: the server listens on 127.0.0.2,
//! the desk that is let in calls from 127.0.0.1, a stranger from 127.0.0.3.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

use ombor_postgres::lan::{LOGIN, Lan};
use ombor_postgres::{ConnectInfo, Error, pool};
use sqlx::{ConnectOptions, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::stand::{Stand, ask, connect};

const HOUSE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const DESK: Ipv4Addr = Ipv4Addr::LOCALHOST;
const STRANGER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);

fn free_port() -> u16 {
    let listener = TcpListener::bind((HOUSE, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Opens the server of the stand to the desk's address alone.
fn opened(stand: &Stand) -> Lan {
    let allowed = vec![DESK.to_string().parse().unwrap()];
    let lan = Lan::new(allowed, Some(IpAddr::V4(HOUSE)), free_port(), "ombor_app").unwrap();
    lan.keep(&stand.options.data_dir).unwrap();
    lan
}

async fn log_in(info: &ConnectInfo) -> Result<PgConnection, sqlx::Error> {
    info.connect_options().connect().await
}

/// What the server answers to a greeting from an address: `R` asks for the password, `E` refuses, with its words.
async fn greeted(from: Ipv4Addr, lan: &Lan) -> (char, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    let house = SocketAddr::from((lan.listen(), lan.port()));
    let mut line = socket.connect(house).await.unwrap();
    let words = format!("user\0{LOGIN}\0database\0ombor\0\0");
    let length = u32::try_from(words.len() + 8).unwrap();
    line.write_u32(length).await.unwrap();
    line.write_u32(196_608).await.unwrap();
    line.write_all(words.as_bytes()).await.unwrap();
    let kind = char::from(line.read_u8().await.unwrap());
    let mut rest = vec![0; line.read_u32().await.unwrap() as usize - 4];
    line.read_exact(&mut rest).await.unwrap();
    (kind, String::from_utf8_lossy(&rest).into_owned())
}

#[tokio::test]
async fn an_opened_server_lets_the_desks_of_the_allowed_addresses_in_and_nobody_else() {
    let stand = Stand::with_cluster().await;
    let lan = opened(&stand);
    let _attached = stand.attach().await.unwrap();

    let (asks, methods) = greeted(DESK, &lan).await;
    assert_eq!(asks, 'R');
    assert!(methods.contains("SCRAM-SHA-256"), "{methods}");
    let desks = pool::open(lan.door("ombor").connect_options(), "ombor_app");
    let desks = desks.await.unwrap();
    let who: (String, String) = sqlx::query_as("SELECT session_user::text, current_user::text")
        .fetch_one(&desks)
        .await
        .unwrap();
    assert_eq!(who, (LOGIN.to_owned(), "ombor_app".to_owned()));

    let (refuses, words) = greeted(STRANGER, &lan).await;
    assert_eq!(refuses, 'E');
    assert!(words.contains("pg_hba.conf"), "{words}");
}

#[tokio::test]
async fn over_the_network_no_other_login_and_no_other_database_opens() {
    let stand = Stand::with_cluster().await;
    let lan = opened(&stand);
    let attached = stand.attach().await.unwrap();

    let kept = std::fs::read_to_string(stand.cluster().join("logins.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    for login in ["postgres", "ombor_app", "ombor_test"] {
        let password = kept["passwords"][login].as_str().unwrap().to_owned();
        let info = ConnectInfo {
            login: login.to_owned(),
            password,
            ..lan.door("ombor")
        };
        let refusal = log_in(&info).await.unwrap_err().to_string();
        assert!(refusal.contains("pg_hba.conf"), "{login}: {refusal}");
    }
    let refusal = log_in(&lan.door("postgres")).await.unwrap_err().to_string();
    assert!(refusal.contains("pg_hba.conf"), "{refusal}");
    let wrong = ConnectInfo {
        password: "wrong".to_owned(),
        ..lan.door("ombor")
    };
    let refusal = log_in(&wrong).await.unwrap_err().to_string();
    assert!(
        refusal.contains("password authentication failed"),
        "{refusal}"
    );

    // The desk's login has the rights of the application's role and none of its own.
    let mut connection = log_in(&lan.door("ombor")).await.unwrap();
    let refused = sqlx::query("SET ROLE ombor_owner")
        .execute(&mut connection)
        .await;
    assert!(refused.is_err());
    // No way in is without a password.
    let mut superuser = connect(&attached).await;
    let methods =
        "SELECT string_agg(DISTINCT auth_method, ' ' ORDER BY auth_method) FROM pg_hba_file_rules";
    assert_eq!(ask(&mut superuser, methods).await, "reject scram-sha-256");
}

#[tokio::test]
async fn a_server_that_was_closed_listens_nowhere_and_its_password_opens_nothing() {
    let stand = Stand::with_cluster().await;
    let lan = opened(&stand);
    let attached = stand.attach().await.unwrap();
    drop(log_in(&lan.door("ombor")).await.unwrap());

    assert!(Lan::forget(&stand.options.data_dir).unwrap());
    attached.renew().await;
    let attached = stand.attach().await.unwrap();
    let mut superuser = connect(&attached).await;
    assert_eq!(ask(&mut superuser, "SHOW listen_addresses").await, "");
    assert!(log_in(&lan.door("ombor")).await.is_err());
    let login =
        "SELECT string_agg(rolcanlogin::text, '') FROM pg_roles WHERE rolname = 'ombor_desk'";
    assert_eq!(ask(&mut superuser, login).await, "false");
    assert!(!Lan::forget(&stand.options.data_dir).unwrap());
}

#[tokio::test]
async fn when_its_place_on_the_network_is_taken_the_warehouse_opens_all_the_same() {
    let stand = Stand::with_cluster().await;
    let lan = opened(&stand);
    let other = TcpListener::bind((lan.listen(), lan.port())).unwrap();
    let attached = stand.attach().await.unwrap();
    let mut superuser = connect(&attached).await;
    assert_eq!(ask(&mut superuser, "SHOW listen_addresses").await, "");
    let taken = Lan::new(
        vec!["127.0.0.1".parse().unwrap()],
        Some(lan.listen()),
        lan.port(),
        "ombor_app",
    );
    assert!(
        matches!(taken, Err(Error::AddressTaken { .. })),
        "{taken:?}"
    );
    drop(other);
}

#[tokio::test]
async fn a_new_opening_has_a_new_password_and_the_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let stand = Stand::with_cluster().await;
    let (first, second) = (opened(&stand), opened(&stand));
    assert_ne!(first.door("ombor").password, second.door("ombor").password);
    let kept = stand.options.data_dir.join("lan.json");
    assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let read = Lan::of(&stand.options.data_dir).unwrap().unwrap();
    assert_eq!(read.door("ombor"), second.door("ombor"));
}
