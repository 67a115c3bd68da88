//! The bundled server as it is used: real programs, real processes, real signals. The rows that the tests name are
//! those of the table of embedded-server pitfalls in `ARCHITECTURE.md`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod clients;
mod creation;
mod dump;
mod durability;
mod places;
mod recovery;
mod space;
mod stand;
