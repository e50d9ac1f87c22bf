//! How large a picture may be; everything here is checked before a pixel is inflated.

use serde::{Deserialize, Serialize};

/// What a picture may cost.
///
/// A format that streams needs memory for a few rows, whatever its height; what cannot stream
/// (interlaced PNG, JPEG, WebP) lies in memory as a whole and has a cap of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Pixels of a picture that is read row by row.
    pub max_pixels: u64,
    /// Pixels of a picture that must be decoded as a whole.
    pub max_whole_pixels: u64,
    /// Pixels in one row: a few rows lie in memory at any time.
    pub max_width: u32,
    /// Bytes in one chunk of a PNG besides its image data, and of a whole JPEG or WebP file.
    pub max_chunk: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_pixels: 200_000_000,
            max_whole_pixels: 16_000_000,
            max_width: 131_072,
            max_chunk: 64 << 20,
        }
    }
}

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cap {
    /// [`Limits::max_pixels`].
    Pixels,
    /// [`Limits::max_whole_pixels`].
    WholePixels,
    /// [`Limits::max_width`].
    Width,
    /// [`Limits::max_chunk`].
    Chunk,
}

impl Cap {
    /// The flag that raises it, without hyphens in front.
    #[must_use]
    pub const fn flag(self) -> &'static str {
        match self {
            Self::Pixels => "max-pixels",
            Self::WholePixels => "max-whole-pixels",
            Self::Width => "max-width",
            Self::Chunk => "max-chunk",
        }
    }

    /// What it counts, in the plural.
    #[must_use]
    pub const fn counts(self) -> &'static str {
        match self {
            Self::Pixels => "pixels",
            Self::WholePixels => "pixels that have to be decoded as a whole",
            Self::Width => "pixels in a row",
            Self::Chunk => "bytes in one piece",
        }
    }
}
