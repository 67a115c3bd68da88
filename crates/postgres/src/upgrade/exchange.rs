//! Two clusters change their places by renaming, under a mark by which an exchange that was broken off is settled.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ground::work_folder;
use crate::cluster::{self, ReadyMark, unix_seconds};
use crate::journal::Setting;
use crate::layout::Layout;
use crate::server::PidFile;
use crate::{Error, platform, storage};

/// The mark's file in the data directory.
const FILE: &str = "upgrade.json";

/// An upgrade that is neither confirmed nor taken back. Written before the first renaming.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// Major version of the old cluster.
    pub(super) from: u32,
    /// Major version of the new one.
    pub(super) to: u32,
    /// When the exchange was begun.
    pub(super) at: DateTime<Utc>,
    /// The old cluster's folder, beside the live one's.
    pub(super) former: String,
    /// What the application knew about its data at that moment.
    pub(super) facts: Value,
    pub(super) phase: Phase,
}

/// Between which folders names are changing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// The new cluster takes the old one's place.
    Exchanging,
    /// The new one is in its place, the old one beside.
    Standing,
    /// The old one takes its place again.
    BackingOut,
}

impl Mark {
    pub(super) fn read(layout: &Layout) -> Option<Self> {
        storage::read_json(&layout.data_dir.join(FILE))
    }

    fn write(&self, layout: &Layout) -> Result<(), Error> {
        storage::write_json(&layout.data_dir.join(FILE), self)
    }

    pub(super) fn write_as(&self, layout: &Layout, phase: Phase) -> Result<(), Error> {
        let mark = Self {
            phase,
            ..self.clone()
        };
        mark.write(layout)
    }

    pub(super) fn remove(layout: &Layout) -> Result<(), Error> {
        let path = layout.data_dir.join(FILE);
        std::fs::remove_file(&path).map_err(Error::io(&path))?;
        storage::sync_parent(&path)
    }

    /// Where the old cluster lies.
    pub(super) fn former(&self, layout: &Layout) -> PathBuf {
        layout.home().join(&self.former)
    }
}

/// The new cluster before it has its place.
fn fresh(layout: &Layout) -> PathBuf {
    work_folder(layout.home()).join("cluster")
}

/// Gives the new cluster the old one's place; returns where the old one lies.
pub(super) fn run(layout: &Layout, from: u32, to: u32, facts: &Value) -> Result<PathBuf, Error> {
    let mark = Mark {
        from,
        to,
        at: Utc::now(),
        former: free_name(layout.home(), from),
        facts: facts.clone(),
        phase: Phase::Exchanging,
    };
    require_stopped(&layout.cluster())?;
    require_stopped(&fresh(layout))?;
    mark.write(layout)?;
    let former = mark.former(layout);
    rename(&layout.cluster(), &former)?;
    rename(&fresh(layout), &layout.cluster())?;
    stand(layout, &mark)?;
    Ok(former)
}

/// Puts the old cluster back; the new one goes to what is set aside.
pub(super) fn back_out(layout: &Layout, mark: &Mark) -> Result<PathBuf, Error> {
    let former = mark.former(layout);
    if !former.is_dir() {
        return Err(Error::UpgradeBroken { path: former });
    }
    require_stopped(&layout.cluster())?;
    let aside = format!("cluster-{}-{}", mark.to, unix_seconds());
    let aside = layout.quarantine().join(aside);
    mark.write_as(layout, Phase::BackingOut)?;
    rename(&layout.cluster(), &aside)?;
    rename(&former, &layout.cluster())?;
    leave(layout)?;
    Ok(aside)
}

