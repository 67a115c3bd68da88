//! Lists as text: separators, encodings, heads, groups, numbers.

use encoding_rs::WINDOWS_1251;
use ombor_import::{Correction, Error, lexicon::Field, skipped::Note};
use proptest::prelude::*;

use crate::files::{Folder, corrected, names, plan_of, plan_of_text, skipped, stock};

#[test]
fn a_list_of_old_windows_with_decimal_commas_is_read() {
    let list = "Наименование;Штрихкод;Ед.изм.;Цена;Остаток\n\
                Молоко 3,2%;4870209747275;шт;1 250,50;12\n\
                Сахар;;кг;14\u{a0}000,00;0,300\n";
    let (bytes, _, _) = WINDOWS_1251.encode(list);
    let plan = plan_of_text("остатки.csv", bytes);
    assert_eq!(names(&plan), ["Молоко 3,2%", "Сахар"]);
    assert_eq!(
        stock(&plan)
            .into_iter()
            .map(|row| row.2)
            .collect::<Vec<_>>(),
        ["12", "0.3"]
    );
    let prices: Vec<_> = plan
        .products
        .iter()
        .filter_map(|product| product.price)
        .map(|price| price.to_string())
        .collect();
    assert_eq!(prices, ["1250.5", "14000"]);
    assert_eq!(plan.units, ["dona", "kg"]);
    assert!(plan.skipped.is_empty(), "{:?}", plan.skipped);
}

#[test]
fn heads_in_uzbek_and_kazakh_are_understood() {
    let uzbek = plan_of_text(
        "a.csv",
        "T/r,Mahsulot nomi,Shtrix kod,O‘lchov birligi,Sotish narxi,Qoldiq\n1,Choy,4870209747275,dona,5000,3\n",
    );
    assert_eq!(
        (names(&uzbek), stock(&uzbek).len(), uzbek.units.len()),
        (vec!["Choy"], 1, 1)
    );
    let kazakh = plan_of_text(
        "b.csv",
        "Атауы\tШтрихкод\tӨлшем бірлігі\tБағасы\tҚалдық\nШай\t4870209747275\tдана\t900\t4\n",
    );
    assert_eq!(
        (names(&kazakh), stock(&kazakh).len(), kazakh.units.clone()),
        (vec!["Шай"], 1, vec!["dona".to_owned()])
    );
}

#[test]
fn quotes_inside_names_of_an_unquoted_text_swallow_no_line() {
    let plan = plan_of_text(
        "list.tsv",
        "ID\tName\tUPCEAN\n1\t\"Добрая\" крупа\t4870007566412\n2\tСок \"Шырын\n3\t\"Омега\tABC-1\n4\tЧай\t4870209747275\n",
    );
    assert_eq!(plan.products.len(), 4);
}

#[test]
fn quotes_that_hold_values_together_are_honoured() {
    let plan = plan_of_text(
        "list.csv",
        "name,price,quantity\n\"Tea, green\",\"1,234.50\",5\n\"12\"\" pipe\",10,1\n",
    );
    assert_eq!(names(&plan), ["Tea, green", "12\" pipe"]);
    let price = plan
        .products
        .first()
        .and_then(|product| product.price)
        .map(|price| price.to_string());
    assert_eq!(price.as_deref(), Some("1234.5"));
}

#[test]
fn a_decimal_comma_in_every_line_is_no_separator() {
    let plan = plan_of_text(
        "list.csv",
        "Товар;Цена;Кол-во\nA;1,5;2,5\nB;2,5;3,5\nC;3,5;4,5\n",
    );
    assert_eq!(names(&plan), ["A", "B", "C"]);
}

