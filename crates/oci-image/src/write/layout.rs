//! An image put together: layers of a base, layers of ours, configuration, manifest and what is attached.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::gzip::Gzip;
use super::layer::LayerTree;
use crate::digest::{Algorithm, Digest, Hasher};
use crate::document::{Descriptor, Platform, RunConfig};
use crate::error::Error;
use crate::image::Image;
use crate::store::Part;

const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const EMPTY: &str = "application/vnd.oci.empty.v1+json";

/// The bytes of a blob, or where they are and what they have to be.
#[derive(Debug)]
enum Blob {
    Bytes(Vec<u8>),
    Copied(Part, Digest),
}

/// A layer that was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeLayer {
    /// What names its blob.
    pub descriptor: Descriptor,
    /// The digest of the archive in it.
    pub diff_id: Digest,
    /// Bytes of that archive.
    pub unpacked: u64,
    /// What it is, for the history.
    pub created_by: String,
}

/// What is said of how a container runs, in place of what the base says; what is empty or nothing keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunChanges {
    /// User, ports, command, folder and labels; the environment is laid over the base's, name by name.
    pub run: RunConfig,
    /// The platform, where there is no base that says it.
    pub platform: Platform,
    /// When it was made, as RFC 3339; nothing leaves it out.
    pub created: Option<String>,
}

/// A layout while it is put together.
#[derive(Debug, Default)]
pub struct Layout {
    blobs: BTreeMap<String, Blob>,
    layers: Vec<(Value, Digest, Option<Value>)>,
    base: Option<Map<String, Value>>,
    manifests: Vec<Value>,
}

/// Bytes that are written on, counted and digested.
struct Digested<W> {
    out: W,
    hasher: Hasher,
    bytes: u64,
}

impl<W: Write> Digested<W> {
    fn new(out: W) -> Self {
        Self { out, hasher: Hasher::new(Algorithm::Sha256), bytes: 0 }
    }
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Layout {
    /// Begins with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins with the layers and the configuration of an image that is kept as a layout.
    ///
    /// # Errors
    /// When the base is a docker archive, whose layers have no digests, or a part is missing.
    pub fn on(base: &Image) -> Result<Self, Error> {
        let mut layout = Self::new();
        for (index, layer) in base.layers().iter().enumerate() {
            let (descriptor, part) = base.blob(index)?;
            let (name, copied) = (descriptor.digest.blob(), descriptor.digest.clone());
            layout.layers.push((value(&descriptor), layer.diff_id.clone(), None));
            layout.blobs.insert(name, Blob::Copied(part, copied));
        }
        layout.base = serde_json::from_slice(base.configuration()).ok();
        Ok(layout)
    }

    /// Packs a layer and lays it upon those before it.
    ///
    /// # Errors
    /// When a hard link leads to nothing, or a file cannot be read.
    pub fn add(
        &mut self,
        tree: &mut LayerTree,
        mtime: u64,
        created_by: &str,
    ) -> Result<MadeLayer, Error> {
        tree.settle_links()?;
        let mut packed = Digested::new(Vec::new());
        let gzip = Gzip::new(&mut packed).map_err(Error::io(created_by))?;
        let mut plain = Digested::new(gzip);
        tree.write(mtime, &mut plain).map_err(Error::io(created_by))?;
        let Digested { out, hasher, bytes: unpacked } = plain;
        out.finish().map_err(Error::io(created_by))?;
        let diff_id = hasher.finish();
        let Digested { out, hasher, bytes: size } = packed;
        let digest = hasher.finish();
        let descriptor = descriptor(LAYER, digest.clone(), size);
        let step = json!({ "created_by": created_by });
        self.layers.push((value(&descriptor), diff_id.clone(), Some(step)));
        self.blobs.insert(digest.blob(), Blob::Bytes(out));
        Ok(MadeLayer { descriptor, diff_id, unpacked, created_by: created_by.to_owned() })
    }

    /// Writes configuration and manifest, under a name; the manifest's descriptor is given.
    pub fn finish(&mut self, changes: &RunChanges, name: Option<&str>) -> Descriptor {
        let config = self.configuration(changes);
        let config = self.keep(CONFIG, canonical(&config).into_bytes());
        let layers: Vec<&Value> = self.layers.iter().map(|(layer, ..)| layer).collect();
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": value(&config), "layers": layers
        });
        let mut descriptor = self.keep(MANIFEST, canonical(&manifest).into_bytes());
        descriptor.platform = Some(self.platform(changes));
        if let Some(name) = name {
            let key = "org.opencontainers.image.ref.name".to_owned();
            descriptor.annotations.insert(key, name.to_owned());
        }
        self.manifests.push(value(&descriptor));
        descriptor
    }

    /// Attaches a document to an image: a manifest of its own that names the image as its subject.
    pub fn attach(&mut self, subject: &Descriptor, kind: &str, document: Vec<u8>) -> Descriptor {
        let empty = self.keep(EMPTY, b"{}".to_vec());
        let document = self.keep(kind, document);
        let bare = descriptor(MANIFEST, subject.digest.clone(), subject.size);
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "artifactType": kind,
            "config": value(&empty), "layers": [value(&document)], "subject": value(&bare)
        });
        let mut descriptor = self.keep(MANIFEST, canonical(&manifest).into_bytes());
        descriptor.artifact_type = Some(kind.to_owned());
        self.manifests.push(value(&descriptor));
        descriptor
    }

    /// Hands over every file of the layout with its name; the index comes last.
    ///
    /// # Errors
    /// What `write` gives: a blob of the base whose digest is wrong ends in an error of its reader.
    pub fn write<E>(
        &self,
        mut write: impl FnMut(&str, &mut dyn Read) -> Result<(), E>,
    ) -> Result<(), E> {
        for (name, blob) in &self.blobs {
            match blob {
                Blob::Bytes(bytes) => write(name, &mut bytes.as_slice())?,
                Blob::Copied(part, digest) => {
                    let hasher = Hasher::new(digest.algorithm());
                    let expected = digest.clone();
                    write(
                        name,
                        &mut Verified { part: part.again(), hasher: Some(hasher), expected },
                    )?;
                }
            }
        }
        let layout = canonical(&json!({ "imageLayoutVersion": "1.0.0" }));
        write("oci-layout", &mut layout.as_bytes())?;
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": self.manifests });
        write("index.json", &mut canonical(&index).as_bytes())
    }

    fn keep(&mut self, kind: &str, bytes: Vec<u8>) -> Descriptor {
        let descriptor = descriptor(kind, Digest::sha256(&bytes), bytes.len() as u64);
        self.blobs.insert(descriptor.digest.blob(), Blob::Bytes(bytes));
        descriptor
    }

    fn platform(&self, changes: &RunChanges) -> Platform {
        let of = |key: &str| {
            self.base.as_ref().and_then(|base| base.get(key)?.as_str()).map(str::to_owned)
        };
        match (of("os"), of("architecture")) {
            (Some(os), Some(architecture)) => Platform { os, architecture, variant: of("variant") },
            _ => changes.platform.clone(),
        }
    }

    /// The base's configuration with what is changed and what is added.
    fn configuration(&self, changes: &RunChanges) -> Value {
        let mut config = self.base.clone().unwrap_or_default();
        let platform = self.platform(changes);
        config.insert("os".to_owned(), json!(platform.os));
        config.insert("architecture".to_owned(), json!(platform.architecture));
        if let Some(variant) = platform.variant {
            config.insert("variant".to_owned(), json!(variant));
        }
        match &changes.created {
            Some(time) => config.insert("created".to_owned(), json!(time)),
            None => config.remove("created"),
        };
        let ids: Vec<String> = self.layers.iter().map(|(_, id, _)| id.to_string()).collect();
        config.insert("rootfs".to_owned(), json!({ "type": "layers", "diff_ids": ids }));
        let mut steps = match config.remove("history") {
            Some(Value::Array(steps)) => steps,
            _ => Vec::new(),
        };
        let ours = self.layers.iter().filter_map(|(.., step)| step.clone());
        steps.extend(ours.map(|mut step| {
            if let Some(time) = &changes.created {
                step["created"] = json!(time);
            }
            step
        }));
        config.insert("history".to_owned(), Value::Array(steps));
        let mut run = match config.remove("config") {
            Some(Value::Object(run)) => run,
            _ => Map::new(),
        };
        run_over(&mut run, &changes.run);
        config.insert("config".to_owned(), Value::Object(run));
        Value::Object(config)
    }
}

