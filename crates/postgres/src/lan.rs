//! The bundled server opened to other desks of the same local network, on purpose. Off unless somebody switched it on.

mod network;

use std::net::{IpAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use network::Network;

use crate::cluster::random_password;
use crate::{ConnectInfo, Error, Place, Tls, storage};

/// The login of the other desks. It has the rights of the application's role and no others.
pub const LOGIN: &str = "ombor_desk";
/// The port of an opened server where nothing else is asked for.
pub const PORT: u16 = 5432;

/// Where the server listens besides, and for whom. It lies in the data directory, readable by its owner alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lan {
    listen: IpAddr,
    port: u16,
    allowed: Vec<Network>,
    role: String,
    password: String,
}

impl Lan {
    /// An opening for the computers of `allowed` with the rights of `role`, under a new password. The server listens on
    /// `listen`, or else on the address by which this computer reaches them.
    ///
    /// # Errors
    /// [`Error::NoWayToNetwork`] when this computer does not reach them, [`Error::AddressTaken`] when another program
    /// listens there or the address is not this computer's own.
    pub fn new(
        allowed: Vec<Network>,
        listen: Option<IpAddr>,
        port: u16,
        role: &str,
    ) -> Result<Self, Error> {
        let listen = match (listen, allowed.first()) {
            (Some(listen), _) => listen,
            (None, Some(network)) => own_address(*network)?,
            (None, None) => {
                return Err(Error::NoWayToNetwork {
                    network: "no address".to_owned(),
                });
            }
        };
        let lan = Self {
            listen,
            port,
            allowed,
            role: role.to_owned(),
            password: random_password(),
        };
        lan.require_free()?;
        Ok(lan)
    }

    /// The opening of this data directory, if its server is opened.
    ///
    /// # Errors
    /// [`Error::LoginsUnreadable`] when the file is damaged.
    pub fn of(data_dir: &Path) -> Result<Option<Self>, Error> {
        let path = file(data_dir);
        if !path.exists() {
            return Ok(None);
        }
        let read = storage::read_json(&path);
        read.map(Some).ok_or(Error::LoginsUnreadable { path })
    }

    /// Keeps the opening for the server's next start.
    pub fn keep(&self, data_dir: &Path) -> Result<(), Error> {
        storage::write_json(&file(data_dir), self)
    }

    /// Closes the server of this data directory from its next start on; whether it was open.
    pub fn forget(data_dir: &Path) -> Result<bool, Error> {
        let path = file(data_dir);
        match std::fs::remove_file(&path) {
            Ok(()) => storage::sync_parent(&path).map(|()| true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::io(&path)(error)),
        }
    }

    /// Where the server listens.
    pub fn listen(&self) -> IpAddr {
        self.listen
    }

    /// On which port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whose desks are let in.
    pub fn allowed(&self) -> &[Network] {
        &self.allowed
    }

    /// How another desk reaches `database`. The bundled server speaks no TLS.
    pub fn door(&self, database: &str) -> ConnectInfo {
        ConnectInfo {
            place: Place::Host(self.listen.to_string()),
            port: self.port,
            database: database.to_owned(),
            login: LOGIN.to_owned(),
            password: self.password.clone(),
            tls: Some(Tls {
                mode: "disable".to_owned(),
                root_certificate: None,
            }),
        }
    }

    /// The same as the line that is typed at the other desk.
    pub fn address_line(&self, database: &str) -> String {
        let Self {
            listen,
            port,
            password,
            ..
        } = self;
        let host = match listen {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        format!("postgres://{LOGIN}:{password}@{host}:{port}/{database}?sslmode=disable")
    }

    /// Whether the server can listen there: the address may have been given to another computer since.
    pub(crate) fn require_free(&self) -> Result<(), Error> {
        let taken = |error: std::io::Error| Error::AddressTaken {
            address: format!("{}:{}", self.listen, self.port),
            reason: error.to_string(),
        };
        TcpListener::bind((self.listen, self.port))
            .map(drop)
            .map_err(taken)
    }

    /// The rules by which the other desks log in: one login, one database, by password. What stands behind them holds for
    /// everybody else.
    pub(crate) fn rules(&self, database: &str) -> String {
        self.allowed.iter().fold(String::new(), |rules, network| {
            rules + &format!("host \"{database}\" {LOGIN} {network} scram-sha-256\n")
        })
    }

    /// What the superuser sees to at each start: the login has its password and the application's rights.
    pub(crate) fn admission(&self) -> String {
        let Self { role, password, .. } = self;
        format!(
            "DO $$ BEGIN
                 IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{LOGIN}') THEN
                     CREATE ROLE {LOGIN};
                 END IF;
             END $$;
             ALTER ROLE {LOGIN} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}';
             GRANT \"{role}\" TO {LOGIN};"
        )
    }
}

/// What the superuser sees to at the start of a server that is not opened.
pub(crate) const DISMISSAL: &str = "\
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ombor_desk' AND rolcanlogin) THEN
        ALTER ROLE ombor_desk NOLOGIN PASSWORD NULL;
    END IF;
END $$;";

impl std::fmt::Debug for Lan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Lan")
            .field("listen", &self.listen)
            .field("port", &self.port)
            .field("allowed", &self.allowed)
            .finish_non_exhaustive()
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("lan.json")
}

/// The address by which this computer reaches a network. Nothing is sent.
fn own_address(network: Network) -> Result<IpAddr, Error> {
    let any: IpAddr = match network.first() {
        IpAddr::V4(_) => std::net::Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    let own = UdpSocket::bind((any, 0))
        .and_then(|socket| {
            socket.connect((network.first(), PORT))?;
            socket.local_addr()
        })
        .map(|own| own.ip());
    own.map_err(|_| Error::NoWayToNetwork {
        network: network.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lan() -> Lan {
        Lan {
            listen: IpAddr::from([192, 168, 1, 5]),
            port: 5432,
            allowed: vec!["192.168.1.0/24".parse().expect("a network")],
            role: "ombor_app".to_owned(),
            password: "5ecret".to_owned(),
        }
    }

    #[test]
    fn another_desk_is_told_one_line_that_says_there_is_no_encryption() {
        let line = "postgres://ombor_desk:5ecret@192.168.1.5:5432/ombor?sslmode=disable";
        assert_eq!(lan().address_line("ombor"), line);
        assert_eq!(
            ConnectInfo::from_url(line).expect("an address"),
            lan().door("ombor")
        );
    }

    #[test]
    fn the_rules_let_one_login_into_one_database_by_password() {
        assert_eq!(
            lan().rules("ombor"),
            "host \"ombor\" ombor_desk 192.168.1.0/24 scram-sha-256\n"
        );
    }

    #[test]
    fn the_password_is_not_shown_by_chance() {
        assert!(!format!("{:?}", lan()).contains("5ecret"));
    }
}
