//! The client's side: find the helper or start it, and stay its client.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::process::Command;
use tokio::sync::{Mutex, oneshot, watch};
use tokio::task::JoinHandle;

use crate::control::{self, Access, Announcement, Event, Request};
use crate::layout::address_file;
use crate::platform::{self, ControlReader, ControlWriter};
use crate::steward::Act;
use crate::{ConnectInfo, Error, Options, Space, Step, storage};

/// A helper on its way out breaks a conversation off once; more often is a fault.
const BROKEN_OFF_AT_MOST: u32 = 3;
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// A client's hold on the server. Dropping it, or the end of the process, tells the helper that the client is gone.
#[derive(Debug)]
pub struct Attached {
    access: Access,
    bin_dir: PathBuf,
    writer: Mutex<ControlWriter>,
    listener: JoinHandle<()>,
    space: watch::Receiver<Option<Space>>,
    gone: watch::Receiver<bool>,
    asked: AtomicU64,
    waiting: Waiting,
}

/// Who waits for the answer to which number.
type Waiting = Arc<std::sync::Mutex<HashMap<u64, oneshot::Sender<Result<(), Error>>>>>;

/// Brings the server up, or joins the clients of the one that runs, and reports each step on the way.
///
/// # Errors
/// Each refusal of the start has its own variant of [`Error`]; nothing half-made is left in the way of the next try.
pub async fn attach(options: &Options, progress: impl Fn(Step) + Send) -> Result<Attached, Error> {
    let began = Instant::now();
    let patience = Duration::from_millis(options.limits.owner_patience_ms);
    let mut broken_off = 0;
    loop {
        if let Some((reader, writer)) = find_supervisor(&options.data_dir).await {
            match join(options, reader, writer, &progress).await? {
                Some(attached) => return Ok(attached),
                None => broken_off += 1,
            }
        }
        match start_supervisor(options).await? {
            Announcement::Owned if began.elapsed() > patience => {
                return Err(Error::AlreadyOwned {
                    path: options.data_dir.clone(),
                });
            }
            // Another helper is on its way in or out.
            Announcement::Owned => tokio::time::sleep(TRY_AGAIN_AFTER).await,
            _ if broken_off > BROKEN_OFF_AT_MOST => {
                return Err(Error::Supervisor {
                    message: "it broke off again and again".to_owned(),
                });
            }
            _ => {}
        }
    }
}

async fn find_supervisor(data_dir: &Path) -> Option<(ControlReader, ControlWriter)> {
    let address: PathBuf = storage::read_json(&address_file(data_dir))?;
    let stream = platform::connect_control(&address).await.ok()?;
    Some(platform::split_control(stream))
}

/// Starts a helper and returns what it says about itself.
async fn start_supervisor(options: &Options) -> Result<Announcement, Error> {
    let path = &options.supervisor;
    let failed = |error: std::io::Error| Error::Supervisor {
        message: error.to_string(),
    };
    let mut command = Command::new(path);
    platform::without_window(&mut command);
    let spawned = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut helper = spawned.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::BinaryMissing { path: path.clone() },
        _ => failed(error),
    })?;
    let (Some(mut input), Some(output)) = (helper.stdin.take(), helper.stdout.take()) else {
        return Err(Error::Supervisor {
            message: "it has no input or output".to_owned(),
        });
    };
    let text = serde_json::to_vec(options).map_err(|error| failed(error.into()))?;
    input.write_all(&text).await.map_err(failed)?;
    drop(input);
    match control::receive(&mut BufReader::new(output))
        .await
        .map_err(failed)?
    {
        Some(Announcement::Failed(error)) => Err(error),
        Some(announcement) => Ok(announcement),
        None => Err(Error::Supervisor {
            message: "it ended without a word".to_owned(),
        }),
    }
}

