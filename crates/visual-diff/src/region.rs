//! Parts that changed, as a person would draw them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Area;

/// What happened to a part of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// It is there now.
    Added,
    /// It was there.
    Removed,
    /// It is the same in another place.
    Moved,
    /// It is the same in other colours.
    Recoloured,
    /// It shows something else: another text, another picture.
    Content,
}

/// A part that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What happened.
    pub kind: Kind,
    /// Where it was; absent for what was added.
    pub before: Option<Area>,
    /// Where it is; absent for what was removed.
    pub after: Option<Area>,
    /// How many of its pixels differ in any way.
    pub pixels: u64,
    /// Which colours became which, the most frequent first; only for what was recoloured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recolours: Vec<Recolour>,
}

/// One colour that became another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recolour {
    /// The colour that was.
    pub from: Colour,
    /// The colour that stands for it.
    pub to: Colour,
    /// How many pixels had the one and have the other.
    pub pixels: u64,
}

/// A colour as red, green, blue and alpha, written as `#rrggbb`, or `#rrggbbaa` unless it is opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Colour(pub [u8; 4]);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue, alpha] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")?;
        if alpha < 255 { write!(f, "{alpha:02x}") } else { Ok(()) }
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no colour such as #0f1729");
        let digits = text.strip_prefix('#').ok_or_else(wrong)?;
        if !matches!(digits.len(), 6 | 8) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let value = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        Ok(Self(if digits.len() == 6 { value << 8 | 255 } else { value }.to_be_bytes()))
    }
}

/// Lines that stand elsewhere because of what came or went before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Where they were.
    pub before: Area,
    /// Where they are.
    pub after: Area,
}

/// What changed as a person would say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    /// Whether most of the content was found again, wherever it stands; else the two show different
    /// things.
    pub aligned: bool,
    /// Parts that are the same elsewhere, pushed by what came or went.
    pub shifts: Vec<Shift>,
    /// Lines that are new, as boxes of the second picture.
    pub inserted: Vec<Area>,
    /// Lines that are gone, as boxes of the first picture.
    pub removed: Vec<Area>,
    /// The parts that changed.
    pub regions: Vec<Region>,
    /// Visibly different pixels where what stands in both lies on itself.
    pub residual: u64,
    /// Of these, the ones in parts that show something else.
    pub content: u64,
}

impl Structure {
    /// Every part to be drawn: the regions, and the lines that came or went where no region shows them.
    ///
    /// Blank lines, such as a page's longer end, are no part that anybody would see as added; in a
    /// drawing of what changed they have their box all the same. From top to bottom.
    #[must_use]
    pub fn parts(&self) -> Vec<Region> {
        let shown = |kind: Kind, area: &Area| {
            let side =
                |region: &Region| if kind == Kind::Added { region.after } else { region.before };
            let mut regions = self.regions.iter().filter(|region| region.kind == kind);
            regions.any(|region| side(region).is_some_and(|other| meets(area, &other)))
        };
        let bare = |kind: Kind, area: &Area| Region {
            kind,
            before: (kind == Kind::Removed).then_some(*area),
            after: (kind == Kind::Added).then_some(*area),
            pixels: u64::from(area.width) * u64::from(area.height),
            recolours: Vec::new(),
        };
        let added = self.inserted.iter().map(|area| (Kind::Added, area));
        let removed = self.removed.iter().map(|area| (Kind::Removed, area));
        let bands = added.chain(removed).filter(|(kind, area)| !shown(*kind, area));
        let mut parts = self.regions.clone();
        parts.extend(bands.map(|(kind, area)| bare(kind, area)));
        parts.sort_by_key(|part| (part.after.or(part.before).map(|a| (a.y, a.x)), part.kind));
        parts
    }
}

/// Whether two boxes have a pixel in common.
fn meets(one: &Area, other: &Area) -> bool {
    let apart = |a: u32, length: u32, b: u32| u64::from(a) + u64::from(length) <= u64::from(b);
    !(apart(one.x, one.width, other.x)
        || apart(other.x, other.width, one.x)
        || apart(one.y, one.height, other.y)
        || apart(other.y, other.height, one.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_or_went_have_a_box_where_no_region_has() {
        let area = |y: u32, height: u32| Area { x: 0, y, width: 100, height };
        let region =
            |kind, after| Region { kind, before: None, after, pixels: 1, recolours: vec![] };
        let structure = Structure {
            inserted: vec![area(0, 40), area(500, 20)],
            removed: vec![area(300, 10)],
            // Within the first band; the second one is blank. A change of another kind hides none.
            regions: vec![
                region(Kind::Added, Some(area(10, 5))),
                region(Kind::Content, Some(area(500, 20))),
            ],
            ..Structure::default()
        };
        let told: Vec<_> = structure
            .parts()
            .iter()
            .map(|part| {
                (part.kind, part.after.or(part.before).map(|a| (a.y, a.height)), part.pixels)
            })
            .collect();
        assert_eq!(
            told,
            [
                (Kind::Added, Some((10, 5)), 1),
                (Kind::Removed, Some((300, 10)), 1000),
                (Kind::Added, Some((500, 20)), 2000),
                (Kind::Content, Some((500, 20)), 1),
            ]
        );
        let edge = area(40, 5);
        assert!(!meets(&area(0, 40), &edge) && meets(&area(0, 41), &edge));
    }
}
