//! What Chromium is started with, and what exists around it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::Error;
use super::{App, Browser, Fence};

/// Where Chromium is looked for: the program itself before its wrapper, never `PATH`.
const CHROMIUM: &[&str] = &[
    "/usr/lib/chromium/chromium",
    "/usr/lib64/chromium-browser/chromium-browser",
    "/usr/lib/chromium-browser/chromium-browser",
    "/opt/google/chrome/chrome",
    "/opt/chromium.org/chromium/chrome",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

/// Where bubblewrap is looked for.
const BWRAP: &[&str] = &["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"];

/// Folders with programs and libraries, and links to such.
const SYSTEM: &[&str] = &["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store"];

/// What of `/etc` shows text: nothing that names a secret, a host or a person.
const ETC: &[&str] = &[
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ssl/certs",
];

/// What an app may read besides: which interpreter and libraries it is started with.
const OF_APPS: &[&str] =
    &["/etc/python3", "/etc/java", "/etc/ssl", "/etc/mime.types", "/etc/os-release"];

/// How every Chromium is started: nothing of its own on the screen, nothing asked of the network.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-breakpad",
    // A part that changed is drawn anew as a whole: what was drawn before must not show in its edges.
    "--disable-checker-imaging",
    "--disable-image-animation-resync",
    "--disable-low-res-tiling",
    "--disable-new-content-rendering-timeout",
    "--disable-partial-raster",
    "--disable-threaded-animation",
    "--disable-threaded-scrolling",
    "--num-raster-threads=1",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-ipc-flooding-protection",
    "--disable-popup-blocking",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-site-isolation-trials",
    "--disable-sync",
    "--disable-features=MediaRouter,DialMediaRouteProvider,Translate,OptimizationHints,IsolateOrigins,site-per-process,PaintHolding,AcceptCHFrame",
    "--blink-settings=lazyLoadEnabled=false,imageAnimationPolicy=2",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-pings",
    "--no-startup-window",
    "--no-proxy-server",
    "--password-store=basic",
    "--run-all-compositor-stages-before-draw",
    "--use-mock-keychain",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
];

/// The two pipes become what Chromium expects them to be: numbers 3 and 4. The app has neither.
const SHELL: &str = r#"if [ -n "$1" ]; then (cd "$2" && exec /bin/sh -c "$1") </dev/null >&2 & fi
shift 2; exec "$@" 3<&0 4>&1 0</dev/null 1>&2"#;

/// Chromium's program on this machine.
pub(super) fn chromium(browser: &Browser) -> Result<PathBuf, Error> {
    let looked: Vec<PathBuf> = match &browser.program {
        Some(path) => vec![path.clone()],
        None => CHROMIUM.iter().map(PathBuf::from).collect(),
    };
    let Some(path) = looked.iter().find(|path| path.is_file()) else {
        let snap = Path::new("/snap/bin/chromium");
        return Err(match browser.program.is_none() && snap.exists() {
            true => Error::Snap { path: snap.to_owned() },
            false => Error::Missing { looked },
        });
    };
    // Ubuntu's package is a script or a link that starts the snap.
    let real = path.canonicalize().map_err(|source| Error::Start { path: path.clone(), source })?;
    if real.starts_with("/snap") || real.ends_with("bin/snap") || starts_a_snap(&real) {
        return Err(Error::Snap { path: path.clone() });
    }
    Ok(path.clone())
}

fn starts_a_snap(path: &Path) -> bool {
    let small = path.metadata().is_ok_and(|data| data.len() < 64 << 10);
    small
        && std::fs::read(path).is_ok_and(|text| text.windows(10).any(|part| part == b"/snap/bin/"))
}

