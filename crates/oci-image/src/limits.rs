//! How much of an image is read before it is refused.

/// How much is read at most; beyond it the image is refused, whatever it says of itself.
///
/// The defaults are far above what images hold and far below what fills a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Layers of an image.
    pub layers: usize,
    /// Entries of all layers, and of an archive that holds an image.
    pub entries: u64,
    /// Unpacked bytes of all layers.
    pub unpacked: u64,
    /// How many times larger than it is packed a layer may be unpacked; deflate can reach 1,032.
    pub ratio: u64,
    /// Bytes of a manifest, an index or a configuration.
    pub document: u64,
    /// How deep an index may name an index.
    pub nesting: usize,
    /// Bytes of a path or of a link's target.
    pub name: usize,
    /// Bytes of all different names of an image together.
    pub names: usize,
    /// Bytes of the extended header of an entry.
    pub header: u64,
    /// Bytes that unpacking may have to look back.
    pub window: u64,
    /// Steps of following paths and hiding what a layer removes, for all layers together.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            layers: 1024,
            entries: 4_000_000,
            unpacked: 64 << 30,
            ratio: 1_100,
            document: 8 << 20,
            nesting: 4,
            name: 4096,
            names: 256 << 20,
            header: 1 << 20,
            window: 32 << 20,
            steps: 400_000_000,
        }
    }
}
