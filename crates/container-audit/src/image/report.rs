//! The report as plain data.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use leadforge_markup::from_bytes;
use leadforge_oci_image::{Form, Image, LayerRead, NodeKind, Squashed};
use serde::Serialize;

use super::{Audit, Config};

/// What an image weighs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// How the image is kept.
    pub form: Form,
    /// The names that lead to it.
    pub names: Vec<String>,
    /// What it runs on, as `linux/amd64`.
    pub platform: String,
    /// The digest of its configuration.
    pub id: String,
    /// The digest of its manifest, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
    /// The user that its containers run as; empty is root.
    pub user: String,
    /// Its bytes.
    pub size: Size,
    /// What dive calls wasted.
    pub wasted: Wasted,
    /// Its layers, the lowest first.
    pub layers: Vec<LayerReport>,
    /// The biggest files that remain.
    pub biggest_files: Vec<PathBytes>,
    /// The biggest folders, by what remains in them.
    pub biggest_folders: Vec<PathBytes>,
    /// The paths that hide most: what lower layers have there and nobody can reach.
    pub biggest_hidden: Vec<PathBytes>,
}

/// Bytes of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// The blobs of its layers, as they are stored and sent.
    pub packed: u64,
    /// The archives in them.
    pub unpacked: u64,
    /// Files of all layers.
    pub files: u64,
    /// Files that remain, a content with several names counted once.
    pub visible: u64,
    /// The rest: sent, stored, and out of reach.
    pub hidden: u64,
}

/// What dive says of an image, with its own words for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wasted {
    /// Of each path the smallest bytes that a layer has there, over all bytes.
    pub efficiency: f64,
    /// Bytes of paths that more than one layer speaks of.
    pub bytes: u64,
    /// Bytes of files of all layers but the lowest.
    pub user_bytes: u64,
    /// Wasted bytes over user bytes; 0 where there are none.
    pub ratio: f64,
    /// The paths that waste most.
    pub biggest: Vec<PathBytes>,
}

/// One layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerReport {
    /// Counted from 0, the lowest first.
    pub index: usize,
    /// The digest of the archive in it.
    pub diff_id: String,
    /// The command that made it, as the image says.
    pub created_by: String,
    /// Bytes of its blob.
    pub packed: u64,
    /// Entries of its archive.
    pub entries: u64,
    /// Files.
    pub files: u64,
    /// Bytes of its files.
    pub bytes: u64,
    /// Those of them that do not remain.
    pub hidden: u64,
}

/// A path and its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathBytes {
    /// Below the root of the image.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// The layer that spoke of it last.
    pub layer: usize,
}

/// The largest of many, without keeping the others.
struct Top {
    most: usize,
    heap: BinaryHeap<Reverse<(u64, Reverse<usize>)>>,
}

impl Top {
    fn new(most: usize) -> Self {
        Self { most, heap: BinaryHeap::new() }
    }

    fn offer(&mut self, bytes: u64, node: usize) {
        if bytes == 0 {
            return;
        }
        self.heap.push(Reverse((bytes, Reverse(node))));
        if self.heap.len() > self.most {
            self.heap.pop();
        }
    }

    /// The largest first; among equals by path.
    fn paths(self, squashed: &Squashed) -> Vec<PathBytes> {
        let mut found: Vec<PathBytes> = self
            .heap
            .into_iter()
            .map(|Reverse((bytes, Reverse(node)))| PathBytes {
                path: from_bytes(&squashed.path(node)),
                bytes,
                layer: squashed.node(node).map_or(0, |node| node.layer),
            })
            .collect();
        found.sort_by(|a, b| (b.bytes, &a.path).cmp(&(a.bytes, &b.path)));
        found
    }
}

/// Puts together what was counted.
pub(super) fn report(audit: &Audit, image: &Image, read: &[LayerRead], config: &Config) -> Report {
    let squashed = &audit.squashed;
    let (mut files, mut hidden) = (Top::new(config.top), Top::new(config.top));
    let mut folders: BTreeMap<usize, u64> = BTreeMap::new();
    for number in 0..squashed.len() {
        let Some(node) = squashed.node(number) else { continue };
        let remains = squashed.remains(number);
        if node.kind == NodeKind::File && node.visible {
            files.offer(node.size, number);
        }
        let gone = if node.kind == NodeKind::File && !remains { node.size } else { 0 };
        let lost = u32::try_from(number).ok().and_then(|n| audit.lost.get(&n)).copied();
        hidden.offer(gone + lost.unwrap_or(0), number);
        if node.visible && node.size > 0 {
            for folder in ways(squashed, number, config.depth) {
                *folders.entry(folder).or_default() += node.size;
            }
        }
    }
    let mut biggest = Top::new(config.top);
    folders.iter().for_each(|(folder, bytes)| biggest.offer(*bytes, *folder));
    let layers: Vec<LayerReport> = image
        .layers()
        .iter()
        .zip(read)
        .zip(&audit.layers)
        .enumerate()
        .map(|(index, ((layer, read), counted))| LayerReport {
            index,
            diff_id: layer.diff_id.to_string(),
            created_by: layer.created_by.clone(),
            packed: read.packed,
            entries: read.entries,
            files: counted.files,
            bytes: counted.bytes,
            hidden: squashed.hidden_bytes(index),
        })
        .collect();
    let (total, visible) = (squashed.total_bytes(), squashed.visible_bytes());
    Report {
        form: image.form(),
        names: image.names().to_vec(),
        platform: image.platform().to_string(),
        id: image.id().to_string(),
        manifest: image.manifest().map(ToString::to_string),
        user: image.run_config().user.clone(),
        size: Size {
            packed: read.iter().map(|read| read.packed).sum(),
            unpacked: read.iter().map(|read| read.unpacked).sum(),
            files: total,
            visible,
            hidden: total - visible,
        },
        wasted: wasted(audit, total - layers.first().map_or(0, |layer| layer.bytes), config),
        layers,
        biggest_files: files.paths(squashed),
        biggest_folders: biggest.paths(squashed),
        biggest_hidden: hidden.paths(squashed),
    }
}

fn wasted(audit: &Audit, user_bytes: u64, config: &Config) -> Wasted {
    let bytes = audit.waste.wasted();
    let mut top = Top::new(config.top);
    audit.waste.paths().for_each(|(node, seen)| top.offer(seen.bytes, node));
    Wasted {
        efficiency: audit.waste.efficiency(),
        bytes,
        user_bytes,
        ratio: if user_bytes == 0 { 0.0 } else { bytes as f64 / user_bytes as f64 },
        biggest: top.paths(&audit.squashed),
    }
}

/// The folders that a path lies in, down to a depth.
fn ways(squashed: &Squashed, node: usize, depth: usize) -> Vec<usize> {
    let mut ways = Vec::new();
    let mut way = squashed.parent(node);
    while let Some(folder) = way {
        way = squashed.parent(folder);
        // The root is no folder among others.
        if way.is_some() {
            ways.push(folder);
        }
    }
    let above = ways.len().saturating_sub(depth);
    ways.split_off(above)
}
