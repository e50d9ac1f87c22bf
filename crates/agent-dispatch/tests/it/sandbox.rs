//! The sandbox from outside: what a command gives back, and what bounds it.
use std::path::PathBuf;
use std::time::Duration;

use leadforge_agent_dispatch::sandbox::{
    Error, Kind, Launcher, Outcome, Reason, Running, Spec, detect, run, start, sweep, sweep_scratch,
};

use crate::hostile::world::processes;

pub(crate) fn launcher() -> Launcher {
    Launcher::new(env!("CARGO_BIN_EXE_leadforge-launch"))
}

/// A tree, a scratch folder and a log.
pub(crate) struct Place {
    pub(crate) dir: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["tree", "scratch"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        Self { dir }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn spec(&self, kind: Kind, script: &str) -> Spec {
        let mut spec = Spec::new(kind, self.path("tree"), ["/bin/sh", "-c", script]);
        spec.scratch = self.path("scratch");
        spec.log = self.path("log");
        spec.session = "test".into();
        spec.limits.wall = Duration::from_secs(60);
        spec
    }

    pub(crate) fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.path("log")).unwrap()).into_owned()
    }
}

const ALL: [Kind; 3] = [Kind::Bubblewrap, Kind::Landlock, Kind::None];

fn sh(kind: Kind, script: &str, change: impl FnOnce(&mut Spec)) -> (Outcome, String) {
    let place = Place::new();
    let mut spec = place.spec(kind, script);
    change(&mut spec);
    let outcome = run(&spec, &launcher()).unwrap();
    let left: Vec<_> = std::fs::read_dir(place.path("scratch")).unwrap().collect();
    assert!(left.is_empty(), "left in scratch: {left:?}");
    assert_eq!(outcome.survivors, 0);
    (outcome, place.log())
}

#[test]
fn output_and_exit_code_come_back() {
    for kind in ALL {
        let (outcome, log) = sh(kind, "echo out; echo err >&2; echo x > made; exit 7", |_| {});
        assert_eq!((outcome.reason, outcome.exit), (Reason::Exited, Some(7)), "{kind}: {log}");
        assert_eq!(log, "out\nerr\n", "{kind}");
        assert_eq!(outcome.output_bytes, 8, "{kind}");
    }
}

#[test]
fn nothing_but_the_listed_variables_is_there() {
    for kind in [Kind::Bubblewrap, Kind::Landlock] {
        let (_, log) = sh(kind, "env | cut -d= -f1 | sort | tr '\\n' ' '", |spec| {
            spec.env.insert("GIVEN".into(), "x".into());
        });
        assert_eq!(
            log, "GIVEN HOME LANG LEADFORGE_SANDBOX LOGNAME PATH PWD TMPDIR USER ",
            "{kind}"
        );
    }
}

#[test]
fn arguments_and_variables_are_bytes() {
    use std::os::unix::ffi::OsStringExt;
    let odd = std::ffi::OsString::from_vec(b"a \xff'\"$(x)\n*".to_vec());
    for kind in ALL {
        let (_, log) = sh(kind, "", |spec| {
            spec.command = vec!["/usr/bin/printf".into(), "%s".into(), odd.clone()];
            spec.env.insert("ODD".into(), odd.clone());
        });
        assert_eq!(log, String::from_utf8_lossy(b"a \xff'\"$(x)\n*"), "{kind}");
    }
}

#[test]
fn input_comes_from_the_file_or_is_empty() {
    for kind in ALL {
        let place = Place::new();
        std::fs::write(place.path("input"), "from the file").unwrap();
        let mut spec = place.spec(kind, "cat; echo .");
        spec.stdin = Some(place.path("input"));
        run(&spec, &launcher()).unwrap();
        assert_eq!(place.log(), "from the file.\n", "{kind}");
        let (_, log) = sh(kind, "cat; echo .", |_| {});
        assert_eq!(log, ".\n", "{kind}");
    }
}

