//! What was not taken, and why; what was taken in another shape than it had.

pub use ombor_core::takeover::old::Origin;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::{error::NotCatalogue, lexicon::Field};

/// Why something was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A row without a name and without a code that stands for a known product.
    #[error("no product name")]
    NoName,
    /// The sum of a group or of the whole list.
    #[error("a total, not a product: {text:?}")]
    Total {
        /// What the row says.
        text: String,
    },
    /// Words below a list: a signature, a remark.
    #[error("a remark or a signature, not a product: {text:?}")]
    Remark {
        /// What the row says.
        text: String,
    },
    /// A sheet that its workbook does not show, beside others that it does.
    #[error("{rows} rows on a hidden sheet: show it, and it is read")]
    HiddenSheet {
        /// How many rows it has.
        rows: u64,
    },
    /// The heads once more, as each printed page has them.
    #[error("the heads repeated")]
    HeadsRepeated,
    /// A barcode that a spreadsheet shortened.
    #[error(
        "barcode {code:?} was damaged by a spreadsheet: its last digits are lost; the product is taken without it"
    )]
    CodeDamaged {
        /// What is left of it.
        code: String,
    },
    /// Not a code.
    #[error("{code:?} is no barcode; the product is taken without it")]
    CodeUnusable {
        /// What the cell says.
        code: String,
    },
    /// Two products with one code; the first keeps it.
    #[error("code {code} belongs to {holder}; this product is taken without it")]
    CodeTaken {
        /// The code.
        code: String,
        /// Where the product that keeps it stands.
        holder: Origin,
    },
    /// Two products with one SKU; the first keeps it.
    #[error("SKU {sku:?} belongs to {holder}; this product is taken without it")]
    SkuTaken {
        /// The SKU.
        sku: String,
        /// Where the product that keeps it stands.
        holder: Origin,
    },
    /// A SKU that is too long.
    #[error("{sku:?} is no SKU; the product is taken without it")]
    SkuUnusable {
        /// What the cell says.
        sku: String,
    },
    /// A quantity that is no number.
    #[error("{text:?} is no quantity: the product is taken without stock")]
    QuantityUnreadable {
        /// What the cell says.
        text: String,
    },
    /// Less than nothing.
    #[error("stock of {quantity} is below zero: the product is taken without it")]
    QuantityNegative {
        /// The balance of the old program.
        quantity: Decimal,
    },
    /// A least stock that is no number, or below zero.
    #[error("{text:?} is no least stock: the product is taken without one")]
    LevelUnusable {
        /// What the cell says.
        text: String,
    },
    /// A price that is no number.
    #[error("{text:?} is no price: the product is taken without one")]
    PriceUnreadable {
        /// What the cell says.
        text: String,
    },
    /// A balance, price or code of a product that is not here.
    #[error("product {product:?} is not in what was read")]
    ProductUnknown {
        /// Its key or code.
        product: String,
    },
    /// An offer without the catalogue that it belongs to.
    #[error(
        "an offer for product {product:?}, which only the catalogue (import.xml) names: it is missing"
    )]
    CatalogueMissing {
        /// The product's key.
        product: String,
    },
    /// The old program had marked it as deleted.
    #[error("marked as deleted in the old program{}", left(*.stock))]
    Deleted {
        /// What was still in stock.
        stock: Option<Decimal>,
    },
    /// An order, invoice or other document inside a catalogue file.
    #[error("a document ({lines} lines), not a part of the catalogue")]
    Document {
        /// Its lines.
        lines: usize,
    },
    /// Rows of a table that Ombor has no place for.
    #[error("{rows} rows: {what}")]
    TableLeft {
        /// How many.
        rows: u64,
        /// What the table is.
        what: &'static str,
    },
    /// A user whose login cannot be kept.
    #[error("{login:?} is no login: 2 to 32 of a-z 0-9 . _ -")]
    LoginUnusable {
        /// The login of the old program.
        login: String,
    },
    /// A file of the import that is no catalogue.
    #[error("{0}")]
    NotCatalogue(NotCatalogue),
    /// In a folder: a link to another folder, or one that leads nowhere.
    #[error("a link, which is not followed")]
    Link,
    /// In a folder: neither a file nor a folder.
    #[error("neither a file nor a folder")]
    NoFile,
    /// A folder that lies deeper than folders are looked into.
    #[error("a folder that lies too deep: import it by itself")]
    TooDeep,
    /// A sheet or file without heads that were recognised.
    #[error("{rows} rows without a column of product names or codes")]
    NoHeads {
        /// How many rows it has.
        rows: u64,
    },
    /// A record that cannot be read.
    #[error("unreadable: {text}")]
    Unreadable {
        /// What was found.
        text: String,
    },
}

fn left(stock: Option<Decimal>) -> String {
    stock.map_or_else(String::new, |stock| format!(", with a stock of {stock}"))
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why.
    pub reason: Reason,
}

