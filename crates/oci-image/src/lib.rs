//! Docker archives and OCI layouts as one stream of entries, and layouts written reproducibly.
//!
//! [`Image::open`] looks at what an image is made of; [`Image::read`] goes through its layers once,
//! in their order, and hands every entry to the caller as it lies in the archive. Nothing is ever
//! unpacked to the disk, digests are verified, and whatever a hostile archive says, it is read within
//! the [`Limits`]. [`Squashed`] takes the entries and knows what remains visible: whiteouts, opaque
//! folders, hard links across layers, folders that are links, and files that became folders.
//!
//! ```
//! use leadforge_oci_image::{Config, Error, Image, Squashed};
//!
//! fn visible_bytes(path: &std::path::Path) -> Result<u64, Error> {
//!     let config = Config::default();
//!     let image = Image::open(path, &config)?;
//!     let mut squashed = Squashed::new(image.id(), &config.limits);
//!     image.read(|entry, _content| squashed.apply(entry).map(drop))?;
//!     Ok(squashed.visible_bytes())
//! }
//! # assert!(visible_bytes(std::path::Path::new("/nonexistent")).is_err());
//! ```
//!
//! The crate interprets no file of an image, starts nothing, and writes only where the caller gives
//! it something to write to.

mod choose;
mod digest;
mod document;
mod error;
mod image;
mod limits;
mod outer;
mod read;
mod store;
mod tree;
mod write;

pub use digest::{Algorithm, Digest};
pub use document::{Descriptor, Empty, Platform, RunConfig};
pub use error::Error;
pub use image::{Config, Form, Image, Layer};
pub use limits::Limits;
pub use read::{Content, Entry, Kind, LayerRead};
pub use tree::{Applied, Node, NodeKind, Squashed};
pub use write::{Gzip, Item, LayerTree, Layout, MadeLayer, Member, RunChanges, Source, read_tar};
