//! The commands of the window: one line each over [`ombor_desk::Ombor`].
#![expect(
    missing_docs,
    reason = "each command is documented where its body stands, in ombor_desk"
)]

pub mod backup;
pub mod camera;
pub mod catalogue;
pub mod desk;
pub mod employee;
pub mod folder;
pub mod label;
pub mod list;
pub mod movement;
pub mod session;
pub mod settings;
pub mod start;
pub mod takeover;
pub mod user;
