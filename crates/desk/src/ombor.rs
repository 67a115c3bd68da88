//! The running application behind the window.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use ombor_core::actor::Actor;
use ombor_core::audit;
use ombor_core::id::SessionId;
use ombor_core::people::session;
use ombor_postgres::{ConnectInfo, Limits};
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tracing_appender::non_blocking::WorkerGuard;

use crate::api::enrolment::Sitting;
use crate::api::settings::{FrameSource, Theme};
use crate::api::start::{StartPhase, StartStatus};
use crate::autostart::Autostart;
use crate::backup::Backups;
use crate::camera::{Camera, Opener, Purpose, Seen};
use crate::change::ChangeTag;
use crate::desk::Bench;
use crate::drafts::Drafts;
use crate::error::{AppError, ErrorCode, Result};
use crate::event::{Event, Events};
use crate::fault;
use crate::health::Signs;
use crate::house::House;
use crate::locations::Locations;
use crate::log;
use crate::sound::Sounds;
use crate::station::Station;
use crate::takeover::Takeover;

/// How the application is opened.
pub struct Options {
    /// The data directory, if not the usual one.
    pub data: Option<PathBuf>,
    /// Where the program's resources lie.
    pub resources: Option<PathBuf>,
    /// Where events go.
    pub events: Events,
    /// The loudspeaker, if not the machine's own.
    pub sounds: Option<Sounds>,
    /// Where frames come from, if not from what is set for the station.
    pub frames: Option<FrameSource>,
    /// Another database server, if not the one that `DATABASE_URL` names or else the bundled one.
    pub database: Option<ConnectInfo>,
    /// Bounds that a test can make small.
    pub limits: Limits,
    /// How sources of frames are opened, if not by the machine's own means.
    pub opener: Option<Opener>,
    /// The computer's list of programs that it opens by itself, where there is a window to open.
    pub autostart: Option<Arc<dyn Autostart>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            data: None,
            resources: None,
            events: Arc::new(|_| {}),
            sounds: None,
            frames: None,
            database: None,
            limits: Limits::default(),
            opener: None,
            autostart: None,
        }
    }
}

/// The application could not even begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no place for data: neither a home directory nor `OMBOR_DATA`.
    #[error("there is no data directory; set OMBOR_DATA")]
    NoDataDirectory,
}

/// The application.
pub struct Ombor {
    pub(crate) locations: Locations,
    /// Writes what is still to be logged when the application ends.
    _log: Option<WorkerGuard>,
    pub(crate) resources: Option<PathBuf>,
    pub(crate) events: Events,
    pub(crate) sounds: Sounds,
    pub(crate) camera: Mutex<Option<Camera>>,
    pub(crate) seen: Mutex<Option<mpsc::UnboundedReceiver<Seen>>>,
    pub(crate) bench: tokio::sync::Mutex<Bench>,
    pub(crate) drafts: Drafts,
    pub(crate) signs: Mutex<Signs>,
    pub(crate) enrolling: Mutex<Option<Sitting>>,
    /// The last work on the model files that was begun.
    pub(crate) model_files: Mutex<Option<JoinHandle<()>>>,
    frames: Option<FrameSource>,
    /// Another server than the bundled one.
    pub(crate) elsewhere: Option<ConnectInfo>,
    pub(crate) limits: Limits,
    pub(crate) backups: Mutex<Backups>,
    /// Held by whoever asks whether the database was exchanged.
    pub(crate) noticing: tokio::sync::Mutex<()>,
    pub(crate) autostart: Option<Arc<dyn Autostart>>,
    pub(crate) takeover: Mutex<Takeover>,
    station: RwLock<Station>,
    start: RwLock<StartStatus>,
    house: RwLock<Option<Arc<House>>>,
    session: RwLock<Option<SessionId>>,
}

impl Ombor {
    /// Opens the application: its folders, settings, loudspeaker and camera. The database follows with
    /// [`Ombor::start_up`].
    ///
    /// # Errors
    /// [`OpenError::NoDataDirectory`]
    pub fn open(options: Options) -> std::result::Result<Arc<Self>, OpenError> {
        let locations = Locations::find(options.data).ok_or(OpenError::NoDataDirectory)?;
        let log = locations
            .prepare()
            .ok()
            .and_then(|()| log::write_to(&locations.logs()));
        let station = Station::load(&locations.settings());
        let frames = options.frames.or_else(frames_of_environment);
        let source = frames
            .clone()
            .unwrap_or_else(|| station.frame_source.clone());
        let opener = options
            .opener
            .unwrap_or_else(|| Arc::new(ombor_face::source::open));
        let (camera, seen) = Camera::open(source, opener);
        let start = StartStatus {
            phase: StartPhase::Starting,
            step: None,
            failure: None,
            locale: station.locale,
        };
        let sounds = options
            .sounds
            .unwrap_or_else(|| Sounds::of_this_machine(station.sound_volume));
        Ok(Arc::new(Self {
            locations,
            _log: log,
            resources: options.resources,
            events: options.events,
            sounds,
            camera: Mutex::new(Some(camera)),
            seen: Mutex::new(Some(seen)),
            bench: tokio::sync::Mutex::new(Bench::new(station.mode)),
            drafts: Drafts::new(),
            signs: Mutex::new(Signs::default()),
            enrolling: Mutex::new(None),
            model_files: Mutex::new(None),
            frames,
            elsewhere: options.database,
            limits: options.limits,
            backups: Mutex::new(Backups::default()),
            noticing: tokio::sync::Mutex::new(()),
            autostart: options.autostart,
            takeover: Mutex::new(Takeover::default()),
            station: RwLock::new(station),
            start: RwLock::new(start),
            house: RwLock::new(None),
            session: RwLock::new(None),
        }))
    }