/// Brings an exchange to its end that was broken off between two renamings, or takes it back; `bundled` is the major
/// version that is to be started.
///
/// # Errors
/// [`Error::UpgradeBroken`] when a folder is not there that was renamed.
pub(crate) fn settle(layout: &Layout, bundled: u32) -> Result<(), Error> {
    let Some(mark) = Mark::read(layout) else {
        return Ok(());
    };
    let live = cluster::major(&layout.cluster())?;
    let is_old = live == Some(mark.from);
    match mark.phase {
        Phase::Standing => Ok(()),
        Phase::Exchanging if is_old => Mark::remove(layout),
        Phase::Exchanging | Phase::BackingOut if live.is_some() && !is_old => stand(layout, &mark),
        Phase::BackingOut if is_old => leave(layout),
        Phase::Exchanging if bundled == mark.to && is_whole(&fresh(layout), mark.to) => {
            rename(&fresh(layout), &layout.cluster())?;
            stand(layout, &mark)
        }
        Phase::Exchanging | Phase::BackingOut => {
            let former = mark.former(layout);
            if !former.is_dir() {
                return Err(Error::UpgradeBroken { path: former });
            }
            rename(&former, &layout.cluster())?;
            leave(layout)
        }
    }
}

fn is_whole(cluster: &Path, major: u32) -> bool {
    ReadyMark::read(cluster).is_some_and(|mark| mark.major == major)
}

/// The new cluster is in its place.
fn stand(layout: &Layout, mark: &Mark) -> Result<(), Error> {
    follow(layout);
    mark.write_as(layout, Phase::Standing)
}

/// The old cluster is in its place again.
fn leave(layout: &Layout) -> Result<(), Error> {
    follow(layout);
    Mark::remove(layout)
}

/// A journal that is on goes on with the cluster that is in place now, in that cluster's own folder.
fn follow(layout: &Layout) {
    let (Some(setting), Some(mark)) = (
        Setting::read(&layout.data_dir),
        ReadyMark::read(&layout.cluster()),
    ) else {
        return;
    };
    let identity = mark.system_identifier.as_str();
    if setting.system_identifier() == Some(identity) {
        return;
    }
    let place = setting.folder.parent().filter(|place| place.is_dir());
    let followed = place.map(|place| Setting::below(place, identity).write(&layout.data_dir));
    if !matches!(followed, Some(Ok(()))) {
        tracing::error!(
            "the journal's disk is away; the journal is off until it is switched on anew"
        );
    }
}

