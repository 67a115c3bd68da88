//! What there is to say of a takeover, as codes with parameters: the window has the sentences.

use std::collections::BTreeMap;

use ombor_core::takeover::old::Origin;
use ombor_core::takeover::{LeftReason, TakenOver};
use ombor_import::Plan;
use ombor_import::lexicon::Field;
use ombor_import::skipped::{Note, Reason};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::api::takeover::{Remark, RemarkGroup, RemarkKind};
use crate::wire::decimal;

/// Remarks of a kind that cross to the window; a saved report has them all.
const SHOWN: usize = 100;

macro_rules! remark_codes {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// What a remark says; the window has a sentence for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
        #[expect(
            missing_docs,
            reason = "each code is its own sentence; the texts stand in the catalogues"
        )]
        pub enum RemarkCode {
            $(#[serde(rename = $word)] $name,)*
        }

        impl RemarkCode {
            /// The code as it crosses to the window.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

remark_codes! {
    NoName = "noName",
    Total = "total",
    HeadsRepeated = "headsRepeated",
    BelowList = "belowList",
    HiddenSheet = "hiddenSheet",
    CodeDamaged = "codeDamaged",
    CodeUnusable = "codeUnusable",
    CodeTaken = "codeTaken",
    SkuTaken = "skuTaken",
    SkuUnusable = "skuUnusable",
    QuantityUnreadable = "quantityUnreadable",
    QuantityNegative = "quantityNegative",
    LevelUnusable = "levelUnusable",
    PriceUnreadable = "priceUnreadable",
    ProductUnknown = "productUnknown",
    CatalogueMissing = "catalogueMissing",
    Deleted = "deleted",
    DeletedWithStock = "deletedWithStock",
    Document = "document",
    TableLeft = "tableLeft",
    LoginUnusable = "loginUnusable",
    NotCatalogue = "notCatalogue",
    Link = "link",
    NoFile = "noFile",
    TooDeep = "tooDeep",
    NoHeads = "noHeads",
    Unreadable = "unreadable",
    StockDisagrees = "stockDisagrees",
    SkuInUse = "skuInUse",
    CodeInUse = "codeInUse",
    LoginInUse = "loginInUse",
    ProductOutOfUse = "productOutOfUse",
    PictureUnusable = "pictureUnusable",
    StockDiffers = "stockDiffers",
    ColumnLeft = "columnLeft",
    FieldsLeft = "fieldsLeft",
    Titles = "titles",
    Empty = "empty",
    Encoding = "encoding",
    Headings = "headings",
    Merged = "merged",
    Shortened = "shortened",
    Rounded = "rounded",
    WrongCheckDigits = "wrongCheckDigits",
    OffersAlone = "offersAlone",
    NamesMissing = "namesMissing",
    ChangesOnly = "changesOnly",
    PriceTypes = "priceTypes",
    PriceMissing = "priceMissing",
    GroupsUnknown = "groupsUnknown",
    GroupsSeveral = "groupsSeveral",
    UnitsUnknown = "unitsUnknown",
    ArticlesShared = "articlesShared",
    Currencies = "currencies",
    Replaced = "replaced",
    Pictures = "pictures",
    OneWayMovements = "oneWayMovements",
    StockFromMovements = "stockFromMovements",
    ZeroBalances = "zeroBalances",
    History = "history",
    StockUnknown = "stockUnknown",
}

/// Everything that there is to say, the weightiest kind first, each kind in the order of the files.
pub fn all(plan: &Plan, taken: &TakenOver) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for skipped in &plan.skipped {
        let says = of_reason(&skipped.reason).with("file", &skipped.origin.part);
        remarks.push(remark(RemarkKind::Skipped, &skipped.origin, says));
    }
    for left in &taken.left {
        remarks.push(remark(
            RemarkKind::Left,
            &left.origin,
            of_left(&left.reason),
        ));
    }
    for found in &plan.disagreements {
        let says = Says::new(RemarkCode::StockDisagrees)
            .with("product", &found.product)
            .with("stock", decimal(found.stock))
            .with("movements", decimal(found.movements));
        remarks.push(remark(RemarkKind::Disagreement, &found.origin, says));
    }
    for found in &taken.differences {
        let says = Says::new(RemarkCode::StockDiffers)
            .with("product", &found.product)
            .with("old", decimal(found.old))
            .with("onHand", decimal(found.on_hand));
        remarks.push(remark(RemarkKind::Difference, &found.origin, says));
    }
    for noted in &plan.notes {
        remarks.push(remark(
            RemarkKind::Note,
            &noted.origin,
            of_note(&noted.note),
        ));
    }
    remarks
}

/// The kinds that there are remarks of, with the first of each.
pub fn grouped(remarks: &[Remark]) -> Vec<RemarkGroup> {
    let groups = RemarkKind::ALL.into_iter().map(|kind| {
        let of_kind = || remarks.iter().filter(|remark| remark.kind == kind);
        RemarkGroup {
            kind,
            count: u32::try_from(of_kind().count()).unwrap_or(u32::MAX),
            first: of_kind().take(SHOWN).cloned().collect(),
        }
    });
    groups.filter(|group| group.count > 0).collect()
}

/// A code with its parameters.
struct Says {
    code: RemarkCode,
    params: BTreeMap<String, String>,
}

impl Says {
    fn new(code: RemarkCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

fn remark(kind: RemarkKind, origin: &Origin, says: Says) -> Remark {
    Remark {
        kind,
        part: origin.part.to_string(),
        row: u32::try_from(origin.row).ok().filter(|row| *row > 0),
        code: says.code,
        params: says.params,
    }
}

fn of_reason(reason: &Reason) -> Says {
    use RemarkCode as Code;
    match reason {
        Reason::NoName => Says::new(Code::NoName),
        Reason::Total { text } => Says::new(Code::Total).with("text", text),
        Reason::HeadsRepeated => Says::new(Code::HeadsRepeated),
        Reason::Remark { text } => Says::new(Code::BelowList).with("text", text),
        Reason::HiddenSheet { rows } => Says::new(Code::HiddenSheet).with("rows", rows),
        Reason::CodeDamaged { code } => Says::new(Code::CodeDamaged).with("code", code),
        Reason::CodeUnusable { code } => Says::new(Code::CodeUnusable).with("code", code),
        Reason::CodeTaken { code, holder } => Says::new(Code::CodeTaken)
            .with("code", code)
            .with("holder", holder),
        Reason::SkuTaken { sku, holder } => Says::new(Code::SkuTaken)
            .with("sku", sku)
            .with("holder", holder),
        Reason::SkuUnusable { sku } => Says::new(Code::SkuUnusable).with("sku", sku),
        Reason::QuantityUnreadable { text } => {
            Says::new(Code::QuantityUnreadable).with("text", text)
        }
        Reason::QuantityNegative { quantity } => {
            Says::new(Code::QuantityNegative).with("quantity", decimal(*quantity))
        }
        Reason::LevelUnusable { text } => Says::new(Code::LevelUnusable).with("text", text),
        Reason::PriceUnreadable { text } => Says::new(Code::PriceUnreadable).with("text", text),
        Reason::ProductUnknown { product } => {
            Says::new(Code::ProductUnknown).with("product", product)
        }
        Reason::CatalogueMissing { product } => {
            Says::new(Code::CatalogueMissing).with("product", product)
        }
        Reason::Deleted { stock: None } => Says::new(Code::Deleted),
        Reason::Deleted { stock: Some(stock) } => {
            Says::new(Code::DeletedWithStock).with("stock", decimal(*stock))
        }
        Reason::Document { lines } => Says::new(Code::Document).with("lines", lines),
        Reason::TableLeft { rows, .. } => Says::new(Code::TableLeft).with("rows", rows),
        Reason::LoginUnusable { login } => Says::new(Code::LoginUnusable).with("login", login),
        Reason::NotCatalogue(what) => Says::new(Code::NotCatalogue).with("what", what.code()),
        Reason::Link => Says::new(Code::Link),
        Reason::NoFile => Says::new(Code::NoFile),
        Reason::TooDeep => Says::new(Code::TooDeep),
        Reason::NoHeads { rows } => Says::new(Code::NoHeads).with("rows", rows),
        Reason::Unreadable { text } => Says::new(Code::Unreadable).with("text", text),
    }
}

fn of_left(reason: &LeftReason) -> Says {
    use RemarkCode as Code;
    match reason {
        LeftReason::SkuTaken { sku, given } => Says::new(Code::SkuInUse)
            .with("sku", sku)
            .with("given", given),
        LeftReason::CodeTaken { code } => Says::new(Code::CodeInUse).with("code", code),
        LeftReason::LoginTaken { login } => Says::new(Code::LoginInUse).with("login", login),
        LeftReason::ProductInactive { quantity } => {
            Says::new(Code::ProductOutOfUse).with("quantity", decimal(*quantity))
        }
        LeftReason::PictureUnusable { file } => Says::new(Code::PictureUnusable).with("file", file),
    }
}

fn of_note(note: &Note) -> Says {
    use RemarkCode as Code;
    let counted = |code, count: &u64| Says::new(code).with("count", count);
    match note {
        Note::ColumnLeft { head, field } => Says::new(Code::ColumnLeft)
            .with("head", head)
            .with("what", because(*field)),
        Note::FieldsLeft { names } => Says::new(Code::FieldsLeft).with("names", names),
        Note::Titles { text } => Says::new(Code::Titles).with("text", text),
        Note::Empty => Says::new(Code::Empty),
        Note::Encoding { encoding } => Says::new(Code::Encoding).with("encoding", encoding),
        Note::Headings { count } => counted(Code::Headings, count),
        Note::Merged { count } => counted(Code::Merged, count),
        Note::Shortened { count } => counted(Code::Shortened, count),
        Note::Rounded { count } => counted(Code::Rounded, count),
        Note::WrongCheckDigits { count } => counted(Code::WrongCheckDigits, count),
        Note::CatalogueMissing => Says::new(Code::OffersAlone),
        Note::NamesMissing => Says::new(Code::NamesMissing),
        Note::ChangesOnly => Says::new(Code::ChangesOnly),
        Note::PriceTypes { taken, left } => Says::new(Code::PriceTypes)
            .with("taken", taken)
            .with("left", left),
        Note::PriceMissing { count } => counted(Code::PriceMissing, count),
        Note::GroupsUnknown { count } => counted(Code::GroupsUnknown, count),
        Note::GroupsSeveral { count } => counted(Code::GroupsSeveral, count),
        Note::UnitsUnknown { count } => counted(Code::UnitsUnknown, count),
        Note::ArticlesShared { count } => counted(Code::ArticlesShared, count),
        Note::Currencies { names } => Says::new(Code::Currencies).with("names", names),
        Note::Replaced { count } => counted(Code::Replaced, count),
        Note::Pictures { count } => counted(Code::Pictures, count),
        Note::OneWayMovements => Says::new(Code::OneWayMovements),
        Note::StockFromMovements { count } => counted(Code::StockFromMovements, count),
        Note::ZeroBalances { count } => counted(Code::ZeroBalances, count),
        Note::History { count } => counted(Code::History, count),
        Note::StockUnknown => Says::new(Code::StockUnknown),
    }
}

/// Why a column was left, as a word.
fn because(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::Amount) => "amount",
        Some(Field::Turnover) => "turnover",
        Some(Field::PurchasePrice | Field::OtherPrice) => "price",
        Some(_) => "known",
        None => "unknown",
    }
}
