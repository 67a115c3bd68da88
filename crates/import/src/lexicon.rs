//! What the head of a column means, in Uzbek (both scripts), Russian, Kazakh, Ukrainian and English.

mod rules;

use serde::Serialize;

use self::rules::RULES;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The product's name.
    Name,
    /// The product's article or SKU.
    Sku,
    /// A code of which the values decide whether it is a barcode or an article.
    Code,
    /// What a scanner reads.
    Barcode,
    /// The product's group.
    Category,
    /// The group within the group.
    Subcategory,
    /// The unit that quantities are in.
    Unit,
    /// What one unit is sold for.
    Price,
    /// What one unit was bought for.
    PurchasePrice,
    /// A wholesale, special or discounted price.
    OtherPrice,
    /// What is in stock.
    Quantity,
    /// The level below which the product is to be ordered.
    MinStock,
    /// The warehouse or shop that the quantity is in.
    Place,
    /// The size, colour or other trait that tells variants of one name apart.
    Variant,
    /// Who makes the product.
    Brand,
    /// What else is said about the product.
    Description,
    /// The product's number in the old program.
    Key,
    /// What the variants of one product share; only the first of them has the name.
    Handle,
    /// Whether the product is still in use.
    Active,
    /// Whether the product was deleted.
    Deleted,
    /// What came, went or is reserved: not a balance.
    Turnover,
    /// Quantity times price.
    Amount,
    /// A customer, supplier or clerk.
    Partner,
    /// The number of an order or an invoice.
    Order,
    /// A day.
    Date,
    /// The number of the line.
    RowNumber,
    /// Known, and of no use here: keys of other tables, discounts, tax codes, pack sizes.
    Other,
}

impl Field {
    /// Every field with the word that names it in a correction by hand.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Name, "name"),
        (Self::Sku, "sku"),
        (Self::Code, "code"),
        (Self::Barcode, "barcode"),
        (Self::Category, "category"),
        (Self::Subcategory, "subcategory"),
        (Self::Unit, "unit"),
        (Self::Price, "price"),
        (Self::PurchasePrice, "purchase_price"),
        (Self::OtherPrice, "other_price"),
        (Self::Quantity, "quantity"),
        (Self::MinStock, "min_stock"),
        (Self::Place, "place"),
        (Self::Variant, "variant"),
        (Self::Brand, "brand"),
        (Self::Description, "description"),
        (Self::Key, "key"),
        (Self::Handle, "handle"),
        (Self::Active, "active"),
        (Self::Deleted, "deleted"),
        (Self::Turnover, "turnover"),
        (Self::Amount, "amount"),
        (Self::Partner, "partner"),
        (Self::Order, "order"),
        (Self::Date, "date"),
        (Self::RowNumber, "row_number"),
        (Self::Other, "other"),
    ];

    /// The field with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(field, _)| *field)
    }

    /// Whether the field is taken over, rather than only known.
    pub fn is_taken(self) -> bool {
        self <= Self::Deleted && self != Self::PurchasePrice && self != Self::OtherPrice
    }
}

/// What a head means; `None` if no rule knows it.
pub fn field_of(head: &str) -> Option<Field> {
    let words = words(head);
    if words.is_empty() {
        let marks = head.chars().any(|c| matches!(c, '№' | '#'));
        return marks.then_some(Field::RowNumber);
    }
    let found = RULES
        .iter()
        .find(|(_, alternatives)| alternatives.iter().any(|known| holds(known, &words)));
    match found {
        // `Item #` is the number of an item.
        Some((Field::Name, _)) if words.len() == 1 && head.contains('#') => Some(Field::Code),
        found => found.map(|(field, _)| *field),
    }
}

/// Whether one of the alternatives, written as in the rules, holds for these words.
pub fn says_any(words: &[String], alternatives: &[&str]) -> bool {
    alternatives.iter().any(|known| holds(known, words))
}

fn holds(alternative: &str, words: &[String]) -> bool {
    let (whole, alternative) = match alternative.strip_prefix('=') {
        Some(rest) => (true, rest),
        None => (false, alternative),
    };
    let mut count = 0;
    let all = alternative.split(' ').all(|wanted| {
        count += 1;
        match wanted.strip_suffix('*') {
            Some(stem) => words.iter().any(|word| word.starts_with(stem)),
            None => words.iter().any(|word| word == wanted),
        }
    });
    all && (!whole || count == words.len())
}

#[rustfmt::skip]
const TOTALS: &[&str] = &[
    "итого", "всего", "jami", "жами", "total", "барлығы", "жиыны", "разом", "усього", "hammasi", "итог",
];

/// Whether a text announces a total: `Итого`, `Jami:`, `Всего по складу`.
pub fn says_total(text: &str) -> bool {
    let words = words(text);
    words.len() <= 3
        && words
            .first()
            .is_some_and(|word| TOTALS.contains(&word.as_str()))
}

