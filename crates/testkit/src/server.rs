//! The servers that tests run on. Each is started once by a test process and ends with it, however it ends.

mod bundled;

use std::{env, sync::LazyLock};

use anyhow::{Context, Result};
use ombor_postgres::ConnectInfo;
use tokio::{
    runtime::{Builder, Runtime},
    sync::OnceCell,
};

use crate::platform;

/// Names a server for the tests instead of the bundled one, as a superuser's URL.
const ELSEWHERE: &str = "OMBOR_TEST_SERVER";

/// The superuser of a server that tests run on.
pub(crate) const SUPERUSER: &str = "ombor_test";

/// A server that tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// The PostgreSQL that Ombor brings along, or the one that `OMBOR_TEST_SERVER` names.
    Bundled,
    /// Debian 12's own PostgreSQL 15: the oldest that the schema runs on.
    Oldest,
}

/// Outlives the runtime of any one test, so that the hold on a server does too.
static RUNTIME: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .ok()
});

static BUNDLED: OnceCell<ConnectInfo> = OnceCell::const_new();
static OLDEST: OnceCell<ConnectInfo> = OnceCell::const_new();

impl Server {
    /// The servers of this machine: the bundled one, and Debian's if it is installed.
    pub fn all() -> Vec<Self> {
        let mut servers = vec![Self::Bundled];
        if platform::oldest_programs().is_some() {
            servers.push(Self::Oldest);
        }
        servers
    }

    /// How its superuser reaches the database `postgres`.
    pub(crate) async fn superuser(self) -> Result<ConnectInfo> {
        let options = match self {
            Self::Bundled => {
                BUNDLED
                    .get_or_try_init(|| on_runtime(start_bundled()))
                    .await?
            }
            Self::Oldest => {
                OLDEST
                    .get_or_try_init(|| on_runtime(platform::start_oldest()))
                    .await?
            }
        };
        Ok(options.clone())
    }
}

async fn on_runtime(
    start: impl Future<Output = Result<ConnectInfo>> + Send + 'static,
) -> Result<ConnectInfo> {
    let runtime = RUNTIME.as_ref().context("no runtime for the server")?;
    runtime.spawn(start).await?
}

async fn start_bundled() -> Result<ConnectInfo> {
    match env::var(ELSEWHERE) {
        Ok(url) => ConnectInfo::from_url(&url).context(ELSEWHERE),
        Err(_) => bundled::start().await,
    }
}
