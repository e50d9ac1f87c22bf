//! Chance that is the same for a seed, and what pages are made of.

/// Numbers that look random and are the same for a seed (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    /// For the page of this number.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut dice = Self((seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1);
        (0..8).for_each(|_| {
            dice.roll(2);
        });
        dice
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides as u64) as usize
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    /// Other words than these, one for one.
    pub(crate) fn others(&mut self, count: usize, than: &str) -> String {
        let mut old = than.split(' ');
        let mut words = Vec::new();
        while words.len() < count {
            let (word, was) = (self.pick(WORDS), old.next());
            let word = if was == Some(word) {
                WORDS[(self.roll(WORDS.len() - 1)
                    + 1
                    + WORDS.iter().position(|one| *one == word).unwrap_or(0))
                    % WORDS.len()]
            } else {
                word
            };
            words.push(word);
        }
        words.join(" ")
    }

    pub(crate) fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.pick(WORDS)).collect::<Vec<_>>().join(" ")
    }
}

pub(crate) const WORDS: &[&str] = &[
    "Backend", "queue", "remote", "salary", "Denver", "engineer", "Python", "review", "resume",
    "match", "score", "profile", "company", "search", "worker", "monthly", "release", "tracker",
    "blocked", "cloud", "invoice", "harbour", "window", "station", "copper", "library", "garden",
    "signal", "orbit", "paper",
];

/// Page, card, text, quiet text, accent.
pub(crate) const THEMES: &[[&str; 5]] = &[
    ["#ffffff", "#f4f5f7", "#1f2933", "#52606d", "#2563eb"],
    ["#080c16", "#0c1322", "#e9eaec", "#9b9da2", "#0c78c5"],
    ["#f9f9f9", "#ffffff", "#333333", "#666666", "#667eea"],
    ["#0f172a", "#1e293b", "#f1f5f9", "#94a3b8", "#06b6d4"],
    ["#fdf6e3", "#eee8d5", "#073642", "#586e75", "#b58900"],
];

/// Other colours for what is recoloured.
pub(crate) const COLOURS: &[&str] =
    &["#b91c1c", "#15803d", "#7c3aed", "#c2410c", "#0f766e", "#be185d"];
