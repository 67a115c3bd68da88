//! Balances, lots and lines of the databases of old programs: what is in stock, what is history and what is neither.

use ombor_import::{Plan, plan::Direction};

use crate::{
    database::plan_of_database,
    files::{names, stock_lines},
};

const GOODS: &str = "
    create table shop_product (id integer primary key, name varchar(50), sku varchar(20), price decimal);
    create table shop_branch (id integer primary key, name varchar(50));
    insert into shop_product values (1, 'Arra', 'S-1', 5), (2, 'Bolta', 'S-2', 6);
    insert into shop_branch values (1, 'Shimol'), (2, 'Janub');
";

/// The tables of the history, each with its number of rows.
fn history(plan: &Plan) -> Vec<(String, usize)> {
    let mut tables: Vec<(String, usize)> = Vec::new();
    for movement in &plan.movements {
        let name = movement.origin.part.to_string();
        match tables.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => tables.push((name, 1)),
        }
    }
    tables
}

/// The products of which the history adds up otherwise, with what it adds up to.
fn disagreements(plan: &Plan) -> Vec<(&str, String)> {
    plan.disagreements
        .iter()
        .map(|known| (known.product.as_str(), known.movements.to_string()))
        .collect()
}

#[test]
fn balances_by_warehouse_beat_totals_and_lots_beside_them() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table shop_inventory (id integer primary key, shelf varchar(9), location varchar(9), quantity integer, reserved_quantity integer, product_id integer references shop_product (id), branch_id integer references shop_branch (id));
         create table shop_productstock (id integer primary key, total_stock_qty integer, available_stock_qty integer, product_id integer unique references shop_product (id));
         create table shop_productbatch (id integer primary key, quantity integer, product_id integer references shop_product (id), arrived date);
         create table shop_stockledger (id integer primary key, qty integer, movement_type varchar(9), product_id integer references shop_product (id));
         create table shop_inventorycount (id integer primary key, expected_quantity integer, actual_quantity integer, product_id integer references shop_product (id));
         insert into shop_inventory values (1, 'A', 'A-7', 4, 1, 1, 1), (2, 'B', 'B-1', 3, 0, 1, 2);
         insert into shop_productstock values (1, 7, 6, 1);
         insert into shop_productbatch values (1, 50, 1, '2024-01-01'), (2, 60, 2, '2024-01-01');
         insert into shop_stockledger values (1, 9, 'in', 1);
         insert into shop_inventorycount values (1, 7, 7, 1);"
    ));
    assert_eq!(stock_lines(&plan), ["Arra Shimol 4", "Arra Janub 3"]);
    assert_eq!(plan.places, ["Shimol", "Janub"]);
    assert_eq!(
        history(&plan),
        [
            ("shop_inventorycount".to_owned(), 1),
            ("shop_stockledger".to_owned(), 1)
        ]
    );
    let told = disagreements(&plan);
    assert!(told.contains(&("Bolta", "60".to_owned())), "{told:?}");
}

#[test]
fn a_warehouse_is_known_by_the_balances_that_are_kept_by_it() {
    let plan = plan_of_database(
        "create table store_product (id integer primary key, name varchar(50), price decimal);
         create table store_stock (id integer primary key, name varchar(50), address varchar(50));
         create table store_inventory (id integer primary key, quantity integer, product_id integer references store_product (id), stock_id integer references store_stock (id));
         insert into store_product values (1, 'Kabel', 5);
         insert into store_stock values (1, 'Chorsu', ''), (2, 'Sergeli', '');
         insert into store_inventory values (1, 4, 1, 1), (2, 3, 1, 2);",
    );
    assert_eq!(stock_lines(&plan), ["Kabel Chorsu 4", "Kabel Sergeli 3"]);
}

#[test]
fn where_every_warehouse_has_its_own_table_the_table_is_the_warehouse() {
    let plan = plan_of_database(
        "create table a_mahsulot (id integer primary key, nomi varchar(50), narxi decimal);
         create table a_ombor (id integer primary key, miqdori integer, mahsulot_id integer references a_mahsulot (id));
         create table a_dokon (id integer primary key, miqdori integer, mahsulot_id integer references a_mahsulot (id));
         insert into a_mahsulot values (1, 'Guruch', 9);
         insert into a_ombor values (1, 50, 1);
         insert into a_dokon values (1, 8, 1);",
    );
    assert_eq!(stock_lines(&plan), ["Guruch dokon 8", "Guruch ombor 50"]);
}

