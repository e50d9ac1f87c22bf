//! `FROM`: images, platforms, names.

use leadforge_dockerfile_syntax::{From, Image, Instruction, Kind};

use crate::dockerfile::finding::{Finding, Fix, Severity};
use crate::dockerfile::scene::Scene;

/// Every `FROM` with its number in the file and its stage.
fn froms<'s>(
    scene: &'s Scene<'_>,
) -> impl Iterator<Item = (usize, usize, &'s Instruction, &'s From)> {
    scene.instructions().filter_map(|(at, stage, instruction)| match &instruction.kind {
        Kind::From(from) => Some((at, stage.unwrap_or_default(), instruction, from)),
        _ => None,
    })
}

/// Whether an image is the name of an earlier stage.
fn is_stage(scene: &Scene<'_>, name: &str, stage: usize) -> bool {
    let lower = name.to_ascii_lowercase();
    scene.stages[..stage].iter().any(|stage| stage.name.as_deref() == Some(&*lower))
}

pub(super) fn tagged(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, _, from) in froms(scene) {
        let name = from.image.value.trim_matches(['"', '\'']);
        let image = Image::read(name);
        // What a variable stands for may have a tag.
        let open = name.starts_with('$') || name == "scratch" || is_stage(scene, name, stage);
        if !open && image.tag.is_none() && image.digest.is_none() {
            let message = format!("Always tag the version of an image explicitly: {name}");
            found.push(scene.finding("DL3006", Severity::Warning, at, message));
        }
    }
}

pub(super) fn latest(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, _, from) in froms(scene) {
        let image = Image::read(from.image.value.trim_matches(['"', '\'']));
        if image.tag.as_deref() == Some("latest") && image.digest.is_none() {
            let message = "latest is another image tomorrow: pin a release tag";
            found.push(scene.finding("DL3007", Severity::Warning, at, message));
        }
    }
}

pub(super) fn unique(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, _, from) in froms(scene) {
        let Some(alias) = &from.alias else { continue };
        if is_stage(scene, &alias.value, stage) {
            let message = format!("Names of stages are unique: {} is one already", alias.value);
            found.push(scene.finding("DL3024", Severity::Error, at, message));
        }
    }
}

pub(super) fn trusted(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    let trusted = &scene.config.trusted_registries;
    if trusted.is_empty() {
        return;
    }
    for (at, stage, _, from) in froms(scene) {
        let name = &from.image.value;
        if name == "scratch" || is_stage(scene, name, stage) {
            continue;
        }
        let registry = Image::read(name).registry.unwrap_or_else(|| "docker.io".to_owned());
        let matches = |allowed: &String| match allowed.strip_prefix('*') {
            Some(end) => registry.ends_with(end),
            None => match allowed.strip_suffix('*') {
                Some(start) => registry.starts_with(start),
                None => {
                    *allowed == registry || (registry == "docker.io" && allowed == "hub.docker.com")
                }
            },
        };
        if !trusted.iter().any(matches) {
            let message = format!("Use only an allowed registry: {registry} is none");
            found.push(scene.finding("DL3026", Severity::Error, at, message));
        }
    }
}

pub(super) fn platform(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction, _) in froms(scene) {
        let Some(value) = instruction.flag("platform") else { continue };
        if !["BUILDPLATFORM", "TARGETPLATFORM"].iter().any(|name| value.contains(name)) {
            let message = "Do not fix the platform in FROM: it is the builder's to choose";
            found.push(scene.finding("DL3029", Severity::Warning, at, message));
        }
    }
}

pub(super) fn target_platform(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, _, instruction, _) in froms(scene) {
        let Some(flag) = instruction.flags.iter().find(|flag| flag.name == "platform") else {
            continue;
        };
        let value = flag.value.as_deref().unwrap_or_default().trim_matches('"');
        if matches!(value, "$TARGETPLATFORM" | "${TARGETPLATFORM}") {
            let message = "--platform=$TARGETPLATFORM is what FROM does anyway";
            let mut finding = scene.finding("DL3065", Severity::Info, at, message);
            let (start, mut end) = (flag.span.start, flag.span.end);
            end += usize::from(scene.source[end..].starts_with(' '));
            finding.fix = Some(Fix { start, end, text: String::new() });
            found.push(finding);
        }
    }
}

pub(super) fn first(scene: &Scene<'_>, found: &mut Vec<Finding>) {
    for (at, stage, instruction) in scene.instructions() {
        let allowed = matches!(instruction.kind, Kind::From(_) | Kind::Arg(_) | Kind::Unknown);
        if stage.is_none() && !allowed {
            let message = "A Dockerfile begins with FROM, ARG or a comment";
            found.push(scene.finding("DL3061", Severity::Error, at, message));
        }
    }
}
