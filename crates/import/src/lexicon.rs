//! What the head of a column means, in Uzbek (both scripts), Russian, Kazakh, Ukrainian and English.

use serde::Serialize;

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
    /// Who makes the product.
    Brand,
    /// What else is said about the product.
    Description,
    /// The product's number in the old program.
    Key,
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
        (Self::Brand, "brand"),
        (Self::Description, "description"),
        (Self::Key, "key"),
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

/// The rules, the more particular first. An alternative holds if each of its words stands in the head; `*` at the end of
/// a word is any ending, `=` before an alternative means that the head has no other words.
const RULES: &[(Field, &[&str])] = &[
    (
        Field::RowNumber,
        &["=п п", "=n", "=no", "=т р", "=t r", "=нп", "=пп", "=n п п"],
    ),
    (
        Field::Key,
        &[
            "=id",
            "=guid",
            "=uuid",
            "=ид",
            "product id",
            "item id",
            "товар* id",
            "tovar id",
            "external id",
            "внешн* код",
            "=pk",
        ],
    ),
    (
        Field::Other,
        &[
            "id",
            "ид",
            "икпу",
            "mxik",
            "ikpu",
            "мхик",
            "ифут",
            "тн вэд",
            "тнвэд",
            "hs code",
            "ндс",
            "qqs",
            "vat",
            "nds",
            "tax",
            "slug",
            "image",
            "photo",
            "rasm",
            "фото",
            "картинк*",
            "код групп*",
            "код категор*",
            "category code",
            "код склад*",
        ],
    ),
    (
        Field::Deleted,
        &[
            "deleted",
            "удален*",
            "ochirilgan",
            "is archived",
            "archived",
        ],
    ),
    (
        Field::Active,
        &[
            "is active",
            "active",
            "активн*",
            "faol",
            "=status",
            "=статус",
        ],
    ),
    (
        Field::Partner,
        &[
            "поставщ*",
            "supplier*",
            "yetkazib*",
            "клиент*",
            "customer*",
            "mijoz*",
            "покупат*",
            "контрагент*",
            "client*",
            "заказчик*",
            "харидор*",
            "xaridor*",
            "фио",
            "ответств*",
            "sotuvchi*",
            "seller*",
            "cashier*",
            "телефон",
            "telefon",
            "phone",
            "сатып алушы*",
            "жеткізуші*",
        ],
    ),
    (
        Field::Date,
        &[
            "дата",
            "date",
            "sana",
            "сана",
            "күні",
            "срок*",
            "годен*",
            "expir*",
            "created*",
            "updated*",
            "vaqt*",
            "время",
            "timestamp",
        ],
    ),
    (
        Field::OtherPrice,
        &[
            "цен* скидк*",
            "спец* цен*",
            "минимальн* цен*",
            "мин цен*",
            "discount* price",
            "special price",
            "min price",
            "опт*",
            "optom",
            "wholesale*",
            "ulgurji*",
            "көтерме*",
            "улгуржи*",
        ],
    ),
    (
        Field::PurchasePrice,
        &[
            "закуп*",
            "себестоим*",
            "цен* приход*",
            "приходн* цен*",
            "прихода цен*",
            "purchase price",
            "buy* price",
            "cost*",
            "unit cost",
            "kelish*",
            "tannarx*",
            "таннарх*",
            "olish narx*",
            "kirim narx*",
            "кирим нарх*",
            "кириш нарх*",
            "сатып алу*",
            "өзіндік*",
            "purchas* cost",
            "вхідн* цін*",
        ],
    ),
    (
        Field::Amount,
        &[
            "сумм*",
            "summa*",
            "jami",
            "жами",
            "стоимост*",
            "total price",
            "total amount",
            "total sum",
            "total cost",
            "net total",
            "subtotal",
            "sub total",
            "=total",
            "=итого",
            "сома*",
            "оплачен*",
            "долг*",
            "qarz*",
            "вартіст*",
        ],
    ),
    (
        Field::Other,
        &["скидк*", "discount*", "chegirma*", "чегирма*", "жеңілдік*"],
    ),
    (
        Field::MinStock,
        &[
            "мин* остат*",
            "min* stock*",
            "stock min*",
            "min* qoldiq*",
            "min* quantit*",
            "min* qty",
            "reorder*",
            "неснижаем*",
            "min* miqdor*",
            "low stock*",
            "мин* запас*",
            "alert*",
            "critical*",
            "мин* кол*",
            "ең аз*",
            "энг кам*",
            "eng kam*",
        ],
    ),
    (
        Field::Subcategory,
        &[
            "подкатегор*",
            "подгрупп*",
            "sub category*",
            "subcategor*",
            "kichik kategor*",
            "ички гурух*",
            "ішкі сан*",
        ],
    ),
    (
        Field::Category,
        &[
            "категор*",
            "kategor*",
            "category*",
            "групп*",
            "guruh*",
            "гуруҳ*",
            "гурух*",
            "bolim*",
            "бўлим*",
            "булим*",
            "раздел*",
            "тип товар*",
            "вид товар*",
            "вид номенкл*",
            "=turi",
            "mahsulot turi",
            "tovar turi",
            "тури",
            "санат*",
            "тобы",
            "топтама",
            "section",
            "product type",
            "product family",
            "product group",
            "категорі*",
        ],
    ),
    (
        Field::Brand,
        &[
            "бренд*",
            "brand*",
            "brend*",
            "производител*",
            "manufactur*",
            "ishlab*",
            "марка",
            "vendor",
            "өндіруші*",
            "изготовител*",
            "ишлаб*",
            "виробник*",
        ],
    ),
    (
        Field::Barcode,
        &[
            "штрих*",
            "шк",
            "barcode*",
            "bar code*",
            "ean*",
            "upc*",
            "gtin*",
            "shtrix*",
            "shtrih*",
            "баркод*",
            "strix*",
        ],
    ),
    (
        Field::Other,
        &[
            "кол* упак*",
            "в упак*",
            "pack size",
            "per pack",
            "in box",
            "qadoq*",
            "вес",
            "weight",
            "объем",
            "volume",
        ],
    ),
    (
        Field::Price,
        &[
            "цен*",
            "price*",
            "narx*",
            "нарх*",
            "баға*",
            "бага*",
            "прайс*",
            "ррц",
            "rrp",
            "cena*",
            "tsena*",
            "розн*",
            "chakana*",
            "ціна*",
            "ціни*",
            "msrp",
        ],
    ),
    (
        Field::Turnover,
        &[
            "приход*",
            "расход*",
            "kirim*",
            "chiqim*",
            "кирим*",
            "чиқим*",
            "чиким*",
            "нач* ост*",
            "нач* остат*",
            "на начало",
            "начальн* остат*",
            "резерв*",
            "reserv*",
            "ordered",
            "кіріс*",
            "шығыс*",
            "продан*",
            "sold",
            "sotilgan*",
            "opening",
            "надходж*",
            "витрат*",
            "оборот*",
        ],
    ),
    (
        Field::Quantity,
        &[
            "остат*",
            "ост",
            "ostat*",
            "ost",
            "qoldiq*",
            "қолдиқ*",
            "колдик*",
            "қалдық*",
            "количеств*",
            "кол во",
            "колво",
            "кол",
            "к во",
            "miqdor*",
            "миқдор*",
            "микдор*",
            "soni",
            "сони",
            "саны",
            "мөлшер*",
            "quantit*",
            "qty",
            "stock*",
            "on hand",
            "onhand",
            "available*",
            "налич*",
            "доступ*",
            "залиш*",
            "кількіст*",
            "наявн*",
            "balance",
            "запас*",
            "count",
            "amount",
            "units in",
        ],
    ),
    (
        Field::Sku,
        &[
            "артикул*",
            "sku",
            "article*",
            "artikul*",
            "артыкул*",
            "part number",
            "part no",
            "партномер*",
            "каталожн*",
            "кат",
            "vendor code",
            "арт",
            "articul*",
        ],
    ),
    (
        Field::Unit,
        &[
            "ед изм*",
            "единиц*",
            "unit*",
            "uom",
            "measure*",
            "olchov*",
            "ўлчов*",
            "улчов*",
            "birlik*",
            "бирлик*",
            "birligi",
            "өлшем*",
            "бірлік*",
            "ед",
            "изм",
            "одиниц*",
            "од вим*",
            "olcham*",
        ],
    ),
    (
        Field::Place,
        &[
            "склад",
            "склады",
            "складе",
            "sklad",
            "ombor*",
            "омбор*",
            "warehouse*",
            "филиал*",
            "filial*",
            "магазин*",
            "аптек*",
            "apteka*",
            "location*",
            "store",
            "branch*",
            "қойма*",
            "место хран*",
            "joylash*",
            "подразделен*",
            "точка",
            "shop",
            "дүкен*",
            "dokon*",
            "дўкон*",
        ],
    ),
    (
        Field::Order,
        &[
            "заказ*",
            "order*",
            "buyurtma*",
            "буюртма*",
            "тапсырыс*",
            "invoice*",
            "накладн*",
            "счет*",
            "чек*",
            "замовлен*",
        ],
    ),
    (Field::Code, &["код*", "code*", "kod*", "коди"]),
    (
        Field::Description,
        &[
            "описан*",
            "descri*",
            "tavsif*",
            "comment*",
            "izoh*",
            "примечан*",
            "сипаттама*",
            "notes",
            "note",
            "remark*",
            "опис*",
        ],
    ),
    (
        Field::Name,
        &[
            "наимен*",
            "назван*",
            "номенклат*",
            "товар*",
            "продук*",
            "nomi",
            "nom",
            "номи",
            "ном",
            "nomlanish*",
            "mahsulot*",
            "maxsulot*",
            "махсулот*",
            "маҳсулот*",
            "tovar*",
            "name*",
            "title*",
            "product*",
            "item*",
            "goods",
            "атау*",
            "тауар*",
            "найменув*",
            "назв*",
            "material*",
            "материал*",
        ],
    ),
];

/// What a head means; `None` if no rule knows it.
pub fn field_of(head: &str) -> Option<Field> {
    let words = words(head);
    if words.is_empty() {
        let marks = head.chars().any(|c| matches!(c, '№' | '#'));
        return marks.then_some(Field::RowNumber);
    }
    RULES
        .iter()
        .find(|(_, alternatives)| alternatives.iter().any(|known| holds(known, &words)))
        .map(|(field, _)| *field)
}

/// Whether one of the alternatives, written as in [`RULES`], holds for these words.
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

/// The words of a head or a table's name: small letters, apostrophes dropped, `ё` as `е`, `CategoryName` and
/// `category_name` alike.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for c in text.chars() {
        if matches!(c, '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' | '´') {
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
            ("№", Field::RowNumber),
            ("№ п/п", Field::RowNumber),
            ("Склад", Field::Place),
            ("Дата поступления", Field::Date),
            ("Покупатель", Field::Partner),
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