#[test]
fn dated_rows_of_the_same_goods_are_history_where_the_goods_keep_their_stock() {
    let plan = plan_of_database(
        "create table inv_product (id integer primary key, name varchar(50), selling_price decimal, quantity_in_stock integer);
         create table inv_stock (id integer primary key, initial_stock integer, new_stock integer, total_stock integer, stock_date date, product_id integer references inv_product (id));
         insert into inv_product values (1, 'Sut', 9, 14);
         insert into inv_stock values (1, 0, 10, 10, '2024-01-01', 1), (2, 10, 4, 14, '2024-01-02', 1);",
    );
    assert_eq!(stock_lines(&plan), ["Sut  14"]);
    assert_eq!(history(&plan), [("inv_stock".to_owned(), 2)]);
}

#[test]
fn what_the_variants_have_is_not_counted_again_for_their_product() {
    let plan = plan_of_database(
        "create table shop_rang (id integer primary key, nomi varchar(20));
         create table shop_product (id integer primary key, nomi varchar(50), total_quantity integer, narx decimal);
         create table shop_productvariant (id integer primary key, olcham varchar(5), stock integer, narx decimal, product_id integer references shop_product (id), rang_id integer references shop_rang (id));
         insert into shop_rang values (1, 'qora');
         insert into shop_product values (1, 'Etik', 12, 90), (2, 'Paypoq', 30, 5);
         insert into shop_productvariant values (1, '41', 5, 90, 1, 1), (2, '42', 7, 95, 1, 1), (3, 'M', 0, 5, 2, null);",
    );
    assert_eq!(
        names(&plan),
        ["Etik", "Paypoq", "Etik 41 qora", "Etik 42 qora", "Paypoq M"]
    );
    assert_eq!(
        stock_lines(&plan),
        ["Etik 41 qora  5", "Etik 42 qora  7", "Paypoq  30"]
    );
    assert!(plan.disagreements.is_empty(), "{:?}", plan.disagreements);
}

#[test]
fn lines_of_lines_and_of_variants_are_history_and_carts_and_recipes_are_not() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table shop_stock (id integer primary key, quantity integer, product_id integer references shop_product (id), branch_id integer references shop_branch (id));
         create table shop_stockmovement (id integer primary key, movement_type varchar(9), quantity_delta integer, resulting_quantity integer, stock_id integer references shop_stock (id));
         create table shop_orderline (id integer primary key, quantity integer, product_id integer references shop_product (id));
         create table shop_returnorderline (id integer primary key, quantity integer, order_line_id integer references shop_orderline (id));
         create table shop_cartitem (id integer primary key, quantity integer, product_id integer references shop_product (id));
         create table shop_retsept (id integer primary key, amount integer, product_id integer references shop_product (id));
         insert into shop_stock values (1, 4, 2, 1);
         insert into shop_stockmovement values (1, 'ENTRY', 9, 9, 1), (2, 'EXIT', -5, 4, 1);
         insert into shop_orderline values (1, 2, 1);
         insert into shop_returnorderline values (1, 1, 1);
         insert into shop_cartitem values (1, 3, 1);
         insert into shop_retsept values (1, 3, 1);"
    ));
    assert_eq!(
        history(&plan),
        [
            ("shop_orderline".to_owned(), 1),
            ("shop_stockmovement".to_owned(), 2),
            ("shop_returnorderline".to_owned(), 1)
        ]
    );
    let products: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| movement.product)
        .collect();
    assert_eq!(products, [Some(0), Some(1), Some(1), Some(0)]);
    assert_eq!(stock_lines(&plan), ["Bolta Shimol 4"]);
}

#[test]
fn a_key_that_is_not_the_primary_one_finds_its_product() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table shop_stocklevel (id integer primary key, quantity integer, product_id varchar(20) references shop_product (sku), branch_id integer references shop_branch (id));
         insert into shop_stocklevel values (1, 8, 'S-2', 2);"
    ));
    assert_eq!(stock_lines(&plan), ["Bolta Janub 8"]);
}

