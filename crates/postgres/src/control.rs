//! What the helper and its clients say to each other: one JSON value a line over a private socket.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWrite, AsyncWriteExt};

use crate::connect_info::Place;
use crate::steward::Act;
use crate::{Error, Space, Step};

/// The helper's single line on its standard output.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Announcement {
    /// It owns the data directory and takes clients.
    Listening,
    /// Another helper owns the data directory.
    Owned,
    /// It gave up before it could listen.
    Failed(Error),
}

/// From a client.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Request {
    /// Bring the server up, see to it that these logins exist, and say how to reach it.
    Attach { logins: Vec<String> },
    /// Keep the server after the last client is gone, or no longer; answered under the same number.
    Hold { number: u64, held: bool },
    /// End, so that whoever comes next starts a helper that reads the settings anew.
    Renew,
    /// Make, remove or exchange a database beside the application's; answered under the same number.
    Database { number: u64, act: Act },
}

/// To a client.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Event {
    /// The start has come so far.
    Step(Step),
    /// The server takes connections.
    Ready(Access),
    /// The server could not be brought up, or went away for good.
    Failed(Error),
    /// The free space has changed its level or was looked at.
    Space(Space),
    /// How the request of this number went.
    Done {
        number: u64,
        outcome: Result<(), Error>,
    },
}

/// What a client needs to log in.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) place: Place,
    pub(crate) port: u16,
    pub(crate) database: String,
    pub(crate) system_identifier: String,
    /// Passwords of the logins that were asked for.
    pub(crate) passwords: BTreeMap<String, String>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Access")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// Writes one value.
pub(crate) async fn send<T: Serialize>(
    writer: &mut (impl AsyncWrite + Unpin),
    value: &T,
) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    writer.write_all(&line).await?;
    writer.flush().await
}

/// Reads one value; `None` once the other side is gone.
pub(crate) async fn receive<T: DeserializeOwned>(
    reader: &mut (impl AsyncBufRead + Unpin),
) -> std::io::Result<Option<T>> {
    let mut line = Vec::new();
    if reader.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}