    /// What is set for this station.
    pub(crate) fn station(&self) -> Station {
        self.station
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Light or dark, as it is set for this station: known before there is a database.
    pub fn theme(&self) -> Theme {
        self.station().theme
    }

    /// Where the web view keeps what the page remembers.
    pub fn web_folder(&self) -> PathBuf {
        self.locations.web()
    }

    /// Sets something for this station and keeps it.
    pub(crate) fn set_station(&self, change: impl FnOnce(&mut Station)) -> Result<()> {
        let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = station.clone();
        change(&mut changed);
        if changed != *station {
            changed
                .save(&self.locations.settings())
                .map_err(|e| fault::from_io(&e))?;
            *station = changed;
        }
        Ok(())
    }

    /// Where frames come from: what the program was started with, else what is set.
    pub(crate) fn frame_source(&self) -> FrameSource {
        self.frames
            .clone()
            .unwrap_or_else(|| self.station().frame_source)
    }

    pub(crate) fn set_purpose(&self, purpose: Purpose) {
        if let Some(camera) = &*lock(&self.camera) {
            camera.set_purpose(purpose);
        }
    }

    /// Shows the live picture (JPEG, 640×480) to whoever asked last, until it answers `false`.
    pub fn watch_preview(&self, preview: impl FnMut(Vec<u8>) -> bool + Send + 'static) {
        if let Some(camera) = &*lock(&self.camera) {
            camera.set_preview(Some(Box::new(preview)));
        }
    }

    /// Nobody looks at the live picture any more.
    pub fn leave_preview(&self) {
        if let Some(camera) = &*lock(&self.camera) {
            camera.set_preview(None);
        }
    }

    /// Where the start-up stands.
    pub fn start_status(&self) -> StartStatus {
        self.start
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_start(&self, change: impl FnOnce(&mut StartStatus)) {
        let status = {
            let mut start = self.start.write().unwrap_or_else(PoisonError::into_inner);
            change(&mut start);
            start.clone()
        };
        self.events.emit(Event::StartChanged(status));
    }

    pub(crate) fn set_house(&self, house: Option<Arc<House>>) {
        *self.house.write().unwrap_or_else(PoisonError::into_inner) = house;
    }

    pub(crate) fn house(&self) -> Result<Arc<House>> {
        let house = self
            .house
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        house.ok_or_else(|| AppError::new(ErrorCode::NotReady))
    }

    pub(crate) fn session_id(&self) -> Option<SessionId> {
        *self.session.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_session(&self, session: Option<SessionId>) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session;
    }

    /// A connection, without anybody behind it.
    pub(crate) async fn connection(&self) -> Result<PoolConnection<Postgres>> {
        let house = self.house()?;
        house.pool.acquire().await.map_err(|e| fault::from_sqlx(&e))
    }

    /// A connection, and the person behind the session that still holds.
    pub(crate) async fn work(&self) -> Result<Work> {
        let session = self
            .session_id()
            .ok_or_else(|| AppError::new(ErrorCode::SessionExpired))?;
        let mut connection = self.connection().await?;
        match session::resume(&mut connection, session).await {
            Ok(actor) => Ok(Work { connection, actor }),
            Err(ombor_core::Error::SessionExpired) => {
                self.end_session();
                Err(AppError::new(ErrorCode::SessionExpired))
            }
            Err(error) => Err(fault::from_core(error)),
        }
    }

    /// Tells the window what changed, and the other desks on the same database.
    pub(crate) fn changed(&self, tags: &[ChangeTag]) {
        self.events.emit(Event::Changed(tags.to_vec()));
        if let Ok(house) = self.house() {
            house.notices.tell(tags);
        }
    }
}

/// A connection and the person who works on it.
pub(crate) struct Work {
    connection: PoolConnection<Postgres>,
    pub(crate) actor: Actor,
}

impl Work {
    /// The connection and the person, as a use case takes them.
    pub(crate) fn parts(&mut self) -> (&mut PgConnection, &Actor) {
        (&mut self.connection, &self.actor)
    }

    /// The outcome in the words that cross to the window; what was refused is written to the audit log.
    pub(crate) async fn done<T>(mut self, outcome: ombor_core::Result<T>) -> Result<T> {
        match outcome {
            Ok(value) => Ok(value),
            Err(error) => {
                if let ombor_core::Error::NotPermitted {
                    permission: Some(permission),
                } = &error
                {
                    let (connection, actor) = self.parts();
                    if let Err(error) = audit::record_refusal(connection, actor, *permission).await
                    {
                        tracing::error!(%error, "a refusal could not be written to the audit log");
                    }
                }
                Err(fault::from_core(error))
            }
        }
    }
}

/// The content, even after a panic elsewhere: every change to it is complete in itself.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `OMBOR_FRAMES` names a folder of pictures or a video to look at instead of a camera.
fn frames_of_environment() -> Option<FrameSource> {
    let path = PathBuf::from(std::env::var_os("OMBOR_FRAMES")?);
    let name = path.to_string_lossy().into_owned();
    Some(if path.is_file() {
        FrameSource::Video { path: name }
    } else {
        FrameSource::Folder { path: name }
    })
}