#[test]
fn what_cannot_be_taken_is_named_with_its_row_and_the_product_comes_without_it() {
    let plan = plan_of_text(
        "list.csv",
        "Наименование;Штрихкод;Цена;Остаток\nA;4,87021E+12;10;по запросу\nB;4870209747275;дорого;-3\nC;4870209747275;5;10+\n;;7;1\nИтого;;22;8\n",
    );
    assert_eq!(names(&plan), ["A", "B", "C"]);
    assert!(plan.balances.is_empty());
    let rows: Vec<u64> = skipped(&plan).into_iter().map(|(row, _)| row).collect();
    assert_eq!(rows, [2, 2, 3, 3, 4, 4, 5, 6]);
    let said = skipped(&plan);
    for (row, words) in [
        (2, "damaged"),
        (3, "no price"),
        (3, "below zero"),
        (4, "belongs to list.csv:3"),
        (5, "no product name"),
        (6, "total"),
    ] {
        assert!(
            said.iter()
                .any(|(at, reason)| *at == row && reason.contains(words)),
            "{row} {words}: {said:?}"
        );
    }
}

#[test]
fn rows_of_one_cell_are_the_groups_of_the_rows_below() {
    let plan = plan_of_text(
        "list.csv",
        "#;Наименование;Штрихкод;Цена\nНапитки;;;\n1;Сок;4870209747275;100\n2;Вода;4870007566412;50\nСигареты;;;\n3;Дым;48744935;900\n",
    );
    let groups: Vec<_> = plan
        .categories
        .iter()
        .map(|category| category.name.as_str())
        .collect();
    assert_eq!(groups, ["Напитки", "Сигареты"]);
    let of: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.category)
        .collect();
    assert_eq!(of, [Some(0), Some(0), Some(1)]);
}

#[test]
fn one_product_in_several_shops_is_one_product_with_several_balances() {
    let plan = plan_of_text(
        "list.csv",
        "Склад;Товар;Штрихкод;Остаток\nЮг;Чай;4870209747275;2\nСевер;Чай;4870209747275;3\nЮг;Чай;4870209747275;1\n",
    );
    assert_eq!(names(&plan), ["Чай"]);
    let expected = [("Чай", "Юг", "3"), ("Чай", "Север", "3")];
    assert_eq!(
        stock(&plan),
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
}

#[test]
fn a_description_is_the_name_where_there_is_no_other() {
    let plan = plan_of_text(
        "list.csv",
        "StockCode,Description,Quantity,UnitPrice\n85123A,WHITE T-LIGHT HOLDER,6,2.55\n",
    );
    assert_eq!(names(&plan), ["WHITE T-LIGHT HOLDER"]);
    assert_eq!(
        (
            stock(&plan).len(),
            plan.products
                .first()
                .and_then(|product| product.sku.as_ref())
                .is_some()
        ),
        (1, true)
    );
}

#[test]
fn sizes_and_colours_in_columns_of_their_own_make_products_of_their_own() {
    let plan = plan_of_text(
        "list.csv",
        "Товар;Артикул;Размер;Цвет;Остаток\nБотинки;B-1;38;чёрный;2\nБотинки;B-1;39;чёрный;3\nКрем;K-1;;;1\n",
    );
    assert_eq!(
        names(&plan),
        ["Ботинки (38, чёрный)", "Ботинки (39, чёрный)", "Крем"]
    );
    assert_eq!(stock(&plan).len(), 3);
}

#[test]
fn columns_named_after_warehouses_are_the_stock_of_those_warehouses() {
    let plan = plan_of_text(
        "list.csv",
        "Товар;Артикул;Склад Юг;Склад Север\nЧай;A-1;2;3\nСоль;A-2;0;4\n",
    );
    assert_eq!(plan.places.len(), 2);
    assert_eq!(stock(&plan).len(), 3);
}

#[test]
fn a_list_of_goods_and_a_list_of_stock_are_joined_by_the_barcode() {
    let folder = Folder::new();
    let stock_list = folder.with("ostatki.csv", "BARCODE;APTEKA;OST;CENA\n4870209747275;1;0,300;10,50\n4870209747275;2;1 000,000;10,50\n999;1;5;1\n");
    let goods = folder.with("tovar.csv", "BARCODE;NAME\n4870209747275;Аспирин\n");
    let plan = plan_of(&[stock_list, goods]).expect("a plan");
    assert_eq!(names(&plan), ["Аспирин"]);
    assert_eq!(
        stock(&plan)
            .into_iter()
            .map(|row| row.2)
            .collect::<Vec<_>>(),
        ["0.3", "1000"]
    );
    assert_eq!(
        skipped(&plan),
        [(4, "product \"999\" is not in what was read".to_owned())]
    );
}

#[test]
fn a_stock_list_alone_says_that_the_names_are_missing() {
    let plan = plan_of_text("ostatki.csv", "BARCODE;OST\n4870209747275;5\n");
    assert!(plan.products.is_empty());
    assert_eq!(plan.skipped.len(), 1);
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note.to_string().contains("no names"))
    );
}

