//! Who may do what a rule forbids, each with the reason; an entry that nobody needs is a fault.

/// An exception from a rule for a file, or for a folder when it ends in `/`.
pub(super) struct Exception {
    pub(super) rule: &'static str,
    pub(super) path: &'static str,
    pub(super) reason: &'static str,
}

const fn may(rule: &'static str, path: &'static str, reason: &'static str) -> Exception {
    Exception { rule, path, reason }
}

const LAUNCHER: &str = "the launcher is a process of its own inside the fence, not a library call";
const GIT_OWN: &str = "git's own folders: indexes and links that git reads, removed after use";
const RUN_OWN: &str = "folders and logs of one run, removed with it; no state outlives them";
const COUNTED: &str = "colours and marks are counted by the million; what comes out is sorted";
const WAIT: &str = "bounds a wait; no result depends on it";

/// All exceptions, by rule.
pub(super) const EXCEPTIONS: &[Exception] = &[
    may(
        "names",
        "crates/agent-dispatch/src/bin/leadforge-launch.rs",
        "the launcher alone, for its tests",
    ),
    may("silent", "crates/agent-dispatch/src/bin/", LAUNCHER),
    may("silent", "crates/agent-dispatch/src/sandbox/launcher.rs", LAUNCHER),
    may("silent", "crates/agent-dispatch/src/sandbox/stage.rs", LAUNCHER),
    may("silent", "crates/agent-dispatch/src/proxy/forward.rs", LAUNCHER),
    may("processes", "crates/agent-dispatch/src/", "it runs agents and verification"),
    may("processes", "crates/host-git/src/", "it runs the user's git"),
    may("processes", "crates/visual-diff/src/capture/", "it runs Chromium behind its fence"),
    may("state", "bins/lead-forge/src/cmd/demo/", RUN_OWN),
    may(
        "state",
        "bins/lead-shot/src/screens/profile.rs",
        "what a Chromium without fence wrote, removed after it",
    ),
    may("state", "crates/durable-fs/src/", "it is the one place that writes"),
    may("state", "crates/host-git/src/durable.rs", "it opens what git wrote, to sync it"),
    may("state", "crates/host-git/src/ours.rs", GIT_OWN),
    may("state", "crates/host-git/src/private.rs", GIT_OWN),
    may("state", "crates/host-git/src/scratch.rs", GIT_OWN),
    may("state", "crates/host-git/src/snapshot.rs", GIT_OWN),
    may("state", "crates/host-git/src/stale.rs", "locks that a killed git left on our own refs"),
    may("state", "crates/host-git/src/tree_edit.rs", GIT_OWN),
    may("state", "crates/host-git/src/worktree.rs", GIT_OWN),
    may("state", "crates/agent-dispatch/src/sandbox/", RUN_OWN),
    may(
        "sockets",
        "crates/agent-dispatch/src/proxy/",
        "the module exists with feature `proxy` only",
    ),
    may("state", "crates/agent-dispatch/src/runner/scratch.rs", RUN_OWN),
    may("arguments", "crates/agent-dispatch/src/runner/conduct.rs", WAIT),
    may("arguments", "crates/agent-dispatch/src/sandbox/attend.rs", WAIT),
    may("arguments", "crates/agent-dispatch/src/sandbox/cgroup.rs", WAIT),
    may("arguments", "crates/durable-fs/src/lock.rs", WAIT),
    may("arguments", "crates/durable-fs/src/log/mod.rs", WAIT),
    may("arguments", "crates/durable-fs/src/real.rs", "names of temporaries, which nobody reads"),
    may("arguments", "crates/host-git/src/run.rs", WAIT),
    may("order", "crates/task-queue/src/store/scan.rs", "what is left over is deleted row by row"),
    may("arguments", "crates/task-queue/src/store/turn.rs", WAIT),
    may("arguments", "crates/visual-diff/src/capture/", WAIT),
    may("order", "crates/visual-diff/src/structure/", COUNTED),
    may("order", "crates/task-queue/src/scope/meet.rs", "a set of states seen, never iterated"),
];
