//! What an opening to other desks changes about the server: where it listens, who may log in.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, PgConnection};

use super::Site;
use crate::lan::{self, Lan};
use crate::{Error, platform};

/// The settings on top of the others; none for a server that is not opened, or not as long as its address is away: the
/// warehouse itself goes on.
pub(super) fn settings(site: &Site, cluster: &Path) -> Vec<(&'static str, OsString)> {
    let Some(lan) = site.lan.as_ref() else {
        return Vec::new();
    };
    // One in the making has nobody to let in.
    if cluster != site.layout.cluster() {
        return Vec::new();
    }
    let opened = lan
        .require_free()
        .and_then(|()| write_rules(site, cluster, lan));
    match opened {
        Ok(rules) => vec![
            ("listen_addresses", addresses(site, lan)),
            ("port", lan.port().to_string().into()),
            ("hba_file", rules.into_os_string()),
        ],
        Err(error) => {
            tracing::error!(%error, "the server stays closed to other desks");
            Vec::new()
        }
    }
}

/// Where it listens anyway, and the opening's address.
fn addresses(site: &Site, lan: &Lan) -> OsString {
    let own = site
        .listening
        .iter()
        .find(|(name, value)| *name == "listen_addresses" && !value.is_empty());
    let mut addresses = OsString::new();
    if let Some((_, own)) = own {
        addresses.push(own);
        addresses.push(",");
    }
    addresses.push(lan.listen().to_string());
    addresses
}

/// The opening's rules before the cluster's own, of which the first that fits holds.
fn write_rules(site: &Site, cluster: &Path, lan: &Lan) -> Result<PathBuf, Error> {
    let own = cluster.join("pg_hba.conf");
    let rules = std::fs::read_to_string(&own).map_err(Error::io(&own))?;
    let path = cluster.join("pg_hba.lan.conf");
    platform::create_private_file(&path)
        .and_then(|mut file| {
            file.write_all(lan.rules(&site.options.database).as_bytes())?;
            file.write_all(rules.as_bytes())?;
            file.sync_all()
        })
        .map_err(Error::io(&path))?;
    site.programs.account().give(&path)?;
    Ok(path)
}

/// Gives the login of other desks its password and rights, or takes both away.
pub(super) async fn admit_desks(
    connection: &mut PgConnection,
    lan: Option<&Lan>,
) -> Result<(), Error> {
    let statement = lan.map_or_else(|| lan::DISMISSAL.to_owned(), Lan::admission);
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(connection)
        .await?;
    Ok(())
}
