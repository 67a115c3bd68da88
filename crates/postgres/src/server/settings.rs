//! The settings that the server is started with. Given on the command line, they win over every file.

use std::ffi::OsString;
use std::path::Path;

use super::{Site, opening};

/// The first major version with this setting; an older one is started to be read before an upgrade.
const KNOWS_IO_METHOD: u32 = 18;

const SETTINGS: [(&str, &str); 23] = [
    ("fsync", "on"),
    ("full_page_writes", "on"),
    ("synchronous_commit", "on"),
    ("data_sync_retry", "off"),
    ("restart_after_crash", "on"),
    // Bounds the time that recovery takes.
    ("max_wal_size", "256MB"),
    ("checkpoint_timeout", "5min"),
    ("shared_buffers", "128MB"),
    ("max_parallel_workers_per_gather", "0"),
    ("password_encryption", "scram-sha-256"),
    ("idle_in_transaction_session_timeout", "30s"),
    ("lock_timeout", "5s"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("lc_messages", "C"),
    ("logging_collector", "off"),
    ("log_destination", "stderr"),
    ("log_line_prefix", "%m|%p|"),
    ("log_checkpoints", "on"),
    // Progress of recovery is read from the log.
    ("log_startup_progress_interval", "1s"),
    ("log_statement", "none"),
    ("log_min_duration_statement", "-1"),
    ("update_process_title", "off"),
];

/// All settings of a start on `cluster`. Of two under one name the later holds.
pub(super) fn for_start(site: &Site, cluster: &Path) -> Vec<(&'static str, OsString)> {
    let mut settings: Vec<(&'static str, OsString)> = SETTINGS
        .iter()
        .map(|(name, value)| (*name, OsString::from(value)))
        .collect();
    if site.programs.major >= KNOWS_IO_METHOD {
        settings.push(("io_method", "sync".into()));
    }
    settings.push((
        "max_connections",
        site.options.limits.max_connections.to_string().into(),
    ));
    settings.extend(site.listening.iter().cloned());
    settings.extend(opening::settings(site, cluster));
    settings
}
