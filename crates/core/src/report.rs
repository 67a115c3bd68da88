//! Reports: one file for each.

pub mod today;
