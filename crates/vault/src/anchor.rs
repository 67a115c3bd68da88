//! A mark outside the database that says what it held. A database that is not the one that was here before shows.

use std::path::Path;

use chrono::{DateTime, Utc};
use ombor_core::invariant::Facts;
use ombor_core::lineage::{self, Numbers};
use ombor_postgres::storage;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::{Error, Settings, Vault, platform};

const FILE: &str = "anchor.json";

/// What a database held when it was last seen well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The warehouse.
    pub lineage: Uuid,
    /// Its epoch.
    pub epoch: i32,
    /// How many documents it held.
    pub documents: i64,
    /// When the newest of them was posted.
    pub newest_document_at: Option<DateTime<Utc>>,
    /// Number of the last seal.
    pub seal_number: Option<i64>,
    /// Its hash, in hexadecimal.
    pub seal_hash: Option<String>,
    /// The last numbers that were given out.
    #[serde(default)]
    pub numbers: Numbers,
    /// A hash of what tells this computer from another.
    pub machine: Option<String>,
}

/// Why a database is not the one that was here before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspicion {
    /// It is another warehouse.
    OtherWarehouse,
    /// A backup was restored, by another program or another desk; that program said what was lost.
    Restored {
        /// The epoch now.
        epoch: i32,
    },
    /// It is an older copy: what was posted since may be missing.
    Older {
        /// Documents that were here at least.
        documents: i64,
        /// The newest document that is here was posted then.
        newest_document_at: Option<DateTime<Utc>>,
        /// The newest document that was known was posted then.
        known_until: Option<DateTime<Utc>>,
    },
    /// A seal that was here is another one now: what it covers was changed.
    Rewritten {
        /// The seal.
        seal_number: i64,
    },
    /// The data directory was copied from another computer, where the original may still be at work.
    Copied,
}

impl Anchor {
    /// The mark below a data directory; `None` before the first one.
    pub fn read(data: &Path) -> Option<Self> {
        storage::read_json(&data.join(FILE))
    }

    /// Marks what the connected database holds now.
    pub(crate) async fn drop_here(connection: &mut PgConnection, data: &Path) -> Result<(), Error> {
        let facts = Facts::of(&mut *connection).await?;
        let anchor = Self {
            numbers: Numbers::of(connection).await?,
            ..Self::of(&facts, platform::machine().as_deref())
        };
        if Self::read(data).as_ref() != Some(&anchor) {
            storage::write_json(&data.join(FILE), &anchor)?;
        }
        Ok(())
    }

    fn of(facts: &Facts, machine: Option<&str>) -> Self {
        let mut numbers = Numbers::default();
        // Numbers are drawn one by one: so many documents have at least this one.
        numbers.know_document(facts.newest_document.unwrap_or(facts.documents));
        Self {
            lineage: facts.lineage,
            epoch: facts.epoch,
            documents: facts.documents,
            newest_document_at: facts.newest_document_at,
            seal_number: facts.seal_number,
            seal_hash: facts.seal_hash.clone(),
            numbers,
            machine: machine.map(hashed),
        }
    }

    /// What is suspicious about a database that holds `now`, whose seal of this mark's number has the hash `sealed`, on
    /// this computer.
    fn suspect(
        &self,
        now: &Facts,
        sealed: Option<&str>,
        machine: Option<&str>,
    ) -> Option<Suspicion> {
        if self.lineage != now.lineage {
            return Some(Suspicion::OtherWarehouse);
        }
        if self.epoch < now.epoch {
            return Some(Suspicion::Restored { epoch: now.epoch });
        }
        let is_shorter = self.seal_number.is_some() && sealed.is_none();
        if self.epoch > now.epoch || self.documents > now.documents || is_shorter {
            return Some(Suspicion::Older {
                documents: (self.documents - now.documents).max(0),
                newest_document_at: now.newest_document_at,
                known_until: self.newest_document_at,
            });
        }
        if let (Some(seal_number), Some(known), Some(found)) =
            (self.seal_number, self.seal_hash.as_deref(), sealed)
            && known != found
        {
            return Some(Suspicion::Rewritten { seal_number });
        }
        let machine = machine.map(hashed);
        let is_copied = self.machine.is_some() && machine.is_some() && self.machine != machine;
        is_copied.then_some(Suspicion::Copied)
    }
}

