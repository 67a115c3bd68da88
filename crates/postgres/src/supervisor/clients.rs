//! The helper's side of its conversations.

use tokio::io::BufReader;
use tokio::sync::{mpsc, watch};

use crate::control::{self, Event, Request};
use crate::platform::{self, ControlListener, ControlStream};
use crate::steward::Act;
use crate::{Error, Space, Step};

/// What a client wants of the helper.
pub(super) enum Ask {
    Attach {
        logins: Vec<String>,
        answer: mpsc::UnboundedSender<Event>,
    },
    Hold {
        number: u64,
        held: bool,
        answer: mpsc::UnboundedSender<Event>,
    },
    Database {
        number: u64,
        act: Act,
        answer: mpsc::UnboundedSender<Event>,
    },
    Renew,
}

/// What all clients are told.
#[derive(Debug, Clone, Default)]
pub(super) struct Board {
    /// All steps so far; a late client hears them too.
    pub(super) steps: Vec<Step>,
    /// The last look at the disk.
    pub(super) space: Option<Space>,
    /// Why the helper gives up.
    pub(super) end: Option<Error>,
}

/// Takes clients for ever; `present` counts those that are there.
pub(super) async fn welcome(
    listener: ControlListener,
    present: watch::Sender<usize>,
    board: watch::Sender<Board>,
    asks: mpsc::Sender<Ask>,
) {
    loop {
        match listener.accept().await {
            Ok(stream) => {
                let guest = Present::new(present.clone());
                let (board, asks) = (board.subscribe(), asks.clone());
                tokio::spawn(async move {
                    let _guest = guest;
                    attend(stream, board, asks).await;
                });
            }
            Err(error) => {
                tracing::error!(%error, "a client could not be taken");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        }
    }
}

/// Counts a client as long as it lives.
struct Present(watch::Sender<usize>);

impl Present {
    fn new(count: watch::Sender<usize>) -> Self {
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Talks to one client until it is gone or the helper gives up.
async fn attend(stream: ControlStream, board: watch::Receiver<Board>, asks: mpsc::Sender<Ask>) {
    let (reader, writer) = platform::split_control(stream);
    let (answer, answers) = mpsc::unbounded_channel();
    let listening = async {
        let mut reader = BufReader::new(reader);
        while let Ok(Some(request)) = control::receive(&mut reader).await {
            let ask = match request {
                Request::Attach { logins } => Ask::Attach {
                    logins,
                    answer: answer.clone(),
                },
                Request::Hold { number, held } => Ask::Hold {
                    number,
                    held,
                    answer: answer.clone(),
                },
                Request::Renew => Ask::Renew,
                Request::Database { number, act } => Ask::Database {
                    number,
                    act,
                    answer: answer.clone(),
                },
            };
            // When the helper gives up, the client is still told why.
            if asks.send(ask).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = listening => {}
        spoken = speak(writer, board, answers) => {
            if let Err(error) = spoken {
                tracing::info!(%error, "a client does not listen");
            }
        }
    }
}

async fn speak(
    mut writer: platform::ControlWriter,
    mut board: watch::Receiver<Board>,
    mut answers: mpsc::UnboundedReceiver<Event>,
) -> std::io::Result<()> {
    let (mut told, mut space) = (0, None);
    loop {
        let now = board.borrow_and_update().clone();
        for step in &now.steps[told..] {
            control::send(&mut writer, &Event::Step(*step)).await?;
        }
        told = now.steps.len();
        if now.space != space {
            space = now.space;
            if let Some(space) = space {
                control::send(&mut writer, &Event::Space(space)).await?;
            }
        }
        if let Some(error) = now.end {
            return control::send(&mut writer, &Event::Failed(error)).await;
        }
        tokio::select! {
            changed = board.changed() => {
                if changed.is_err() {
                    return Ok(());
                }
            }
            Some(event) = answers.recv() => control::send(&mut writer, &event).await?,
        }
    }
}
