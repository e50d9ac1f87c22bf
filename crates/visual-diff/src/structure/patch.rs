//! Parts of one picture that stand in the other one, and those that do not.

use crate::Area;

/// A part that stands in both pictures, of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) before: Area,
    pub(super) after: Area,
    /// Parts of `after` that other patches, or none, say more about.
    pub(super) holes: Vec<Area>,
}

/// Which way the lines run between which a part was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Rows,
    Columns,
}

impl Axis {
    /// How many lines an area has.
    pub(super) const fn across(self, area: &Area) -> u32 {
        match self {
            Self::Rows => area.height,
            Self::Columns => area.width,
        }
    }

    /// The first lines of an area.
    pub(super) const fn first(self, area: &Area, lines: u32) -> Area {
        match self {
            Self::Rows => Area { height: lines, ..*area },
            Self::Columns => Area { width: lines, ..*area },
        }
    }

    /// The lines behind the first ones.
    pub(super) const fn rest(self, area: &Area, lines: u32) -> Area {
        match self {
            Self::Rows => Area { y: area.y + lines, height: area.height - lines, ..*area },
            Self::Columns => Area { x: area.x + lines, width: area.width - lines, ..*area },
        }
    }
}

/// A part that stands in one picture alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Alone {
    pub(super) area: Area,
    pub(super) axis: Axis,
}
