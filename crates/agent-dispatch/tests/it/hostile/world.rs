//! What lies outside the sandbox in these tests, and whether it was touched.
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::OwnedFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, lchown};
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, net};

use leadforge_agent_dispatch::sandbox::{Kind, Launcher, Outcome, Spec};

/// The text that must be seen nowhere.
pub(crate) const CANARY: &str = "canary-5f0c1d";

/// Whom a plain user's tests run as.
const NOBODY: u32 = 65534;

/// What a thief looks for in a home, and in what LeadForge keeps of other attempts.
const TREASURES: &[&str] = &[
    ".ssh/id_ed25519",
    ".config/gh/hosts.yml",
    ".git-credentials",
    ".netrc",
    ".aws/credentials",
    ".npmrc",
    ".pypirc",
    ".docker/config.json",
    ".kube/config",
    ".cargo/credentials.toml",
    ".bash_history",
    ".claude/.credentials.json",
    ".codex/auth.json",
    ".gnupg/key",
    ".vault-token",
    "worktree/.env",
    "git/leadforge/queue.db",
    "git/leadforge/runs/r/events.log",
    "git/leadforge/runs/r/logs/lf-a.log",
    "git/leadforge/attempts/other/tree/found",
    "git/leadforge/attempts/other/private/config",
    "git/leadforge/cache/tool",
];

/// Where files are planted.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/etc", "/etc/cron.d", "/etc/profile.d",
    "/etc/systemd/system", "/usr/local/bin", "/usr/lib", "/", "/root", "/home", "/var/lib",
    "/var/log", "/opt", "/dev",
];

static SERIAL: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum User {
    Root,
    Plain,
}

impl User {
    /// As root both; else the one that we are.
    pub(crate) fn all() -> Vec<Self> {
        if rustix::process::geteuid().is_root() {
            vec![Self::Root, Self::Plain]
        } else {
            vec![Self::Plain]
        }
    }

