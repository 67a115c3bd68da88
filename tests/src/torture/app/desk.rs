//! The way to the warehouse, which all writers share.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use anyhow::{Result, bail};
use ombor_core::{schema, seal};
use ombor_postgres::{Attached, ConnectInfo, Options, pool};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{ConnectOptions, PgConnection, Postgres};
use tokio::sync::Mutex;

use super::{Plan, Server};

/// What all writers share.
pub(super) struct Desk {
    pub plan: Plan,
    hold: Mutex<Option<Hold>>,
}

/// What keeps the way to the warehouse open.
enum Hold {
    Helper(Box<Attached>),
    Pool(PgPool),
}

/// A connection of the application's own or one of a desk's.
pub(super) enum Way {
    Own(Box<PgConnection>),
    Pooled(PoolConnection<Postgres>),
}

impl Deref for Way {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
        }
    }
}

impl DerefMut for Way {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Pooled(connection) => connection,
        }
    }
}

impl Desk {
    pub fn of(plan: Plan) -> Self {
        Self {
            plan,
            hold: Mutex::new(None),
        }
    }

    pub async fn connect(&self) -> Result<Way> {
        let connecting = async {
            match &self.plan.server {
                Server::Bundled(options) => {
                    let options = self.attached(options).await?;
                    Ok(Way::Own(Box::new(options.connect().await?)))
                }
                Server::At(info) => Ok(Way::Pooled(self.pool(info).await?.acquire().await?)),
            }
        };
        tokio::time::timeout(self.patience(), connecting).await?
    }

    /// The way to the bundled server: a helper that is gone is started again.
    async fn attached(&self, options: &Options) -> Result<PgConnectOptions> {
        let mut hold = self.hold.lock().await;
        if let Some(Hold::Helper(attached)) = &*hold {
            let gone = tokio::time::timeout(Duration::ZERO, attached.closed()).await;
            if gone.is_ok() {
                *hold = None;
            }
        }
        if hold.is_none() {
            let attached = ombor_postgres::attach(options, |_| ()).await?;
            *hold = Some(Hold::Helper(Box::new(attached)));
        }
        let Some(Hold::Helper(attached)) = &*hold else {
            bail!("another server than the plan's");
        };
        let options = attached.connect_options(schema::APP_ROLE)?;
        Ok(options.disable_statement_logging())
    }

    /// A desk's connections, which are opened once and find their way by themselves.
    async fn pool(&self, info: &ConnectInfo) -> Result<PgPool> {
        let mut hold = self.hold.lock().await;
        if let Some(Hold::Pool(pool)) = &*hold {
            return Ok(pool.clone());
        }
        let options = info.connect_options().disable_statement_logging();
        let opened = pool::open(options, schema::APP_ROLE).await?;
        *hold = Some(Hold::Pool(opened.clone()));
        Ok(opened)
    }

    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.plan.patience_ms)
    }

    pub async fn seal_for_ever(&self) -> Result<()> {
        let mut turns = tokio::time::interval(Duration::from_millis(200));
        let mut connection = None;
        loop {
            turns.tick().await;
            if connection.is_none() {
                connection = self.connect().await.ok();
            }
            let Some(open) = &mut connection else {
                continue;
            };
            let sealed = tokio::time::timeout(self.patience(), seal::seal_now(open)).await;
            if !matches!(sealed, Ok(Ok(_))) {
                connection = None;
            }
        }
    }
}
