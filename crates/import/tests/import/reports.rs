//! Reports of 1C and of market places: warehouses, accounts and kinds of goods as groups of rows.

use rust_xlsxwriter::{Format, Workbook};

use crate::{
    files::{groups, names, plan_of_text, skipped, stock_lines},
    workbooks::row,
};

/// A sheet of these rows; a number before each is its level in the outline.
fn sheet(above: bool, rows: &[(u8, &[&str])]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.group_symbols_above(above);
    for (at, (_, cells)) in (0..).zip(rows) {
        row(sheet, at, cells);
    }
    for deep in 1..=3 {
        for (at, _) in (0..).zip(rows).filter(|(_, (level, _))| *level >= deep) {
            sheet.group_rows(at, at).expect("a level");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_warehouse_around_groups_and_goods_is_where_they_lie() {
    let bytes = sheet(
        true,
        &[
            (0, &["Ведомость по товарам на складах"]),
            (0, &["Номенклатура", "Ед. изм.", "Конечный остаток"]),
            (0, &["Основной склад №1", "", "9"]),
            (1, &["Крепёж", "", "9"]),
            (2, &["Болт М8", "шт", "5"]),
            (2, &["Гайка М8", "шт", "4"]),
            (0, &["Chilonzor filiali", "", "2"]),
            (1, &["Крепёж", "", "2"]),
            (2, &["Болт М8", "шт", "2"]),
            (0, &["Пустой склад", "", "0"]),
            (0, &["Итого", "", "11"]),
        ],
    );
    let plan = plan_of_text("vedomost.xlsx", bytes);
    assert_eq!(names(&plan), ["Болт М8", "Гайка М8"]);
    assert_eq!(groups(&plan), [("Крепёж", None)]);
    assert_eq!(
        stock_lines(&plan),
        [
            "Болт М8 Основной склад №1 5",
            "Гайка М8 Основной склад №1 4",
            "Болт М8 Chilonzor filiali 2"
        ]
    );
    assert_eq!(
        plan.places,
        ["Основной склад №1", "Chilonzor filiali", "Пустой склад"]
    );
}

#[test]
fn a_line_of_parameters_says_that_the_outer_groups_are_warehouses() {
    for parameters in [
        &["Группировки строк: Склад, Номенклатура.Группа, Номенклатура"] as &[&str],
        &["Строки:", "Склад; Номенклатура.Группа; Номенклатура"],
    ] {
        let bytes = sheet(
            true,
            &[
                (0, parameters),
                (0, &["Номенклатура", "Ед. изм.", "Остаток"]),
                (0, &["Юнусабад", "", "5"]),
                (1, &["Магазинное оборудование", "", "5"]),
                (2, &["Стойка", "шт", "5"]),
            ],
        );
        let plan = plan_of_text("ostatki.xlsx", bytes);
        assert_eq!(stock_lines(&plan), ["Стойка Юнусабад 5"]);
        assert_eq!(groups(&plan), [("Магазинное оборудование", None)]);
    }
}

#[test]
fn a_warehouse_is_told_without_an_outline_by_its_total_or_as_a_heading() {
    let with_totals =
        "Номенклатура;Остаток\nСклад Север;7\nЧай;3\nКофе;4\nСклад Юг;1\nЧай;1\nИтого;8\n";
    let with_codes =
        "Номенклатура;Код;Остаток\nСклад Север;;7\nЧай;01;3\nКофе;02;4\nСклад Юг;;1\nЧай;01;1\n";
    let as_headings = "Номенклатура;Остаток\nСклад Север;\nЧай;3\nКофе;4\nСклад Юг;\nЧай;1\n";
    for text in [with_totals, with_codes, as_headings] {
        let plan = plan_of_text("list.csv", text);
        assert_eq!(names(&plan), ["Чай", "Кофе"], "{text}");
        assert_eq!(
            stock_lines(&plan),
            ["Чай Склад Север 3", "Кофе Склад Север 4", "Чай Склад Юг 1"],
            "{text}"
        );
        assert!(plan.categories.is_empty(), "{text}");
    }
}

#[test]
fn a_group_that_only_sounds_like_a_warehouse_stays_a_group() {
    let price_list = plan_of_text(
        "price.csv",
        "Товар;Ед;Цена\nСклад;;\nЧай;шт;10\nКофе;шт;20\n",
    );
    assert_eq!(groups(&price_list), [("Склад", None)]);
    let goods = "Товар;Ед;Цена;Остаток\nСкладные стулья;;;\nСтул;шт;10;2\nМагазинные весы;;;\nВесы;шт;20;1\n";
    let goods = plan_of_text("goods.csv", goods);
    assert_eq!(
        groups(&goods),
        [("Складные стулья", None), ("Магазинные весы", None)]
    );
    assert!(goods.places.is_empty());
}

const LEDGER_HEADS: [(u8, &[&str]); 3] = [
    (0, &["Оборотно-сальдовая ведомость по счету 41"]),
    (
        0,
        &[
            "Счет",
            "Показатели",
            "Сальдо на начало периода",
            "",
            "Обороты за период",
            "",
            "Сальдо на конец периода",
            "",
        ],
    ),
    (
        0,
        &[
            "Номенклатура",
            "",
            "Дебет",
            "Кредит",
            "Дебет",
            "Кредит",
            "Дебет",
            "Кредит",
        ],
    ),
];

#[test]
fn a_turnover_sheet_gives_the_closing_quantities_and_no_accounts() {
    let mut rows: Vec<(u8, &[&str])> = LEDGER_HEADS.to_vec();
    rows.extend([
        (
            0,
            &["41", "БУ", "1200", "", "500", "500", "1200", ""] as &[&str],
        ),
        (0, &["", "Кол.", "14", "", "5", "7", "12", ""]),
        (1, &["41.01", "БУ", "1200", "", "500", "500", "1200", ""]),
        (1, &["", "Кол.", "14", "", "5", "7", "12", ""]),
        (2, &["Смеси", "БУ", "1200", "", "500", "500", "1200", ""]),
        (2, &["", "Кол.", "14", "", "5", "7", "12", ""]),
        (
            3,
            &["Цемент М400", "БУ", "1000", "", "500", "300", "1200", ""],
        ),
        (3, &["", "Кол.", "10", "", "5", "3", "12", ""]),
        (3, &["Песок", "БУ", "200", "", "", "200", "", ""]),
        (3, &["", "Кол.", "4", "", "", "4", "", ""]),
        (0, &["Итого", "БУ", "1200", "", "500", "500", "1200", ""]),
    ]);
    let plan = plan_of_text("osv.xlsx", sheet(true, &rows));
    assert_eq!(names(&plan), ["Цемент М400", "Песок"]);
    assert_eq!(stock_lines(&plan), ["Цемент М400  12"]);
    assert_eq!(groups(&plan), [("Смеси", None)]);
    let left: Vec<String> = skipped(&plan).into_iter().map(|(_, why)| why).collect();
    assert_eq!(
        left,
        ["41", "41.01", "Итого"].map(|text| format!("a total, not a product: {text:?}"))
    );
}

#[test]
fn the_warehouses_of_a_turnover_sheet_are_places() {
    let [title, heads, (_, below)] = LEDGER_HEADS;
    let mut below = below.to_vec();
    below[0] = "Склады";
    let goods: [(u8, &[&str]); 6] = [
        (0, &["2910", "БУ", "", "", "", "", "90", ""]),
        (0, &["", "Кол.", "", "", "", "", "3", ""]),
        (1, &["Юнусабад", "БУ", "", "", "", "", "90", ""]),
        (1, &["", "Кол.", "", "", "", "", "3", ""]),
        (2, &["Гвозди", "БУ", "", "", "", "", "90", ""]),
        (2, &["", "Кол.", "", "", "", "", "3", ""]),
    ];
    let mut rows: Vec<(u8, &[&str])> = vec![title, heads, (0, &below), (0, &["Номенклатура"])];
    rows.extend(goods);
    let plan = plan_of_text("osv.xlsx", sheet(true, &rows));
    assert_eq!(stock_lines(&plan), ["Гвозди Юнусабад 3"]);
    assert!(plan.categories.is_empty());

    let mut rows: Vec<(u8, &[&str])> = LEDGER_HEADS.to_vec();
    rows.extend(goods);
    rows[5].1 = &["Asosiy ombor", "БУ", "", "", "", "", "90", ""];
    let plan = plan_of_text("osv.xlsx", sheet(true, &rows));
    assert_eq!(stock_lines(&plan), ["Гвозди Asosiy ombor 3"]);
    assert!(plan.categories.is_empty());
}

#[test]
fn groups_that_stand_below_their_rows_are_groups() {
    let bytes = sheet(
        false,
        &[
            (0, &["Товар", "Кол-во", "Цена"]),
            (2, &["Чай", "5", "10"]),
            (2, &["Кофе", "2", "20"]),
            (1, &["Горячие", "7", ""]),
            (2, &["Сок", "1", "7"]),
            (1, &["Холодные итого", "1", ""]),
            (0, &["Напитки", "8", ""]),
            (1, &["Хлеб", "3", "2"]),
            (0, &["Выпечка", "3", ""]),
            (0, &["Всего", "11", ""]),
        ],
    );
    let plan = plan_of_text("below.xlsx", bytes);
    assert_eq!(names(&plan), ["Чай", "Кофе", "Сок", "Хлеб"]);
    assert_eq!(
        groups(&plan),
        [
            ("Напитки", None),
            ("Горячие", Some(0)),
            ("Холодные", Some(0)),
            ("Выпечка", None)
        ]
    );
    let group_of: Vec<Option<usize>> = plan.products.iter().map(|known| known.category).collect();
    assert_eq!(group_of, [Some(1), Some(1), Some(2), Some(3)]);
    assert_eq!(plan.skipped.len(), 1);
}

#[test]
fn groups_above_their_rows_are_known_where_the_workbook_does_not_say_so() {
    let bytes = sheet(
        false,
        &[
            (0, &["Товар", "Кол-во", "Цена"]),
            (0, &["Напитки", "7", ""]),
            (1, &["Чай", "5", "10"]),
            (1, &["Кофе", "2", "20"]),
            (0, &["Выпечка", "3", ""]),
            (1, &["Хлеб", "3", "2"]),
        ],
    );
    let plan = plan_of_text("above.xlsx", bytes);
    assert_eq!(names(&plan), ["Чай", "Кофе", "Хлеб"]);
    assert_eq!(groups(&plan), [("Напитки", None), ("Выпечка", None)]);
}

#[test]
fn goods_of_a_market_place_are_named_by_their_kind_and_article() {
    let text = "Бренд;Предмет;Артикул продавца;Баркод;Размер;Количество\n\
        Zed;Платья;D-1;2000000000015;42;3\n\
        Zed;Платья;D-1;2000000000022;44;2\n\
        Zed;;S-1;2000000000039;;1\n";
    let plan = plan_of_text("stocks.csv", text);
    assert_eq!(
        names(&plan),
        ["Платья D-1 (42)", "Платья D-1 (44)", "Zed S-1"]
    );
    assert_eq!(plan.balances.len(), 3);
    assert!(
        plan.notes
            .iter()
            .all(|noted| !noted.note.to_string().contains("no names"))
    );
}

#[test]
fn columns_that_add_up_to_the_total_of_all_warehouses_are_warehouses() {
    let text = "Предмет;Артикул поставщика;Баркод;В пути;Итого по складам;Коледино;Казань\n\
        Платья;D-1;2000000000015;4;5;3;2\nЮбки;S-1;2000000000039;0;2;2;\n";
    let plan = plan_of_text("stocks.csv", text);
    assert_eq!(
        stock_lines(&plan),
        [
            "Платья D-1 Коледино 3",
            "Платья D-1 Казань 2",
            "Юбки S-1 Коледино 2"
        ]
    );
    let other = text
        .replace("Коледино;Казань", "Продано вчера;Рейтинг")
        .replace(";3;2\n", ";1;9\n");
    let plan = plan_of_text("stocks.csv", other);
    assert_eq!(stock_lines(&plan), ["Платья D-1  5", "Юбки S-1  2"]);
}

#[test]
fn a_merged_cell_speaks_for_all_its_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let rows: [&[&str]; 5] = [
        &["Санаты", "Тауар", "Саны", "Бағасы"],
        &["", "Шәй", "5", "100"],
        &["", "Кофе", "2", "200"],
        &["Нан", "Бөлке", "3", "50"],
        &["", "Шырын", "1", "40"],
    ];
    for (at, cells) in (0..).zip(rows) {
        row(sheet, at, cells);
    }
    let format = Format::new();
    sheet
        .merge_range(1, 0, 2, 0, "Сусындар", &format)
        .expect("a merged cell");
    let plan = plan_of_text("list.xlsx", book.save_to_buffer().expect("a workbook"));
    let group_of: Vec<Option<usize>> = plan.products.iter().map(|known| known.category).collect();
    assert_eq!(group_of, [Some(0), Some(0), Some(1), None]);
}

#[test]
fn heads_that_are_repeated_in_another_language_are_no_goods() {
    let text = "Наименование товара;Единица;Количество;Цена\nMahsulot nomi;O'lchov;Miqdori;Narxi\nЧай;шт;5;10\n";
    let plan = plan_of_text("list.csv", text);
    assert_eq!(names(&plan), ["Чай"]);
    assert_eq!(skipped(&plan), [(2, "the heads repeated".to_owned())]);
}

#[test]
fn the_number_of_an_item_is_not_its_name() {
    let text = "Item Description,Item #,Qty on Hand,Unit Price\nGreen tea,GT-100,12,$3.50\n";
    let plan = plan_of_text("list.csv", text);
    assert_eq!(names(&plan), ["Green tea"]);
    let sku = plan.products.first().and_then(|known| known.sku.as_ref());
    assert_eq!(sku.map(ToString::to_string).as_deref(), Some("GT-100"));
}

#[test]
fn a_head_of_warehouses_and_goods_says_what_the_groups_are() {
    let bytes = sheet(
        true,
        &[
            (0, &["Склад / Номенклатура", "Остаток"]),
            (0, &["Юнусабад", "7"]),
            (1, &["Чай", "7"]),
        ],
    );
    let plan = plan_of_text("list.xlsx", bytes);
    assert_eq!(stock_lines(&plan), ["Чай Юнусабад 7"]);
}

#[test]
fn an_outline_may_show_the_warehouses_below_the_goods() {
    let bytes = sheet(
        true,
        &[
            (0, &["Остатки товаров"]),
            (0, &["Номенклатура", "Ед. изм.", "Конечный остаток"]),
            (0, &["Крепёж", "", "9"]),
            (1, &["Болт М8", "шт", "5"]),
            (2, &["Основной склад", "", "3"]),
            (2, &["Магазин №2", "", "2"]),
            (1, &["Гайка М8", "шт", "4"]),
            (2, &["Основной склад", "", "4"]),
            (0, &["Итого", "", "9"]),
        ],
    );
    let plan = plan_of_text("ostatki.xlsx", bytes);
    assert_eq!(names(&plan), ["Болт М8", "Гайка М8"]);
    assert_eq!(groups(&plan), [("Крепёж", None)]);
    assert_eq!(
        stock_lines(&plan),
        [
            "Болт М8 Основной склад 3",
            "Болт М8 Магазин №2 2",
            "Гайка М8 Основной склад 4"
        ]
    );
}
