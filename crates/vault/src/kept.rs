//! The backups that are there: in the folder, on the second device, or on both.

use std::collections::BTreeMap;
use std::path::Path;

use ombor_core::invariant::Facts;
use ombor_postgres::backup::{self, Backup};
use uuid::Uuid;

use crate::Error;

/// Where a backup lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelved {
    /// In the folder alone.
    Once,
    /// In the folder and on the second device.
    Twice,
    /// On the second device alone.
    SecondOnly,
}

/// A whole backup that can be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The backup; the one in the folder where there are two.
    pub backup: Backup,
    /// What it holds of the warehouse.
    pub facts: Facts,
    /// Where it lies.
    pub shelved: Shelved,
}

impl Kept {
    /// Whether it is a backup of this warehouse.
    pub fn is_of(&self, lineage: Uuid) -> bool {
        self.facts.lineage == lineage
    }

    /// Whether it was taken from this warehouse as it was then, and not brought back from the journal later.
    pub fn is_taken_from(&self, lineage: Uuid) -> bool {
        self.is_of(lineage) && !self.backup.manifest.from_journal
    }

    /// Bytes of the archive and of the plain SQL.
    pub fn size_bytes(&self) -> u64 {
        let manifest = &self.backup.manifest;
        manifest.archive.size_bytes + manifest.plain.size_bytes
    }
}

/// Looks into both folders. What is no backup of a warehouse is left out.
pub(crate) fn list(folder: &Path, second: Option<&Path>) -> Vec<Kept> {
    let mut copies: BTreeMap<String, Backup> = second
        .into_iter()
        .flat_map(backup::list)
        .map(|copy| (copy.name.clone(), copy))
        .collect();
    let mut found: Vec<Kept> = backup::list(folder)
        .into_iter()
        .filter_map(|backup| {
            let is_copied = copies
                .get(&backup.name)
                .is_some_and(|copy| copy.manifest == backup.manifest);
            if is_copied {
                copies.remove(&backup.name);
            }
            described(
                backup,
                if is_copied {
                    Shelved::Twice
                } else {
                    Shelved::Once
                },
            )
        })
        .collect();
    let elsewhere = copies.into_values();
    found.extend(elsewhere.filter_map(|copy| described(copy, Shelved::SecondOnly)));
    found.sort_by_key(|kept| {
        let manifest = &kept.backup.manifest;
        std::cmp::Reverse((manifest.serial, manifest.taken_at))
    });
    found
}

fn described(backup: Backup, shelved: Shelved) -> Option<Kept> {
    let facts = Facts::read(&backup.manifest.evidence.facts).ok()?;
    Some(Kept {
        backup,
        facts,
        shelved,
    })
}

/// The backup of that name among those that are there.
///
/// # Errors
/// [`Error::BackupGone`]
pub(crate) fn named(kept: Vec<Kept>, name: &str) -> Result<Kept, Error> {
    let mut found = kept.into_iter();
    found
        .find(|kept| kept.backup.name == name)
        .ok_or_else(|| Error::BackupGone {
            name: name.to_owned(),
        })
}
