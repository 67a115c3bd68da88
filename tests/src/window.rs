//! The real window, read and clicked through WebKit's own driver.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, WebDriver};

use crate::pid;
use crate::program::Program;
use crate::screen::Screen;
use crate::until::until;

/// Ten times what the slowest step may take on a PC of a warehouse.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How the application is started for a test.
pub struct Launch<'a> {
    /// The application's binary.
    pub program: &'a Path,
    /// A folder of frames in place of a camera.
    pub frames: &'a Path,
    /// The home of whoever opens it; data, settings and caches lie in their usual places below.
    pub home: &'a Path,
    /// Where sockets lie.
    pub runtime: &'a Path,
    /// What the web view complains of.
    pub log: &'a Path,
}

/// A running window. Call [`Window::close`] when done; dropped, its programs are stopped.
pub struct Window {
    page: WebDriver,
    pid: u32,
    driver: Program,
    _bus: Program,
}

impl Window {
    /// Starts a session bus, the driver, and through it the application, and waits for its page.
    pub async fn open(screen: &Screen, launch: &Launch<'_>) -> Result<Self> {
        let (bus, address) = session_bus(launch.runtime)?;
        let port = free_port()?;
        let driver = Program::start(
            environment(&mut Command::new("WebKitWebDriver"), screen, launch)
                .env("DBUS_SESSION_BUS_ADDRESS", &address)
                .arg(format!("--port={port}"))
                .stdout(Stdio::null())
                .stderr(std::fs::File::create(launch.log)?),
        )?;
        until("the driver listens", PATIENCE, async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .ok())
        })
        .await?;
        let mut wanted = Capabilities::new();
        // No browserName: newer WebKitGTK refuses every name but its own.
        wanted.set(
            "webkitgtk:browserOptions",
            json!({ "binary": launch.program, "args": Vec::<String>::new() }),
        )?;
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .context("the window did not open")?;
        let pid = until("the application runs", PATIENCE, async || {
            Ok(pid::children(driver.pid())?.first().copied())
        })
        .await?;
        Ok(Self {
            page,
            pid,
            driver,
            _bus: bus,
        })
    }

    /// The application's process.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Ends the session and makes sure that no process of the application is left.
    pub async fn close(mut self) -> Result<()> {
        ensure!(self.driver.is_running()?, "the driver died");
        let family = pid::family(self.pid)?;
        self.page
            .clone()
            .quit()
            .await
            .context("the session did not end")?;
        until("the application is gone", PATIENCE, async || {
            Ok((!family.iter().any(|pid| pid::is_alive(*pid))).then_some(()))
        })
        .await
    }

    /// Kills the application as a power cut would: nothing of it gets to do anything any more.
    pub async fn kill(self) -> Result<()> {
        let killed = Command::new("kill")
            .args(["-9", &self.pid.to_string()])
            .status()?;
        ensure!(killed.success(), "kill -9 {}", self.pid);
        until("the application is dead", PATIENCE, async || {
            Ok((!pid::is_alive(self.pid)).then_some(()))
        })
        .await
    }

    /// Runs a script in the page and returns its result.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        let answer = self.page.execute(script, Vec::new()).await;
        Ok(answer.with_context(|| script.to_owned())?.json().clone())
    }

    /// Calls a command of the application as the page would, whatever the page offers: `{"value": …}` or
    /// `{"error": …}`.
    pub async fn invoke(&self, command: &str, arguments: &Value) -> Result<Value> {
        let script = "const [command, arguments_, done] = arguments; \
             window.__TAURI_INTERNALS__.invoke(command, arguments_)\
             .then((value) => done({ value }), (error) => done({ error }));";
        let answer = self
            .page
            .execute_async(script, vec![json!(command), arguments.clone()])
            .await;
        Ok(answer.with_context(|| command.to_owned())?.json().clone())
    }

    /// The text of an element, or nothing while it is not there.
    pub async fn text(&self, css: &str) -> Result<Option<String>> {
        let script = format!(
            "const found = document.querySelector({}); \
             return found === null ? null : (found.value ?? found.innerText);",
            json!(css)
        );
        Ok(self.ask(&script).await?.as_str().map(str::to_owned))
    }

    /// The texts of every such element, in order.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((one) => one.innerText);",
            json!(css)
        );
        Ok(serde_json::from_value(self.ask(&script).await?)?)
    }

    /// The value of an attribute, or nothing while there is none.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        let script = format!(
            "return document.querySelector({})?.getAttribute({}) ?? null;",
            json!(css),
            json!(name)
        );
        Ok(self.ask(&script).await?.as_str().map(str::to_owned))
    }

    /// Waits until the element is there and returns its text.
    pub async fn wait_for(&self, css: &str) -> Result<String> {
        self.wait_for_text(css, |_| true).await
    }

    /// Waits until the element's text is as wanted and returns it; a failure tells what it was.
    pub async fn wait_for_text(&self, css: &str, wanted: impl Fn(&str) -> bool) -> Result<String> {
        let mut last = None;
        let found = until(css, PATIENCE, async || {
            last = self.text(css).await?;
            Ok(last.clone().filter(|text| wanted(text)))
        })
        .await;
        match found {
            Ok(text) => Ok(text),
            Err(error) => {
                let page = self.text("body").await?.unwrap_or_default();
                Err(error.context(format!("{css} says {last:?}, the page {page:?}")))
            }
        }
    }

    /// Waits until no such element is there.
    pub async fn wait_until_gone(&self, css: &str) -> Result<()> {
        until(&format!("{css} is gone"), PATIENCE, async || {
            Ok(self.text(css).await?.is_none().then_some(()))
        })
        .await
    }

    /// Clicks an element, as soon as it can be clicked.
    pub async fn click(&self, css: &str) -> Result<()> {
        let mut refusal = None;
        let clicked = until(
            &format!("{css} can be clicked"),
            PATIENCE,
            async || match self.try_click(css).await {
                Ok(()) => Ok(Some(())),
                Err(error) => {
                    refusal = Some(error);
                    Ok(None)
                }
            },
        )
        .await;
        match (clicked, refusal) {
            (Err(late), Some(refusal)) => Err(refusal
                .context(self.what_lies_over(css).await?)
                .context(late)),
            (clicked, _) => clicked,
        }
    }

    /// What a click on the middle of the element would hit.
    async fn what_lies_over(&self, css: &str) -> Result<String> {
        let script = format!(
            "const place = document.querySelector({})?.getBoundingClientRect(); \
             if (!place) return 'it is not there'; \
             const hit = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2); \
             return JSON.stringify(place) + ' is covered by ' + (hit?.outerHTML ?? 'nothing').slice(0, 300);",
            json!(css)
        );
        Ok(self
            .ask(&script)
            .await?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    async fn try_click(&self, css: &str) -> Result<()> {
        let element = self.page.find(By::Css(css)).await?;
        if !element.is_enabled().await? {
            bail!("{css} is disabled");
        }
        Ok(element.click().await?)
    }

    /// Replaces what a field holds, as pasting does: keys as quick as the driver's would be taken for a scan.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.wait_for(css).await?;
        let script = format!(
            "const field = document.querySelector({}); field.focus(); \
             Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, {}); \
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));",
            json!(css),
            json!(text)
        );
        self.ask(&script).await?;
        self.wait_for_text(css, |held| held == text).await.map(drop)
    }

    /// Switches a switch on; its input may be hidden behind what is drawn.
    pub async fn switch_on(&self, css: &str) -> Result<()> {
        self.wait_for(css).await?;
        let script = format!(
            "const one = document.querySelector({}); if (!one.checked) one.click(); return one.checked;",
            json!(css)
        );
        let on = self.ask(&script).await?;
        ensure!(on == true, "{css} stays off");
        Ok(())
    }

    /// Chooses the first option of a list.
    pub async fn choose_first(&self, list_css: &str) -> Result<()> {
        self.click(list_css).await?;
        self.choose_open("").await
    }

    /// Chooses the first option with this in its text, in the list that is open.
    pub async fn choose_open(&self, option: &str) -> Result<()> {
        let script = format!(
            "const one = [...document.querySelectorAll('[role=option]')]\
             .find((each) => each.checkVisibility() && each.innerText.includes({})); \
             one?.click(); return one !== undefined;",
            json!(option)
        );
        until(&format!("the option {option}"), PATIENCE, async || {
            Ok(self
                .ask(&script)
                .await?
                .as_bool()
                .unwrap_or(false)
                .then_some(()))
        })
        .await
    }
}

