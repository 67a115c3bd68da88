//! Workbooks: sheets, stacked heads, outlines, numbers as codes.

use ombor_import::{Error, NotCatalogue};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use crate::files::{Folder, names, plan_of, plan_of_text, skipped, stock};

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        let column = u16::try_from(column).expect("a column");
        if let Ok(number) = text.parse::<f64>() {
            sheet.write_number(at, column, number).expect("a number");
        } else if !text.is_empty() {
            sheet.write_string(at, column, *text).expect("a text");
        }
    }
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_not_unpacked() {
    let mut bytes = workbook(|sheet| row(sheet, 0, &["Товар", "Остаток"]));
    let entry = b"PK\x01\x02";
    let claims: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(entry)))
        .collect();
    for at in claims {
        let size = bytes.get_mut(at + 24..at + 28).expect("a size");
        size.copy_from_slice(&2_000_000_000_u32.to_le_bytes());
    }
    let folder = Folder::new();
    let refused = plan_of(&[folder.with("list.xlsx", bytes)]);
    assert!(
        matches!(
            refused,
            Err(Error::NotCatalogue {
                what: NotCatalogue::TooLarge,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[test]
fn a_price_list_with_titles_groups_and_several_codes_a_cell_is_read() {
    let bytes = workbook(|sheet| {
        let centre = Format::new().set_align(FormatAlign::Center);
        sheet
            .merge_range(0, 0, 0, 4, "Прайс", &centre)
            .expect("a merged title");
        row(
            sheet,
            3,
            &["#", "Наименование", "Штрихкод", "Ед. изм.", "Цена"],
        );
        row(sheet, 4, &["Напитки"]);
        row(
            sheet,
            5,
            &["1", " Сок", "4870209747275, 4870007566412", "шт", "350"],
        );
        row(sheet, 6, &["2", "Вода", "28000029685", "шт", "120.5"]);
    });
    let plan = plan_of_text("price.xlsx", bytes);
    assert_eq!(names(&plan), ["Сок", "Вода"]);
    assert_eq!(plan.categories.len(), 1);
    let codes: Vec<String> = plan
        .products
        .iter()
        .flat_map(|product| &product.codes)
        .map(|code| &code.code)
        .map(ToString::to_string)
        .collect();
    assert_eq!(codes, ["4870209747275", "4870007566412", "028000029685"]);
    assert_eq!(plan.formats, ["xlsx"]);
}

#[test]
fn a_report_of_1c_shows_places_and_groups_in_its_outline_alone() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Подразделение", "", "Итого"]);
        row(sheet, 1, &["Склад", "", "Нач. ост.", "Кон. ост.", ""]);
        row(
            sheet,
            2,
            &[
                "Номенклатура, № по кат., Производитель",
                "",
                "Количество",
                "Количество",
                "Сумма",
            ],
        );
        row(sheet, 3, &["Отдел", "", "9", "10", "100"]);
        row(sheet, 4, &["Склад Юг", "", "9", "8", "80"]);
        row(sheet, 5, &["Масла, , ", "", "9", "8", "80"]);
        row(
            sheet,
            6,
            &["Антифриз, синий, CH033, CHEMI", "", "9", "8", "80"],
        );
        row(sheet, 7, &["Пустой, , "]);
        row(sheet, 8, &["Склад Север", "", "0", "2", "20"]);
        row(sheet, 9, &["Масла, , ", "", "0", "2", "20"]);
        row(
            sheet,
            10,
            &["Антифриз, синий, CH033, CHEMI", "", "0", "2", "20"],
        );
        row(sheet, 11, &["Итого", "", "9", "10", "100"]);
        sheet.group_symbols_above(true);
        sheet.group_rows(4, 10).expect("a level");
        sheet.group_rows(5, 7).expect("a level");
        sheet.group_rows(6, 7).expect("a level");
        sheet.group_rows(9, 10).expect("a level");
        sheet.group_rows(10, 10).expect("a level");
    });
    let plan = plan_of_text("report.xlsx", bytes);
    assert_eq!(names(&plan), ["Антифриз, синий", "Пустой"]);
    assert_eq!(plan.categories.len(), 1);
    let expected = [
        ("Антифриз, синий", "Отдел / Склад Юг", "8"),
        ("Антифриз, синий", "Отдел / Склад Север", "2"),
    ];
    assert_eq!(
        stock(&plan),
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
    let product = plan.products.first().expect("a product");
    assert_eq!(
        product.sku.as_ref().map(ToString::to_string).as_deref(),
        Some("CH033")
    );
    assert_eq!(product.brand.as_deref(), Some("CHEMI"));
    assert_eq!(
        skipped(&plan),
        [(12, "a total, not a product: \"Итого\"".to_owned())]
    );
}

#[test]
fn stock_by_warehouse_stands_below_the_names_of_the_warehouses() {
    let bytes = workbook(|sheet| {
        row(
            sheet,
            0,
            &[
                "Номенклатура",
                "Артикул",
                "Склад Центральный",
                "",
                "Склад Южный",
                "",
                "Итого",
            ],
        );
        row(
            sheet,
            1,
            &["", "", "Остаток", "Сумма", "Остаток", "Сумма", "Остаток"],
        );
        row(sheet, 2, &["Чай", "A-1", "1", "10", "2", "20", "3"]);
    });
    let plan = plan_of_text("book.xlsx", bytes);
    let expected = [
        ("Чай", "Склад Центральный", "1"),
        ("Чай", "Склад Южный", "2"),
    ];
    assert_eq!(
        stock(&plan),
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
}

#[test]
fn every_sheet_is_read_or_named() {
    let mut book = Workbook::new();
    row(
        book.add_worksheet().set_name("Товары").expect("a name"),
        0,
        &["Товар", "Остаток"],
    );
    row(
        book.worksheet_from_index(0).expect("a sheet"),
        1,
        &["Чай", "2"],
    );
    row(
        book.add_worksheet().set_name("Заметки").expect("a name"),
        0,
        &["позвонить поставщику", "завтра"],
    );
    book.add_worksheet().set_name("Пусто").expect("a name");
    let plan = plan_of_text("book.xlsx", book.save_to_buffer().expect("a workbook"));
    assert_eq!(names(&plan), ["Чай"]);
    let left: Vec<_> = plan
        .skipped
        .iter()
        .map(|skipped| skipped.origin.part.to_string())
        .collect();
    assert_eq!(left, ["Заметки"]);
    assert!(
        plan.notes
            .iter()
            .any(|noted| &*noted.origin.part == "Пусто")
    );
}

#[test]
fn one_cell_in_the_last_corner_costs_nothing() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Товар", "Остаток"]);
        row(sheet, 1, &["Чай", "2"]);
        sheet.write_string(1_048_575, 16_383, "x").expect("a cell");
    });
    assert_eq!(names(&plan_of_text("book.xlsx", bytes)), ["Чай"]);
}

#[test]
fn a_workbook_cut_short_is_refused_as_damaged_wherever_it_was_cut() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["Товар", "Остаток"]);
        (1..200).for_each(|at| row(sheet, at, &["Чай зелёный", "2"]));
    });
    for part in 1..10 {
        let cut = bytes
            .get(..bytes.len() * part / 10)
            .expect("a part")
            .to_vec();
        let folder = Folder::new();
        let outcome = plan_of(&[folder.with("book.xlsx", cut)]);
        assert!(
            matches!(
                outcome,
                Err(Error::NotCatalogue {
                    what: NotCatalogue::TruncatedWorkbook | NotCatalogue::Archive,
                    ..
                })
            ),
            "{part}: {outcome:?}"
        );
    }
}
