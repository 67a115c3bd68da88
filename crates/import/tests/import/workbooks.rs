//! Workbooks: sheets, stacked heads, outlines, numbers as codes.

use std::io::{Cursor, Write};

use ombor_import::{Error, NotCatalogue, Plan};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::files::{Folder, names, plan_of, plan_of_text, skipped, stock};

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

/// Writes a row of numbers and texts.
pub fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, text) in cells.iter().enumerate() {
        let column = u16::try_from(column).expect("a column");
        if let Ok(number) = text.parse::<f64>() {
            sheet.write_number(at, column, number).expect("a number");
        } else if !text.is_empty() {
            sheet.write_string(at, column, *text).expect("a text");
        }
    }
}

fn assert_too_large(refused: &Result<Plan, Error>) {
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
    assert_too_large(&refused);
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

/// A ZIP archive of these parts.
fn parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a part");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("a workbook").into_inner()
}

/// An OpenDocument workbook of one sheet with these rows.
fn open_document(rows: &str) -> Vec<u8> {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        r#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"#
    );
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="L">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    parts(&[
        ("mimetype", kind.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

const OPEN_LIST: &str = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>Товар</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Остаток</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row><table:table-row><table:table-cell office:value-type="string"><text:p>Чай</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>"#;

#[test]
fn empty_rows_to_the_end_of_an_open_document_sheet_cost_nothing() {
    let rest = r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let plan = plan_of_text("list.ods", open_document(&format!("{OPEN_LIST}{rest}")));
    assert_eq!(names(&plan), ["Чай"]);
    assert_eq!(stock(&plan).len(), 1);
}

#[test]
fn an_open_document_sheet_that_would_fill_the_memory_is_not_unfolded() {
    let cell = r#"<table:table-cell table:number-columns-repeated="1000" office:value-type="float" office:value="1"/>"#;
    let repeated = format!(
        r#"<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>"#
    );
    let far = r#"<table:table-row table:number-rows-repeated="900000"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16000"/><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    for rows in [repeated.as_str(), far] {
        let folder = Folder::new();
        let bytes = open_document(&format!("{OPEN_LIST}{rows}"));
        let refused = plan_of(&[folder.with("list.ods", bytes)]);
        assert_too_large(&refused);
    }
}

/// A record of a binary workbook: its kind, its length and its content.
fn record(kind: u16, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let length = u8::try_from(content.len()).expect("a short record");
    let low = (kind & 0x7f) as u8;
    let mut bytes = if kind < 0x80 {
        vec![low]
    } else {
        vec![low | 0x80, (kind >> 7) as u8]
    };
    bytes.push(length);
    bytes.extend(content);
    bytes
}

/// A text of a binary workbook.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).expect("a length");
    let letters = units.into_iter().flat_map(u16::to_le_bytes);
    length.to_le_bytes().into_iter().chain(letters).collect()
}

#[test]
fn a_binary_workbook_is_read_and_its_last_corner_costs_nothing() {
    let number = |column: u32, value: f64| {
        record(
            0x05,
            &[&column.to_le_bytes(), &[0; 4], &value.to_le_bytes()],
        )
    };
    let text =
        |column: u32, value: &str| record(0x06, &[&column.to_le_bytes(), &[0; 4], &wide(value)]);
    let row = |at: u32| record(0x00, &[&at.to_le_bytes()]);
    let sheet = [
        record(0x94, &[&[0; 16]]),
        record(0x91, &[]),
        row(0),
        text(0, "Товар"),
        text(1, "Остаток"),
        row(1),
        text(0, "Чай"),
        number(1, 2.0),
        row(1_048_575),
        number(16_383, 1.0),
        record(0x92, &[]),
    ];
    let book = [
        record(
            0x9c,
            &[
                &0_u32.to_le_bytes(),
                &1_u32.to_le_bytes(),
                &wide("r1"),
                &wide("L"),
            ],
        ),
        record(0x90, &[]),
        record(0x84, &[]),
    ];
    let relations =
        r#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let bytes = parts(&[
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
    ]);
    let plan = plan_of_text("list.xlsb", bytes);
    assert_eq!(plan.formats, ["xlsb"]);
    assert_eq!(names(&plan), ["Чай"]);
    assert_eq!(stock(&plan).len(), 1);
}
