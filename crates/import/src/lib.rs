//! Old data, wherever they come from, to one plan of what an import would bring.
//!
//! [`read`] takes files or folders, finds out by their content what they are, and puts everything that it finds into a
//! [`Plan`]: products, groups, units, codes, balances, users, history. What was not taken stands in
//! [`Plan::skipped`] with its place and reason; nothing is dropped without a word. Nothing here writes anything
//! but the folder for a while into which an archive is unpacked.
//!
//! Reading order: [`lexicon`] (what a head means), [`table`] (lists), [`django`], [`commerceml`], then `assembly`, where
//! what was read becomes the warehouse's own types.

mod archive;
mod assembly;
mod commerceml;
mod direction;
mod django;
pub mod error;
mod kind;
pub mod lexicon;
mod number;
pub mod plan;
mod reading;
pub mod report;
mod scanned_code;
mod separated;
pub mod skipped;
mod spreadsheet;
mod table;
mod text;
mod unit_name;
mod web_table;

pub use assembly::Progress;
pub use error::{Error, NotCatalogue, Result};
pub use plan::{Correction, Plan};
pub use reading::read;
pub use report::{Refusal, Report};
