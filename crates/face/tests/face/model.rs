//! `model.yml`, as plain OpenCV reads it, and the cascades.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, at_desk, frames, gallery, judge, observe};
use ombor_face::{
    CASCADES, Claim, Error, Gallery, Histogram, Lbph, model, model_yml, preview_jpeg,
};
use ombor_testkit::face::Variation;
use opencv::core::Mat;
use opencv::face::LBPHFaceRecognizer;
use opencv::prelude::*;
use sha2::{Digest, Sha256};

#[test]
fn plain_opencv_reads_the_model_and_names_the_same_person_at_the_same_distance() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.yml");
    let both = gallery(&[ANVAR, BEKZOD])?;
    let written = model_yml::write(&path, both.templates())?;
    assert_eq!(written.templates, 20);
    let mut plain = LBPHFaceRecognizer::create_def()?;
    FaceRecognizerTrait::read(&mut plain, &path)?;
    let mut lbph = Lbph::new()?;
    for person in [ANVAR, BEKZOD] {
        let seen = &at_desk(person)?[..3];
        for crop in seen
            .iter()
            .filter_map(|observation| observation.crop.as_ref())
        {
            let (mut label, mut distance) = (-1, 0.0);
            let side = ombor_face::Crop::SIDE as i32;
            let picture = Mat::new_rows_cols_with_bytes::<u8>(side, side, crop.pixels())?;
            FaceRecognizerTraitConst::predict(&plain, &picture, &mut label, &mut distance)?;
            assert_eq!(label, person as i32);
            let probe = lbph.counts(crop)?;
            let nearest = both
                .templates()
                .map(|template| chi_square(probe.as_bytes(), template.counts.as_bytes()))
                .fold(f64::INFINITY, f64::min);
            assert!(
                (distance - nearest).abs() < 0.01,
                "OpenCV {distance}, here {nearest}"
            );
        }
    }
    Ok(())
}

/// OpenCV's alternative chi-square, on shares of a cell of 121 pixels, written out.
fn chi_square(a: &[u8], b: &[u8]) -> f64 {
    let pairs = a
        .iter()
        .zip(b)
        .map(|(a, b)| (f64::from(*a) / 121.0, f64::from(*b) / 121.0));
    pairs
        .filter(|(a, b)| a + b > 0.0)
        .map(|(a, b)| 2.0 * (a - b) * (a - b) / (a + b))
        .sum()
}

#[test]
fn a_model_of_nobody_is_written_and_read() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.yml");
    model_yml::write(&path, Gallery::build([]).templates())?;
    FaceRecognizerTrait::read(&mut LBPHFaceRecognizer::create_def()?, &path)?;
    Ok(())
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_model() -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.yml");
    std::fs::write(&path, "an older model that everybody can read")?;
    model_yml::write(&path, gallery(&[ANVAR])?.templates())?;
    assert_eq!(
        std::fs::metadata(&path)?.permissions().mode() & 0o777,
        0o600
    );
    Ok(())
}

#[test]
fn a_changed_model_is_foreign() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.yml");
    let written = model_yml::write(&path, gallery(&[ANVAR])?.templates())?;
    model_yml::verify(&path, &written.sha256)?;
    let changed = std::fs::read_to_string(&path)?.replacen("[ 1,", "[ 2,", 1);
    std::fs::write(&path, changed)?;
    let verified = model_yml::verify(&path, &written.sha256);
    assert!(
        matches!(verified, Err(Error::ModelForeign { .. })),
        "{verified:?}"
    );
    std::fs::remove_file(&path)?;
    let verified = model_yml::verify(&path, &written.sha256);
    assert!(
        matches!(verified, Err(Error::ModelFile { .. })),
        "{verified:?}"
    );
    Ok(())
}

#[test]
fn a_model_that_cannot_be_written_leaves_the_old_one() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.yml");
    std::fs::create_dir(&path)?;
    assert!(model_yml::write(&path, gallery(&[ANVAR])?.templates()).is_err());
    let left: Vec<_> = std::fs::read_dir(folder.path())?.collect::<Result<_, _>>()?;
    assert_eq!(left.len(), 1, "{left:?}");
    Ok(())
}

#[test]
fn of_an_enrolment_and_a_look_only_the_model_reaches_the_disk() -> Outcome {
    let folder = tempfile::tempdir()?;
    let gallery = gallery(&[ANVAR])?;
    let frames = frames(ANVAR, &Variation::later(8), 10)?;
    judge(&gallery, Claim::Anyone, &observe(&frames)?)?;
    preview_jpeg(&frames[0], 640, 480)?;
    model::write(folder.path(), &gallery)?;
    let mut names: Vec<_> = std::fs::read_dir(folder.path())?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<Result<_, _>>()?;
    names.sort();
    assert_eq!(names, [model::COMPANION, model::MODEL]);
    let text = std::fs::read_to_string(folder.path().join(model::MODEL))?;
    let known = |c: char| c.is_ascii_alphanumeric() || " \n%:-_.!,[]+".contains(c);
    assert!(text.chars().all(known), "only numbers and names");
    let companion = std::fs::read(folder.path().join(model::COMPANION))?;
    let counts: Vec<Vec<u8>> = gallery
        .templates()
        .map(|template| {
            template
                .counts
                .as_bytes()
                .iter()
                .copied()
                .filter(|n| *n > 0)
                .collect()
        })
        .collect();
    let entries: usize = counts.iter().map(Vec::len).sum();
    let (per_template, whole) = (6 + 100, 8 + 1 + 16 + 32 + 8 + 4 + 10 + 32);
    assert_eq!(
        companion.len(),
        2 * entries + counts.len() * per_template + whole,
        "nothing but patterns and their counts"
    );
    Ok(())
}

#[test]
fn the_cascades_are_the_files_that_the_readme_names() {
    let readme = include_str!("../../../../models/README.md");
    for (name, text) in CASCADES {
        let hash = format!("{:x}", Sha256::digest(text));
        let row = readme
            .lines()
            .find(|line| line.contains(&format!("`{name}.xml`")));
        assert!(row.is_some_and(|row| row.contains(&hash)), "{name} {hash}");
        assert!(
            text.contains("License Agreement"),
            "{name} has lost its licence"
        );
    }
}
