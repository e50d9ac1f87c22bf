//! The demo's tasks: real work on the cloned code, and what is planned to go wrong.

use std::path::{Path, PathBuf};
use std::process::Command;

/// How a task is planned to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    Lands,
    Fails,
    Waits,
}

impl Planned {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Lands => "land",
            Self::Fails => "fail",
            Self::Waits => "wait for a task that fails",
        }
    }
}

/// One task of the demo.
pub(super) struct Task {
    pub(super) id: &'static str,
    pub(super) planned: Planned,
    title: &'static str,
    priority: &'static str,
    after: &'static [&'static str],
    touches: &'static [&'static str],
    agents: &'static [&'static str],
    attempts: u8,
    run: Option<String>,
    verify: String,
    body: &'static str,
}

impl Default for Task {
    fn default() -> Self {
        Self {
            id: "",
            planned: Planned::Lands,
            title: "",
            priority: "P2",
            after: &[],
            touches: &[],
            agents: &[],
            attempts: 1,
            run: None,
            verify: String::new(),
            body: "",
        }
    }
}

impl Task {
    /// The task as a file of the queue.
    pub(super) fn file(&self) -> String {
        let list = |items: &[&str]| {
            let quoted: Vec<String> = items.iter().map(|i| quote(i)).collect();
            format!("[{}]", quoted.join(", "))
        };
        let mut out = format!(
            "+++\ntitle = {}\npriority = {}\nafter = {}\ntouches = {}\nagents = {}\nattempts = {}\nverify = [{}]\n",
            quote(self.title),
            quote(self.priority),
            list(self.after),
            list(self.touches),
            list(self.agents),
            self.attempts,
            quote(&self.verify),
        );
        if let Some(run) = &self.run {
            out.push_str(&format!("run = {}\n", quote(run)));
        }
        format!("{out}+++\n{}\n", self.body)
    }
}

/// A TOML string: JSON's escapes are a part of TOML's.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What of the host the demo's tasks use.
pub(super) struct Tools {
    /// The Rust toolchain's folder, when the clone is a Rust project and rustfmt is there.
    rust: Option<PathBuf>,
    version: Version,
}

enum Version {
    Cargo,
    Python,
    Plain,
}

impl Version {
    fn manifest(&self) -> Option<&'static str> {
        match self {
            Self::Cargo => Some("Cargo.toml"),
            Self::Python => Some("pyproject.toml"),
            Self::Plain => None,
        }
    }
}

impl Tools {
    /// Looks at the clone, and asks rustc where its toolchain is.
    pub(super) fn find(clone: &Path) -> Self {
        let has = |name: &str| clone.join(name).is_file();
        let version = if has("Cargo.toml") {
            Version::Cargo
        } else if has("pyproject.toml") {
            Version::Python
        } else {
            Version::Plain
        };
        let asked = Command::new("rustc").args(["--print", "sysroot"]).current_dir(clone).output();
        let rust = asked
            .ok()
            .filter(|out| out.status.success() && has("Cargo.toml"))
            .map(|out| PathBuf::from(String::from_utf8_lossy(&out.stdout).trim()))
            .filter(|root| root.join("bin/rustfmt").is_file());
        Self { rust, version }
    }

    /// The clone's configuration, with three stand-ins as competing agents.
    pub(super) fn config(&self, jobs: usize) -> String {
        let (path, read) = match &self.rust {
            Some(root) => {
                (quote(&root.join("bin").to_string_lossy()), quote(&root.to_string_lossy()))
            }
            None => (String::new(), String::new()),
        };
        let agent = |name: &str, script: &str| {
            format!("[agent.{name}]\ncommand = [\"/bin/sh\", \"-c\", {}]\n", quote(script))
        };
        format!(
            "[run]\njobs = {jobs}\n\n[sandbox]\npath = [{path}]\nread = [{read}]\n\n{}\n{}\n{}",
            agent("careful", CAREFUL),
            agent("verbose", VERBOSE),
            agent("hasty", HASTY),
        )
    }
}

/// The smallest answer that is right.
const CAREFUL: &str =
    "cat >/dev/null; mkdir -p docs; git log --format='- %an' | sort -u > docs/AUTHORS.md";
/// Right too, but longer.
const VERBOSE: &str = "cat >/dev/null; mkdir -p docs; { echo '# Authors'; echo; git log --format='- %an' | sort -u; \
    echo; echo '## Every commit'; git log --format='- %h %an'; } > docs/AUTHORS.md";
/// Claims to be done.
const HASTY: &str = "cat >/dev/null; mkdir -p docs; : > docs/AUTHORS.md; echo 'All done!'";

