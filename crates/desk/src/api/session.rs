//! Who is at the desk.

use std::sync::Arc;

use ombor_core::actor::{self, Actor};
use ombor_core::people::{login, session};
use ombor_core::stock::draft;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::camera::Purpose;
use crate::error::{ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::posting::{Draft, Event};
use crate::wire::Locale;

/// What a person who is logged in may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Manages everything.
    Admin,
    /// Moves goods.
    Operator,
    /// Looks.
    Viewer,
}

/// A login that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The session.
    pub session_id: String,
    /// Who is logged in.
    pub user_id: String,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The session ends after so many seconds without a key, a scan or a face.
    pub idle_seconds: u32,
}

impl From<actor::Role> for Role {
    fn from(role: actor::Role) -> Self {
        match role {
            actor::Role::Admin => Self::Admin,
            actor::Role::Operator => Self::Operator,
            actor::Role::Viewer => Self::Viewer,
        }
    }
}

impl From<Role> for actor::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Operator => Self::Operator,
            Role::Viewer => Self::Viewer,
        }
    }
}

impl From<&Actor> for Session {
    fn from(actor: &Actor) -> Self {
        Self {
            session_id: actor.session_id().to_string(),
            user_id: actor.user_id().to_string(),
            login: actor.login().to_owned(),
            name: actor.name().to_owned(),
            role: actor.role().into(),
            idle_seconds: actor.idle_limit_seconds(),
        }
    }
}

/// What this desk is called in the sessions that are opened at it.
const STATION: &str = "desk";

impl Ombor {
    /// Logs a person in at this desk. What they were gathering when the light went out comes back.
    pub async fn log_in(self: &Arc<Self>, login: String, password: String) -> Result<Session> {
        self.notice_exchange().await?;
        let mut connection = self.connection().await?;
        let actor = login::log_in(&mut connection, &login, &password, STATION)
            .await
            .map_err(fault::from_core)?;
        self.welcome(&actor).await?;
        Ok(Session::from(&actor))
    }

    /// Puts a person's own password in the place of the one that an Admin gave, and logs the person in.
    pub async fn choose_password(
        self: &Arc<Self>,
        login: String,
        given: String,
        chosen: String,
    ) -> Result<Session> {
        self.notice_exchange().await?;
        let mut connection = self.connection().await?;
        let actor = login::choose_password(&mut connection, &login, &given, &chosen, STATION)
            .await
            .map_err(fault::from_core)?;
        self.welcome(&actor).await?;
        Ok(Session::from(&actor))
    }

    /// Puts the desk in front of a person who is logged in.
    pub(crate) async fn welcome(self: &Arc<Self>, actor: &Actor) -> Result<()> {
        self.set_session(Some(actor.session_id()));
        lock(&self.backups).set_restored(None);
        let mut connection = self.connection().await?;
        let kept = draft::load(&mut connection, actor)
            .await
            .map_err(fault::from_core)?;
        drop(connection);
        self.bench.lock().await.clear();
        self.find_confirmation().await?;
        let mut bench = self.bench.lock().await;
        if let Some(Ok(draft)) = kept.map(serde_json::from_value::<Draft>) {
            self.take(&mut bench, Event::Restored(draft));
        }
        self.look_for_face(&mut bench);
        self.show_unasked(&mut bench);
        Ok(())
    }

    /// Logs the person out.
    pub async fn log_out(&self) -> Result<()> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let ended = session::log_out(connection, actor).await;
        self.bench.lock().await.clear();
        self.set_purpose(Purpose::Rest);
        self.set_session(None);
        work.done(ended).await
    }

    /// Who is logged in, if anybody.
    pub async fn current_session(&self) -> Result<Option<Session>> {
        if self.session_id().is_none() {
            return Ok(None);
        }
        match self.work().await {
            Ok(work) => Ok(Some(Session::from(&work.actor))),
            Err(error) if error.code == ErrorCode::SessionExpired => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A key or a click: the person is still there.
    pub async fn touch_session(&self) -> Result<()> {
        let mut work = self.work().await?;
        let session = work.actor.session_id();
        let (connection, _) = work.parts();
        let touched = session::touch(connection, session).await;
        work.done(touched).await
    }

    /// The language of this station.
    pub fn set_locale(&self, locale: Locale) -> Result<()> {
        self.set_station(|station| station.locale = Some(locale))?;
        self.set_start(|start| start.locale = Some(locale));
        Ok(())
    }
}
