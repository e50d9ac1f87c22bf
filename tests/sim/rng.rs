//! Numbers that look random and come from a seed.

/// SplitMix64, as published by Steele, Lea and Flood: small, and good enough to choose faults.
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    /// The generator of one history: neighbouring numbers share nothing.
    pub(super) fn new(seed: u64, history: u64) -> Self {
        let mut rng = Self(seed ^ history.wrapping_mul(0xA076_1D64_78BD_642F));
        rng.next();
        rng
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above zero.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// The same as a small one.
    pub(super) fn small(&mut self, end: u8) -> u8 {
        u8::try_from(self.below(end.into())).expect("below a u8")
    }

    /// True once in `times`.
    pub(super) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of the things.
    pub(super) fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[usize::try_from(self.below(things.len() as u64)).expect("an index fits")]
    }

    /// One of the things, each as likely as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, things: &[(u64, T)]) -> T {
        let mut at = self.below(things.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in things {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return *thing,
            }
        }
        unreachable!("the weights are summed above")
    }
}
