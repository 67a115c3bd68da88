//! The two files of a desk: `model.yml` for plain OpenCV, and its companion `model.bin`, from which the desk starts.
//!
//! Both are made from the templates in the database and can be made again at any time. The database knows the SHA-256 of
//! `model.yml`; the companion is bound to it. A file that is not the one that was written is never used:
//!
//! ```text
//! start            open(folder, recorded hash) ─▶ Ready(gallery)      in a fraction of a second
//!                                              └▶ Stale(why) ─▶ templates from the database ─▶ Gallery::build ─▶ write
//! after the start  check(folder, gallery, hash) in the background: seconds, since model.yml has hundreds of megabytes
//! ```

use crate::gallery::Gallery;
use crate::{Error, model_bin, model_yml};
use std::path::Path;

/// Name of the standard LBPH model.
pub const MODEL: &str = "model.yml";
/// Name of its companion.
pub const COMPANION: &str = "model.bin";

/// What a desk's files give at the start.
#[derive(Debug)]
pub enum Opened {
    /// The gallery that the recorded `model.yml` was written from.
    Ready(Gallery),
    /// The files cannot be used: take the templates from the database and [`write`] them.
    Stale(Stale),
}

/// Why a desk's files cannot be used.
#[derive(Debug)]
pub enum Stale {
    /// The database has no hash of a model: none was written, or the templates changed since.
    NotRecorded,
    /// `model.yml` is not there.
    ModelMissing,
    /// The companion is not there, cannot be read, or is not what was written.
    Companion(Error),
    /// The companion belongs to another `model.yml` than the one that the database knows.
    OtherModel,
}

/// Opens a desk's files. `recorded` is the hash of `model.yml` that the database knows.
///
/// `model.yml` itself is not read here, see [`check`].
#[must_use]
pub fn open(folder: &Path, recorded: Option<[u8; 32]>) -> Opened {
    let Some(recorded) = recorded else {
        return Opened::Stale(Stale::NotRecorded);
    };
    if !folder.join(MODEL).is_file() {
        return Opened::Stale(Stale::ModelMissing);
    }
    match model_bin::load(&folder.join(COMPANION)) {
        Ok((gallery, model)) if model == recorded => Opened::Ready(gallery),
        Ok(_) => Opened::Stale(Stale::OtherModel),
        Err(error) => Opened::Stale(Stale::Companion(error)),
    }
}

/// Writes both files anew and answers the hash of `model.yml`, to be recorded in the database.
///
/// # Errors
/// [`Error::ModelFile`] with what the system says. The files that were there then stand, and may no longer belong
/// together; [`open`] notices.
pub fn write(folder: &Path, gallery: &Gallery) -> Result<[u8; 32], Error> {
    let written = model_yml::write(&folder.join(MODEL), gallery.templates())?;
    model_bin::write(&folder.join(COMPANION), gallery, written.sha256)?;
    Ok(written.sha256)
}

/// Reads `model.yml` whole and compares it with what the database knows, and so does it with the gallery in use, whose
/// companion somebody may have made up together with its hashes. Takes seconds with a hundred people; nothing waits for
/// it.
///
/// # Errors
/// [`Error::ModelForeign`]: write the files anew from the gallery. [`Error::ModelFile`]: the same, `model.yml` is lost.
/// [`Error::CompanionForeign`]: the gallery itself is not to be trusted; load the templates from the database.
pub fn check(folder: &Path, gallery: &Gallery, recorded: [u8; 32]) -> Result<(), Error> {
    if model_yml::hash_of(gallery.templates()) != recorded {
        return Err(Error::CompanionForeign {
            path: folder.join(COMPANION),
        });
    }
    model_yml::verify(&folder.join(MODEL), &recorded)
}
