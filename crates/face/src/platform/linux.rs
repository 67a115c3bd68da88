//! Linux: Video4Linux cameras, file modes.

use crate::source::CameraName;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

/// OpenCV's number of the capture interface to ask for by name: Video4Linux 2.
pub const CAPTURE_BACKEND: i32 = opencv::videoio::CAP_V4L2;

/// Where the kernel names cameras.
const CAMERAS: &str = "/sys/class/video4linux";

/// The cameras that the kernel knows, by index.
pub(crate) fn cameras() -> Vec<CameraName> {
    cameras_in(Path::new(CAMERAS))
}

/// The cameras of a folder like [`CAMERAS`]. A camera has several nodes, of which the first (`index` 0) gives pictures and
/// the others give notes about them.
fn cameras_in(folder: &Path) -> Vec<CameraName> {
    let camera = |node: &Path| -> Option<CameraName> {
        let file = |name: &str| std::fs::read_to_string(node.join(name)).ok();
        let number = node.file_name()?.to_str()?.strip_prefix("video")?;
        let gives_pictures = file("index").is_none_or(|index| index.trim() == "0");
        let camera = CameraName {
            index: number.parse().ok()?,
            name: file("name")?.trim().to_owned(),
        };
        gives_pictures.then_some(camera)
    };
    let nodes = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut cameras: Vec<CameraName> = nodes.filter_map(|node| camera(&node.path())).collect();
    cameras.sort_by_key(|camera| camera.index);
    cameras
}

/// A new file that only its owner can read and write (0600).
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Puts a finished file in another's place and makes that last.
pub(crate) fn replace(new: &Path, old: &Path) -> io::Result<()> {
    std::fs::rename(new, old)?;
    old.parent()
        .map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// A child without a window of its own.
pub(crate) fn quiet_command(program: &Path) -> Command {
    Command::new(program)
}

/// The name by which OpenCV opens this file: here any.
#[expect(
    clippy::unnecessary_wraps,
    reason = "on Windows not every file has such a name"
)]
pub(crate) fn name_for_opencv(path: &Path) -> Option<&OsStr> {
    Some(path.as_os_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_listed_by_number_without_the_nodes_that_give_no_picture() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        for (node, index, name) in [
            ("video2", "0\n", "Desk camera\n"),
            ("video0", "0\n", "Lid camera\n"),
            ("video1", "1\n", "Lid camera\n"),
            ("radio0", "0\n", "no camera\n"),
        ] {
            std::fs::create_dir(folder.path().join(node))?;
            std::fs::write(folder.path().join(node).join("index"), index)?;
            std::fs::write(folder.path().join(node).join("name"), name)?;
        }
        let found = cameras_in(folder.path());
        let found: Vec<(u32, &str)> = found.iter().map(|c| (c.index, c.name.as_str())).collect();
        assert_eq!(found, [(0, "Lid camera"), (2, "Desk camera")]);
        assert!(cameras_in(&folder.path().join("not there")).is_empty());
        Ok(())
    }
}
