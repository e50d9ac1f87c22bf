//! An image: what it is made of, and going through its layers.

use std::path::Path;

use crate::choose::{self, parse, verify};
use crate::digest::{Algorithm, Digest};
use crate::document::{Descriptor, ImageConfig, Manifest, Platform, RunConfig, Saved};
use crate::error::{Error, shown};
use crate::limits::Limits;
use crate::read::{self, Budget, Content, Entry, LayerRead, Named};
use crate::store::{Part, Store};

/// Which image to read, and how much of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The platform; without it the only one, or the host's.
    pub platform: Option<Platform>,
    /// The platform of this machine, taken where several are there and none is asked for.
    pub host: Option<Platform>,
    /// The name of the image, where several are there.
    pub name: Option<String>,
    /// How much is read at most.
    pub limits: Limits,
}

/// How an image is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// What `docker save` writes.
    DockerArchive,
    /// An OCI layout in a folder.
    OciFolder,
    /// An OCI layout in an archive.
    OciArchive,
}

/// A layer of an image, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The digest of its blob, where the image names it.
    pub digest: Option<Digest>,
    /// The digest of the archive in it.
    pub diff_id: Digest,
    /// The command that made it, as the image says.
    pub created_by: String,
    /// The part of the image it lies in.
    part: String,
    /// What names its blob in a layout.
    described: Option<Descriptor>,
}

impl Layer {
    /// Bytes of its blob, where the image names them.
    #[must_use]
    pub fn packed(&self) -> Option<u64> {
        self.described.as_ref().map(|described| described.size)
    }
}

/// An image that was looked at and not yet read.
#[derive(Debug)]
pub struct Image {
    at: String,
    form: Form,
    names: Vec<String>,
    platform: Platform,
    id: Digest,
    configuration: Vec<u8>,
    manifest: Option<Digest>,
    run: RunConfig,
    layers: Vec<Layer>,
    store: Store,
    limits: Limits,
}

/// What is known of an image before its configuration is read.
struct Outline {
    form: Form,
    names: Vec<String>,
    manifest: Option<Digest>,
    /// The configuration: its part, and its digest.
    config: (String, Option<Digest>),
    /// Each layer: its part, its digest as far as it is named, and what names it in a layout.
    layers: Vec<(String, Option<Digest>, Option<Descriptor>)>,
}

impl Image {
    /// Looks at an archive or a folder: manifest and configuration are read and verified, no layer is.
    ///
    /// # Errors
    /// When it is no image, several fit, a part is missing, or a digest is wrong.
    pub fn open(path: &Path, config: &Config) -> Result<Self, Error> {
        let at = path.display().to_string();
        let store = Store::open(path, &config.limits)?;
        Self::inside(store, config, &at).map_err(|error| error.within(&at))
    }

    fn inside(store: Store, config: &Config, at: &str) -> Result<Self, Error> {
        let limit = config.limits.document;
        let outline = if let Some(saved) = store.document("manifest.json", limit)?
            && matches!(store, Store::Archive { .. })
        {
            docker(&saved, config)?
        } else if let Some(index) = store.document("index.json", limit)? {
            layout(&store, &index, config)?
        } else {
            return Err(Error::invalid(
                "",
                "holds neither a manifest.json nor an index.json, so it is no image",
            ));
        };
        if outline.layers.len() > config.limits.layers {
            return Err(Error::too_much("", "layers", config.limits.layers as u64));
        }
        Self::configured(store, outline, config, at)
    }

