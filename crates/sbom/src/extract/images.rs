//! What sources refer to outside of any lock file: actions of workflows, images of Dockerfiles and compose files.

use std::collections::BTreeMap;

use leadforge_dockerfile_syntax::{Base, Image, Kind, parse};

use super::{Extractor, Facts, Found, Gives, Reads};
use crate::Error;
use crate::inventory::{Draft, Ecosystem};

const NOTHING: Gives = Gives { edges: false, scopes: false, hashes: false, licences: false };

pub(super) const WORKFLOWS: Extractor = Extractor {
    name: "workflows",
    files: &[".github/workflows/*.yml", ".github/workflows/*.yaml", "action.yml", "action.yaml"],
    versions: "any",
    gives: NOTHING,
    unless: &[],
    reads: Reads::text(workflow),
};

pub(super) const DOCKERFILES: Extractor = Extractor {
    name: "dockerfile",
    files: &["Dockerfile", "Containerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile"],
    reads: Reads::text(dockerfile),
    ..WORKFLOWS
};

pub(super) const COMPOSE: Extractor = Extractor {
    name: "compose",
    files: &["compose*.yml", "compose*.yaml", "docker-compose*.yml", "docker-compose*.yaml"],
    reads: Reads::text(compose),
    ..WORKFLOWS
};

/// The value of a key in a line of YAML, with or without a dash before it.
fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let line = line.trim_start();
    let line = line.strip_prefix("- ").map_or(line, str::trim_start);
    let value = line.strip_prefix(key)?.trim_start().strip_prefix(':')?;
    if !value.starts_with([' ', '\t']) {
        return None;
    }
    let value = value.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    Some(match quote {
        Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
        None => value.split(" #").next().unwrap_or(value).trim_end(),
    })
    .filter(|value| !value.is_empty() && !value.starts_with(['|', '>', '{', '[', '&', '*', '#']))
}

/// The lines of a text that are no part of a block of text, with their numbers.
fn structure(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut inside: Option<usize> = None;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            return false;
        }
        if inside.is_some_and(|outer| indent > outer) {
            return false;
        }
        let end = line.split(" #").next().unwrap_or(line).trim_end();
        let block =
            [": |", ": >", ": |-", ": >-", ": |+", ": >+"].iter().any(|sign| end.ends_with(sign));
        // A key behind a dash is indented to where it stands.
        let dash = if line.trim_start().starts_with("- ") { 1 } else { 0 };
        inside = block.then_some(indent + dash);
        true
    })
}

fn workflow(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    for (line, text) in structure(found.text) {
        let Some(uses) = value(text, "uses") else { continue };
        if let Some(image) = uses.strip_prefix("docker://") {
            put_image(found, draft, &Image::read(image), line);
            continue;
        }
        // A folder of the repository itself is no component of another.
        if uses.starts_with('.') || uses.contains("${{") {
            continue;
        }
        let (path, reference) = uses.split_once('@').unwrap_or((uses, ""));
        let mut parts = path.splitn(3, '/');
        let (Some(owner), Some(repository)) = (parts.next(), parts.next()) else {
            let message = format!("uses {uses:?}, which names no repository");
            draft.warn(found.warning(Some(line), "reference.unknown", message));
            continue;
        };
        let facts = Facts {
            version: Some(reference.to_owned()).filter(|reference| !reference.is_empty()),
            subpath: parts.next().map(str::to_owned),
            line,
            ..Facts::default()
        };
        draft.add(
            found.component(Ecosystem::Github, &format!("{owner}/{repository}"), facts),
            false,
        );
    }
    Ok(())
}

fn compose(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    for (line, text) in structure(found.text) {
        let Some(image) = value(text, "image") else { continue };
        match defaults(image) {
            Some(image) => put_image(found, draft, &Image::read(&image), line),
            None => {
                let message =
                    format!("has the image {image:?}, whose variables have no value here");
                draft.warn(found.warning(Some(line), "reference.variable", message));
            }
        }
    }
    Ok(())
}

/// A text with the defaults of its variables: `${A:-b}` is `b`; nothing when one has none.
fn defaults(text: &str) -> Option<String> {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        said.push_str(before);
        let (inside, after) = behind.strip_prefix('{')?.split_once('}')?;
        let (_, default) = inside.split_once(":-").or_else(|| inside.split_once('-'))?;
        said.push_str(default);
        rest = after;
    }
    said.push_str(rest);
    (!said.is_empty()).then_some(said)
}

fn dockerfile(found: &Found<'_>, draft: &mut Draft) -> Result<(), Error> {
    let file = parse(found.text);
    let line = |offset| u32::try_from(file.line(offset)).unwrap_or(u32::MAX);
    let stages = file.stages();
    let mut names: BTreeMap<String, ()> = BTreeMap::new();
    for (index, stage) in stages.iter().enumerate() {
        if let Some(name) = &stage.name {
            names.insert(name.to_lowercase(), ());
        }
        names.insert(index.to_string(), ());
    }
    for stage in &stages {
        let at = line(stage.from.image.span.start);
        match &stage.base {
            Base::Image(image) => put_image(found, draft, image, at),
            Base::Unknown => {
                let message = "builds on an image whose variables have no value here".to_owned();
                draft.warn(found.warning(Some(at), "reference.variable", message));
            }
            _ => {}
        }
    }
    for instruction in &file.instructions {
        let from = match &instruction.kind {
            Kind::Copy(_) | Kind::Add(_) => instruction.flag("from").map(str::to_owned),
            Kind::Run(_) => {
                let mounts = instruction.flags.iter().filter(|flag| flag.name == "mount");
                mounts.filter_map(|flag| flag.field(&["from"])).next().map(str::to_owned)
            }
            _ => None,
        };
        let from = from.filter(|from| !from.is_empty() && !from.contains('$'));
        if let Some(from) = from.filter(|from| !names.contains_key(&from.to_lowercase())) {
            put_image(found, draft, &Image::read(&from), line(instruction.span.start));
        }
    }
    Ok(())
}

/// An image by its digest, if it has one, and by its tag.
fn put_image(found: &Found<'_>, draft: &mut Draft, image: &Image, line: u32) {
    let short = image.short();
    if short.is_empty() {
        return;
    }
    let registry = image.registry.as_deref().unwrap_or("docker.io");
    let library =
        if registry == "docker.io" && !image.name.contains('/') { "library/" } else { "" };
    let mut qualifiers = vec![("repository_url", format!("{registry}/{library}{}", image.name))];
    qualifiers.extend(image.tag.clone().map(|tag| ("tag", tag)));
    let facts = Facts { version: image.digest.clone(), qualifiers, line, ..Facts::default() };
    let mut component = found.component(Ecosystem::Oci, short, facts);
    // Whoever has no digest has what the tag means today.
    component.version = component.version.or_else(|| image.tag.clone());
    draft.add(component, false);
}
