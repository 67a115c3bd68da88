//! What the names of tables and columns say beyond the heads of lists.

use crate::lexicon::{Field, field_of, says_any, words};

/// Words for goods that stand before what a column holds, without anything between: `tovarnarxi`, `productcode`.
const GOODS: &[&str] = &[
    "mahsulot",
    "maxsulot",
    "product",
    "tovara",
    "tovar",
    "товара",
    "товар",
    "item",
];

/// Names of columns and tables that no list has as a head.
#[rustfmt::skip]
const NAMES: &[(Field, &[&str])] = &[
    (Field::Other, &["price type", "narx tur*", "currency*", "valyuta*"]),
    (Field::PurchasePrice, &["entry price*", "income price*", "incoming price*", "arrival price*", "kirish narx*"]),
    (Field::OtherPrice, &["old price", "eski narx*", "previous price", "average* price", "discounted price", "price old"]),
    (Field::Subcategory, &["sub categor*", "ichki bolim*", "sub kategor*"]),
    (Field::Category, &["categor*", "department*", "otdel", "vid tovar*", "tip tovar*", "kat tovar*", "vid tov"]),
    (Field::Price, &["cen", "ceny", "cenu"]),
    (Field::Name, &["nazv", "naim"]),
    (Field::Quantity, &["qte", "quantite", "cantidad", "quantidade", "miktar", "adet"]),
];

/// What a column holds.
pub fn field_of_column(name: &str) -> Option<Field> {
    let known = words(name);
    let own = NAMES
        .iter()
        .find(|(_, alternatives)| says_any(&known, alternatives))
        .map(|(field, _)| *field);
    own.or_else(|| field_after_goods(&known))
        .or_else(|| field_of(name))
}

/// What the rows of a table are: by its last word, what Django puts behind the application's, or by two together.
pub fn field_of_table(table: &str) -> Option<Field> {
    const KINDS: &[&str] = &["vid tovar*", "tip tovar*", "kat tovar*", "vid tov"];
    let known = words(table);
    if says_any(&known, &["sub categor*", "sub kategor*"]) {
        return Some(Field::Subcategory);
    }
    if says_any(&known, KINDS) {
        return Some(Field::Category);
    }
    let name = model(table);
    let field = field_of_column(&name);
    // What only begins with a place is something of the place: an action, a user.
    if matches!(field, None | Some(Field::Place)) {
        let is_place = PLACES.iter().any(|place| name.ends_with(place));
        return is_place.then_some(Field::Place);
    }
    field
}

/// How the names of places end.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "warehouse", "warehouses", "store", "stores", "shop", "shops", "branch", "branches", "location", "locations", "ombor",
    "omborlar", "omborxona", "omborxonalar", "sklad", "sklady", "skladlar", "filial", "filiallar", "filialy", "dokon",
    "dokonlar", "magazin", "magaziny", "apteka", "apteki", "склад", "склады", "магазин", "филиал",
];

/// Whether a word of a name is that of a place.
pub fn is_place_word(word: &str) -> bool {
    PLACES.contains(&word)
}

/// What stands behind the word for goods, if that is known by itself.
fn field_after_goods(known: &[String]) -> Option<Field> {
    let last = known.last()?;
    let rest = GOODS.iter().find_map(|goods| last.strip_prefix(goods))?;
    if rest.chars().count() < 3 {
        return None;
    }
    let rest = words(rest);
    let own = NAMES
        .iter()
        .find(|(_, alternatives)| says_any(&rest, alternatives))
        .map(|(field, _)| *field);
    own.or_else(|| field_of(rest.first()?))
}

/// The last word of a table's name: what Django puts behind the application's.
pub fn model(table: &str) -> String {
    words(table).pop().unwrap_or_default()
}

/// Words of columns that are no name of what the row is.
#[rustfmt::skip]
const NO_LABEL: &[&str] = &[
    "image*", "photo*", "rasm*", "img", "icon*", "logo*", "avatar*", "file*", "url", "link", "slug", "phone*", "tel*",
    "email", "password*", "parol*", "code*", "kod*", "language*", "color", "status", "created*", "updated*", "sku",
    "barcode*", "address*", "manzil*", "descri*", "id", "uuid", "guid", "key", "token*", "currency", "date",
];

/// Whether a column's name says that no name of a thing stands there.
pub fn says_not_a_label(column: &str) -> bool {
    let known = words(column);
    says_any(&known, NO_LABEL)
        || matches!(
            field_of_column(column),
            Some(
                Field::Sku
                    | Field::Code
                    | Field::Barcode
                    | Field::Description
                    | Field::Price
                    | Field::PurchasePrice
                    | Field::OtherPrice
                    | Field::Amount
                    | Field::Date
                    | Field::Active
                    | Field::Deleted
                    | Field::Other
            )
        )
}

/// The languages that a translated column's name ends with.
const LANGUAGES: &[&str] = &[
    "uz", "ru", "en", "kk", "kz", "oz", "uzb", "rus", "eng", "latn", "cyrl",
];

/// The column's name without the language at its end; `None` if there is none.
pub fn without_language(column: &str) -> Option<&str> {
    let (name, language) = column.rsplit_once('_')?;
    LANGUAGES
        .contains(&language.to_lowercase().as_str())
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_known_behind_the_word_for_goods() {
        for (name, field) in [
            ("tovarnomi", Field::Name),
            ("tovarnarxi", Field::Price),
            ("tovarsoni", Field::Quantity),
            ("productname", Field::Name),
            ("productcode", Field::Code),
            ("mahsulotnarxi", Field::Price),
            ("shop_productcategory", Field::Category),
            ("Cen_tovar", Field::Price),
            ("vid_tovara", Field::Category),
            ("eski_narx", Field::OtherPrice),
        ] {
            assert_eq!(field_of_column(name), Some(field), "{name}");
        }
    }

    #[test]
    fn a_table_is_known_by_its_own_name_and_not_by_its_applications() {
        for (name, field) in [
            ("k_tip_tovara", Some(Field::Category)),
            ("sub_categories", Some(Field::Subcategory)),
            ("shop_productcategory", Some(Field::Category)),
            ("products_olchov", Some(Field::Unit)),
            ("shop_scenttype", None),
            ("ombor_rang", Some(Field::Variant)),
            ("ombor_asosiyombor", Some(Field::Place)),
            ("wh_warehouseaction", None),
        ] {
            assert_eq!(field_of_table(name), field, "{name}");
        }
    }
}
