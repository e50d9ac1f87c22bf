//! Rows of one picture in blocks, decoded here or in a thread of its own.

use crate::{Error, Rows};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes of a block, about; two of each picture wait at most.
const BLOCK: usize = 128 << 10;

/// Some rows, one behind the other.
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    pub(super) rows: u32,
}

/// How many rows of both pictures a block has.
pub(super) fn rows_of_block(widest: usize) -> u32 {
    (BLOCK / widest.max(1)).clamp(1, 1 << 10) as u32
}

/// Where blocks come from.
pub(super) enum Feed<'s> {
    /// Decoded when they are asked for.
    Here(Decoder<'s>),
    /// Decoded ahead by a thread.
    Ahead { full: Receiver<Result<Block, Error>>, empty: SyncSender<Vec<u8>> },
}

impl Feed<'_> {
    /// The next block; `spare` is memory for it or a later one. None behind the last row.
    pub(super) fn next(&mut self, spare: Option<Vec<u8>>) -> Result<Option<Block>, Error> {
        match self {
            Self::Here(decoder) => decoder.block(spare.unwrap_or_default()),
            Self::Ahead { full, empty } => {
                if let Some(spare) = spare {
                    // A decoder that has ended needs no memory any more.
                    let _ = empty.try_send(spare);
                }
                full.recv().ok().transpose()
            }
        }
    }
}

/// Fills blocks with rows.
pub(super) struct Decoder<'s> {
    pub(super) rows: Rows<'s>,
    pub(super) per_block: u32,
}

impl<'s> Decoder<'s> {
    /// Starts a thread that decodes ahead, at most two blocks.
    pub(super) fn ahead<'e>(mut self, scope: &'e std::thread::Scope<'e, '_>) -> Feed<'s>
    where
        's: 'e,
    {
        let (send, full) = sync_channel(2);
        let (empty, spares) = sync_channel::<Vec<u8>>(4);
        scope.spawn(move || {
            loop {
                let block = self.block(spares.try_recv().unwrap_or_default()).transpose();
                let Some(block) = block else { break };
                let failed = block.is_err();
                // Nobody receives any more when the other picture is damaged.
                if send.send(block).is_err() || failed {
                    break;
                }
            }
        });
        Feed::Ahead { full, empty }
    }

    fn block(&mut self, mut bytes: Vec<u8>) -> Result<Option<Block>, Error> {
        let row_bytes = self.rows.row_bytes();
        bytes.resize(row_bytes * self.per_block as usize, 0);
        let mut rows = 0;
        for row in bytes.chunks_exact_mut(row_bytes) {
            if !self.rows.read(row)? {
                break;
            }
            rows += 1;
        }
        Ok((rows > 0).then_some(Block { bytes, rows }))
    }
}
