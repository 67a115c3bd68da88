//! What the data survive, in short; `make torture` is the long form.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "torture/backups.rs"]
mod backups;
#[path = "torture/kills.rs"]
mod kills;
