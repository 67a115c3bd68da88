//! The application without its window.
//!
//! Reading order: [`posting`] is the worker's flow, a pure state machine; [`api`] holds the commands and the
//! types that cross to the window; [`Ombor`] is the running application behind them.

pub mod api;
pub mod change;
pub mod error;
pub mod event;
pub mod locations;
mod platform;
pub mod posting;
pub mod sound;
pub mod station;
pub mod view;
pub mod wire;
