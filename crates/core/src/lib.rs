//! The warehouse: types, rules, permissions and the SQL that keeps them.
//!
//! Reading order: [`actor`] (who asks and what they may), [`people`] (users, sessions, employees, confirmations),
//! [`catalogue`] (what is kept), [`stock`] (the ledger: posting, reversal, history), [`report`], [`takeover`] (what comes
//! from an old program), then the evidence: [`audit`] and [`seal`]. [`schema`] brings a database up to date; [`error`] says what can go wrong.
//!
//! A use case takes a connection and the [`actor::Actor`] and is `validate`, `plan`, `write`. Whatever changes the
//! database goes through a function of the database, which asks the session's role again and does its work in one
//! transaction; so a use case is called on a plain connection and needs no transaction around it.

pub mod actor;
pub mod audit;
pub mod calendar;
pub mod catalogue;
pub mod error;
pub mod id;
pub mod invariant;
pub mod lineage;
pub mod money;
pub mod name;
pub mod people;
pub mod quantity;
pub mod report;
pub mod schema;
pub mod seal;
pub mod settings;
pub mod stock;
pub mod takeover;

pub use error::{Error, Result};
