//! The ledger: posting documents, reversing movements, their history, and what is there.

pub mod balance;
pub mod draft;
pub mod location;
pub mod lot;
pub mod movement;
pub mod posting;
pub mod reversal;