    pub(crate) fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if self == Self::Plain && rustix::process::geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    fn own(self, path: &Path) {
        if self == Self::Plain && rustix::process::geteuid().is_root() {
            lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
}

pub(crate) struct World {
    pub(crate) user: User,
    pub(crate) dir: tempfile::TempDir,
    victim: Child,
    tcp: net::TcpListener,
    unix: UnixListener,
    datagram: UnixDatagram,
    hidden: UnixListener,
    hidden_datagram: UnixDatagram,
    hidden_name: String,
    key: u32,
    before: BTreeMap<PathBuf, String>,
    _leaked: OwnedFd,
}

impl World {
    pub(crate) fn new(user: User) -> Self {
        Self::with(user, Path::new(env!("CARGO_BIN_EXE_leadforge-launch")))
    }

    /// A world for bare attempts, in which a small file stands for the launcher.
    pub(crate) fn without_launcher(user: User) -> Self {
        Self::with(user, Path::new("/usr/bin/env"))
    }

    fn with(user: User, launcher: &Path) -> Self {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        // Not below `/tmp`, where each sandbox has a private folder of the same name to play in.
        let dir = tempfile::tempdir_in("/var/tmp").unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let at = |name: &str| dir.path().join(name);
        for folder in ["host/git/hooks", "host/git/objects/info", "host/git/refs", "tool"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for path in TREASURES {
            let path = at("host").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, format!("token = {CANARY}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        std::os::unix::fs::symlink(CANARY, at("host/link")).unwrap();
        for (name, text, mode) in [
            ("host/file", "kept\n".to_owned(), 0o644),
            ("host/secret", CANARY.to_owned(), 0o600),
            ("host/program", "#!/bin/sh\necho ran\n".to_owned(), 0o755),
            ("host/git/HEAD", "ref: refs/heads/main\n".to_owned(), 0o644),
            (
                "host/git/config",
                format!("[core]\n\trepositoryformatversion = 0\n[x]\n\ttoken = {CANARY}\n"),
                0o644,
            ),
            ("tool/compiler", "#!/bin/sh\n".to_owned(), 0o755),
        ] {
            fs::write(at(name), text).unwrap();
            fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
        }
        rustix::fs::setxattr(
            at("host/secret"),
            "user.token",
            CANARY.as_bytes(),
            rustix::fs::XattrFlags::empty(),
        )
        .unwrap();
        // A copy, so that an attempt that changes it hurts nobody else.
        // By another process: one that this one forked meanwhile may hold a file that it wrote open.
        let copied = Command::new("cp").arg(launcher).arg(at("launcher")).status();
        assert!(copied.unwrap().success(), "the launcher is copied");
        let tcp = net::TcpListener::bind("127.0.0.1:0").unwrap();
        let unix = UnixListener::bind(at("host/sock")).unwrap();
        let datagram = UnixDatagram::bind(at("host/dsock")).unwrap();
        let hidden_name = format!("leadforge-hostile-{}-{serial}", std::process::id());
        let address = SocketAddr::from_abstract_name(&hidden_name).unwrap();
        let hidden = UnixListener::bind_addr(&address).unwrap();
        let address = SocketAddr::from_abstract_name(format!("{hidden_name}-d")).unwrap();
        let hidden_datagram = UnixDatagram::bind_addr(&address).unwrap();
        hidden_datagram.set_nonblocking(true).unwrap();
        tcp.set_nonblocking(true).unwrap();
        unix.set_nonblocking(true).unwrap();
        datagram.set_nonblocking(true).unwrap();
        hidden.set_nonblocking(true).unwrap();
        for path in walk(dir.path()) {
            user.own(&path);
        }
        let key = std::process::id() * 16 + serial;
        let mut victim = user
            .command("/usr/bin/python3")
            .args(["-I", "-c", include_str!("victim.py")])
            .arg(key.to_string())
            .current_dir(at("host"))
            .env_clear()
            .env("CANARY", CANARY)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        BufReader::new(victim.stdout.as_mut().unwrap()).read_line(&mut String::new()).unwrap();
        // What a careless parent leaves open for its children.
        let leaked: OwnedFd = fs::File::open(at("host")).unwrap().into();
        rustix::io::fcntl_setfd(&leaked, rustix::io::FdFlags::empty()).unwrap();
        Self {
            user,
            dir,
            victim,
            tcp,
            unix,
            datagram,
            hidden,
            hidden_datagram,
            hidden_name,
            key,
            before: BTreeMap::new(),
            _leaked: leaked,
        }
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn launcher(&self) -> Launcher {
        Launcher::new(self.at("launcher"))
    }

    /// A new tree with a private git directory, a scratch folder and a log.
    pub(crate) fn spec(&mut self, kind: Kind, script: &str) -> Spec {
        let text = format!(
            "{}\ndef go():\n    {}\nmain(go)\n",
            include_str!("prelude.py"),
            script.trim().replace('\n', "\n    ")
        );
        self.place(kind, &text)
    }

    /// The same for cases of the corpus, one after the other.
    pub(crate) fn cases(&mut self, kind: Kind, ids: &[String]) -> Spec {
        let mut spec = self.place(kind, &super::corpus::program(ids));
        // Hundreds of them, on a machine that others use as well.
        spec.limits.wall = std::time::Duration::from_secs(600);
        spec
    }

    fn place(&mut self, kind: Kind, program: &str) -> Spec {
        self.before = self.facts();
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let place = self.at(&format!("case-{serial}"));
        for folder in ["", "tree", "scratch", "private"] {
            fs::create_dir(place.join(folder)).unwrap();
        }
        let tree = place.join("tree");
        fs::write(tree.join(".git"), format!("gitdir: {}\n", place.join("private").display()))
            .unwrap();
        fs::write(tree.join("case.py"), program).unwrap();
        for path in walk(&place) {
            self.user.own(&path);
        }
        // Of another test's none is the beginning.
        let token = format!("lf-token-{}-{serial}-", std::process::id());
        let mut spec = Spec::new(kind, &tree, ["/usr/bin/python3", "-I", "case.py", &token]);
        spec.scratch = place.join("scratch");
        spec.log = place.join("log");
        spec.readable = vec![self.at("tool"), self.at("host/git/objects")];
        spec.writable = vec![place.join("private")];
        spec.session = "hostile".into();
        spec.limits.wall = std::time::Duration::from_secs(30);
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let env = [
            ("FILE", text(&self.at("host/file"))),
            ("SECRET", text(&self.at("host/secret"))),
            ("HOST", text(&self.at("host"))),
            ("PROGRAM", text(&self.at("host/program"))),
            ("GIT", text(&self.at("host/git"))),
            ("TOOL", text(&self.at("tool/compiler"))),
            ("LAUNCHER", text(&self.at("launcher"))),
            ("TREE", text(&tree)),
            ("SCRATCH", text(&spec.scratch)),
            ("LOG", text(&spec.log)),
            ("PORT", self.tcp.local_addr().unwrap().port().to_string()),
            ("SOCK", text(&self.at("host/sock"))),
            ("DSOCK", text(&self.at("host/dsock"))),
            ("ABSTRACT", self.hidden_name.clone()),
            ("VICTIM", self.victim.id().to_string()),
            ("SHM", self.key.to_string()),
            ("MARK", self.mark()),
            ("TOKEN", token),
            ("KIND", kind.name().to_owned()),
            ("USER_IS", if self.user == User::Root { "root" } else { "plain" }.to_owned()),
        ];
        spec.env = env.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
        spec
    }

    /// Runs a spec as the user of this world, through the launcher's own protocol.
    pub(crate) fn run(&self, spec: &Spec) -> Result<Outcome, String> {
        self.run_without(spec, "")
    }

    /// The same with one layer of the fence left out: one of `off.py`, or the namespaces.
    pub(crate) fn run_without(&self, spec: &Spec, layer: &str) -> Result<Outcome, String> {
        let mut launcher = self.launcher();
        if layer == "namespaces" {
            let stand_in = self.at("bwrap");
            if !stand_in.exists() {
                crate::sandbox::executable(&stand_in, include_str!("no_namespaces.sh"));
            }
            launcher.bwrap = Some(stand_in);
        }
        let order = serde_json::json!({ "spec": spec, "launcher": launcher });
        let mut command = if matches!(layer, "" | "namespaces") {
            self.user.command(self.at("launcher"))
        } else {
            let mut python = self.user.command("/usr/bin/python3");
            python.args(["-I", "-c", include_str!("off.py"), layer]).arg(self.at("launcher"));
            python
        };
        let mut child = command
            .args(["__sandbox", "launch"])
            .current_dir("/")
            .envs(self.careless())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lifeline = child.stdin.take().unwrap();
        lifeline.write_all(format!("{order}\n").as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        drop(lifeline);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("{error}: {output:?}"))?;
        match answer.get("ended") {
            Some(outcome) => Ok(serde_json::from_value(outcome.clone()).unwrap()),
            None => Err(answer.to_string()),
        }
    }

    /// Variables that a careless user's shell holds.
    fn careless(&self) -> [(&'static str, String); 3] {
        let socket = self.at("host/sock").display().to_string();
        [("LEAK", CANARY.into()), ("GH_TOKEN", CANARY.into()), ("SSH_AUTH_SOCK", socket)]
    }

    /// What the names of files planted anywhere on the machine begin with.
    fn mark(&self) -> String {
        format!("leadforge-hostile-plant-{}", self.key)
    }

    /// The names of the cases that planted a file; the files are removed.
    pub(crate) fn planted(&self) -> Vec<String> {
        let mark = self.mark() + "-";
        let lists = PLACES.iter().filter_map(|place| fs::read_dir(place).ok());
        let files = lists.flatten().flatten().map(|entry| entry.path());
        let ours = files.filter_map(|path| {
            let name = path.file_name()?.to_str()?.strip_prefix(&mark)?.to_owned();
            fs::remove_file(&path).unwrap();
            Some(name)
        });
        ours.collect()
    }

    /// Runs the same command with nothing around it.
    pub(crate) fn bare(&self, spec: &Spec) {
        let log = fs::File::create(&spec.log).unwrap();
        self.user.own(&spec.log);
        self.user
            .command(&spec.command[0])
            .args(&spec.command[1..])
            .current_dir(&spec.tree)
            .env_clear()
            .envs(&spec.env)
            .envs(self.careless())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .process_group(0)
            .status()
            .unwrap();
    }

    /// Everything outside that changed, was reached or was seen; empty when the fence held.
    pub(crate) fn escapes(&mut self, spec: &Spec, log: &str) -> Vec<String> {
        told(log).into_iter().chain(self.touched(spec)).collect()
    }

    /// Everything outside that changed or was reached, whatever the command says.
    pub(crate) fn touched(&mut self, spec: &Spec) -> Vec<String> {
        let mut found = Vec::new();
        if contains(&spec.tree, CANARY) {
            found.push("the canary is in the tree".to_owned());
        }
        if self.tcp.accept().is_ok() || self.unix.accept().is_ok() || self.hidden.accept().is_ok() {
            found.push("a connection was made".to_owned());
        }
        let datagrams = [&self.datagram, &self.hidden_datagram];
        if datagrams.iter().any(|socket| socket.recv(&mut [0; 16]).is_ok()) {
            found.push("a datagram arrived".to_owned());
        }
        found.extend(self.planted().into_iter().map(|name| format!("plant/{name} is there")));
        let now = self.facts();
        for (path, fact) in &self.before {
            if now.get(path) != Some(fact) {
                found.push(format!("{} changed: {fact} to {:?}", path.display(), now.get(path)));
            }
        }
        found.extend(
            now.keys()
                .filter(|p| !self.before.contains_key(*p))
                .map(|p| format!("{} is new", p.display())),
        );
        let token = spec.command.last().unwrap().to_str().unwrap();
        let left = processes(token);
        if !left.is_empty() {
            found.push(format!("processes are left: {left:?}"));
        }
        // A process shows its arguments a moment after it has begun.
        let mut list = left;
        while !list.is_empty() {
            for pid in list {
                let pid = rustix::process::Pid::from_raw(pid).unwrap();
                let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            list = processes(token);
        }
        if let Some(status) = self.victim.try_wait().unwrap() {
            found.push(format!("the victim ended: {status}"));
        }
        found
    }

    /// What can be known about what lies outside.
    fn facts(&self) -> BTreeMap<PathBuf, String> {
        let mut all = BTreeMap::new();
        let tops = ["host", "tool", "launcher"].map(|name| self.at(name));
        let machine = ["/dev/null", "/dev/zero", "/usr/bin/env", "/etc/passwd"].map(PathBuf::from);
        for path in tops.iter().flat_map(|top| walk(top)).chain(machine) {
            let data = fs::symlink_metadata(&path).unwrap();
            // A program's change is told by its time.
            let text = if data.is_file() && data.len() < 1 << 16 {
                String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()
            } else {
                data.len().to_string()
            };
            let fact = format!(
                "{:o} {}:{} {} links {:?}, changed {}.{}",
                data.mode(),
                data.uid(),
                data.gid(),
                data.nlink(),
                text,
                data.ctime(),
                data.ctime_nsec(),
            );
            all.insert(path, fact);
        }
        let pid = self.victim.id();
        for name in ["stat", "limits", "cgroup"] {
            let text = fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap_or_default();
            // Of the statistics: priority and nice value.
            let text = if name == "stat" {
                let rest = text.rsplit(") ").next().unwrap().to_owned();
                rest.split(' ').skip(15).take(2).collect::<Vec<_>>().join(" ")
            } else {
                text
            };
            all.insert(format!("/proc/victim/{name}").into(), text);
        }
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let cpus = status.lines().find(|line| line.starts_with("Cpus_allowed:"));
        all.insert("/proc/victim/cpus".into(), cpus.unwrap_or_default().to_owned());
        all
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // An attempt to trace it may have left it stopped.
        let pid = rustix::process::Pid::from_child(&self.victim);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::CONT);
        drop(self.victim.stdin.take());
        let _ = self.victim.wait();
    }
}

/// What the output of a command says of its success.
pub(crate) fn told(log: &str) -> Option<String> {
    if log.contains(CANARY) {
        return Some("the canary was seen".to_owned());
    }
    log.contains("ESCAPED").then(|| "the command says so".to_owned())
}

/// Every path at and below `top`, links not followed.
fn walk(top: &Path) -> Vec<PathBuf> {
    let Ok(data) = fs::symlink_metadata(top) else { return Vec::new() };
    let mut all = vec![top.to_owned()];
    if data.is_dir() {
        for entry in fs::read_dir(top).unwrap() {
            all.extend(walk(&entry.unwrap().path()));
        }
    }
    all
}

/// Whether any file below `tree` but the case itself holds `text`.
fn contains(tree: &Path, text: &str) -> bool {
    tree.exists()
        && walk(tree).iter().any(|path| {
            fs::symlink_metadata(path).is_ok_and(|data| data.is_file())
                && fs::read(path)
                    .is_ok_and(|bytes| bytes.windows(text.len()).any(|w| w == text.as_bytes()))
        })
}

/// Processes with `token` among their arguments.
pub(crate) fn processes(token: &str) -> Vec<i32> {
    let list = fs::read_dir("/proc").unwrap().flatten();
    list.filter_map(|entry| {
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let line = fs::read(entry.path().join("cmdline")).ok()?;
        let ours = line.windows(token.len()).any(|window| window == token.as_bytes());
        ours.then_some(pid)
    })
    .collect()
}
