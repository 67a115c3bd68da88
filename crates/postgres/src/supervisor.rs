//! The helper: owns the lock and the server as long as it has clients or is held.

mod claim;
mod clients;

use std::io::Write;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, watch};

use crate::control::{Access, Announcement, Event};
use crate::layout::Layout;
use crate::platform::{self, Account, ControlListener};
use crate::program::{Programs, require};
use crate::server::{self, Server, Site};
use crate::space::Ballast;
use crate::steward::Act;
use crate::{Error, Options, Space, SpaceLevel};

use claim::Address;
pub(crate) use claim::Claim;
use clients::{Ask, Board};

/// A helper that nobody talks to ends after this long.
const FIRST_CLIENT_WITHIN: Duration = Duration::from_secs(15);
/// How long the clients of a helper that gives up have to read why.
const FAREWELL: Duration = Duration::from_secs(5);
/// A server that ended by itself is started again this many times.
const RESTARTS: u32 = 3;
/// A client that comes while the server goes down or recovers waits this long.
const ADMIT_PATIENCE: Duration = Duration::from_secs(30);
const ADMIT_AGAIN_AFTER: Duration = Duration::from_millis(50);
/// Older restarts than this are forgotten.
const FORGET_RESTARTS_AFTER: Duration = Duration::from_mins(10);

/// Runs the helper for the server that `options` describe, until its last client is gone.
pub async fn run(mut options: Options) -> Result<(), Error> {
    let claim = match Claim::take(&options.data_dir) {
        Ok(Some(claim)) => claim,
        Ok(None) => return announce(&Announcement::Owned),
        Err(error) => return give_up(error),
    };
    if let Err(error) = leave_caller(&mut options) {
        return give_up(Error::Supervisor {
            message: error.to_string(),
        });
    }
    match prepare(&claim, options).await {
        Ok((site, listener)) => {
            let address = Address::publish(&claim, listener.address())?;
            announce(&Announcement::Listening)?;
            serve(site, listener, address).await
        }
        Err(error) => give_up(error),
    }
}

/// Lets go of the caller's session and working directory.
fn leave_caller(options: &mut Options) -> std::io::Result<()> {
    options.bin_dir = std::path::absolute(&options.bin_dir)?;
    options.runtime_dir = options
        .runtime_dir
        .as_ref()
        .map(std::path::absolute)
        .transpose()?;
    platform::detach()
}

async fn prepare(claim: &Claim, options: Options) -> Result<(Site, ControlListener), Error> {
    let account = Account::choose(&require(&options.bin_dir, "postgres")?)?;
    let layout = Layout::prepare(claim.data_dir().to_owned(), &options, &account)?;
    // Before the first file is written: on a full disk the ballast makes room.
    Ballast::new(layout.ballast(), options.limits).require_room()?;
    claim::write_log_to(&layout.logs().join("ombor-pgd.log"))?;
    let bin_dir = account.reachable_programs(&options.bin_dir, layout.home())?;
    let programs = Programs::open(bin_dir, account).await?;
    let listener =
        ControlListener::bind(&layout.control_dir).map_err(Error::io(&layout.control_dir))?;
    Ok((Site::new(layout, programs, options), listener))
}

/// Says one line to the program that started the helper. It may be gone by now; the next one will ask by itself.
fn announce(announcement: &Announcement) -> Result<(), Error> {
    let failed = |message: String| Error::Supervisor { message };
    let mut line = serde_json::to_vec(announcement).map_err(|error| failed(error.to_string()))?;
    line.push(b'\n');
    let mut output = std::io::stdout();
    output
        .write_all(&line)
        .and_then(|()| output.flush())
        .map_err(|error| failed(error.to_string()))
}

fn give_up(error: Error) -> Result<(), Error> {
    announce(&Announcement::Failed(error.clone()))?;
    Err(error)
}

