//! Whether two blocks show the same, drawn at another fraction of a pixel or on another ground.

use super::sheet::Sheet;
use crate::Area;

/// So much of what two profiles hold may differ: smoothed edges differ by less, other words by more.
const UNLIKE: u64 = 18;
/// Pixels by which the sizes of one thing may differ.
const SIZES: usize = 2;
/// Levels by which the mean of a channel may differ.
const SHADE: u64 = 4;

/// How much stands out in each column and in each row of a block.
pub(super) struct Profile {
    columns: Vec<u64>,
    rows: Vec<u64>,
    /// The mean of each channel.
    colour: [u64; 4],
}

impl Profile {
    pub(super) fn of(sheet: &Sheet, area: &Area) -> Self {
        let mut columns = vec![0; area.width as usize];
        let mut rows = vec![0; area.height as usize];
        let mut colour_sums = [0; 4];
        for (y, sum) in (area.y..area.bottom()).zip(&mut rows) {
            let from = area.x.saturating_sub(1);
            let mut ground = None;
            for (part, colour) in sheet.cut(y, from, area.right()) {
                // The ground is what lies to the left of the row.
                let ground = *ground.get_or_insert(bright(colour));
                let weight = u64::from(bright(colour).abs_diff(ground));
                for x in part.filter(|&x| x >= area.x) {
                    columns[(x - area.x) as usize] += weight;
                    *sum += weight;
                    let channels = colour_sums.iter_mut().zip(colour.to_le_bytes());
                    channels.for_each(|(sum, channel)| *sum += u64::from(channel));
                }
            }
        }
        let pixels = u64::from(area.width) * u64::from(area.height);
        let colour = colour_sums.map(|sum| sum / pixels.max(1));
        Self { columns: smooth(&columns), rows: smooth(&rows), colour }
    }

    /// Whether both are one thing, give or take a pixel.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let sizes = |one: &[u64], other: &[u64]| one.len().abs_diff(other.len()) <= SIZES;
        sizes(&self.columns, &other.columns)
            && sizes(&self.rows, &other.rows)
            && near(&self.columns, &other.columns)
            && near(&self.rows, &other.rows)
    }

    /// Whether both are one thing in one colour.
    pub(super) fn is(&self, other: &Self) -> bool {
        let pairs = self.colour.iter().zip(other.colour);
        self.is_like(other) && pairs.into_iter().all(|(one, other)| one.abs_diff(other) <= SHADE)
    }
}

fn bright(colour: u32) -> u32 {
    let [r, g, b, _] = colour.to_le_bytes().map(u32::from);
    (r * 3 + g * 6 + b) / 10
}

/// Each value with its neighbours, so that half a pixel more or less is little.
fn smooth(values: &[u64]) -> Vec<u64> {
    let at = |at: Option<usize>| at.and_then(|at| values.get(at)).copied().unwrap_or(0);
    (0..values.len()).map(|x| at(x.checked_sub(1)) + 2 * values[x] + at(Some(x + 1))).collect()
}

fn near(one: &[u64], other: &[u64]) -> bool {
    let all: u64 = one.iter().chain(other).sum();
    let apart = |by: usize, one: &[u64], other: &[u64]| -> u64 {
        let at = |values: &[u64], at: usize| values.get(at).copied().unwrap_or(0);
        let length = one.len().max(other.len() + by);
        (0..length)
            .map(|x| at(one, x).abs_diff(x.checked_sub(by).map_or(0, |x| at(other, x))))
            .sum()
    };
    let least = (0..=2)
        .flat_map(|by| [apart(by, one, other), apart(by, other, one)])
        .min()
        .unwrap_or_default();
    all > 0 && least * 100 <= all * UNLIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_pixel_is_near_and_another_word_is_not() {
        let word = [0, 90, 10, 40, 90, 0, 0, 70, 30, 90, 10, 0];
        let half: Vec<u64> =
            (0..12).map(|x| (word[x] + x.checked_sub(1).map_or(0, |x| word[x])) / 2).collect();
        let other = [0, 10, 90, 90, 0, 60, 90, 0, 10, 20, 90, 0];
        assert!(near(&smooth(&word), &smooth(&half)));
        assert!(!near(&smooth(&word), &smooth(&other)));
    }
}
