//! What `RUN` does in its shell.

use leadforge_dockerfile_syntax::{Base, Command, Flag, Kind, shell::Simple};

use crate::dockerfile::args::{has_flag, plain};
use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::{Run, Scene};

/// Reports every run with a command that fits; `onbuild` says whether what is kept for later counts, too.
fn each(
    scene: &Scene<'_>,
    found: &mut Vec<Finding>,
    rule: (&'static str, Severity, &str),
    onbuild: bool,
    fits: impl Fn(&Simple) -> bool,
) {
    for run in scene.runs.iter().filter(|run| onbuild || !run.onbuild) {
        if run.script.commands.iter().any(&fits) {
            found.push(scene.finding(rule.0, rule.1, run.at, rule.2));
        }
    }
}

pub(super) fn senseless(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const NAMES: &[&str] =
        &["ssh", "vim", "shutdown", "service", "ps", "free", "top", "kill", "mount"];
    let rule = ("DL3001", Severity::Info, "This command makes no sense in a container");
    each(scene, found, rule, false, |c| c.name().is_some_and(|name| NAMES.contains(&name)));
}

pub(super) fn cd(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule = ("DL3003", Severity::Warning, "Use WORKDIR to switch to a folder");
    each(scene, found, rule, false, |command| wrapped(command) == Some("cd"));
}

pub(super) fn sudo(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule =
        ("DL3004", Severity::Error, "Do not use sudo: a build is root, and a container needs gosu");
    each(scene, found, rule, true, |command| wrapped(command) == Some("sudo"));
}

/// The name of a command, behind `builtin` and `command`.
fn wrapped(command: &Simple) -> Option<&str> {
    match command.name() {
        Some("builtin" | "command") => command.args().first().map(|word| word.value.as_str()),
        name => name,
    }
}

pub(super) fn useradd(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(_, command)| command.name() == Some("useradd"))
    {
        let mut words = command.args().iter();
        let mut high = false;
        while let Some(word) = words.next() {
            let value = match word.value.as_str() {
                flag if flag == "--uid"
                    || (flag.starts_with('-')
                        && !flag.starts_with("--")
                        && flag.ends_with('u')) =>
                {
                    words.next().map(|word| word.value.as_str())
                }
                flag => flag.strip_prefix("--uid="),
            };
            high |= value.is_some_and(|id| id.len() > 5 && id.bytes().all(|b| b.is_ascii_digit()));
        }
        if high && !has_flag(command, &["l", "no-log-init"]) {
            let message = "useradd with a high id and without -l makes an excessively large image";
            let mut finding = scene.finding("DL3046", Severity::Warning, run.at, message);
            finding.fix = scene.insert(command.words[0].span, " -l");
            found.push(finding);
        }
    }
}

pub(super) fn wget(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    const QUIET: &[&str] =
        &["q", "quiet", "o", "output-file", "a", "append-output", "no-verbose", "progress"];
    for (run, command) in scene.commands().filter(|(_, command)| command.name() == Some("wget")) {
        let short = command.args().iter().any(|word| word.value == "-nv");
        if !run.onbuild && !short && !has_flag(command, QUIET) {
            let message =
                "wget fills the log with its progress: `--progress=dot:giga`, or `-q`, or `-nv`";
            let mut finding = scene.finding("DL3047", Severity::Info, run.at, message);
            finding.fix = scene.insert(command.words[0].span, " --progress=dot:giga");
            found.push(finding);
        }
    }
}

pub(super) fn both(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut seen: Vec<[bool; 2]> = vec![[false; 2]; scene.stages.len()];
    for run in &scene.runs {
        let Some(seen) = run.stage.and_then(|stage| seen.get_mut(stage)) else { continue };
        let uses = |name: &str| run.script.commands.iter().any(|c| c.name() == Some(name));
        let now = ["wget", "curl"].map(uses);
        seen[0] |= now[0];
        seen[1] |= now[1];
        if *seen == [true; 2] && now != [false; 2] {
            let message = "Use wget or curl, not both";
            found.push(scene.finding("DL4001", Severity::Warning, run.at, message));
        }
    }
}

