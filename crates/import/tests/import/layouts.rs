//! Lists as people lay them out: groups with totals among the goods, warehouses below the quantities.

use ombor_import::skipped::Note;

use crate::files::{groups, names, plan_of_text, stock, stock_lines};

/// A stock list of 1C without its outline, as it is saved in the old format of Excel: store and groups stand above their
/// goods with the sum of what is in them.
const WITH_SUBTOTALS: &str = "\
    Ведомость по товарам на складах;;;;;\n\
    №;Артикул;Номенклатура;Ед.;Остаток;Цена\n\
    ;;Основной склад;;120,5;\n\
    ;;Напитки;;70;\n\
    1;А-1;Вода 0,5 л;шт;50;3500\n\
    2;А-2;Сок 1 л;шт;20;12000\n\
    ;;Крупы;;50,5;\n\
    3;А-3;Рис;кг;60,5;15000\n\
    4;А-4;Гречка;кг;-10;14000\n\
    ;;Итого;;120,5;\n";

#[test]
fn groups_that_show_the_total_of_their_goods_are_no_goods() {
    let plan = plan_of_text("vedomost.csv", WITH_SUBTOTALS);
    assert_eq!(names(&plan), ["Вода 0,5 л", "Сок 1 л", "Рис", "Гречка"]);
    assert_eq!(groups(&plan), [("Напитки", None), ("Крупы", None)]);
    assert_eq!(plan.places, ["Основной склад"]);
    let of_rice = plan.products.get(2).and_then(|product| product.category);
    assert_eq!(of_rice, Some(1));
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["50", "20", "60.5"]);
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note == Note::Headings { count: 3 }),
        "{:?}",
        plan.notes
    );
}

#[test]
fn a_product_that_lacks_what_the_others_have_stays_a_product() {
    let plan = plan_of_text(
        "list.csv",
        "Артикул;Наименование;Ед.;Остаток\nA-1;Болт;шт;5\n;Шайба;;7\nA-2;Гайка;шт;5\nA-3;Винт;шт;4\n",
    );
    assert_eq!(names(&plan), ["Болт", "Шайба", "Гайка", "Винт"]);
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["5", "7", "5", "4"]);
}

#[test]
fn warehouses_named_below_the_quantities_are_the_places_of_the_stock() {
    let plan = plan_of_text(
        "list.csv",
        "Товар;Ед. изм.;Остаток;;;Цена\n;;Юнусабад;Чиланзар;Всего;\nПлитка A;м2;10,5;2;12,5;90000\nПлитка B;м2;0;4;4;85000\n",
    );
    let expected = [
        ("Плитка A", "Юнусабад", "10.5"),
        ("Плитка A", "Чиланзар", "2"),
        ("Плитка B", "Чиланзар", "4"),
    ]
    .map(|(product, place, quantity)| (product.to_owned(), place.to_owned(), quantity.to_owned()));
    assert_eq!(stock(&plan), expected);
}

#[test]
fn the_other_columns_say_what_a_comma_means() {
    let plan = plan_of_text(
        "list.csv",
        "\"SKU\";\"Product Name\";\"Qty\";\"UoM\";\"Unit Price\"\n\"A1\";\"Pump\";\"1,000\";\"pcs\";\"1,250.50\"\n",
    );
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["1000"]);
    assert_eq!(plan.units, ["dona"]);
}

#[test]
fn warehouses_in_parentheses_have_their_stock_and_units_are_none() {
    let plan = plan_of_text(
        "billing.csv",
        "Наименование;Категория 1;Категория 2;Цена продажи;Кол-во (Чорсу);Кол-во (Юнусобод);Общее кол-во\n\
         Футболка;Одежда;Майки;99000;3;4;7\n\
         Джинсы;Одежда;Брюки;299000;0;2;2\n",
    );
    assert_eq!(
        stock_lines(&plan),
        [
            "Футболка Чорсу 3",
            "Футболка Юнусобод 4",
            "Джинсы Юнусобод 2"
        ]
    );
    assert_eq!(
        groups(&plan),
        [("Одежда", None), ("Майки", Some(0)), ("Брюки", Some(0))]
    );
    let plan = plan_of_text(
        "units.csv",
        "Наименование;Количество (шт);Количество (в ед. хранения)\nЧай;7;\nСоль;5;\n",
    );
    assert_eq!(stock_lines(&plan), ["Чай  7", "Соль  5"]);
}

#[test]
fn of_two_balances_the_later_day_stands() {
    let plan = plan_of_text(
        "month.csv",
        "Наименование;Ед;Остаток на 01.11;Приход;Расход;Остаток на 15.11\n\
         Гвозди;кг;100;50;30;120\n\
         Шурупы;уп;40;0;15;25\n",
    );
    assert_eq!(stock_lines(&plan), ["Гвозди  120", "Шурупы  25"]);
}

