//! What comes from outside: images, packages, scripts, and what goes out with them.

use leadforge_dockerfile_syntax::shell::{Join, Simple};
use leadforge_dockerfile_syntax::{Base, Dockerfile, Image, Kind};

use super::leak::is_secret;
use super::tools::of;
use crate::dockerfile::args::{calls, has_flag, plain};
use crate::dockerfile::finding::{Finding, Severity};
use crate::dockerfile::rules::pip;
use crate::dockerfile::scene::Scene;

/// Images that `COPY --from` and mounts name, with the instruction and its stage.
fn foreign(scene: &Scene<'_>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, stage, instruction) in scene.instructions() {
        let Some(stage) = stage else { continue };
        let from = |flag: &leadforge_dockerfile_syntax::Flag| match flag.name.as_str() {
            "from" => flag.value.clone(),
            "mount" => flag.field(&["from"]).map(str::to_owned),
            _ => None,
        };
        for name in instruction.flags.iter().filter_map(from) {
            let name = name.trim_matches(['"', '\'']).to_owned();
            let earlier = Dockerfile::stage_named(&scene.stages, &name, stage).is_some();
            let number = name.parse::<usize>().is_ok();
            if !earlier && !number && !name.contains('$') && (name.contains([':', '/', '@'])) {
                found.push((at, name));
            }
        }
    }
    found
}

pub(in crate::dockerfile) fn latest(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, name) in foreign(scene) {
        let image = Image::read(&name);
        let open = matches!(image.tag.as_deref(), None | Some("latest")) && image.digest.is_none();
        if open {
            let message = format!("{name} is another image tomorrow: name a version");
            found.push(scene.finding("image-latest", Severity::Warning, at, message));
        }
    }
}

pub(in crate::dockerfile) fn digest(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut report = |at: usize, name: &str| {
        let message = format!("{name} can change under its tag: pin it by digest, name@sha256:…");
        found.push(scene.finding("image-undigested", Severity::Info, at, message));
    };
    for (at, stage, instruction) in scene.instructions() {
        let (Kind::From(from), Some(stage)) = (&instruction.kind, stage) else { continue };
        let Base::Image(image) = &scene.stages[stage].base else { continue };
        if image.digest.is_none() {
            report(at, &from.image.value);
        }
    }
    for (at, name) in foreign(scene) {
        if Image::read(&name).digest.is_none() {
            report(at, &name);
        }
    }
}

pub(in crate::dockerfile) fn add_unverified(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Add(add) = &instruction.kind else { continue };
        let remote = |word: &str| {
            let word = word.trim_matches(['"', '\'']);
            // A repository ends so, and a commit may follow.
            let repository = word.split('#').next().is_some_and(|word| word.ends_with(".git"));
            (word.starts_with("http://") || word.starts_with("https://")) && !repository
        };
        if instruction.flag("checksum").is_none() && add.sources.iter().any(|s| remote(&s.value)) {
            let message = "What is downloaded here is not checked: ADD --checksum=sha256:…";
            found.push(scene.finding("add-unverified", Severity::Info, at, message));
        }
    }
}

pub(in crate::dockerfile) fn secret(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let is_secret = |path: &str| {
        let parts: Vec<&str> = path.trim_matches(['"', '\'']).split('/').collect();
        parts.split_last().is_some_and(|(name, folders)| is_secret(name, folders))
    };
    for (at, _, instruction) in scene.instructions() {
        let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { continue };
        if let Some(source) = copy.sources.iter().find(|source| is_secret(&source.value)) {
            let message =
                format!("{} stays in the image for everybody: mount it as a secret", source.value);
            found.push(scene.finding("copied-secret", Severity::Error, at, message));
        }
    }
}

/// Whether a command installs Python packages, and as which tool.
fn python(command: &Simple) -> Option<&'static str> {
    if calls(command, &["uv"], &["pip"]) && calls(command, &["uv"], &["install"]) {
        return Some("uv pip install");
    }
    pip::installs(command).then_some("pip install")
}

/// Whether a requirement is the project itself.
fn is_project(requirement: &str) -> bool {
    let path = requirement.split('[').next().unwrap_or_default();
    matches!(path, "." | "./")
}

/// The stages whose files end up in the final image: those it stands on, and those it copies from.
fn contributing(scene: &Scene<'_>) -> Vec<usize> {
    let mut all = scene.final_stages();
    let mut next = 0;
    while let Some(stage) = all.get(next).copied() {
        next += 1;
        let sources: Vec<usize> = of(scene, &[stage])
            .filter(|(_, _, instruction)| matches!(instruction.kind, Kind::Copy(_)))
            .filter_map(|(_, _, instruction)| instruction.flag("from").map(str::to_owned))
            .filter_map(|name| Dockerfile::stage_named(&scene.stages, &name, stage))
            .collect();
        for stage in sources.into_iter().flat_map(|stage| scene.ancestry(stage)) {
            if !all.contains(&stage) {
                all.push(stage);
            }
        }
    }
    all
}

