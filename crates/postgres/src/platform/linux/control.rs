//! The helper's socket.

use std::io;
use std::path::{Path, PathBuf};

use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};

/// A conversation between the helper and a client.
pub(crate) type ControlStream = UnixStream;
/// Its incoming half.
pub(crate) type ControlReader = OwnedReadHalf;
/// Its outgoing half; dropping it tells the other side.
pub(crate) type ControlWriter = OwnedWriteHalf;

/// The helper's listening socket; its file is removed when it is dropped.
pub(crate) struct ControlListener {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlListener {
    /// Listens in `directory`. A socket left there by a killed helper is replaced: the caller holds the lock.
    pub(crate) fn bind(directory: &Path) -> io::Result<Self> {
        let path = directory.join("control");
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        Ok(Self {
            listener: UnixListener::bind(&path)?,
            path,
        })
    }

    /// What a client gives to [`connect_control`].
    pub(crate) fn address(&self) -> &Path {
        &self.path
    }

    /// The next client.
    pub(crate) async fn accept(&self) -> io::Result<ControlStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

impl Drop for ControlListener {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Connects to a helper.
pub(crate) async fn connect_control(address: &Path) -> io::Result<ControlStream> {
    UnixStream::connect(address).await
}

/// Both halves of a conversation.
pub(crate) fn split_control(stream: ControlStream) -> (ControlReader, ControlWriter) {
    stream.into_split()
}
