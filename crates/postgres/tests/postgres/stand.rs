//! What a test stands on: a throw-away data directory with a cluster in it, and eyes for processes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use ombor_postgres::{Attached, Error, Limits, Options, Step, attach, bundle};
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Ten times what the slowest thing that is waited for should take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A data directory of its own. Its server is stopped and the directory removed when it is dropped.
pub struct Stand {
    pub options: Options,
    _folder: TempDir,
}

impl Stand {
    /// Without a cluster.
    pub fn empty() -> Self {
        Self::below("data", "run")
    }

    /// Without a cluster, with these names for the data and runtime directories.
    pub fn below(data: &str, runtime: &str) -> Self {
        let folder = scratch();
        let options = Options {
            data_dir: folder.path().join(data),
            runtime_dir: Some(folder.path().join(runtime)),
            bin_dir: bundle::find(None).expect("installer/fetch-postgres brings the programs"),
            database: "ombor".to_owned(),
            logins: vec!["ombor_app".to_owned(), "ombor_test".to_owned()],
            bootstrap_sql:
                "CREATE ROLE ombor_owner NOLOGIN; CREATE ROLE ombor_test SUPERUSER LOGIN;"
                    .to_owned(),
            supervisor: PathBuf::from(env!("CARGO_BIN_EXE_ombor-pgd")),
            limits: Limits {
                ballast_bytes: 0,
                ..Limits::default()
            },
        };
        Self {
            options,
            _folder: folder,
        }
    }

    /// With a cluster, copied from one that was made once.
    pub async fn with_cluster() -> Self {
        let stand = Self::empty();
        stand.copy_cluster().await;
        stand
    }

    /// Copies a whole cluster into the data directory.
    pub async fn copy_cluster(&self) {
        static TEMPLATE: OnceCell<PathBuf> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let stand = Self::empty();
                drop(stand.attach().await.unwrap());
                stand.wait_until_deserted().await;
                let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster");
                let _ = std::fs::remove_dir_all(&kept);
                copy_tree(&stand.cluster(), &kept);
                kept
            })
            .await;
        std::fs::create_dir_all(&self.options.data_dir).unwrap();
        copy_tree(template, &self.cluster());
    }

    pub async fn attach(&self) -> Result<Attached, Error> {
        attach(&self.options, |_| {}).await
    }

    pub fn cluster(&self) -> PathBuf {
        self.options.data_dir.join("cluster")
    }

    pub fn quarantine(&self) -> Vec<PathBuf> {
        entries(&self.options.data_dir.join("quarantine"))
    }

    /// The process of the server, from its pid file.
    pub fn server(&self) -> Process {
        let text = std::fs::read_to_string(self.cluster().join("postmaster.pid")).unwrap();
        Process(text.lines().next().unwrap().parse().unwrap())
    }

    /// The helper's process, from the lock file.
    pub fn supervisor(&self) -> Process {
        Process(
            std::fs::read_to_string(self.options.data_dir.join("server.lock"))
                .unwrap()
                .parse()
                .unwrap(),
        )
    }

    /// Waits until nobody owns the data directory; no server works in it then.
    pub async fn wait_until_deserted(&self) {
        let lock = self.lock().unwrap();
        let let_go = tokio::task::spawn_blocking(move || lock.lock());
        tokio::time::timeout(PATIENCE, let_go)
            .await
            .expect("the helper lets go")
            .unwrap()
            .unwrap();
        // The children of a killed server end by themselves when they notice that it is gone.
        eventually("no process is left behind", || {
            Process::working_below(&self.options.data_dir)
                .is_empty()
                .then_some(())
        })
        .await;
    }

    fn lock(&self) -> std::io::Result<std::fs::File> {
        std::fs::File::open(self.options.data_dir.join("server.lock"))
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        let Ok(lock) = self.lock() else { return };
        if lock.try_lock().is_err() {
            self.supervisor().signal(Signal::TERM);
            let _ = lock.lock();
        }
        for process in Process::working_below(&self.options.data_dir) {
            process.signal(Signal::QUIT);
        }
    }
}

