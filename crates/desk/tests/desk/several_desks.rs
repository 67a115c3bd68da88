//! Two desks on one warehouse: the one that keeps it, opened to its network, and another over TCP.

use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use ombor_desk::Options;
use ombor_desk::api::desk::{DeskKey, Phase};
use ombor_desk::api::health::HealthState;
use ombor_desk::api::restore::RestoreOrder;
use ombor_desk::api::session::Role;
use ombor_desk::api::settings::FrameSource;
use ombor_desk::api::start::StartPhase;
use ombor_desk::api::user::NewUser;
use ombor_desk::change::ChangeTag;
use ombor_desk::error::ErrorCode;
use ombor_desk::event::Event;
use ombor_postgres::lan::Lan;
use ombor_postgres::pool;

use crate::backup::has_looked;
use crate::stage::{ALI, NOBODY, Stage};
use crate::station::{BOTTLE, Desk, PASSWORD, take_turn};

const HOUSE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// An opening of the server to this computer's own desks over the loopback network.
fn opening() -> Lan {
    let free = TcpListener::bind((HOUSE, 0)).and_then(|taken| taken.local_addr());
    let port = free.expect("a free port").port();
    let allowed = vec!["127.0.0.1".parse().expect("an address")];
    Lan::new(allowed, Some(IpAddr::V4(HOUSE)), port, "ombor_app").expect("an opening")
}

async fn desk_before(stage: &Stage, options: Options) -> Desk {
    Desk::open(Options {
        frames: Some(FrameSource::Camera { index: 0 }),
        opener: Some(stage.opener()),
        ..options
    })
    .await
}

/// How many documents there are, asked as another desk would.
async fn documents(lan: &Lan) -> i64 {
    let asked = pool::open(lan.door("ombor").connect_options(), "ombor_app").await;
    let asked = asked.expect("connections");
    sqlx::query_scalar("select count(*) from ombor.document")
        .fetch_one(&asked)
        .await
        .expect("a figure")
}

/// After a whole session the logs hold neither the password of the database nor that of a person.
fn stands_in_no_log(logs: &Path, secrets: &[&str]) {
    for entry in std::fs::read_dir(logs).expect("the logs") {
        let path = entry.expect("a log").path();
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("read")).into_owned();
        for secret in secrets {
            assert!(
                !text.contains(secret),
                "a secret stands in {}",
                path.display()
            );
        }
    }
}

/// Waits until a desk is told that the stock changed.
async fn hears_of_stock(desk: &mut Desk) {
    desk.hears(|event| match event {
        Event::Changed(tags) if tags.contains(&ChangeTag::Stock) => Some(()),
        _ => None,
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_post_at_once_and_each_hears_of_the_others_documents() {
    let _turn = take_turn().await;
    let (home, away) = (tempfile::tempdir(), tempfile::tempdir());
    let (home, away) = (home.expect("a folder"), away.expect("a folder"));
    let lan = opening();
    lan.keep(home.path()).expect("kept");
    let (here, there) = (Stage::empty(), Stage::empty());
    let mut first = desk_before(
        &here,
        Options {
            data: Some(home.path().to_owned()),
            ..Options::default()
        },
    )
    .await;
    first.set_up().await;
    first.log_in_as_new("jasur", Role::Operator).await;
    first.log_in("egasi").await;
    let mut second = desk_before(
        &there,
        Options {
            data: Some(away.path().join("data")),
            database: Some(lan.door("ombor")),
            ..Options::default()
        },
    )
    .await;
    let status = second.ombor.start_status();
    assert_eq!(status.phase, StartPhase::Ready, "{status:?}");
    second.log_in("jasur").await;
    first.enrol("Ali", &here, &ALI).await;

    // One desk posts, the other is told.
    let before = documents(&lan).await;
    second.forget();
    first.close_a_receipt().await;
    here.show(&ALI);
    first.reaches(Phase::Saved).await;
    hears_of_stock(&mut second).await;
    here.show(&NOBODY);

    // Both post at once; at the first desk Ali's confirmation still holds.
    second.close_a_receipt().await;
    let scanned = first.ombor.desk_type_code(BOTTLE.to_owned()).await;
    scanned.expect("scanned");
    first.forget();
    there.show(&ALI);
    let closed = first.ombor.desk_key(DeskKey::Enter).await;
    closed.expect("closed");
    tokio::join!(first.reaches(Phase::Saved), second.reaches(Phase::Saved));
    assert_eq!(documents(&lan).await, before + 3);

    second.ombor.shut_down().await;
    first.ombor.shut_down().await;
    let password = lan.door("ombor").password;
    for data in [home.path().to_owned(), away.path().join("data")] {
        stands_in_no_log(&data.join("logs"), &[&password, PASSWORD]);
        let mode = data.metadata().expect("the folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", data.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_makes_no_backups_says_so_neutrally_and_notices_what_the_other_one_restores() {
    let (home, away) = (tempfile::tempdir(), tempfile::tempdir());
    let (home, away) = (home.expect("a folder"), away.expect("a folder"));
    let lan = opening();
    lan.keep(home.path()).expect("kept");
    let mut first = Desk::with_demonstration(home.path()).await;
    has_looked(&mut first).await;
    let colleague = NewUser {
        login: "hamkasb".to_owned(),
        name: "Dilnoza".to_owned(),
        role: Role::Admin,
        password: PASSWORD.to_owned(),
    };
    first.ombor.create_user(colleague).await.expect("a user");
    let backup = first.ombor.take_backup().await.expect("taken");
    let mut second = Desk::open(Options {
        data: Some(away.path().to_owned()),
        database: Some(lan.door("ombor")),
        ..Options::default()
    })
    .await;
    has_looked(&mut second).await;
    second.log_in("hamkasb").await;
    second.ombor.keep_backups().await;
    let health = second.ombor.station_health().await.expect("seen").backup;
    assert_eq!(
        (health.state, health.failure, health.elsewhere),
        (HealthState::Idle, None, true)
    );
    assert!(
        second
            .ombor
            .today()
            .await
            .expect("the day")
            .backups_elsewhere
    );
    let refused = second.ombor.backup_overview().await.expect_err("not here");
    assert_eq!(refused.code, ErrorCode::BackupsElsewhere);
    let health = first.ombor.station_health().await.expect("seen").backup;
    assert_eq!((health.state, health.elsewhere), (HealthState::Ok, false));

    second.forget();
    let weight = first.ombor.weigh_restore(backup.name.clone()).await;
    let order = RestoreOrder {
        name: backup.name,
        word: weight.expect("weighed").word,
        password: PASSWORD.to_owned(),
    };
    first.ombor.restore_backup(order).await.expect("restored");
    second.log_in("hamkasb").await;
    second.hears_of_a_restore().await;
    second.ombor.keep_backups().await;
    second
        .ombor
        .today()
        .await
        .expect("whoever logs in then stays");
    second.ombor.shut_down().await;
    first.ombor.shut_down().await;
}
