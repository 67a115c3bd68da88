//! What differs between systems: where data lies and how a sound is made.

#[cfg_attr(unix, path = "platform/linux.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

/// Sounds.
pub mod sound;

pub use system::{create_private_folder, default_data_dir};
