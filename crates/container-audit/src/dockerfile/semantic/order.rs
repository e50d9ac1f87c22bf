//! The order of layers: what is built anew although nothing changed, and what is old although it looks new.

use leadforge_dockerfile_syntax::shell::Simple;
use leadforge_dockerfile_syntax::{Copy, Kind};

use super::images::is_debian;
use super::tools::{installs, of};
use crate::dockerfile::args::{calls, has_flag, plain};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

/// Whether a copy takes the whole context.
pub(super) fn takes_all(copy: &Copy) -> bool {
    let whole =
        |word: &str| matches!(word.trim_matches(['"', '\'']), "." | "./" | "/" | "*" | "./*");
    copy.sources.iter().any(|source| whole(&source.value))
}

/// What installs dependencies that a file of the repository names: the tool.
fn dependencies(command: &Simple) -> Option<&'static str> {
    let bare =
        |names: &[&str], verbs: &[&str]| calls(command, names, verbs) && plain(command).len() == 1;
    let reads = command
        .args()
        .iter()
        .any(|word| word.value.starts_with("-r") || word.value.starts_with("--requirement"));
    if calls(command, &["pip", "pip3"], &["install"]) && reads {
        return Some("pip");
    }
    if bare(&["npm"], &["ci", "install", "i"]) && !has_flag(command, &["g", "global"]) {
        return Some("npm");
    }
    let others: &[(&'static str, &[&str])] = &[
        ("yarn", &["install"]),
        ("pnpm", &["install", "i"]),
        ("bundle", &["install"]),
        ("composer", &["install"]),
        ("poetry", &["install"]),
        ("pipenv", &["install", "sync"]),
    ];
    let other = others.iter().find(|(name, verbs)| bare(&[name], verbs));
    if let Some((name, _)) = other {
        return Some(name);
    }
    if calls(command, &["go"], &["mod"]) && calls(command, &["go"], &["download"]) {
        return Some("go");
    }
    (command.name() == Some("yarn")
        && command.args().iter().all(|word| word.value.starts_with('-')))
    .then_some("yarn")
}

pub(in crate::dockerfile) fn cache(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for stage in 0..scene.stages.len() {
        let stages = scene.ancestry(stage);
        let mut whole = None;
        let mut done: Vec<&str> = Vec::new();
        for (at, here, instruction) in of(scene, &stages) {
            match &instruction.kind {
                Kind::Copy(copy) | Kind::Add(copy)
                    if instruction.flag("from").is_none() && takes_all(copy) =>
                {
                    whole = whole.or(Some(at));
                }
                Kind::Run(_) => {
                    let runs = scene.runs.iter().filter(|run| run.at == at);
                    for tool in
                        runs.flat_map(|run| run.script.commands.iter().filter_map(dependencies))
                    {
                        if let (Some(copied), true) =
                            (whole, here == stage && !done.contains(&tool))
                        {
                            let message = format!(
                                "Any change of any file installs all dependencies anew: copy what {tool} reads \
                                 first, install, and copy the rest (line {}) after it",
                                scene.line(copied)
                            );
                            found.push(scene.finding(
                                "cache-order",
                                Severity::Warning,
                                at,
                                message,
                            ));
                        }
                        done.push(tool);
                    }
                }
                _ => {}
            }
        }
    }
}

pub(in crate::dockerfile) fn unused(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for run in &scene.runs {
        let target = |ends: &str| {
            run.instruction.flags.iter().any(|flag| {
                let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
                let cache = flag.field(&["type"]) == Some("cache");
                flag.name == "mount" && cache && target.trim_end_matches('/').ends_with(ends)
            })
        };
        let says = |names: &[&str], flags: &[&str]| {
            run.script
                .commands
                .iter()
                .any(|c| c.name().is_some_and(|name| names.contains(&name)) && has_flag(c, flags))
        };
        let pip = target("/.cache/pip") && says(&["pip", "pip3"], &["no-cache-dir"]);
        let uv = target("/.cache/uv") && says(&["uv"], &["no-cache", "n"]);
        if pip || uv {
            let message = "A cache is mounted and then switched off: drop the flag or the mount";
            found.push(scene.finding("cache-unused", Severity::Warning, run.at, message));
        }
        let Some(stage) = run.stage else { continue };
        let kept =
            ["docker-clean", "Keep-Downloaded-Packages"].iter().any(|w| scene.source.contains(w));
        let fetches =
            run.script.commands.iter().any(|c| calls(c, &["apt-get", "apt"], &["install"]));
        if target("/var/cache/apt") && fetches && !kept && is_debian(scene, stage) {
            let message = "The image deletes what apt fetched (/etc/apt/apt.conf.d/docker-clean): remove that \
                           file, or the cache that is mounted here stays empty";
            found.push(scene.finding("cache-unused", Severity::Warning, run.at, message));
        }
    }
}

pub(in crate::dockerfile) fn update(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let updates = |c: &Simple| calls(c, &["apt-get", "apt"], &["update"]);
    let apt = |c: &Simple| installs(c) && matches!(c.name(), Some("apt-get" | "apt"));
    for run in scene.runs.iter().filter(|run| !run.onbuild) {
        let uses = |c: &Simple| {
            apt(c)
                || calls(
                    c,
                    &["apt-get", "apt"],
                    &["upgrade", "dist-upgrade", "build-dep", "full-upgrade"],
                )
        };
        let alone =
            run.script.commands.iter().any(updates) && !run.script.commands.iter().any(uses);
        let later = scene.runs.iter().find(|other| {
            other.at > run.at
                && other.stage == run.stage
                && other.script.commands.iter().any(apt)
                && !other.script.commands.iter().any(updates)
        });
        if let (true, Some(later)) = (alone, later) {
            let message = format!(
                "This layer stays cached, so line {} installs from an old index one day: update and install \
                 in one RUN",
                scene.line(later.at)
            );
            found.push(scene.finding("update-alone", Severity::Warning, run.at, message));
        }
    }
}
