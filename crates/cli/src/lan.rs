//! `omborctl lan`: the bundled server opened to other desks of the local network, and closed again.

use std::net::IpAddr;

use clap::Subcommand;
use ombor_core::schema;
use ombor_postgres::lan::{Lan, Network, PORT};
use serde::Serialize;

use crate::{
    error::Error,
    house::{DATABASE, DataDir, House},
    outcome::Outcome,
};

/// Who hears it has to know.
const NO_ENCRYPTION: &str = "What goes over the network is not encrypted, passwords aside: the server that Ombor brings along has no TLS. \
Where strangers can plug into the network, use Debian's PostgreSQL with TLS and name it in DATABASE_URL.";

/// What is to be done with the network.
#[derive(Subcommand)]
pub enum LanCommand {
    /// Opens the server to other desks and says what is to be typed there. Whoever was let in before is not any more.
    On {
        /// Whose desks are let in: a network such as 192.168.1.0/24, or a computer such as 192.168.1.20.
        #[arg(long = "address", value_name = "NETWORK", required = true)]
        allowed: Vec<Network>,
        /// This computer's address to listen on; the one by which it reaches the first network if none is given.
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<IpAddr>,
        /// The port to listen on.
        #[arg(long, default_value_t = PORT)]
        port: u16,
    },
    /// Closes the server to all other desks.
    Off,
    /// Says whether the server is open, to whom, and what is typed at another desk.
    Status,
}

/// The state of the opening.
#[derive(Serialize)]
struct Status {
    /// Whether other desks are let in.
    open: bool,
    /// Where the server listens.
    listen: Option<String>,
    /// Whose desks are let in.
    allowed: Vec<String>,
    /// What another desk is given as `DATABASE_URL`.
    database_url: Option<String>,
    /// The bundled server has none.
    encrypted: bool,
}

impl Status {
    fn of(lan: Option<&Lan>) -> Self {
        let allowed = lan.map(Lan::allowed).unwrap_or_default();
        Self {
            open: lan.is_some(),
            listen: lan.map(|lan| format!("{}:{}", lan.listen(), lan.port())),
            allowed: allowed.iter().map(ToString::to_string).collect(),
            database_url: lan.map(|lan| lan.address_line(DATABASE)),
            encrypted: false,
        }
    }

    fn in_words(&self) -> String {
        let (Some(listen), Some(url)) = (&self.listen, &self.database_url) else {
            return "The server is closed to other desks.".to_owned();
        };
        format!(
            "The server listens on {listen} for desks of {}.\n\
             At the other desk, write this line into the file database.url of its data folder (chmod 600),\n\
             or start Ombor there with DATABASE_URL set to it:\n\n    {url}\n\n{NO_ENCRYPTION}",
            self.allowed.join(", ")
        )
    }
}

/// Opens, closes or tells.
pub async fn run(command: &LanCommand, in_json: bool, folder: &DataDir) -> Result<Outcome, Error> {
    if folder.elsewhere()?.is_some() {
        return Err(Error::ServerElsewhere);
    }
    match command {
        LanCommand::On {
            allowed,
            listen,
            port,
        } => open(allowed, *listen, *port, folder).await?,
        LanCommand::Off => close(folder).await?,
        LanCommand::Status => {}
    }
    let lan = Lan::of(folder.path())?;
    let status = Status::of(lan.as_ref());
    Ok(Outcome::of(&status, || status.in_words(), in_json))
}

/// The server is started with the opening, and held: other desks need it when this one's window is closed.
async fn open(
    allowed: &[Network],
    listen: Option<IpAddr>,
    port: u16,
    folder: &DataDir,
) -> Result<(), Error> {
    // An opening that stands has the port that may be asked for again.
    close(folder).await?;
    let lan = Lan::new(allowed.to_vec(), listen, port, schema::APP_ROLE)?;
    let house = House::open(folder).await?;
    lan.keep(folder.path())?;
    if let Some(server) = house.server {
        server.renew().await;
    }
    let house = House::open(folder).await?;
    if let Some(server) = &house.server {
        server.hold().await?;
    }
    Ok(())
}

/// The server that runs open is stopped; the next client starts one that listens nowhere.
async fn close(folder: &DataDir) -> Result<(), Error> {
    if Lan::forget(folder.path())? && folder.server_process().is_some() {
        let house = House::attached(folder).await?;
        if let Some(server) = house.server {
            server.renew().await;
        }
    }
    Ok(())
}
