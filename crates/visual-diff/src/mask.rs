//! A picture as a mask: where it is bright, differences are not looked at.

use crate::{Area, Error, Limits, Pixel, Rows, Source};

/// More areas than these come from a photograph, not from a mask.
const MOST: usize = 100_000;

/// The areas that a mask covers, for [`Config::ignore`](crate::Config::ignore): all of its pixels
/// but black and transparent ones, as rectangles from top to bottom.
///
/// # Errors
/// As [`crate::compare`]; a picture with too many separate areas is [`Error::Corrupt`] as a mask.
pub fn mask(source: &dyn Source, limits: &Limits) -> Result<Vec<Area>, Error> {
    let mut rows = Rows::open(source, limits)?;
    // Rectangles that reach down to the last row, by columns, and those that ended above it.
    let (mut open, mut closed) = (Vec::<Area>::new(), Vec::new());
    let mut y = 0;
    while let Some(row) = rows.next_rgba()? {
        let here: Vec<Area> = runs(row.as_chunks().0)
            .map(|(x, width)| match open.binary_search_by_key(&x, |area| area.x) {
                Ok(at) if open[at].width == width => {
                    Area { height: open[at].height + 1, ..open[at] }
                }
                _ => Area { x, y, width, height: 1 },
            })
            .collect();
        closed.extend(open.drain(..).filter(|above| {
            let below = here.binary_search_by_key(&above.x, |area| area.x);
            below.is_err() || below.is_ok_and(|at| here[at].y != above.y)
        }));
        open = here;
        if closed.len() + open.len() > MOST {
            let what = format!("as a mask it has more than {MOST} areas");
            return Err(Error::Corrupt { picture: source.name(), what });
        }
        y += 1;
    }
    closed.extend(open);
    closed.sort_unstable_by_key(|area| (area.y, area.x));
    Ok(closed)
}

/// The first column and the width of each stretch that is covered.
fn runs(row: &[Pixel]) -> impl Iterator<Item = (u32, u32)> {
    let mut x = 0;
    let covers = |[r, g, b, a]: &Pixel| *a > 0 && r | g | b != 0;
    row.chunk_by(move |one, other| covers(one) == covers(other)).filter_map(move |run| {
        let first = x;
        x += run.len() as u32;
        covers(&run[0]).then_some((first, run.len() as u32))
    })
}
