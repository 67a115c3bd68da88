//! How to reach a server as one of its logins.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::Error;

/// Whether a connection is encrypted and whom it must reach, in libpq's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tls {
    /// `disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`.
    pub mode: String,
    /// The file of the authority that the server's certificate must come from.
    pub root_certificate: Option<PathBuf>,
}

impl Tls {
    /// Encrypted where the server offers it.
    fn where_offered() -> Self {
        Self {
            mode: "prefer".to_owned(),
            root_certificate: None,
        }
    }
}

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
    /// Asked of a host; a socket is never encrypted.
    pub tls: Option<Tls>,
}

impl ConnectInfo {
    /// What an address such as `postgres://login:password@host:5432/database?sslmode=verify-full` names.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is not such an address.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        let options: PgConnectOptions = url.parse()?;
        let place = match options.get_socket() {
            Some(directory) => Place::Socket(directory.clone()),
            None if options.get_host().starts_with('/') => {
                Place::Socket(PathBuf::from(options.get_host()))
            }
            None => Place::Host(options.get_host().to_owned()),
        };
        let login = options.get_username().to_owned();
        let tls = match &place {
            Place::Socket(_) => None,
            Place::Host(_) => Some(Tls {
                mode: parameter(url, "sslmode").unwrap_or_else(|| Tls::where_offered().mode),
                root_certificate: parameter(url, "sslrootcert").map(PathBuf::from),
            }),
        };
        Ok(Self {
            place,
            port: options.get_port(),
            database: options.get_database().unwrap_or(&login).to_owned(),
            login,
            password: password(url)
                .or_else(|| parameter(url, "password"))
                .unwrap_or_default(),
            tls,
        })
    }

    /// The same login in another database of the same server.
    #[must_use]
    pub fn in_database(&self, database: &str) -> Self {
        Self {
            database: database.to_owned(),
            ..self.clone()
        }
    }

    /// The same for `sqlx`. The bundled server speaks no TLS; to a host TLS is used where it is offered.
    pub fn connect_options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .port(self.port)
            .database(&self.database)
            .username(&self.login)
            .password(&self.password);
        match &self.place {
            Place::Socket(directory) => options.socket(directory).ssl_mode(PgSslMode::Disable),
            Place::Host(host) => {
                let tls = self.tls.clone().unwrap_or_else(Tls::where_offered);
                let options = options
                    .host(host)
                    .ssl_mode(tls.mode.parse().unwrap_or(PgSslMode::VerifyFull));
                match &tls.root_certificate {
                    Some(file) => options.ssl_root_cert(file),
                    None => options,
                }
            }
        }
    }

    /// What libpq is told about encryption, through its environment.
    pub(crate) fn tls_environment(&self) -> Vec<(&'static str, OsString)> {
        let Some(tls) = &self.tls else {
            return Vec::new();
        };
        let mut variables = vec![("PGSSLMODE", OsString::from(&tls.mode))];
        if let Some(file) = &tls.root_certificate {
            variables.push(("PGSSLROOTCERT", file.clone().into_os_string()));
        }
        variables
    }

    /// What libpq takes as `--host`.
    pub(crate) fn host(&self) -> OsString {
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

/// The password between `login:` and `@`.
fn password(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    let (person, _) = authority.rsplit_once('@')?;
    let (_, password) = person.split_once(':')?;
    Some(percent_decoded(password))
}

/// A parameter behind the question mark.
fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| percent_decoded(value))
    })
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = behind
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(digits.unwrap_or(first));
        rest = if digits.is_some() {
            &behind[2..]
        } else {
            behind
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_its_password_and_its_encryption() {
        let url = "postgres://sklad:a%40b%3Ac@db.example:6432/ombor?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem";
        let info = ConnectInfo::from_url(url).unwrap();
        assert_eq!(info.place, Place::Host("db.example".to_owned()));
        assert_eq!(
            (info.port, info.database.as_str(), info.login.as_str()),
            (6432, "ombor", "sklad")
        );
        assert_eq!(info.password, "a@b:c");
        let tls = info.tls.unwrap();
        assert_eq!(tls.mode, "verify-full");
        assert_eq!(tls.root_certificate, Some(PathBuf::from("/etc/ca.pem")));
    }

    /// Answers the first question of a client as a server without TLS does, and says what the question was.
    async fn asked_first(mode: &str) -> (u32, Result<(), Error>) {
        use sqlx::ConnectOptions;
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("postgres://desk:secret@127.0.0.1:{port}/ombor?sslmode={mode}");
        let options = ConnectInfo::from_url(&url).unwrap().connect_options();
        let answering = async {
            let (mut line, _) = listener.accept().await.unwrap();
            line.read_u32().await.unwrap();
            let question = line.read_u32().await.unwrap();
            line.write_all(b"N").await.unwrap();
            question
        };
        let (question, connected) = tokio::join!(answering, options.connect());
        (question, connected.map(drop).map_err(Error::from))
    }

    #[tokio::test]
    async fn a_host_is_asked_for_encryption_first_and_left_where_it_has_none_but_should() {
        const ENCRYPTION: u32 = 80_877_103;
        for mode in ["prefer", "require", "verify-full"] {
            assert_eq!(asked_first(mode).await.0, ENCRYPTION, "{mode}");
        }
        let refused = asked_first("verify-full").await.1.unwrap_err().to_string();
        assert!(refused.contains("TLS"), "{refused}");
    }

    #[test]
    fn an_address_without_a_word_on_encryption_asks_for_it_where_it_is_offered() {
        let info = ConnectInfo::from_url("postgres://dev:dev@127.0.0.1:5432/ombor").unwrap();
        assert_eq!(info.tls, Some(Tls::where_offered()));
        assert!(!format!("{info:?}").contains("password"));
    }
}
