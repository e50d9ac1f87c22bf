//! One of the two pictures, of which the rows around the current one are at hand.

use super::feed::{Block, Feed};
use crate::pixels::Pixel;
use crate::{Error, Layout, Size};
use std::collections::VecDeque;

/// Rows whose pixels are kept: the current one, two above and two below.
const KEPT: u32 = 5;

/// A picture that goes by.
pub(super) struct Side<'s> {
    feed: Feed<'s>,
    pub(super) layout: Layout,
    pub(super) size: Size,
    row_bytes: usize,
    per_block: u32,
    blocks: VecDeque<Block>,
    /// The first row of the first block.
    first: u32,
    /// Rows that were decoded.
    decoded: u32,
    /// Rows as pixels, by their number modulo [`KEPT`]; unused when the file has them as pixels.
    pixels: [(Option<u32>, Vec<Pixel>); KEPT as usize],
}

impl<'s> Side<'s> {
    pub(super) fn new(feed: Feed<'s>, layout: Layout, size: Size, per_block: u32) -> Self {
        let row_bytes = layout.row_bytes(size.width);
        let (blocks, pixels) = (VecDeque::new(), Default::default());
        Self { feed, layout, size, row_bytes, per_block, blocks, first: 0, decoded: 0, pixels }
    }

    /// Decodes up to row `y`, and forgets the rows before `from`.
    pub(super) fn advance(&mut self, from: u32, y: u32) -> Result<(), Error> {
        while self.decoded <= y {
            let old = self.first + self.per_block <= from;
            let spare = if old { self.blocks.pop_front() } else { None };
            if spare.is_some() {
                self.first += self.per_block;
            }
            match self.feed.next(spare.map(|block| block.bytes))? {
                Some(block) => {
                    self.decoded += block.rows;
                    self.blocks.push_back(block);
                }
                // A thread that ended early has told why, and that ended the comparison.
                None => break,
            }
        }
        Ok(())
    }

    /// Row `y` as the file has it.
    pub(super) fn raw(&self, y: u32) -> &[u8] {
        let at = y - self.first;
        let block = &self.blocks[(at / self.per_block) as usize];
        let from = (at % self.per_block) as usize * self.row_bytes;
        &block.bytes[from..from + self.row_bytes]
    }

    /// Makes the pixels of row `y` ready for [`Side::pixels`], if there is such a row.
    pub(super) fn expand(&mut self, y: u32) {
        if y >= self.size.height || matches!(self.layout, Layout::Rgba) {
            return;
        }
        let slot = (y % KEPT) as usize;
        if self.pixels[slot].0 == Some(y) {
            return;
        }
        let mut pixels = std::mem::take(&mut self.pixels[slot].1);
        pixels.resize(self.size.width as usize, [0; 4]);
        self.layout.rgba(self.raw(y), pixels.as_flattened_mut());
        self.pixels[slot] = (Some(y), pixels);
    }

    /// The pixels of row `y`, which was expanded and is one of the last five; empty if there is none.
    pub(super) fn pixels(&self, y: u32) -> &[Pixel] {
        if y >= self.size.height {
            return &[];
        }
        if matches!(self.layout, Layout::Rgba) {
            return self.raw(y).as_chunks().0;
        }
        &self.pixels[(y % KEPT) as usize].1
    }
}
