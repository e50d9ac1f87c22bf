//! Pictures that show nothing.

use crate::{Error, Limits, Rows, Source};

/// Whether a picture has one colour all over, or is wholly transparent.
///
/// # Errors
/// As for reading a picture anywhere.
pub fn is_blank(picture: &dyn Source, limits: &Limits) -> Result<bool, Error> {
    let mut rows = Rows::open(picture, limits)?;
    let mut first: Option<[u8; 4]> = None;
    let mut blank = true;
    // The picture is read to its end in any case: one that is cut is no evidence either way.
    while let Some(row) = rows.next_rgba()? {
        let (pixels, _) = row.as_chunks::<4>();
        let like = *first.get_or_insert_with(|| pixels.first().copied().unwrap_or_default());
        let same = |pixel: &[u8; 4]| *pixel == like || (pixel[3] == 0 && like[3] == 0);
        blank = blank && pixels.iter().all(same);
    }
    Ok(blank)
}
