//! The desk's two files: what is noticed, and that they give the same gallery.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, gallery};
use ombor_face::model::{self, COMPANION, MODEL, Opened, Stale};
use ombor_face::{Error, Gallery, model_bin};
use std::path::Path;
use tempfile::TempDir;

/// A folder with both people's files, and the hash that a database would know.
fn written() -> Result<(TempDir, [u8; 32]), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let sha256 = model::write(folder.path(), &*gallery(&[ANVAR, BEKZOD])?)?;
    Ok((folder, sha256))
}

fn stale(folder: &Path, recorded: [u8; 32]) -> Option<Stale> {
    match model::open(folder, Some(recorded)) {
        Opened::Ready(_) => None,
        Opened::Stale(why) => Some(why),
    }
}

fn opened(folder: &Path, recorded: [u8; 32]) -> Result<Gallery, String> {
    match model::open(folder, Some(recorded)) {
        Opened::Ready(gallery) => Ok(gallery),
        Opened::Stale(why) => Err(format!("{why:?}")),
    }
}

#[test]
fn the_companion_gives_the_same_templates_thresholds_and_scores() -> Outcome {
    let (folder, sha256) = written()?;
    let (made, read) = (gallery(&[ANVAR, BEKZOD])?, opened(folder.path(), sha256)?);
    assert!(made.templates().eq(read.templates()));
    for label in made.labels() {
        assert_eq!(made.open_threshold(label), read.open_threshold(label));
        assert_eq!(made.claimed_threshold(label), read.claimed_threshold(label));
    }
    for template in made.templates().step_by(7) {
        assert_eq!(
            made.scores(&template.counts, None),
            read.scores(&template.counts, None)
        );
    }
    model::check(folder.path(), &read, sha256)?;
    Ok(())
}

#[test]
fn a_companion_with_a_changed_cut_or_added_byte_is_not_used() -> Outcome {
    let (folder, sha256) = written()?;
    let path = folder.path().join(COMPANION);
    let whole = std::fs::read(&path)?;
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    let mut longer = whole.clone();
    longer.push(0);
    for broken in [
        &changed[..],
        &longer,
        &whole[..whole.len() - 1],
        &whole[..20],
        &[],
        b"a text file",
    ] {
        std::fs::write(&path, broken)?;
        let why = stale(folder.path(), sha256);
        assert!(
            matches!(why, Some(Stale::Companion(Error::CompanionInvalid { .. }))),
            "{why:?}"
        );
    }
    Ok(())
}

#[test]
fn lost_files_and_a_hash_that_the_database_does_not_know_are_noticed() -> Outcome {
    let (folder, sha256) = written()?;
    let why = stale(folder.path(), [7; 32]);
    assert!(matches!(why, Some(Stale::OtherModel)), "{why:?}");
    assert!(matches!(
        model::open(folder.path(), None),
        Opened::Stale(Stale::NotRecorded)
    ));
    std::fs::rename(folder.path().join(COMPANION), folder.path().join("away"))?;
    let why = stale(folder.path(), sha256);
    assert!(
        matches!(why, Some(Stale::Companion(Error::ModelFile { .. }))),
        "{why:?}"
    );
    std::fs::rename(folder.path().join("away"), folder.path().join(COMPANION))?;
    std::fs::remove_file(folder.path().join(MODEL))?;
    let why = stale(folder.path(), sha256);
    assert!(matches!(why, Some(Stale::ModelMissing)), "{why:?}");
    Ok(())
}

#[test]
fn a_foreign_model_is_noticed_in_the_background_and_made_anew() -> Outcome {
    let (folder, sha256) = written()?;
    let gallery = opened(folder.path(), sha256)?;
    for foreign in [
        &b"%YAML:1.0\n---\nopencv_lbphfaces:\n   threshold: 1.\n"[..],
        &[0xff, 0xfe, 0, 1],
        &[],
    ] {
        std::fs::write(folder.path().join(MODEL), foreign)?;
        let checked = model::check(folder.path(), &gallery, sha256);
        assert!(
            matches!(checked, Err(Error::ModelForeign { .. })),
            "{checked:?}"
        );
    }
    assert_eq!(model::write(folder.path(), &gallery)?, sha256);
    model::check(folder.path(), &gallery, sha256)?;
    Ok(())
}

#[test]
fn a_companion_that_was_made_up_with_the_right_hash_is_noticed_in_the_background() -> Outcome {
    let (folder, sha256) = written()?;
    let forged = gallery(&[ANVAR])?;
    model_bin::write(&folder.path().join(COMPANION), &forged, sha256)?;
    let opened = opened(folder.path(), sha256)?;
    let checked = model::check(folder.path(), &opened, sha256);
    assert!(
        matches!(checked, Err(Error::CompanionForeign { .. })),
        "{checked:?}"
    );
    Ok(())
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_either_file() -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = written()?;
    for name in [MODEL, COMPANION] {
        let mode = std::fs::metadata(folder.path().join(name))?
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    Ok(())
}
