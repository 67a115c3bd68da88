//! Errors of the rooms below, in the words that cross to the window.

use ombor_core::Error as CoreError;

use crate::error::{AppError, ErrorCode, Shortage};
use crate::wire::{decimal, time};

/// An error of the warehouse.
pub fn from_core(error: CoreError) -> AppError {
    use ErrorCode as Code;
    let code = match &error {
        CoreError::InsufficientStock { lines } => {
            return AppError {
                lines: lines.iter().map(shortage).collect(),
                ..AppError::new(Code::InsufficientStock)
            };
        }
        CoreError::WrongPassword { wait_seconds } => {
            return AppError::new(Code::WrongPassword).with("waitSeconds", wait_seconds);
        }
        CoreError::LockedOut { wait_seconds } => {
            let locked = AppError::new(Code::LockedOut);
            return match wait_seconds {
                Some(seconds) => locked.with("waitSeconds", seconds),
                None => locked,
            };
        }
        CoreError::NotPermitted { .. } => Code::NotPermitted,
        CoreError::SessionExpired => Code::SessionExpired,
        CoreError::UserInactive => Code::UserInactive,
        CoreError::PasswordToBeChosen => Code::PasswordToBeChosen,
        CoreError::LastAdmin => Code::LastAdmin,
        CoreError::LoginTaken => Code::LoginTaken,
        CoreError::NameTaken => Code::NameTaken,
        CoreError::SkuTaken => Code::SkuTaken,
        CoreError::CodeTaken => Code::CodeTaken,
        CoreError::ConfirmationMissing
        | CoreError::ConfirmationForeign
        | CoreError::LivenessMissing => Code::ConfirmationMissing,
        CoreError::ConfirmationExpired => Code::ConfirmationExpired,
        CoreError::IdempotencyConflict => Code::IdempotencyConflict,
        CoreError::AlreadyReversed => Code::AlreadyReversed,
        CoreError::NotReversible => Code::NotReversible,
        CoreError::ProductInactive => Code::ProductInactive,
        CoreError::ProductNotFound | CoreError::NotFound | CoreError::InvalidId => {
            Code::ProductNotFound
        }
        CoreError::VersionConflict => Code::VersionConflict,
        CoreError::EmployeeNotFound => Code::EmployeeNotFound,
        CoreError::EmployeeNotEnrolled => Code::EmployeeNotEnrolled,
        CoreError::VouchingOff => Code::VouchingOff,
        CoreError::VoucherIsEmployee => Code::VoucherIsEmployee,
        CoreError::InvalidSku => Code::InvalidSku,
        CoreError::InvalidQuantity => Code::InvalidQuantity,
        CoreError::InvalidPrice => Code::InvalidPrice,
        CoreError::InvalidCode => Code::InvalidCode,
        CoreError::InvalidLogin => Code::InvalidLogin,
        CoreError::NameMissing => Code::NameMissing,
        CoreError::PasswordTooShort => Code::PasswordTooShort,
        CoreError::InvalidPicture => Code::PictureInvalid,
        CoreError::InvalidSetting => Code::InvalidSetting,
        CoreError::DatabaseNewer { .. } => Code::DatabaseNewer,
        CoreError::DatabaseOlder { .. } => Code::DatabaseOlder,
        CoreError::DiskFull(_) => Code::DiskFull,
        CoreError::Cancelled => Code::Cancelled,
        CoreError::DatabaseUnavailable(cause) => {
            tracing::warn!(error = %cause, "the database does not answer");
            Code::DatabaseUnavailable
        }
        _ => return AppError::internal(&error),
    };
    AppError::new(code)
}

fn shortage(short: &ombor_core::error::Shortage) -> Shortage {
    Shortage {
        product_id: short.product_id.to_string(),
        sku: short.sku.clone(),
        name: short.name.clone(),
        wanted: decimal(short.wanted),
        available: decimal(short.available),
        unit: String::new(),
    }
}

/// An error of the connection.
pub fn from_sqlx(error: &sqlx::Error) -> AppError {
    tracing::warn!(%error, "the database does not answer");
    AppError::new(ErrorCode::DatabaseUnavailable)
}

/// A file that cannot be read or written.
pub fn from_io(error: &std::io::Error) -> AppError {
    tracing::warn!(%error, "a file cannot be used");
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => ErrorCode::DiskFull,
        _ => ErrorCode::FileNotReadable,
    };
    AppError::new(code)
}

/// An error of the bundled server.
pub fn from_server(error: &ombor_postgres::Error) -> AppError {
    tracing::error!(%error, "the bundled server");
    let code = server_code(error.code());
    AppError::new(code).with("detail", error)
}