/// Something that the reader of the report should know, although nothing was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// A column that was not taken.
    #[error("column {head:?} was not taken{}", because(*.field))]
    ColumnLeft {
        /// Its head.
        head: String,
        /// What it seems to hold.
        field: Option<Field>,
    },
    /// What goods say and Ombor has no place for.
    #[error("of goods and offers, not taken: {names}")]
    FieldsLeft {
        /// Names, with how often.
        names: String,
    },
    /// Rows above the heads.
    #[error("rows above the heads: {text}")]
    Titles {
        /// What they say, shortened.
        text: String,
    },
    /// Sheets or tables that hold nothing.
    #[error("empty")]
    Empty,
    /// The text's encoding, where it is not UTF-8.
    #[error("read as {encoding}")]
    Encoding {
        /// Its name.
        encoding: &'static str,
    },
    /// Rows that name the group of the rows below them.
    #[error("{count} rows were taken as headings of groups")]
    Headings {
        /// How many.
        count: u64,
    },
    /// Rows of one product that were brought together.
    #[error(
        "{count} rows repeat a product of another row: they are one product, their quantities are added"
    )]
    Merged {
        /// How many.
        count: u64,
    },
    /// Names of more than 200 characters.
    #[error("{count} names were shortened to 200 characters")]
    Shortened {
        /// How many.
        count: u64,
    },
    /// Numbers with more decimals than Ombor keeps.
    #[error("{count} numbers were rounded (quantities to 3 decimals, prices to 2)")]
    Rounded {
        /// How many.
        count: u64,
    },
    /// Codes of 8, 12, 13 or 14 digits with a wrong check digit.
    #[error("{count} codes have a wrong check digit and are taken as they stand")]
    WrongCheckDigits {
        /// How many.
        count: u64,
    },
    /// The offers file came without its catalogue.
    #[error(
        "these are offers (prices and stock) without their catalogue: give import.xml together with them"
    )]
    CatalogueMissing,
    /// A stock list came without the list of products.
    #[error(
        "this list has codes and quantities but no names: give the list of products together with it"
    )]
    NamesMissing,
    /// The file holds only what changed since an earlier one.
    #[error("holds only what changed since an earlier export")]
    ChangesOnly,
    /// Price types that were not taken.
    #[error("prices are of the type {taken:?}; not taken: {left}")]
    PriceTypes {
        /// The one that was.
        taken: String,
        /// The others.
        left: String,
    },
    /// Offers whose prices are all of other types.
    #[error("{count} offers have no price of the type that was taken")]
    PriceMissing {
        /// How many.
        count: u64,
    },
    /// Currencies of the prices that were taken.
    #[error("prices were taken as the numbers that they are, in {names}")]
    Currencies {
        /// Names, with how often.
        names: String,
    },
    /// Entries of an exchange that a newer one of the same product replaces.
    #[error("{count} entries of goods were replaced by a newer one of the same product")]
    Replaced {
        /// How many.
        count: u64,
    },
    /// Variants with the article of another one.
    #[error("{count} variants share their article with others and are kept without it")]
    ArticlesShared {
        /// How many.
        count: u64,
    },
    /// Products in several groups.
    #[error("{count} products are in several groups: they are kept in the first one")]
    GroupsSeveral {
        /// How many.
        count: u64,
    },
    /// Products in units that the file does not describe.
    #[error("{count} products name a unit that is not in what was read")]
    UnitsUnknown {
        /// How many.
        count: u64,
    },
    /// Products in groups that the file does not describe.
    #[error("{count} products name a group that is not in what was read")]
    GroupsUnknown {
        /// How many.
        count: u64,
    },
    /// Pictures that are named and lie elsewhere.
    #[error("{count} pictures are named, which are not part of this file")]
    Pictures {
        /// How many.
        count: u64,
    },
    /// Rows of a list that say what came or went.
    #[error(
        "{count} rows tell what came or went, not what is there: they are kept as history, which changes no stock"
    )]
    History {
        /// How many.
        count: u64,
    },
    /// Nothing says what is there, and the history does not tell it either.
    #[error("no stock was taken: what came alone, or what went alone, does not tell what is there")]
    StockUnknown,
    /// The old program kept sales or purchases alone.
    #[error("the old movements know only one direction: the stock cannot be compared with them")]
    OneWayMovements,
    /// The old program keeps no stock, only what came and went.
    #[error("the old program keeps no stock: {count} balances were added up from its movements")]
    StockFromMovements {
        /// How many.
        count: u64,
    },
    /// Products that have a balance of zero.
    #[error("{count} balances are zero and need no opening entry")]
    ZeroBalances {
        /// How many.
        count: u64,
    },
}

fn because(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::Amount) => ": sums follow from quantity and price",
        Some(Field::Turnover) => ": turnover is no balance",
        Some(Field::PurchasePrice | Field::OtherPrice) => {
            ": Ombor keeps one price, the one for sale"
        }
        Some(Field::RowNumber) => ": it numbers the rows",
        Some(Field::Partner) => ": a customer or supplier",
        Some(_) => ": it is of no use here, or another column holds the same",
        None => ": its head is not known",
    }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
