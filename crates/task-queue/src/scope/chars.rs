//! Sets of characters, as a glob needs them.

/// What one step of a glob consumes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chars {
    /// Exactly this character.
    One(char),
    /// Anything but the separator.
    NotSlash,
    /// Anything.
    Any,
    /// Sorted ranges that do not touch each other, the separator never among them.
    Ranges(Vec<(char, char)>),
}

const FULL: [(char, char); 1] = [('\0', char::MAX)];
/// All but `/`: `.` comes right before it and `0` right after.
const NOT_SLASH: [(char, char); 2] = [('\0', '.'), ('0', char::MAX)];

impl Chars {
    /// True when the character belongs to the set.
    pub(crate) fn has(&self, c: char) -> bool {
        match self {
            Self::One(one) => *one == c,
            Self::NotSlash => c != '/',
            Self::Any => true,
            Self::Ranges(ranges) => ranges.iter().any(|(low, high)| *low <= c && c <= *high),
        }
    }

    /// The set as sorted ranges.
    pub(crate) fn ranges(&self) -> std::borrow::Cow<'_, [(char, char)]> {
        match self {
            Self::One(c) => vec![(*c, *c)].into(),
            Self::NotSlash => (&NOT_SLASH[..]).into(),
            Self::Any => (&FULL[..]).into(),
            Self::Ranges(ranges) => ranges[..].into(),
        }
    }

    /// A readable character, not the separator, that both sets have.
    pub(crate) fn common(&self, other: &Self) -> Option<char> {
        match (self, other) {
            (Self::One(c), set) | (set, Self::One(c)) => (*c != '/' && set.has(*c)).then_some(*c),
            _ => {
                let (a, b) = (self.ranges(), other.ranges());
                let meets = a.iter().flat_map(|x| {
                    b.iter().map(move |y| (x.0.max(y.0), x.1.min(y.1))).filter(|(l, h)| l <= h)
                });
                readable(meets)
            }
        }
    }
}

/// The character of these ranges that a person reads best. The separator is a range of its own.
pub(crate) fn readable(ranges: impl Iterator<Item = (char, char)>) -> Option<char> {
    let mut first = None;
    let mut best: Option<char> = None;
    for (low, high) in ranges {
        for (from, to) in [('a', 'z'), ('0', '9'), ('A', 'Z'), ('!', '.'), (':', '~')] {
            let (from, to) = (low.max(from), high.min(to));
            if from <= to && best.is_none_or(|b| rank(from) < rank(b)) {
                best = Some(from);
            }
        }
        first = first.or(Some(low));
    }
    best.or(first)
}

/// How well a person reads this character in a path, the best first.
pub(crate) fn rank(c: char) -> u8 {
    match c {
        'a'..='z' => 0,
        '0'..='9' => 1,
        'A'..='Z' => 2,
        _ => 3,
    }
}

/// All but these ranges and the separator, as sorted ranges that do not touch.
pub(crate) fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut taken: Vec<(u32, u32)> = ranges.iter().map(|(l, h)| (*l as u32, *h as u32)).collect();
    taken.push(('/' as u32, '/' as u32));
    // Surrogates are no characters, and taking them out keeps every end a valid one.
    taken.push((0xD800, 0xDFFF));
    taken.sort_unstable();
    let mut left = Vec::new();
    let mut next = 0_u32;
    for (low, high) in taken {
        if low > next {
            left.push((next, low - 1));
        }
        next = next.max(high + 1);
    }
    if next <= char::MAX as u32 {
        left.push((next, char::MAX as u32));
    }
    left.into_iter().filter_map(|(l, h)| Some((char::from_u32(l)?, char::from_u32(h)?))).collect()
}

/// The same characters as sorted ranges that do not touch, the separator taken out.
pub(crate) fn normal(ranges: &[(char, char)]) -> Vec<(char, char)> {
    complement(&complement(ranges))
}
