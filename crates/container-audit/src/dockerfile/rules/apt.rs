//! `apt-get`.

use leadforge_dockerfile_syntax::shell::Simple;

use crate::dockerfile::args::{calls, count_flag, has_flag, packages, verb};
use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::{Run, Scene};

const INSTALL: &[&str] = &["install"];

fn installs(command: &Simple) -> bool {
    calls(command, &["apt-get"], INSTALL)
}

/// Whether an argument is a package with a version, a release or a file.
fn is_pinned(package: &str) -> bool {
    package.contains('=') || package.contains('/') || package.ends_with(".deb")
}

pub(super) fn pinned(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let packages = packages(command, INSTALL, &["-t", "--target-release"]);
        if packages.iter().any(|package| !is_pinned(&package.value)) {
            let message = "Pin versions in apt get install: `<package>=<version>`";
            found.push(scene.finding("DL3008", Severity::Warning, run.at, message));
        }
    }
}

pub(super) fn yes(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let quiet = count_flag(command, &["q", "quiet"]) > 1
            || command.args().iter().any(|word| word.value == "-q=2");
        if !quiet && !has_flag(command, &["y", "yes", "assume-yes"]) {
            let message = "Use `-y`: nobody answers `apt-get -y install <package>` during a build";
            let mut finding = scene.finding("DL3014", Severity::Warning, run.at, message);
            finding.fix = verb(command, INSTALL).and_then(|w| scene.insert(w.span, " -y"));
            found.push(finding);
        }
    }
}

pub(super) fn recommends(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| installs(command)) {
        let off = |word: &str| word.contains("APT::Install-Recommends=false");
        let off = command.args().iter().any(|word| off(&word.value));
        if !off && !has_flag(command, &["no-install-recommends"]) {
            let message = "Avoid additional packages: `--no-install-recommends`";
            let mut finding = scene.finding("DL3015", Severity::Info, run.at, message);
            let after = verb(command, INSTALL);
            finding.fix = after.and_then(|w| scene.insert(w.span, " --no-install-recommends"));
            found.push(finding);
        }
    }
}

pub(super) fn apt(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| command.name() == Some("apt")) {
        if run.onbuild {
            continue;
        }
        let message =
            "Do not use apt, whose output and options may change: use apt-get or apt-cache";
        let mut finding = scene.finding("DL3027", Severity::Warning, run.at, message);
        let word = &command.words[0];
        let same = ["install", "update", "upgrade", "remove", "purge", "autoremove", "clean"];
        if verb(command, &same).is_some() {
            let (start, end) = (word.span.start, word.span.end);
            finding.fix = Some(Fix { start, end, text: "apt-get".to_owned() });
        }
        found.push(finding);
    }
}

/// Where apt keeps its lists.
const LISTS: &str = "/var/lib/apt/lists";

/// Whether a `rm` deletes the lists: it names them, or a folder above them.
fn deletes_lists(command: &Simple, folder: &str) -> bool {
    if calls(command, &["apt-get", "apt"], &["dist-clean", "distclean"]) {
        return true;
    }
    if command.name() != Some("rm") {
        return false;
    }
    command.args().iter().any(|word| {
        let path = word.value.trim_end_matches('*').trim_end_matches('/');
        let whole = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("{}/{path}", folder.trim_end_matches('/'))
        };
        let whole = whole.trim_end_matches('/');
        let above =
            LISTS.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (!whole.is_empty() && whole.starts_with("/var") && above)
            || whole.starts_with(LISTS)
            || braces(&word.value)
                .iter()
                .any(|path| LISTS.starts_with(path.trim_end_matches(['/', '*'])))
    })
}

/// What `a{b,c}d` stands for, one pair of braces.
fn braces(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('{') else { return Vec::new() };
    let Some((inside, after)) = rest.split_once('}') else { return Vec::new() };
    let all = inside.split(',').map(|part| format!("{before}{part}{after}"));
    all.filter(|path| path.starts_with("/var/lib/")).collect()
}

/// Whether the lists lie in a mount and not in the layer.
fn mounted(run: &Run<'_>) -> bool {
    let target = |flag: &leadforge_dockerfile_syntax::Flag, kinds: &[&str]| {
        let kind = flag.field(&["type"]).unwrap_or("bind");
        let target = flag.field(&["target", "dst", "destination"]).unwrap_or_default();
        kinds.contains(&kind).then(|| target.trim_end_matches('/').to_owned())
    };
    let mounts = || run.instruction.flags.iter().filter(|flag| flag.name == "mount");
    mounts().any(|flag| target(flag, &["cache", "tmpfs"]).is_some_and(|t| t == LISTS))
        || (mounts().any(|f| target(f, &["cache", "tmpfs"]).is_some_and(|t| t == "/var/lib/apt"))
            && mounts()
                .any(|f| target(f, &["cache", "tmpfs"]).is_some_and(|t| t == "/var/cache/apt")))
}

pub(super) fn lists(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for run in scene.runs.iter().filter(|run| !run.onbuild && scene.stays(run.stage)) {
        let updates = |c: &Simple| calls(c, &["apt-get", "apt", "aptitude"], &["update"]);
        if !run.script.commands.iter().any(updates) || mounted(run) {
            continue;
        }
        let mut folder = "/nowhere".to_owned();
        let clean = run.script.commands.iter().any(|command| {
            if let (Some("cd"), Some(to)) = (command.name(), command.args().first()) {
                folder = to.value.clone();
            }
            deletes_lists(command, &folder)
        });
        if !clean {
            let message =
                "Delete the apt lists (/var/lib/apt/lists) in the layer that fetched them";
            let mut finding = scene.finding("DL3009", Severity::Info, run.at, message);
            let last = run.script.commands.iter().map(|command| command.span.end).max();
            // Only where the text is a list on the file's own lines, a command can follow.
            let plain = run.instruction.heredocs.is_empty() && !run.command.is_exec();
            if let (Some(end), true) =
                (last, plain && run.script.commands.iter().all(|c| c.depth == 0))
            {
                let text = " && rm -rf /var/lib/apt/lists/*".to_owned();
                let whole = run.instruction.rest.span(0, run.instruction.rest.as_str().len()).end;
                if end == whole {
                    finding.fix = Some(Fix { start: end, end, text });
                }
            }
            found.push(finding);
        }
    }
}
