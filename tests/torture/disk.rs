//! What lies on the disk: long recovery (T13), spoilt pages (T15), secrets and modes (T36).

use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use ombor_core::schema;
use ombor_tests::pid;
use ombor_tests::torture::app::{App, Plan};
use ombor_tests::torture::backups::Cellar;
use ombor_tests::torture::ground::{Ground, PASSWORD, connect};
use ombor_tests::torture::power::deserted;
use ombor_tests::torture::round::{PATIENCE, at_work};
use ombor_tests::torture::strike::{self, Aim, server_pid};
use rand::Rng;

use crate::kills::{dice, ground, program};

const PAGE: u64 = 8192;
const SPOILT: usize = 20;

/// T13: the longest recovery that `max_wal_size` allows, printed; a test's time-out is ten times the goal of 5 s.
#[tokio::test]
async fn t13_a_server_killed_after_a_bulk_load_recovers_by_itself() {
    let (_folder, ground) = ground().await;
    let attached = ground.attach().await.unwrap();
    let mut connection = connect(&attached, schema::MIGRATE_ROLE).await.unwrap();
    let load = "set role ombor_owner; create table ombor.load as
                select n, repeat(md5(n::text), 8) as text from generate_series(1, 600000) as n";
    sqlx::raw_sql(load).execute(&mut connection).await.unwrap();
    drop(attached);
    strike::kill(&ground, Aim::Everything, &mut dice()).unwrap();
    let begun = Instant::now();
    let attached = ground.attach().await.unwrap();
    let mut connection = connect(&attached, schema::MIGRATE_ROLE).await.unwrap();
    let ready = begun.elapsed();
    println!("T13: ready after {} ms", ready.as_millis());
    let rows: i64 = sqlx::query_scalar("select count(*) from ombor.load")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(rows, 600_000);
    assert!(ready < PATIENCE, "{ready:?}");
}

/// The main files of tables and indexes below `cluster`.
fn relation_files(cluster: &Path) -> Vec<PathBuf> {
    let databases = std::fs::read_dir(cluster.join("base")).unwrap();
    let files = databases.flat_map(|database| std::fs::read_dir(database.unwrap().path()).unwrap());
    let is_relation = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.bytes().all(|byte| byte.is_ascii_digit()) && path.metadata().unwrap().len() >= PAGE
    };
    files
        .map(|file| file.unwrap().path())
        .filter(is_relation)
        .collect()
}

/// Flips one bit of a page that holds something; whether it did.
fn spoil(file: &Path, page: u64, bit: u64) -> bool {
    let file = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(file)
        .unwrap();
    let mut content = vec![0; usize::try_from(PAGE).unwrap()];
    file.read_exact_at(&mut content, page * PAGE).unwrap();
    // A page that was never written has no checksum.
    let is_used = content[14..16] != [0, 0];
    let at = usize::try_from(bit / 8).unwrap();
    content[at] ^= 1 << (bit % 8);
    if is_used {
        file.write_all_at(&content, page * PAGE).unwrap();
    }
    is_used
}

/// How many spoilt pages `pg_checksums` finds.
fn found_spoilt(ground: &Ground) -> usize {
    let checked = Command::new(ground.options.bin_dir.join("pg_checksums"))
        .args(["--check", "--pgdata"])
        .arg(ground.cluster())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&checked.stdout).into_owned();
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("Bad checksums:"));
    line.unwrap_or_else(|| panic!("{checked:?}"))
        .trim()
        .parse()
        .unwrap()
}

/// T15: one bit in twenty pages, and every one is found. The control is the same cluster before.
#[tokio::test]
async fn t15_every_spoilt_page_is_found_by_its_checksum() {
    let (_folder, ground) = ground().await;
    deserted(&ground).await.unwrap();
    assert_eq!(found_spoilt(&ground), 0);
    let files = relation_files(&ground.cluster());
    let mut dice = dice();
    let mut spoilt = std::collections::HashSet::new();
    while spoilt.len() < SPOILT {
        let file = &files[dice.random_range(0..files.len())];
        let page = dice.random_range(0..file.metadata().unwrap().len() / PAGE);
        // Behind the page's header: a broken header is a fault of another kind.
        let bit = dice.random_range(24 * 8..PAGE * 8);
        if !spoilt.contains(&(file.clone(), page)) && spoil(file, page, bit) {
            spoilt.insert((file.clone(), page));
        }
    }
    assert_eq!(found_spoilt(&ground), SPOILT);
}

