//! The start-up as the window shows it, and the first run.

use std::sync::Arc;

use ombor_core::name::Name;
use ombor_core::people::password::PasswordHash;
use ombor_core::people::user::{self, Login};
use ombor_core::settings;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::api::session::Session;
use crate::error::Result;
use crate::fault;
use crate::ombor::Ombor;

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
#[expect(
    missing_docs,
    reason = "each step is its own sentence; the texts stand in the catalogues"
)]
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

impl Ombor {
    /// Sets the warehouse up: its name, its first Admin, its language and, if wished, demonstration data. The
    /// Admin is logged in afterwards.
    pub async fn first_run(self: &Arc<Self>, input: FirstRun) -> Result<Session> {
        let login = Login::parse(&input.login).map_err(fault::from_core)?;
        let name = Name::parse(&input.admin_name).map_err(fault::from_core)?;
        let warehouse = Name::parse(&input.warehouse_name).map_err(fault::from_core)?;
        let hash = PasswordHash::of(&input.password)
            .await
            .map_err(fault::from_core)?;
        let mut connection = self.connection().await?;
        user::first_admin(&mut connection, &login, &name, &hash)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        self.set_station(|station| station.locale = Some(input.locale))?;
        let session = self.log_in(input.login, input.password).await?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let mut wanted = settings::get_settings(connection)
            .await
            .map_err(fault::from_core)?;
        wanted.name = warehouse.as_str().to_owned();
        let named = settings::put_settings(connection, actor, &wanted).await;
        work.done(named).await?;
        if input.demonstration {
            self.fill_for_demonstration().await?;
        }
        self.set_start(|start| {
            start.phase = StartPhase::Ready;
            start.locale = Some(input.locale);
        });
        Ok(session)
    }
}