/// Lays what is said of running over what a base says.
fn run_over(run: &mut Map<String, Value>, changes: &RunConfig) {
    let Value::Object(said) = value(changes) else { return };
    // Arguments of the base belong to its own command.
    if !changes.entrypoint.is_empty() {
        run.remove("Cmd");
    }
    for (key, new) in said {
        match (key.as_str(), run.get_mut(&key), new) {
            ("Env", Some(Value::Array(old)), Value::Array(new)) => {
                let name = |entry: &Value| {
                    entry.as_str().and_then(|text| Some(text.split_once('=')?.0.to_owned()))
                };
                for entry in new {
                    old.retain(|known| name(known) != name(&entry));
                    old.push(entry);
                }
            }
            ("Labels" | "ExposedPorts", Some(Value::Object(old)), Value::Object(new)) => {
                old.extend(new);
            }
            (_, _, new) => {
                run.insert(key, new);
            }
        }
    }
}

fn descriptor(kind: &str, digest: Digest, size: u64) -> Descriptor {
    Descriptor {
        media_type: kind.to_owned(),
        digest,
        size,
        artifact_type: None,
        platform: None,
        annotations: BTreeMap::new(),
    }
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("plain data with text as keys is JSON")
}

/// JSON with sorted keys and no spaces, whatever order the map of this build keeps.
fn canonical(value: &Value) -> String {
    let text = |text: &str| Value::String(text.to_owned()).to_string();
    match value {
        Value::Object(map) => {
            let sorted: BTreeMap<&String, &Value> = map.iter().collect();
            let fields = sorted
                .into_iter()
                .map(|(key, value)| format!("{}:{}", text(key), canonical(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// A part whose digest is asked for when it ends.
struct Verified {
    part: Part,
    hasher: Option<Hasher>,
    expected: Digest,
}

impl Read for Verified {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..read]);
        }
        if read == 0
            && !buffer.is_empty()
            && let Some(hasher) = self.hasher.take()
        {
            let (found, expected) = (hasher.finish(), self.expected.clone());
            if found != expected {
                let at = expected.blob();
                return Err(io::Error::other(Error::Digest { at, expected, found }));
            }
        }
        Ok(read)
    }
}