/// The words of a head or a table's name: small letters, apostrophes dropped, `ё` as `е`, `CategoryName` and
/// `category_name` alike.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for c in text.chars() {
        if is_apostrophe(c) {
            continue;
        }
        if !c.is_alphanumeric() || (c.is_uppercase() && after_small) {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !c.is_alphanumeric() {
                after_small = false;
                continue;
            }
        }
        after_small = c.is_lowercase();
        word.extend(
            c.to_lowercase()
                .map(|small| if small == 'ё' { 'е' } else { small }),
        );
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether this is one of the marks that stand for the apostrophe of Uzbek's `o‘` and `g‘`.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | '´')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn heads_are_understood_in_every_language_of_the_region() {
        for (head, field) in [
            ("Наименование", Field::Name),
            ("Номенклатура", Field::Name),
            ("Mahsulot nomi", Field::Name),
            ("Маҳсулот номи", Field::Name),
            ("Тауар атауы", Field::Name),
            ("product_name", Field::Name),
            ("name_uk", Field::Name),
            ("Штрихкод", Field::Barcode),
            ("Штрих-код", Field::Barcode),
            ("Shtrix kod", Field::Barcode),
            ("UPCEAN", Field::Barcode),
            ("Артикул", Field::Sku),
            ("Код товара", Field::Code),
            ("prod_code", Field::Code),
            ("Ед. изм.", Field::Unit),
            ("Базовая Ед. изм.", Field::Unit),
            ("O‘lchov birligi", Field::Unit),
            ("Өлшем бірлігі", Field::Unit),
            ("Кол-во", Field::Quantity),
            ("Остаток на складе", Field::Quantity),
            ("Количество (в ед. хранения)", Field::Quantity),
            ("Qoldig'i soni", Field::Quantity),
            ("Қалдық", Field::Quantity),
            ("current_stock", Field::Quantity),
            ("Наличие", Field::Quantity),
            ("Мин. остаток", Field::MinStock),
            ("reorder_level", Field::MinStock),
            ("Цена розница", Field::Price),
            ("Sotish narxi", Field::Price),
            ("Баға", Field::Price),
            ("Цена со скидкой", Field::OtherPrice),
            ("Цена прихода", Field::PurchasePrice),
            ("purchase_price", Field::PurchasePrice),
            ("Сумма (в рег. валюте)", Field::Amount),
            ("Нач. ост.", Field::Turnover),
            ("Приход", Field::Turnover),
            ("Категория товара", Field::Category),
            ("CategoryName", Field::Category),
            ("Подкатегория", Field::Subcategory),
            ("CategoryID", Field::Other),
            ("ИКПУ код", Field::Other),
            ("Производитель", Field::Brand),
            ("Размер", Field::Variant),
            ("Характеристика", Field::Variant),
            ("№", Field::RowNumber),
            ("№ п/п", Field::RowNumber),
            ("Склад", Field::Place),
            ("Склад Центральный", Field::Place),
            ("Дата поступления", Field::Date),
            ("Покупатель", Field::Partner),
            ("StockCode", Field::Sku),
            ("Stock value", Field::Amount),
            ("Остаток на начало", Field::Turnover),
            ("Остаток на конец", Field::Quantity),
            ("Кол-во на складе", Field::Quantity),
            ("Цена за ед.", Field::Price),
            ("Tan narxi", Field::PurchasePrice),
            ("Toifasi", Field::Category),
            ("kelgan_narx", Field::PurchasePrice),
            ("naimenovanie", Field::Name),
            ("ed_izm", Field::Unit),
            ("UoM", Field::Unit),
            ("kolichestvo", Field::Quantity),
            ("min_ostatok", Field::MinStock),
            ("zakup_tsena", Field::PurchasePrice),
            ("prihod", Field::Turnover),
        ] {
            assert_eq!(field_of(head), Some(field), "{head}");
        }
    }

    #[test]
    fn a_word_more_makes_another_head_of_it() {
        for (head, field) in [
            ("Vendor", Field::Brand),
            ("vendor_code", Field::Sku),
            ("ISBN-13", Field::Barcode),
        ] {
            assert_eq!(field_of(head), Some(field), "{head}");
        }
    }

    #[test]
    fn a_head_that_says_nothing_about_products_stays_unknown() {
        for head in ["FUN", "Программа", "Складская программа", "", "xyz"]
        {
            assert_eq!(field_of(head), None, "{head}");
        }
    }

    #[test]
    fn every_field_has_its_word() {
        for (field, word) in Field::ALL {
            assert_eq!(Field::from_word(word), Some(*field));
        }
    }

    proptest! {
        #[test]
        fn any_head_is_understood_or_not(head in "\\PC{0,40}") {
            let _ = field_of(&head);
        }
    }
}
