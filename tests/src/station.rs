//! A whole desk for one run: a throw-away folder, a screen, a camera and the application's window, with the acts that
//! every session is made of.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use ombor_scan::{Command, command_code};
use tempfile::TempDir;

use crate::camera::Camera;
use crate::keyboard::{Keyboard, key};
use crate::screen::{Screen, US};
use crate::window::{Launch, Window};

/// Who logs in.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Full name, as movements show it.
    pub name: &'static str,
    /// Login.
    pub login: &'static str,
    /// Password.
    pub password: &'static str,
}

/// The longest pause inside a scan that can be set, in milliseconds; shorter than a person's, see
/// [`HAND_GAP_MS`](crate::keyboard::HAND_GAP_MS).
pub const LONGEST_GAP_MS: u32 = 120;

/// One desk.
pub struct Station {
    /// The screen that everything is shown on.
    pub screen: Screen,
    /// What the application takes for its camera.
    pub camera: Camera,
    /// The application's window.
    pub window: Window,
    folder: PathBuf,
    thrown_away: Option<TempDir>,
}

impl Station {
    /// Opens the application in a new folder, which is removed afterwards, with its scanner set up.
    pub async fn open() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("ombor-").tempdir()?;
        set_up_scanner(&data_below(folder.path()))?;
        let mut station = Self::open_in(folder.path()).await?;
        station.thrown_away = Some(folder);
        Ok(station)
    }

    /// Opens the application in a folder that stays. Its home is as whoever used it last left it, and empty the first time.
    pub async fn open_in(folder: &Path) -> Result<Self> {
        for name in ["home", "run"] {
            make_private(&folder.join(name))?;
        }
        let screen = Screen::open(folder)?;
        screen.set_layout(US)?;
        let camera = Camera::new(&folder.join("camera"))?;
        let window = open_window(&screen, &camera, folder).await?;
        Ok(Self {
            screen,
            camera,
            window,
            folder: folder.to_owned(),
            thrown_away: None,
        })
    }

    /// Closes the window and opens it again on the same data.
    pub async fn restart(self) -> Result<Self> {
        self.reopen(Window::close).await
    }

    /// Kills the application and opens it again on the same data.
    pub async fn kill_and_restart(self) -> Result<Self> {
        self.reopen(Window::kill).await
    }

    async fn reopen(self, end: impl AsyncFnOnce(Window) -> Result<()>) -> Result<Self> {
        let Self {
            screen,
            camera,
            window,
            folder,
            thrown_away,
        } = self;
        end(window).await?;
        let window = open_window(&screen, &camera, &folder).await?;
        Ok(Self {
            screen,
            camera,
            window,
            folder,
            thrown_away,
        })
    }

    /// Closes the window and checks that nothing of it is left.
    pub async fn close(self) -> Result<()> {
        self.window.close().await
    }

    /// The folder with everything of this station.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The home of whoever opened the application.
    pub fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// The application's data directory.
    pub fn data(&self) -> PathBuf {
        data_below(&self.folder)
    }

    /// Where the application's sockets lie.
    pub fn runtime(&self) -> PathBuf {
        self.folder.join("run/ombor")
    }

    /// The keyboard, and the scanner that hangs on it.
    pub fn keyboard(&self) -> Keyboard<'_> {
        Keyboard::of(&self.screen)
    }

    /// Sets the warehouse up with its first Admin, who is logged in afterwards.
    pub async fn set_up(&self, warehouse: &str, admin: &Person, locale: &str) -> Result<()> {
        self.fill_first_run(warehouse, admin, locale).await?;
        self.finish_first_run().await
    }

    /// The same, with demonstration data.
    pub async fn set_up_with_demonstration(
        &self,
        warehouse: &str,
        admin: &Person,
        locale: &str,
    ) -> Result<()> {
        self.fill_first_run(warehouse, admin, locale).await?;
        self.window
            .switch_on(&id("first-run-demonstration"))
            .await?;
        self.finish_first_run().await
    }

    async fn fill_first_run(&self, warehouse: &str, admin: &Person, locale: &str) -> Result<()> {
        let window = &self.window;
        window
            .click(&id(&format!("first-run-locale-{locale}")))
            .await?;
        window.fill(&id("first-run-warehouse"), warehouse).await?;
        window.fill(&id("first-run-name"), admin.name).await?;
        window.fill(&id("first-run-login"), admin.login).await?;
        window
            .fill(&id("first-run-password"), admin.password)
            .await?;
        window.fill(&id("first-run-repeat"), admin.password).await
    }

    async fn finish_first_run(&self) -> Result<()> {
        self.window.click(&id("first-run-submit")).await?;
        self.window.wait_for(&id("user-menu")).await.map(drop)
    }

    /// Logs a person in.
    pub async fn log_in(&self, person: &Person) -> Result<()> {
        self.window.fill(&id("log-in-login"), person.login).await?;
        self.window
            .fill(&id("log-in-password"), person.password)
            .await?;
        self.window.click(&id("log-in-submit")).await?;
        self.window.wait_for(&id("user-menu")).await.map(drop)
    }

    /// Logs out whoever is logged in.
    pub async fn log_out(&self) -> Result<()> {
        self.window.click(&id("user-menu")).await?;
        self.window.click(&id("log-out")).await?;
        self.window.wait_for(&id("log-in")).await.map(drop)
    }

    /// Opens a room by the menu.
    pub async fn enter(&self, room: &str) -> Result<()> {
        self.window.click(&id(&format!("nav-{room}"))).await
    }

    /// Scans a control card.
    pub fn scan_card(&self, command: Command) -> Result<()> {
        let code = command_code(command).context("there is no such card")?;
        self.keyboard().scan(&code)
    }

    /// Waits until the desk is in this phase.
    pub async fn wait_for_phase(&self, phase: &str) -> Result<()> {
        let reached = self
            .window
            .wait_for(&format!("{}[data-phase=\"{phase}\"]", id("desk")))
            .await;
        if reached.is_err() {
            let now = self.phase().await?;
            return reached
                .map(drop)
                .with_context(|| format!("the desk is in {now:?}"));
        }
        Ok(())
    }

    /// Waits until what was gathered is saved by whoever stands before the camera. Who does not come through at once, such as
    /// one who was first seen in the midst of a turn, looks again, as the screen tells them to.
    pub async fn wait_until_saved(&self) -> Result<()> {
        if self.wait_for_phase("saved").await.is_ok() {
            return Ok(());
        }
        self.keyboard().press(key::F8)?;
        self.wait_for_phase("saved").await
    }

    /// The phase that the desk is in; nothing while another room is open.
    pub async fn phase(&self) -> Result<Option<String>> {
        self.window.attribute(&id("desk"), "data-phase").await
    }
}

