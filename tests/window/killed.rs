//! The power goes at any moment: what was reported as saved is saved, once, and what was gathered waits. What is gathered is
//! kept while the worker already sees it, so that a kill in that moment may take the newest scan with it, and no other.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ombor_scan::Command;
use ombor_tests::people::People;
use ombor_tests::station::{Station, id, id_starting};
use ombor_tests::until::until;
use ombor_tests::warehouse;
use ombor_tests::window::PATIENCE;
use serde_json::json;

/// How often the application is killed.
const KILLS: usize = 20;
/// So many scans are gathered to a document; with the last one it is saved, and the kill comes after that.
const SCANS_PER_DOCUMENT: usize = 5;

/// So long the desk may take to show what was gathered.
const MOMENT: Duration = Duration::from_secs(5);

const PRODUCTS: [(&str, &str, &str); 2] = [
    ("TEA-1", "Green tea 100 g", "4600702083112"),
    ("CUP-2", "Cup, white", "4006381333931"),
];

/// How many pieces are gathered, as the worker sees it.
async fn gathered(station: &Station) -> Result<usize> {
    let quantities = station
        .window
        .texts(&format!("{} strong", id_starting("line-")))
        .await?;
    let pieces = quantities.iter().map(|quantity| {
        let number = quantity.split_whitespace().next().context("a quantity")?;
        Ok(number.parse::<usize>()?)
    });
    pieces.sum()
}

async fn wait_for_pieces(station: &Station, limit: Duration, wanted: usize) -> Result<()> {
    let mut last = 0;
    let found = until("the pieces", limit, async || {
        last = gathered(station).await?;
        Ok((last == wanted).then_some(()))
    })
    .await;
    if found.is_err() {
        let page = station.window.text("body").await?.unwrap_or_default();
        return found.with_context(|| format!("{last} pieces instead of {wanted}: {page}"));
    }
    found
}

/// How much of what was gathered before the kill waits at the desk: all of it, or all but the newest scan.
async fn restored(station: &Station, kept: usize) -> Result<usize> {
    let all = wait_for_pieces(station, MOMENT, kept).await;
    if all.is_ok() || kept == 0 {
        return all.map(|()| kept);
    }
    wait_for_pieces(station, MOMENT, kept - 1).await?;
    Ok(kept - 1)
}

async fn save(station: &Station, people: &People) -> Result<()> {
    station.scan_card(Command::Save)?;
    station.camera.show(&people.confirming)?;
    station.wait_until_saved().await?;
    station.camera.step_away()
}

async fn on_hand(station: &Station) -> Result<Vec<usize>> {
    let all =
        json!({ "text": "", "filter": "all", "categoryId": null, "after": null, "limit": 10 });
    let page = warehouse::call(station, "search_products", json!({ "query": all })).await?;
    let rows = page["rows"].as_array().context("rows")?;
    rows.iter()
        .map(|row| {
            row["onHand"]
                .as_str()
                .context("onHand")?
                .parse()
                .context("a number")
        })
        .collect()
}

async fn play(mut station: Station) -> Result<Station> {
    let people = People::draw(&station.folder().join("people"))?;
    for (sku, name, code) in PRODUCTS {
        warehouse::add_product(&station, sku, name, code).await?;
    }
    warehouse::enrol(&station, &people).await?;
    let (mut kept, mut saved) = (0, 0);
    for kill in 1..=KILLS {
        station.enter("desk").await?;
        let taking_scans = format!("{}[data-phase]", id("desk"));
        station.window.wait_for(&taking_scans).await?;
        let found = restored(&station, kept).await;
        kept = found.with_context(|| format!("after kill {}", kill - 1))? + 1;
        let (_, _, code) = PRODUCTS[kill % PRODUCTS.len()];
        station.keyboard().scan(code)?;
        wait_for_pieces(&station, PATIENCE, kept).await?;
        if kill % SCANS_PER_DOCUMENT == 0 {
            save(&station, &people).await?;
            saved += kept;
            kept = 0;
        }
        station = station.kill_and_restart().await?;
        station.log_in(&warehouse::ADMIN).await?;
    }
    let stock: usize = on_hand(&station).await?.iter().sum();
    ensure!(
        stock == saved,
        "{saved} pieces were saved, {stock} are there"
    );
    Ok(station)
}

#[tokio::test]
async fn a_kill_at_any_of_twenty_points_loses_no_saved_movement_and_at_most_the_newest_scan() {
    let station = warehouse::open().await.expect("a warehouse");
    let station = play(station).await.expect("nothing is lost");
    station.close().await.expect("nothing is left running");
}
