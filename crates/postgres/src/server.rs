//! The running server: brought up, checked, stopped.

mod durability;
mod launch;
mod log;
mod opening;
mod pid_file;
mod settings;

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row};

pub(crate) use launch::{Running, launch, launch_with};
pub(crate) use log::says_disk_full;
pub(crate) use pid_file::PidFile;

use crate::cluster::{self, Logins, SUPERUSER};
use crate::control::Access;
use crate::journal::REPLICATION_LOGIN;
use crate::lan::Lan;
use crate::layout::Layout;
use crate::platform::{self, Postmaster};
use crate::program::Programs;
use crate::space::Ballast;
use crate::steward::{self, Act};
use crate::{ConnectInfo, Error, Options, Step, upgrade};

/// How long a clean stop may take before the server is asked to quit.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
/// How long a quit may take.
const QUIT_PATIENCE: Duration = Duration::from_secs(10);
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);

/// Where a server lives and with which programs it runs.
pub(crate) struct Site {
    pub(crate) layout: Layout,
    pub(crate) programs: Programs,
    pub(crate) options: Options,
    listening: Vec<(&'static str, OsString)>,
    lan: Option<Lan>,
}

impl Site {
    pub(crate) fn new(layout: Layout, programs: Programs, options: Options) -> Self {
        let listening = platform::listening(&layout);
        let lan = Lan::of(&layout.data_dir).unwrap_or_else(|error| {
            tracing::error!(%error, "the server stays closed to other desks");
            None
        });
        Self {
            layout,
            programs,
            options,
            listening,
            lan,
        }
    }
}

impl Running {
    /// How the helper itself logs in.
    pub(crate) fn superuser(&self, logins: &Logins, database: &str) -> Result<ConnectInfo, Error> {
        Ok(ConnectInfo {
            place: self.place.clone(),
            port: self.port,
            database: database.to_owned(),
            login: SUPERUSER.to_owned(),
            password: logins.password(SUPERUSER)?.to_owned(),
            tls: None,
        })
    }
}

/// A server that passed all checks.
pub(crate) struct Server {
    pub(crate) running: Running,
    logins: Logins,
    system_identifier: String,
}

impl Server {
    /// Brings the server up in the one order that is safe: ready mark, version, free space, modes, pid file, start,
    /// recovery, durability, identity.
    pub(crate) async fn bring_up(
        site: &Site,
        report: &(impl Fn(Step) + Sync),
    ) -> Result<Self, Error> {
        let (layout, programs) = (&site.layout, &site.programs);
        upgrade::settle(layout, programs.major)?;
        cluster::quarantine_unfinished(site).await?;
        let ballast = Ballast::new(layout.ballast(), site.options.limits);
        if !layout.cluster().exists() {
            ballast.require_room()?;
            report(Step::CreatingCluster);
            cluster::create(site, Logins::default()).await?;
        }
        let opened = cluster::open(layout, programs);
        if let Err(Error::OtherMajor { .. }) = opened {
            // What an upgrade that was killed left running.
            stop_whatever_runs(site, &layout.cluster()).await;
        }
        let mark = opened?;
        ballast.require_room()?;
        cluster::make_private(layout, programs)?;
        report(Step::Starting);
        let logins = Logins::read(&layout.cluster())?;
        let mut running = launch::find_or_launch(site, report).await?;
        report(Step::CheckingDurability);
        let checked = async {
            let mut connection = connect(&running.superuser(&logins, "postgres")?).await?;
            durability::require(&mut connection).await?;
            opening::admit_desks(&mut connection, site.lan.as_ref()).await?;
            let found = system_identifier(&mut connection).await?;
            if found != mark.system_identifier {
                return Err(Error::OtherIdentity {
                    expected: mark.system_identifier,
                    found,
                });
            }
            Ok(found)
        }
        .await;
        match checked {
            Ok(system_identifier) => {
                ballast.lay_in();
                Ok(Self {
                    running,
                    logins,
                    system_identifier,
                })
            }
            Err(error) => {
                stop(&mut running.postmaster).await;
                Err(error)
            }
        }
    }

    /// Sees to it that these logins exist with their passwords, and says how to use them.
    pub(crate) async fn admit(&mut self, site: &Site, logins: &[String]) -> Result<Access, Error> {
        if self.logins.complete(logins)? {
            self.logins.write(&site.layout.cluster(), &site.programs)?;
        }
        let mut connection = connect(&self.running.superuser(&self.logins, "postgres")?).await?;
        set_passwords(&mut connection, &self.logins, logins).await?;
        connection.close().await?;
        Ok(Access {
            place: self.running.place.clone(),
            port: self.running.port,
            database: site.options.database.clone(),
            system_identifier: self.system_identifier.clone(),
            passwords: self.logins.only(logins)?,
        })
    }