    /// Reads the configuration and puts all together.
    fn configured(
        store: Store,
        outline: Outline,
        config: &Config,
        at: &str,
    ) -> Result<Self, Error> {
        let (part, named) = outline.config;
        let bytes = store
            .document(&part, config.limits.document)?
            .ok_or_else(|| Error::invalid(shown(part.as_bytes()), "is missing"))?;
        if let Some(named) = &named {
            verify(&bytes, named, &shown(part.as_bytes()))?;
        }
        let image: ImageConfig = parse(&bytes, &shown(part.as_bytes()))?;
        let diff_ids = image.rootfs.diff_ids;
        if diff_ids.len() != outline.layers.len() {
            let (has, named) = (outline.layers.len(), diff_ids.len());
            let reason = format!("names {named} layers, and the image has {has}");
            return Err(Error::invalid(shown(part.as_bytes()), reason));
        }
        let platform =
            Platform { os: image.os, architecture: image.architecture, variant: image.variant };
        if let Some(wanted) = &config.platform
            && !wanted.takes(&platform)
        {
            return Err(Error::Choose {
                at: String::new(),
                reason: format!("the image is not for {wanted}"),
                choices: platform.to_string(),
            });
        }
        let mut made = image.history.into_iter().filter(|step| !step.empty_layer);
        let mut layers = Vec::new();
        for ((part, digest, described), diff_id) in outline.layers.into_iter().zip(diff_ids) {
            let Some(found) = store.part(&part)? else {
                let reason = "is missing: the image is not whole";
                return Err(Error::invalid(shown(part.as_bytes()), reason));
            };
            if let Some(size) =
                described.as_ref().map(|d| d.size).filter(|size| *size != found.left())
            {
                let reason = format!("has {} bytes, and {size} are named", found.left());
                return Err(Error::invalid(shown(part.as_bytes()), reason));
            }
            let created_by = made.next().map(|step| step.created_by).unwrap_or_default();
            layers.push(Layer { digest, diff_id, created_by, part, described });
        }
        Ok(Self {
            at: at.to_owned(),
            form: outline.form,
            names: outline.names,
            platform,
            id: Digest::sha256(&bytes),
            configuration: bytes,
            manifest: outline.manifest,
            run: image.config.unwrap_or_default(),
            layers,
            store,
            limits: config.limits.clone(),
        })
    }

    /// How it is kept.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The names that lead to it.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What it runs on.
    #[must_use]
    pub fn platform(&self) -> &Platform {
        &self.platform
    }

    /// The digest of its configuration, which names all its layers: what docker calls its ID.
    #[must_use]
    pub fn id(&self) -> &Digest {
        &self.id
    }

    /// The digest of its manifest, where it has one.
    #[must_use]
    pub fn manifest(&self) -> Option<&Digest> {
        self.manifest.as_ref()
    }

    /// How a container of it is run.
    #[must_use]
    pub fn run_config(&self) -> &RunConfig {
        &self.run
    }

    /// Its configuration, byte for byte.
    #[must_use]
    pub fn configuration(&self) -> &[u8] {
        &self.configuration
    }

    /// What names a layer's blob, and the blob.
    pub(crate) fn blob(&self, index: usize) -> Result<(Descriptor, Part), Error> {
        let layer = &self.layers[index];
        let at = || format!("{}: {}", self.at, shown(layer.part.as_bytes()));
        let Some(described) = &layer.described else {
            let reason = "is a layer of a docker archive, and a base has to be an OCI layout";
            return Err(Error::invalid(at(), reason));
        };
        let part = self.store.part(&layer.part)?;
        let part = part.ok_or_else(|| Error::invalid(at(), "is missing"))?;
        Ok((described.clone(), part))
    }

    /// Its layers, the lowest first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Goes through all layers once and hands every entry over, with its content to read or to leave.
    ///
    /// Digests are verified when a layer has ended, so nothing that was seen counts before this
    /// returns well.
    ///
    /// # Errors
    /// When a layer is not what it claims to be, or more than is read; or what `visit` gives.
    pub fn read<E: From<Error>>(
        &self,
        mut visit: impl FnMut(&Entry<'_>, &mut Content<'_>) -> Result<(), E>,
    ) -> Result<Vec<LayerRead>, E> {
        let mut budget = Budget { entries: self.limits.entries, unpacked: self.limits.unpacked };
        let mut read = Vec::new();
        for (index, layer) in self.layers.iter().enumerate() {
            let place = format!("{}: {}", self.at, shown(layer.part.as_bytes()));
            // Where the visitor fails, its own error is kept; only ours gets the place.
            let mut theirs = None;
            let mut visit = |entry: &Entry<'_>, content: &mut Content<'_>| {
                visit(entry, content).map_err(|error| {
                    theirs = Some(error);
                    Error::invalid("", "was given up")
                })
            };
            let done = self
                .store
                .part(&layer.part)
                .and_then(|part| {
                    part.ok_or_else(|| Error::invalid("", "is missing: the image is not whole"))
                })
                .and_then(|part| {
                    let named = Named {
                        index,
                        digest: layer.digest.as_ref(),
                        diff_id: Some(&layer.diff_id),
                    };
                    read::layer(part, &named, &self.limits, &mut budget, &mut visit)
                });
            match (done, theirs) {
                (Ok(done), _) => read.push(done),
                (Err(_), Some(error)) => return Err(error),
                (Err(error), None) => return Err(error.within(&place).into()),
            }
        }
        Ok(read)
    }
}

