//! Cameras and videos, through the program `ombor-camera`.
//!
//! It is a program of its own because OpenCV's videoio brings some 220 libraries (0.28 s and 50 MB at every start of the
//! window), and because a driver that hangs must not hang the desk.

use super::{FrameSource, wire};
use crate::{Error, Frame, platform};
use std::ffi::OsStr;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A camera's first picture: some need five seconds to wake up.
const FIRST_FRAME: Duration = Duration::from_secs(12);
/// A camera that is silent for longer is stuck.
const NEXT_FRAME: Duration = Duration::from_secs(4);
/// A video's speed. Its own is not asked for: 25 a second is what the desk can look at.
const VIDEO_INTERVAL: Duration = Duration::from_millis(40);

/// Frames of a camera or a video, read by a program of its own. Dropping it ends the program.
pub struct Capture {
    name: String,
    kind: Kind,
    child: Child,
    slot: Arc<Slot>,
    reader: Option<JoinHandle<()>>,
    began: bool,
    limits: Limits,
}

/// How long to wait for pictures.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For the first.
    pub first: Duration,
    /// For each further one.
    pub next: Duration,
}

enum Kind {
    Camera(u32),
    Video(PathBuf),
}

/// The frame that waits to be taken.
#[derive(Default)]
struct Slot {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    frame: Option<Frame>,
    over: bool,
    unwanted: bool,
}

impl Slot {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Capture {
    /// Opens a camera.
    ///
    /// # Errors
    /// [`Error::CaptureProgram`] when the program is not there. Whether the camera is shows with the first frame.
    pub fn camera(index: u32) -> Result<Self, Error> {
        let mut command = platform::quiet_command(&program());
        command.arg("camera").arg(index.to_string());
        Self::start(
            Kind::Camera(index),
            command,
            Limits {
                first: FIRST_FRAME,
                next: NEXT_FRAME,
            },
        )
    }

    /// Opens a video file.
    ///
    /// # Errors
    /// [`Error::CaptureProgram`]; [`Error::VideoUnreadable`] when the system cannot name the file to OpenCV.
    pub fn video(path: &Path) -> Result<Self, Error> {
        let unreadable = || Error::VideoUnreadable {
            path: path.to_owned(),
        };
        let name: &OsStr = platform::name_for_opencv(path).ok_or_else(unreadable)?;
        let mut command = platform::quiet_command(&program());
        command.arg("video").arg(name);
        Self::start(
            Kind::Video(path.to_owned()),
            command,
            Limits {
                first: FIRST_FRAME,
                next: NEXT_FRAME,
            },
        )
    }

    /// Reads camera frames from any program that speaks [`wire`], so that a test needs no device.
    pub fn from_program(command: Command, limits: Limits) -> Result<Self, Error> {
        Self::start(Kind::Camera(0), command, limits)
    }

    fn start(kind: Kind, mut command: Command, limits: Limits) -> Result<Self, Error> {
        // The program ends when its standard input does: with us, however we end.
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(|source| Error::CaptureProgram {
            path: command.get_program().into(),
            source,
        })?;
        let slot = Arc::new(Slot::default());
        let live = matches!(kind, Kind::Camera(_));
        let reader = child.stdout.take().map(|stream| {
            let slot = Arc::clone(&slot);
            std::thread::spawn(move || fill(&slot, stream, live))
        });
        let name = match &kind {
            Kind::Camera(index) => camera_name(*index),
            Kind::Video(path) => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        };
        Ok(Self {
            name,
            kind,
            child,
            slot,
            reader,
            began: false,
            limits,
        })
    }

    /// Why there are no more frames.
    fn ending(&mut self) -> Result<Option<Frame>, Error> {
        let code = self.child.wait().ok().and_then(|status| status.code());
        match &self.kind {
            Kind::Camera(index) if code == Some(wire::EXIT_NOT_OPENED.into()) => {
                Err(Error::CameraMissing { index: *index })
            }
            Kind::Camera(index) if code == Some(wire::EXIT_BUSY.into()) => {
                Err(Error::CameraBusy { index: *index })
            }
            Kind::Camera(_) => Err(Error::CameraLost),
            Kind::Video(_) if code == Some(0) && self.began => Ok(None),
            Kind::Video(path) => Err(Error::VideoUnreadable { path: path.clone() }),
        }
    }
}

impl FrameSource for Capture {
    fn next_frame(&mut self) -> Result<Option<Frame>, Error> {
        let limit = if self.began {
            self.limits.next
        } else {
            self.limits.first
        };
        let slot = Arc::clone(&self.slot);
        let (mut state, wait) = slot
            .changed
            .wait_timeout_while(slot.state(), limit, |state| {
                state.frame.is_none() && !state.over
            })
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = state.frame.take() {
            slot.changed.notify_all();
            self.began = true;
            return Ok(Some(frame));
        }
        drop(state);
        if wait.timed_out() {
            Err(Error::CameraSilent)
        } else {
            self.ending()
        }
    }

    fn interval(&self) -> Option<Duration> {
        matches!(self.kind, Kind::Video(_)).then_some(VIDEO_INTERVAL)
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.slot.state().unwanted = true;
        self.slot.changed.notify_all();
        // Both fail only for a program that has ended, which is what is wanted.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
        if let Some(reader) = self.reader.take() {
            let _finished = reader.join();
        }
    }
}

/// Moves frames from the program into the slot: a camera's newest replaces the one that nobody took, a video waits.
fn fill(slot: &Slot, stream: ChildStdout, live: bool) {
    let mut stream = BufReader::with_capacity(1 << 20, stream);
    while let Ok(Some(frame)) = wire::read_frame(&mut stream) {
        let mut state = slot.state();
        if !live {
            let taken = slot
                .changed
                .wait_while(state, |state| state.frame.is_some() && !state.unwanted);
            state = taken.unwrap_or_else(PoisonError::into_inner);
        }
        if state.unwanted {
            return;
        }
        state.frame = Some(frame);
        slot.changed.notify_all();
    }
    slot.state().over = true;
    slot.changed.notify_all();
}

fn camera_name(index: u32) -> String {
    let known = platform::cameras()
        .into_iter()
        .find(|camera| camera.index == index);
    known.map_or_else(|| format!("camera {index}"), |camera| camera.name)
}

/// The capture program: what `OMBOR_CAMERA_BIN` says, else beside this program, else (in a test) one folder above.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("OMBOR_CAMERA_BIN") {
        return named.into();
    }
    let name = format!("ombor-camera{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().ok();
    let places = here
        .iter()
        .flat_map(|exe| exe.ancestors().skip(1).take(2))
        .map(|folder| folder.join(&name));
    places
        .clone()
        .find(|path| path.is_file())
        .or_else(|| places.clone().next())
        .unwrap_or_else(|| name.into())
}
