//! The commands that are hurt, and the worlds in which they run.

/// How a world is made, on top of another one.
#[derive(Debug)]
pub(super) struct World {
    pub(super) name: &'static str,
    /// The world it starts from; none: a repository with one commit.
    pub(super) on: Option<&'static str>,
    /// Commands that must succeed; `{lease}` and `{digest}` as in [`Script`].
    pub(super) steps: &'static [&'static str],
}

/// A command whose calls are made to fail.
#[derive(Debug)]
pub(super) struct Script {
    pub(super) name: &'static str,
    pub(super) world: &'static str,
    /// The binary and its arguments. `{lease}` is the lease of `lf-one`, `{digest}` what trust shows.
    pub(super) line: &'static str,
    /// The task whose leases it may change.
    pub(super) task: &'static str,
    /// The index is brought up to date first, so that the command may believe it.
    pub(super) warm: bool,
    /// What it exits with when nothing fails.
    pub(super) clean: i32,
    /// What it may exit with when it is repeated after it has done its work.
    pub(super) again: &'static [i32],
    /// It writes several files, each of them whole, and a repetition completes them.
    pub(super) by_file: bool,
    /// How its calls are found, and how it is judged.
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One process: old state or new state.
    Alone,
    /// The same, and each git that it starts has its own calls.
    WithGit,
    /// A whole run of a task.
    Run,
}

impl Script {
    /// How strace follows the command itself: fast, or without the programs that it starts.
    pub(super) fn follow(&self) -> Vec<String> {
        match self.kind {
            Kind::Alone => vec!["--seccomp-bpf".to_owned()],
            Kind::WithGit | Kind::Run => vec!["-b".to_owned(), "execve".to_owned()],
        }
    }
}

const fn script(
    name: &'static str,
    world: &'static str,
    line: &'static str,
    again: &'static [i32],
) -> Script {
    Script {
        name,
        world,
        line,
        task: "lf-one",
        warm: false,
        clean: 0,
        again,
        by_file: false,
        kind: Kind::Alone,
    }
}

pub(super) const WORLDS: &[World] = &[
    World { name: "bare", on: None, steps: &[] },
    World {
        name: "tasks",
        on: Some("bare"),
        steps: &[
            "lead-forge init",
            "lead-queue add One --id lf-one --touches a/** --verify true --run true",
            "lead-queue add Two --id lf-two --touches b/** --after lf-one",
            "lead-queue add Three --id lf-three --touches c/** --priority P3",
        ],
    },
    World { name: "indexed", on: Some("tasks"), steps: &["lead-queue ready"] },
    World {
        name: "held",
        on: Some("tasks"),
        steps: &["lead-queue claim lf-one --ttl 7d", "git branch lf/lf-one/1"],
    },
    World { name: "handed-in", on: Some("held"), steps: &["lead-queue done {lease}"] },
    World { name: "trusted", on: Some("tasks"), steps: &["lead-forge trust --accept {digest}"] },
    World {
        name: "task",
        on: Some("bare"),
        steps: &[
            "lead-forge init",
            "lead-queue add One --id lf-one --touches one.txt --verify true --run >one.txt",
            "lead-forge trust --accept {digest}",
        ],
    },
    World { name: "ran", on: Some("task"), steps: &["lead-forge run"] },
];

pub(super) const SCRIPTS: &[Script] = &[
    script("add", "tasks", "lead-queue add Four --id lf-four --body text", &[2]),
    Script {
        by_file: true,
        ..script("add-first", "bare", "lead-queue add Four --id lf-four", &[2])
    },
    Script { by_file: true, ..script("import", "tasks", "lead-queue import TODO.md", &[0]) },
    script("claim-first", "tasks", "lead-queue claim --ttl 7d", &[0]),
    script("claim", "indexed", "lead-queue claim lf-one --ttl 7d", &[1]),
    Script { warm: true, ..script("claim-warm", "indexed", "lead-queue claim --ttl 7d", &[0]) },
    Script { task: "lf-three", ..script("claim-held", "held", "lead-queue claim --ttl 7d", &[1]) },
    script("beat", "held", "lead-queue beat {lease} --ttl 3d", &[0]),
    script("done", "held", "lead-queue done {lease}", &[4]),
    script("release", "held", "lead-queue release {lease}", &[4]),
    script("release-failed", "held", "lead-queue release {lease} --failed", &[4]),
    script("release-take", "held", "lead-queue release lf-one --take", &[0]),
    script("release-task", "handed-in", "lead-queue release lf-one", &[0]),
    Script { kind: Kind::WithGit, ..script("doctor", "held", "lead-queue doctor", &[0]) },
    script("ready-first", "tasks", "lead-queue ready", &[0]),
    Script { warm: true, ..script("ready-warm", "held", "lead-queue ready", &[0]) },
    script("show", "held", "lead-queue show lf-one", &[0]),
    script("graph", "tasks", "lead-queue graph", &[0]),
    Script { by_file: true, ..script("init", "bare", "lead-forge init", &[0]) },
    Script { by_file: true, ..script("undo", "tasks", "lead-forge init --undo", &[0]) },
    script("trust-accept", "tasks", "lead-forge trust --accept {digest}", &[0]),
    script("trust-again", "trusted", "lead-forge trust --accept {digest}", &[0]),
    script("trust-forget", "trusted", "lead-forge trust --forget", &[0]),
    Script {
        by_file: true,
        kind: Kind::WithGit,
        ..script("dossier", "ran", "lead-forge dossier", &[0])
    },
    Script { kind: Kind::Run, ..script("run", "task", "lead-forge run", &[0]) },
];
