//! The hostile commands, family by family: each a few lines of Python in `corpus/`.
use std::process::Command;
use std::sync::LazyLock;

use serde::Deserialize;

/// As whom a case succeeds without a sandbox, which proves that it is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Live {
    /// As anybody; shown as a plain user.
    Anybody,
    /// As root only; to a plain user the system refuses by itself.
    Root,
    /// Only inside a weakened sandbox, or only on some kernels.
    Weak,
    /// Not tried but behind the whole fence: it would hurt the machine.
    Never,
}

/// One attempt to get out.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Case {
    family: String,
    name: String,
    pub(crate) live: Live,
    /// It may end what runs beside it, so that it runs alone.
    #[serde(default)]
    pub(crate) alone: bool,
    /// It takes away what the others need where it gets through, or keeps a processor busy.
    #[serde(default)]
    last: bool,
    /// The sandboxes that are said to let it through; there it must get through.
    #[serde(default)]
    pub(crate) lets: Vec<String>,
}

impl Case {
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.family, self.name)
    }

    pub(crate) fn family(&self) -> &str {
        &self.family
    }
}

const PRELUDE: &str = include_str!("prelude.py");

const FAMILIES: &[(&str, &str)] = &[
    ("path", include_str!("corpus/path.py")),
    ("hard-link", include_str!("corpus/hard_link.py")),
    ("metadata", include_str!("corpus/metadata.py")),
    ("plant", include_str!("corpus/plant.py")),
    ("read", include_str!("corpus/read.py")),
    ("canary", include_str!("corpus/canary.py")),
    ("environment", include_str!("corpus/environment.py")),
    ("proc", include_str!("corpus/proc.py")),
    ("git", include_str!("corpus/git.py")),
    ("socket", include_str!("corpus/socket.py")),
    ("process", include_str!("corpus/process.py")),
    ("outlive", include_str!("corpus/outlive.py")),
    ("namespace", include_str!("corpus/namespace.py")),
    ("terminal", include_str!("corpus/terminal.py")),
    ("kernel", include_str!("corpus/kernel.py")),
];

/// A program that runs these cases one after the other, each in a process and folder of its own.
pub(crate) fn program(ids: &[String]) -> String {
    let mut text = PRELUDE.to_owned();
    for (family, cases) in FAMILIES {
        if ids.iter().any(|id| id.split('/').next() == Some(family)) {
            text.push_str(&format!("\nFAMILY = '{family}'\n{cases}"));
        }
    }
    text.push_str(&format!("\nrun_all({ids:?})\n"));
    text
}

/// Every case, as the files list them; what destroys the rest comes last.
pub(crate) static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut text = PRELUDE.to_owned();
    for (family, cases) in FAMILIES {
        text.push_str(&format!("\nFAMILY = '{family}'\n{cases}"));
    }
    text.push_str(
        "\nimport json\nfor one in CASES.values(): del one['go']; print(json.dumps(one))\n",
    );
    let names = ["SECRET", "HOST"].map(|name| (name, "/"));
    let list = Command::new("/usr/bin/python3").args(["-I", "-c", &text]).envs(names).output();
    let list = list.unwrap();
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    let lines = list.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut all: Vec<Case> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    all.sort_by_key(|case| case.last);
    all
});

/// What a program of cases printed, case by case.
pub(crate) fn parts(log: &str) -> Vec<(&str, &str)> {
    log.split("\n== ").skip(1).map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}
