//! What a copy of folders takes in that nobody meant: past a `.dockerignore`, or without one.

use leadforge_dockerfile_syntax::Kind;

use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;
use crate::dockerignore::{Ignore, Source, copied};

/// What somebody did not mean to send.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leak {
    Secret,
    History,
    Installed,
    Cache,
}

/// The kinds, each with how bad it is, what it is, and whether it counts where there is no `.dockerignore` at all.
const LEAKS: &[(Leak, Severity, &str, bool)] = &[
    (Leak::Secret, Severity::Error, "secrets stay in the image for everybody", true),
    (Leak::History, Severity::Warning, "the history holds whatever was ever committed", false),
    (Leak::Installed, Severity::Warning, "what was installed for another machine", false),
    (Leak::Cache, Severity::Info, "caches of tools change with every run", false),
];

/// Folders whose keys are made for tests or belong to packages.
const SAMPLES: &[&str] = &[
    "test",
    "tests",
    "testdata",
    "fixtures",
    "fixture",
    "examples",
    "example",
    "docs",
    "spec",
    "__tests__",
    "mock",
    "mocks",
    "node_modules",
    "site-packages",
    "vendor",
    "third_party",
];

pub(in crate::dockerfile) fn leak(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let Some(files) = &scene.around.files else { return };
    let ignored = scene.around.ignore.is_some();
    let ignore = Ignore::read(scene.around.ignore.as_deref().unwrap_or_default());
    let suspects: Vec<(Leak, String, &str)> = files
        .iter()
        .filter_map(|file| what(file).map(|(leak, pattern)| (leak, pattern, file.as_str())))
        .filter(|(_, _, file)| !ignore.excludes(file))
        .collect();
    if suspects.is_empty() {
        return;
    }
    let mut told: Vec<Leak> = Vec::new();
    for (at, _, instruction) in scene.instructions() {
        if !matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_)) {
            continue;
        }
        let sources = copied(scene.file, instruction);
        // What is copied by its own name is meant, and another rule's.
        let takes = |file: &str| {
            sources.iter().any(|source: &Source| source.pattern != file && source.takes(file))
        };
        for (leak, severity, why, always) in LEAKS {
            if !(*always || ignored) || told.contains(leak) {
                continue;
            }
            let mut taken = suspects.iter().filter(|(kind, _, file)| kind == leak && takes(file));
            let Some((_, pattern, first)) = taken.next() else { continue };
            told.push(*leak);
            let more = match taken.count() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!(
                "{first}{more} comes into the image: {why}; add `{pattern}` to .dockerignore"
            );
            found.push(scene.finding("context-leak", *severity, at, message));
        }
    }
}

/// What a file of the context is, and the line of a `.dockerignore` that leaves it out.
fn what(path: &str) -> Option<(Leak, String)> {
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last()?;
    for folder in folders {
        match *folder {
            ".git" | ".hg" | ".svn" => return Some((Leak::History, format!("**/{folder}"))),
            "node_modules" | ".venv" => return Some((Leak::Installed, format!("**/{folder}"))),
            "__pycache__" | ".pytest_cache" | ".mypy_cache" | ".ruff_cache" | ".tox" | ".nox"
            | ".gradle" | ".terraform" | ".cache" => {
                return Some((Leak::Cache, format!("**/{folder}")));
            }
            _ => {}
        }
    }
    if let ("pyvenv.cfg", Some(folder)) = (*name, path.strip_suffix("/pyvenv.cfg")) {
        return Some((Leak::Installed, folder.to_owned()));
    }
    let sample = folders.iter().any(|folder| SAMPLES.contains(&&*folder.to_ascii_lowercase()));
    (!sample && is_secret(name, folders)).then(|| (Leak::Secret, format!("**/{name}")))
}

/// Whether a name is that of a file with keys or passwords.
pub(super) fn is_secret(name: &str, folders: &[&str]) -> bool {
    const NAMES: &[&str] = &[
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        ".netrc",
        ".pypirc",
        ".git-credentials",
        ".htpasswd",
        ".pgpass",
        "terraform.tfstate",
        "terraform.tfvars",
    ];
    let harmless = ["example", "sample", "template", "dist", "defaults", "test", "schema", "ci"];
    let env = name == ".env"
        || name
            .strip_prefix(".env.")
            .is_some_and(|kind| !kind.split('.').any(|part| harmless.contains(&part)));
    let inside = |folder: &str, file: &str| folders.last() == Some(&folder) && name == file;
    // Keys that packages and releases are checked with end so, too, and are public.
    let private = ["priv", "server", "client", "ssl", "tls", "localhost", "domain"];
    let private = private.iter().any(|word| name.contains(word)) && !name.contains("pub");
    let key = [".p12", ".pfx", ".jks"].iter().any(|end| name.ends_with(end))
        || (name.ends_with(".key") && private)
        || (name.ends_with(".pem")
            && (name.contains("key") || name.contains("priv"))
            && !name.contains("pub"));
    env || NAMES.contains(&name)
        || key
        || inside(".aws", "credentials")
        || inside(".docker", "config.json")
        || inside(".kube", "config")
}
