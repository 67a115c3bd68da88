//! Old data through the window: looked at, put right by hand, taken over, broken off.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};

use ombor_desk::api::catalogue::{ProductFilter, ProductQuery, ProductRow};
use ombor_desk::api::old_movement::OldMovementQuery;
use ombor_desk::api::saved_list::{ListChoice, ListColumn, ListField, ListFormat, ListOrder};
use ombor_desk::api::session::Role;
use ombor_desk::api::settings::FrameSource;
use ombor_desk::api::takeover::{ColumnCorrection, RemarkKind, TakeoverOrder, TakeoverStep};
use ombor_desk::error::ErrorCode;
use ombor_desk::event::Event;
use ombor_desk::{Ombor, Options};
use ombor_testkit::TestDatabase;
use tokio::sync::mpsc::unbounded_channel;

use crate::station::{Desk, PASSWORD, Premises};

const LIST: &str = "Nomi;Artikul;Shtrix kod;Qoldiq;Narxi\n\
    Sut 1 l;SUT-1;4780000000017;12;9500\n\
    Qaymoq;QAY-1;4,78001E+12;3;21000\n\
    ;;;5;\n\
    Non;NON-1;;0;4000\n";

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn order(path: &Path) -> TakeoverOrder {
    TakeoverOrder {
        paths: vec![path.to_string_lossy().into_owned()],
        corrections: Vec::new(),
    }
}

