//! The log file: what the program did, for whoever mends it. Never a name, a phone number, a password or a frame.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Log files that are kept, one a day.
const KEPT_DAYS: usize = 30;

/// What is written unless `RUST_LOG` says otherwise.
const LEVEL: &str = "info,sqlx=warn";

/// Writes the log to `ombor.DATE.log` in a folder until the guard is dropped. Only the first call has an effect:
/// a process has one log.
pub fn write_to(folder: &Path) -> Option<WorkerGuard> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("ombor")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LEVEL));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false);
    log.try_init().ok().map(|()| guard)
}
