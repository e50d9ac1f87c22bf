//! `npm`, `gem`, `yarn` and `go`.

use leadforge_dockerfile_syntax::shell::Simple;

use crate::dockerfile::args::{calls, has_flag, packages, plain_without};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::Scene;

pub(super) fn npm(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const VALUED: &[&str] = &[
        "--loglevel",
        "--registry",
        "--prefix",
        "--cache",
        "-C",
        "--omit",
        "--include",
        "-w",
        "--workspace",
    ];
    let installs = |command: &Simple| calls(command, &["npm"], &["install"]);
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let named = packages(command, &["install"], VALUED);
        if named.iter().any(|package| !is_pinned_npm(&package.value)) {
            let message = "Pin versions in npm: `npm install <package>@<version>`";
            found.push(scene.finding("DL3016", Severity::Warning, run.at, message));
        }
    }
}

fn is_pinned_npm(package: &str) -> bool {
    let by_git = ["git+", "git:"].iter().any(|prefix| package.starts_with(prefix));
    if by_git {
        return package.contains('#');
    }
    let is_path = ["/", "./", "../", "~/"].iter().any(|prefix| package.starts_with(prefix));
    let is_file = [".tgz", ".tar.gz", ".tar"].iter().any(|suffix| package.ends_with(suffix));
    // The first character of a scope is no version.
    is_path || is_file || package.get(1..).is_some_and(|rest| rest.contains('@'))
}

pub(super) fn gem(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let installs = |command: &Simple| calls(command, &["gem"], &["install", "i"]);
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        // What follows two hyphens goes to the compiler.
        let words = command.args().iter().take_while(|word| word.value != "--");
        let versioned = words.clone().any(|word| {
            matches!(word.value.as_str(), "-v" | "--version")
                || word.value.starts_with("--version=")
        });
        let mut named = words.filter(|word| !word.value.starts_with('-')).skip(1);
        if !versioned && named.any(|gem| !gem.value.contains(':')) {
            let message = "Pin versions in gem install: `gem install <gem>:<version>`";
            found.push(scene.finding("DL3028", Severity::Warning, run.at, message));
        }
    }
}

pub(super) fn yarn(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for run in scene.runs.iter().filter(|run| !run.onbuild && scene.stays(run.stage)) {
        let mounted = run.instruction.flags.iter().any(|flag| {
            let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
            let target = target.trim_end_matches('/');
            flag.name == "mount"
                && matches!(flag.field(&["type"]), Some("cache" | "tmpfs"))
                && (target.ends_with("/.cache/yarn")
                    || target.ends_with("/.yarn/cache")
                    || target.ends_with("/.yarn/berry/cache"))
        });
        let mut dirty = false;
        for command in &run.script.commands {
            if calls(command, &["yarn"], &["install"]) {
                dirty = true;
            } else if calls(command, &["yarn"], &["cache"]) && calls(command, &["yarn"], &["clean"])
            {
                dirty = false;
            }
        }
        if dirty && !mounted {
            let message = "`yarn cache clean` is missing after `yarn install`";
            found.push(scene.finding("DL3060", Severity::Info, run.at, message));
        }
    }
}

pub(super) fn go(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const VALUED: &[&str] =
        &["-ldflags", "-tags", "-mod", "-gcflags", "-C", "-o", "-p", "-overlay", "-modfile"];
    for (run, command) in scene.commands() {
        let Some(verb) = command.args().first().map(|word| word.value.as_str()) else { continue };
        if command.name() != Some("go") || !matches!(verb, "install" | "get" | "run") {
            continue;
        }
        let named = plain_without(command, VALUED);
        let named = named.iter().skip(1).map(|word| word.value.as_str());
        // What `go run` is given behind the package are the program's arguments.
        let count = if verb == "run" { 1 } else { usize::MAX };
        let local =
            |name: &str| name.starts_with(['.', '/']) || name.ends_with(".go") || name == "tool";
        let pinned = |name: &str| match name.split_once('@') {
            Some((_, version)) => !matches!(version, "latest" | "none"),
            None => local(name),
        };
        if !has_flag(command, &["modfile"]) && named.take(count).any(|name| !pinned(name)) {
            let message = "Pin versions in go: `go install <package>@<version>`";
            found.push(scene.finding("DL3062", Severity::Warning, run.at, message));
        }
    }
}