/// The command that starts Chromium; `nested` says whether its own sandbox is raised inside of ours.
pub(super) fn command(browser: &Browser, nested: bool) -> Result<Command, Error> {
    let program = chromium(browser)?;
    let mut line = match browser.fence {
        Fence::Bubblewrap => inside(browser, &program)?,
        Fence::None { .. } => outside()?,
    };
    let nothing = (OsString::new(), OsString::new());
    let (app, folder) = browser.app.as_ref().map_or(nothing, |App { command, folder, .. }| {
        (OsString::from(command), folder.clone().into_os_string())
    });
    line.words(["/bin/sh", "-c", SHELL, "sh"]).word(&app).word(&folder).word(&program);
    line.words(FLAGS.iter().copied());
    let mut profile = OsString::from("--user-data-dir=");
    match &browser.fence {
        Fence::Bubblewrap => profile.push("/tmp/profile"),
        Fence::None { profile: place } => profile.push(place),
    }
    line.word(&profile);
    if !nested || matches!(browser.fence, Fence::None { .. }) {
        line.words(["--no-sandbox"]);
    }
    let mut words = line.0.into_iter();
    let mut command = Command::new(words.next().expect("a line begins with its program"));
    command.args(words).env_clear().current_dir("/");
    if let Fence::None { profile } = &browser.fence {
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("TZ", "UTC").env("LANG", "C.UTF-8");
        // Chromium makes a home that is not there, anywhere it may.
        command.env("HOME", profile);
    }
    Ok(command)
}

/// Namespaces of its own: no route, no other process, a file system that can only be read, and a
/// folder for its profile that is gone with it.
fn inside(browser: &Browser, program: &Path) -> Result<Line, Error> {
    let given = browser.bubblewrap.iter().cloned();
    let places = BWRAP.iter().map(PathBuf::from);
    let bwrap = match &browser.bubblewrap {
        Some(_) => given.into_iter().find(|path| path.is_file()),
        None => places.into_iter().find(|path| path.is_file()),
    };
    let bwrap =
        bwrap.ok_or_else(|| Error::Fence { reason: "bubblewrap is not installed".to_owned() })?;
    let mut line = Line(vec![bwrap.into_os_string()]);
    line.words(["--unshare-user", "--uid", "1000", "--gid", "1000"]);
    line.words(["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]);
    line.words(["--unshare-cgroup-try", "--die-with-parent", "--new-session"]);
    line.words(["--hostname", "capture", "--cap-drop", "ALL"]);
    for folder in SYSTEM.iter().map(Path::new) {
        line.system(folder);
    }
    for file in ETC {
        line.readable(Path::new(file));
    }
    line.words(["--proc", "/proc", "--dev", "/dev"]);
    line.words(["--size", "1073741824", "--tmpfs", "/tmp", "--dir", "/tmp/home"]);
    let own = program.parent().filter(|own| !own.starts_with("/usr"));
    if let Some(own) = own.filter(|own| own.parent().is_some()) {
        line.readable(own);
    }
    if let Some(app) = &browser.app {
        for file in OF_APPS {
            line.readable(Path::new(file));
        }
        line.readable(&app.folder);
        for folder in &app.readable {
            line.readable(folder);
        }
    }
    line.words(["--remount-ro", "/", "--clearenv"]);
    for (name, value) in [
        ("HOME", "/tmp/home"),
        ("LANG", "C.UTF-8"),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
        ("TZ", "UTC"),
        ("TMPDIR", "/tmp"),
    ] {
        line.words(["--setenv", name, value]);
    }
    line.words(["--chdir", "/tmp", "--"]);
    Ok(line)
}

/// No fence, but the kernel's promise that Chromium ends when we do.
fn outside() -> Result<Line, Error> {
    let setpriv = Path::new("/usr/bin/setpriv");
    if !setpriv.is_file() {
        return Err(Error::Fence { reason: "setpriv (util-linux) is not installed".to_owned() });
    }
    let mut line = Line(vec![setpriv.into()]);
    line.words(["--pdeathsig", "KILL", "--"]);
    Ok(line)
}

struct Line(Vec<OsString>);

impl Line {
    fn words<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) -> &mut Self {
        self.0.extend(words.into_iter().map(OsString::from));
        self
    }

    fn word(&mut self, word: &(impl AsRef<OsStr> + ?Sized)) -> &mut Self {
        self.0.push(word.as_ref().to_owned());
        self
    }

    fn readable(&mut self, path: &Path) -> &mut Self {
        self.words(["--ro-bind-try"]).word(path).word(path)
    }

    /// A folder of the system; links such as `/bin` stay links.
    fn system(&mut self, path: &Path) -> &mut Self {
        match std::fs::read_link(path) {
            Ok(target) => self.words(["--symlink"]).word(&target).word(path),
            Err(_) => self.readable(path),
        }
    }
}
