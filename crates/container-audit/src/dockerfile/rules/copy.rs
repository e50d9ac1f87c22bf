//! `COPY` and `ADD`.

use leadforge_dockerfile_syntax::{Base, Copy, Dockerfile, Instruction, Kind};

use crate::dockerfile::args::has_flag;
use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::Scene;

/// Every `COPY` with its number and its stage.
pub(in crate::dockerfile) fn copies<'s>(
    scene: &'s Scene<'_>,
) -> impl Iterator<Item = (usize, usize, &'s Instruction, &'s Copy)> {
    scene.instructions().filter_map(|(at, stage, instruction)| match &instruction.kind {
        Kind::Copy(copy) => Some((at, stage?, instruction, copy)),
        _ => None,
    })
}

fn bare(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}

/// Endings of archives that `ADD` extracts.
const ARCHIVES: &[&str] = &[
    ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".tb2", ".xz", ".txz", ".lzma", ".tlz", ".lz",
    ".Z", ".tZ",
];

fn is_archive(name: &str) -> bool {
    ARCHIVES.iter().any(|ending| bare(name).ends_with(ending))
}

/// Whether `ADD` fetches it: a file or a repository.
pub(in crate::dockerfile) fn is_remote(name: &str) -> bool {
    let name = bare(name);
    ["http://", "https://", "git://", "git@", "ssh://"]
        .iter()
        .any(|scheme| name.starts_with(scheme))
}

pub(super) fn add(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction) in scene.instructions() {
        let Kind::Add(add) = &instruction.kind else { continue };
        if add.sources.iter().any(|source| !is_archive(&source.value) && !is_remote(&source.value))
        {
            let message = "Use COPY instead of ADD for files and folders";
            let mut finding = scene.finding("DL3020", Severity::Error, at, message);
            let plain = !add.sources.iter().any(|s| is_archive(&s.value) || is_remote(&s.value));
            let flags = instruction
                .flags
                .iter()
                .all(|f| matches!(f.name.as_str(), "chown" | "chmod" | "link"));
            if plain && flags {
                let span = instruction.keyword.span;
                finding.fix =
                    Some(Fix { start: span.start, end: span.end, text: "COPY".to_owned() });
            }
            found.push(finding);
        }
    }
}

pub(super) fn folder(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction, copy) in copies(scene) {
        let several = copy.sources.len() + instruction.heredocs.len() > 1;
        if several && !bare(&copy.target.value).ends_with('/') {
            let message = "COPY of several sources needs a target that ends with /";
            let mut finding = scene.finding("DL3021", Severity::Error, at, message);
            if !copy.json && !copy.target.value.ends_with(['"', '\'', '.']) {
                finding.fix = scene.insert(copy.target.span, "/");
            }
            found.push(finding);
        }
    }
}

pub(super) fn alias(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, instruction, _) in copies(scene) {
        let Some(from) = instruction.flag("from").map(bare) else { continue };
        let known = Dockerfile::stage_named(&scene.stages, from, stage).is_some()
            || scene.stages[stage].name.as_deref() == Some(&*from.to_ascii_lowercase())
            || from.parse() == Ok(stage);
        if !known && !from.contains(':') {
            let message = format!("`COPY --from` should name an earlier stage: {from} is none");
            found.push(scene.finding("DL3022", Severity::Warning, at, message));
        }
    }
}

pub(super) fn own(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, instruction, _) in copies(scene) {
        let Some(from) = instruction.flag("from").map(bare) else { continue };
        let same = scene.stages.get(stage).and_then(|stage| stage.name.as_deref());
        if same == Some(&*from.to_ascii_lowercase()) {
            let message = "`COPY --from` cannot name its own stage";
            found.push(scene.finding("DL3023", Severity::Error, at, message));
        }
    }
}

/// Whether a path is absolute, or may be: a variable, or a drive of Windows.
fn may_be_absolute(path: &str) -> bool {
    let path = bare(path);
    let drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with(['/', '$', '\\']) || drive
}

pub(super) fn workdir(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let mut set = vec![false; scene.stages.len()];
    for (at, stage, instruction) in scene.instructions() {
        let Some(stage) = stage else { continue };
        match &instruction.kind {
            Kind::From(_) => {
                if let Base::Stage(base) = scene.stages[stage].base {
                    set[stage] = set[base];
                }
            }
            Kind::Workdir(_) => set[stage] = true,
            Kind::Copy(copy) if !set[stage] && !may_be_absolute(&copy.target.value) => {
                let message = "`COPY` to a relative target without a `WORKDIR`";
                found.push(scene.finding("DL3045", Severity::Warning, at, message));
            }
            _ => {}
        }
    }
}

pub(super) fn whole(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction, copy) in copies(scene) {
        let all = copy.sources.iter().any(|source| bare(&source.value) == "/");
        if instruction.flag("from").is_some() && all && bare(&copy.target.value) == "/" {
            let message = "Do not copy a whole file system from another stage";
            found.push(scene.finding("DL3067", Severity::Warning, at, message));
        }
    }
}

pub(super) fn extract(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, instruction, copy) in copies(scene) {
        if instruction.flag("from").is_some() {
            continue;
        }
        let target = bare(&copy.target.value);
        let names = copy.sources.iter().map(|source| bare(&source.value)).filter(|s| is_archive(s));
        let base = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let names: Vec<String> =
            names.map(|name| if is_archive(target) { base(target) } else { base(name) }).collect();
        let extracted = scene.commands().any(|(run, command)| {
            let unpacks = match command.name() {
                Some("tar") => {
                    has_flag(command, &["x", "extract", "get"])
                        || command.args().first().is_some_and(|word| {
                            !word.value.starts_with('-')
                                && word.value.contains('x')
                                && !word.value.contains(['.', '/'])
                        })
                }
                Some(
                    "gunzip" | "bunzip2" | "unxz" | "unlzma" | "uncompress" | "zcat" | "bzcat"
                    | "xzcat",
                ) => true,
                _ => false,
            };
            let named = |word: &str| names.contains(&base(word));
            run.at > at
                && run.stage == Some(stage)
                && unpacks
                && command.args().iter().any(|word| named(&word.value))
        });
        if extracted {
            let message = "Use ADD for extracting an archive into an image";
            found.push(scene.finding("DL3010", Severity::Info, at, message));
        }
    }
}