    /// Makes, removes or exchanges a database beside the application's.
    pub(crate) async fn keep_databases(&self, site: &Site, act: &Act) -> Result<(), Error> {
        let info = self.running.superuser(&self.logins, "postgres")?;
        steward::carry_out(&info, &site.options.database, act).await
    }

    /// Makes the whole server take writes or refuse them. Sessions that are open follow at their next transaction.
    pub(crate) async fn set_read_only(&self, read_only: bool) -> Result<(), Error> {
        let mut connection = connect(&self.running.superuser(&self.logins, "postgres")?).await?;
        let wanted = if read_only { "on" } else { "off" };
        let standing: Option<String> = sqlx::query_scalar(
            "SELECT setting FROM pg_file_settings WHERE name = 'default_transaction_read_only' \
             ORDER BY seqno DESC LIMIT 1",
        )
        .fetch_optional(&mut connection)
        .await?
        .flatten();
        if standing.as_deref().unwrap_or("off") != wanted {
            let set = format!("ALTER SYSTEM SET default_transaction_read_only = {wanted}");
            connection.execute(AssertSqlSafe(set)).await?;
            connection.execute("SELECT pg_reload_conf()").await?;
        }
        connection.close().await?;
        Ok(())
    }
}

/// One connection of the superuser, which stays writable when the server as a whole takes no writes and logs no
/// statement's text.
pub(crate) async fn connect(info: &ConnectInfo) -> Result<PgConnection, Error> {
    open(
        info,
        &[
            ("default_transaction_read_only", "off"),
            ("log_min_error_statement", "panic"),
            ("lock_timeout", "0"),
        ],
    )
    .await
}

/// One connection of any login, for work that takes its time.
pub(crate) async fn connect_as(info: &ConnectInfo) -> Result<PgConnection, Error> {
    open(info, &[("statement_timeout", "0"), ("lock_timeout", "0")]).await
}

async fn open(info: &ConnectInfo, settings: &[(&str, &str)]) -> Result<PgConnection, Error> {
    let options: PgConnectOptions = info
        .connect_options()
        .disable_statement_logging()
        .application_name("ombor-pgd")
        .options(settings.iter().copied());
    match tokio::time::timeout(CONNECT_PATIENCE, options.connect()).await {
        Ok(connection) => Ok(connection?),
        Err(_) => Err(Error::Refused {
            message: "it does not answer".to_owned(),
        }),
    }
}

/// The identity that `initdb` gave to the cluster.
pub(crate) async fn system_identifier(connection: &mut PgConnection) -> Result<String, Error> {
    let row = sqlx::query("SELECT system_identifier::text FROM pg_control_system()")
        .fetch_one(connection)
        .await?;
    Ok(row.try_get(0)?)
}

/// Makes the missing ones of `logins` and gives a password to those that have none.
pub(crate) async fn set_passwords(
    connection: &mut PgConnection,
    logins: &Logins,
    wanted: &[String],
) -> Result<(), Error> {
    for login in wanted {
        let password = logins.password(login)?;
        let known: Option<bool> = sqlx::query_scalar(
            "SELECT rolcanlogin AND rolpassword IS NOT NULL FROM pg_authid WHERE rolname = $1",
        )
        .bind(login)
        .fetch_optional(&mut *connection)
        .await?;
        // The name is a plain identifier and the password hexadecimal: `Logins` lets nothing else in.
        let right = if login == REPLICATION_LOGIN {
            "REPLICATION "
        } else {
            ""
        };
        let statement = match known {
            Some(true) => continue,
            Some(false) => format!("ALTER ROLE \"{login}\" LOGIN {right}PASSWORD '{password}'"),
            None => format!("CREATE ROLE \"{login}\" LOGIN {right}PASSWORD '{password}'"),
        };
        connection.execute(AssertSqlSafe(statement)).await?;
    }
    Ok(())
}

/// Stops a server: cleanly within half a minute, else without cleaning up. It is never killed.
pub(crate) async fn stop(postmaster: &mut Postmaster) {
    postmaster.stop();
    if tokio::time::timeout(STOP_PATIENCE, postmaster.ended())
        .await
        .is_ok()
    {
        return;
    }
    tracing::warn!("the server did not stop in time and is asked to quit");
    postmaster.quit();
    if tokio::time::timeout(QUIT_PATIENCE, postmaster.ended())
        .await
        .is_err()
    {
        tracing::error!("the server does not end; the next start will take it over");
    }
}

/// Stops the server that runs on `cluster`, whoever started it.
pub(crate) async fn stop_whatever_runs(site: &Site, cluster: &Path) {
    match launch::find_running(site, cluster).await {
        Ok(Some(mut postmaster)) => stop(&mut postmaster).await,
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the running server could not be found"),
    }
}
