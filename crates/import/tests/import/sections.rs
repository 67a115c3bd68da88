//! Several lists on one sheet, one below the other or side by side.

use crate::files::{groups, names, plan_of_text, skipped, stock_lines};

const BELOW: &str = "\
    Прайс-лист;;;;\n\
    Краски;;;;\n\
    Код;Наименование;Фасовка;Цена;\n\
    101;Эмаль белая;2,7 кг;65000;\n\
    102;Эмаль чёрная;2,7 кг;64000;\n\
    103;Эмаль серая;2,8 кг;70000;\n\
    ;;;;\n\
    Инструмент;;;;\n\
    Артикул;Товар;Цена;Остаток;Ед\n\
    K-1;Кисть 50 мм;8000;12;шт\n\
    K-2;Валик;22000;7;шт\n\
    Кельмы;;;;\n\
    K-3;Кельма;11000;30;шт\n";

#[test]
fn lists_below_one_another_are_each_read_by_its_own_heads() {
    let plan = plan_of_text("list.csv", BELOW);
    assert_eq!(
        names(&plan),
        [
            "Эмаль белая",
            "Эмаль чёрная",
            "Эмаль серая",
            "Кисть 50 мм",
            "Валик",
            "Кельма"
        ]
    );
    let prices: Vec<_> = plan
        .products
        .iter()
        .filter_map(|product| product.price)
        .map(|price| price.to_string())
        .collect();
    assert_eq!(
        prices,
        ["65000", "64000", "70000", "8000", "22000", "11000"]
    );
    assert_eq!(
        stock_lines(&plan),
        ["Кисть 50 мм  12", "Валик  7", "Кельма  30"]
    );
    assert_eq!(
        groups(&plan),
        [("Краски", None), ("Инструмент", None), ("Кельмы", None)]
    );
    assert_eq!(skipped(&plan), []);
}

#[test]
fn the_same_heads_again_in_another_language_or_on_the_next_page_begin_no_other_list() {
    let plan = plan_of_text(
        "list.csv",
        "Наименование;Ед;Остаток;Цена\nNomi;Birlik;Qoldiq;Narxi\nУн;кг;5;10\nШакар;кг;6;20\n\
         Наименование;Ед;Остаток;Цена\nТуз;кг;7;30\n",
    );
    assert_eq!(names(&plan), ["Ун", "Шакар", "Туз"]);
    let repeated: Vec<u64> = skipped(&plan).into_iter().map(|row| row.0).collect();
    assert_eq!(repeated, [2, 5]);
}

#[test]
fn lists_side_by_side_under_the_same_heads_are_all_read() {
    let plan = plan_of_text(
        "list.csv",
        "Прайс-лист на 01.11.2026;;;;;;\n\
         №;Товар;Кол-во;Цена;№;Товар;Кол-во;Цена\n\
         1;Coca-Cola 1L;10;12000;4;Fanta 1L;5;11500\n\
         2;Pepsi 1L;8;11500;5;Sprite 1L;7;11000\n\
         3;Suv 1L;3;4000;;;;\n",
    );
    assert_eq!(
        names(&plan),
        [
            "Coca-Cola 1L",
            "Pepsi 1L",
            "Suv 1L",
            "Fanta 1L",
            "Sprite 1L"
        ]
    );
    assert_eq!(
        stock_lines(&plan),
        [
            "Coca-Cola 1L  10",
            "Pepsi 1L  8",
            "Suv 1L  3",
            "Fanta 1L  5",
            "Sprite 1L  7"
        ]
    );
}

#[test]
fn a_line_above_each_list_is_its_group_or_says_what_came_and_went() {
    let plan = plan_of_text(
        "list.csv",
        "Крепёж;;Инструмент;\nНаименование;Цена;Наименование;Цена\nБолт;500;Молоток;45000\nГайка;200;Пила;90000\n",
    );
    assert_eq!(names(&plan), ["Болт", "Гайка", "Молоток", "Пила"]);
    assert_eq!(groups(&plan), [("Крепёж", None), ("Инструмент", None)]);
    let plan = plan_of_text(
        "list.csv",
        "ПРИХОД;;;;РАСХОД;;\nДата;Товар;Кол-во;;Дата;Товар;Кол-во\n\
         01.10.2026;Цемент;100;;03.10.2026;Цемент;20\n02.10.2026;Кирпич;1000;;04.10.2026;Кирпич;300\n\
         05.10.2026;Цемент;50;;;;\n",
    );
    assert_eq!(groups(&plan), []);
    assert_eq!(stock_lines(&plan), ["Цемент  130", "Кирпич  700"]);
    assert_eq!(plan.movements.len(), 5);
}

#[test]
fn a_group_and_its_goods_with_a_code_and_a_name_each_are_one_list() {
    let plan = plan_of_text(
        "list.csv",
        "Код;Наименование;Код;Наименование;Цена\n1;Крепёж;11;Болт;500\n1;Крепёж;12;Гайка;300\n",
    );
    assert_eq!(plan.products.len(), 2);
}