/// A process of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process(pub i32);

impl Process {
    pub fn signal(self, signal: Signal) {
        let _ = kill_process(Pid::from_raw(self.0).unwrap(), signal);
    }

    /// Whether it runs; one that only waits to be reaped does not.
    pub fn lives(self) -> bool {
        self.status("State")
            .is_some_and(|state| !state.starts_with('Z'))
    }

    /// A field of its status file.
    pub fn status(self, field: &str) -> Option<String> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.0)).ok()?;
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
        Some(line.trim().to_owned())
    }

    pub fn parent(self) -> Self {
        Self(self.status("PPid").unwrap().parse().unwrap())
    }

    pub fn children(self) -> Vec<Self> {
        Self::all()
            .filter(|process| process.status("PPid") == Some(self.0.to_string()))
            .collect()
    }

    /// All processes whose working directory is `folder` or below it.
    pub fn working_below(folder: &Path) -> Vec<Self> {
        let Ok(folder) = folder.canonicalize() else {
            return Vec::new();
        };
        let works = |process: &Self| {
            std::fs::read_link(format!("/proc/{}/cwd", process.0))
                .is_ok_and(|path| path.starts_with(&folder))
        };
        Self::all().filter(works).collect()
    }

    fn all() -> impl Iterator<Item = Self> {
        let processes = std::fs::read_dir("/proc").unwrap();
        processes.filter_map(|entry| Some(Self(entry.ok()?.file_name().to_str()?.parse().ok()?)))
    }
}

/// Sends a signal to each of them.
pub fn signal_all(processes: &[Process], signal: Signal) {
    for process in processes {
        process.signal(signal);
    }
}

/// Looks again and again until something is seen.
pub async fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let looking = async {
        let mut looks = tokio::time::interval(Duration::from_millis(2));
        loop {
            looks.tick().await;
            if let Some(seen) = look() {
                return seen;
            }
        }
    };
    let Ok(seen) = tokio::time::timeout(PATIENCE, looking).await else {
        panic!("not seen: {what}")
    };
    seen
}

/// A connection with all rights.
pub async fn connect(attached: &Attached) -> PgConnection {
    attached
        .connect_options("ombor_test")
        .unwrap()
        .connect()
        .await
        .unwrap()
}

/// The answer to a question with one text as its answer.
pub async fn ask(connection: &mut PgConnection, question: &'static str) -> String {
    sqlx::query_scalar(question)
        .fetch_one(connection)
        .await
        .unwrap()
}

/// The steps of a start as they are reported.
pub async fn attach_with_steps(stand: &Stand) -> (Result<Attached, Error>, Vec<Step>) {
    let steps = std::sync::Mutex::new(Vec::new());
    let attached = attach(&stand.options, |step| steps.lock().unwrap().push(step)).await;
    (attached, steps.into_inner().unwrap())
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Runs a program of the server's on the cluster, as an account that it accepts.
pub fn server_program(stand: &Stand, name: &str) -> Command {
    let program = stand.options.bin_dir.join(name);
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-user=1", "--map-group=1", "--"])
        .arg(program);
    command
}

/// A folder in memory where there is plenty of it, for a cluster is a thousand files; else on the disk.
fn scratch() -> TempDir {
    const MEMORY: &str = "/dev/shm";
    const PLENTY: u64 = 4 * 1024 * 1024 * 1024;
    let fits = rustix::fs::statvfs(MEMORY).is_ok_and(|memory| {
        let runs_programs = !memory
            .f_flag
            .contains(rustix::fs::StatVfsMountFlags::NOEXEC);
        runs_programs && memory.f_bavail * memory.f_frsize > PLENTY
    });
    if fits {
        tempfile::tempdir_in(MEMORY).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// The names in a folder that may be missing.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    std::fs::set_permissions(to, from.metadata().unwrap().permissions()).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
