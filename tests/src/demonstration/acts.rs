//! The steps, in their order. Each says what it expects to see.

use anyhow::{Context, Result, ensure};
use ombor_scan::Command;
use serde_json::json;

use super::{Told, backup};
use crate::keyboard::key;
use crate::label;
use crate::people::People;
use crate::screen::Album;
use crate::station::{Person, Station, id, id_starting};

const ADMIN: Person = Person {
    name: "Nodira Karimova",
    login: "nodira",
    password: "ombor-kaliti-1",
};
const OPERATOR: Person = Person {
    name: "Jasur Toshev",
    login: "jasur",
    password: "kirim-chiqim-2",
};
const VIEWER: Person = Person {
    name: "Aziza Saidova",
    login: "aziza",
    password: "faqat-koʻrish-3",
};
const WORKER: &str = "Bekzod Rahimov";
const PRODUCT: &str = "Nescafé Gold 190 g";
/// Of the only product.
pub(super) const SKU: &str = "NES-190";

/// Plays every step.
pub async fn all(station: &Station, people: &People, album: &mut Album) -> Result<()> {
    let mut told = Told { number: 0 };
    told.step(
        "the first run makes the first Admin",
        first_run(station, album),
    )
    .await?;
    if !people.do_as_asked {
        told.step(
            "the Admin switches the sign of life off: a photo cannot blink or turn when it is asked to",
            without_sign_of_life(station),
        )
        .await?;
    }
    let code = told
        .step(
            "the Admin creates a category and a product",
            product(station, album),
        )
        .await?;
    told.step(
        "the Admin creates an operator and a viewer",
        users(station, album),
    )
    .await?;
    told.step(
        "the Admin enrols an employee",
        enrolment(station, people, album),
    )
    .await?;
    told.step("the operator logs in", become_user(station, &OPERATOR))
        .await?;
    told.step(
        "IN 10 is saved after a look",
        receive(station, people, &code, album),
    )
    .await?;
    told.step(
        "OUT 3 is saved without a new look",
        issue(station, &code, album),
    )
    .await?;
    told.step("OUT 50 is refused", issue_too_much(station, &code, album))
        .await?;
    told.step("a new login", become_user(station, &OPERATOR))
        .await?;
    told.step(
        "a stranger is refused",
        stranger(station, people, &code, album),
    )
    .await?;
    told.step("the Viewer is refused", viewer(station, &code, album))
        .await?;
    told.step("the Admin reverses the issue", reverse(station, album))
        .await?;
    told.step(
        "the history says who, what and when",
        history(station, album),
    )
    .await?;
    told.step(
        "no face comes: the Admin's password vouches, and the gate's page counts it",
        vouching(station, &code, album),
    )
    .await?;
    told.step("the backup restores", backup::take(station, album))
        .await
}

async fn first_run(station: &Station, album: &mut Album) -> Result<()> {
    station.window.wait_for(&id("first-run")).await?;
    album.add(&station.screen, "first-run")?;
    station.set_up("Chorsu ombori", &ADMIN, "uz-Latn").await?;
    station.enter("today").await?;
    station.window.wait_for(&id("today-value")).await?;
    album.add(&station.screen, "today-empty").map(drop)
}

async fn without_sign_of_life(station: &Station) -> Result<()> {
    let window = &station.window;
    let mut settings = window.invoke("get_settings", &json!({})).await?["value"].take();
    ensure!(settings["liveness"] == true, "it is not on: {settings}");
    settings["liveness"] = json!(false);
    let saved = window
        .invoke("save_settings", &json!({ "settings": settings }))
        .await?;
    ensure!(saved["value"]["liveness"] == false, "it stays on: {saved}");
    Ok(())
}

/// Returns what a scanner reads off the label that would be printed.
async fn product(station: &Station, album: &mut Album) -> Result<String> {
    let window = &station.window;
    station.enter("products").await?;
    window.click(&id("product-create")).await?;
    window.fill(&id("product-name"), PRODUCT).await?;
    window.fill(&id("product-sku"), SKU).await?;
    window.fill(&id("product-category"), "Qahva").await?;
    window.choose_open("Qahva").await?;
    window.choose_first(&id("product-unit")).await?;
    window.fill(&id("product-min-stock"), "8").await?;
    window.fill(&id("product-price"), "96000").await?;
    window.switch_on(&id("product-own-label")).await?;
    album.add(&station.screen, "new-product")?;
    window.click(&id("product-save")).await?;
    window.wait_for(&id("product-label-image")).await?;
    let shown = window.attribute(&id("product-label-image"), "src").await?;
    let code = label::read_data_url(&shown.context("the label shows no picture")?)?;
    let printed = window.wait_for(&id("product-label-code")).await?;
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    ensure!(
        code == digits,
        "the picture says {code}, the words below it {printed}"
    );
    ensure!(
        code.len() == 13 && code.starts_with("29"),
        "{code} is not a label of our own"
    );
    album.add(&station.screen, "product-label")?;
    Ok(code)
}

