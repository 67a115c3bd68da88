//! The application without its window.
//!
//! Reading order: [`posting`] is the worker's flow, a pure state machine; [`api`] holds the commands and the
//! types that cross to the window; [`Ombor`] is the running application behind them.

pub mod api;
pub mod autostart;
mod backup;
mod camera;
pub mod change;
mod demonstration;
mod desk;
mod drafts;
pub mod error;
pub mod event;
mod fault;
mod gallery;
mod health;
mod house;
mod listing;
pub mod locations;
mod log;
mod notices;
mod ombor;
mod platform;
pub mod posting;
pub mod sound;
mod start_up;
pub mod station;
mod takeover;
pub mod view;
pub mod wire;

pub use camera::Opener;
pub use ombor::{Ombor, OpenError, Options};