/// The outline of an image in a docker archive.
fn docker(saved: &[u8], config: &Config) -> Result<Outline, Error> {
    const AT: &str = "manifest.json";
    let mut all: Vec<Saved> = parse(saved, AT)?;
    let tags = |saved: &Saved| saved.repo_tags.clone().unwrap_or_default();
    let choices: Vec<String> = all.iter().take(20).flat_map(tags).collect();
    if let Some(name) = &config.name {
        all.retain(|saved| tags(saved).contains(name));
    }
    if all.len() != 1 {
        let reason = match all.len() {
            0 => "no image has the name that is asked for",
            _ => "several images are there: ask for one by its name",
        };
        let choices = shown(choices.join("; ").as_bytes());
        return Err(Error::Choose { at: AT.to_owned(), reason: reason.to_owned(), choices });
    }
    let image = all.remove(0);
    let names = tags(&image);
    let part = |name: &str| {
        let out = name.starts_with('/') || name.split('/').any(|part| part == "..");
        if out {
            let reason =
                format!("names {}, which leads out of the archive", shown(name.as_bytes()));
            return Err(Error::invalid(AT, reason));
        }
        Ok(name.trim_start_matches("./").to_owned())
    };
    let config = part(&image.config)?;
    let layers = image.layers.iter().map(|name| {
        let part = part(name)?;
        let digest = part.strip_prefix("blobs/sha256/").and_then(sha256);
        Ok((part, digest, None))
    });
    Ok(Outline {
        form: Form::DockerArchive,
        names,
        manifest: None,
        config: (config.clone(), of_name(&config)),
        layers: layers.collect::<Result<_, Error>>()?,
    })
}

fn sha256(hex: &str) -> Option<Digest> {
    Digest::of_hex(Algorithm::Sha256, hex)
}

/// The digest that the name of a configuration states: every version of docker writes one.
fn of_name(name: &str) -> Option<Digest> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let last = last.strip_suffix(".json").unwrap_or(last);
    sha256(last.strip_prefix("sha256:").unwrap_or(last))
}

/// The outline of an image in a layout.
fn layout(store: &Store, index: &[u8], config: &Config) -> Result<Outline, Error> {
    let chosen = choose::choose(store, index, config)?;
    let at = chosen.descriptor.digest.blob();
    let bytes = choose::document(store, &chosen.descriptor, config)?
        .ok_or_else(|| Error::invalid(at.clone(), "is missing: the layout is not whole"))?;
    let manifest: Manifest = parse(&bytes, &at)?;
    if manifest.schema_version != 2 {
        let reason = format!("is of schema version {}, and 2 is read", manifest.schema_version);
        return Err(Error::invalid(at, reason));
    }
    let Some(described) = &manifest.config else {
        return Err(Error::invalid(at, "names no configuration"));
    };
    let mut layers = Vec::new();
    for layer in &manifest.layers {
        if layer.media_type.ends_with("+encrypted") {
            return Err(Error::invalid(layer.digest.blob(), "is encrypted"));
        }
        layers.push((layer.digest.blob(), Some(layer.digest.clone()), Some(layer.clone())));
    }
    let form = match store {
        Store::Folder(_) => Form::OciFolder,
        Store::Archive { .. } => Form::OciArchive,
    };
    Ok(Outline {
        form,
        names: chosen.names,
        manifest: Some(chosen.descriptor.digest),
        config: (described.digest.blob(), Some(described.digest.clone())),
        layers,
    })
}
