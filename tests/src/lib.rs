//! The whole system under test. This library is what its tests, its bench and the demonstration session stand on:
//!
//! - [`screen`], [`keyboard`], [`camera`]: the hardware of a desk, private to one run;
//! - [`window`]: the real window, read and clicked through WebKit's own driver;
//! - [`label`]: a printed label as a scanner sees it;
//! - [`program`], [`process`], [`until`]: what ends with a test, and waiting for what becomes true.

pub mod camera;
pub mod keyboard;
pub mod label;
pub mod process;
pub mod program;
pub mod screen;
pub mod until;
pub mod window;
