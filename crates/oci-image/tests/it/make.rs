//! Images made for a test: layers entry by entry, and the archives and layouts around them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use leadforge_oci_image::{Config, Digest, Error, Image, Squashed};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A layer's archive, as it grows.
#[derive(Clone, Default)]
pub(crate) struct Tar(pub(crate) Vec<u8>);

impl Tar {
    /// A header with a name as it is, and its content.
    pub(crate) fn raw(
        mut self,
        name: &[u8],
        kind: u8,
        link: &[u8],
        size: u64,
        content: &[u8],
    ) -> Self {
        let mut block = [0; 512];
        let copy = |block: &mut [u8; 512], at: usize, bytes: &[u8]| {
            block[at..at + bytes.len()].copy_from_slice(bytes);
        };
        copy(&mut block, 0, name);
        copy(&mut block, 100, b"0000644\0");
        copy(&mut block, 108, b"0000000\0");
        copy(&mut block, 116, b"0000000\0");
        copy(&mut block, 124, format!("{size:011o}\0").as_bytes());
        copy(&mut block, 136, b"00000000000\0");
        block[156] = kind;
        copy(&mut block, 157, link);
        copy(&mut block, 257, b"ustar\x0000");
        copy(&mut block, 148, b"        ");
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        copy(&mut block, 148, format!("{sum:06o}\0 ").as_bytes());
        self.0.extend_from_slice(&block);
        self.0.extend_from_slice(content);
        let padded = self.0.len().next_multiple_of(512);
        self.0.resize(padded, 0);
        self
    }

    pub(crate) fn file(self, name: &str, content: &str) -> Self {
        self.raw(name.as_bytes(), b'0', b"", content.len() as u64, content.as_bytes())
    }

    pub(crate) fn folder(self, name: &str) -> Self {
        self.raw(name.as_bytes(), b'5', b"", 0, b"")
    }

    pub(crate) fn link(self, name: &str, target: &str) -> Self {
        self.raw(name.as_bytes(), b'2', target.as_bytes(), 0, b"")
    }

    pub(crate) fn hard(self, name: &str, target: &str) -> Self {
        self.raw(name.as_bytes(), b'1', target.as_bytes(), 0, b"")
    }

    /// An extended header with records.
    pub(crate) fn pax(self, records: &[(&str, &[u8])]) -> Self {
        let mut bytes = Vec::new();
        for (key, value) in records {
            let rest = key.len() + value.len() + 3;
            let mut length = rest;
            while length != rest + length.to_string().len() {
                length = rest + length.to_string().len();
            }
            bytes.extend_from_slice(format!("{length} {key}=").as_bytes());
            bytes.extend_from_slice(value);
            bytes.push(b'\n');
        }
        self.raw(b"pax", b'x', b"", bytes.len() as u64, &bytes)
    }

    /// The archive with its end.
    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.resize(self.0.len() + 1024, 0);
        self.0
    }
}

/// Where a test keeps its images.
pub(crate) struct World {
    pub(crate) dir: TempDir,
}

/// The blobs of a layout by their names.
pub(crate) type Blobs = BTreeMap<String, Vec<u8>>;

impl World {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A file of the world.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("folders");
        fs::write(&path, bytes).expect("written");
        path
    }

    /// A docker archive of layers, its manifest at the end.
    pub(crate) fn docker(&self, layers: &[Vec<u8>]) -> PathBuf {
        self.docker_of(layers, layers)
    }

    /// The same, whose configuration names other archives than are there.
    pub(crate) fn docker_of(&self, layers: &[Vec<u8>], named: &[Vec<u8>]) -> PathBuf {
        let mut tar = Tar::default();
        let mut names = Vec::new();
        for (index, layer) in layers.iter().enumerate() {
            let name = format!("{index}/layer.tar");
            tar = tar.raw(name.as_bytes(), b'0', b"", layer.len() as u64, layer);
            names.push(name);
        }
        let config = config(named, "amd64");
        let name = format!("{}.json", Digest::sha256(&config).hex());
        let saved = json!([{"Config": name, "RepoTags": ["test:latest"], "Layers": names}]);
        tar = tar.raw(name.as_bytes(), b'0', b"", config.len() as u64, &config);
        self.write("image.tar", &tar.file("manifest.json", &saved.to_string()).end())
    }

    /// A layout in a folder.
    pub(crate) fn folder(&self, name: &str, blobs: &Blobs, index: &Value) -> PathBuf {
        for (blob, bytes) in blobs {
            self.write(&format!("{name}/{blob}"), bytes);
        }
        self.write(&format!("{name}/oci-layout"), br#"{"imageLayoutVersion":"1.0.0"}"#);
        self.write(&format!("{name}/index.json"), index.to_string().as_bytes());
        self.path(name)
    }
}

