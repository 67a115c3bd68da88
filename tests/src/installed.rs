//! The installed program as its owner meets it: the first day, on a home with nothing in it, and the day after another
//! version was installed over it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use ombor_scan::Command;
use serde_json::{Value, json};

use crate::people::People;
use crate::pid;
use crate::station::{LONGEST_GAP_MS, Station, id};
use crate::until::until;
use crate::warehouse::{self, ADMIN};
use crate::window::PATIENCE;

const SKU: &str = "TEA-1";
const PRODUCT: &str = "Green tea 100 g";
const CODE: &str = "4600702083112";
/// A programs' folder that only a package writes to.
const PROGRAMS: &str = "/usr/lib/ombor";

/// What is in the warehouse: pieces of the product, and how many movements made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Books {
    on_hand: u32,
    movements: usize,
}

/// Sets a warehouse up in `folder`, where there is nothing yet, receives ten pieces, and closes the window.
///
/// # Errors
/// The first thing that is not as it should be, with what was seen instead.
pub async fn first_day(folder: &Path) -> Result<()> {
    let station = Station::open_in(folder).await?;
    let program = program_of(&station)?;
    ensure!(
        program.starts_with(PROGRAMS),
        "{} is not the installed program",
        program.display()
    );
    station.set_up("Chilonzor ombori", &ADMIN, "en").await?;
    choose_settings(&station).await?;
    warehouse::add_product(&station, SKU, PRODUCT, CODE).await?;
    let people = People::draw(&folder.join("people"))?;
    warehouse::enrol(&station, &people).await?;
    raise_by_a_second_start(&station, &program).await?;
    post(&station, &people, Command::In, "10").await?;
    expect_books(&station, 10, 1).await?;
    station.close().await
}

/// Opens what [`first_day`] left behind, finds everything as it was, issues three pieces, and closes the window.
///
/// # Errors
/// The first thing that is not as it should be, with what was seen instead.
pub async fn day_after(folder: &Path) -> Result<()> {
    let station = Station::open_in(folder).await?;
    station.log_in(&ADMIN).await?;
    expect_settings(&station).await?;
    expect_books(&station, 10, 1).await?;
    let people = People::draw(&folder.join("people"))?;
    post(&station, &people, Command::Out, "3").await?;
    expect_books(&station, 7, 2).await?;
    set_autostart(&station, false).await?;
    station.close().await
}

fn program_of(station: &Station) -> Result<PathBuf> {
    Ok(fs::read_link(format!(
        "/proc/{}/exe",
        station.window.pid()
    ))?)
}

/// Starts the program once more in the same login: it ends by itself, and the window that is there stays.
async fn raise_by_a_second_start(station: &Station, program: &Path) -> Result<()> {
    let mut second = tokio::process::Command::new(program);
    second
        .env_clear()
        .envs(pid::environment(station.window.pid())?)
        .kill_on_drop(true);
    let ended = tokio::time::timeout(PATIENCE, second.status())
        .await
        .context("a second start opens a second window")??;
    ensure!(ended.success(), "the second start ends with {ended}");
    station.window.wait_for(&id("user-menu")).await.map(drop)
}

/// Choices that no new station begins with. The last is made on the screen.
fn chosen() -> Value {
    json!({ "theme": "dark", "soundVolume": 35, "idleMinutes": 33, "maxGapMs": LONGEST_GAP_MS })
}

async fn choose_settings(station: &Station) -> Result<()> {
    let mut settings = settings(station).await?;
    for (name, value) in chosen().as_object().context("choices")? {
        ensure!(settings[name] != *value, "{name} is {value} already");
        settings[name] = value.clone();
    }
    warehouse::call(station, "save_settings", json!({ "settings": settings })).await?;
    ensure!(
        !autostart_entry(station).exists(),
        "it opens by itself unasked"
    );
    station.enter("settings").await?;
    station.window.switch_on(&id("settings-autostart")).await?;
    station.window.click(&id("settings-save")).await?;
    let entry = until("the entry is written", PATIENCE, async || {
        Ok(fs::read_to_string(autostart_entry(station)).ok())
    })
    .await?;
    ensure!(
        entry
            .lines()
            .any(|line| line.starts_with(&format!("Exec={PROGRAMS}/ombor"))),
        "the entry starts another program: {entry}"
    );
    Ok(())
}

async fn expect_settings(station: &Station) -> Result<()> {
    let settings = settings(station).await?;
    for (name, value) in chosen().as_object().context("choices")? {
        ensure!(settings[name] == *value, "{name} was {value}: {settings}");
    }
    ensure!(
        settings["warehouseName"] == "Chilonzor ombori",
        "{settings}"
    );
    ensure!(settings["autostart"] == true, "{settings}");
    Ok(())
}

async fn set_autostart(station: &Station, on: bool) -> Result<()> {
    let mut settings = settings(station).await?;
    settings["autostart"] = json!(on);
    let saved = warehouse::call(station, "save_settings", json!({ "settings": settings })).await?;
    ensure!(saved["autostart"] == on, "{saved}");
    ensure!(autostart_entry(station).exists() == on, "the entry differs");
    Ok(())
}

fn autostart_entry(station: &Station) -> PathBuf {
    station.home().join(".config/autostart/Ombor.desktop")
}

async fn settings(station: &Station) -> Result<Value> {
    warehouse::call(station, "get_settings", json!({})).await
}

async fn post(station: &Station, people: &People, direction: Command, pieces: &str) -> Result<()> {
    let window = &station.window;
    warehouse::enter_desk(station).await?;
    station.scan_card(direction)?;
    station.keyboard().scan(CODE)?;
    window
        .wait_for_text(&id("card-name"), |name| name == PRODUCT)
        .await?;
    station.keyboard().type_slowly(pieces)?;
    station.scan_card(Command::Save)?;
    station.wait_for_phase("face").await?;
    station.camera.show(&people.confirming)?;
    station.wait_until_saved().await?;
    station.camera.step_away()
}

async fn expect_books(station: &Station, on_hand: u32, movements: usize) -> Result<()> {
    let expected = Books { on_hand, movements };
    let found = books(station).await?;
    ensure!(found == expected, "{found:?} instead of {expected:?}");
    Ok(())
}

async fn books(station: &Station) -> Result<Books> {
    let all =
        json!({ "text": "", "filter": "all", "categoryId": null, "after": null, "limit": 10 });
    let products = warehouse::call(station, "search_products", json!({ "query": all })).await?;
    let on_hand = products["rows"][0]["onHand"].as_str().context("onHand")?;
    let all = json!({
        "productId": null, "employeeId": null, "userId": null, "kind": null, "text": null, "from": null, "to": null,
        "after": null, "limit": 10,
    });
    let movements = warehouse::call(station, "list_movements", json!({ "query": all })).await?;
    Ok(Books {
        on_hand: on_hand.parse()?,
        movements: movements["rows"].as_array().context("rows")?.len(),
    })
}
