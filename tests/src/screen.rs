//! A screen of its own for each run: a private X display with a window manager.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::program::Program;

/// The commonest screen of the warehouses.
pub const WIDTH: u32 = 1366;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 768;

/// The window fills the screen and has the focus, as at a desk that is used for nothing else.
const WINDOW_MANAGER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <applications>
    <application class="*" type="normal"><decor>no</decor><maximized>yes</maximized><focus>yes</focus></application>
  </applications>
</openbox_config>
"#;

/// A keyboard layout as the system names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// `us`, `ru`, `uz`…
    pub name: &'static str,
    /// `latin` for Uzbek in Latin letters; empty for the layout's own default.
    pub variant: &'static str,
}

/// The layout that scanners are made for.
pub const US: Layout = Layout {
    name: "us",
    variant: "",
};

/// A private X display. Dropped, it is gone with everything on it.
pub struct Screen {
    display: String,
    _window_manager: Program,
    _server: Program,
}

impl Screen {
    /// Opens a display that nobody else uses; `folder` keeps the window manager's settings.
    pub fn open(folder: &Path) -> Result<Self> {
        // Without -noreset the server forgets the keyboard layout when the last client leaves.
        let mut server = Program::start(
            Command::new("Xvfb")
                .args([
                    "-displayfd",
                    "1",
                    "-noreset",
                    "-nolisten",
                    "tcp",
                    "-screen",
                    "0",
                ])
                .arg(format!("{WIDTH}x{HEIGHT}x24"))
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let mut number = String::new();
        BufReader::new(server.take_stdout()?).read_line(&mut number)?;
        let number = number.trim();
        ensure!(!number.is_empty(), "Xvfb opened no display");
        let display = format!(":{number}");
        let settings = folder.join("openbox.xml");
        fs::write(&settings, WINDOW_MANAGER)?;
        let window_manager = Program::start(
            Command::new("openbox")
                .args(["--sm-disable", "--config-file"])
                .arg(&settings)
                .env("DISPLAY", &display)
                .env("HOME", folder)
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        Ok(Self {
            display,
            _window_manager: window_manager,
            _server: server,
        })
    }

    /// The display's name, `:N`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// Changes the keyboard layout of the whole screen.
    pub fn set_layout(&self, layout: Layout) -> Result<()> {
        let mut command = Command::new("setxkbmap");
        command.args(["-layout", layout.name, "-variant", layout.variant]);
        self.run(command).map(drop)
    }

    /// Takes a picture of everything that the screen shows.
    pub fn picture(&self, path: &Path) -> Result<()> {
        let mut command = Command::new("import");
        command.args(["-silent", "-window", "root"]).arg(path);
        self.run(command).map(drop)
    }

    /// Runs a tool on this display and returns what it prints.
    pub fn run(&self, mut command: Command) -> Result<String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let output = command
            .env("DISPLAY", &self.display)
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{name} cannot be started"))?;
        ensure!(
            output.status.success(),
            "{name} failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Numbered pictures of one run: `01-first-run.png`, `02-…`.
pub struct Album {
    folder: PathBuf,
    taken: u32,
}

impl Album {
    /// Begins an album; pictures of an earlier run are removed.
    pub fn begin(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let numbered = name.len() > 3
                && name.as_bytes()[..2].iter().all(u8::is_ascii_digit)
                && name.as_bytes()[2] == b'-';
            if numbered && name.ends_with(".png") {
                fs::remove_file(&path)?;
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            taken: 0,
        })
    }

    /// Adds what the screen shows now.
    pub fn add(&mut self, screen: &Screen, name: &str) -> Result<PathBuf> {
        self.taken += 1;
        let path = self.folder.join(format!("{:02}-{name}.png", self.taken));
        screen.picture(&path)?;
        Ok(path)
    }
}
