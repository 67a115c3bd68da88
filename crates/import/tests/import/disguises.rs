//! Pages and XML under the name of a workbook, and sheets that are not shown.

use anyhow::Result;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::files::{Folder, names, plan_of, plan_of_text, skipped, stock};

fn owned<const N: usize>(rows: [(&str, &str, &str); N]) -> Vec<(String, String, String)> {
    let row = |(product, place, quantity): (&str, &str, &str)| {
        (product.to_owned(), place.to_owned(), quantity.to_owned())
    };
    rows.map(row).to_vec()
}

#[test]
fn the_table_of_a_web_page_is_a_list_in_the_encoding_that_the_page_names() {
    let page = "<html><head><meta charset=\"windows-1251\"></head><body><h1>Прайс</h1><table>\
        <tr><th rowspan=2>Артикул</th><th rowspan=2>Название</th><th colspan=2>Остаток</th></tr>\
        <tr><th>Бекат</th><th>Юнус</th></tr>\
        <tr><td>00012</td><td>Ручка &quot;Ая&quot;</td><td>5</td><td>&nbsp;</td></tr>\
        <tr><td>00013<td>Перо<br>стальное<td>1&nbsp;200,5<td>3</table></body></html>";
    let bytes: Vec<u8> = page
        .chars()
        .map(|c| match c {
            'А'..='я' => (c as u32 - 'А' as u32) as u8 + 0xc0,
            _ => c as u8,
        })
        .collect();
    let plan = plan_of_text("price.xls", bytes);
    assert_eq!(plan.formats, ["html"]);
    assert_eq!(names(&plan), ["Ручка \"Ая\"", "Перо стальное"]);
    let expected = owned([
        ("Ручка \"Ая\"", "Бекат", "5"),
        ("Перо стальное", "Бекат", "1200.5"),
        ("Перо стальное", "Юнус", "3"),
    ]);
    assert_eq!(stock(&plan), expected);
}

#[test]
fn a_workbook_of_excel_2003_in_xml_is_read() {
    let book = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"TDSheet\"><Table><Row ss:Index=\"3\"><Cell><Data ss:Type=\"String\">Код</Data></Cell>\
        <Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">Номенклатура</Data></Cell><Cell><Data ss:Type=\"String\">Остаток</Data></Cell></Row>\
        <Row><Cell><Data ss:Type=\"String\">0001</Data></Cell><Cell><Data ss:Type=\"String\">Гвоздь &amp; шайба</Data></Cell>\
        <Cell ss:Index=\"4\"><Data ss:Type=\"Number\">12.5</Data></Cell></Row></Table></Worksheet></Workbook>";
    let plan = plan_of_text("report.xls", book);
    assert_eq!(stock(&plan), owned([("Гвоздь & шайба", "", "12.5")]));
    let row = plan.products.first().map(|product| product.origin.row);
    assert_eq!(row, Some(4));
    let folder = Folder::new();
    let cut = folder.with("cut.xls", &book[..book.len() - 60]);
    assert!(plan_of(&[cut]).is_err_and(|error| error.is_not_catalogue()));
}

#[test]
fn a_hidden_sheet_beside_a_list_is_named_and_not_read() -> Result<()> {
    let mut book = Workbook::new();
    for (name, product) in [("Лист1", "Ручка"), ("old", "Перо")] {
        let sheet = book.add_worksheet().set_name(name)?;
        sheet.set_hidden(name == "old");
        sheet.write_row(0, 0, ["Товар", "Остаток"])?;
        sheet.write(1, 0, product)?.write(1, 1, 4)?;
    }
    let plan = plan_of_text("book.xlsx", book.save_to_buffer()?);
    assert_eq!(names(&plan), ["Ручка"]);
    let [(_, reason)] = &skipped(&plan)[..] else {
        panic!("{:?}", plan.skipped)
    };
    assert!(reason.contains("hidden sheet"), "{reason}");
    Ok(())
}

#[test]
fn sheets_that_are_called_after_warehouses_are_where_the_goods_lie() -> Result<()> {
    let mut book = Workbook::new();
    for (name, quantity) in [("Склад Бек", 4), ("Склад Юнус", 6)] {
        let sheet = book.add_worksheet().set_name(name)?;
        sheet.write_row(0, 0, ["Товар", "Остаток"])?;
        sheet.write(1, 0, "Ручка")?.write(1, 1, quantity)?;
    }
    let plan = plan_of_text("book.xlsx", book.save_to_buffer()?);
    let expected = owned([("Ручка", "Склад Бек", "4"), ("Ручка", "Склад Юнус", "6")]);
    assert_eq!(stock(&plan), expected);
    Ok(())
}

#[test]
fn the_days_of_a_workbook_are_written_as_days() -> Result<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new().set_num_format("dd.mm.yyyy");
    sheet.write_row(0, 0, ["Дата", "Клиент", "Товар", "Кол-во"])?;
    sheet.write_with_format(1, 0, ExcelDateTime::from_ymd(2026, 9, 1)?, &format)?;
    sheet.write_row(1, 1, ["Ali", "Ручка"])?;
    sheet.write(1, 3, 2)?;
    let plan = plan_of_text("book.xlsx", book.save_to_buffer()?);
    let days: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| movement.at.as_deref())
        .collect();
    assert_eq!(days, [Some("2026-09-01")]);
    Ok(())
}
