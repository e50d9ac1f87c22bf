//! JPEG and WebP through crate `image`, each behind its feature; they are decoded as a whole.

use super::facts::{ColourSpace, Facts, Format};
use super::layout::Layout;
use super::limits::Limits;
use super::source::Input;
use super::upright;
use super::whole::Whole;
use super::{Fault, Opened, Refused, Steps};
use crate::{Cap, Size};
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder};
use std::io::{Cursor, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file in memory; both decoders jump about in it.
type File = Cursor<Vec<u8>>;

/// Decodes a file of this format; `input` stands anywhere.
pub(super) fn open<'s>(
    mut input: Box<dyn Input + 's>,
    format: Format,
    limits: &Limits,
) -> Result<Opened<'s>, Refused> {
    let length = input.seek(SeekFrom::End(0)).map_err(Fault::Read)?;
    if length > u64::from(limits.max_chunk) {
        let allowed = limits.max_chunk.into();
        return Err(Refused::TooLarge { cap: Cap::Chunk, found: length, allowed });
    }
    input.seek(SeekFrom::Start(0)).map_err(Fault::Read)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(Fault::Read)?;
    match format {
        #[cfg(feature = "jpeg")]
        Format::Jpeg => {
            // The decoder paints what is missing; only the mark of the end tells.
            let last = |mark: [u8; 2]| bytes.windows(2).rposition(|pair| pair == mark);
            if last([0xff, 0xd9]) <= last([0xff, 0xda]) {
                return Err(Refused::corrupt("it ends in the middle"));
            }
            whole(image::codecs::jpeg::JpegDecoder::new(File::new(bytes))?, format, false, limits)
        }
        #[cfg(feature = "webp")]
        Format::Webp => {
            let decoder = image::codecs::webp::WebPDecoder::new(File::new(bytes))?;
            let animated = decoder.has_animation();
            whole(decoder, format, animated, limits)
        }
        _ => Err(Refused::Unsupported("of a format without a decoder")),
    }
}

fn whole<'s>(
    mut decoder: impl ImageDecoder,
    format: Format,
    animated: bool,
    limits: &Limits,
) -> Result<Opened<'s>, Refused> {
    let (width, height) = decoder.dimensions();
    let stored = Size { width, height };
    super::within(stored, (Cap::WholePixels, limits.max_whole_pixels), limits.max_width)?;
    // An orientation that cannot be read is none, as viewers have it.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let size = upright::size(stored, orientation);
    super::within(size, (Cap::WholePixels, limits.max_whole_pixels), limits.max_width)?;
    let layout = match decoder.color_type() {
        ColorType::L8 => Layout::grey(8, None),
        ColorType::La8 => Layout::GreyAlpha,
        ColorType::Rgb8 => Layout::Rgb { key: None },
        ColorType::Rgba8 => Layout::Rgba,
        _ => return Err(Refused::Unsupported("a picture of uncommon colours")),
    };
    let mut allowed = image::Limits::no_limits();
    // The decoders count their own working memory too; four times the pixels is plenty.
    allowed.max_alloc = Some(limits.max_whole_pixels.saturating_mul(16).max(1 << 20));
    decoder.set_limits(allowed)?;
    let profile = decoder.icc_profile().ok().flatten().map(|profile| crc32fast::hash(&profile));
    let mut pixels = vec![0; layout.row_bytes(width) * height as usize];
    let facts = Facts {
        format,
        size,
        bits: 8,
        alpha: decoder.color_type().has_alpha(),
        whole: true,
        animated,
        trailing: false,
        space: ColourSpace { profile, ..ColourSpace::default() },
    };
    // zune-jpeg 0.5.15 panics on a row of blocks for which it kept no room, which no encoder writes.
    let read = catch_unwind(AssertUnwindSafe(|| decoder.read_image(&mut pixels)));
    read.map_err(|_| Refused::corrupt("its decoder gave up"))??;
    let pixels = upright::turned(pixels, layout.row_bytes(1), stored, orientation);
    Ok(Opened { facts, layout, steps: Steps::Whole(Whole { pixels, at: 0 }) })
}

impl From<ImageError> for Refused {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Unsupported(_) => Self::Unsupported("of a kind without a decoder"),
            // The file lies in memory: what cannot be read is not there.
            other => Self::corrupt(other.to_string().lines().next().unwrap_or_default()),
        }
    }
}
