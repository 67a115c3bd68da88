//! What is refused, and leaves the old cluster where it is.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use ombor_core::{invariant::Facts, schema};
use ombor_postgres::upgrade::{Stage, Upgraded};
use ombor_postgres::{Error, attach};
use ombor_vault::{Cancel, upgrade};
use serde_json::Value;
use sqlx::ConnectOptions;
use tempfile::TempDir;

use crate::house::Computer;

async fn upgrade(
    computer: &Computer,
    limit: u64,
    progress: impl Fn(Stage) + Sync,
) -> Result<Upgraded, Error> {
    let mut options = computer.options();
    options.limits.read_only_bytes = limit;
    let programs = Some(computer.programs.as_path());
    let upgraded = upgrade::run(&options, programs, &progress, &Cancel::new()).await;
    upgraded.map_err(|error| match error {
        ombor_vault::Error::Server(error) => error,
        other => panic!("{other}"),
    })
}

/// The old cluster is in its place, and nothing else is there.
async fn is_as_it_was(computer: &Computer) {
    assert_eq!(computer.major(), Some(16));
    assert_eq!(computer.traces(), Vec::<String>::new());
    assert_eq!(
        computer.look_at_old().await,
        (computer.before.clone(), Vec::new())
    );
}

/// Does something to the new database while it is compared, as its superuser.
fn meddle(computer: &Computer, statement: &str) {
    let cluster = computer.data().join("upgrade/cluster");
    let logins = fs::read(cluster.join("logins.json")).expect("logins");
    let logins: Value = serde_json::from_slice(&logins).expect("logins");
    let pid_file = fs::read_to_string(cluster.join("postmaster.pid")).expect("a server");
    let sockets = pid_file.lines().nth(4).expect("a folder of sockets");
    let said = Command::new(computer.options().bin_dir.join("psql"))
        .args([
            "--no-psqlrc",
            "--quiet",
            "--username=postgres",
            "--dbname=ombor",
        ])
        .args([
            "--set=ON_ERROR_STOP=1",
            "--host",
            sockets,
            "--command",
            statement,
        ])
        .env(
            "PGPASSWORD",
            logins["passwords"]["postgres"]
                .as_str()
                .expect("a password"),
        )
        .output()
        .expect("psql");
    assert!(said.status.success(), "{said:?}");
}

/// The negative control: a new cluster that lacks a row takes nobody's place.
#[tokio::test(flavor = "multi_thread")]
async fn t19_a_new_cluster_that_lacks_a_row_takes_nobodys_place() {
    let Some(computer) = Computer::with(3).await else {
        return;
    };
    let lack_a_row = "alter table ombor.movement disable trigger all;
        delete from ombor.movement where ctid = (select ctid from ombor.movement limit 1);
        alter table ombor.movement enable trigger all";
    let refused = upgrade(&computer, 0, |stage| {
        if stage == Stage::Comparing {
            meddle(&computer, lack_a_row);
        }
    })
    .await;
    let Err(Error::UpgradeDiffers { difference }) = &refused else {
        panic!("{refused:?}");
    };
    assert!(
        difference.contains("ombor.movement has 2 rows instead of 3"),
        "{difference}"
    );
    is_as_it_was(&computer).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_a_disk_without_room_and_other_programs_are_refused_before_anything_is_made() {
    let Some(computer) = Computer::with(1).await else {
        return;
    };
    let bundled = computer.options().bin_dir;
    let wrong = ["upgrade", "--yes", "--programs", &bundled.to_string_lossy()];
    let refused = computer.answers(1, &wrong);
    assert_eq!(refused["error"], "oldProgramsMissing");
    let refused = upgrade(&computer, u64::MAX / 2, |stage| {
        assert_eq!(stage, Stage::Taking);
    })
    .await;
    assert!(
        matches!(refused, Err(Error::DiskFull { .. })),
        "{refused:?}"
    );
    is_as_it_was(&computer).await;
}

/// A disk in memory, gone with this.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// `None` where nothing may be mounted.
    fn mount(at: &Path, megabytes: u32) -> Option<Self> {
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(at)
            .output();
        let is_mounted = mounted.is_ok_and(|mounted| mounted.status.success());
        is_mounted.then(|| Self(at.to_owned()))
    }

    /// Writes until there is no room.
    fn fill(&self) {
        let mut file = File::create(self.filler()).expect("a file");
        let nothing = vec![0; 1 << 16];
        while file.write_all(&nothing).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).expect("the filler");
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A mount that stays is one of a test's own folder.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_a_disk_that_fills_up_in_the_middle_leaves_the_old_cluster_at_work() {
    let folder = TempDir::new().expect("a folder");
    let Some(disk) = SmallDisk::mount(folder.path(), 512) else {
        println!("left out: no small disk can be mounted here");
        return;
    };
    let Some(computer) = Computer::below(folder, 3).await else {
        return;
    };
    let refused = upgrade(&computer, 0, |stage| {
        if stage == Stage::Restoring {
            disk.fill();
        }
    })
    .await;
    // The restore is refused room, or the server ends.
    assert!(refused.is_err(), "{refused:?}");
    disk.make_room();
    is_as_it_was(&computer).await;
    upgrade(&computer, 0, |_| ()).await.expect("an upgrade");
    // The limits of `omborctl` itself would refuse to write on so small a disk.
    let attached = attach(&computer.options(), |_| ()).await.expect("a server");
    let login = attached.connect_options(schema::APP_ROLE).expect("a login");
    let mut connection = login.connect().await.expect("a connection");
    let facts = Facts::of(&mut connection).await.expect("figures");
    assert_eq!(facts, computer.before);
}
