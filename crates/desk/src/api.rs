//! The commands behind the window, area by area, with the types that cross to it.
//!
//! Identifiers, quantities and money cross as strings, times as RFC 3339 in UTC.

pub mod audit;
pub mod backup;
pub mod camera;
pub mod catalogue;
pub mod desk;
pub mod employee;
pub mod enrolment;
pub mod face_report;
pub mod health;
pub mod journal;
pub mod label;
pub mod lineage;
pub mod movement;
pub mod old_movement;
pub mod restore;
pub mod saved_list;
pub mod session;
pub mod settings;
pub mod start;
pub mod takeover;
pub mod today;
pub mod user;
