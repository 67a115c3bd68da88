//! What the data survive, in short; `make torture` is the long form.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and prints the seed that replays it"
)]

#[path = "torture/answers.rs"]
mod answers;
#[path = "torture/backups.rs"]
mod backups;
#[path = "torture/bank.rs"]
mod bank;
#[path = "torture/disk.rs"]
mod disk;
#[path = "torture/kills.rs"]
mod kills;
#[path = "torture/migrations.rs"]
mod migrations;