/// A server that did not end when it was asked to keeps its cluster where it is.
fn require_stopped(cluster: &Path) -> Result<(), Error> {
    if PidFile::path(cluster).exists() {
        return Err(Error::AlreadyOwned {
            path: cluster.to_owned(),
        });
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    platform::replace(from, to).map_err(Error::io(from))?;
    storage::sync_parent(from)?;
    storage::sync_parent(to)
}

/// `cluster-16`, or another name when somebody has that.
fn free_name(home: &Path, major: u32) -> String {
    let name = format!("cluster-{major}");
    if home.join(&name).exists() {
        format!("{name}-{}", unix_seconds())
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::platform::Account;
    use crate::{Limits, Options};

    const OLD: u32 = 16;
    const NEW: u32 = 18;

    /// A data directory with an old cluster in its place and a new one that is whole.
    fn ready() -> (TempDir, Layout) {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        let options = Options {
            data_dir: data_dir.clone(),
            runtime_dir: Some(folder.path().join("run")),
            bin_dir: PathBuf::new(),
            database: "ombor".to_owned(),
            logins: Vec::new(),
            bootstrap_sql: String::new(),
            supervisor: PathBuf::new(),
            limits: Limits::default(),
        };
        let layout = Layout::prepare(data_dir, &options, &Account::Own).unwrap();
        lay_cluster(&layout.cluster(), OLD);
        lay_cluster(&fresh(&layout), NEW);
        (folder, layout)
    }

    fn lay_cluster(folder: &Path, major: u32) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("PG_VERSION"), format!("{major}\n")).unwrap();
        let mark = format!(r#"{{ "system_identifier": "{major}", "major": {major} }}"#);
        fs::write(folder.join("READY.json"), mark).unwrap();
    }

    fn mark(phase: Phase) -> Mark {
        Mark {
            from: OLD,
            to: NEW,
            at: Utc::now(),
            former: "cluster-16".to_owned(),
            facts: Value::Null,
            phase,
        }
    }

    fn in_place(layout: &Layout) -> Option<u32> {
        cluster::major(&layout.cluster()).unwrap()
    }

    /// What is in place after the next start by programs of `bundled`, and whether an upgrade stands.
    fn settled(layout: &Layout, bundled: u32) -> (Option<u32>, bool) {
        settle(layout, bundled).unwrap();
        settle(layout, bundled).expect("settling twice is settling once");
        let stands = Mark::read(layout).map(|mark| mark.phase);
        assert!(matches!(stands, None | Some(Phase::Standing)), "{stands:?}");
        (in_place(layout), stands.is_some())
    }

    #[test]
    fn an_exchange_that_was_not_begun_is_forgotten() {
        let (_folder, layout) = ready();
        mark(Phase::Exchanging).write(&layout).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(OLD), false));
    }

    #[test]
    fn between_two_renamings_each_program_finds_its_own_cluster() {
        for bundled in [OLD, NEW] {
            let (_folder, layout) = ready();
            let begun = mark(Phase::Exchanging);
            begun.write(&layout).unwrap();
            rename(&layout.cluster(), &begun.former(&layout)).unwrap();
            assert_eq!(settled(&layout, bundled), (Some(bundled), bundled == NEW));
        }
    }

    #[test]
    fn a_new_cluster_that_is_not_whole_takes_nobodys_place() {
        let (_folder, layout) = ready();
        let begun = mark(Phase::Exchanging);
        begun.write(&layout).unwrap();
        rename(&layout.cluster(), &begun.former(&layout)).unwrap();
        fs::remove_file(fresh(&layout).join("READY.json")).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(OLD), false));
    }

    #[test]
    fn an_exchange_whose_mark_alone_is_missing_stands() {
        let (_folder, layout) = ready();
        run(&layout, OLD, NEW, &Value::Null).unwrap();
        mark(Phase::Exchanging).write(&layout).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(NEW), true));
    }

    #[test]
    fn a_way_back_that_was_broken_off_ends_with_a_cluster_in_place() {
        let (_folder, layout) = ready();
        run(&layout, OLD, NEW, &Value::Null).unwrap();
        let back = mark(Phase::BackingOut);
        back.write(&layout).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(NEW), true));
        back.write(&layout).unwrap();
        rename(&layout.cluster(), &layout.quarantine().join("aside")).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(OLD), false));
        back.write(&layout).unwrap();
        assert_eq!(settled(&layout, NEW), (Some(OLD), false));
    }

    #[test]
    fn without_either_cluster_nothing_new_is_made() {
        let (_folder, layout) = ready();
        mark(Phase::Exchanging).write(&layout).unwrap();
        fs::remove_dir_all(layout.cluster()).unwrap();
        fs::remove_dir_all(fresh(&layout)).unwrap();
        let missing = layout.home().join("cluster-16");
        assert_eq!(
            settle(&layout, NEW),
            Err(Error::UpgradeBroken { path: missing })
        );
    }

    #[test]
    fn a_journal_follows_the_cluster_and_comes_back_with_it() {
        let (folder, layout) = ready();
        let setting = Setting::below(folder.path(), "16");
        setting.write(&layout.data_dir).unwrap();
        let identity = || {
            let setting = Setting::read(&layout.data_dir).unwrap();
            setting.system_identifier().map(str::to_owned)
        };
        run(&layout, OLD, NEW, &Value::Null).unwrap();
        assert_eq!(identity().as_deref(), Some("18"));
        back_out(&layout, &Mark::read(&layout).unwrap()).unwrap();
        assert_eq!(
            (identity().as_deref(), in_place(&layout)),
            (Some("16"), Some(OLD))
        );
    }
}
