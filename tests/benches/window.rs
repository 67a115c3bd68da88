//! What a worker feels: how soon a scan is on the screen, how soon the desk is ready, how much memory it all takes.
//!
//! Prints a table and writes the same figures to `out/bench/window.json`. `PRODUCTS=N` takes another number of products
//! than a million.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ombor_scan::Command;
use ombor_tests::database::Database;
use ombor_tests::people::People;
use ombor_tests::pid;
use ombor_tests::station::{Station, id};
use ombor_tests::until::until;
use ombor_tests::warehouse::{self, ADMIN};
use serde_json::{Value, json};

/// Movements whose whole time is measured, each with a look at the camera.
const MOVEMENTS: usize = 15;
const SCANS: u32 = 200;
/// A document of a usual size: then it is given up and the next one begins.
const LINES_OF_A_DOCUMENT: u32 = 10;
const PRODUCTS: u32 = 1_000_000;
const SETTLING: Duration = Duration::from_mins(10);

/// Notes, for each change of the card's name, the milliseconds from the scan's last key to the painted frame.
const STOPWATCH: &str = "
    window.painted = [];
    let lastKey = 0;
    let shown = '';
    window.addEventListener('keydown', (event) => { lastKey = event.timeStamp; }, true);
    const name = () => document.querySelector('[data-testid=\"card-name\"]')?.innerText ?? '';
    new MutationObserver(() => {
      if (name() === shown) return;
      shown = name();
      if (shown === '') return;
      const began = lastKey;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.painted.push(performance.now() - began);
        port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let products = match std::env::var("PRODUCTS") {
        Ok(number) => number.parse()?,
        Err(_) => PRODUCTS,
    };
    let memory = memory_with_demonstration_data().await?;
    let movements = movements().await?;
    let station = with_products(products).await?;
    // A stop writes a million products to the disk first; the start after it is not the one to measure.
    let station = station.restart().await?;
    until("the server is back", SETTLING, async || {
        station.window.text(&id("log-in")).await
    })
    .await?;
    let (station, start) = warm_start(station).await?;
    let scans = scan_to_card(&station, products).await;
    if scans.is_err() {
        station
            .screen
            .picture(&folder()?.join("window-failed.png"))?;
    }
    station.close().await?;
    let scans = scans?;
    report(&json!({
        "products": products,
        "scanToCardMs": scans,
        "movementMs": movements,
        "warmStartMs": start,
        "memoryMiB": memory,
    }))
}

/// The whole application idle at the desk: window, web view and server, in MiB of PSS.
async fn memory_with_demonstration_data() -> Result<Value> {
    let station = Station::open().await?;
    station
        .set_up_with_demonstration("Sinov ombori", &ADMIN, "uz-Latn")
        .await?;
    station.enter("desk").await?;
    station.wait_for_phase("ready").await?;
    let window = memory_mib(&pid::family(station.window.pid())?)?;
    let server = memory_mib(&server_of(&station)?)?;
    station.close().await?;
    Ok(json!({ "windowAndWebView": window, "server": server, "together": window + server }))
}

fn memory_mib(processes: &[u32]) -> Result<u64> {
    let kib = processes
        .iter()
        .map(|pid| pid::memory_kib(*pid))
        .sum::<Result<u64>>()?;
    Ok(kib / 1024)
}

/// The helper that watches over this station's server, and the server's processes.
fn server_of(station: &Station) -> Result<Vec<u32>> {
    let folder = station.folder().to_string_lossy().into_owned();
    let helper = pid::named("ombor-pgd")?
        .into_iter()
        .find(|pid| pid::mentions(*pid, &folder))
        .context("the server's helper is not found")?;
    pid::family(helper)
}

/// From the first key of a scan over the SAVE card and a look at the camera to the saved document, in milliseconds, with a
/// worker who at once does what the camera asks for. Each movement is the first one of a session, so that it needs a look.
async fn movements() -> Result<Value> {
    let (name, code) = ("Green tea 100 g", "4600702083112");
    let station = warehouse::open().await?;
    let people = People::draw(&station.folder().join("people"))?;
    warehouse::add_product(&station, "TEA-1", name, code).await?;
    warehouse::enrol(&station, &people).await?;
    let mut times = Vec::with_capacity(MOVEMENTS);
    for _ in 0..MOVEMENTS {
        station.log_out().await?;
        station.log_in(&ADMIN).await?;
        warehouse::enter_desk(&station).await?;
        let began = Instant::now();
        station.keyboard().scan(code)?;
        let card = id("card-name");
        station
            .window
            .wait_for_text(&card, |shown| shown == name)
            .await?;
        station.scan_card(Command::Save)?;
        station.camera.show(&people.confirming)?;
        station.wait_until_saved().await?;
        times.push(millis(began.elapsed()) as f64);
        station.camera.step_away()?;
    }
    station.close().await?;
    Ok(percentiles(times))
}

/// How many times, and the middle, the 95th percentile and the longest of them.
fn percentiles(mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].round();
    json!({ "count": times.len(), "p50": at(0.5), "p95": at(0.95), "max": at(1.0) })
}

