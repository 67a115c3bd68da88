//! What differs between systems; each file has the same names.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
pub(crate) use linux::{cameras, create_private, name_for_opencv, quiet_command, replace};
#[cfg(windows)]
pub(crate) use windows::{cameras, create_private, name_for_opencv, quiet_command, replace};

#[cfg(target_os = "linux")]
pub use linux::CAPTURE_BACKEND;
#[cfg(windows)]
pub use windows::CAPTURE_BACKEND;
