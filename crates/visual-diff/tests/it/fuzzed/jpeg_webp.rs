//! Fuzz target `jpeg-webp`: any bytes as JPEG and as WebP.

use leadforge_visual_diff::{Bytes, Limits, Rows};

/// A file of either format.
pub(crate) fn run(data: &[u8]) {
    let limits = Limits { max_whole_pixels: 1 << 16, max_width: 1 << 12, ..Limits::default() };
    let source = Bytes { name: "fuzz", bytes: data };
    let Ok(mut rows) = Rows::open(&source, &limits) else { return };
    let size = rows.facts().size;
    assert!(size.pixels() <= limits.max_whole_pixels || !rows.facts().whole);
    let mut count = 0;
    while let Ok(Some(row)) = rows.next_rgba() {
        assert_eq!(row.len(), size.width as usize * 4);
        count += 1;
    }
    assert!(!rows.facts().whole || count == size.height);
}