#[test]
fn a_hand_corrects_what_a_column_holds() {
    let folder = Folder::new();
    let list = folder.with(
        "list.csv",
        "Наименование;Поле 1;Поле 2\nЧай;7;4870209747275\n",
    );
    let correct = |column: &str, field| Correction {
        part: None,
        column: column.to_owned(),
        field,
    };
    let plan = corrected(
        std::slice::from_ref(&list),
        &[
            correct("Поле 1", Field::Quantity),
            correct("Поле 2", Field::Barcode),
        ],
    )
    .expect("a plan");
    assert_eq!(
        (
            stock(&plan).len(),
            plan.products.first().map(|product| product.codes.len())
        ),
        (1, Some(1))
    );
    let wrong = corrected(&[list], &[correct("Поле 9", Field::Quantity)]);
    assert!(matches!(wrong, Err(Error::UnknownColumn { column }) if column == "Поле 9"));
}

#[test]
fn a_list_without_heads_gives_names_and_barcodes() {
    let plan = plan_of_text(
        "list.csv",
        "4870209747275;Гарлики;1\n4870007566412;Крупа овсяная;2\n4870007566399;Хлопья;3\n",
    );
    assert_eq!(names(&plan), ["Гарлики", "Крупа овсяная", "Хлопья"]);
    assert_eq!(
        plan.products
            .iter()
            .map(|product| product.codes.len())
            .sum::<usize>(),
        3
    );
    assert!(
        plan.balances.is_empty(),
        "what a number means is not guessed"
    );
}

#[test]
fn every_column_that_is_left_is_named() {
    let plan = plan_of_text("list.csv", "Товар;Цена;Приход;Сумма;Zed\nЧай;1;2;3;4\n");
    let said: Vec<String> = plan
        .notes
        .iter()
        .map(|noted| noted.note.to_string())
        .collect();
    for head in ["Приход", "Сумма", "Zed"] {
        assert!(
            said.iter().any(|text| text.contains(head)),
            "{head}: {said:?}"
        );
    }
}

#[test]
fn a_reading_stops_when_it_is_told_to() {
    let folder = Folder::new();
    let rows = (0..5_000)
        .map(|n| format!("Товар {n};{n}"))
        .collect::<Vec<_>>()
        .join("\n");
    let list = folder.with("list.csv", format!("Наименование;Остаток\n{rows}"));
    let mut heard = 0;
    let outcome = ombor_import::read(&[list], &[], &mut |_| {
        heard += 1;
        if heard == 2 {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    });
    assert!(matches!(outcome, Err(Error::Cancelled)));
    assert_eq!(heard, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_of_a_list_is_a_product_or_is_named(
        rows in proptest::collection::vec(("[A-Za-zА-я]{0,6}", "[0-9]{0,13}", "[-0-9,.+a-z]{0,6}"), 1..40),
    ) {
        let body = rows.iter().map(|(name, code, stock)| format!("{name};{code};{stock}")).collect::<Vec<_>>().join("\n");
        let plan = plan_of_text("list.csv", format!("Наименование;Штрихкод;Остаток\nПервый;1;1\n{body}"));
        let blank = rows.iter().filter(|(name, code, stock)| name.is_empty() && code.is_empty() && stock.is_empty()).count();
        prop_assert_eq!(plan.read as usize, rows.len() + 1 - blank);
        let named = skipped(&plan).iter().filter(|(_, reason)| ["no product", "a total", "a remark"].iter().any(|start| reason.starts_with(start))).count();
        let noted: u64 = plan.notes.iter().map(|noted| match noted.note {
            Note::Merged { count } | Note::Headings { count } => count,
            _ => 0,
        }).sum();
        prop_assert_eq!(plan.products.len() + named + noted as usize, plan.read as usize);
    }
}