/// The element with this handle.
pub fn id(handle: &str) -> String {
    format!("[data-testid=\"{handle}\"]")
}

/// The first element whose handle begins like this.
pub fn id_starting(beginning: &str) -> String {
    format!("[data-testid^=\"{beginning}\"]")
}

async fn open_window(screen: &Screen, camera: &Camera, folder: &Path) -> Result<Window> {
    let program = application()?;
    let launch = Launch {
        program: &program,
        frames: camera.folder(),
        home: &folder.join("home"),
        runtime: &folder.join("run"),
        log: &folder.join("window.log"),
    };
    Window::open(screen, &launch).await
}

/// The application: `OMBOR_BIN`, else the one that was built beside this program.
fn application() -> Result<PathBuf> {
    if let Some(chosen) = std::env::var_os("OMBOR_BIN") {
        return Ok(chosen.into());
    }
    let own = std::env::current_exe()?;
    let built = own
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("ombor"));
    let found = built.into_iter().find(|path| path.is_file());
    found.context("the application is not built: cargo build --workspace --bins")
}

/// Where the application keeps its data when nobody says otherwise.
fn data_below(folder: &Path) -> PathBuf {
    folder.join("home/.local/share/ombor")
}

/// Sets the longest pause inside a scan: the keys come from a program, which on a busy machine is made to wait between two
/// of them for longer than any scanner.
fn set_up_scanner(data: &Path) -> Result<()> {
    make_private(data)?;
    std::fs::write(
        data.join("settings.toml"),
        format!("max_gap_ms = {LONGEST_GAP_MS}\n"),
    )?;
    Ok(())
}

/// Only this user may look in: session buses and sockets ask for it.
fn make_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let made = std::process::Command::new("chmod")
        .arg("700")
        .arg(folder)
        .status()?;
    ensure!(made.success(), "chmod 700 {}", folder.display());
    Ok(())
}
