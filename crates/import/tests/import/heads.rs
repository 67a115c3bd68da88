//! Heads as the programs of shops and offices write them.

use ombor_import::{Error, NotCatalogue, Plan};

use crate::files::{Folder, names, plan_of, plan_of_text, skipped, stock};

fn owned<const N: usize>(rows: [(&str, &str, &str); N]) -> Vec<(String, String, String)> {
    rows.map(|(product, place, quantity)| {
        (product.to_owned(), place.to_owned(), quantity.to_owned())
    })
    .to_vec()
}

/// The names of the groups around the product, from the outermost.
fn groups_of(plan: &Plan, product: usize) -> Vec<&str> {
    let mut next = plan
        .products
        .get(product)
        .and_then(|product| product.category);
    let mut names = Vec::new();
    while let Some(group) = next.and_then(|index| plan.categories.get(index)) {
        names.insert(0, group.name.as_str());
        next = group.parent;
    }
    names
}

#[test]
fn of_heads_in_three_rows_the_closing_balance_of_each_warehouse_is_the_stock() {
    let plan = plan_of_text(
        "vedomost.csv",
        "Ведомость по товарам на складах;;;;;;;;;\n\
         Артикул;Номенклатура;Ед.;Склад Бек;;;Склад Тоң;;;Итого\n\
         ;;;Количество;;;Количество;;;Количество\n\
         ;;;Начальный остаток;Расход;Конечный остаток;Начальный остаток;Расход;Конечный остаток;Конечный остаток\n\
         K-1;Қалам;шт;10;3;7;2;2;;7\n\
         K-2;Дәптер;шт;;;;5;1;4;4\n",
    );
    assert_eq!(
        stock(&plan),
        owned([("Қалам", "Склад Бек", "7"), ("Дәптер", "Склад Тоң", "4")])
    );
}

#[test]
fn the_printed_form_of_a_count_gives_what_was_found_and_not_what_the_books_say() {
    let plan = plan_of_text(
        "opis.csv",
        "ИНВЕНТАРИЗАЦИОННАЯ ОПИСЬ;;;;;;;;\n\
         № п/п;Товарно-материальные ценности;;Единица измерения;;Цена, руб. коп.;Фактическое наличие;;По данным учета\n\
         ;наименование, характеристика (вид, сорт);код (номенклатурный номер);код по ОКЕИ;наименование;;количество;сумма, руб. коп.;количество\n\
         1;2;3;4;5;6;7;8;9\n\
         1;Фонарь ручной;F-9;796;шт;120;14;1680;15\n\
         2;Шнур сигнальный;W-3;006;м;8,5;0;0;40\n\
         Председатель комиссии;;;;_______;;;;\n",
    );
    assert_eq!(names(&plan), ["Фонарь ручной", "Шнур сигнальный"]);
    assert_eq!(stock(&plan), owned([("Фонарь ручной", "", "14")]));
    assert_eq!(plan.units, ["dona", "m"]);
    assert!(
        skipped(&plan)
            .iter()
            .any(|(row, reason)| *row == 7 && reason.contains("signature")),
        "{:?}",
        plan.skipped
    );
}

#[test]
fn of_several_balances_the_one_that_lies_there_now_is_taken() {
    for (heads, quantity) in [
        ("Свободный остаток;В наличии", "2"),
        ("Начальный остаток;Текущий остаток", "2"),
        ("Bosh qoldiq soni;Yakuniy qoldiq soni", "2"),
        ("In stock?;Stock", "2"),
        ("Кол-во;Остаток", "2"),
        ("Остаток 01.09.2026;Остаток 01.10.2026", "2"),
        ("Остаток;Доступно", "1"),
    ] {
        let plan = plan_of_text(
            "list.csv",
            format!("Артикул;Наименование;{heads}\nA;Қалам;1;2\n"),
        );
        assert_eq!(stock(&plan), owned([("Қалам", "", quantity)]), "{heads}");
    }
}

#[test]
fn warehouses_that_no_rule_knows_are_told_apart_by_their_heads() {
    let beside = plan_of_text(
        "a.csv",
        "Товар;Остаток Юнус;Остаток Чорсу;Цена\nҚалам;1;2;5\n",
    );
    let expected = owned([("Қалам", "Юнус", "1"), ("Қалам", "Чорсу", "2")]);
    assert_eq!(stock(&beside), expected);
    let above = plan_of_text(
        "b.csv",
        "Товар;Юнус;;Чорсу;\n;Остаток;Сумма;Остаток;Сумма\nҚалам;1;5;2;10\n",
    );
    assert_eq!(stock(&above), expected);
    let in_brackets = plan_of_text(
        "c.csv",
        "Name,In stock [Юнус],In stock [Чорсу]\nҚалам,1,2\n",
    );
    assert_eq!(stock(&in_brackets), expected);
}

#[test]
fn quantities_of_months_are_no_stock() {
    let plan = plan_of_text(
        "sales.csv",
        "Номенклатура;Код;янв. 2026;фев. 2026;Итого\n;;Количество;Количество;Количество\nҚалам;1;8;2;10\n",
    );
    assert_eq!((names(&plan), plan.balances.len()), (vec!["Қалам"], 0));
}

