//! The command line of bubblewrap: what exists inside.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::devices::Devices;
use super::home;
use super::spec::Spec;
use super::system;

/// Where the launcher and its orders lie inside.
pub(crate) const INSIDE: &str = "/.leadforge";

/// Where the folder with the proxy's socket lies inside.
pub(crate) const PROXY: &str = "/.leadforge/proxy";

/// What the launcher prepared on the outside.
pub(crate) struct Prepared<'a> {
    pub(crate) bwrap: &'a Path,
    pub(crate) launcher: &'a Path,
    pub(crate) order: &'a Path,
    /// Folder with the made-up files of `/etc`.
    pub(crate) etc: &'a Path,
    pub(crate) home: &'a Path,
    pub(crate) temporary: &'a Path,
    /// Device files of our own, as root.
    pub(crate) devices: Option<&'a Devices>,
    /// Folder with the proxy's socket, which is named [`PROXY`] inside.
    pub(crate) proxy: Option<&'a Path>,
}

/// Program and arguments, up to and including the inner stage.
pub(crate) fn arguments(spec: &Spec, with: &Prepared<'_>) -> Vec<OsString> {
    let mut line = Line(vec![with.bwrap.into()]);
    for flag in [
        "--unshare-user",
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
    ] {
        line.flag(flag);
    }
    line.words(["--hostname", "sandbox"]).words(["--cap-drop", "ALL"]);
    for folder in system::FOLDERS {
        line.system(Path::new(folder));
    }
    for file in system::ETC {
        line.system(Path::new(file));
    }
    line.words(["--proc", "/proc"]).words(["--dev", "/dev"]);
    let shared = (spec.limits.memory_bytes / 4).to_string();
    line.words(["--size", &shared]).words(["--tmpfs", "/dev/shm"]);
    if let Some(own) = with.devices {
        for device in system::DEVICES.iter().map(Path::new) {
            line.pair("--dev-bind", &own.file(device), device);
        }
        line.words(["--remount-ro", "/dev/tty"]);
    }
    line.words(["--remount-ro", "/dev"]);
    // For root, who owns them, the kernel's settings would be writable even without capabilities.
    line.words(["--remount-ro", "/proc"]);
    line.read_only(Path::new(system::CPU), Path::new(system::CPU));
    line.words(["--size", &shared]).words(["--tmpfs", "/tmp"]);
    for name in fs::read_dir(with.etc).into_iter().flatten().flatten() {
        line.read_only(&name.path(), &Path::new("/etc").join(name.file_name()));
    }
    for path in &spec.readable {
        line.read_only(path, path);
    }
    let writable = spec.writable.iter().map(PathBuf::as_path);
    for path in [spec.tree.as_path(), with.home, with.temporary].into_iter().chain(writable) {
        line.pair("--bind", path, path);
    }
    for (from, place) in home::placed(&spec.readable) {
        line.read_only(from, &with.home.join(place));
    }
    let inside = Path::new(INSIDE);
    line.read_only(with.launcher, &inside.join("launcher"));
    line.read_only(with.order, &inside.join("order"));
    if let Some(proxy) = with.proxy {
        line.read_only(proxy, Path::new(PROXY));
    }
    line.words(["--remount-ro", "/"]).words(["--chdir", "/"]).flag("--");
    line.flag(&format!("{INSIDE}/launcher")).flag(crate::launch::VERB).flag("exec");
    line.flag(&format!("{INSIDE}/order"));
    line.0
}

struct Line(Vec<OsString>);

impl Line {
    fn flag(&mut self, flag: &str) -> &mut Self {
        self.0.push(flag.into());
        self
    }

    fn words(&mut self, words: [&str; 2]) -> &mut Self {
        self.0.extend(words.map(OsString::from));
        self
    }

    fn pair(&mut self, flag: &str, from: &Path, to: &Path) -> &mut Self {
        self.0.extend([flag.into(), from.into(), to.into()]);
        self
    }

    fn read_only(&mut self, from: &Path, to: &Path) -> &mut Self {
        self.pair("--ro-bind-try", from, to)
    }

    /// A folder or file of the system; links such as `/bin` stay links.
    fn system(&mut self, path: &Path) -> &mut Self {
        match fs::read_link(path) {
            Ok(target) if path.parent() == Some(Path::new("/")) => {
                self.pair("--symlink", &target, path)
            }
            _ if path.exists() => self.read_only(path, path),
            _ => self,
        }
    }
}
