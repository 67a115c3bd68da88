//! What can go wrong, as it crosses to the window: a code, its parameters, and the lines at fault.
//!
//! A code exists only if somebody acts on it: the window has a text and a next step for each, in five
//! languages. SQL text, paths and stack traces stay in the log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

/// What went wrong, in one word that a program can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each code is its own sentence; the texts stand in the catalogues"
)]
pub enum ErrorCode {
    InsufficientStock,
    ConfirmationMissing,
    ConfirmationExpired,
    IdempotencyConflict,
    ProductNotFound,
    CodeNotFound,
    CodeTaken,
    SkuTaken,
    ProductInactive,
    NameMissing,
    NameTaken,
    InvalidSku,
    InvalidQuantity,
    InvalidPrice,
    InvalidCode,
    InvalidLogin,
    InvalidSetting,
    AutostartRefused,
    PasswordTooShort,
    LoginTaken,
    WrongPassword,
    LockedOut,
    UserInactive,
    PasswordToBeChosen,
    UserNotFound,
    LastAdmin,
    SessionExpired,
    NotPermitted,
    AlreadyReversed,
    NotReversible,
    ReasonMissing,
    VersionConflict,
    EmployeeNotFound,
    EmployeeNotEnrolled,
    FaceAlreadyEnrolled,
    FaceNotClear,
    EnrolmentSelfTestFailed,
    VouchingOff,
    VoucherIsEmployee,
    CameraUnavailable,
    DatabaseUnavailable,
    DatabaseNewer,
    DatabaseOlder,
    DiskFull,
    ServerBinaryMissing,
    ServerVersion,
    ServerFailed,
    DataFolderUnsuitable,
    AlreadyRunning,
    BackupFailed,
    BackupToolMissing,
    BackupBusy,
    BackupFolder,
    BackupSameFolder,
    BackupDiffers,
    BackupDamaged,
    BackupOfOther,
    BackupGone,
    BackupsElsewhere,
    NoJournal,
    JournalElsewhere,
    JournalStopped,
    JournalDamaged,
    MomentUnreachable,
    RestoreNotConfirmed,
    Cancelled,
    FileNotReadable,
    FileNotWritable,
    ListTooLong,
    ImportBusy,
    ImportNotRead,
    ImportNothingGiven,
    ImportNotCatalogue,
    ImportMixed,
    ImportProtected,
    PictureInvalid,
    ScanUnreadable,
    NotReady,
    Internal,
}

/// A product of which there is less than was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Shortage {
    /// The product.
    pub product_id: String,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Asked for, in base units, as a decimal.
    pub wanted: String,
    /// There is this much, in base units, as a decimal.
    pub available: String,
    /// Symbol of the base unit.
    pub unit: String,
}

/// An error as the window sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{code:?} {params:?}")]
pub struct AppError {
    /// What went wrong.
    pub code: ErrorCode,
    /// What the sentence in the user's language needs: names, numbers.
    pub params: BTreeMap<String, String>,
    /// The lines that fell short, if that is what went wrong.
    pub lines: Vec<Shortage>,
}

impl AppError {
    /// An error without parameters.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
            lines: Vec::new(),
        }
    }

    /// The same error with one parameter more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// An error that nobody can act on: the cause goes to the log, the user hears that it was noted.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %cause, debug = ?cause, "an unexpected error");
        Self::new(ErrorCode::Internal)
    }
}

/// What a command answers.
pub type Result<T> = std::result::Result<T, AppError>;
