//! CommerceML 2.07, as 1C takes it: the catalogue in `import.xml`, prices and stock in `offers.xml`.

use std::{
    collections::BTreeSet,
    fmt::{self, Write as _},
    fs,
    path::Path,
};

use ombor_core::report::stock_list::StockListRow;
use quick_xml::escape::escape;

use crate::{
    error::{Error, Result},
    stock_list::code_text,
    written::write_whole,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <КоммерческаяИнформация xmlns=\"urn:1C.ru:commerceml_2\" ВерсияСхемы=\"2.07\">\n";
const FOOT: &str = "</КоммерческаяИнформация>\n";

const MIN_STOCK: &str = "Минимальный остаток";
const OUT_OF_USE: &str = "Не используется";

/// Writes both files into a folder, which is made when it is missing.
///
/// # Errors
/// [`Error::Unwritable`]
pub fn write(folder: &Path, rows: &[StockListRow]) -> Result<()> {
    fs::create_dir_all(folder).map_err(|source| Error::Unwritable {
        path: folder.to_owned(),
        source,
    })?;
    let texts = [
        ("import.xml", catalogue(rows)),
        ("offers.xml", offers(rows)),
    ];
    for (name, text) in texts {
        let path = folder.join(name);
        let text = text.map_err(|error| Error::Unwritable {
            path: path.clone(),
            source: std::io::Error::other(error),
        })?;
        write_whole(&path, text.as_bytes())?;
    }
    Ok(())
}

fn catalogue(rows: &[StockListRow]) -> Result<String, fmt::Error> {
    let mut text = String::from(HEAD);
    text.push_str("<Классификатор><Ид>ombor</Ид><Наименование>Ombor</Наименование><Группы>\n");
    let groups: BTreeSet<&str> = rows
        .iter()
        .filter_map(|row| row.category.as_deref())
        .collect();
    for group in groups {
        let name = escape(group);
        writeln!(
            text,
            "<Группа><Ид>{name}</Ид><Наименование>{name}</Наименование></Группа>"
        )?;
    }
    text.push_str(
        "</Группы></Классификатор>\n<Каталог СодержитТолькоИзменения=\"false\"><Ид>ombor</Ид>",
    );
    text.push_str("<ИдКлассификатора>ombor</ИдКлассификатора><Товары>\n");
    for row in rows {
        write!(text, "<Товар><Ид>{}</Ид>", row.id)?;
        element(&mut text, "Артикул", &row.sku)?;
        element(&mut text, "Наименование", &row.name)?;
        for code in &row.codes {
            element(&mut text, "Штрихкод", &code_text(code))?;
        }
        element(&mut text, "БазоваяЕдиница", &row.unit)?;
        if let Some(group) = &row.category {
            write!(text, "<Группы><Ид>{}</Ид></Группы>", escape(group.as_str()))?;
        }
        if let Some(brand) = &row.brand {
            let name = escape(brand.as_str());
            write!(
                text,
                "<Изготовитель><Ид>{name}</Ид><Наименование>{name}</Наименование></Изготовитель>"
            )?;
        }
        requisites(&mut text, row)?;
        text.push_str("</Товар>\n");
    }
    text.push_str("</Товары></Каталог>\n");
    text.push_str(FOOT);
    Ok(text)
}

fn offers(rows: &[StockListRow]) -> Result<String, fmt::Error> {
    let currency = rows.first().map_or("", |row| row.currency.as_str());
    let mut text = String::from(HEAD);
    text.push_str("<ПакетПредложений СодержитТолькоИзменения=\"false\"><Ид>ombor#</Ид>");
    text.push_str("<ИдКаталога>ombor</ИдКаталога><ИдКлассификатора>ombor</ИдКлассификатора>\n");
    write!(
        text,
        "<ТипыЦен><ТипЦены><Ид>retail</Ид><Наименование>Розничная</Наименование><Валюта>{}</Валюта></ТипЦены></ТипыЦен>",
        escape(currency)
    )?;
    let stock = rows.iter().flat_map(|row| &row.stock);
    let places: BTreeSet<&str> = stock.map(|stock| stock.place.as_str()).collect();
    text.push_str("<Склады>");
    for place in places {
        let name = escape(place);
        write!(
            text,
            "<Склад><Ид>{name}</Ид><Наименование>{name}</Наименование></Склад>"
        )?;
    }
    text.push_str("</Склады>\n<Предложения>\n");
    for row in rows {
        write!(text, "<Предложение><Ид>{}</Ид>", row.id)?;
        element(&mut text, "Наименование", &row.name)?;
        if let Some(price) = row.price {
            write!(
                text,
                "<Цены><Цена><ИдТипаЦены>retail</ИдТипаЦены><ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу>\
                 <Валюта>{}</Валюта></Цена></Цены>",
                escape(row.currency.as_str())
            )?;
        }
        let total = row
            .stock
            .iter()
            .map(|stock| stock.on_hand)
            .sum::<rust_decimal::Decimal>();
        write!(text, "<Количество>{}</Количество>", total.normalize())?;
        for stock in &row.stock {
            write!(
                text,
                "<Склад ИдСклада=\"{}\" КоличествоНаСкладе=\"{}\"/>",
                escape(stock.place.as_str()),
                stock.on_hand.normalize()
            )?;
        }
        text.push_str("</Предложение>\n");
    }
    text.push_str("</Предложения></ПакетПредложений>\n");
    text.push_str(FOOT);
    Ok(text)
}

/// What the format has no element for, as 1C writes such things: pairs of a name and a value.
fn requisites(text: &mut String, row: &StockListRow) -> fmt::Result {
    let min_stock = row
        .min_stock
        .map(|level| (MIN_STOCK, level.normalize().to_string()));
    let out_of_use = (!row.active).then(|| (OUT_OF_USE, "true".to_owned()));
    let pairs: Vec<_> = min_stock.into_iter().chain(out_of_use).collect();
    if pairs.is_empty() {
        return Ok(());
    }
    text.push_str("<ЗначенияРеквизитов>");
    for (name, value) in pairs {
        text.push_str("<ЗначениеРеквизита>");
        element(text, "Наименование", name)?;
        element(text, "Значение", &value)?;
        text.push_str("</ЗначениеРеквизита>");
    }
    text.push_str("</ЗначенияРеквизитов>");
    Ok(())
}

fn element(text: &mut String, name: &str, content: &str) -> fmt::Result {
    write!(text, "<{name}>{}</{name}>", escape(content))
}
