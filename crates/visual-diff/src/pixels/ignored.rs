//! Places where differences are not looked at.

use crate::Area;

/// The ignored columns of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ignored {
    areas: Vec<Area>,
}

impl Ignored {
    pub(crate) fn new(areas: &[Area]) -> Self {
        Self { areas: areas.to_vec() }
    }

    /// The columns of row `y` that are ignored, in a picture of this width; they may overlap.
    pub(crate) fn spans(
        &self,
        y: u32,
        width: usize,
    ) -> impl Iterator<Item = std::ops::Range<usize>> {
        let here = self.areas.iter().filter(move |area| y >= area.y && y < area.bottom());
        here.map(move |area| {
            let right = (area.right() as usize).min(width);
            (area.x as usize).min(right)..right
        })
    }
}