#[test]
fn a_question_above_the_heads_is_no_head() {
    let plan = plan_of_text(
        "template.csv",
        "Inventory list;;;;;\n\
         Highlight items to reorder?;Yes;;;;\n\
         Flag;SKU;Name;Unit price;Quantity in stock;Reorder level\n\
         ;IN0001;Lamp;51;25;29\n\
         ;IN0002;Chair;93;132;231\n",
    );
    assert_eq!(stock_lines(&plan), ["Lamp  25", "Chair  132"]);
    let told: Vec<_> = plan
        .products
        .iter()
        .map(|product| {
            (
                product.sku.as_ref().map(ToString::to_string),
                product
                    .min_stock
                    .map(|level| level.as_decimal().to_string()),
            )
        })
        .collect();
    let expected = |sku: &str, level: &str| (Some(sku.to_owned()), Some(level.to_owned()));
    assert_eq!(told, [expected("IN0001", "29"), expected("IN0002", "231")]);
}

#[test]
fn the_one_warehouse_above_the_heads_is_where_everything_lies() {
    let list = |line: &str| {
        let text =
            format!("Остатки на складах;;\n{line}\nТовар;Ед. изм.;Количество\nМука;кг;12,5\n");
        stock_lines(&plan_of_text("ostatki.csv", text))
    };
    assert_eq!(list("Склад:;Основной склад;"), ["Мука Основной склад 12.5"]);
    assert_eq!(list("Склад: Юнусобод;;"), ["Мука Юнусобод 12.5"]);
    assert_eq!(list("Склад: все;;"), ["Мука  12.5"]);
    assert_eq!(list("Склады: Юнусобод, Чорсу;;"), ["Мука  12.5"]);
}

#[test]
fn a_price_list_makes_no_warehouse_of_the_shop_above_it() {
    let plan = plan_of_text(
        "prices.csv",
        "Филиал: Чорсу;;\nНаименование;Ед. изм.;Цена\nЧай;шт;12000\n",
    );
    assert_eq!((names(&plan), plan.places.len()), (vec!["Чай"], 0));
}

/// A stock list that is grouped by goods, with the warehouses of each below it.
const BELOW_GOODS: &str = "\
    Остатки товаров на складах;;;\n\
    Номенклатура;Ед.;Количество;Стоимость\n\
    Склад;;;\n\
    Кабель ВВГ;м;150;2 250 000\n\
    Основной склад;;100;1 500 000\n\
    Чорсу;;50;750 000\n\
    Розетка;шт;40;800 000\n\
    Основной склад;;40;800 000\n\
    Выключатель;шт;25;375 000\n\
    Чорсу;;25;375 000\n\
    Итого;;215;3 425 000\n";

#[test]
fn warehouses_below_each_product_are_where_it_lies() {
    let expected = [
        "Кабель ВВГ Основной склад 100",
        "Кабель ВВГ Чорсу 50",
        "Розетка Основной склад 40",
        "Выключатель Чорсу 25",
    ];
    // The heads say it, or the names of the warehouses.
    let unsaid = BELOW_GOODS
        .replace("Склад;;;\n", "")
        .replace("Чорсу", "Магазин Чорсу");
    for (text, there) in [(BELOW_GOODS, "Чорсу"), (&unsaid, "Магазин Чорсу")] {
        let plan = plan_of_text("list.csv", text);
        assert_eq!(names(&plan), ["Кабель ВВГ", "Розетка", "Выключатель"]);
        assert_eq!(
            stock_lines(&plan),
            expected.map(|line| line.replace("Чорсу", there))
        );
        assert_eq!(plan.places, ["Основной склад", there]);
    }
}

#[test]
fn goods_below_warehouses_that_add_up_are_no_warehouses() {
    let plan = plan_of_text(
        "list.csv",
        "Номенклатура;Ед.;Количество\nОсновной склад;;150\nКабель;м;100\nПровод;м;50\nМагазин Чорсу;;40\nРозетка;шт;40\n",
    );
    assert_eq!(names(&plan), ["Кабель", "Провод", "Розетка"]);
    assert_eq!(plan.places, ["Основной склад", "Магазин Чорсу"]);
}

#[test]
fn a_column_that_only_says_whether_there_is_any_names_no_warehouse() {
    let plan = plan_of_text(
        "list.csv",
        "Mahsulot nomi;Narxi;Omborda\nUn;320000;bor\nShakar;610000;yo‘q\n",
    );
    assert_eq!(names(&plan), ["Un", "Shakar"]);
    assert!(plan.places.is_empty(), "{:?}", plan.places);
    let numbered = plan_of_text(
        "list.csv",
        "Наименование;Остаток;Склад\nБолт;5;1\nГайка;6;1\n",
    );
    assert_eq!(numbered.places, ["1"]);
}

#[test]
fn cards_down_the_page_are_a_list() {
    let plan = plan_of_text(
        "list.csv",
        "Наименование:;Стол\nАртикул:;S-1\nЦена:;1 200 000\nОстаток:;4\n;\n\
         Наименование:;Стул\nАртикул:;S-2\nОстаток:;12\n;\nНаименование:;Шкаф\nАртикул:;S-3\nЦена:;2 100 000\n",
    );
    assert_eq!(names(&plan), ["Стол", "Стул", "Шкаф"]);
    assert_eq!(stock_lines(&plan), ["Стол  4", "Стул  12"]);
    let prices: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.price.map(|price| price.to_string()))
        .collect();
    assert_eq!(
        prices,
        [Some("1200000".to_owned()), None, Some("2100000".to_owned())]
    );
}
