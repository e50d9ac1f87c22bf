//! PNG, row by row; an interlaced one as a whole.

use super::facts::{Facts, Format};
use super::layout::Layout;
use super::limits::Limits;
use super::parts::Parts;
use super::source::Input;
use super::survey::{self, Fault, Header, Survey};
use super::{Opened, Refused, Steps};
use crate::{Cap, Size};
use png::DecodingError;

/// Looks at a PNG behind its signature and prepares to decode it.
pub(super) fn open<'s>(
    mut input: Box<dyn Input + 's>,
    limits: &Limits,
) -> Result<Opened<'s>, Refused> {
    let mut header = survey::header(&mut *input)?;
    let size = Size { width: header.width, height: header.height };
    let caps = if header.interlaced {
        (Cap::WholePixels, limits.max_whole_pixels)
    } else {
        (Cap::Pixels, limits.max_pixels)
    };
    super::within(size, caps, limits.max_width)?;
    let survey = survey::chunks(&mut *input, header, limits.max_chunk)?;
    let layout = layout(&survey);
    let facts = Facts {
        format: Format::Png,
        size,
        bits: header.bits,
        alpha: matches!(header.colour, 4 | 6) || survey.transparency.is_some(),
        whole: header.interlaced,
        animated: survey.animated,
        trailing: survey.trailing,
        space: survey.space.clone(),
    };
    let bytes = layout.row_bytes(size.width);
    if header.interlaced {
        let whole = super::whole::interlaced(input, &survey, bytes)?;
        return Ok(Opened { facts, layout, steps: Steps::Whole(whole) });
    }
    // One row more than there are: only a decoder that asks for it comes to the end of the
    // compressed stream, where its checksum stands, and sees rows too many.
    header.height += 1;
    header.bytes[4..8].copy_from_slice(&header.height.to_be_bytes());
    let reader = reader(Parts::new(input, &header, &survey.parts))?;
    let stream = Stream { reader, left: size.height, beyond: vec![0; bytes] };
    Ok(Opened { facts, layout, steps: Steps::Stream(Box::new(stream)) })
}

/// The decoder of crate `png`, with every checksum on.
pub(super) fn reader(parts: Parts<'_>) -> Result<png::Reader<Parts<'_>>, Refused> {
    let mut options = png::DecodeOptions::default();
    options.set_ignore_checksums(false);
    options.set_skip_ancillary_crc_failures(false);
    Ok(png::Decoder::new_with_options(parts, options).read_info()?)
}

/// A PNG that is decoded as it is read.
pub(super) struct Stream<'s> {
    reader: png::Reader<Parts<'s>>,
    /// Rows that have not been read.
    left: u32,
    /// Room for a row that must not be there.
    beyond: Vec<u8>,
}

impl Stream<'_> {
    /// Reads the next row; with the last one, the end of the image data is checked.
    pub(super) fn read(&mut self, row: &mut [u8]) -> Result<(), Refused> {
        self.reader.read_row(row)?;
        self.left -= 1;
        if self.left > 0 {
            return Ok(());
        }
        match self.reader.read_row(&mut self.beyond) {
            Ok(_) => Err(Refused::corrupt("its image data has more rows than its header")),
            // The decoder has no better name for it; a test holds the words.
            Err(DecodingError::Format(error)) if error.to_string().ends_with(NO_MORE) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// How crate `png` says that the image data ended well, but before the row that was asked for.
const NO_MORE: &str = "does not have enough data for image.";

impl From<DecodingError> for Refused {
    fn from(error: DecodingError) -> Self {
        match error {
            DecodingError::IoError(error) => Self::Fault(Fault::Read(error)),
            // What a debugger prints of an error is not for people, but it is all there is.
            other => Self::corrupt(other.to_string().trim_end_matches('.')),
        }
    }
}

/// How the file lays out its rows.
fn layout(survey: &Survey) -> Layout {
    let Header { bits, colour, .. } = survey.header;
    let clear = survey.transparency.as_deref();
    // A key is two bytes for each sample, whatever the depth.
    let key = |at: usize| {
        clear.and_then(|bytes| Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])))
    };
    let keys = || Some([key(0)?, key(2)?, key(4)?]);
    match (colour, bits) {
        (0, 16) => Layout::Deep { samples: 1, key: key(0).map(|key| [key; 3]) },
        (0, _) => Layout::grey(bits, key(0)),
        (3, _) => {
            let mut table = Box::new([[0, 0, 0, 255]; 256]);
            for (at, ([r, g, b], pixel)) in survey.palette.iter().zip(table.iter_mut()).enumerate()
            {
                let alpha = clear.and_then(|alphas| alphas.get(at)).copied().unwrap_or(255);
                *pixel = [*r, *g, *b, alpha];
            }
            Layout::Table { bits, colours: survey.palette.len() as u16, table }
        }
        (2, 16) => Layout::Deep { samples: 3, key: keys() },
        (2, _) => Layout::Rgb { key: keys().map(|key| key.map(|sample| sample as u8)) },
        (4, 16) => Layout::Deep { samples: 2, key: None },
        (4, _) => Layout::GreyAlpha,
        (6, 16) => Layout::Deep { samples: 4, key: None },
        _ => Layout::Rgba,
    }
}