pub(in crate::dockerfile) fn editable(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let stages = contributing(scene);
    for (run, command) in scene.commands() {
        let here = run.stage.is_some_and(|stage| stages.contains(&stage));
        let Some(tool) = python(command) else { continue };
        let flag = command
            .args()
            .iter()
            .any(|word| word.value == "-e" || word.value.starts_with("--editable"));
        if here && flag {
            let message = format!(
                "`{tool} -e` makes the image run whatever lies in the source folder: install the package"
            );
            found.push(scene.finding("editable-install", Severity::Warning, run.at, message));
        }
    }
}

pub(in crate::dockerfile) fn unlocked(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (run, command) in scene.commands().filter(|(run, _)| !run.onbuild) {
        let message = match (python(command), command.name()) {
            (Some(tool), _) => {
                let named = pip::requirements(command);
                let project = named.iter().any(|name| is_project(name))
                    || command.args().iter().any(|word| is_project(&word.value));
                let open = tool.starts_with("uv")
                    && named.iter().any(|name| !pip::is_pinned(name) && !is_project(name));
                let free = (project || open)
                    && !has_flag(
                        command,
                        &[
                            "no-deps",
                            "no-index",
                            "require-hashes",
                            "constraint",
                            "constraints",
                            "requirement",
                            "r",
                        ],
                    )
                    && !command
                        .args()
                        .iter()
                        .any(|word| matches!(word.value.as_str(), "-r" | "-c"));
                if !free {
                    continue;
                }
                let lock = if scene.around.has("uv.lock") {
                    ": uv.lock is there, `uv sync --locked` follows it"
                } else {
                    ": lock them"
                };
                format!("`{tool}` takes the newest versions of the day{lock}")
            }
            (None, Some("npm"))
                if calls(command, &["npm"], &["install", "i"])
                    && plain(command).len() == 1
                    && !has_flag(command, &["g", "global"]) =>
            {
                "`npm install` may change what the lock file says: `npm ci` follows it".to_owned()
            }
            (None, Some("cargo"))
                if calls(command, &["cargo"], &["install"])
                    && !has_flag(command, &["locked", "path", "frozen"]) =>
            {
                "`cargo install` ignores the lock file without --locked".to_owned()
            }
            (None, Some("uv"))
                if calls(command, &["uv"], &["sync"])
                    && !has_flag(command, &["locked", "frozen"]) =>
            {
                "`uv sync` resolves anew when uv.lock is stale: --locked fails instead".to_owned()
            }
            _ => continue,
        };
        let by_env = ["UV_FROZEN", "UV_LOCKED"].iter().any(|name| scene.source.contains(name));
        if !by_env || command.name() != Some("uv") {
            found.push(scene.finding("unlocked-install", Severity::Warning, run.at, message));
        }
    }
}

pub(in crate::dockerfile) fn piped(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for run in scene.runs.iter().filter(|run| !run.onbuild) {
        let mut fetched = false;
        for command in &run.script.commands {
            let name = command.name().unwrap_or_default();
            let base = name.rsplit('/').next().unwrap_or_default();
            fetched = match command.join {
                Join::Pipe => fetched,
                _ => false,
            } || matches!(base, "curl" | "wget");
            let python = base.strip_prefix("python").is_some_and(|version| {
                version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            });
            let runs = python
                || matches!(
                    base,
                    "sh" | "bash" | "ash" | "dash" | "zsh" | "perl" | "node" | "ruby"
                )
                || (base == "sudo"
                    && plain(command)
                        .first()
                        .is_some_and(|w| matches!(w.value.as_str(), "sh" | "bash")));
            // With a text of its own it reads data, not a script.
            let text = has_flag(command, &["c", "e", "m"]);
            if fetched && command.join == Join::Pipe && runs && !text {
                let message =
                    "What was downloaded is run unseen: fetch a version, check its digest, run it";
                found.push(scene.finding("piped-script", Severity::Warning, run.at, message));
                break;
            }
        }
    }
}

pub(in crate::dockerfile) fn writable(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let everybody = |mode: &str| {
        let octal = mode.len() >= 3 && mode.bytes().all(|b| (b'0'..=b'7').contains(&b));
        let last = mode.bytes().last().unwrap_or(b'0');
        // The sticky bit is what /tmp has.
        let sticky = mode.len() == 4 && mode.starts_with('1');
        let words = ["a+w", "o+w", "a+rw", "o+rw", "ugo+w", "a+rwx", "o+rwx", "ugo+rwx"];
        (octal && !sticky && (last - b'0') & 2 == 2) || words.contains(&mode)
    };
    for (run, command) in scene.commands().filter(|(_, command)| command.name() == Some("chmod")) {
        if plain(command).first().is_some_and(|mode| everybody(&mode.value)) {
            let message = "Everybody may write here: give the files to the user who needs them";
            found.push(scene.finding("world-writable", Severity::Warning, run.at, message));
        }
    }
    for (at, _, instruction) in scene.instructions() {
        let copies = matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_));
        if copies && instruction.flag("chmod").is_some_and(everybody) {
            let message = "Everybody may write what is copied: a smaller mode does";
            found.push(scene.finding("world-writable", Severity::Warning, at, message));
        }
    }
}