async fn serve(site: Site, listener: ControlListener, address: Address) -> Result<(), Error> {
    let board = watch::Sender::new(Board::default());
    let present = watch::Sender::new(0_usize);
    let (asks, mut asked) = mpsc::channel(16);
    let door = tokio::spawn(clients::welcome(
        listener,
        present.clone(),
        board.clone(),
        asks,
    ));

    let mut clients = present.subscribe();
    let watched = Watch {
        site: &site,
        board: &board,
    }
    .run(&mut asked, &mut clients)
    .await;

    // From here on a new client starts a helper of its own, which waits for the lock.
    drop(address);
    door.abort();
    let _ = door.await;
    let given_up = match watched {
        Ok(Some(mut server)) => {
            server::stop(&mut server.running.postmaster).await;
            Ok(())
        }
        Ok(None) => {
            server::stop_whatever_runs(&site, &site.layout.cluster()).await;
            Ok(())
        }
        Err(error) => {
            tracing::error!(%error, "the server is given up");
            server::stop_whatever_runs(&site, &site.layout.cluster()).await;
            board.send_modify(|board| board.end = Some(error.clone()));
            // Who is gone by then has not waited for the reason.
            let _ = tokio::time::timeout(FAREWELL, clients.wait_for(|count| *count == 0)).await;
            Err(error)
        }
    };
    // A folder that is not empty is in use by a server that did not end.
    let _ = std::fs::remove_dir(&site.layout.control_dir);
    given_up
}

/// The helper's watch over the server.
struct Watch<'a> {
    site: &'a Site,
    board: &'a watch::Sender<Board>,
}