async fn users(station: &Station, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.enter("users").await?;
    for (person, role) in [(OPERATOR, "operator"), (VIEWER, "viewer")] {
        window.click(&id("user-create")).await?;
        window.fill(&id("user-name"), person.name).await?;
        window.fill(&id("user-login"), person.login).await?;
        window.click(&id(&format!("user-form-role-{role}"))).await?;
        window
            .fill(&id("user-password-field"), person.password)
            .await?;
        window.click(&id("user-save")).await?;
        window.wait_until_gone(&id("user-save")).await?;
    }
    album.add(&station.screen, "users").map(drop)
}

async fn enrolment(station: &Station, people: &People, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.enter("employees").await?;
    window.click(&id("employee-create")).await?;
    window.fill(&id("employee-name"), WORKER).await?;
    window.click(&id("employee-save")).await?;
    window.click(&id_starting("employee-enrol-")).await?;
    station.camera.show(&people.enrolling)?;
    window.click(&id("enrolment-start")).await?;
    window
        .wait_for_text(&id("enrolment-count"), |count| {
            !count.trim().starts_with('0')
        })
        .await?;
    album.add(&station.screen, "enrolment")?;
    window.wait_for(&id("enrolment-done")).await?;
    album.add(&station.screen, "enrolled")?;
    window.click(&id("enrolment-finish")).await?;
    station.camera.step_away()
}

async fn become_user(station: &Station, person: &Person) -> Result<()> {
    station.log_out().await?;
    station.log_in(person).await?;
    station.window.wait_for(&id("desk")).await.map(drop)
}

async fn receive(station: &Station, people: &People, code: &str, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.wait_for_phase("ready").await?;
    album.add(&station.screen, "desk-ready")?;
    station.scan_card(Command::In)?;
    station.keyboard().scan(code)?;
    window
        .wait_for_text(&id("card-name"), |name| name == PRODUCT)
        .await?;
    station.keyboard().type_slowly("10")?;
    album.add(&station.screen, "desk-in")?;
    station.scan_card(Command::Save)?;
    station.wait_for_phase("face").await?;
    station.camera.show(&people.confirming)?;
    window
        .wait_until_gone(&format!("{}[data-hint=\"noFace\"]", id("camera-hint")))
        .await?;
    album.add(&station.screen, "desk-face")?;
    station.wait_until_saved().await?;
    album.add(&station.screen, "desk-saved")?;
    let name = window.wait_for(&id("confirmation-name")).await?;
    ensure!(name.contains(WORKER), "confirmed by {name}, not {WORKER}");
    station.camera.step_away()?;
    expect_recent(station, "10").await
}

async fn issue(station: &Station, code: &str, album: &mut Album) -> Result<()> {
    station.scan_card(Command::Out)?;
    station.keyboard().scan(code)?;
    station.wait_for_phase("gathering").await?;
    station.keyboard().type_slowly("3")?;
    station.keyboard().press(key::ENTER)?;
    station.wait_for_phase("saved").await?;
    album.add(&station.screen, "desk-below-minimum")?;
    expect_recent(station, "3").await
}

async fn issue_too_much(station: &Station, code: &str, album: &mut Album) -> Result<()> {
    station.scan_card(Command::Out)?;
    station.keyboard().scan(code)?;
    station.wait_for_phase("gathering").await?;
    station.keyboard().type_slowly("50")?;
    station.keyboard().press(key::ENTER)?;
    station.wait_for_phase("refused").await?;
    let notice = station.window.wait_for(&id("notice")).await?;
    ensure!(
        notice.contains("50") && notice.contains('7'),
        "what is there is not said: {notice}"
    );
    album.add(&station.screen, "desk-refused")?;
    station.scan_card(Command::Cancel)?;
    station.wait_for_phase("ready").await
}

