//! What differs between systems: what a web view needs before it starts.

#[cfg_attr(unix, path = "platform/linux.rs")]
#[cfg_attr(windows, path = "platform/windows.rs")]
mod system;

pub use system::prepare;
