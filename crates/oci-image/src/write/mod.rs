//! Writing layers and layouts so that the same input gives the same bytes on every machine.

mod gzip;
mod layer;
mod layout;
mod tar_file;

pub use gzip::Gzip;
pub use layer::{Item, LayerTree, Member, Source};
pub use layout::{Layout, MadeLayer, RunChanges};
pub use tar_file::read_tar;