pub(super) fn link(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let rule = ("DL4005", Severity::Warning, "Use SHELL to change the default shell");
    each(scene, found, rule, false, |command| {
        command.name() == Some("ln") && plain(command).iter().any(|word| word.value == "/bin/sh")
    });
}

/// Whether a `SHELL` stops at a failing part of a pipe.
fn has_pipefail(command: &Command) -> bool {
    let words: Vec<String> = match command {
        Command::Exec(words) => words.iter().map(|word| word.value.clone()).collect(),
        Command::Shell { text, .. } => {
            text.as_str().split_whitespace().map(str::to_owned).collect()
        }
    };
    let Some(shell) = words.first() else { return false };
    let knows = matches!(shell.rsplit('/').next(), Some("bash" | "zsh" | "ash"));
    knows && words.iter().any(|word| word.split_whitespace().any(|part| part == "pipefail"))
}

pub(super) fn pipefail(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut safe = vec![false; scene.stages.len()];
    let mut fixed = vec![false; scene.stages.len()];
    let mut runs = scene.runs.iter().peekable();
    for (at, stage, instruction) in scene.instructions() {
        let here = runs.next_if(|run| run.at == at);
        let Some(stage) = stage else { continue };
        match &instruction.kind {
            Kind::From(_) => {
                if let Base::Stage(base) = scene.stages[stage].base {
                    safe[stage] = safe[base];
                }
            }
            Kind::Shell(command) => safe[stage] = has_pipefail(command),
            Kind::Run(_)
                if !safe[stage] && here.is_some_and(|run| !run.script.pipes.is_empty()) =>
            {
                let message = "A failure before the pipe goes unseen: set SHELL with -o pipefail \
                               (/bin/ash where busybox is the shell)";
                let mut finding = scene.finding("DL4006", Severity::Warning, at, message);
                // One line serves the rest of the stage.
                if has_bash(scene, stage) && !fixed[stage] {
                    fixed[stage] = true;
                    let start = instruction.span.start;
                    let text = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n".to_owned();
                    finding.fix = Some(Fix { start, end: start, text });
                }
                found.push(finding);
            }
            _ => {}
        }
    }
}

/// Whether the image is known to have a bash: Debian's and what stands on it.
fn has_bash(scene: &Scene<'_>, stage: usize) -> bool {
    let last = scene.ancestry(stage).last().copied().unwrap_or(stage);
    let Base::Image(image) = &scene.stages[last].base else { return false };
    let tag = image.tag.as_deref().unwrap_or_default();
    let names = ["debian", "ubuntu", "python", "node", "golang", "rust", "ruby", "php"];
    names.contains(&image.short()) && !tag.contains("alpine")
}

pub(super) fn consecutive(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut last: Option<&Run<'_>> = None;
    let mut runs = scene.runs.iter().peekable();
    for (at, _, instruction) in scene.instructions() {
        let here = runs.next_if(|run| run.at == at).filter(|run| !run.onbuild);
        let Some(run) = here.filter(|_| matches!(instruction.kind, Kind::Run(_))) else {
            last = None;
            continue;
        };
        if let Some(before) = last
            && before.count <= 1
            && run.count <= 1
            && flags(before) == flags(run)
        {
            let message = "Consecutive `RUN` instructions could be one";
            found.push(scene.finding("DL3059", Severity::Info, at, message));
        }
        last = Some(run);
    }
}

/// The flags of a run in an order that does not depend on how they are written.
fn flags(run: &Run<'_>) -> Vec<String> {
    let one = |flag: &Flag| {
        let mut fields: Vec<String> =
            flag.fields().iter().map(|field| format!("{field:?}")).collect();
        fields.sort();
        format!("{} {fields:?}", flag.name)
    };
    let mut flags: Vec<String> = run.instruction.flags.iter().map(one).collect();
    flags.sort();
    flags
}