/// The identity of a computer is not written down as it is.
fn hashed(machine: &str) -> String {
    let digest = Sha256::new_with_prefix("ombor")
        .chain_update(machine)
        .finalize();
    digest
        .iter()
        .take(16)
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

impl Vault<'_> {
    /// Compares the database with the last mark beside it and with its newest backup. A first start has neither.
    pub async fn suspect(&self, settings: &Settings) -> Result<Option<Suspicion>, Error> {
        let mut owner = self.owner().await?;
        let now = Facts::of(&mut owner).await?;
        let newest = self.list(settings).await.unwrap_or_default();
        let newest = newest
            .into_iter()
            .find(|kept| kept.is_taken_from(now.lineage) && kept.facts.epoch >= now.epoch)
            .map(|kept| Anchor::of(&kept.facts, None));
        let machine = platform::machine();
        let mut found = None;
        for anchor in Anchor::read(self.data()).into_iter().chain(newest) {
            let sealed = seal_hash(&mut owner, anchor.seal_number).await?;
            found = found.or_else(|| anchor.suspect(&now, sealed.as_deref(), machine.as_deref()));
        }
        owner.close().await?;
        Ok(found)
    }

    /// Marks what the database holds now. Only for a database that nobody suspects.
    pub async fn drop_anchor(&self) -> Result<(), Error> {
        let mut owner = self.owner().await?;
        Anchor::drop_here(&mut owner, self.data()).await?;
        Ok(owner.close().await?)
    }

    /// Goes on with this database although it is not the one that was here before: its epoch rises, so that nobody who
    /// knew the other one takes them for the same, and no number is given out that the last mark or a backup knows.
    /// Returns the epoch.
    pub async fn go_on(&self, settings: &Settings) -> Result<i32, Error> {
        let mut owner = self.owner().await?;
        let lineage = Facts::of(&mut owner).await?.lineage;
        let mut known = Anchor::read(self.data())
            .filter(|anchor| anchor.lineage == lineage)
            .map(|anchor| anchor.numbers)
            .unwrap_or_default();
        for kept in self.list(settings).await.unwrap_or_default() {
            if kept.is_of(lineage) {
                let facts = kept.facts;
                known.know_document(facts.newest_document.unwrap_or(facts.documents));
            }
        }
        let epoch = lineage::go_on(&mut owner, &known).await?;
        Anchor::drop_here(&mut owner, self.data()).await?;
        owner.close().await?;
        Ok(epoch)
    }
}

async fn seal_hash(
    connection: &mut PgConnection,
    number: Option<i64>,
) -> Result<Option<String>, Error> {
    let hash = sqlx::query_scalar("select encode(hash, 'hex') from ombor.seal where number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(documents: i64, epoch: i32) -> Facts {
        Facts {
            schema: 11,
            lineage: Uuid::nil(),
            epoch,
            documents,
            movements: documents,
            moved: "0".to_owned(),
            on_hand: "0".to_owned(),
            newest_document: (documents > 0).then_some(documents),
            newest_document_at: None,
            seal_number: Some(documents),
            seal_hash: Some(format!("hash {documents}")),
        }
    }

    /// The database was seen with five documents at epoch two on the computer "a".
    fn suspicion(now: &Facts, sealed: Option<&str>, machine: &str) -> Option<Suspicion> {
        Anchor::of(&facts(5, 2), Some("a")).suspect(now, sealed, Some(machine))
    }

    #[test]
    fn a_database_that_went_on_is_not_suspected() {
        assert_eq!(suspicion(&facts(5, 2), Some("hash 5"), "a"), None);
        assert_eq!(suspicion(&facts(9, 2), Some("hash 5"), "a"), None);
    }

    #[test]
    fn an_older_copy_is_told_by_its_documents_its_epoch_or_its_seals() {
        let older = |now: &Facts, sealed| match suspicion(now, sealed, "a") {
            Some(Suspicion::Older { documents, .. }) => Some(documents),
            _ => None,
        };
        assert_eq!(older(&facts(3, 2), None), Some(2));
        assert_eq!(older(&facts(5, 1), Some("hash 5")), Some(0));
        assert_eq!(older(&facts(5, 2), None), Some(0));
    }

    #[test]
    fn a_changed_seal_another_computer_a_restore_and_another_warehouse_are_told_apart() {
        let rewritten = Some(Suspicion::Rewritten { seal_number: 5 });
        assert_eq!(suspicion(&facts(9, 2), Some("another"), "a"), rewritten);
        let copied = Some(Suspicion::Copied);
        assert_eq!(suspicion(&facts(5, 2), Some("hash 5"), "b"), copied);
        let restored = Some(Suspicion::Restored { epoch: 3 });
        assert_eq!(suspicion(&facts(1, 3), None, "a"), restored);
        let mut other = facts(5, 2);
        other.lineage = Uuid::from_u128(1);
        let told = suspicion(&other, Some("hash 5"), "a");
        assert_eq!(told, Some(Suspicion::OtherWarehouse));
    }

    #[test]
    fn the_identity_of_the_computer_is_not_written_down() {
        let anchor = Anchor::of(&facts(1, 1), Some("secret-machine"));
        assert!(!format!("{anchor:?}").contains("secret-machine"));
    }
}
