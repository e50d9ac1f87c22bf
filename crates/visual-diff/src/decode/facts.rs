//! What a file says of its picture besides the pixels.

use crate::Size;
use serde::Serialize;

/// The format of a file, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Portable Network Graphics, the default image of an animated one included.
    Png,
    /// JPEG, with feature `jpeg`.
    Jpeg,
    /// WebP, with feature `webp`.
    Webp,
}

/// What a file says of its picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The file's format.
    pub format: Format,
    /// Pixels.
    pub size: Size,
    /// Bits of one sample: 1, 2, 4, 8 or 16.
    pub bits: u8,
    /// True when pixels can be transparent.
    pub alpha: bool,
    /// True when the file has to be decoded as a whole.
    pub whole: bool,
    /// True for an animation, of which the default image is read.
    pub animated: bool,
    /// Bytes follow the end of the picture; they are not read.
    pub trailing: bool,
    /// The colour space that the file names.
    pub space: ColourSpace,
}

/// What a PNG says of its colour space (PNG, third edition, section 11.3.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColourSpace {
    /// `gAMA`, times 100,000.
    pub gamma: Option<u32>,
    /// `sRGB`, the rendering intent.
    pub srgb: Option<u8>,
    /// `cICP`, the code points.
    pub cicp: Option<[u8; 4]>,
    /// `cHRM`: x and y of white, red, green and blue, times 100,000.
    pub chromaticities: Option<[u32; 8]>,
    /// CRC of `iCCP`, an embedded profile; it is never inflated.
    pub profile: Option<u32>,
}

/// `gAMA` as a file in sRGB carries it for old readers.
const SRGB_GAMMA: u32 = 45_455;
/// `cHRM` as a file in sRGB carries it for old readers.
const SRGB_POINTS: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];

impl ColourSpace {
    /// Whether a viewer shows both in the same way: a file without any word is taken as sRGB, and
    /// beside the better word (cICP, then iCCP, then sRGB) the others do not matter.
    #[must_use]
    pub fn shows_as(&self, other: &Self) -> bool {
        self.decides() == other.decides()
    }

    fn decides(&self) -> Self {
        let mut space = Self::default();
        match self {
            Self { cicp: Some([1, 13, 0, 1]), .. } => {}
            Self { cicp: Some(points), .. } => space.cicp = Some(*points),
            Self { profile: Some(crc), .. } => space.profile = Some(*crc),
            Self { srgb: Some(_), .. } => {}
            Self { gamma, chromaticities, .. } => {
                space.gamma = gamma.filter(|gamma| *gamma != SRGB_GAMMA);
                space.chromaticities = chromaticities.filter(|points| *points != SRGB_POINTS);
            }
        }
        space
    }
}
