//! Backups of a real warehouse on the server that Ombor brings along.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

mod house;
mod journal;
mod lineage;
mod restore;
mod take;
