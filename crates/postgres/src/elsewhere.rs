//! The address of another server than the bundled one, where somebody gave one.

use std::path::Path;

use crate::{Error, platform};

/// The environment variable that names it.
pub const VARIABLE: &str = "DATABASE_URL";
/// The file of the data directory that names it.
pub const FILE: &str = "database.url";

/// What `DATABASE_URL` says, else the first line of `database.url` in the data directory.
///
/// # Errors
/// [`Error::AddressNotPrivate`] for a file that others can read: a password stands in it.
pub fn address(data_dir: &Path) -> Result<Option<String>, Error> {
    if let Some(address) = std::env::var(VARIABLE).ok().filter(|text| !text.is_empty()) {
        return Ok(Some(address));
    }
    written(&data_dir.join(FILE))
}

fn written(path: &Path) -> Result<Option<String>, Error> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(path)(error)),
    };
    if !platform::is_private_file(path).map_err(Error::io(path))? {
        return Err(Error::AddressNotPrivate {
            path: path.to_owned(),
        });
    }
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    Ok(line.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_first_line_of_a_private_file_is_the_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(FILE);
        assert_eq!(written(&path), Ok(None));
        let mut file = platform::create_private_file(&path).expect("a file");
        file.write_all(b"\n postgres://a:b@c/d \n").expect("room");
        assert_eq!(written(&path), Ok(Some("postgres://a:b@c/d".to_owned())));
    }
}
