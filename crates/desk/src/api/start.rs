//! The start-up as the window shows it, and the first run.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::AppError;
use crate::wire::Locale;

/// Where the start-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StartPhase {
    /// The server is on its way.
    Starting,
    /// Nobody has set the warehouse up yet.
    NeedsSetup,
    /// Somebody can log in.
    Ready,
    /// It did not start; `failure` says why.
    Failed,
}

/// What the start-up is doing; the window has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each step is its own sentence; the texts stand in the catalogues")]
pub enum StartStep {
    OpeningFolder,
    CreatingDatabase,
    StartingDatabase,
    RecoveringDatabase,
    CheckingDatabase,
    PreparingTables,
    LoadingFaces,
}

/// The start-up's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StartStatus {
    /// Where it stands.
    pub phase: StartPhase,
    /// What it is doing.
    pub step: Option<StartStep>,
    /// Why it did not start.
    pub failure: Option<AppError>,
    /// The language of this station, once somebody chose it.
    pub locale: Option<Locale>,
}

/// What the first run asks for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FirstRun {
    /// The language of this station.
    pub locale: Locale,
    /// What the warehouse is called.
    pub warehouse_name: String,
    /// The first Admin's name.
    pub admin_name: String,
    /// The first Admin's login.
    pub login: String,
    /// The first Admin's password.
    pub password: String,
    /// Fill the warehouse with demonstration data.
    pub demonstration: bool,
}
