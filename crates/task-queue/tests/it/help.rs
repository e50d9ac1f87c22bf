//! Small queues, holders and moments for the other tests.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use leadforge_task_queue::{
    ClaimOutcome, ClaimRequest, Completion, Error, History, Holder, Lease, Life, Liveness, Now,
    QUEUE_DIR, Queue, Task, TaskId,
};

pub(crate) fn id(text: &str) -> TaskId {
    TaskId::parse(text).expect("the test's id is fine")
}

/// A pending file with this front matter below a title.
pub(crate) fn file(front: &str) -> String {
    format!("+++\ntitle = \"A task\"\n{front}+++\nDo it.\n")
}

pub(crate) fn queue(files: &[(&str, &str)]) -> Queue {
    let files = files.iter().map(|(name, front)| (format!("pending/{name}.md"), file(front)));
    Queue::from_files(files).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn done(epoch: u64) -> Completion {
    Completion {
        epoch,
        session: "s".into(),
        agent: "shell".into(),
        commit: "c0ffee".into(),
        tree: "facade".into(),
        started_ms: 1_700_000_000_000,
        ended_ms: 1_700_000_001_500,
        ..Completion::default()
    }
}

/// A checkout with a queue in it.
pub(crate) struct Checkout {
    pub(crate) dir: tempfile::TempDir,
}

impl Checkout {
    pub(crate) fn new() -> Self {
        let checkout = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        for folder in ["pending", "completed"] {
            std::fs::create_dir_all(checkout.root().join(folder)).expect("a folder");
        }
        checkout
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join(QUEUE_DIR)
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.dir.path().join("git/leadforge")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("a file");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("the file was there");
    }

    pub(crate) fn complete(&self, name: &str, epoch: u64) {
        let from = format!("pending/{name}.md");
        let mut task = read(&self.path(&from));
        task.done = Some(done(epoch));
        self.write(&format!("completed/{name}.md"), task.to_bytes());
        self.remove(&from);
    }

    /// Gives files and folders this age, as if nobody had been here for it.
    pub(crate) fn age(&self, seconds: u64) {
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds);
        for folder in ["pending", "completed"] {
            let folder = self.root().join(folder);
            for entry in std::fs::read_dir(&folder).expect("the folder").flatten() {
                set_time(&entry.path(), then);
            }
            set_time(&folder, then);
        }
    }
}

pub(crate) fn set_time(path: &Path, time: std::time::SystemTime) {
    let file = std::fs::File::open(path).expect("the file is there");
    file.set_modified(time).expect("its time can be set");
}

pub(crate) fn read(path: &Path) -> Task {
    let bytes = std::fs::read(path).expect("the file is there");
    Task::parse(&path.to_string_lossy(), &bytes).expect("the file is fine")
}

/// A world in which the test says who is dead and what time it is.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) unix_ms: u64,
    pub(crate) boot_ms: u64,
    pub(crate) boot_id: String,
    pub(crate) alive: RefCell<BTreeSet<u32>>,
    pub(crate) dead: RefCell<BTreeSet<u32>>,
}

impl World {
    pub(crate) fn new() -> Self {
        let unix_ms = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .expect("the clock is set")
            .as_millis()
            .try_into()
            .expect("a time of our age");
        Self { unix_ms, boot_ms: 1_000, boot_id: "boot1".into(), ..Self::default() }
    }

    pub(crate) fn now(&self) -> Now<'_> {
        Now { unix_ms: self.unix_ms, boot_id: &self.boot_id, boot_ms: self.boot_ms, liveness: self }
    }

    /// Time goes on for everybody.
    pub(crate) fn pass(&mut self, ms: u64) {
        self.unix_ms += ms;
        self.boot_ms += ms;
    }

    pub(crate) fn holder(&self, pid: u32) -> Holder {
        Holder { boot_id: self.boot_id.clone(), space: "s".into(), pid, pid_start: 7 }
    }
}

impl Liveness for World {
    fn life(&self, holder: &Holder) -> Life {
        if self.alive.borrow().contains(&holder.pid) {
            Life::Alive
        } else if self.dead.borrow().contains(&holder.pid) {
            Life::Dead
        } else {
            Life::Unknown
        }
    }
}

pub(crate) fn no_history(_: &TaskId) -> Result<History, Error> {
    Ok(History::default())
}

pub(crate) fn request(world: &World, session: &str) -> ClaimRequest<'static> {
    ClaimRequest::new("agent", session, world.holder(1), &no_history)
}

pub(crate) fn granted(outcome: ClaimOutcome) -> Lease {
    match outcome {
        ClaimOutcome::Granted(lease, task) => {
            assert_eq!(lease.task, task.id);
            lease
        }
        other => panic!("nothing was granted: {other:?}"),
    }
}

/// The reasons of a claim that got nothing, a line each.
pub(crate) fn refused(outcome: ClaimOutcome) -> String {
    match outcome {
        ClaimOutcome::Blocked(reasons) => {
            reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        ClaimOutcome::Empty => "empty".into(),
        ClaimOutcome::Granted(lease, _) => panic!("{} was granted", lease.task),
    }
}