#[test]
fn variants_of_a_web_shop_have_the_name_of_the_first_of_them() {
    let plan = plan_of_text(
        "shop.csv",
        "Handle,Title,Product Category,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,SEO Title\n\
         pen,Pen,Office > Paper,Title,Default Title,P-1,3,4.50,,https://a,Best pens of the town\n\
         pen,,,,,,,,,https://b,\n\
         coat,Coat,Wear,Size,S,C-S,1,90,4006381333931,,\n\
         coat,,,,M,C-M,2,95,,,\n",
    );
    assert_eq!(names(&plan), ["Pen", "Coat (S)", "Coat (M)"]);
    let prices: Vec<_> = plan
        .products
        .iter()
        .filter_map(|product| product.price)
        .collect();
    assert_eq!(
        prices.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["4.5", "90", "95"]
    );
    assert_eq!(plan.balances.len(), 3);
    assert_eq!(groups_of(&plan, 0), ["Office", "Paper"]);
    assert_eq!(groups_of(&plan, 2), ["Wear"]);
    assert_eq!(skipped(&plan), [(3, "no product name".to_owned())]);
}

#[test]
fn the_price_for_everybody_is_taken_and_a_list_of_discounts_has_the_first_price() {
    for (heads, price) in [
        ("Sale price,Regular price", "20"),
        ("Цена поставки,Цена", "20"),
        ("Цена,Цена розничная", "20"),
        ("Цена опт,Цена спец", "10"),
    ] {
        let plan = plan_of_text("list.csv", format!("SKU,Name,{heads}\nA,Pen,10,20\n"));
        let taken = plan.products.first().and_then(|product| product.price);
        assert_eq!(
            taken.map(|price| price.to_string()).as_deref(),
            Some(price),
            "{heads}"
        );
    }
}

#[test]
fn a_stroke_in_the_name_of_a_group_separates_nothing() {
    let plan = plan_of_text("list.csv", "Группа;Товар\nЧай/кофе;Чай\nЧай/травы;Мята\n");
    assert_eq!(groups_of(&plan, 0), ["Чай/кофе"]);
}

#[test]
fn the_column_that_is_called_a_name_is_the_name_however_short_it_is() {
    let plan = plan_of_text(
        "items.csv",
        "Item Name,Item Type,Dimension Unit,Unit,SKU\nPen,Inventory of goods,cm,pcs,A\n",
    );
    assert_eq!(
        (names(&plan), plan.units.clone()),
        (vec!["Pen"], vec!["dona".to_owned()])
    );
}

#[test]
fn an_article_keeps_its_zeros_and_loses_the_apostrophe_before_them() {
    let plan = plan_of_text("list.csv", "Товар;Артикул\nҚалам;'00017\n");
    let sku = plan
        .products
        .first()
        .and_then(|product| product.sku.as_ref());
    assert_eq!(sku.map(ToString::to_string).as_deref(), Some("00017"));
}

#[test]
fn a_text_below_the_list_is_no_group() {
    let plan = plan_of_text(
        "price.csv",
        "№;Наименование;Ед.;Цена\n;Ручки;;\n1;Қалам;шт;5\n2;Маркер;шт;6\n3;Перо;шт;7\n;Цены указаны с НДС;;\n",
    );
    let groups: Vec<_> = plan
        .categories
        .iter()
        .map(|group| group.name.as_str())
        .collect();
    assert_eq!(groups, ["Ручки"]);
    let [(row, reason)] = &skipped(&plan)[..] else {
        panic!("{:?}", plan.skipped)
    };
    assert!(
        *row == 6 && reason.contains("Цены указаны с НДС"),
        "{reason}"
    );
}

#[test]
fn a_unit_that_is_joined_to_the_name_is_the_unit() {
    let plan = plan_of_text(
        "list.csv",
        "Номенклатура, Базовая единица измерения;Конечный остаток\nКраска, белая, кг;2,5\n",
    );
    assert_eq!(
        (names(&plan), plan.units.clone()),
        (vec!["Краска, белая"], vec!["kg".to_owned()])
    );
}

#[test]
fn lists_of_people_and_documents_about_one_deal_are_no_catalogue() {
    for (content, what) in [
        (
            "ID,Name,Phone,Email,Balance\n1,Ali,99890,a@b.c,100\n",
            NotCatalogue::OtherText,
        ),
        (
            "Employee ID,Name,Position,Salary\n1,Ali,Clerk,100\n",
            NotCatalogue::OtherText,
        ),
        (
            "Заказ покупателя № 55 от 01.11.2026;;;\n№;Товар;Кол-во;Цена\n1;Қалам;2;100\n",
            NotCatalogue::OrderList,
        ),
        (
            "Товарный отчет;;\nФорма ТОРГ-29;;\nНаименование;Дата;Сумма\nОстаток;01.10.2026;100000\n",
            NotCatalogue::OrderList,
        ),
    ] {
        let folder = Folder::new();
        let outcome = plan_of(&[folder.with("file.csv", content)]);
        assert!(
            matches!(&outcome, Err(Error::NotCatalogue { what: said, .. }) if *said == what),
            "{content}: {outcome:?}"
        );
    }
}