/// Asks the helper for the server; `None` when the helper ended instead of answering.
async fn join(
    options: &Options,
    reader: ControlReader,
    mut writer: ControlWriter,
    progress: &(impl Fn(Step) + Send),
) -> Result<Option<Attached>, Error> {
    let mut reader = BufReader::new(reader);
    if control::send(
        &mut writer,
        &Request::Attach {
            logins: options.logins.clone(),
        },
    )
    .await
    .is_err()
    {
        return Ok(None);
    }
    let mut seen = None;
    let access = loop {
        match control::receive(&mut reader).await {
            Ok(Some(Event::Step(step))) => progress(step),
            Ok(Some(Event::Space(space))) => seen = Some(space),
            Ok(Some(Event::Ready(access))) => break access,
            Ok(Some(Event::Done { .. })) => {}
            Ok(Some(Event::Failed(error))) => return Err(error),
            Ok(None) | Err(_) => return Ok(None),
        }
    };
    progress(Step::Ready);
    let (space_sender, space) = watch::channel(seen);
    let (gone_sender, gone) = watch::channel(false);
    let waiting = Waiting::default();
    let answered = waiting.clone();
    let listener = tokio::spawn(async move {
        while let Ok(Some(event)) = control::receive(&mut reader).await {
            match event {
                Event::Space(space) => drop(space_sender.send(Some(space))),
                Event::Failed(error) => tracing::error!(%error, "the database server was given up"),
                Event::Step(step) => tracing::warn!(?step, "the database server is started again"),
                Event::Done { number, outcome } => {
                    let waits = locked(&answered).remove(&number);
                    // Who asked may have stopped waiting.
                    let _ = waits.map(|waits| waits.send(outcome));
                }
                Event::Ready(_) => {}
            }
        }
        let _ = gone_sender.send(true);
        // Whoever still waits hears that there will be no answer.
        locked(&answered).clear();
    });
    let bin_dir = options.bin_dir.clone();
    Ok(Some(Attached {
        access,
        bin_dir,
        writer: Mutex::new(writer),
        listener,
        space,
        gone,
        asked: AtomicU64::new(0),
        waiting,
    }))
}

fn locked(
    waiting: &Waiting,
) -> std::sync::MutexGuard<'_, HashMap<u64, oneshot::Sender<Result<(), Error>>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Attached {
    /// How to reach the application's database as one of [`Options::logins`].
    pub fn connect_info(&self, login: &str) -> Result<ConnectInfo, Error> {
        let password = self.access.passwords.get(login);
        Ok(ConnectInfo {
            place: self.access.place.clone(),
            port: self.access.port,
            database: self.access.database.clone(),
            login: login.to_owned(),
            password: password
                .ok_or_else(|| Error::UnknownLogin {
                    login: login.to_owned(),
                })?
                .clone(),
            tls: None,
        })
    }

    /// The same for `sqlx`.
    pub fn connect_options(&self, login: &str) -> Result<PgConnectOptions, Error> {
        Ok(self.connect_info(login)?.connect_options())
    }

    /// The identity that the cluster got when it was made.
    pub fn system_identifier(&self) -> &str {
        &self.access.system_identifier
    }

    /// The application's database.
    pub(crate) fn database(&self) -> &str {
        &self.access.database
    }

    /// The folder of PostgreSQL's programs.
    pub fn bin_dir(&self) -> &Path {
        &self.bin_dir
    }

    /// The free space on the database's disk, as the helper sees it; `None` before its first look.
    pub fn space(&self) -> watch::Receiver<Option<Space>> {
        self.space.clone()
    }

    /// Resolves when the helper is gone or has given the server up. [`attach`] may be called again then.
    pub async fn closed(&self) {
        // An error means that the listener is gone, which means the same.
        let _ = self.gone.clone().wait_for(|gone| *gone).await;
    }

    /// Keeps the server running after the last client is gone.
    pub async fn hold(&self) -> Result<(), Error> {
        self.ask(|number| Request::Hold { number, held: true })
            .await
    }

    /// Takes back [`Attached::hold`].
    pub async fn release(&self) -> Result<(), Error> {
        self.ask(|number| Request::Hold {
            number,
            held: false,
        })
        .await
    }

    /// Has the helper end and its server stop cleanly, so that the next [`attach`] starts them with the settings that the
    /// data directory holds by then. Every client is told by [`Attached::closed`].
    pub async fn renew(self) {
        let sent = control::send(&mut *self.writer.lock().await, &Request::Renew).await;
        if let Err(error) = sent {
            tracing::debug!(%error, "the helper had ended already");
        }
        self.closed().await;
    }

    /// Has the helper make, remove or exchange a database beside the application's.
    pub(crate) async fn keep_databases(&self, act: Act) -> Result<(), Error> {
        self.ask(|number| Request::Database { number, act }).await
    }

    /// Sends a request and waits until the helper says how it went.
    async fn ask(&self, request: impl FnOnce(u64) -> Request) -> Result<(), Error> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = oneshot::channel();
        locked(&self.waiting).insert(number, sender);
        if *self.gone.borrow() {
            locked(&self.waiting).clear();
        } else {
            let mut writer = self.writer.lock().await;
            let sent = control::send(&mut *writer, &request(number)).await;
            sent.map_err(|error| Error::Supervisor {
                message: error.to_string(),
            })?;
        }
        answer.await.unwrap_or_else(|_| {
            Err(Error::Supervisor {
                message: "it ended before it answered".to_owned(),
            })
        })
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.listener.abort();
    }
}
