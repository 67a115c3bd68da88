//! Heads as lists have them.

use super::*;
use crate::table::Cell;

fn rows(lines: &[&str]) -> Vec<Row> {
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| Row {
            number: at as u64 + 1,
            level: 0,
            cells: line.split('|').map(Cell::of_text).collect(),
        })
        .collect()
}

fn texts(heads: &Heads) -> Vec<String> {
    heads.columns.iter().map(Head::text).collect()
}

#[test]
fn heads_are_found_below_titles_and_parameters() {
    let rows = rows(&[
        "|Остатки товара на|2024-02-19",
        "Код Склада|РП",
        "",
        "Код|Артикул|Наименование|Наличие|Цена",
        "1|A|Чайник|2|300",
    ]);
    let heads = find_heads(&rows, &[]).expect("heads");
    assert_eq!((heads.at, heads.stacked), (3, 0));
}

#[test]
fn heads_of_three_rows_say_together_what_a_column_holds() {
    let rows = rows(&[
        "Подразделение||Итого|||",
        "Склад||Нач. ост.||Кон. ост.|",
        "Номенклатура||Количество|Сумма|Количество|Сумма",
        "Антифриз||1|2|3|4",
    ]);
    let heads = find_heads(&rows, &[]).expect("heads");
    let fields: Vec<_> = heads.columns.iter().map(Head::field).collect();
    assert_eq!(
        fields,
        [
            Some(Field::Name),
            None,
            Some(Field::Turnover),
            Some(Field::Turnover),
            Some(Field::Quantity),
            Some(Field::Amount)
        ]
    );
    assert_eq!(heads.columns.first().map(|head| head.above.len()), Some(2));
}

#[test]
fn heads_below_the_warehouses_divide_them() {
    let rows = rows(&[
        "Товар|Артикул|Склад Юг||Итого|",
        "||Остаток|Сумма|Остаток|Сумма",
        "Чай|A|1|2|3|4",
    ]);
    let heads = find_heads(&rows, &[]).expect("heads");
    assert_eq!((heads.at, heads.stacked), (1, 1));
    assert_eq!(
        texts(&heads),
        [
            "Товар",
            "Артикул",
            "Склад Юг / Остаток",
            "Склад Юг / Сумма",
            "Итого / Остаток",
            "Итого / Сумма"
        ]
    );
}

#[test]
fn warehouses_below_the_head_of_quantities_divide_it() {
    let rows = rows(&[
        "Товар|Ед. изм.|Остаток|||Цена",
        "||Юнусабад|Чиланзар|Всего|",
        "Плитка|м2|10|2|12|90000",
    ]);
    let heads = find_heads(&rows, &[]).expect("heads");
    assert_eq!((heads.at, heads.stacked), (1, 1));
    assert_eq!(
        texts(&heads),
        [
            "Товар",
            "Ед. изм.",
            "Остаток / Юнусабад",
            "Остаток / Чиланзар",
            "Остаток / Всего",
            "Цена"
        ]
    );
}

#[test]
fn a_text_about_products_has_no_heads() {
    assert_eq!(
        find_heads(
            &rows(&["Товар пришёл вчера.", "Мы его посчитали, и всё сошлось."]),
            &[]
        ),
        None
    );
}

#[test]
fn columns_are_lettered_as_in_a_spreadsheet() {
    assert_eq!(
        [
            column_letter(0),
            column_letter(25),
            column_letter(26),
            column_letter(701)
        ],
        ["A", "Z", "AA", "ZZ"]
    );
}
