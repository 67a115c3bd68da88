//! Tables that have heads as lists of products have them, and are something else.

use super::{Row, columns::Column};
use crate::lexicon::{Field, says_any, words};

/// What is written about people and companies, and not about goods.
#[rustfmt::skip]
const PERSONAL: &[&str] = &[
    "телефон*", "phone*", "mobile", "telefon*", "email", "e mail", "почта", "адрес*", "address*", "manzil*", "мекенжай*",
    "должност*", "position", "lavozim*", "salary", "оклад", "зарплат*", "maosh*", "паспорт*", "passport*", "pasport*", "инн",
    "stir", "birth*", "рожден*", "tugilgan*", "hire*", "приема", "department", "отдел", "фио", "fio", "ismi", "qarz*", "долг*",
];
/// Words of goods in the head of their names.
#[rustfmt::skip]
const GOODS: &[&str] = &[
    "товар*", "продук*", "номенклат*", "mahsulot*", "maxsulot*", "маҳсулот*", "махсулот*", "tovar*", "product*", "item*",
    "goods", "тауар*", "материал*", "material*", "sku",
];
/// Documents about one purchase, sale or delivery, as their titles begin.
#[rustfmt::skip]
const DOCUMENTS: &[&str] = &[
    "заказ", "заказ*", "счет", "накладная", "требование", "реализация", "поступление", "invoice", "order", "waybill",
    "buyurtma*", "буюртма*", "hisob faktura", "yuk xati", "тапсырыс", "шот фактура",
];
/// Printed forms about movements, by the word and the number of the form.
const FORMS: &[&str] = &["торг 12", "торг 13", "торг 29", "м 11", "м 15"];

/// Whether the rows above the heads are those of a document about one purchase, sale or delivery: its name and its number.
pub fn announce_document(titles: &[Row]) -> bool {
    titles.iter().any(|row| {
        let text: Vec<_> = row.filled().map(|(_, cell)| cell.text()).collect();
        let text = text.join(" ");
        let all = words(&text);
        let begins: Vec<String> = all.iter().take(2).cloned().collect();
        let has_number = text.contains(['№', '#']) && all.iter().any(|word| is_number(word));
        let is_form =
            all.len() <= 6 && says_any(&all, FORMS) && says_any(&all, &["форма", "форма*"]);
        has_number && says_any(&begins, DOCUMENTS) || is_form
    })
}

fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// Whether the columns are about people or companies: their phones, addresses, posts, and nothing that goods have.
pub fn are_of_people(columns: &[Column]) -> bool {
    let personal = columns
        .iter()
        .filter(|column| says_any(&words(&column.head.own), PERSONAL))
        .count();
    personal >= 2 && !columns.iter().any(tells_goods)
}

fn tells_goods(column: &Column) -> bool {
    match column.field {
        Some(Field::Name) => says_any(&words(&column.head.own), GOODS),
        Some(
            Field::Sku
            | Field::Barcode
            | Field::Unit
            | Field::Price
            | Field::PurchasePrice
            | Field::OtherPrice
            | Field::MinStock
            | Field::Category
            | Field::Brand
            | Field::Variant,
        ) => true,
        _ => false,
    }
}
