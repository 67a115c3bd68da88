//! How to reach a server as one of its logins.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The directory of a Unix socket.
    Socket(PathBuf),
    /// A host name or address.
    Host(String),
}

/// A server's place, a database in it and a login with its password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectInfo {
    /// Where the server listens.
    pub place: Place,
    /// Port, which also names the Unix socket.
    pub port: u16,
    /// Database name.
    pub database: String,
    /// Login role.
    pub login: String,
    /// The login's password.
    pub password: String,
}

impl ConnectInfo {
    /// The same for `sqlx`. The bundled server speaks no TLS; to a host TLS is used where it is offered.
    pub fn connect_options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .port(self.port)
            .database(&self.database)
            .username(&self.login)
            .password(&self.password);
        match &self.place {
            Place::Socket(directory) => options.socket(directory).ssl_mode(PgSslMode::Disable),
            Place::Host(host) => options.host(host).ssl_mode(PgSslMode::Prefer),
        }
    }

    /// What libpq takes as `--host`.
    pub(crate) fn host(&self) -> std::ffi::OsString {
        match &self.place {
            Place::Socket(directory) => directory.clone().into_os_string(),
            Place::Host(host) => host.into(),
        }
    }
}

impl fmt::Debug for ConnectInfo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ConnectInfo")
            .field("place", &self.place)
            .field("port", &self.port)
            .field("database", &self.database)
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}
