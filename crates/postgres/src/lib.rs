//! The PostgreSQL server that Ombor brings along: made, started, watched over, recovered, backed up and restored.
//!
//! A small helper process, `ombor-pgd`, owns the data directory's lock and the server. A program that wants the
//! server calls [`attach`]; it becomes a client of the helper, which is started when none runs. When the last client
//! is gone, however it died, the helper stops the server cleanly, unless [`Attached::hold`] was called.
//!
//! The server listens on a Unix socket in a private directory (Windows: on the loopback address), always with
//! SCRAM passwords, and on the network only when it was opened to other desks on purpose ([`lan`]). No code path of this
//! crate deletes a data directory; what was recovered beside it, from the journal, goes when it was read, and the old
//! cluster of an upgrade when somebody confirmed that ([`upgrade`]).

mod attach;
pub mod backup;
pub mod bundle;
mod cluster;
mod connect_info;
mod control;
mod dump;
pub mod elsewhere;
mod error;
pub mod journal;
pub mod lan;
mod layout;
mod options;
mod platform;
pub mod pool;
mod program;
pub mod restore;
mod server;
mod space;
mod steward;
pub mod storage;
pub mod supervisor;
mod tool;
pub mod upgrade;

pub use attach::{Attached, attach};
pub use connect_info::{ConnectInfo, Place, Tls};
pub use error::Error;
pub use options::{Limits, Options, Step};
pub use space::{Space, SpaceLevel};
pub use steward::Steward;
