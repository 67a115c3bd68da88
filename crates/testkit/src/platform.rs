//! What differs between systems: Debian has a PostgreSQL of its own to test on.

#[cfg(unix)]
mod linux;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use linux::{as_ordinary_user, oldest_programs, start_oldest};
#[cfg(windows)]
pub(crate) use windows::{as_ordinary_user, oldest_programs, start_oldest};
