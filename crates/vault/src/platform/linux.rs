//! Linux: mounted media, the machine's identity file.

use std::path::{Path, PathBuf};

/// Where desktops and administrators mount what is plugged in.
const MEDIA: &[&str] = &["/media/", "/run/media/", "/mnt/"];

/// The disks that are plugged in now, by the folder in which each shows.
pub fn external_disks() -> Vec<PathBuf> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    mounted_media(&mounts)
}

fn mounted_media(mounts: &str) -> Vec<PathBuf> {
    let places = mounts.lines().filter_map(|line| line.split(' ').nth(1));
    places
        .filter(|place| MEDIA.iter().any(|media| place.starts_with(media)))
        .map(|place| PathBuf::from(unescaped(place)))
        .collect()
}

/// The kernel writes a blank in a path as `\040`.
fn unescaped(place: &str) -> String {
    place.replace("\\040", " ").replace("\\011", "\t")
}

/// What tells this computer from another; `None` where nothing does.
pub(crate) fn machine() -> Option<String> {
    let said = std::fs::read_to_string(Path::new("/etc/machine-id")).ok()?;
    let said = said.trim();
    (!said.is_empty()).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_stick_is_found_by_its_name_with_blanks() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/aziza/My\\040Stick vfat rw 0 0\n";
        let found = mounted_media(mounts);
        assert_eq!(found, [PathBuf::from("/media/aziza/My Stick")]);
    }
}