#[test]
fn listed_paths_are_there_and_the_tree_keeps_its_name() {
    for kind in ALL {
        let place = Place::new();
        for name in ["read", "write"] {
            std::fs::create_dir(place.path(name)).unwrap();
            std::fs::write(place.path(name).join("f"), name).unwrap();
        }
        let script = format!(
            "cat {0}/read/f; cat {0}/write/f; echo new > {0}/write/f; echo; pwd; echo $HOME $TMPDIR; \
             touch $HOME/a $TMPDIR/b",
            place.dir.path().display()
        );
        let mut spec = place.spec(kind, &script);
        spec.metadata = leadforge_agent_dispatch::sandbox::Metadata::Opened;
        spec.readable = vec![place.path("read")];
        spec.writable = vec![place.path("write")];
        let outcome = run(&spec, &launcher()).unwrap();
        let log = place.log();
        assert!(outcome.success(), "{kind}: {log}");
        let mut lines = log.lines();
        assert_eq!(lines.next(), Some("readwrite"), "{kind}");
        assert_eq!(lines.next(), spec.tree.to_str(), "{kind}");
        assert!(lines.next().unwrap().contains("/scratch/leadforge-test-"), "{kind}: {log}");
        assert_eq!(std::fs::read_to_string(place.path("write/f")).unwrap(), "new\n");
    }
}

#[test]
fn what_the_command_made_belongs_to_the_trees_owner() {
    use std::os::unix::fs::MetadataExt;
    for kind in ALL {
        let place = Place::new();
        let outside = place.path("outside");
        std::fs::write(&outside, "linked").unwrap();
        std::fs::hard_link(&outside, place.path("tree/linked")).unwrap();
        let before = std::fs::metadata(&outside).unwrap();
        let spec = place.spec(kind, "mkdir -p a/b && echo x > a/b/c && ln -s /etc/passwd a/l");
        run(&spec, &launcher()).unwrap();
        for name in ["tree", "tree/a", "tree/a/b", "tree/a/b/c", "tree/a/l", "tree/linked"] {
            let data = std::fs::symlink_metadata(place.path(name)).unwrap();
            assert_eq!(data.uid(), before.uid(), "{kind} {name}");
        }
        assert_eq!(std::fs::metadata(&outside).unwrap().uid(), before.uid(), "{kind}");
        assert_eq!(std::fs::read(place.path("tree/linked")).unwrap(), b"linked");
    }
}

#[test]
fn a_missing_program_is_the_commands_own_failure() {
    for kind in ALL {
        let (outcome, log) = sh(kind, "", |spec| spec.command = vec!["/no/such/program".into()]);
        assert_eq!(outcome.exit, Some(127), "{kind}");
        assert!(log.starts_with("cannot run /no/such/program: "), "{kind}: {log}");
    }
}

#[test]
fn a_signal_is_told() {
    let (outcome, _) = sh(Kind::Landlock, "kill -9 $$", |_| {});
    assert_eq!((outcome.reason, outcome.signal), (Reason::Signalled, Some(9)));
    // Bubblewrap's own end stands for the command's, as a shell would tell it.
    let (outcome, _) = sh(Kind::Bubblewrap, "kill -9 $$", |_| {});
    assert_eq!((outcome.reason, outcome.exit), (Reason::Exited, Some(137)));
}

