//! Both pictures row by row, at the same time, each row judged once its surroundings are known.

mod feed;
mod judge;
mod row;
mod side;

pub use row::RowPair;

use crate::{Config, Counts, Error, Rows};
use feed::{Decoder, Feed};
use judge::Judge;
use side::Side;

/// Pixels of both pictures from which on a second thread pays.
const WORTH_A_THREAD: u64 = 500_000;

/// Is shown every row of a comparison, from top to bottom.
pub trait Observer {
    /// Looks at a row.
    ///
    /// # Errors
    /// What ends the comparison.
    fn row(&mut self, row: &mut RowPair<'_, '_>) -> Result<(), Error>;
}

impl<F: FnMut(&mut RowPair<'_, '_>) -> Result<(), Error>> Observer for F {
    fn row(&mut self, row: &mut RowPair<'_, '_>) -> Result<(), Error> {
        self(row)
    }
}

/// Reads both pictures to their ends; without `after`, both are the same file.
pub(crate) fn run<'s>(
    before: Rows<'s>,
    after: Option<Rows<'s>>,
    config: &Config,
    observers: &mut [&mut dyn Observer],
) -> Result<Counts, Error> {
    let widest = after.iter().chain([&before]).map(Rows::row_bytes).max().unwrap_or(0);
    let per_block = feed::rows_of_block(widest);
    let pixels: u64 = after.iter().chain([&before]).map(|rows| rows.facts().size.pixels()).sum();
    std::thread::scope(|scope| {
        let threads = config.threads && pixels >= WORTH_A_THREAD;
        let (layout, size) = (before.layout().clone(), before.facts().size);
        let decoder = Decoder { rows: before, per_block };
        let feed = if threads { decoder.ahead(scope) } else { Feed::Here(decoder) };
        let mut before = Side::new(feed, layout, size, per_block);
        let mut after = after.map(|rows| {
            let (layout, size) = (rows.layout().clone(), rows.facts().size);
            Side::new(Feed::Here(Decoder { rows, per_block }), layout, size, per_block)
        });
        match &mut after {
            None => alone(&mut before, observers).map(|()| Counts::default()),
            Some(after) => both(&mut before, after, config, observers),
        }
    })
}

/// Both files are the same: all of it is equal, if it is a picture.
fn alone(side: &mut Side<'_>, observers: &mut [&mut dyn Observer]) -> Result<(), Error> {
    for y in 0..side.size.height {
        side.advance(y, y)?;
        for observer in &mut *observers {
            observer.row(&mut RowPair { y, equal: true, marks: &[], before: side, after: None })?;
        }
    }
    Ok(())
}

fn both<'s>(
    before: &mut Side<'s>,
    after: &mut Side<'s>,
    config: &Config,
    observers: &mut [&mut dyn Observer],
) -> Result<Counts, Error> {
    let mut judge = Judge::new(before, after, config);
    for y in 0..before.size.height.max(after.size.height) {
        for side in [&mut *before, &mut *after] {
            // Two rows above and below decide whether a pixel is a smoothed edge.
            side.advance(y.saturating_sub(2), (y + 2).min(side.size.height - 1))?;
        }
        let equal = judge.row(before, after, y);
        for observer in &mut *observers {
            let marks = judge.marks();
            observer.row(&mut RowPair { y, equal, marks, before, after: Some(&mut *after) })?;
        }
    }
    Ok(judge.counts())
}
