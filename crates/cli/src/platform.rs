//! What differs between systems: where data lies, and what is plugged in.

#[cfg_attr(unix, path = "platform/linux.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

pub use system::{cameras, default_data_dir, is_private, keyboards, printers};
