//! Reports: one file for each.

pub mod stock_list;
pub mod today;