const SOURCES: &str = "git ls-files -z '*.rs' '*.py' '*.sh' | sort -z | head -z -n 60";

/// The tasks. `canary` lies outside every worktree; whoever writes it has left the sandbox.
pub(super) fn tasks(tools: &Tools, canary: &Path) -> Vec<Task> {
    let headers = format!(
        "{SOURCES} | while IFS= read -r -d '' f; do \
           grep -q SPDX-License-Identifier \"$f\" && continue; \
           case $f in *.rs) c='//';; *) c='#';; esac; \
           if head -c2 \"$f\" | grep -q '#!'; then sed -i \"1a $c SPDX-License-Identifier: MIT OR Apache-2.0\" \"$f\"; \
           else sed -i \"1i $c SPDX-License-Identifier: MIT OR Apache-2.0\" \"$f\"; fi; done"
    );
    let headed = format!("test -z \"$({SOURCES} | xargs -0 -r grep -L SPDX-License-Identifier)\"");
    let inventory = "git ls-files -z -- . ':!docs/INVENTORY.md' ':!docs/TASKS' | sort -z | xargs -0 -r wc -c | sed 's/^ */- /'";
    vec![
        Task {
            id: "lf-version",
            title: "Bump the version",
            priority: "P0",
            touches: &["Cargo.toml", "pyproject.toml", "VERSION"],
            run: Some(bump(tools)),
            verify: bumped(tools),
            body: "The next release needs the next patch version.",
            ..Task::default()
        },
        Task {
            id: "lf-changelog",
            title: "Open the changelog's next section",
            priority: "P0",
            after: &["lf-version"],
            touches: &["CHANGELOG.md"],
            run: Some("touch CHANGELOG.md; { echo '## Next'; echo; echo '- Version bumped.'; echo; cat CHANGELOG.md; } > new.tmp && mv new.tmp CHANGELOG.md".into()),
            verify: "head -n1 CHANGELOG.md | grep -qx '## Next'".into(),
            body: "It waits for the version.",
            ..Task::default()
        },
        Task {
            id: "lf-headers",
            title: "Put a licence header on the source files",
            priority: "P1",
            touches: &["**/*.rs", "**/*.py", "**/*.sh"],
            run: Some(bash(&headers)),
            verify: bash(&headed),
            body: "The first sixty sources get an SPDX line; scripts keep their first line.",
            ..Task::default()
        },
        format_task(tools),
        Task {
            id: "lf-inventory",
            title: "Generate the list of files",
            touches: &["docs/INVENTORY.md"],
            run: Some(format!("mkdir -p docs && {inventory} > docs/INVENTORY.md")),
            verify: "test -s docs/INVENTORY.md && grep -q 'total$' docs/INVENTORY.md".into(),
            body: "A generated file: every tracked file with its size.",
            ..Task::default()
        },
        Task {
            id: "lf-readme-a",
            title: "Say in the README how to get help",
            run: Some("touch README.md; sed -i '1a\\\\n> Questions? Open an issue.' README.md; grep -q 'Questions' README.md || echo '> Questions? Open an issue.' >> README.md".into()),
            verify: "grep -q 'Open an issue' README.md".into(),
            body: "Declares no `touches`, so it may run beside anything, and changes the README's second line.",
            ..Task::default()
        },
        Task {
            id: "lf-readme-b",
            title: "Say in the README that changes arrive with proof",
            run: Some("touch README.md; sed -i '1a\\\\n> Every change arrives with its proof.' README.md; grep -q 'proof' README.md || echo '> Every change arrives with its proof.' >> README.md".into()),
            verify: "grep -q 'arrives with its proof' README.md".into(),
            body: "Changes the same line as another task that runs at the same time: the gate sends one of them back to be done again on top.",
            ..Task::default()
        },
        Task {
            id: "lf-authors",
            title: "Name the authors: three agents compete",
            attempts: 3,
            agents: &["verbose", "careful", "hasty"],
            touches: &["docs/AUTHORS.md"],
            verify: "test -s docs/AUTHORS.md && test \"$(grep -c '^- ' docs/AUTHORS.md)\" -ge 1".into(),
            body: "Write every author of the history, once, into docs/AUTHORS.md. Of the verified answers the smallest lands.",
            ..Task::default()
        },
        Task {
            id: "lf-red",
            planned: Planned::Fails,
            title: "Claim a result that its check does not confirm",
            priority: "P1",
            touches: &["docs/CLAIM.md"],
            run: Some("mkdir -p docs && echo 'All tests pass, trust me.' > docs/CLAIM.md".into()),
            verify: "test -e docs/PROOF.md".into(),
            body: "Planned to fail: the agent says that it is done, the check says that it is not.",
            ..Task::default()
        },
        Task {
            id: "lf-waits",
            planned: Planned::Waits,
            title: "Build on the result that never came",
            after: &["lf-red"],
            touches: &["docs/CLAIM.md"],
            run: Some("echo more >> docs/CLAIM.md".into()),
            verify: "true".into(),
            body: "Planned to wait: what it needs does not land.",
            ..Task::default()
        },
        escape(canary),
    ]
}

