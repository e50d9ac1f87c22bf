//! Whether a change of colours is one: each colour that was there has one that stands for it now.

use super::mix::Map;

/// The most pairs of colours that are counted for one group.
const MOST: usize = 20_000;

/// How often each colour became each other one.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    counts: Map<(u32, u32), u64>,
    kept: Map<u32, u64>,
    pub(super) pixels: u64,
    /// There were more pairs than are counted: a photograph, no recolour.
    many: bool,
}

/// What stands for a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mapped {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) pixels: u64,
}

impl Pairs {
    pub(super) fn add(&mut self, before: u32, after: u32, pixels: u64) {
        self.pixels += pixels;
        if let Some(count) = self.counts.get_mut(&(before, after)) {
            *count += pixels;
        } else if self.counts.len() < MOST {
            self.counts.insert((before, after), pixels);
        } else {
            self.many = true;
        }
    }

    /// Pixels among the others that have the colour that they had.
    pub(super) fn keep(&mut self, colour: u32, pixels: u64) {
        if let Some(count) = self.kept.get_mut(&colour) {
            *count += pixels;
        } else if self.kept.len() < MOST {
            self.kept.insert(colour, pixels);
        }
    }

    /// For each colour the one that stands for it, if one does; the most frequent first.
    pub(super) fn mapping(&self) -> Vec<Mapped> {
        let mut sources: Map<u32, (u64, Mapped)> = Map::default();
        for (&(from, to), &pixels) in &self.counts {
            let (all, best) = sources.entry(from).or_insert((0, Mapped { from, to, pixels: 0 }));
            *all += pixels;
            if (pixels, to) > (best.pixels, best.to) || best.pixels == 0 {
                *best = Mapped { from, to, pixels };
            }
        }
        let consistent = |(all, best): (u64, Mapped)| {
            let all = all + self.kept.get(&best.from).copied().unwrap_or(0);
            (best.pixels * 100 >= all * 85).then_some(best)
        };
        let mut mapping: Vec<Mapped> = sources.into_values().filter_map(consistent).collect();
        mapping.sort_unstable_by_key(|found| (std::cmp::Reverse(found.pixels), found.from));
        mapping
    }

    /// Whether a mapping says what happened to most of the pixels, and not by chance to some shades.
    pub(super) fn told_by(&self, mapping: &[Mapped]) -> bool {
        let Some(first) = mapping.first() else { return false };
        let told: u64 = mapping.iter().filter(|map| map.pixels >= 4).map(|map| map.pixels).sum();
        // Two colours that change places are something that moved a little.
        let swapped =
            mapping.iter().take(4).any(|map| (map.from, map.to) == (first.to, first.from));
        told * 100 >= self.pixels * 40 && first.pixels * 100 >= self.pixels * 10 && !swapped
    }

    /// Whether there were few enough pairs to say anything.
    pub(super) const fn is_countable(&self) -> bool {
        !self.many
    }

    /// The pixels of colours of which at least so many changed.
    pub(super) fn weight(&self, fewest: u64) -> u64 {
        let mut sums: Map<u32, u64> = Map::default();
        self.counts.iter().for_each(|(pair, count)| *sums.entry(pair.0).or_default() += count);
        sums.into_values().filter(|&sum| sum >= fewest).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_colour_for_each_is_a_mapping() {
        let mut pairs = Pairs::default();
        pairs.add(1, 11, 900);
        pairs.add(2, 12, 90);
        pairs.add(2, 13, 5);
        let mapping = pairs.mapping();
        assert_eq!(mapping[0], Mapped { from: 1, to: 11, pixels: 900 });
        assert_eq!(mapping[1], Mapped { from: 2, to: 12, pixels: 90 });
    }

    #[test]
    fn a_colour_that_mostly_stayed_has_no_other_one() {
        let mut pairs = Pairs::default();
        pairs.add(1, 11, 900);
        pairs.keep(1, 2000);
        assert_eq!(pairs.mapping(), []);
    }
}
