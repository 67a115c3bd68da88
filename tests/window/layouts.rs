//! Scanners type as a US keyboard would; whatever layout the PC has, the product must be the same.

use anyhow::{Context, Result, ensure};
use ombor_tests::keyboard::key;
use ombor_tests::screen::{Layout, US};
use ombor_tests::station::{Station, id};
use ombor_tests::warehouse;
use serde_json::json;

use super::page;

/// The layouts of the region's PCs, and two that move digits and letters about.
const LAYOUTS: [Layout; 7] = [
    US,
    Layout {
        name: "ru",
        variant: "",
    },
    Layout {
        name: "uz",
        variant: "",
    },
    Layout {
        name: "uz",
        variant: "latin",
    },
    Layout {
        name: "kz",
        variant: "",
    },
    Layout {
        name: "fr",
        variant: "",
    },
    Layout {
        name: "de",
        variant: "",
    },
];

/// A digits-only code, and one with everything that a layout can spoil.
const PRODUCTS: [(&str, &str, &str); 2] = [
    ("TEA-1", "Green tea 100 g", "4600702083112"),
    ("CUP-2", "Cup, white", "LOT-7/aZ:9_y;W?qM"),
];

async fn expect_both(station: &Station, under: &str) -> Result<()> {
    for (_, name, code) in PRODUCTS {
        station.keyboard().scan(code)?;
        station
            .window
            .wait_for_text(&id("card-name"), |shown| shown == name)
            .await
            .with_context(|| format!("{code} under {under}"))?;
    }
    Ok(())
}

async fn play(station: &Station) -> Result<()> {
    for (sku, name, code) in PRODUCTS {
        warehouse::add_product(station, sku, name, code).await?;
    }
    warehouse::enter_desk(station).await?;
    page::begin_counting(&station.window).await?;
    for layout in LAYOUTS {
        station.screen.set_layout(layout)?;
        expect_both(station, &format!("{layout:?}")).await?;
    }
    station.screen.set_layout(US)?;
    station.keyboard().press(key::CAPS_LOCK)?;
    expect_both(station, "Caps Lock").await?;
    station.keyboard().press(key::CAPS_LOCK)?;
    let touched = page::counted(&station.window).await?;
    ensure!(
        touched == json!({ "clicks": 0, "pointers": 0, "inputs": 0 }),
        "{touched}"
    );
    Ok(())
}

#[tokio::test]
async fn a_scan_means_the_same_product_under_every_keyboard_layout_and_caps_lock() {
    let station = warehouse::open().await.expect("a warehouse");
    let played = play(&station).await;
    station.close().await.expect("nothing is left running");
    played.expect("the same product, and a page that nobody touched");
}
