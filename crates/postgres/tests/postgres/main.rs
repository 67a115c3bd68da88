//! The bundled server as it is used: real programs, real processes, real signals.
//!
//! The rows that the tests name are pitfalls of a server inside an application:
//!
//! | row | pitfall |
//! |---|---|
//! | 1 | fsync switched off by somebody |
//! | 2 | the pid file names a process that took over the id |
//! | 3 | the pid file of a running server is removed, a second server starts beside it |
//! | 4 | the processes of a killed server are still there at the next start |
//! | 5 | the application dies and leaves its server behind |
//! | 6 | the server hangs on the thread that started it |
//! | 7 | a signal reaches a process that is not the server |
//! | 8 | a start is broken off while recovery makes progress |
//! | 9 | a cluster that was not made to the end is opened |
//! | 10 | a data directory is deleted |
//! | 11 | the server listens on the network, or its port is taken |
//! | 12 | the path of the socket is too long |
//! | 13 | PostgreSQL refuses to run as root |
//! | 14 | spaces, quotes, Cyrillic in paths |
//! | 15 | text order depends on the system's locales |
//! | 17 | the end of a session takes shared memory and sockets away |
//! | 18 | the disk fills up |
//! | 19 | recovery takes long |
//! | 21 | the server ends again and again |
//! | 24 | network shares, memory sticks, synchronised folders |
//! | 25 | wrong modes, another owner |
//! | 26 | data of another major version |
//! | 28 | a dump tool of another major version |
//! | 30 | the helper becomes the parent of strange processes |
//! | 31 | two copies of the application |

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

mod backup;
mod clients;
mod creation;
mod dump;
mod durability;
mod kept;
mod lan;
mod places;
mod recovery;
mod restore;
mod space;
mod stand;
