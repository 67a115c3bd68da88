//! Databases of old programs.

use std::path::PathBuf;

use ombor_core::{actor::Role, catalogue::product::Sku};
use ombor_import::{Correction, Error, NotCatalogue, Plan, lexicon::Field, plan::Direction};
use rusqlite::Connection;

use crate::files::{Folder, corrected, groups, names, plan_of, skipped, stock};

/// A Django project of a warehouse in Uzbekistan, as its tables lie on the disk.
const WAREHOUSE: &str = "
    create table django_migrations (id integer primary key, app varchar(255));
    create table django_session (session_key varchar(40) primary key, session_data text);
    create table authtoken_token (key varchar(40) primary key, user_id integer);
    create table users_user (id integer primary key, password varchar(128), username varchar(150), first_name varchar(150), last_name varchar(150), is_superuser bool, is_active bool);
    create table ombor_toifa (id integer primary key, nomi varchar(50), parent_id integer references ombor_toifa (id));
    create table ombor_birlik (id integer primary key, nomi varchar(50));
    create table ombor_mijoz (id integer primary key, ism varchar(50), tel varchar(13), manzil varchar(50));
    create table ombor_mahsulot (id integer primary key, nomi varchar(100), narxi decimal, miqdori decimal, shtrix_kod varchar(20), artikul varchar(20),
        kategoriya_id integer references ombor_toifa (id), birlik_id integer references ombor_birlik (id), is_deleted bool);
    create table ombor_kirim (id integer primary key, sana datetime, miqdori decimal, mahsulot_id integer references ombor_mahsulot (id), user_id integer references users_user (id));
    create table ombor_chiqim (id integer primary key, sana datetime, miqdori decimal, mahsulot_id integer references ombor_mahsulot (id), mijoz_id integer references ombor_mijoz (id));
    insert into django_session values ('s', 'secret');
    insert into authtoken_token values ('token', 1);
    insert into users_user values (1, 'pbkdf2_sha256$hash', 'Admin', 'Ali', 'Valiyev', 1, 1), (2, 'pbkdf2_sha256$hash', 'sotuvchi@dokon.uz', '', '', 0, 0), (3, 'x', 'я', '', '', 0, 1);
    insert into ombor_toifa values (1, 'Choylar', 2), (2, 'Ichimlik', null);
    insert into ombor_birlik values (1, 'dona'), (2, 'kg');
    insert into ombor_mijoz values (1, 'Hasan', '+998', 'Andijon');
    insert into ombor_mahsulot values (1, 'Choy', 5000.50, 104, '4870209747275', 'A-1', 1, 1, 0), (2, 'Shakar', 14000, 0.30000000000000004, '', 'A-2', null, 2, 0),
        (3, 'Eski', 1, 7, null, null, null, null, 1), (4, '', 1, 0, null, null, null, null, 0), (5, 'Un', 1, -4, null, null, 2, 1, 0);
    insert into ombor_kirim values (1, '2024-05-05 17:06', 66, 1, 1), (2, '2024-05-06', 0.3, 2, 1), (3, '2024-05-06', 5, 3, null);
    insert into ombor_chiqim values (1, '2024-05-07', 2, 1, 1);
";

/// The plan of a database made by these statements.
pub fn plan_of_database(statements: &str) -> Plan {
    let folder = Folder::new();
    plan_of(&[database(&folder, statements)]).expect("a plan")
}

/// A database made by these statements, which may name keys of rows that are not there.
pub fn database(folder: &Folder, statements: &str) -> PathBuf {
    let path = folder.path().join("db.sqlite3");
    Connection::open(&path)
        .and_then(|connection| {
            connection.execute_batch(&format!("pragma foreign_keys = off; {statements}"))
        })
        .expect("a database");
    path
}

#[test]
fn a_warehouse_is_taken_over_by_the_names_and_keys_of_its_tables() {
    let folder = Folder::new();
    let plan = plan_of(&[database(&folder, WAREHOUSE)]).expect("a plan");
    assert_eq!(plan.formats, ["django-sqlite"]);
    assert_eq!(names(&plan), ["Choy", "Shakar", "Un"]);
    assert_eq!(groups(&plan), [("Ichimlik", None), ("Choylar", Some(0))]);
    assert_eq!(plan.units, ["dona", "kg"]);
    let rows: Vec<_> = stock(&plan)
        .into_iter()
        .map(|(product, _, quantity)| (product, quantity))
        .collect();
    assert_eq!(
        rows,
        [
            ("Choy".to_owned(), "104".to_owned()),
            ("Shakar".to_owned(), "0.3".to_owned())
        ]
    );
    let choy = plan.products.first().expect("a product");
    assert_eq!(
        (choy.codes.len(), choy.sku.as_ref().map(Sku::as_str)),
        (1, Some("A-1"))
    );
    assert_eq!(
        choy.price.map(|price| price.to_string()).as_deref(),
        Some("5000.5")
    );
    let said = skipped(&plan);
    for (row, words) in [
        (3, "with a stock of 7"),
        (4, "no product name"),
        (5, "below zero"),
    ] {
        assert!(
            said.iter()
                .any(|(at, reason)| *at == row && reason.contains(words)),
            "{words}: {said:?}"
        );
    }
}

