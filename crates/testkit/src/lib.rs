//! For tests: one server a run, one database a test, opened with the application's own role.
//!
//! [`TestDatabase`] is a clone of a migrated template on the bundled PostgreSQL (or on Debian's 15, see [`Server`]);
//! [`Warehouse`] puts people into one and drives it: [`Warehouse::post_receipt`] and the like go through
//! `ombor_core`, [`ProductBuilder`] inserts. [`OldWarehouse`] is one on PostgreSQL 16. [`face`] draws faces that belong to nobody.

mod database;
pub mod face;
mod old_warehouse;
mod platform;
mod product;
mod server;
mod warehouse;

pub use database::TestDatabase;
pub use old_warehouse::OldWarehouse;
pub use product::ProductBuilder;
pub use server::Server;
pub use warehouse::{PASSWORD, Warehouse};
