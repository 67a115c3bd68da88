//! A new cluster, made beside and renamed when it is whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

use super::{Logins, ReadyMark, SUPERUSER, UNFINISHED, random_password};
use crate::server::{self, Site};
use crate::{Error, platform, storage};

/// The cluster inside the folder in which one is being made.
pub(super) fn fresh_cluster(work: &Path) -> PathBuf {
    work.join("data")
}

/// Makes the cluster of `site`, with the passwords of `logins` and new ones for those that are not among them. When
/// anything fails, what was made stays for the next start's quarantine.
pub(crate) async fn create(site: &Site, mut logins: Logins) -> Result<(), Error> {
    let work = site
        .layout
        .home()
        .join(format!("{UNFINISHED}{}", Uuid::new_v4().simple()));
    platform::create_private_dir(&work).map_err(Error::io(&work))?;
    site.programs.account().give(&work)?;
    let fresh = fresh_cluster(&work);
    logins
        .passwords
        .entry(SUPERUSER.to_owned())
        .or_insert_with(random_password);
    logins.complete(&site.options.logins)?;

    let password_file = work.join("password");
    write_password(site, &password_file, logins.password(SUPERUSER)?)?;
    run_initdb(site, &fresh, &password_file).await?;
    let hba = fresh.join("pg_hba.conf");
    std::fs::write(&hba, platform::HOST_BASED_AUTHENTICATION).map_err(Error::io(&hba))?;
    logins.write(&fresh, &site.programs)?;
    let mark = fill(site, &fresh, &logins).await?;
    mark.write(&fresh)?;
    site.programs.account().give(&ReadyMark::file(&fresh))?;

    std::fs::remove_file(&password_file).map_err(Error::io(&password_file))?;
    let cluster = site.layout.cluster();
    platform::replace(&fresh, &cluster).map_err(Error::io(&cluster))?;
    storage::sync_parent(&cluster)?;
    // Empty by now; a folder that is not is kept for the quarantine.
    std::fs::remove_dir(&work).map_err(Error::io(&work))
}

fn write_password(site: &Site, path: &Path, password: &str) -> Result<(), Error> {
    platform::create_private_file(path)
        .and_then(|mut file| file.write_all(password.as_bytes()))
        .map_err(Error::io(path))?;
    site.programs.account().give(path)
}

async fn run_initdb(site: &Site, fresh: &Path, password_file: &Path) -> Result<(), Error> {
    let mut command = site.programs.command("initdb");
    command
        .arg("--pgdata")
        .arg(fresh)
        .arg("--pwfile")
        .arg(password_file)
        .args([
            "--username",
            SUPERUSER,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ]);
    let result = command.output().await.map_err(Error::io(fresh))?;
    if result.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&result.stderr).trim().to_owned();
    if server::says_disk_full(&message) {
        return Err(Error::DiskFull {
            free: platform::free_space(site.layout.home()).unwrap_or(0),
            needed: 0,
        });
    }
    Err(Error::NotCreated { message })
}

/// Runs the new cluster once to make its database, roles and logins.
async fn fill(site: &Site, fresh: &Path, logins: &Logins) -> Result<ReadyMark, Error> {
    let mut running = server::launch(site, fresh, &|_| {}).await?;
    let filled = async {
        let info = running.superuser(logins, "postgres")?;
        let mut connection = server::connect(&info).await?;
        let system_identifier = server::system_identifier(&mut connection).await?;
        let create = format!(
            "CREATE DATABASE \"{}\" TEMPLATE template0",
            site.options.database.replace('"', "\"\"")
        );
        connection.execute(AssertSqlSafe(create)).await?;
        connection.close().await?;
        let mut connection =
            server::connect(&running.superuser(logins, &site.options.database)?).await?;
        bootstrap(&mut connection, &site.options.bootstrap_sql).await?;
        server::set_passwords(&mut connection, logins, &site.options.logins).await?;
        connection.close().await?;
        Ok(ReadyMark {
            system_identifier,
            major: site.programs.major,
        })
    }
    .await;
    server::stop(&mut running.postmaster).await;
    filled
}

async fn bootstrap(connection: &mut PgConnection, sql: &str) -> Result<(), Error> {
    if !sql.trim().is_empty() {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(connection)
            .await?;
    }
    Ok(())
}
