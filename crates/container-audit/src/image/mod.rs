//! What an image weighs, and what of it nobody can reach.

mod gate;
mod page;
mod report;
mod text;
mod waste;

use leadforge_oci_image::{Applied, Entry, Error, Image, LayerRead, Limits, Squashed};

pub use gate::{Breach, Gate};
pub use page::page;
pub use report::{LayerReport, PathBytes, Report, Size, Wasted};
pub use text::render;
use waste::Waste;

/// What an image report shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How many of the biggest files, folders and wasted paths are named.
    pub top: usize,
    /// How many names of a path make a folder of the report.
    pub depth: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { top: 20, depth: 3 }
    }
}

/// Bytes and entries of one layer, as they are counted.
#[derive(Clone, Copy, Default)]
struct Counted {
    files: u64,
    bytes: u64,
}

/// An image while its entries pass by: given to [`Image::read`] and finished after it.
pub struct Audit {
    squashed: Squashed,
    waste: Waste,
    layers: Vec<Counted>,
    lost: std::collections::BTreeMap<u32, u64>,
}

impl Audit {
    /// Begins with the first entry of an image.
    #[must_use]
    pub fn new(image: &Image, limits: &Limits) -> Self {
        Self {
            squashed: Squashed::new(image.id(), limits),
            waste: Waste::default(),
            layers: vec![Counted::default(); image.layers().len()],
            lost: std::collections::BTreeMap::new(),
        }
    }

    /// Takes the next entry; what it did is given, for others who look at the same image.
    ///
    /// # Errors
    /// When the entry cannot be laid upon those before it.
    pub fn entry(&mut self, entry: &Entry<'_>) -> Result<Applied, Error> {
        self.waste.layer(entry.layer, &self.squashed);
        let applied = self.squashed.apply(entry)?;
        if entry.kind == leadforge_oci_image::Kind::File
            && let Some(counted) = self.layers.get_mut(entry.layer)
        {
            counted.files += 1;
            counted.bytes += entry.size;
        }
        self.waste.applied(&applied, &self.squashed);
        if let Applied::Set { node, lost, .. } = applied
            && lost > 0
            && let Ok(node) = u32::try_from(node)
        {
            *self.lost.entry(node).or_default() += lost;
        }
        Ok(applied)
    }

    /// What remains so far.
    #[must_use]
    pub fn squashed(&self) -> &Squashed {
        &self.squashed
    }

    /// The same, to watch paths.
    pub fn squashed_mut(&mut self) -> &mut Squashed {
        &mut self.squashed
    }

    /// The report, once the image was read to its end.
    #[must_use]
    pub fn finish(mut self, image: &Image, read: &[LayerRead], config: &Config) -> Report {
        self.waste.end(&self.squashed);
        report::report(&self, image, read, config)
    }
}
