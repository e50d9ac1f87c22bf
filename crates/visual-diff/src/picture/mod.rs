//! The picture of differences, as pixelmatch draws it, written row by row.
//!
//! It holds a few greys and up to four colours, so a PNG with a palette shows the same pixels as
//! pixelmatch's own with a quarter of the bytes to compress.

mod drawing;
mod sink;

pub use drawing::Drawing;

use crate::pixels::Blend;
use crate::{Config, Error, Mark, Observer, Pixel, RowPair};
use drawing::{Colours, DARKER};
use sink::Sink;
use std::io::Write;

/// Draws the differences of what both pictures have.
pub struct DiffPicture<'w> {
    drawing: Drawing,
    colours: Colours,
    blend: Blend,
    /// Until the first row tells the size.
    write: Option<&'w mut dyn Write>,
    sink: Option<Sink<'w>>,
}

impl<'w> DiffPicture<'w> {
    /// Prepares to draw what a comparison under `config` finds; nothing is written yet.
    ///
    /// # Errors
    /// [`Error::Setting`] for an alpha that is not from 0 to 1.
    pub fn new(drawing: Drawing, config: &Config, write: &'w mut dyn Write) -> Result<Self, Error> {
        if !(0.0..=1.0).contains(&drawing.alpha) {
            return Err(Error::Setting { name: "alpha", allowed: "from 0 to 1" });
        }
        Ok(Self {
            drawing,
            colours: Colours::new(&drawing, config.profile),
            blend: Blend::of(config.profile, config.checkerboard),
            write: Some(write),
            sink: None,
        })
    }

    /// Ends the picture; a comparison that failed leaves it unfinished.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn finish(self) -> Result<(), Error> {
        self.sink.map_or(Ok(()), Sink::finish)
    }
}

impl Observer for DiffPicture<'_> {
    fn row(&mut self, row: &mut RowPair<'_, '_>) -> Result<(), Error> {
        let size = row.overlap();
        if row.y() >= size.height {
            return Ok(());
        }
        if let Some(write) = self.write.take() {
            let palette = self.drawing.palette();
            self.sink = Some(Sink::new(write, size, &palette, self.colours.fit())?);
        }
        let Some(sink) = &mut self.sink else { return Ok(()) };
        let width = size.width as usize;
        let entries = sink.entries();
        backgrounds(self.colours, &row.before()[..width], entries);
        sink.background();
        if row.equal() {
            return sink.write();
        }
        let darker = self.drawing.diff_color_alt.is_some();
        let first = u64::from(row.y()) * width as u64;
        let marks = row.marks();
        let (before, after) = row.both();
        for (x, mark) in marks.enumerate() {
            let Some(mut entry) = self.colours.entry(mark) else { continue };
            if darker && mark == Mark::Counted {
                let delta = self.blend.delta(before[x], after[x], first + x as u64);
                entry = if delta < 0.0 { DARKER } else { entry };
            }
            sink.put(x, entry);
        }
        sink.write()
    }
}

/// The entries of a row without differences.
fn backgrounds(colours: Colours, pixels: &[Pixel], entries: &mut [u8]) {
    const STRIDE: usize = 32;
    let mut last = [0; 4];
    let mut entry = colours.background(last);
    for (pixels, entries) in pixels.chunks(STRIDE).zip(entries.chunks_mut(STRIDE)) {
        if pixels[1..] == pixels[..pixels.len() - 1] {
            if pixels[0] != last {
                (last, entry) = (pixels[0], colours.background(pixels[0]));
            }
            entries.fill(entry);
            continue;
        }
        for (pixel, to) in pixels.iter().zip(entries) {
            if *pixel != last {
                (last, entry) = (*pixel, colours.background(*pixel));
            }
            *to = entry;
        }
    }
}
