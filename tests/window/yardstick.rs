//! The yardstick: how many scans, numbers and taps a worker needs. Played in the real window and counted.

use anyhow::{Result, ensure};
use ombor_scan::{Command, command_code};
use ombor_tests::keyboard::key;
use ombor_tests::people::People;
use ombor_tests::station::{Station, id};
use ombor_tests::warehouse;
use serde_json::json;

use super::page;

const PRODUCTS: [(&str, &str, &str); 3] = [
    ("TEA-1", "Green tea 100 g", "4600702083112"),
    ("CUP-2", "Cup, white", "4006381333931"),
    ("SPN-3", "Spoon", "5901234123457"),
];

/// A worker whose every act is counted.
struct Worker<'a> {
    station: &'a Station,
    scans: u32,
    numbers: u32,
}

impl<'a> Worker<'a> {
    fn at(station: &'a Station) -> Self {
        Self {
            station,
            scans: 0,
            numbers: 0,
        }
    }

    async fn scan(&mut self, code: &str, shown: &str) -> Result<()> {
        self.scans += 1;
        self.station.keyboard().scan(code)?;
        self.station
            .window
            .wait_for_text(&id("card-name"), |name| name == shown)
            .await
            .map(drop)
    }

    fn scan_card(&mut self, command: Command) -> Result<()> {
        self.scans += 1;
        let code = command_code(command).unwrap_or_default();
        self.station.keyboard().scan(&code)
    }

    /// A typed number; with Enter after it, it is still one.
    async fn number(&mut self, number: &str, enter: bool) -> Result<()> {
        self.numbers += 1;
        self.station.keyboard().type_slowly(number)?;
        let window = &self.station.window;
        window
            .wait_for_text(&id("card-quantity"), |shown| shown.ends_with(number))
            .await?;
        if enter {
            self.station.keyboard().press(key::ENTER)
        } else {
            Ok(())
        }
    }
}

async fn receipt_of_three_lines(station: &Station, people: &People) -> Result<()> {
    let mut worker = Worker::at(station);
    worker.scan_card(Command::In)?;
    for ((_, name, code), quantity) in PRODUCTS.iter().zip(["10", "20", "30"]) {
        worker.scan(code, name).await?;
        worker.number(quantity, false).await?;
    }
    worker.scan_card(Command::Save)?;
    station.wait_for_phase("face").await?;
    station.camera.show(&people.confirming)?;
    station.wait_until_saved().await?;
    ensure!(
        (worker.scans, worker.numbers) == (5, 3),
        "{} S, {} K",
        worker.scans,
        worker.numbers
    );
    Ok(())
}

async fn issue_of_one_line(station: &Station) -> Result<()> {
    // The mode is the last movement's; a worker who gives out all day chose it in the morning.
    station.keyboard().press(key::F3)?;
    let mut worker = Worker::at(station);
    let (_, name, code) = PRODUCTS[0];
    worker.scan(code, name).await?;
    station.wait_for_phase("gathering").await?;
    worker.number("5", true).await?;
    station.wait_for_phase("saved").await?;
    ensure!(
        (worker.scans, worker.numbers) == (1, 1),
        "{} S, {} K",
        worker.scans,
        worker.numbers
    );
    Ok(())
}

async fn play(station: &Station) -> Result<()> {
    let people = People::draw(&station.folder().join("people"))?;
    for (sku, name, code) in PRODUCTS {
        warehouse::add_product(station, sku, name, code).await?;
    }
    warehouse::enrol(station, &people).await?;
    warehouse::enter_desk(station).await?;
    page::begin_counting(&station.window).await?;
    receipt_of_three_lines(station, &people).await?;
    issue_of_one_line(station).await?;
    let touched = page::counted(&station.window).await?;
    ensure!(
        touched == json!({ "clicks": 0, "pointers": 0, "inputs": 0 }),
        "taps: {touched}"
    );
    Ok(())
}

#[tokio::test]
async fn a_receipt_of_three_lines_takes_5s_3k_0t_and_an_issue_of_one_line_1s_1k_0t() {
    let station = warehouse::open().await.expect("a warehouse");
    let played = play(&station).await;
    station.close().await.expect("nothing is left running");
    played.expect("the yardstick holds");
}