/// An error of the backups.
pub fn from_vault(error: &ombor_vault::Error) -> AppError {
    tracing::error!(%error, "the backups");
    let told = AppError::new(match error.code() {
        "databaseUnavailable" => ErrorCode::DatabaseUnavailable,
        "databaseNewer" => ErrorCode::DatabaseNewer,
        "invalidSetting" => ErrorCode::InvalidSetting,
        "backupOfOther" => ErrorCode::BackupOfOther,
        "backupGone" => ErrorCode::BackupGone,
        "backupSameFolder" => ErrorCode::BackupSameFolder,
        "noJournal" => ErrorCode::NoJournal,
        "journalElsewhere" => ErrorCode::JournalElsewhere,
        "journalStopped" => ErrorCode::JournalStopped,
        code => server_code(code),
    });
    match error {
        // Whoever set the folder has to know which one it is.
        ombor_vault::Error::Server(
            ombor_postgres::Error::BackupFolder { path, .. }
            | ombor_postgres::Error::BackupBusy { path },
        ) => told.with("folder", path.display()),
        ombor_vault::Error::Server(ombor_postgres::Error::ToolMissing { server }) => {
            told.with("version", server)
        }
        ombor_vault::Error::Server(ombor_postgres::Error::MomentUnreachable {
            until: Some(until),
            ..
        }) => told.with("until", time(*until)),
        _ => told,
    }
}

/// An error of a moment that is brought back: what is damaged then is no backup, but a part of the journal.
pub fn from_journal(error: &ombor_vault::Error) -> AppError {
    let told = from_vault(error);
    match told.code {
        ErrorCode::BackupDamaged => AppError::new(ErrorCode::JournalDamaged),
        _ => told,
    }
}

fn server_code(code: &str) -> ErrorCode {
    match code {
        "serverBinaryMissing" => ErrorCode::ServerBinaryMissing,
        "serverVersion" => ErrorCode::ServerVersion,
        "dataFolderUnsuitable" => ErrorCode::DataFolderUnsuitable,
        "diskFull" => ErrorCode::DiskFull,
        "alreadyRunning" => ErrorCode::AlreadyRunning,
        "backupFailed" => ErrorCode::BackupFailed,
        "backupToolMissing" => ErrorCode::BackupToolMissing,
        "backupBusy" => ErrorCode::BackupBusy,
        "backupFolder" => ErrorCode::BackupFolder,
        "backupDiffers" => ErrorCode::BackupDiffers,
        "backupDamaged" => ErrorCode::BackupDamaged,
        "journalConflict" => ErrorCode::JournalDamaged,
        "momentUnreachable" => ErrorCode::MomentUnreachable,
        "cancelled" => ErrorCode::Cancelled,
        "internal" => ErrorCode::Internal,
        _ => ErrorCode::ServerFailed,
    }
}

/// An error of the camera or of an enrolment.
pub fn from_face(error: &ombor_face::Error) -> AppError {
    tracing::warn!(%error, "a face could not be worked on");
    let code = match error.code() {
        "tooFewFrames" => ErrorCode::FaceNotClear,
        "selfTestFailed" => ErrorCode::EnrolmentSelfTestFailed,
        "cameraMissing"
        | "cameraBusy"
        | "cameraLost"
        | "cameraSilent"
        | "captureProgramMissing" => ErrorCode::CameraUnavailable,
        "fileNotReadable" | "frameInvalid" => ErrorCode::FileNotReadable,
        _ => ErrorCode::Internal,
    };
    AppError::new(code)
}

/// A list that could not be written as a file.
pub fn from_export(error: &ombor_export::Error) -> AppError {
    tracing::warn!(%error, "a list could not be saved");
    match error {
        ombor_export::Error::Unwritable { path, source } => match source.kind() {
            std::io::ErrorKind::StorageFull => AppError::new(ErrorCode::DiskFull),
            _ => AppError::new(ErrorCode::FileNotWritable).with("path", path.display()),
        },
        _ => AppError::internal(error),
    }
}

/// Old data that could not be read.
pub fn from_import(error: &ombor_import::Error) -> AppError {
    use ombor_import::Error as ImportError;
    tracing::warn!(%error, "old data could not be read");
    let named = |code, path: &std::path::Path| {
        let name = path.file_name().unwrap_or(path.as_os_str());
        AppError::new(code).with("file", name.to_string_lossy())
    };
    match error {
        ImportError::NotCatalogue { path, what } => {
            named(ErrorCode::ImportNotCatalogue, path).with("what", what.code())
        }
        ImportError::Unreadable { path, .. } | ImportError::Database { path, .. } => {
            named(ErrorCode::ImportNotRead, path)
        }
        ImportError::Protected { path } => named(ErrorCode::ImportProtected, path),
        ImportError::MixedFormats { first, second } => AppError::new(ErrorCode::ImportMixed)
            .with("first", first)
            .with("second", second),
        ImportError::NothingGiven => AppError::new(ErrorCode::ImportNothingGiven),
        ImportError::UnknownColumn { column } => {
            AppError::new(ErrorCode::InvalidSetting).with("column", column)
        }
        ImportError::Cancelled => AppError::new(ErrorCode::Cancelled),
    }
}
