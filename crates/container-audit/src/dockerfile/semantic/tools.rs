//! What the commands of a stage install, and what cannot be known of them.

use leadforge_dockerfile_syntax::shell::Simple;
use leadforge_dockerfile_syntax::{Instruction, Kind};

use crate::dockerfile::args::{calls, plain};
use crate::dockerfile::scene::Scene;

/// Package managers and their verb.
const MANAGERS: &[(&str, &[&str])] = &[
    ("apt-get", &["install"]),
    ("apt", &["install"]),
    ("apk", &["add"]),
    ("yum", &["install"]),
    ("dnf", &["install"]),
    ("microdnf", &["install"]),
    ("tdnf", &["install"]),
    ("zypper", &["install", "in"]),
];

/// Whether a command installs packages of the distribution.
pub(super) fn installs(command: &Simple) -> bool {
    MANAGERS.iter().any(|(name, verbs)| calls(command, &[name], verbs))
}

/// Every word that a package manager is given in these stages.
pub(super) fn installed(scene: &Scene<'_>, stages: &[usize]) -> Vec<String> {
    let here = |stage: Option<usize>| stage.is_some_and(|stage| stages.contains(&stage));
    let commands = scene.commands().filter(|(run, command)| here(run.stage) && installs(command));
    commands.flat_map(|(_, command)| plain(command)).map(|word| word.value.clone()).collect()
}

/// The instructions of these stages with their numbers.
pub(super) fn of<'s>(
    scene: &'s Scene<'_>,
    stages: &'s [usize],
) -> impl Iterator<Item = (usize, usize, &'s Instruction)> {
    scene.instructions().filter_map(move |(at, stage, instruction)| {
        let stage = stage.filter(|stage| stages.contains(stage))?;
        Some((at, stage, instruction))
    })
}

/// Whether these stages do what may put any program anywhere: scripts of the repository, downloads,
/// files copied to where programs are.
pub(super) fn opaque(scene: &Scene<'_>, stages: &[usize]) -> bool {
    let here = |stage: Option<usize>| stage.is_some_and(|stage| stages.contains(&stage));
    let scripts = scene.commands().filter(|(run, _)| here(run.stage)).any(|(_, command)| {
        let Some(name) = command.name() else { return false };
        let fetches = matches!(
            name,
            "curl"
                | "wget"
                | "tar"
                | "unzip"
                | "make"
                | "ansible"
                | "brew"
                | "nix-env"
                | "conda"
                | "mamba"
                | "micromamba"
                | "sdk"
                | "nvm"
                | "fnm"
                | "volta"
                | "asdf"
                | "mise"
                | "pacman"
                | "emerge"
                | "rpm"
                | "dpkg"
                | "ln"
                | "mv"
                | "cp"
                | "install"
        );
        let local = name.contains(['/', '$']);
        let shell = matches!(
            name,
            "sh" | "bash"
                | "ash"
                | "source"
                | "."
                | "zsh"
                | "eval"
                | "python"
                | "python3"
                | "uv"
                | "chroot"
        );
        fetches || local || shell
    });
    let foreign = scene.runs.iter().any(|run| {
        here(run.stage)
            && (run.foreign
                || run.script.commands.is_empty()
                || !run.instruction.heredocs.is_empty())
    });
    let copied = of(scene, stages).any(|(_, _, instruction)| match &instruction.kind {
        Kind::Copy(copy) | Kind::Add(copy) => {
            let target = copy.target.value.trim_matches(['"', '\'']);
            let programs =
                ["/usr", "/opt", "/bin", "/sbin", "/lib", "/root", "/busybox", "/nix", "$"];
            let bin = target.trim_end_matches('/').is_empty()
                || programs.iter().any(|folder| target.starts_with(folder));
            // An archive may hold anything.
            bin || matches!(instruction.kind, Kind::Add(_))
                || (instruction.flag("from").is_some() && target.contains("bin"))
        }
        Kind::Env(pairs) => pairs.iter().any(|pair| pair.key.value == "PATH"),
        _ => false,
    });
    scripts || foreign || copied
}