/// A configuration of an image with these archives.
pub(crate) fn config(layers: &[Vec<u8>], architecture: &str) -> Vec<u8> {
    let ids: Vec<String> = layers.iter().map(|tar| Digest::sha256(tar).to_string()).collect();
    let history: Vec<Value> =
        (0..layers.len()).map(|n| json!({"created_by": format!("step {n}")})).collect();
    let roots = json!({"type": "layers", "diff_ids": ids});
    let config = json!({
        "os": "linux", "architecture": architecture, "config": {"User": "65532", "Env": null},
        "rootfs": roots, "history": history
    });
    config.to_string().into_bytes()
}

/// A blob kept under its digest; its descriptor is given.
pub(crate) fn keep(blobs: &mut Blobs, kind: &str, bytes: Vec<u8>) -> Value {
    let digest = Digest::sha256(&bytes);
    let descriptor = json!({"mediaType": kind, "digest": digest.to_string(), "size": bytes.len()});
    blobs.insert(digest.blob(), bytes);
    descriptor
}

/// An image of layers that are packed by `pack`; the descriptor of its manifest is given.
pub(crate) fn image(
    blobs: &mut Blobs,
    layers: &[Vec<u8>],
    architecture: &str,
    pack: impl Fn(&[u8]) -> Vec<u8>,
) -> Value {
    let config = config(layers, architecture);
    let config = keep(blobs, "application/vnd.oci.image.config.v1+json", config);
    let kind = "application/vnd.oci.image.layer.v1.tar";
    let layers: Vec<Value> = layers.iter().map(|tar| keep(blobs, kind, pack(tar))).collect();
    let manifest = json!({"schemaVersion": 2, "config": config, "layers": layers});
    let kind = "application/vnd.oci.image.manifest.v1+json";
    keep(blobs, kind, manifest.to_string().into_bytes())
}

pub(crate) fn index(manifests: &[Value]) -> Value {
    json!({"schemaVersion": 2, "manifests": manifests})
}

/// What remains of an image: each visible path with its layer, and total and visible bytes.
pub(crate) fn squash(path: &Path) -> Result<(Vec<String>, u64, u64), Error> {
    squash_with(path, &Config::default())
}

pub(crate) fn squash_with(path: &Path, config: &Config) -> Result<(Vec<String>, u64, u64), Error> {
    let image = Image::open(path, config)?;
    let mut squashed = Squashed::new(image.id(), &config.limits);
    image.read(|entry, _| squashed.apply(entry).map(drop))?;
    let mut paths = Vec::new();
    for number in 0..squashed.len() {
        let node = squashed.node(number).expect("it is below the length");
        if node.visible && number > 0 {
            let path = String::from_utf8_lossy(&squashed.path(number)).into_owned();
            paths.push(format!("{path} {}", node.layer));
        }
    }
    paths.sort();
    Ok((paths, squashed.total_bytes(), squashed.visible_bytes()))
}

/// Bytes as gzip, made with the deflate that the crate uses.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0; bytes.len() + bytes.len() / 8 + 1024];
    let mut deflate = zlib_rs::Deflate::new(6, true, 31);
    let status = deflate.compress(bytes, &mut out, zlib_rs::DeflateFlush::Finish).expect("packed");
    assert_eq!(status, zlib_rs::Status::StreamEnd);
    out.truncate(usize::try_from(deflate.total_out()).expect("fits"));
    out
}

/// Bytes as zstd.
pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}
