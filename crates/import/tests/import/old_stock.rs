//! What is in stock by the databases of old programs.

use ombor_import::skipped::Note;

use crate::{
    database::database,
    files::{Folder, plan_of, skipped, stock},
};

/// Goods whose rows say nothing of a stock, and what came and went of them.
const WITHOUT_STOCK: &str = "
    create table ombor_mahsulot (id integer primary key, nomi varchar(200), shtrix_kod varchar(20));
    create table ombor_sklad (id integer primary key, nomi varchar(50));
    create table ombor_kirim (id integer primary key, mahsulot_id bigint references ombor_mahsulot (id), sklad_id bigint references ombor_sklad (id), miqdor decimal, sana date);
    create table ombor_chiqim (id integer primary key, mahsulot_id bigint references ombor_mahsulot (id), sklad_id bigint references ombor_sklad (id), miqdor decimal, sana date);
    insert into ombor_mahsulot values (1, 'Kola', '4870209747275'), (2, 'Konfet', ''), (3, 'Fanta', '');
    insert into ombor_sklad values (1, 'Asosiy'), (2, 'Filial');
    insert into ombor_kirim values (1, 1, 1, 100, '2025-03-01'), (2, 1, 2, 30, '2025-03-01'), (3, 2, 1, 30.5, '2025-03-02'), (4, 3, 1, 10, '2025-03-02');
";

#[test]
fn what_came_less_what_went_is_the_stock_where_the_old_program_keeps_none() {
    let folder = Folder::new();
    let issues =
        "insert into ombor_chiqim values (1, 1, 1, 40, '2025-03-05'), (2, 2, 1, 31, '2025-03-06')";
    let plan = plan_of(&[database(&folder, &format!("{WITHOUT_STOCK}{issues}"))]).expect("a plan");
    let expected = [
        ("Kola", "Asosiy", "60"),
        ("Kola", "Filial", "30"),
        ("Fanta", "Asosiy", "10"),
    ]
    .map(|(product, place, quantity)| (product.to_owned(), place.to_owned(), quantity.to_owned()));
    assert_eq!(stock(&plan), expected);
    assert!(
        skipped(&plan)
            .iter()
            .any(|(row, reason)| *row == 2 && reason.contains("-0.5")),
        "{:?}",
        skipped(&plan)
    );
    assert!(plan.disagreements.is_empty(), "{:?}", plan.disagreements);
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note == Note::StockFromMovements { count: 4 }),
        "{:?}",
        plan.notes
    );
}

#[test]
fn purchases_alone_are_no_stock_where_nobody_wrote_down_what_was_sold() {
    let folder = Folder::new();
    let statements = WITHOUT_STOCK.replace("create table ombor_chiqim", "create table ombor_narsa");
    let plan = plan_of(&[database(&folder, &statements)]).expect("a plan");
    assert!(stock(&plan).is_empty(), "{:?}", stock(&plan));
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note == Note::OneWayMovements)
    );
}

#[test]
fn a_balance_of_a_product_that_is_gone_names_the_product() {
    let folder = Folder::new();
    let statements = "
        create table shop_product (id integer primary key, name varchar(200), price decimal, sku varchar(20));
        create table shop_warehouse (id integer primary key, name varchar(50));
        create table shop_stock (id integer primary key, product_id bigint references shop_product (id), warehouse_id bigint references shop_warehouse (id), quantity decimal);
        insert into shop_product values (1, 'Cable', 2.5, 'C-1');
        insert into shop_warehouse values (1, 'Main');
        insert into shop_stock values (1, 1, 1, 5), (2, 99, 1, 3);
    ";
    let plan = plan_of(&[database(&folder, statements)]).expect("a plan");
    assert!(
        skipped(&plan)
            .iter()
            .any(|(row, reason)| *row == 2 && reason.contains("shop_product:99")),
        "{:?}",
        skipped(&plan)
    );
}

#[test]
fn what_is_left_of_the_lots_is_the_stock() {
    let folder = Folder::new();
    let statements = "
        create table shop_product (id char(32) primary key, name varchar(200), sku varchar(20), sale_price decimal);
        create table shop_warehouse (id integer primary key, title varchar(50));
        create table shop_batch (id integer primary key, product_id char(32) references shop_product (id), warehouse_id integer references shop_warehouse (id), quantity decimal, remaining decimal, purchase_price decimal, created_at datetime);
        insert into shop_product values ('p1', 'Un', 'U-1', 8000);
        insert into shop_warehouse values (1, 'Asosiy'), (2, 'Filial');
        insert into shop_batch values (1, 'p1', 1, 100, 60, 7000, '2025-01-01'), (2, 'p1', 1, 50, 5, 7100, '2025-02-01'), (3, 'p1', 2, 50, 50, 7100, '2025-02-01');
    ";
    let plan = plan_of(&[database(&folder, statements)]).expect("a plan");
    let expected =
        [("Un", "Asosiy", "65"), ("Un", "Filial", "50")].map(|(product, place, quantity)| {
            (product.to_owned(), place.to_owned(), quantity.to_owned())
        });
    assert_eq!(stock(&plan), expected);
}