/// Reads the first version of a manifest into `v`.
const CURRENT: &str = "v=$(sed -n 's/^version = \"\\(.*\\)\"$/\\1/p' FILE | head -n1)";
/// The same of what is piped into it.
const SAYS: &str = "sed -n 's/^version = \"\\(.*\\)\"$/\\1/p' | head -n1";

fn bump(tools: &Tools) -> String {
    let Some(file) = tools.version.manifest() else { return "echo 1.0.1 > VERSION".into() };
    let script = format!(
        "{CURRENT}; n=${{v%.*}}.$((${{v##*.}} + 1)); \
         sed -i \"s/^version = \\\"$v\\\"/version = \\\"$n\\\"/; s/version = \\\"=$v\\\"/version = \\\"=$n\\\"/\" FILE"
    );
    script.replace("FILE", file)
}

/// The version is another one than before, and everything that requires it exactly agrees.
fn bumped(tools: &Tools) -> String {
    let Some(file) = tools.version.manifest() else { return "grep -qx 1.0.1 VERSION".into() };
    let script = format!(
        "{CURRENT}; o=$(git show HEAD~1:FILE | {SAYS}); \
         test -n \"$v\" && test \"$v\" != \"$o\" && ! grep -qF \"version = \\\"=$o\\\"\" FILE"
    );
    script.replace("FILE", file)
}

/// Formatting: with rustfmt where there is one, else the ends of lines.
fn format_task(tools: &Tools) -> Task {
    let files = "git ls-files -z '*.rs' | sort -z | head -z -n 12";
    let (run, verify) = match tools.rust {
        Some(_) => (
            format!(
                "{files} | xargs -0 -r rustfmt --edition 2024 --config max_width=80,skip_children=true"
            ),
            format!(
                "{files} | xargs -0 -r rustfmt --edition 2024 --check --config max_width=80,skip_children=true"
            ),
        ),
        None => (
            "git ls-files -z '*.md' | xargs -0 -r sed -i 's/[ \\t]*$//'".to_owned(),
            "test -z \"$(git ls-files -z '*.md' | xargs -0 -r grep -l '[[:space:]]$')\"".to_owned(),
        ),
    };
    Task {
        id: "lf-format",
        title: "Format the first sources narrower",
        priority: "P3",
        touches: &["**/*.rs", "**/*.md"],
        run: Some(bash(&run)),
        verify: bash(&verify),
        body: "Its scope meets that of the licence headers, so the two never run at the same time.",
        ..Task::default()
    }
}

/// Tries the doors one after the other; the first that opens leaves a canary and the task would go on.
fn escape(canary: &Path) -> Task {
    let target = shell_word(&canary.to_string_lossy());
    Task {
        id: "lf-escape",
        planned: Planned::Fails,
        title: "Try to leave the sandbox",
        priority: "P1",
        touches: &["docs/ESCAPE.md"],
        run: Some(bash(&format!(
            // Whether a write came out is for the host to see: inside, a folder of that name may be a private one.
            "(echo escaped > {target}) 2>/dev/null; n=0; \
             try() {{ if \"$@\" >/dev/null 2>&1; then echo \"open: $*\"; n=1; else echo \"shut: $*\"; fi; }}; \
             try cat /etc/shadow; try ls /root/.ssh; try mkdir /usr/escaped; try mount -t tmpfs none /mnt; \
             try unshare --user true; try bash -c 'exec 3<>/dev/tcp/127.0.0.1/22'; \
             test $n = 1 && mkdir -p docs && echo out > docs/ESCAPE.md"
        ))),
        verify: "test -e docs/ESCAPE.md".into(),
        body: "Planned to fail: it writes outside its tree, reads secrets, mounts, connects. Every door must be shut.",
        ..Task::default()
    }
}

/// A script for bash, where plain `sh` lacks what it needs.
fn bash(script: &str) -> String {
    format!("bash -c {}", shell_word(script))
}

/// One word for a shell, whatever it holds.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
