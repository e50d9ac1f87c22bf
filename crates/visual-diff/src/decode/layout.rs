//! How a file lays out the pixels of a row, and how they become RGBA.

/// The meaning of the bytes of a row as the file has them.
///
/// Two rows of equal layouts show the same pixels when their bytes are equal, so most rows of two
/// similar pictures are never expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Grey or palette of 1, 2, 4 or 8 bits: each sample names one of the colours.
    Table {
        /// Bits of a sample.
        bits: u8,
        /// How many colours there are; a larger sample makes the file corrupt.
        colours: u16,
        /// RGBA of each sample.
        table: Box<[[u8; 4]; 256]>,
    },
    /// Red, green, blue; one colour may be the transparent one.
    Rgb {
        /// The transparent colour.
        key: Option<[u8; 3]>,
    },
    /// Red, green, blue, alpha.
    Rgba,
    /// Grey, alpha.
    GreyAlpha,
    /// Samples of 16 bits, the high byte first.
    Deep {
        /// Samples of a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
        samples: u8,
        /// The transparent colour, of one or three samples.
        key: Option<[u16; 3]>,
    },
}

impl Layout {
    /// Grey of at most 8 bits; one sample may be the transparent one, of which the low bits count.
    pub(super) fn grey(bits: u8, key: Option<u16>) -> Self {
        let colours = 1_u16 << bits;
        let mut table = Box::new([[0, 0, 0, 255]; 256]);
        for (sample, pixel) in (0..colours).zip(table.iter_mut()) {
            let grey = (sample * 255 / (colours - 1)) as u8;
            let clear = key.is_some_and(|key| key & (colours - 1) == sample);
            let alpha = if clear { 0 } else { 255 };
            *pixel = [grey, grey, grey, alpha];
        }
        Self::Table { bits, colours, table }
    }

    /// Bytes of a row of so many pixels.
    #[must_use]
    pub fn row_bytes(&self, width: u32) -> usize {
        let width = width as usize;
        match self {
            Self::Table { bits, .. } => (width * usize::from(*bits)).div_ceil(8),
            Self::Rgb { .. } => width * 3,
            Self::Rgba => width * 4,
            Self::GreyAlpha => width * 2,
            Self::Deep { samples, .. } => width * 2 * usize::from(*samples),
        }
    }

    /// True when samples have 16 bits.
    #[must_use]
    pub const fn deep(&self) -> bool {
        matches!(self, Self::Deep { .. })
    }

    /// The first sample of a row that names no colour of the palette.
    #[must_use]
    pub fn stray(&self, row: &[u8], width: usize) -> Option<u8> {
        let Self::Table { bits, colours, .. } = self else { return None };
        if u32::from(*colours) >= 1 << bits {
            return None;
        }
        if *bits == 8 {
            let largest = row.iter().copied().max()?;
            return (u16::from(largest) >= *colours).then_some(largest);
        }
        samples(row, *bits).take(width).find(|sample| u16::from(*sample) >= *colours)
    }

    /// Expands a row to RGBA of 8 bits; `out` has four bytes for each pixel.
    ///
    /// Samples of 16 bits are rounded to the nearest of 8 bits, as pngjs does for pixelmatch.
    pub fn rgba(&self, row: &[u8], out: &mut [u8]) {
        let (out, _) = out.as_chunks_mut::<4>();
        match self {
            Self::Table { bits: 8, table, .. } => {
                for (pixel, sample) in out.iter_mut().zip(row) {
                    *pixel = table[usize::from(*sample)];
                }
            }
            Self::Table { bits, table, .. } => {
                for (pixel, sample) in out.iter_mut().zip(samples(row, *bits)) {
                    *pixel = table[usize::from(sample)];
                }
            }
            Self::Rgb { key } => {
                let (row, _) = row.as_chunks::<3>();
                for (pixel, [r, g, b]) in out.iter_mut().zip(row) {
                    *pixel = [*r, *g, *b, 255];
                }
                if let Some(key) = key {
                    let clear = out.iter_mut().zip(row).filter(|(_, colour)| *colour == key);
                    clear.for_each(|(pixel, _)| pixel[3] = 0);
                }
            }
            Self::Rgba => out.as_flattened_mut().copy_from_slice(row),
            Self::GreyAlpha => {
                for (pixel, [v, a]) in out.iter_mut().zip(row.as_chunks::<2>().0) {
                    *pixel = [*v, *v, *v, *a];
                }
            }
            Self::Deep { samples, key } => deep(row, *samples, *key, |at, pixel| {
                out[at] = pixel.map(|sample| ((u32::from(sample) * 255 + 32_767) / 65_535) as u8);
            }),
        }
    }

    /// Expands a row to RGBA of 16 bits; `out` has four samples for each pixel.
    ///
    /// A sample of 8 bits becomes 257 times as much, which is white for white.
    pub fn rgba16(&self, row: &[u8], out: &mut [u16]) {
        let (pixels, _) = out.as_chunks_mut::<4>();
        if let Self::Deep { samples, key } = self {
            return deep(row, *samples, *key, |at, pixel| pixels[at] = pixel);
        }
        let mut narrow = vec![0; pixels.len() * 4];
        self.rgba(row, &mut narrow);
        for (sample, narrow) in out.iter_mut().zip(narrow) {
            *sample = u16::from(narrow) * 257;
        }
    }
}

/// The samples of a row of 1, 2 or 4 bits, the highest bits first; padding at its end included.
fn samples(row: &[u8], bits: u8) -> impl Iterator<Item = u8> {
    let mask = (1_u8 << bits) - 1;
    let shifts = (0..8 / bits).rev().map(move |at| at * bits);
    row.iter().flat_map(move |byte| shifts.clone().map(move |shift| byte >> shift & mask))
}

/// Gives each pixel of a row of 16-bit samples as RGBA.
fn deep(row: &[u8], samples: u8, key: Option<[u16; 3]>, mut put: impl FnMut(usize, [u16; 4])) {
    for (at, pixel) in row.chunks_exact(2 * usize::from(samples)).enumerate() {
        let sample = |n: usize| u16::from_be_bytes([pixel[2 * n], pixel[2 * n + 1]]);
        let (colour, alpha) = match samples {
            1 => ([sample(0); 3], None),
            2 => ([sample(0); 3], Some(sample(1))),
            3 => ([sample(0), sample(1), sample(2)], None),
            _ => ([sample(0), sample(1), sample(2)], Some(sample(3))),
        };
        let alpha = alpha.unwrap_or(if key == Some(colour) { 0 } else { u16::MAX });
        put(at, [colour[0], colour[1], colour[2], alpha]);
    }
}
