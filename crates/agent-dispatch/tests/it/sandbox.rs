//! The sandbox from outside: what a command gives back, and what bounds it.
use std::path::PathBuf;
use std::time::Duration;

use leadforge_agent_dispatch::sandbox::{Kind, Launcher, Outcome, Reason, Spec, run};

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
