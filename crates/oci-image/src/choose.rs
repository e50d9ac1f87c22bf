//! Which image of an index is meant: chosen by name and platform, never merged.

use crate::digest::Digest;
use crate::document::{Descriptor, Manifest};
use crate::error::{Error, shown};
use crate::image::Config;
use crate::store::Store;

/// What names an image in a layout.
const NAME: &str = "org.opencontainers.image.ref.name";
/// The same as containerd writes it, with the registry.
const FULL_NAME: &str = "io.containerd.image.name";
/// What buildkit calls what it attaches to an image.
const ATTACHED: &str = "vnd.docker.reference.type";

/// An image that is there, with the names that lead to it.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub(crate) descriptor: Descriptor,
    pub(crate) names: Vec<String>,
}

/// The bytes of a document by its descriptor, verified.
pub(crate) fn document(
    store: &Store,
    descriptor: &Descriptor,
    config: &Config,
) -> Result<Option<Vec<u8>>, Error> {
    let name = descriptor.digest.blob();
    let Some(bytes) = store.document(&name, config.limits.document)? else {
        return Ok(None);
    };
    verify(&bytes, &descriptor.digest, &name)?;
    if bytes.len() as u64 != descriptor.size {
        let reason = format!("has {} bytes, and {} are named", bytes.len(), descriptor.size);
        return Err(Error::invalid(name, reason));
    }
    Ok(Some(bytes))
}

/// Whether bytes are those that a digest names.
pub(crate) fn verify(bytes: &[u8], expected: &Digest, at: &str) -> Result<(), Error> {
    let mut hasher = crate::digest::Hasher::new(expected.algorithm());
    hasher.update(bytes);
    let found = hasher.finish();
    if found == *expected {
        return Ok(());
    }
    Err(Error::Digest { at: at.to_owned(), expected: expected.clone(), found })
}

/// Reads a document of the image.
pub(crate) fn parse<'b, T: serde::Deserialize<'b>>(bytes: &'b [u8], at: &str) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::invalid(at, error.to_string()))
}

/// The one manifest that is asked for.
pub(crate) fn choose(store: &Store, index: &[u8], config: &Config) -> Result<Candidate, Error> {
    const AT: &str = "index.json";
    let top: Manifest = parse(index, AT)?;
    let mut found = Vec::new();
    collect(store, top, &[], (config, 0), &mut found)?;
    found.dedup_by(|a, b| {
        let same = a.descriptor.digest == b.descriptor.digest;
        if same {
            b.names.append(&mut a.names);
        }
        same
    });
    let choices = choices(&found);
    let fail = |reason: &str| {
        let reason = reason.to_owned();
        Error::Choose { at: AT.to_owned(), reason, choices: choices.clone() }
    };
    if found.is_empty() {
        return Err(Error::invalid(AT, "names no image"));
    }
    if let Some(name) = &config.name {
        found.retain(|candidate| candidate.names.contains(name));
        if found.is_empty() {
            return Err(fail("no image has the name that is asked for"));
        }
    }
    if let Some(wanted) = &config.platform {
        found.retain(|c| c.descriptor.platform.as_ref().is_none_or(|p| wanted.takes(p)));
        if found.is_empty() {
            return Err(fail("no image is for the platform that is asked for"));
        }
    } else if found.len() > 1 {
        let here = |c: &Candidate| {
            c.descriptor
                .platform
                .as_ref()
                .zip(config.host.as_ref())
                .is_some_and(|(p, h)| h.takes(p))
        };
        if found.iter().any(here) {
            found.retain(here);
        }
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        _ => Err(fail("several images fit: ask for a platform or a name")),
    }
}

/// All images that an index leads to.
fn collect(
    store: &Store,
    index: Manifest,
    names: &[String],
    (config, depth): (&Config, usize),
    found: &mut Vec<Candidate>,
) -> Result<(), Error> {
    if depth > config.limits.nesting {
        let limit = config.limits.nesting as u64;
        return Err(Error::too_much("index.json", "indexes inside each other", limit));
    }
    for descriptor in index.manifests.unwrap_or_default() {
        if found.len() > config.limits.layers {
            let limit = config.limits.layers as u64;
            return Err(Error::too_much("index.json", "images of an index", limit));
        }
        let unknown = |p: &crate::Platform| p.os == "unknown" || p.architecture == "unknown";
        if descriptor.artifact_type.is_some()
            || descriptor.annotations.contains_key(ATTACHED)
            || descriptor.platform.as_ref().is_some_and(unknown)
        {
            continue;
        }
        let mut names = names.to_vec();
        let named = [NAME, FULL_NAME].into_iter().filter_map(|key| descriptor.annotations.get(key));
        names.extend(named.cloned());
        // A layout may leave out what other platforms need; what is asked for has to be there.
        let Some(bytes) = document(store, &descriptor, config)? else {
            found.push(Candidate { descriptor, names });
            continue;
        };
        let inner: Manifest = parse(&bytes, &descriptor.digest.blob())?;
        if inner.manifests.is_some() {
            collect(store, inner, &names, (config, depth + 1), found)?;
        } else if inner.is_image() && inner.artifact_type.is_none() {
            found.push(Candidate { descriptor, names });
        }
    }
    Ok(())
}

fn choices(found: &[Candidate]) -> String {
    const MOST: usize = 20;
    let mut words: Vec<String> = found
        .iter()
        .take(MOST)
        .map(|candidate| {
            let platform = candidate.descriptor.platform.as_ref();
            let platform = platform.map_or("an unnamed platform".to_owned(), ToString::to_string);
            let names = candidate.names.iter().map(|name| shown(name.as_bytes()));
            let names: Vec<String> = names.collect();
            let platform = shown(platform.as_bytes());
            if names.is_empty() { platform } else { format!("{} ({platform})", names.join(", ")) }
        })
        .collect();
    if found.len() > MOST {
        words.push(format!("{} more", found.len() - MOST));
    }
    words.join("; ")
}