impl Watch<'_> {
    /// Returns the server when nobody needs it any more, nothing when it was never wanted or the start was broken off.
    async fn run(
        &self,
        asked: &mut mpsc::Receiver<Ask>,
        clients: &mut watch::Receiver<usize>,
    ) -> Result<Option<Server>, Error> {
        let Ok(Some(first)) = tokio::time::timeout(FIRST_CLIENT_WITHIN, asked.recv()).await else {
            return Ok(None);
        };
        let mut end = std::pin::pin!(async {
            if let Err(error) = platform::asked_to_end().await {
                tracing::error!(%error, "the system's wish to end cannot be heard");
                std::future::pending::<()>().await;
            }
        });
        let server = tokio::select! {
            server = self.bring_up() => server?,
            () = &mut end => return Ok(None),
        };
        let mut standing = Standing {
            server,
            held: false,
            level: None,
            restarts: Restarts::default(),
        };
        self.look_at_space(&mut standing).await;
        if self.answer(first, &mut standing).await?.is_break() {
            return Ok(Some(standing.server));
        }
        let mut looks = tokio::time::interval(Duration::from_millis(
            self.site.options.limits.watch_interval_ms.max(1),
        ));
        loop {
            tokio::select! {
                biased;
                () = &mut end => return Ok(Some(standing.server)),
                Some(ask) = asked.recv() => {
                    if self.answer(ask, &mut standing).await?.is_break() {
                        return Ok(Some(standing.server));
                    }
                }
                () = standing.server.running.postmaster.ended() => self.restart(&mut standing).await?,
                _ = clients.wait_for(|count| *count == 0), if !standing.held => return Ok(Some(standing.server)),
                _ = looks.tick() => {
                    if !self.site.layout.socket_dir.is_dir() || !self.site.layout.control_dir.is_dir() {
                        tracing::error!("the folder of the sockets vanished; the next client starts anew");
                        return Ok(Some(standing.server));
                    }
                    self.look_at_space(&mut standing).await;
                }
            }
        }
    }

    async fn bring_up(&self) -> Result<Server, Error> {
        self.board
            .send_modify(|board| board.steps.push(crate::Step::LockingDirectory));
        let report = |step| self.board.send_modify(|board| board.steps.push(step));
        Server::bring_up(self.site, &report).await
    }

    /// A server may end again while it is being checked.
    async fn restart(&self, standing: &mut Standing) -> Result<(), Error> {
        let mut last = Error::ServerDied {
            log_tail: String::new(),
        };
        while standing.restarts.another() {
            match self.bring_up().await {
                Err(error @ (Error::ServerDied { .. } | Error::Refused { .. })) => last = error,
                other => {
                    standing.server = other?;
                    standing.level = None;
                    return Ok(());
                }
            }
        }
        Err(last)
    }

    /// Answers a client; `Break` when the server is to end.
    async fn answer(&self, ask: Ask, standing: &mut Standing) -> Result<ControlFlow<()>, Error> {
        match ask {
            Ask::Renew => return Ok(ControlFlow::Break(())),
            Ask::Hold {
                number,
                held,
                answer,
            } => {
                standing.held = held;
                let outcome = Ok(());
                let _ = answer.send(Event::Done { number, outcome });
            }
            Ask::Attach { logins, answer } => {
                let event = match self.admit(&logins, standing).await? {
                    Ok(access) => Event::Ready(access),
                    Err(error) => Event::Failed(error),
                };
                // The client may be gone by now.
                let _ = answer.send(event);
            }
            Ask::Database {
                number,
                act,
                answer,
            } => {
                let outcome = if act == Act::Restart {
                    server::stop(&mut standing.server.running.postmaster).await;
                    standing.server = self.bring_up().await?;
                    standing.level = None;
                    Ok(())
                } else {
                    standing.server.keep_databases(self.site, &act).await
                };
                let _ = answer.send(Event::Done { number, outcome });
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// A server that is just now going down or coming up again refuses at first; both pass. The outer error is that the
    /// server is given up, the inner one is the client's alone.
    async fn admit(
        &self,
        logins: &[String],
        standing: &mut Standing,
    ) -> Result<Result<Access, Error>, Error> {
        let began = Instant::now();
        loop {
            match standing.server.admit(self.site, logins).await {
                Err(Error::Refused { .. }) if began.elapsed() < ADMIT_PATIENCE => {}
                answer => return Ok(answer),
            }
            tokio::select! {
                () = standing.server.running.postmaster.ended() => self.restart(standing).await?,
                () = tokio::time::sleep(ADMIT_AGAIN_AFTER) => {}
            }
        }
    }

    async fn look_at_space(&self, standing: &mut Standing) {
        let space = match Space::look(self.site.layout.home(), &self.site.options.limits) {
            Ok(space) => space,
            Err(error) => {
                tracing::error!(%error, "the free space could not be looked at");
                return;
            }
        };
        let is_read_only = |level: SpaceLevel| level == SpaceLevel::ReadOnly;
        if standing
            .level
            .is_none_or(|before| is_read_only(before) != is_read_only(space.level))
            && let Err(error) = standing
                .server
                .set_read_only(is_read_only(space.level))
                .await
        {
            tracing::error!(%error, "writing could not be switched");
            return;
        }
        standing.level = Some(space.level);
        self.board
            .send_if_modified(|board| board.space.replace(space) != Some(space));
    }
}

/// The server and what the watch knows of it.
struct Standing {
    server: Server,
    /// Kept without clients.
    held: bool,
    /// At the last look; `None` before the first one.
    level: Option<SpaceLevel>,
    restarts: Restarts,
}

/// How often the server ended by itself lately.
#[derive(Default)]
struct Restarts {
    count: u32,
    last: Option<Instant>,
}

impl Restarts {
    /// Whether the server may be started once more.
    fn another(&mut self) -> bool {
        if self
            .last
            .is_some_and(|last| last.elapsed() > FORGET_RESTARTS_AFTER)
        {
            self.count = 0;
        }
        self.count += 1;
        self.last = Some(Instant::now());
        tracing::warn!(count = self.count, "the server ended by itself");
        self.count <= RESTARTS
    }
}

#[cfg(test)]
mod tests {
    use super::{RESTARTS, Restarts};

    #[test]
    fn a_server_that_keeps_ending_is_given_up_after_three_restarts() {
        let mut restarts = Restarts::default();
        for _ in 0..RESTARTS {
            assert!(restarts.another());
        }
        assert!(!restarts.another());
    }
}
