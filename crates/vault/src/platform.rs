//! What differs between systems: where a second disk shows, and what tells one computer from another.

#[cfg(unix)]
mod linux;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use linux::external_disks;
#[cfg(unix)]
pub(crate) use linux::machine;
#[cfg(windows)]
pub use windows::external_disks;
#[cfg(windows)]
pub(crate) use windows::machine;
