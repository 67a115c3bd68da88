//! Databases of old programs as many people made them: what is the stock, the price and the group, by tables of every shape.

use ombor_import::{Error, NotCatalogue, Plan};

use crate::{
    database::{database, plan_of_database},
    files::{Folder, groups, names, plan_of, skipped, stock_lines},
};

/// The price and the group of every product.
fn prices_and_groups(plan: &Plan) -> Vec<(String, String)> {
    let group = |at: usize| plan.categories.get(at).map(|group| group.name.to_string());
    plan.products
        .iter()
        .map(|product| {
            let price = product.price.as_ref().map(ToString::to_string);
            let group = product.category.and_then(group);
            (price.unwrap_or_default(), group.unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_stock_is_the_number_that_says_so_and_the_price_the_one_for_sale() {
    let plan = plan_of_database(
        "create table ombor_mahsulot (id integer primary key, nom varchar(99), olish_miqdori decimal, max_miqdor decimal, buyurtma_soni integer, joriy_qoldiq decimal,
            eski_narx decimal, narx decimal, kelgan_narx decimal, sotish_narxi decimal);
         insert into ombor_mahsulot values (1, 'Lenta', 100, 900, 7, 31.5, 10, 20, 30, 40);",
    );
    assert_eq!(stock_lines(&plan), ["Lenta  31.5"]);
    assert_eq!(prices_and_groups(&plan), [("40".to_owned(), String::new())]);
}

#[test]
fn a_current_stock_beats_the_most_that_there_should_be() {
    let plan = plan_of_database(
        "create table inventory_rawmaterial (id integer primary key, code varchar(20), name varchar(99), current_stock decimal, minimum_stock decimal, maximum_stock decimal);
         insert into inventory_rawmaterial values (1, 'R1', 'Ip', 12, 5, 400);",
    );
    assert_eq!(stock_lines(&plan), ["Ip  12"]);
}

#[test]
fn the_group_is_the_row_behind_the_key_and_not_the_type_beside_it() {
    let plan = plan_of_database(
        "create table catalog_category (id integer primary key, name varchar(50));
         create table catalog_product (id integer primary key, name varchar(50), product_type varchar(9), price decimal, category_id integer references catalog_category (id));
         insert into catalog_category values (1, 'Ovqat');
         insert into catalog_product values (1, 'Non', 'goods', 3, 1);",
    );
    assert_eq!(
        prices_and_groups(&plan),
        [("3".to_owned(), "Ovqat".to_owned())]
    );
    assert_eq!(plan.categories.len(), 1);
}

#[test]
fn goods_in_several_groups_are_in_the_first_and_the_others_are_told() {
    let plan = plan_of_database(
        "create table shop_category (id integer primary key, title varchar(50));
         create table shop_product (id integer primary key, title varchar(50), price decimal);
         create table shop_product_categories (id integer primary key, product_id integer references shop_product (id), category_id integer references shop_category (id));
         insert into shop_category values (1, 'Idish'), (2, 'Uy');
         insert into shop_product values (1, 'Piyola', 5), (2, 'Lagan', 6);
         insert into shop_product_categories values (1, 1, 2), (2, 1, 1), (3, 2, 1);",
    );
    let groups: Vec<_> = prices_and_groups(&plan)
        .into_iter()
        .map(|row| row.1)
        .collect();
    assert_eq!(groups, ["Uy", "Idish"]);
    assert!(
        skipped(&plan)
            .iter()
            .any(|(_, reason)| reason.contains("1 rows: products are in one group each")),
        "{:?}",
        skipped(&plan)
    );
}

#[test]
fn groups_are_known_by_the_keys_that_lead_to_them_whatever_their_columns_are_called() {
    let plan = plan_of_database(
        "create table vid_tovar (ID_Vid integer primary key, Vid_Tov varchar(50));
         create table tovar (ID_tovar integer primary key, Nazv_tovar varchar(50), Cen_tovar decimal, Vid_Tovar_ID_Vid_id integer references vid_tovar (ID_Vid));
         insert into vid_tovar values (7, 'Обувь');
         insert into tovar values (1, 'Кеды', 250, 7);",
    );
    assert_eq!(names(&plan), ["Кеды"]);
    assert_eq!(
        prices_and_groups(&plan),
        [("250".to_owned(), "Обувь".to_owned())]
    );
}

#[test]
fn a_group_around_a_group_is_known_by_the_group_inside() {
    let plan = plan_of_database(
        "create table main_categories (id integer primary key, name varchar(50));
         create table sub_categories (id integer primary key, name varchar(50), main_category_id integer references main_categories (id));
         create table specifics (id integer primary key, name varchar(50), sub_category_id integer references sub_categories (id));
         create table products (id integer primary key, name varchar(50), retail_price decimal, category_id integer references specifics (id));
         insert into main_categories values (1, 'Kiyim');
         insert into sub_categories values (1, 'Poyabzal', 1);
         insert into specifics values (1, 'Etik', 1);
         insert into products values (1, 'Etik 42', 9, 1);",
    );
    assert_eq!(
        groups(&plan),
        [("Kiyim", None), ("Poyabzal", Some(0)), ("Etik", Some(1))]
    );
}

#[test]
fn groups_of_posts_are_no_groups_of_goods() {
    let plan = plan_of_database(
        "create table blog_category (id integer primary key, name varchar(50));
         create table blog_post (id integer primary key, title varchar(50), category_id integer references blog_category (id));
         create table shop_productcategory (id integer primary key, name varchar(50));
         create table shop_product (id integer primary key, name varchar(50), price decimal, quantity integer);
         insert into blog_category values (1, 'Yangiliklar');
         insert into blog_post values (1, 'Salom', 1);
         insert into shop_productcategory values (1, 'Gazlama');
         insert into shop_product values (1, 'Atlas', 90, 4);",
    );
    let groups: Vec<_> = plan
        .categories
        .iter()
        .map(|group| group.name.as_str())
        .collect();
    assert_eq!(groups, ["Gazlama"]);
}

#[test]
fn columns_without_anything_between_their_words_are_understood() {
    let plan = plan_of_database(
        "create table s_sklad (id integer primary key, tovarnomi varchar(99), tovarnarxi varchar(99), tovarsoni varchar(99));
         create table s_qaytarish (id integer primary key, xaridornomi varchar(99), tovarnomi varchar(99), tovarnarxi varchar(99), tovarsoni varchar(99), sana datetime);
         insert into s_sklad values (1, 'Gilam', '700', '3');
         insert into s_qaytarish values (1, 'Vali', 'Gilam', '700', '1', '2024-01-01');",
    );
    assert_eq!(names(&plan), ["Gilam"]);
    assert_eq!(stock_lines(&plan), ["Gilam  3"]);
    assert_eq!(
        prices_and_groups(&plan),
        [("700".to_owned(), String::new())]
    );
}

#[test]
fn a_name_comes_in_the_first_language_that_has_one() {
    let plan = plan_of_database(
        "create table c_product (id integer primary key, name_uz varchar(50), name_ru varchar(50), price decimal);
         insert into c_product values (1, 'Tuz', 'Соль', 1), (2, null, 'Сода', 2);",
    );
    assert_eq!(names(&plan), ["Tuz", "Сода"]);
}

#[test]
fn names_in_a_table_of_languages_belong_to_its_goods() {
    let plan = plan_of_database(
        "create table shop_product (id integer primary key, price decimal, stock integer);
         create table shop_product_translation (id integer primary key, language_code varchar(15), name varchar(50), master_id integer references shop_product (id));
         insert into shop_product values (1, 4, 6);
         insert into shop_product_translation values (1, 'uz', 'Olma', 1), (2, 'ru', 'Яблоко', 1);",
    );
    assert_eq!(
        (names(&plan), stock_lines(&plan)),
        (vec!["Olma"], vec!["Olma  6".to_owned()])
    );
}

#[test]
fn the_price_for_sale_is_found_in_a_table_of_prices() {
    let plan = plan_of_database(
        "create table shop_pricetype (id integer primary key, name varchar(25));
         create table shop_product (id integer primary key, name varchar(50), external_code varchar(11));
         create table shop_prices (id integer primary key, price decimal, product_id integer references shop_product (id), price_type_id integer references shop_pricetype (id));
         insert into shop_pricetype values (1, 'Закупочная'), (2, 'Оптовая'), (3, 'Розничная');
         insert into shop_product values (1, 'Мыло', 'A-1'), (2, 'Губка', 'A-2');
         insert into shop_prices values (1, 10, 1, 1), (2, 12, 1, 2), (3, 15, 1, 3), (4, 16, 1, 3), (5, 7, 2, 1);",
    );
    let prices: Vec<_> = prices_and_groups(&plan)
        .into_iter()
        .map(|row| row.0)
        .collect();
    assert_eq!(prices, ["16", ""]);
    assert!(
        skipped(&plan)
            .iter()
            .any(|(_, reason)| reason.contains("4 rows: prices beside")),
        "{:?}",
        skipped(&plan)
    );
}

#[test]
fn databases_of_something_else_are_no_catalogue() {
    for (what, statements) in [
        (
            "a blog",
            "create table news_category (id integer primary key, name varchar(50));
             create table news_article (id integer primary key, title varchar(50), text text, views integer, likes_count integer, category_id integer references news_category (id));
             insert into news_article values (1, 'Bahor', 'keldi', 5, 2, null);",
        ),
        (
            "a school",
            "create table courses_course (id integer primary key, title varchar(50), code varchar(9), price decimal, students_count integer);
             insert into courses_course values (1, 'Rust', 'R1', 500, 12);",
        ),
        (
            "tasks",
            "create table todo_item (id integer primary key, title varchar(50), done bool, priority integer);
             insert into todo_item values (1, 'Uxlash', 0, 1);",
        ),
        (
            "a hotel",
            "create table hotel_roomtype (id integer primary key, name varchar(50), price decimal, quantity integer);
             insert into hotel_roomtype values (1, 'Lyuks', 90, 3);",
        ),
        (
            "a shop that was never opened",
            "create table shop_product (id integer primary key, name varchar(50), price decimal, quantity integer);",
        ),
    ] {
        let folder = Folder::new();
        let outcome = plan_of(&[database(&folder, statements)]);
        assert!(
            matches!(
                outcome,
                Err(Error::NotCatalogue {
                    what: NotCatalogue::OtherDatabase,
                    ..
                })
            ),
            "{what}: {outcome:?}"
        );
    }
}

#[test]
fn an_article_stays_one_where_it_is_the_key_of_the_table() {
    let plan = plan_of_database(
        "create table s_product (article varchar(9) primary key, name varchar(50), category varchar(50));
         insert into s_product values ('K-77', 'Stol', 'Mebel');",
    );
    let articles: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.sku.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(articles, [Some("K-77".to_owned())]);
}

#[test]
fn the_type_of_a_price_is_no_group_and_dollars_are_not_the_price() {
    let plan = plan_of_database(
        "create table m_maxsulot (id integer primary key, product_name varchar(50), product_price_type varchar(9), price_usd decimal, price_uzs decimal, entry_price decimal);
         insert into m_maxsulot values (1, 'Soat', 'UZS', 10, 125000, 90000);",
    );
    assert_eq!(
        prices_and_groups(&plan),
        [("125000".to_owned(), String::new())]
    );
    assert!(plan.categories.is_empty());
}

#[test]
fn goods_without_a_price_have_the_one_that_their_stock_is_sold_for() {
    let plan = plan_of_database(
        "create table ph_drug (id integer primary key, name varchar(50), barcode varchar(50));
         create table ph_drugstock (id integer primary key, quantity integer, batch_number varchar(9), purchase_price decimal, selling_price decimal, expiry_date date, drug_id integer references ph_drug (id));
         insert into ph_drug values (1, 'Analgin', '');
         insert into ph_drugstock values (1, 5, 'a', 7, 9, '2030-01-01', 1), (2, 6, 'b', 8, 10, '2031-01-01', 1);",
    );
    assert_eq!(stock_lines(&plan), ["Analgin  11"]);
    assert_eq!(prices_and_groups(&plan), [("10".to_owned(), String::new())]);
}

#[test]
fn columns_that_name_a_place_beside_the_quantity_are_what_lies_there() {
    let folder = Folder::new();
    let path = database(
        &folder,
        "create table shop_product (id integer primary key, name varchar(200), price decimal, qty_warehouse integer,
             qty_shop integer);
         insert into shop_product values (1, 'Choy', 9000, 40, 5), (2, 'Un', 7000, 0, 3), (3, 'Tuz', 2000, 12, 0);",
    );
    let plan = plan_of(&[path]).expect("a plan");
    assert_eq!(
        stock_lines(&plan),
        [
            "Choy warehouse 40",
            "Choy shop 5",
            "Un shop 3",
            "Tuz warehouse 12"
        ]
    );
    let folder = Folder::new();
    let path = database(
        &folder,
        "create table shop_product (id integer primary key, name varchar(200), stock integer, stock_shop_1 integer,
             stock_shop_2 integer);
         insert into shop_product values (1, 'Choy', 45, 40, 5);",
    );
    let plan = plan_of(&[path]).expect("a plan");
    assert_eq!(stock_lines(&plan), ["Choy  45"]);
}