async fn with_products(products: u32) -> Result<Station> {
    let station = Station::open().await?;
    station.set_up("Katta ombor", &ADMIN, "uz-Latn").await?;
    let database =
        Database::of_application(&station.data(), &station.runtime(), "ombor_migrate").await?;
    database.run(&format!(
        "set role ombor_owner;
         drop index ombor.product_search_words_idx;
         with made as (
             insert into ombor.product (id, sku, name, base_unit_id, min_stock, price, currency, search_text)
             select gen_random_uuid(), 'SKU-' || n, 'Mahsulot ' || n, unit.id, null, 1000, 'UZS',
                    'mahsulot ' || n || ' sku ' || n
             from generate_series(1, {products}) as n, ombor.unit where unit.symbol = 'dona'
             returning id, sku
         )
         insert into ombor.product_code (code, product_id, kind)
         select '4780' || lpad(substr(made.sku, 5), 9, '0'), made.id, 'other' from made;
         create index product_search_words_idx on ombor.product using gin (search_words) with (fastupdate = off);
         analyze ombor.product; analyze ombor.product_code; analyze ombor.stock;"
    ))?;
    Ok(station)
}

/// From the start of the program to the login, and from the login to a desk that takes scans, in milliseconds.
async fn warm_start(station: Station) -> Result<(Station, Value)> {
    let began = Instant::now();
    let station = station.restart().await?;
    station.window.wait_for(&id("log-in")).await?;
    let login = began.elapsed();
    station.log_in(&ADMIN).await?;
    station.enter("desk").await?;
    station.wait_for_phase("ready").await?;
    let ready = began.elapsed();
    Ok((
        station,
        json!({ "toLogin": millis(login), "toReadyToScan": millis(ready) }),
    ))
}

async fn scan_to_card(station: &Station, products: u32) -> Result<Value> {
    // Before the desk's own listener, which lets no key of a scan pass.
    station.log_out().await?;
    station.window.ask(STOPWATCH).await?;
    station.log_in(&ADMIN).await?;
    station.enter("desk").await?;
    station.wait_for_phase("ready").await?;
    for scan in 0..SCANS {
        let product = 1 + scan.wrapping_mul(2_654_435_761) % products;
        station.keyboard().scan(&format!("4780{product:09}"))?;
        let name = format!("Mahsulot {product}");
        station
            .window
            .wait_for_text(&id("card-name"), |shown| shown == name)
            .await?;
        if (scan + 1) % LINES_OF_A_DOCUMENT == 0 {
            station.scan_card(Command::Cancel)?;
            station.wait_for_phase("ready").await?;
        }
    }
    let painted = station.window.ask("return window.painted;").await?;
    let times: Vec<f64> = serde_json::from_value(painted)?;
    ensure!(
        times.len() >= SCANS as usize * 9 / 10,
        "only {} scans were seen",
        times.len()
    );
    Ok(percentiles(times))
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[expect(clippy::print_stdout, reason = "a bench is read on a terminal")]
fn report(figures: &Value) -> Result<()> {
    println!("| what | figure | aim |");
    println!("|---|---|---|");
    let rows = [
        (
            "last key of a scan to the painted card, p50, ms",
            &figures["scanToCardMs"]["p50"],
            "",
        ),
        (
            "the same, p95, ms",
            &figures["scanToCardMs"]["p95"],
            "< 100",
        ),
        ("the same, max, ms", &figures["scanToCardMs"]["max"], ""),
        (
            "a movement with a look at the camera, p50, ms",
            &figures["movementMs"]["p50"],
            "≤ 5000",
        ),
        ("the same, p95, ms", &figures["movementMs"]["p95"], "≤ 8000"),
        (
            "warm start to the login, ms",
            &figures["warmStartMs"]["toLogin"],
            "",
        ),
        (
            "warm start to ready-to-scan, login by a robot included, ms",
            &figures["warmStartMs"]["toReadyToScan"],
            "≤ 3000",
        ),
        (
            "window and web view idle, MiB PSS",
            &figures["memoryMiB"]["windowAndWebView"],
            "",
        ),
        ("server idle, MiB PSS", &figures["memoryMiB"]["server"], ""),
        (
            "together, MiB PSS",
            &figures["memoryMiB"]["together"],
            "≤ 350",
        ),
    ];
    for (what, figure, aim) in rows {
        println!("| {what} | {figure} | {aim} |");
    }
    let path = folder()?.join("window.json");
    Ok(std::fs::write(
        path,
        serde_json::to_string_pretty(figures)?,
    )?)
}

/// Where benches leave their figures.
fn folder() -> Result<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the package has a parent")?;
    let folder = top.join("out/bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
