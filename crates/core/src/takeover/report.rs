//! What a takeover did, what it left and where the old program and the ledger disagree.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::old::Origin;

/// Why something that was read did not come into the warehouse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeftReason {
    /// The SKU is that of another product of the warehouse.
    #[error("SKU {sku:?} belongs to another product of the warehouse; this one got {given:?}")]
    SkuTaken {
        /// The SKU that is taken.
        sku: String,
        /// The SKU that the product got instead.
        given: String,
    },
    /// The code is that of another product of the warehouse.
    #[error(
        "code {code} belongs to another product of the warehouse; this one is taken without it"
    )]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// The login is that of another user of the warehouse.
    #[error("login {login:?} belongs to another user of the warehouse")]
    LoginTaken {
        /// The login.
        login: String,
    },
    /// Goods of a product that the warehouse has put out of use.
    #[error("{quantity} of a product that is out of use in the warehouse: no stock was opened")]
    ProductInactive {
        /// The old balance.
        quantity: Decimal,
    },
    /// A picture that is gone, too big or of another kind.
    #[error("{file:?} is no PNG, JPEG or WebP picture of at most 2 MiB")]
    PictureUnusable {
        /// The file's name.
        file: String,
    },
}

impl Serialize for LeftReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something that was left, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why.
    pub reason: LeftReason,
}

/// Stock of which the old program says something else than the ledger knows. The ledger was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where the product stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// The product's name.
    pub product: String,
    /// The place, where the old data know several.
    pub place: Option<String>,
    /// What the old program says now.
    pub old: Decimal,
    /// What was opened when this product was taken over; `None` if its stock never came from here.
    pub opened: Option<Decimal>,
    /// What is on hand by the ledger.
    pub on_hand: Decimal,
}

/// What a takeover did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TakenOver {
    /// New groups.
    pub categories: usize,
    /// New units.
    pub units: usize,
    /// New places.
    pub places: usize,
    /// New products.
    pub products: usize,
    /// Known products that were brought up to date.
    pub changed: usize,
    /// Known products that are as they were.
    pub unchanged: usize,
    /// New codes.
    pub codes: usize,
    /// Opening balances posted.
    pub balances: usize,
    /// Numbers of the documents that they were posted in.
    pub documents: Vec<i64>,
    /// Pictures of products that had none.
    pub pictures: usize,
    /// Logins of new users, who have no password yet.
    pub users: Vec<String>,
    /// New records of the history.
    pub movements: usize,
    /// What was left, and why.
    pub left: Vec<Left>,
    /// Where the old program and the ledger disagree on stock.
    pub differences: Vec<Difference>,
}
