//! What can go wrong, one variant for each thing that a caller can act on, and how the database's answers become one.

mod constraint;

use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::postgres::PgDatabaseError;

pub use self::constraint::{CONSTRAINTS, Meaning};
use crate::{actor::Permission, id::ProductId};

/// The outcome of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A product that there is not enough of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Shortage {
    /// The product.
    pub product_id: ProductId,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What the document takes in all, in base units.
    pub wanted: Decimal,
    /// What there is, in base units.
    pub available: Decimal,
}

/// Why a use case was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The user's role does not allow this. `None` if it was the database that refused.
    #[error("not permitted: {permission:?}")]
    NotPermitted {
        /// What was asked for.
        permission: Option<Permission>,
    },
    /// The session was closed, idle or open for too long, or its user deactivated.
    #[error("the session has ended")]
    SessionExpired,
    /// Login or password are wrong; which of them is not said.
    #[error("wrong login or password, next try in {wait_seconds} s")]
    WrongPassword {
        /// Seconds until the next try is looked at.
        wait_seconds: u32,
    },
    /// Not looked at, because of wrong passwords before.
    #[error("locked out for {wait_seconds:?} s")]
    LockedOut {
        /// Seconds to wait, or `None` if only an Admin can unlock the login.
        wait_seconds: Option<u32>,
    },
    /// The password is right, but the user has been deactivated.
    #[error("the user is not active")]
    UserInactive,
    /// The password is right, but it was given by an Admin: the user has to choose another first.
    #[error("the password is to be chosen")]
    PasswordToBeChosen,
    /// The last active Admin cannot be taken away.
    #[error("the last Admin stays")]
    LastAdmin,
    /// The first Admin is made only while there is no user.
    #[error("there are users already")]
    UsersExist,
    /// The login belongs to another user.
    #[error("the login is taken")]
    LoginTaken,
    /// Another category or location has this name.
    #[error("the name is taken")]
    NameTaken,
    /// The SKU belongs to another product.
    #[error("the SKU is taken")]
    SkuTaken,
    /// The code belongs to a product already.
    #[error("the code is taken")]
    CodeTaken,

    /// There is less than the document takes. Nothing was changed.
    #[error("not enough stock for {} products", lines.len())]
    InsufficientStock {
        /// Every product that falls short, in the order of the lines.
        lines: Vec<Shortage>,
    },
    /// The document names no confirmation that exists.
    #[error("no confirmation")]
    ConfirmationMissing,
    /// The confirmation is older than five minutes or from the future.
    #[error("the confirmation is not valid now")]
    ConfirmationExpired,
    /// The confirmation was made in another session or for something else.
    #[error("the confirmation is of another session or kind")]
    ConfirmationForeign,
    /// The id was posted before, with another content.
    #[error("the id stands for another document")]
    IdempotencyConflict,
    /// The locations do not fit the kind of document.
    #[error("the locations do not fit the document")]
    LocationUnfit,
    /// The document has no line, too many lines or lines that contradict each other.
    #[error("the document is not complete")]
    DocumentIncomplete,
    /// The movement was reversed before.
    #[error("reversed already")]
    AlreadyReversed,
    /// A reversal cannot be reversed.
    #[error("not reversible")]
    NotReversible,
    /// The product was deactivated.
    #[error("the product is not active")]
    ProductInactive,
    /// No such product.
    #[error("no such product")]
    ProductNotFound,
    /// Somebody else changed the row since it was read.
    #[error("changed meanwhile")]
    VersionConflict,
    /// Nobody vouches for anybody in this warehouse.
    #[error("vouching is switched off")]
    VouchingOff,
    /// The employee cannot vouch for themselves.
    #[error("nobody vouches for themselves")]
    VoucherIsEmployee,
    /// The warehouse asks for a sign of life and none was seen.
    #[error("no sign of life was seen")]
    LivenessMissing,
    /// The employee's face is not enrolled yet.
    #[error("not enrolled yet")]
    EmployeeNotEnrolled,
    /// No such employee, or not active.
    #[error("no such employee")]
    EmployeeNotFound,
    /// No such row.
    #[error("not found")]
    NotFound,

    /// Not an id.
    #[error("not an id")]
    InvalidId,
    /// Not a SKU: 1 to 64 characters, no control characters.
    #[error("not a SKU")]
    InvalidSku,
    /// Not a quantity: see [`crate::quantity`].
    #[error("not a quantity")]
    InvalidQuantity,
    /// Not an amount of money: see [`crate::money`].
    #[error("not a price")]
    InvalidPrice,
    /// Not a code: 1 to 128 characters, no control characters.
    #[error("not a code")]
    InvalidCode,
    /// Not a login: 2 to 32 of `a-z 0-9 . _ -`, beginning with a letter or a digit.
    #[error("not a login")]
    InvalidLogin,
    /// The name is empty or too long.
    #[error("the name is missing or too long")]
    NameMissing,
    /// The password is shorter than eight characters or longer than 128.
    #[error("the password is too short or too long")]
    PasswordTooShort,
    /// Not a picture that can be kept: PNG, JPEG or WebP up to 2 MiB.
    #[error("not a picture")]
    InvalidPicture,
    /// A setting is out of its range, or the time zone is unknown.
    #[error("not a setting")]
    InvalidSetting,
    /// Not a place in a list.
    #[error("not a cursor")]
    InvalidCursor,

    /// Whoever asked for it stopped it; nothing was changed.
    #[error("stopped")]
    Cancelled,
    /// The database was made by a newer version of the program.
    #[error("the database has schema {found}, this program knows {known}")]
    DatabaseNewer {
        /// The database's version.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The database was made by an older version of the program, and this login may not bring it up to date.
    #[error(
        "the database has schema {found}, this program knows {known}: update the desk that keeps the database first"
    )]
    DatabaseOlder {
        /// The database's version.
        found: i64,
        /// The version that this program needs.
        known: i64,
    },
    /// The server cannot be reached or is going down. Whether the last change happened is to be asked by its id.
    #[error("the database is not available")]
    DatabaseUnavailable(#[source] sqlx::Error),
    /// No room is left for the database.
    #[error("the disk is full")]
    DiskFull(#[source] sqlx::Error),
    /// A migration failed.
    #[error("migration failed")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A rule of the database that only a fault of the program breaks, or an answer that cannot be read.
    #[error("database error")]
    Database(#[source] sqlx::Error),
    /// A password could not be hashed or a hash not be read.
    #[error("password hashing failed: {0}")]
    PasswordHash(String),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let answer = match &error {
            sqlx::Error::Database(database) => database.try_downcast_ref::<PgDatabaseError>(),
            _ => None,
        };
        if let Some(meant) = answer.and_then(from_answer) {
            return meant;
        }
        match answer.map(PgDatabaseError::code) {
            Some("53100") => Self::DiskFull(error),
            // Connection exceptions, an operator's intervention, too many connections.
            Some(code) if code.starts_with("08") || code.starts_with("57P") || code == "53300" => {
                Self::DatabaseUnavailable(error)
            }
            Some(_) => Self::Database(error),
            None => without_answer(error),
        }
    }
}

fn without_answer(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::RowNotFound => Error::NotFound,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Error::DatabaseUnavailable(error),
        _ => Error::Database(error),
    }
}