#[test]
fn users_come_without_passwords_and_sessions_and_tokens_stay() {
    let folder = Folder::new();
    let plan = plan_of(&[database(&folder, WAREHOUSE)]).expect("a plan");
    let users: Vec<_> = plan
        .users
        .iter()
        .map(|user| {
            (
                user.login.as_str(),
                user.name.as_str(),
                user.role,
                user.active,
            )
        })
        .collect();
    assert_eq!(
        users,
        [
            ("admin", "Ali Valiyev", Role::Admin, true),
            ("sotuvchi", "sotuvchi@dokon.uz", Role::Operator, false)
        ]
    );
    let everything = format!("{plan:?}");
    assert!(!everything.contains("pbkdf2") && !everything.contains("secret"));
    let left: Vec<_> = plan
        .skipped
        .iter()
        .filter(|skipped| skipped.origin.row == 0)
        .map(|skipped| skipped.origin.part.to_string())
        .collect();
    assert_eq!(left, ["authtoken_token", "django_session", "ombor_mijoz"]);
}

#[test]
fn the_stock_wins_where_the_movements_disagree_and_the_report_says_so() {
    let folder = Folder::new();
    let plan = plan_of(&[database(&folder, WAREHOUSE)]).expect("a plan");
    let said: Vec<_> = plan
        .disagreements
        .iter()
        .map(|known| {
            (
                known.product.as_str(),
                known.stock.to_string(),
                known.movements.to_string(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Choy", "104".to_owned(), "64".to_owned()),
            ("Un", "-4".to_owned(), "0".to_owned())
        ]
    );
    let ways: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| movement.direction)
        .collect();
    assert_eq!(
        ways,
        [
            Some(Direction::Out),
            Some(Direction::In),
            Some(Direction::In),
            Some(Direction::In)
        ]
    );
    let first = plan
        .movements
        .iter()
        .find(|movement| &*movement.origin.part == "ombor_kirim")
        .expect("a receipt");
    assert_eq!(
        (first.at.as_deref(), first.user.as_deref()),
        (Some("2024-05-05 17:06"), Some("Admin"))
    );
}

#[test]
fn a_journal_with_a_type_column_counts_by_its_words_and_not_by_its_signs() {
    let folder = Folder::new();
    let plan = plan_of(&[database(
        &folder,
        "create table core_product (id char(32) primary key, name varchar(50), sku varchar(20), current_stock integer, sell_price decimal);
         create table core_stockmovement (id char(32) primary key, movement_type varchar(20), quantity integer, created_at datetime, product_id char(32) references core_product (id));
         create table core_saleitem (id char(32) primary key, quantity integer, unit_price decimal, product_id char(32) references core_product (id));
         insert into core_product values ('da8a', 'Phone', 'P1', 6, 399.99);
         insert into core_stockmovement values ('a', 'in', 10, '2024', 'da8a'), ('b', 'out', -2, '2024', 'da8a'), ('c', 'out', 2, '2024', 'da8a');
         insert into core_saleitem values ('x', 2, 399.99, 'da8a');",
    )])
    .expect("a plan");
    assert_eq!(plan.formats, ["sqlite"]);
    assert!(plan.disagreements.is_empty(), "{:?}", plan.disagreements);
    assert_eq!(plan.movements.len(), 4);
}

#[test]
fn keys_that_were_never_declared_are_known_by_their_names() {
    let folder = Folder::new();
    let plan = plan_of(&[database(
        &folder,
        "create table categories (id integer primary key, name text);
         create table products (id integer primary key, name text, price real, in_stock boolean, category_id integer);
         create table purchases (id integer primary key, quantity integer, date text, product_id integer);
         insert into categories values (1, 'Tea');
         insert into products values (1, 'Green', 5, 1, 1);
         insert into purchases values (1, 3, '2024-01-01', 1);",
    )])
    .expect("a plan");
    assert_eq!(
        plan.products.first().and_then(|product| product.category),
        Some(0)
    );
    assert_eq!(
        plan.movements.first().and_then(|movement| movement.product),
        Some(0)
    );
    assert!(plan.balances.is_empty(), "a yes is no quantity");
}

#[test]
fn goods_are_known_by_their_columns_where_no_table_is_called_after_them() {
    let folder = Folder::new();
    let plan = plan_of(&[database(
        &folder,
        "create table stockmgmt_category (id integer primary key, name varchar(50));
         create table stockmgmt_stock (id integer primary key, item_name varchar(50), quantity integer, receive_quantity integer, reorder_level integer, last_updated datetime, category_id integer references stockmgmt_category (id));
         create table ombor_ombor (id integer primary key, nomi varchar(50), sotuv_narxi decimal, soni integer);
         insert into stockmgmt_category values (1, 'Phone');
         insert into stockmgmt_stock values (1, 'Nokia', 5, 2, 1, '2024-01-01', 1);",
    )])
    .expect("a plan");
    assert_eq!(
        (names(&plan), stock(&plan).len(), plan.categories.len()),
        (vec!["Nokia"], 1, 1)
    );
}

#[test]
fn stock_variants_and_codes_in_tables_of_their_own_are_found() {
    let folder = Folder::new();
    let plan = plan_of(&[database(
        &folder,
        "create table shop_product (id integer primary key, title varchar(50), price decimal);
         create table shop_warehouse (id integer primary key, name varchar(50));
         create table shop_productvariant (id integer primary key, name varchar(50), sku varchar(20), price decimal, product_id integer references shop_product (id));
         create table shop_productbarcode (id integer primary key, barcode varchar(20), product_id integer references shop_product (id));
         create table shop_productimage (id integer primary key, image varchar(20), product_id integer references shop_product (id));
         create table shop_stock (id integer primary key, quantity integer, product_id integer references shop_product (id), warehouse_id integer references shop_warehouse (id));
         insert into shop_product values (1, 'Shirt', 10);
         insert into shop_warehouse values (1, 'North'), (2, 'South');
         insert into shop_productvariant values (1, 'XL', 'S-XL', 11, 1);
         insert into shop_productbarcode values (1, '4870209747275', 1), (2, '4870007566412', 9);
         insert into shop_productimage values (1, 'a.jpg', 1);
         insert into shop_stock values (1, 5, 1, 1), (2, 7, 1, 2);",
    )])
    .expect("a plan");
    assert_eq!(names(&plan), ["Shirt", "Shirt XL"]);
    assert_eq!(
        stock(&plan)
            .into_iter()
            .map(|row| (row.1, row.2))
            .collect::<Vec<_>>(),
        [
            ("North".to_owned(), "5".to_owned()),
            ("South".to_owned(), "7".to_owned())
        ]
    );
    assert_eq!(
        plan.products.first().map(|product| product.codes.len()),
        Some(1)
    );
    assert!(
        skipped(&plan)
            .iter()
            .any(|(row, reason)| *row == 2 && reason.contains("shop_product:9"))
    );
}

#[test]
fn a_hand_says_which_table_holds_the_goods() {
    let folder = Folder::new();
    let path = database(
        &folder,
        "create table a (id integer primary key, x text, y integer); insert into a values (1, 'Choy', 4);",
    );
    assert!(matches!(
        plan_of(std::slice::from_ref(&path)),
        Err(Error::NotCatalogue {
            what: NotCatalogue::OtherDatabase,
            ..
        })
    ));
    let correct = |column: &str, field| Correction {
        part: Some("a".to_owned()),
        column: column.to_owned(),
        field,
    };
    let plan = corrected(
        &[path],
        &[correct("x", Field::Name), correct("y", Field::Quantity)],
    )
    .expect("a plan");
    assert_eq!((names(&plan), stock(&plan).len()), (vec!["Choy"], 1));
}

#[test]
fn a_database_cut_short_is_refused_and_the_folder_is_left_as_it_was() {
    let folder = Folder::new();
    let path = database(&folder, WAREHOUSE);
    plan_of(std::slice::from_ref(&path)).expect("a plan");
    let bytes = std::fs::read(&path).expect("the database");
    let files = std::fs::read_dir(folder.path())
        .expect("the folder")
        .count();
    assert_eq!(files, 1);
    for part in 1..8 {
        let cut = Folder::new();
        let outcome = plan_of(&[cut.with(
            "db.sqlite3",
            bytes.get(..bytes.len() * part / 8).expect("a part"),
        )]);
        assert!(
            matches!(
                outcome,
                Err(Error::NotCatalogue {
                    what: NotCatalogue::TruncatedDatabase,
                    ..
                })
            ),
            "{part}: {outcome:?}"
        );
    }
}

#[test]
fn what_stands_in_a_log_beside_the_database_is_read_and_nothing_is_left_beside_it() {
    let folder = Folder::new();
    let live = database(&folder, &format!("pragma journal_mode = wal; {WAREHOUSE}"));
    let writer = Connection::open(&live).expect("the database");
    writer
        .execute_batch(
            "insert into ombor_mahsulot values (9, 'Kech kelgan', 1, 1, null, null, null, null, 0)",
        )
        .expect("a late product");
    let copied = Folder::new();
    for name in ["db.sqlite3", "db.sqlite3-wal"] {
        let bytes = std::fs::read(folder.path().join(name)).expect("a file of the database");
        copied.with(name, bytes);
    }
    let plan = plan_of(&[copied.path().join("db.sqlite3")]).expect("a plan");
    assert!(names(&plan).contains(&"Kech kelgan"), "{:?}", names(&plan));
    let left = std::fs::read_dir(copied.path()).expect("the folder");
    assert_eq!(left.count(), 2);
}