async fn stranger(station: &Station, people: &People, code: &str, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.scan_card(Command::Out)?;
    station.keyboard().scan(code)?;
    station.wait_for_phase("gathering").await?;
    station.scan_card(Command::Save)?;
    station.wait_for_phase("face").await?;
    station.camera.show(&people.stranger)?;
    window
        .wait_for(&format!("{}[data-hint=\"notKnown\"]", id("camera-hint")))
        .await?;
    album.add(&station.screen, "desk-stranger")?;
    ensure!(
        station.phase().await?.as_deref() == Some("face"),
        "a stranger's look changed the desk"
    );
    station.scan_card(Command::Cancel)?;
    station.wait_for_phase("ready").await?;
    station.camera.step_away()
}

/// A Viewer has no door to the desk, and the desk itself refuses a scan that comes round it.
async fn viewer(station: &Station, code: &str, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.log_out().await?;
    station.log_in(&VIEWER).await?;
    window.wait_for(&id("today-value")).await?;
    ensure!(
        window.text(&id("nav-desk")).await?.is_none(),
        "a Viewer has a door to the desk"
    );
    album.add(&station.screen, "viewer")?;
    for (command, arguments) in [
        ("desk_type_code", json!({ "code": code })),
        ("take_backup", json!({})),
    ] {
        let refusal = window.invoke(command, &arguments).await?;
        ensure!(
            refusal["error"]["code"] == "notPermitted",
            "{command}: {refusal}"
        );
    }
    Ok(())
}

async fn reverse(station: &Station, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.log_out().await?;
    station.log_in(&ADMIN).await?;
    station.enter("movements").await?;
    window.click(&id_starting("movement-reverse-")).await?;
    window
        .fill(&id("reversal-reason"), "Adashib chiqarilgan")
        .await?;
    window
        .fill(&id("reversal-password"), ADMIN.password)
        .await?;
    album.add(&station.screen, "reversal")?;
    window.click(&id("reversal-confirm")).await?;
    window.wait_until_gone(&id("reversal-confirm")).await
}

async fn history(station: &Station, album: &mut Album) -> Result<()> {
    let rows = station.window.texts("tbody tr").await?;
    album.add(&station.screen, "history")?;
    ensure!(
        rows.len() == 3,
        "three movements, not {}: {rows:?}",
        rows.len()
    );
    for (row, who) in rows.iter().zip([ADMIN.name, OPERATOR.name, OPERATOR.name]) {
        ensure!(
            row.contains(who) && row.contains(PRODUCT),
            "user and product are not in: {row}"
        );
        ensure!(row.contains(':'), "the time is not in: {row}");
    }
    for row in &rows[1..] {
        ensure!(row.contains(WORKER), "the employee is not in: {row}");
    }
    station.enter("today").await?;
    // Ten pieces are there again, at 96 000 each.
    station
        .window
        .wait_for_text(&id("today-value"), |value| value.starts_with("960"))
        .await?;
    album.add(&station.screen, "today").map(drop)
}

/// Nobody stands before the camera, but the goods have come.
async fn vouching(station: &Station, code: &str, album: &mut Album) -> Result<()> {
    let window = &station.window;
    station.enter("desk").await?;
    window.wait_for(&id("desk")).await?;
    station.scan_card(Command::In)?;
    station.keyboard().scan(code)?;
    station.wait_for_phase("gathering").await?;
    station.scan_card(Command::Save)?;
    station.wait_for_phase("face").await?;
    window.wait_for(&id("ways-on")).await?;
    album.add(&station.screen, "desk-ways-on")?;
    window.click(&id("vouch")).await?;
    window.click(&id_starting("vouch-for-")).await?;
    window.click(&id("vouch-by-password")).await?;
    window.fill(&id("vouch-login"), ADMIN.login).await?;
    window.fill(&id("vouch-password"), ADMIN.password).await?;
    album.add(&station.screen, "desk-vouching")?;
    window.click(&id("vouch-submit")).await?;
    station.wait_for_phase("saved").await?;
    let report = window.invoke("face_report", &json!({})).await?;
    let by = &report["value"]["employees"][0]["recent"][0];
    ensure!(
        by["method"] == "vouched_password" && by["vouchedBy"] == ADMIN.name,
        "the voucher is not in the report: {report}"
    );
    expect_recent(station, "1").await?;
    station.log_out().await?;
    station.log_in(&ADMIN).await
}

/// The newest line of what happened at the desk.
async fn expect_recent(station: &Station, quantity: &str) -> Result<()> {
    let recent = station.window.wait_for(&id("recent")).await?;
    let newest = recent.split(PRODUCT).nth(1).unwrap_or_default();
    ensure!(
        recent.contains(PRODUCT) && newest.contains(quantity),
        "recent: {recent}"
    );
    Ok(())
}
