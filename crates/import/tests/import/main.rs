//! Old data of every format, made here, into a plan.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

mod archives;
mod balances;
mod commerceml;
mod database;
mod disguises;
mod exchanges;
mod files;
mod heads;
mod journals;
mod layouts;
mod lists;
mod makers;
mod old_stock;
mod pictures;
mod refusals;
mod reports;
mod sections;
mod warehouses;
mod workbooks;
