//! ZIP archives: read as the folder that they hold, unpacked for as long as what was read out of them is kept.

use std::{
    env,
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Component, Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use encoding_rs::IBM866;
use tempfile::TempDir;
use zip::{ZipArchive, read::ZipFile, result::ZipError};

use crate::{
    error::{Error, Result},
    kind::{is_archive, is_of_office},
    skipped::Reason,
};

/// What the entries of an archive together may unpack to, in bytes: an exchange with the pictures of a big shop is half of this.
const MOST_UNPACKED: u64 = 2 << 30;
/// How the folders of unpacked archives are called, among all that is temporary.
const PREFIX: &str = "ombor-unpacked-";
/// A folder that is older was left by a program that was killed.
const ABANDONED_AFTER: Duration = Duration::from_hours(7 * 24);
/// How many entries an archive may have.
const MOST_ENTRIES: usize = 100_000;

/// The folder of an unpacked archive; it goes when the last clone of this does.
#[derive(Debug, Clone)]
pub struct Unpacked(Arc<TempDir>);

impl Unpacked {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl PartialEq for Unpacked {
    fn eq(&self, other: &Self) -> bool {
        self.path() == other.path()
    }
}

impl Eq for Unpacked {}

/// Entries that were not unpacked, by their names.
pub type Left = Vec<(PathBuf, Reason)>;

/// Unpacks an archive. `None` if the file is none, or none that is unpacked here: a workbook, one that is damaged or empty,
/// one that would fill the disk.
///
/// # Errors
/// [`Error::Protected`], [`Error::Unreadable`]
pub fn unpack(path: &Path) -> Result<Option<(Unpacked, Left)>> {
    let unreadable = |source| Error::unreadable(path, source);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut front = [0; 4];
    if file.read_exact(&mut front).is_err() || !is_archive(&front) {
        return Ok(None);
    }
    let Some(mut archive) = ZipArchive::new(BufReader::new(file))
        .ok()
        .filter(|archive| !is_of_office(archive) && archive.len() <= MOST_ENTRIES)
    else {
        return Ok(None);
    };
    sweep(&env::temp_dir());
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir();
    let folder = folder.map_err(unreadable)?;
    let mut left = Left::new();
    let (mut room, mut files) = (MOST_UNPACKED, 0_usize);
    for index in 0..archive.len() {
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let path = path.to_owned();
                return Err(Error::Protected { path });
            }
            Err(_) => return Ok(None),
        };
        if entry.is_dir() {
            continue;
        }
        files += 1;
        let name = name_of(&entry);
        let target = match inside(&name) {
            Some(_) if entry.is_symlink() => Err(Reason::Link),
            Some(relative) => Ok(folder.path().join(relative)),
            None => Err(Reason::Unreadable { text: name.clone() }),
        };
        match target.map(|target| write(&mut entry, &target, room)) {
            Ok(Ok(Some(written))) => room -= written,
            Ok(Ok(None)) => return Ok(None),
            Ok(Err(error)) if error.kind() == io::ErrorKind::AlreadyExists => {
                left.push((below(&name), Reason::Unreadable { text: name }));
            }
            Ok(Err(source)) => {
                return Err(Error::unreadable(&path.join(name), source));
            }
            Err(reason) => left.push((below(&name), reason)),
        }
    }
    Ok((files > 0).then(|| (Unpacked(Arc::new(folder)), left)))
}

/// Removes what a killed program left among the temporary files. What cannot be removed is somebody else's.
fn sweep(temporary: &Path) {
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && age().is_some_and(|age| age > ABANDONED_AFTER) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes an entry to a file of its own; how many bytes it has, `None` if they are more than `room`. What an archive says
/// about its sizes is not believed.
fn write(entry: &mut impl Read, target: &Path, room: u64) -> io::Result<Option<u64>> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(target)?;
    let written = io::copy(&mut entry.take(room.saturating_add(1)), &mut file)?;
    Ok((written <= room).then_some(written))
}

/// The name of an entry with strokes between its folders. One that is no UTF-8 was written by an old program of this part of
/// the world.
fn name_of<R: Read>(entry: &ZipFile<'_, R>) -> String {
    let raw = entry.name_raw();
    std::str::from_utf8(raw)
        .map_or_else(|_| IBM866.decode(raw).0.into_owned(), str::to_owned)
        .replace('\\', "/")
}

/// The name to be shown behind that of the archive.
fn below(name: &str) -> PathBuf {
    name.trim_start_matches('/').into()
}

/// The path that a name means; `None` if it leads out of the folder.
fn inside(name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::ParentDir => return None,
        }
    }
    (path.file_name().is_some() && !name.contains('\0')).then_some(path)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_a_killed_program_left_is_swept_away_and_what_is_in_use_is_not() -> io::Result<()> {
        let temporary = TempDir::new()?;
        let make = |name: &str, age: Duration| {
            let path = temporary.path().join(name);
            fs::create_dir(&path)?;
            fs::write(path.join("import.xml"), "")?;
            File::open(&path)?.set_modified(SystemTime::now() - age)?;
            Ok::<_, io::Error>(path)
        };
        let old = ABANDONED_AFTER + Duration::from_mins(1);
        let left = make("ombor-unpacked-a", old)?;
        let in_use = make("ombor-unpacked-b", Duration::ZERO)?;
        let of_others = make("somebody", old)?;
        sweep(temporary.path());
        assert!(!left.exists());
        assert!(in_use.exists() && of_others.exists());
        Ok(())
    }
}
