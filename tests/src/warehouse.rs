//! A small warehouse to test in, made through the commands that the screens call.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::people::People;
use crate::station::{Person, Station, id, id_starting};

/// Who is logged in.
pub const ADMIN: Person = Person {
    name: "Nodira Karimova",
    login: "nodira",
    password: "ombor-kaliti-1",
};

/// Opens a station whose Admin is logged in.
pub async fn open() -> Result<Station> {
    let station = Station::open().await?;
    station.set_up("Sinov ombori", &ADMIN, "en").await?;
    Ok(station)
}

/// Calls a command that must succeed.
pub async fn call(station: &Station, command: &str, arguments: Value) -> Result<Value> {
    let mut answer = station.window.invoke(command, &arguments).await?;
    let error = answer["error"].take();
    answer
        .get_mut("value")
        .map(Value::take)
        .with_context(|| format!("{command}: {error}"))
}

/// Adds a product that this code stands for.
pub async fn add_product(station: &Station, sku: &str, name: &str, code: &str) -> Result<()> {
    let units = call(station, "list_units", json!({})).await?;
    let input = json!({
        "sku": sku, "name": name, "categoryId": null, "unitId": units[0]["id"], "minStock": null, "price": null,
        "codes": [{ "code": code, "quantity": "1" }], "ownLabel": false, "active": true,
    });
    call(station, "create_product", json!({ "input": input }))
        .await
        .map(drop)
}

/// Adds an employee whose face is known afterwards.
pub async fn enrol(station: &Station, people: &People) -> Result<()> {
    call(
        station,
        "create_employee",
        json!({ "name": "Bekzod Rahimov" }),
    )
    .await?;
    station.enter("employees").await?;
    station
        .window
        .click(&id_starting("employee-enrol-"))
        .await?;
    station.camera.show(&people.enrolling)?;
    station.window.click(&id("enrolment-start")).await?;
    station.window.wait_for(&id("enrolment-done")).await?;
    station.camera.step_away()
}

/// Enters the desk and waits until it takes scans.
pub async fn enter_desk(station: &Station) -> Result<()> {
    station.enter("desk").await?;
    station.wait_for_phase("ready").await
}