#[test]
fn the_shelf_of_every_product_is_no_warehouse() {
    let rows: Vec<String> = (1..=20)
        .map(|row| format!("({row}, 'Detal {row}', {row}, 'Javon {row}')"))
        .collect();
    let plan = plan_of_database(&format!(
        "create table maint_part (id integer primary key, name varchar(50), current_stock integer, location varchar(50));
         insert into maint_part values {};",
        rows.join(", ")
    ));
    assert_eq!(
        (names(&plan).len(), plan.balances.len(), plan.places.len()),
        (20, 20, 0)
    );
}

#[test]
fn users_of_a_program_of_ones_own_come_without_their_passwords_after_the_frameworks() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table users_user (id integer primary key, password varchar(128), last_login datetime, phone_number varchar(20), ism varchar(20), familiya varchar(20), is_superuser bool);
         create table app_users (id integer primary key, nomi varchar(50), telefon_raqami varchar(15), parol varchar(255));
         insert into users_user values (1, 'md5$salt$hash', null, '+998901112233', 'Aziz', 'Karim', 1);
         insert into app_users values (1, 'Nodir', '+998907778899', 'md5$salt$other');"
    ));
    let users: Vec<_> = plan
        .users
        .iter()
        .map(|user| (user.login.as_str(), user.name.as_str()))
        .collect();
    assert_eq!(
        users,
        [("998901112233", "Aziz Karim"), ("998907778899", "Nodir")]
    );
    assert!(!format!("{plan:?}").contains("md5$"));
}

#[test]
fn a_quantity_is_known_by_its_table_where_its_column_does_not_say_so() {
    let plan = plan_of_database(
        "create table r_maxsulot (id integer primary key, nomi varchar(50), narxi integer);
         create table r_asosiyombor (id integer primary key, narxi integer, hajm decimal, maxsulot_id integer references r_maxsulot (id));
         create table r_ombortarix (id integer primary key, narxi integer, hajm decimal, qabul_sanasi date, maxsulot_id integer references r_maxsulot (id));
         insert into r_maxsulot values (1, 'Oyna', 70);
         insert into r_asosiyombor values (1, 60, 12.5, 1);
         insert into r_ombortarix values (1, 60, 20, '2024-01-01', 1);",
    );
    assert_eq!(stock_lines(&plan), ["Oyna  12.5"]);
    let quantities: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| movement.quantity.map(|quantity| quantity.to_string()))
        .collect();
    assert_eq!(quantities, [Some("20".to_owned())]);
}

#[test]
fn lines_of_an_application_that_name_a_warehouse_are_no_balances() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table shop_application (id integer primary key, address varchar(50), created datetime);
         create table shop_applicationproduct (id integer primary key, quantity real, warehouse varchar(50), product_id integer references shop_product (id), application_id integer references shop_application (id));
         create table shop_productwarehouse (id integer primary key, in_stock real, warehouse varchar(50), product_id integer references shop_product (id));
         insert into shop_application values (1, '', '2024-01-01');
         insert into shop_applicationproduct values (1, 40, 'Shimol', 1, 1);
         insert into shop_productwarehouse values (1, 9, 'Shimol', 1);"
    ));
    assert_eq!(stock_lines(&plan), ["Arra Shimol 9"]);
    assert_eq!(history(&plan), [("shop_applicationproduct".to_owned(), 1)]);
}

#[test]
fn what_lies_in_the_warehouse_are_goods_beside_the_goods_for_sale() {
    let plan = plan_of_database(
        "create table shop_product (id integer primary key, name varchar(50), price decimal);
         create table wh_warehouseproduct (id integer primary key, name varchar(50), sku varchar(9), unit varchar(9));
         create table wh_warehousestockbalance (id integer primary key, quantity integer, warehouse_product_id integer unique references wh_warehouseproduct (id));
         insert into shop_product values (1, 'Somsa', 8);
         insert into wh_warehouseproduct values (1, 'Un', 'U', 'kg');
         insert into wh_warehousestockbalance values (1, 50, 1);",
    );
    assert_eq!(
        (names(&plan), stock_lines(&plan)),
        (vec!["Somsa", "Un"], vec!["Un  50".to_owned()])
    );
}