async fn found(ombor: &Ombor, sku: &str) -> Vec<ProductRow> {
    let query = ProductQuery {
        text: sku.to_owned(),
        filter: ProductFilter::All,
        category_id: None,
        after: None,
        limit: 50,
    };
    let mut rows = ombor.search_products(query).await.expect("asked").rows;
    rows.retain(|row| row.sku == sku);
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_what_a_takeover_then_does_and_writes_nothing() {
    let premises = Premises::open().await;
    let ombor = &premises.desk.ombor;
    let path = written(premises.folder.path(), "qoldiq.csv", LIST);
    let preview = ombor.preview_takeover(order(&path)).await.expect("read");
    assert_eq!(preview.formats, ["csv"]);
    assert_eq!((preview.counts.products, preview.counts.balances), (3, 2));
    assert_eq!(preview.sample[0].name, "Sut 1 l");
    assert_eq!(preview.sample[0].code.as_deref(), Some("4780000000017"));
    assert_eq!(preview.outcome.products, 3);
    let skipped = &preview.remarks[0];
    assert_eq!((skipped.kind, skipped.count), (RemarkKind::Skipped, 2));
    let rows: Vec<_> = skipped.first.iter().map(|remark| remark.row).collect();
    assert_eq!(rows, [Some(3), Some(4)], "{skipped:?}");
    assert_eq!(found(ombor, "QAY-1").await, [], "a preview writes nothing");

    let report = ombor.take_over().await.expect("taken over");
    assert_eq!(
        report.outcome, preview.outcome,
        "the preview was the dry run"
    );
    let milk = found(ombor, "SUT-1").await;
    assert_eq!(
        (milk[0].on_hand.as_str(), milk[0].price.as_deref()),
        ("12", Some("9500"))
    );
    let again = ombor
        .take_over()
        .await
        .expect_err("nothing is left to write");
    assert_eq!(again.code, ErrorCode::ImportNothingGiven);
    let preview = ombor.preview_takeover(order(&path)).await.expect("read");
    assert_eq!(
        (preview.outcome.products, preview.outcome.unchanged),
        (0, 3)
    );
    ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_was_mistaken_is_put_right_by_hand() {
    let premises = Premises::open().await;
    let ombor = &premises.desk.ombor;
    let text = "Nomi;X1;X2\nSut;7;100\nNon;8;200\n";
    let path = written(premises.folder.path(), "list.csv", text);
    let mut wanted = order(&path);
    let preview = ombor.preview_takeover(wanted.clone()).await.expect("read");
    assert_eq!(preview.outcome.balances, 0);
    let unknown = preview.columns.iter().find(|column| column.column == "X1");
    let unknown = unknown.expect("the column is shown");
    assert_eq!(unknown.field, None);
    let put_right = |column: &str, field: &str| ColumnCorrection {
        part: unknown.part.clone(),
        column: column.to_owned(),
        field: field.to_owned(),
    };
    wanted.corrections = vec![put_right("X1", "quantity"), put_right("X2", "price")];
    let preview = ombor.preview_takeover(wanted.clone()).await.expect("read");
    assert_eq!(preview.outcome.balances, 2);
    assert_eq!(preview.sample[0].price.as_deref(), Some("100"));
    wanted.corrections[0].field = "no such word".to_owned();
    let refused = ombor.preview_takeover(wanted).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::InvalidSetting);
    ombor.shut_down().await;
}

/// A small shop's database as Django makes it.
fn old_database(folder: &Path) -> PathBuf {
    let path = folder.join("db.sqlite3");
    let database = rusqlite::Connection::open(&path).expect("a database");
    database
        .execute_batch(
            "create table django_migrations (id integer primary key, app text, name text, applied text);
             insert into django_migrations values (1, 'shop', '0001_initial', '2024-01-01 10:00:00');
             create table auth_user (id integer primary key, username text, password text, first_name text,
                 last_name text, email text, is_superuser bool, is_staff bool, is_active bool);
             insert into auth_user values (1, 'dilnoza', 'pbkdf2_sha256$1$a$b', 'Dilnoza', '', '', 0, 0, 1);
             create table shop_product (id integer primary key, name text, sku text, barcode text, price decimal,
                 quantity integer);
             insert into shop_product values (1, 'Sut 1 l', 'SUT-1', '4780000000017', 9500, 12);
             insert into shop_product values (2, 'Non', 'NON-1', null, 4000, 30);
             create table shop_movement (id integer primary key, product_id integer references shop_product (id),
                 movement_type text, quantity integer, created_at datetime, note text);
             insert into shop_movement values (1, 1, 'in', 20, '2024-05-01 09:00:00', 'birinchi');
             insert into shop_movement values (2, 1, 'out', 8, '2024-05-03 17:30:00', null);
             insert into shop_movement values (3, 2, 'in', 30, '2024-05-02 08:15:00', null);",
        )
        .expect("tables");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn users_of_an_old_database_come_without_a_password() {
    let premises = Premises::open().await;
    let ombor = &premises.desk.ombor;
    let path = old_database(premises.folder.path());
    let preview = ombor.preview_takeover(order(&path)).await.expect("read");
    assert_eq!(preview.formats, ["django-sqlite"]);
    assert_eq!(preview.outcome.users, ["dilnoza"]);
    ombor.take_over().await.expect("taken over");
    let users = ombor.list_users().await.expect("the users");
    assert!(
        users.iter().any(|user| user.login == "dilnoza"),
        "{users:?}"
    );
    let stranger = ombor
        .log_in("dilnoza".to_owned(), PASSWORD.to_owned())
        .await;
    stranger.expect_err("nobody gave a password yet");
    premises.desk.log_in("egasi").await;

    let report = ListOrder {
        list: ListChoice::TakeoverReport,
        format: ListFormat::Csv,
        path: premises
            .folder
            .path()
            .join("report.csv")
            .to_string_lossy()
            .into_owned(),
        title: "Report".to_owned(),
        columns: vec![ListColumn {
            field: ListField::Remark,
            head: "Remark".to_owned(),
        }],
        words: [("tableLeft".to_owned(), "{rows} rows stay".to_owned())].into(),
    };
    let saved = ombor.save_list(report).await.expect("saved");
    let text = std::fs::read_to_string(&saved.path).expect("the report");
    assert!(text.contains("1 rows stay"), "{text}");
    ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_movements_are_searched_by_product_and_day_and_are_no_movements_of_ours() {
    let premises = Premises::open().await;
    let ombor = &premises.desk.ombor;
    let query = |text: &str, from: Option<&str>, limit| OldMovementQuery {
        text: text.to_owned(),
        from: from.map(str::to_owned),
        to: None,
        after: None,
        limit,
    };
    let none = ombor.list_old_movements(query("", None, 1)).await;
    assert_eq!(
        none.expect("asked").rows,
        [],
        "there are none before a takeover"
    );
    let path = old_database(premises.folder.path());
    ombor.preview_takeover(order(&path)).await.expect("read");
    ombor.take_over().await.expect("taken over");

    let first = ombor.list_old_movements(query("", None, 2)).await;
    let first = first.expect("asked");
    assert_eq!(first.rows.len(), 2);
    let rest = OldMovementQuery {
        after: first.next,
        ..query("", None, 2)
    };
    let rest = ombor.list_old_movements(rest).await.expect("asked");
    assert_eq!((rest.rows.len(), rest.next), (1, None));
    let milk = ombor.list_old_movements(query("sut", None, 9)).await;
    let milk = milk.expect("asked").rows;
    let quantities: Vec<_> = milk.iter().map(|row| row.quantity.as_deref()).collect();
    assert_eq!(quantities, [Some("20"), Some("8")], "{milk:?}");
    let late = ombor
        .list_old_movements(query("", Some("2024-05-03"), 9))
        .await;
    assert_eq!(late.expect("asked").rows, milk[1..]);
    assert_eq!(
        found(ombor, "SUT-1").await[0].on_hand,
        "12",
        "the old stock stands"
    );
    ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_admin_takes_over_and_a_picture_is_refused_by_what_it_is() {
    let premises = Premises::open().await;
    let desk = &premises.desk;
    let path = written(premises.folder.path(), "qoldiq.csv", LIST);
    let picture = premises.folder.path().join("a.xlsx");
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n0000").expect("written");
    let refused = desk.ombor.preview_takeover(order(&picture)).await;
    let refused = refused.expect_err("a picture");
    assert_eq!(refused.code, ErrorCode::ImportNotCatalogue);
    assert_eq!(
        (&*refused.params["what"], &*refused.params["file"]),
        ("picture", "a.xlsx")
    );
    for role in [Role::Viewer, Role::Operator] {
        desk.log_in("egasi").await;
        desk.log_in_as_new(&format!("{role:?}").to_lowercase(), role)
            .await;
        let looked = desk.ombor.preview_takeover(order(&path)).await;
        let taken = desk.ombor.take_over().await;
        let stopped = desk.ombor.cancel_takeover().await;
        let refusals = [looked.map(drop), taken.map(drop), stopped];
        for refused in refusals {
            assert_eq!(refused.expect_err("refused").code, ErrorCode::NotPermitted);
        }
    }
    desk.ombor.shut_down().await;
}

/// A desk that stands still as soon as it has written the first old rows, until it is let go on.
async fn halting(
    database: &TestDatabase,
    folder: &Path,
) -> (
    Arc<Ombor>,
    tokio::sync::mpsc::UnboundedReceiver<()>,
    mpsc::Sender<()>,
) {
    let (halted, halts) = unbounded_channel();
    let (go_on, going_on) = mpsc::channel::<()>();
    let going_on = Mutex::new(going_on);
    let is_written = |event: &Event| {
        matches!(event, Event::TakeoverChanged(Some(work))
            if work.step == TakeoverStep::Writing && work.done > 0)
    };
    let ombor = Ombor::open(Options {
        data: Some(folder.to_owned()),
        database: Some(database.superuser_info().clone()),
        frames: Some(FrameSource::Folder {
            path: "no-frames".to_owned(),
        }),
        events: Arc::new(move |event: Event| {
            if is_written(&event) && halted.send(()).is_ok() {
                // Whoever lets go hangs up: the next rows halt nobody.
                let _ = going_on.lock().expect("one writer").recv();
            }
        }),
        ..Options::default()
    })
    .expect("a data folder");
    Arc::clone(&ombor).start_up().await;
    (ombor, halts, go_on)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_takeover_that_is_stopped_leaves_nothing() {
    let database = TestDatabase::create().await.expect("a database");
    let folder = tempfile::tempdir().expect("a folder");
    let (ombor, mut halts, go_on) = halting(&database, folder.path()).await;
    let desk = Desk {
        ombor: Arc::clone(&ombor),
        events: unbounded_channel().1,
    };
    desk.set_up().await;
    let path = written(folder.path(), "qoldiq.csv", LIST);
    ombor.preview_takeover(order(&path)).await.expect("read");
    let taking = tokio::spawn({
        let ombor = Arc::clone(&ombor);
        async move { ombor.take_over().await }
    });
    halts.recv().await.expect("rows were written");
    let work = ombor.takeover_work().expect("the work goes on");
    assert_eq!(work.step, TakeoverStep::Writing);
    let busy = ombor
        .preview_takeover(order(&path))
        .await
        .expect_err("one at a time");
    assert_eq!(busy.code, ErrorCode::ImportBusy);
    ombor.cancel_takeover().await.expect("asked to stop");
    drop(go_on);
    let stopped = taking.await.expect("no panic").expect_err("stopped");
    assert_eq!(stopped.code, ErrorCode::Cancelled);
    assert_eq!(ombor.takeover_work(), None);
    assert_eq!(found(&ombor, "SUT-1").await, [], "nothing was written");

    let report = ombor
        .take_over()
        .await
        .expect("what was read is still there");
    assert_eq!(report.outcome.products, 3);
    ombor.shut_down().await;
}
