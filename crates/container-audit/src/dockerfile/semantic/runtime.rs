//! What happens when the image starts: as whom, with which program, watched by whom.

use leadforge_dockerfile_syntax::{Command, Kind};

use super::images::{Family, family, is_plain};
use super::tools::{installed, of, opaque};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::scene::{Scene, script};

pub(in crate::dockerfile) fn root(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let stages = scene.final_stages();
    let Some(last) = stages.first().copied() else { return };
    let has_user = of(scene, &stages).any(|(_, _, i)| matches!(i.kind, Kind::User(_)));
    // An entry script may step down by itself.
    let drops = ["gosu", "su-exec", "setpriv", "setuidgid", "runuser", "chpst", "PUID"];
    let drops = drops.iter().any(|word| scene.source.contains(word));
    let scratch = matches!(family(scene, last), Some((Family::Scratch, _)));
    if !has_user && !drops && !scratch && is_plain(scene, last) {
        let at = from(scene, last);
        let message = "The final stage runs as root: add a user and a USER with its number";
        found.push(scene.finding("root-user", Severity::Warning, at, message));
    }
}

/// Interpreters that ask for a line when they are given nothing.
const PROMPTS: &[&str] = &[
    "python", "python3", "node", "R", "ghci", "iex", "erl", "julia", "lua", "bun", "psql",
    "python2", "pypy3", "swipl",
];

/// The `FROM` of a stage.
pub(super) fn from(scene: &Scene<'_>, stage: usize) -> usize {
    let mut all = scene.instructions().filter(|(_, at, _)| *at == Some(stage));
    all.next().map_or(0, |(at, _, _)| at)
}

pub(in crate::dockerfile) fn healthcheck(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let stages = scene.final_stages();
    let Some(last) = stages.first().copied() else { return };
    let any = |is: fn(&Kind) -> bool| of(scene, &stages).any(|(_, _, i)| is(&i.kind));
    let checked = any(|kind| matches!(kind, Kind::Healthcheck(_)));
    let listens = any(|kind| matches!(kind, Kind::Expose(_)));
    // What starts a shell or a prompt is for people, and what is only an ENTRYPOINT is a tool.
    let service = |kind: &Kind| match kind {
        Kind::Cmd(command) => script(command).commands.iter().any(|command| {
            let name = command.name().unwrap_or_default();
            let shell = matches!(
                name.rsplit('/').next(),
                Some("sh" | "bash" | "ash" | "zsh" | "fish" | "tmux" | "jshell" | "irb")
            );
            let prompt = matches!(command.args(), [] if PROMPTS.contains(&name))
                || (name == "php" && command.args().first().is_some_and(|word| word.value == "-a"));
            !name.is_empty() && !name.starts_with('-') && !shell && !prompt
        }),
        _ => false,
    };
    // Behind a program of its own, a CMD is arguments; behind a script that prepares, it is what runs.
    let argued = of(scene, &stages).any(|(_, _, i)| match &i.kind {
        Kind::Entrypoint(command) => script(command).commands.first().is_some_and(|command| {
            let name = command.name().unwrap_or_default().rsplit('/').next().unwrap_or_default();
            let prepares = ["tini", "dumb-init", "catatonit", "init", "sh", "bash", "ash", "env"];
            !(name.is_empty()
                || name.contains("entry")
                || name.ends_with(".sh")
                || prepares.contains(&name))
        }),
        _ => false,
    });
    let starts = !argued && of(scene, &stages).any(|(_, _, i)| service(&i.kind));
    if !checked && (listens || starts) && is_plain(scene, last) {
        let at = from(scene, last);
        let message = "The final stage has no HEALTHCHECK: nothing notices when it hangs";
        found.push(scene.finding("no-healthcheck", Severity::Info, at, message));
    }
}

/// Programs that an image has or has not.
const PROGRAMS: &[&str] = &[
    "python", "python3", "pip", "node", "npm", "npx", "yarn", "java", "ruby", "bundle", "php",
    "bash", "curl", "wget", "go", "dotnet", "deno", "bun",
];

/// Whether an image of a family has a program that no language brought.
fn has(family: Family, program: &str) -> bool {
    match family {
        Family::Scratch | Family::Distroless => false,
        Family::Alpine => program == "wget",
        Family::Slim => program == "bash",
        // What the full images bring changed over time.
        Family::Full => !matches!(
            program,
            "node" | "npm" | "npx" | "yarn" | "java" | "php" | "dotnet" | "deno" | "bun"
        ),
    }
}

pub(in crate::dockerfile) fn interpreter(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let stages = scene.final_stages();
    let Some(last) = stages.first().copied() else { return };
    let Some((kind, brings)) = family(scene, last) else { return };
    if opaque(scene, &stages) {
        return;
    }
    let packages = installed(scene, &stages);
    let bare = matches!(kind, Family::Scratch | Family::Distroless);
    for (at, _, instruction) in of(scene, &stages) {
        let (Kind::Cmd(command)
        | Kind::Entrypoint(command)
        | Kind::Healthcheck(Some(command))
        | Kind::Run(command)) = &instruction.kind
        else {
            continue;
        };
        if bare && matches!(command, Command::Shell { .. }) {
            let message = format!(
                "{} in shell form, and the image has no shell: write it as JSON",
                instruction.name()
            );
            found.push(scene.finding("no-interpreter", Severity::Error, at, message));
            continue;
        }
        if matches!(instruction.kind, Kind::Run(_)) {
            continue;
        }
        let script = script(command);
        let Some(first) = script.commands.iter().find(|command| !command.words.is_empty()) else {
            continue;
        };
        let name = first.name().unwrap_or_default();
        let program = name.strip_prefix("/usr/bin/").or(name.strip_prefix("/bin/")).unwrap_or(name);
        let known = PROGRAMS.contains(&program);
        let there = brings.contains(&program)
            || has(kind, program)
            || packages.iter().any(|package| provides(package, program));
        if known && !there {
            let message =
                format!("{} starts {program}, which the image has not", instruction.name());
            found.push(scene.finding("no-interpreter", Severity::Error, at, message));
        }
    }
}

/// Whether a package may bring a program.
fn provides(package: &str, program: &str) -> bool {
    let stem = match program {
        "npm" | "npx" | "yarn" => "n",
        "python" | "python3" | "pip" => "py",
        "java" => "j",
        "go" => "go",
        "bundle" => "ruby",
        program => program,
    };
    // A variable may stand for it.
    package.contains('$') || package.contains(stem)
}
