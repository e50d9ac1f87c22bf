//! Places where differences are not looked at.

use crate::Area;
use std::ops::Range;

/// The ignored columns of the rows of a picture, asked from top to bottom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ignored {
    /// Areas that begin below the last row, the next one last.
    later: Vec<Area>,
    /// Areas that may cover the last row.
    here: Vec<Area>,
}

impl Ignored {
    pub(crate) fn new(areas: &[Area]) -> Self {
        let mut later = areas.to_vec();
        later.sort_unstable_by_key(|area| std::cmp::Reverse(area.y));
        Self { later, here: Vec::new() }
    }

    /// The columns of row `y` that are ignored, in a picture of this width; they may overlap.
    ///
    /// A row above the last one has none.
    pub(crate) fn spans(&mut self, y: u32, width: usize) -> impl Iterator<Item = Range<usize>> {
        while let Some(area) = self.later.pop_if(|area| area.y <= y) {
            self.here.push(area);
        }
        self.here.retain(|area| area.bottom() > y);
        self.here.iter().map(move |area| {
            let right = (area.right() as usize).min(width);
            (area.x as usize).min(right)..right
        })
    }
}