/// The codes that the functions of the database raise, and the constraints that a caller can break.
fn from_answer(answer: &PgDatabaseError) -> Option<Error> {
    Some(match answer.code() {
        "OM001" => Error::InsufficientStock {
            lines: serde_json::from_str(answer.detail()?).ok()?,
        },
        "OM002" => Error::ConfirmationMissing,
        "OM003" => Error::ConfirmationExpired,
        "OM004" => Error::ConfirmationForeign,
        "OM005" => Error::IdempotencyConflict,
        "OM006" => Error::ProductInactive,
        "OM007" => Error::SessionExpired,
        "OM008" => Error::NotPermitted { permission: None },
        "OM009" => Error::ProductNotFound,
        "OM010" => Error::AlreadyReversed,
        "OM011" => Error::NotReversible,
        "OM012" => Error::VersionConflict,
        "OM013" => Error::EmployeeNotFound,
        "OM014" => Error::LocationUnfit,
        "OM016" => Error::DocumentIncomplete,
        "OM017" => Error::NotFound,
        "OM018" => Error::LastAdmin,
        "OM019" => Error::UsersExist,
        "OM020" => Error::InvalidSetting,
        "OM021" => Error::VouchingOff,
        "OM022" => Error::VoucherIsEmployee,
        "OM023" => Error::LivenessMissing,
        "OM024" => Error::EmployeeNotEnrolled,
        _ => constraint::broken(answer.constraint()?)?,
    })
}