#[test]
fn kinds_of_movements_are_understood_in_the_words_of_programs() {
    let plan = plan_of_database(&format!(
        "{GOODS}
         create table shop_inventoryoperation (id integer primary key, operation_type varchar(20), quantity integer, product_id integer references shop_product (id));
         insert into shop_inventoryoperation values (1, 'ADD', 9, 1), (2, 'REMOVE', -2, 1), (3, 'TRANSFER_OUT', -1, 1), (4, 'TRANSFER_IN', 1, 1), (5, 'ENTRY', 1, 1), (6, 'EXIT', 1, 1), (7, 'RETURN', 1, 1);"
    ));
    let directions: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| movement.direction)
        .collect();
    let (came, went) = (Some(Direction::In), Some(Direction::Out));
    assert_eq!(directions, [came, went, went, came, came, went, None]);
}

#[test]
fn goods_of_two_tables_are_goods_where_stock_is_kept_of_both() {
    let plan = plan_of_database(
        "create table catalog_disk (id integer primary key, title varchar(50), price decimal, barcode varchar(50));
         create table catalog_texnika (id integer primary key, name varchar(50), price decimal, barcode varchar(50), unit varchar(9));
         create table wh_warehouse (id integer primary key, name varchar(50));
         create table wh_warehouseaction (id integer primary key, name varchar(50));
         create table wh_diskwarehousestock (id integer primary key, quantity integer, disk_id integer references catalog_disk (id), warehouse_id integer references wh_warehouse (id));
         create table wh_texnikawarehousestock (id integer primary key, quantity integer, texnika_id integer references catalog_texnika (id), warehouse_id integer references wh_warehouse (id));
         create table wh_warehouseproduct (id integer primary key, quantity integer, disk_id integer references catalog_disk (id), warehouse_action_id integer references wh_warehouseaction (id));
         insert into catalog_disk values (1, 'Navo', 5, '');
         insert into catalog_texnika values (1, 'Radio', 50, '', 'dona');
         insert into wh_warehouse values (1, 'Markaz');
         insert into wh_warehouseaction values (1, 'Qabul');
         insert into wh_diskwarehousestock values (1, 3, 1, 1);
         insert into wh_texnikawarehousestock values (1, 2, 1, 1);
         insert into wh_warehouseproduct values (1, 30, 1, 1);",
    );
    assert_eq!(stock_lines(&plan), ["Navo Markaz 3", "Radio Markaz 2"]);
    assert_eq!(plan.places, ["Markaz"]);
    assert_eq!(history(&plan), [("wh_warehouseproduct".to_owned(), 1)]);
}

#[test]
fn what_is_cooked_with_is_kept_beside_what_is_bought() {
    let plan = plan_of_database(
        "create table inv_inventoryitem (id integer primary key, name varchar(50), quantity integer, unit varchar(9));
         create table inv_ingredient (id integer primary key, name varchar(50), quantity decimal, unit varchar(9));
         create table inv_recipe (id integer primary key, amount decimal, ingredient_id integer references inv_ingredient (id));
         insert into inv_inventoryitem values (1, 'Qozon', 2, 'dona');
         insert into inv_ingredient values (1, 'Sabzi', 7.5, 'kg');
         insert into inv_recipe values (1, 0.5, 1);",
    );
    assert_eq!(stock_lines(&plan), ["Sabzi  7.5", "Qozon  2"]);
    assert!(plan.movements.is_empty());
}

#[test]
fn what_came_and_what_went_is_no_balance_even_where_each_came_once() {
    let plan = plan_of_database(
        "create table sklad_tovar (id integer primary key, nazvanie varchar(99), artikul varchar(20), kolichestvo integer, cena_prodazhi decimal);
         create table sklad_prihod (id integer primary key, tovar_id integer references sklad_tovar (id), kolichestvo integer, data date);
         create table sklad_rashod (id integer primary key, tovar_id integer references sklad_tovar (id), kolichestvo integer, data date);
         insert into sklad_tovar values (1, 'Молоток', 'M-1', 7, 150), (2, 'Пила', 'P-2', 3, 290);
         insert into sklad_prihod values (1, 1, 10, '2024-01-01'), (2, 2, 5, '2024-01-01');
         insert into sklad_rashod values (1, 1, 3, '2024-01-05'), (2, 2, 1, '2024-01-05');",
    );
    assert_eq!(stock_lines(&plan), ["Молоток  7", "Пила  3"]);
    assert_eq!(
        history(&plan),
        [
            ("sklad_prihod".to_owned(), 2),
            ("sklad_rashod".to_owned(), 2)
        ]
    );
    assert_eq!(disagreements(&plan), [("Пила", "4".to_owned())]);
}
