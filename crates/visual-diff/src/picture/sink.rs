//! A PNG that is written while it is drawn.

use crate::{Error, Pixel, Size};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// The end of the picture, one row at a time.
pub(super) struct Sink<'w> {
    stream: png::StreamWriter<'static, Shared>,
    /// What the encoder has written and the caller's writer has not.
    waiting: Shared,
    write: &'w mut dyn Write,
    palette: [Pixel; 256],
    /// The row as entries of the palette.
    entries: Vec<u8>,
    /// The row as colours, when greys and colours are more than a palette holds.
    colours: Option<Vec<[u8; 3]>>,
}

impl<'w> Sink<'w> {
    /// Begins a picture; `fit` says that every colour has its own entry in the palette.
    pub(super) fn new(
        write: &'w mut dyn Write,
        size: Size,
        palette: &[Pixel; 256],
        fit: bool,
    ) -> Result<Self, Error> {
        let waiting = Shared::default();
        let mut encoder = png::Encoder::new(waiting.clone(), size.width, size.height);
        encoder.set_depth(png::BitDepth::Eight);
        if fit {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.map(|[r, g, b, _]| [r, g, b]).as_flattened().to_vec());
            // Entries behind the last transparent one are opaque by themselves.
            let clear = palette.iter().rposition(|colour| colour[3] < 255).map_or(0, |at| at + 1);
            encoder.set_trns(palette[..clear].iter().map(|colour| colour[3]).collect::<Vec<u8>>());
        } else {
            encoder.set_color(png::ColorType::Rgb);
        }
        encoder.set_deflate_compression(png::DeflateCompression::Level(1));
        encoder.set_filter(png::Filter::NoFilter);
        let stream = encoder.write_header().and_then(png::Writer::into_stream_writer);
        Ok(Self {
            stream: stream.map_err(|error| Error::Write(error.into()))?,
            waiting,
            write,
            palette: *palette,
            entries: vec![0; size.width as usize],
            colours: (!fit).then(|| vec![[0; 3]; size.width as usize]),
        })
    }

    /// The row, to be filled with greys.
    pub(super) fn entries(&mut self) -> &mut [u8] {
        &mut self.entries
    }

    /// The greys are there; from now on pixels are put upon them.
    pub(super) fn background(&mut self) {
        for (colour, entry) in self.colours.iter_mut().flatten().zip(&self.entries) {
            *colour = [255 - entry; 3];
        }
    }

    /// Puts an entry of the palette in a place of the row.
    pub(super) fn put(&mut self, x: usize, entry: u8) {
        match &mut self.colours {
            Some(colours) => {
                let [r, g, b, _] = self.palette[usize::from(entry)];
                colours[x] = [r, g, b];
            }
            None => self.entries[x] = entry,
        }
    }

    /// Writes the row.
    pub(super) fn write(&mut self) -> Result<(), Error> {
        let row = self.colours.as_ref().map_or(&self.entries[..], |row| row.as_flattened());
        self.stream.write_all(row).map_err(Error::Write)?;
        if self.waiting.0.borrow().len() < ENOUGH { Ok(()) } else { self.waiting.hand(self.write) }
    }

    /// Ends the file.
    pub(super) fn finish(self) -> Result<(), Error> {
        // The last chunk comes when the encoder is dropped, which could tell nobody of a failure.
        self.stream.finish().map_err(|error| Error::Write(error.into()))?;
        self.waiting.hand(self.write)
    }
}

/// Bytes that are handed over together.
const ENOUGH: usize = 1 << 15;

/// Bytes between the encoder, which wants to own its writer, and the caller's writer.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Shared {
    /// Hands all bytes on.
    fn hand(&self, write: &mut dyn Write) -> Result<(), Error> {
        let mut bytes = self.0.borrow_mut();
        write.write_all(&bytes).map_err(Error::Write)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