/// The session ends with the driver. Asking for it takes minutes when the application hangs or is gone.
impl Drop for Window {
    fn drop(&mut self) {
        // It was ended already by [`Window::close`].
        let _ = self.page.clone().leak();
    }
}

/// Everything that the application may see of the machine.
fn environment<'c>(
    command: &'c mut Command,
    screen: &Screen,
    launch: &Launch<'_>,
) -> &'c mut Command {
    for name in [
        "WAYLAND_DISPLAY",
        "DATABASE_URL",
        "OMBOR_DATA",
        "OMBOR_PG_BIN",
        "SESSION_MANAGER",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
    ] {
        command.env_remove(name);
    }
    command
        .env("DISPLAY", screen.display())
        .env("GDK_BACKEND", "x11")
        .env("LANG", "C.UTF-8")
        .env("HOME", launch.home)
        .env("XDG_RUNTIME_DIR", launch.runtime)
        // Looking for an accessibility bus that is not there takes seconds.
        .env("NO_AT_BRIDGE", "1")
        .env("GTK_USE_PORTAL", "0")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("OMBOR_FRAMES", launch.frames)
}

/// A session bus that ends with the window, and its address.
fn session_bus(runtime: &Path) -> Result<(Program, String)> {
    use std::io::{BufRead, BufReader};
    let mut bus = Program::start(
        Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--address=unix:dir={}", runtime.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    )?;
    let mut address = String::new();
    BufReader::new(bus.take_stdout()?).read_line(&mut address)?;
    ensure!(!address.trim().is_empty(), "the session bus did not start");
    Ok((bus, address.trim().to_owned()))
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port())
}