/// Every file below `folder`.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn holds(content: &[u8], secret: &str) -> bool {
    let secret = secret.as_bytes();
    content.windows(secret.len()).any(|window| window == secret)
}

/// T36: no password stands in a log, a backup, an argument or an environment, and nobody else can read the data.
#[tokio::test]
async fn t36_secrets_stand_where_they_belong_and_nowhere_else() {
    let (folder, ground) = ground().await;
    let app = App::start(program(), &Plan::usual(&ground, 7)).unwrap();
    at_work(&app).await.unwrap();
    let cellar = Cellar::open(&ground.options, folder.path().join("backups"))
        .await
        .unwrap();
    let taken = cellar.take().await.unwrap().backup;
    let logins = std::fs::read_to_string(ground.cluster().join("logins.json")).unwrap();
    let logins: serde_json::Value = serde_json::from_str(&logins).unwrap();
    let mut secrets: Vec<String> = logins["passwords"]
        .as_object()
        .unwrap()
        .values()
        .map(|password| password.as_str().unwrap().to_owned())
        .collect();
    assert!(secrets.len() >= 4);
    secrets.push(PASSWORD.to_owned());

    let mut places = files_below(&ground.options.data_dir.join("logs"));
    places.extend([taken.plain(), taken.paper()]);
    for process in pid::family(server_pid(&ground.cluster()).unwrap()).unwrap() {
        places.extend(
            ["cmdline", "environ"].map(|file| PathBuf::from(format!("/proc/{process}/{file}"))),
        );
    }
    for place in places {
        let content = std::fs::read(&place).unwrap_or_default();
        for secret in &secrets {
            assert!(
                !holds(&content, secret),
                "a secret stands in {}",
                place.display()
            );
        }
    }
    let plain = std::fs::read(taken.plain()).unwrap();
    assert!(
        holds(&plain, "$argon2id$"),
        "the control: hashes of passwords are in a backup"
    );
    for path in [ground.options.data_dir.clone(), ground.cluster()] {
        assert_eq!(
            path.metadata().unwrap().permissions().mode() & 0o777,
            0o700,
            "{}",
            path.display()
        );
    }
    for path in [
        taken.archive(),
        taken.plain(),
        taken.paper(),
        ground.cluster().join("logins.json"),
    ] {
        assert_eq!(
            path.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            path.display()
        );
    }
    drop(app.kill().close());
}

/// T17: two applications on one database work side by side, and one's death is nothing to the other.
#[tokio::test]
async fn t17_two_applications_work_side_by_side_and_one_outlives_the_other() {
    use ombor_tests::torture::round::goes_on;
    use ombor_tests::torture::verdict::Verdict;
    let (_folder, ground) = ground().await;
    let mut plans = [Plan::usual(&ground, 1), Plan::usual(&ground, 2)];
    plans
        .iter_mut()
        .zip(["a", "b"])
        .for_each(|(plan, name)| name.clone_into(&mut plan.station));
    let first = App::start(program(), &plans[0]).unwrap();
    let second = App::start(program(), &plans[1]).unwrap();
    at_work(&first).await.unwrap();
    at_work(&second).await.unwrap();
    let mut heard = first.kill().close();
    let back = goes_on(&second, Instant::now()).await.unwrap();
    assert!(back < Duration::from_secs(50));
    let other = second.kill().close();
    heard.acknowledged.extend(other.acknowledged);
    let verdict = Verdict::reach(&ground.attach().await.unwrap(), &heard)
        .await
        .unwrap();
    assert!(verdict.is_clean(), "{verdict:?}");
}