#[test]
fn wrong_requests_are_refused_before_anything_starts() {
    let place = Place::new();
    type Case = (&'static str, fn(&mut Spec));
    let cases: [Case; 9] = [
        ("there is no command", |spec| spec.command.clear()),
        ("the session is not", |spec| spec.session = "a/b".into()),
        ("the session is not", |spec| spec.session = String::new()),
        ("the path is not absolute", |spec| spec.tree = "tree".into()),
        ("the path has `..`", |spec| spec.readable = vec!["/usr/../root".into()]),
        ("the path names no place in the home", |spec| spec.readable = vec!["/usr/./".into()]),
        ("the whole machine cannot be writable", |spec| spec.writable = vec!["/".into()]),
        ("the path lies where the command may write", |spec| spec.log = spec.tree.join("log")),
        ("the path lies where the command may write", |spec| spec.scratch = spec.tree.clone()),
    ];
    for (want, change) in cases {
        let mut spec = place.spec(Kind::Landlock, "echo ran");
        change(&mut spec);
        let error = run(&spec, &launcher()).unwrap_err();
        assert!(
            matches!(error, Error::Request { .. }) && error.to_string().contains(want),
            "{error}"
        );
    }
    assert!(!place.path("log").exists());
}

#[test]
fn what_is_missing_is_refused_by_name_and_runs_nothing() {
    let place = Place::new();
    let refused = |spec: &Spec, launcher: &Launcher| match run(spec, launcher).unwrap_err() {
        Error::Refused { kind, reason } => format!("{kind}: {reason}"),
        other => panic!("{other}"),
    };
    let mut launcher = launcher();
    launcher.bwrap = Some("/no/such/bwrap".into());
    let spec = place.spec(Kind::Bubblewrap, "echo ran > made");
    assert_eq!(refused(&spec, &launcher), "bubblewrap: the program bwrap is not installed");
    // A bubblewrap that cannot make its namespaces says so on its own standard error.
    let bwrap = place.path("bwrap");
    executable(&bwrap, "#!/bin/sh\necho bwrap: no permissions >&2; exit 1\n");
    launcher.bwrap = Some(bwrap.clone());
    assert_eq!(refused(&spec, &launcher), "bubblewrap: bwrap: no permissions");
    // One that runs nothing and claims success has not run the command.
    executable(&bwrap, "#!/bin/sh\nexit 0\n");
    assert_eq!(refused(&spec, &launcher), "bubblewrap: ");
    let mut spec = place.spec(Kind::Landlock, "echo ran > made");
    spec.hosts = vec!["example.com:443".into()];
    assert!(refused(&spec, &launcher).starts_with("landlock: listed hosts"));
    assert!(!place.path("tree/made").exists());
}

/// Makes a script, by a process of its own: a file that this one has open for writing would be open
/// in whatever another test starts at that moment, and then nobody may run it.
pub(crate) fn executable(path: &std::path::Path, text: &str) {
    let status = std::process::Command::new("/bin/sh")
        .args(["-c", "printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", text])
        .arg(path)
        .status();
    assert!(status.unwrap().success(), "{}", path.display());
}

#[test]
fn both_fences_are_found_here() {
    let place = Place::new();
    let found = detect(&launcher(), &place.path("scratch")).unwrap();
    assert_eq!((found.reason(Kind::Bubblewrap), found.reason(Kind::Landlock)), (None, None));
    assert_eq!(found.best(), Some(Kind::Bubblewrap));
    let lame = Launcher { bwrap: Some("/no/bwrap".into()), ..launcher() };
    let found = detect(&lame, &place.path("scratch")).unwrap();
    assert_eq!(found.reason(Kind::Bubblewrap), Some("the program bwrap is not installed"));
    assert_eq!(found.best(), Some(Kind::Landlock));
    assert!(std::fs::read_dir(place.path("scratch")).unwrap().next().is_none());
}

/// A command that is alive when this returns, known by its log.
fn started(place: &Place, kind: Kind) -> (Running, String) {
    let token = format!("lf-life-{}-{kind}-{}", std::process::id(), place.dir.path().display());
    let script = format!(
        "setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' {token} & echo up; wait"
    );
    let _ = std::fs::remove_file(place.path("log"));
    let running = start(&place.spec(kind, &script), &launcher()).unwrap();
    while !place.path("log").exists() || !place.log().contains("up") {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!processes(&token).is_empty());
    (running, token)
}

#[test]
fn a_command_taken_back_is_gone_with_all_it_started() {
    for kind in ALL {
        let place = Place::new();
        let (mut running, token) = started(&place, kind);
        running.cancel().unwrap().cancel();
        let outcome = running.wait().unwrap();
        assert_eq!((outcome.reason, outcome.exit, outcome.survivors), (Reason::Cancelled, None, 0));
        assert_eq!(processes(&token), [0; 0], "{kind}");
        let (running, token) = started(&place, kind);
        drop(running);
        assert_eq!(processes(&token), [0; 0], "{kind}");
    }
}

#[test]
fn what_a_killed_launcher_leaves_is_swept() {
    for kind in ALL {
        let place = Place::new();
        let (running, token) = started(&place, kind);
        let launcher = rustix::process::Pid::from_raw(running.id().cast_signed()).unwrap();
        rustix::process::kill_process(launcher, rustix::process::Signal::KILL).unwrap();
        let error = running.wait().unwrap_err();
        assert!(matches!(error, Error::Launcher { .. }), "{error}");
        sweep().unwrap();
        assert_eq!(sweep_scratch(&place.path("scratch")).unwrap(), 1, "{kind}");
        assert!(std::fs::read_dir(place.path("scratch")).unwrap().next().is_none());
        let patience = std::time::Instant::now();
        while !processes(&token).is_empty() {
            assert!(
                patience.elapsed() < Duration::from_secs(10),
                "{kind}: {:?}",
                processes(&token)
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
