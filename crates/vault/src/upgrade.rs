//! From one major version of PostgreSQL to the next, and back: what of the warehouse is compared, and what is lost.

use std::path::{Path, PathBuf};

use ombor_core::invariant::{Facts, Loss};
use ombor_postgres::Options;
use ombor_postgres::upgrade::{self, Outlook, Stage, Standing, Upgraded, Wanted};

use crate::vault::PROOF;
use crate::{Cancel, Error};

fn wanted<'a>(options: &'a Options, programs: Option<&'a Path>) -> Wanted<'a> {
    Wanted {
        options,
        programs,
        proof: PROOF,
    }
}

/// Says what an upgrade would do. `programs` is where the programs lie that made the data.
///
/// # Errors
/// Those of [`upgrade::look`].
pub async fn look(options: &Options, programs: Option<&Path>) -> Result<Outlook, Error> {
    Ok(upgrade::look(&wanted(options, programs)).await?)
}

/// Brings the warehouse to the bundled major version. Lineage and epoch stay: nothing is lost, so that neither the mark
/// beside the database nor the other end of a sync has anything to notice.
///
/// # Errors
/// Those of [`upgrade::run`]. The old cluster is in its place then.
pub async fn run(
    options: &Options,
    programs: Option<&Path>,
    progress: &(impl Fn(Stage) + Sync),
    cancel: &Cancel,
) -> Result<Upgraded, Error> {
    Ok(upgrade::run(&wanted(options, programs), progress, cancel.asked()).await?)
}

/// A way back that was weighed. Nobody posts as long as this lives.
pub struct WayBack<'a> {
    standing: Standing<'a>,
    loss: Loss,
}

impl<'a> WayBack<'a> {
    /// Counts what was posted since the upgrade.
    ///
    /// # Errors
    /// [`ombor_postgres::Error::NoUpgrade`], [`ombor_postgres::Error::AlreadyOwned`] while a program uses the warehouse.
    pub async fn weigh(options: &'a Options) -> Result<Self, Error> {
        let standing = Standing::take(options).await?;
        let then = Facts::read(standing.facts_then())?;
        let now = Facts::read(&standing.facts_now(&PROOF).await?)?;
        Ok(Self {
            loss: now.lost_against(&then),
            standing,
        })
    }

    /// What going back loses.
    pub fn loss(&self) -> Loss {
        self.loss
    }

    /// Major version before the upgrade.
    pub fn from(&self) -> u32 {
        self.standing.from()
    }

    /// Puts the old cluster back; returns where the new one was set aside.
    ///
    /// # Errors
    /// Those of [`Standing::back_out`].
    pub fn go(self) -> Result<PathBuf, Error> {
        Ok(self.standing.back_out()?)
    }
}

/// Removes the old cluster; there is no way back afterwards. Returns its major version.
///
/// # Errors
/// [`ombor_postgres::Error::NoUpgrade`]
pub fn confirm(options: &Options) -> Result<u32, Error> {
    Ok(upgrade::confirm(options)?)
}
