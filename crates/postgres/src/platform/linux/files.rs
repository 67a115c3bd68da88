//! Modes, durable renames, free space and kinds of file system.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::FallocateFlags;

/// The file name of a program.
pub(crate) fn program_file(name: &str) -> String {
    name.to_owned()
}

/// Makes a directory, and those above it, that only its owner can enter; puts an existing one's mode right.
pub(crate) fn create_private_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    make_private(path)
}

/// Makes a new file that only its owner can read.
pub(crate) fn create_private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

/// Whether nobody but its owner can read or write a file.
pub(crate) fn is_private_file(path: &Path) -> io::Result<bool> {
    Ok(path.metadata()?.permissions().mode().trailing_zeros() >= 6)
}

/// Sets a directory to 0700. One of another owner, or a link, is refused.
fn make_private(path: &Path) -> io::Result<()> {
    let metadata = path.symlink_metadata()?;
    if !metadata.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::NotADirectory,
            "it is not a directory",
        ));
    }
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it belongs to another user",
        ));
    }
    if metadata.mode() & 0o777 == 0o700 {
        return Ok(());
    }
    std::fs::set_permissions(path, Permissions::from_mode(0o700))
}

/// Puts `from` in the place of `to`.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Makes the entries of a directory durable.
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Bytes that an ordinary user may still write on the file system of `path`.
pub(crate) fn free_space(path: &Path) -> io::Result<u64> {
    let figures = rustix::fs::statvfs(path)?;
    Ok(figures.f_bavail.saturating_mul(figures.f_frsize))
}

/// Takes `bytes` of room for a file without writing them.
pub(crate) fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    Ok(rustix::fs::fallocate(
        file,
        FallocateFlags::empty(),
        0,
        bytes,
    )?)
}

/// The type of the file system that holds `path`, as the kernel names it; `None` when it cannot be told.
pub(crate) fn file_system(path: &Path) -> Option<String> {
    let device = path.metadata().ok()?.dev();
    let device = format!(
        "{}:{}",
        rustix::fs::major(device),
        rustix::fs::minor(device)
    );
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    file_system_of(&device, &mounts).map(str::to_owned)
}

fn file_system_of<'a>(device: &str, mounts: &'a str) -> Option<&'a str> {
    mounts.lines().find_map(|line| {
        let (mount, source) = line.split_once(" - ")?;
        (mount.split(' ').nth(2)? == device).then(|| source.split(' ').next())?
    })
}

/// Where private directories for sockets may be made, best first.
pub(crate) fn runtime_dirs() -> Vec<PathBuf> {
    let session = std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_dir());
    let own = format!("ombor-{}", rustix::process::geteuid().as_raw());
    let shared = Path::new("/tmp");
    // The last one has a name that nobody else can have taken beforehand.
    session
        .map(|path| path.join("ombor"))
        .into_iter()
        .chain([
            shared.join(&own),
            shared.join(format!("{own}-{}", uuid::Uuid::new_v4().simple())),
        ])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::file_system_of;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/office rw,relatime shared:20 - cifs //server/share rw,vers=3.1.1
41 22 8:17 / /media/stick rw,nosuid - exfat /dev/sdb1 rw
";

    #[test]
    fn the_kind_of_a_file_system_is_read_from_the_mount_of_its_device() {
        assert_eq!(file_system_of("8:1", MOUNTS), Some("ext4"));
        assert_eq!(file_system_of("0:35", MOUNTS), Some("cifs"));
        assert_eq!(file_system_of("8:17", MOUNTS), Some("exfat"));
        assert_eq!(file_system_of("9:9", MOUNTS), None);
    }
}
