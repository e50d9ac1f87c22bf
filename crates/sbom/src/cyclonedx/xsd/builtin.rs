//! The types that XML Schema brings along, as far as the vendored schemas use them.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::simple::{collapsed, replaced};

/// A type that XML Schema brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Builtin {
    String,
    NormalizedString,
    Token,
    AnyUri,
    Boolean,
    DateTime,
    Date,
    Decimal,
    Integer,
    PositiveInteger,
    NonNegativeInteger,
}

const NAMES: [(&str, Builtin); 11] = [
    ("string", Builtin::String),
    ("normalizedString", Builtin::NormalizedString),
    ("token", Builtin::Token),
    ("anyURI", Builtin::AnyUri),
    ("boolean", Builtin::Boolean),
    ("dateTime", Builtin::DateTime),
    ("date", Builtin::Date),
    ("decimal", Builtin::Decimal),
    ("integer", Builtin::Integer),
    ("positiveInteger", Builtin::PositiveInteger),
    ("nonNegativeInteger", Builtin::NonNegativeInteger),
];

impl Builtin {
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin)
    }

    pub(super) fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(_, builtin)| *builtin == self);
        found.map(|(name, _)| *name).expect("every type has a name")
    }

    /// The text with its white space as the type hands it on.
    pub(in super::super) fn space(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::String => text.into(),
            Self::NormalizedString => replaced(text),
            _ => collapsed(text),
        }
    }

    /// Whether a text, its white space already in order, is one of the type.
    pub(super) fn allows(self, text: &str) -> bool {
        let integer = |text: &str| !text.contains('.') && decimal(text).is_some();
        match self {
            Self::String | Self::NormalizedString | Self::Token => true,
            Self::AnyUri => uri(text),
            Self::Boolean => ["true", "false", "1", "0"].contains(&text),
            Self::DateTime => text.split_once('T').is_some_and(|(day, clock)| {
                let (clock, right) = zone(clock);
                right && date(day) && time(clock)
            }),
            Self::Date => {
                let (day, right) = zone(text);
                right && date(day)
            }
            Self::Decimal => decimal(text).is_some(),
            Self::Integer => integer(text),
            Self::PositiveInteger => integer(text) && decimal(text) > decimal("0"),
            Self::NonNegativeInteger => integer(text) && decimal(text) >= decimal("0"),
        }
    }
}

/// A decimal number, in an order that is that of its values.
pub(super) fn decimal(text: &str) -> Option<Decimal<'_>> {
    let negative = text.starts_with('-');
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let negative = negative && !(whole.is_empty() && part.is_empty());
    Some(Decimal { negative, whole, part })
}

/// A decimal number without the zeros that mean nothing.
#[derive(PartialEq, Eq)]
pub(super) struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |one: &Self| (one.whole.len(), one.whole.to_owned(), one.part.to_owned());
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(self).cmp(&size(other)),
            (true, true) => size(other).cmp(&size(self)),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Two digits, up to that number.
fn two(text: &str, most: u32) -> bool {
    text.len() == 2 && number(text).is_some_and(|value| value <= most)
}

fn number(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// What stands before a time zone, and whether the zone is one.
fn zone(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_suffix('Z') {
        return (rest, true);
    }
    let at = text.len().saturating_sub(6);
    let Some((rest, zone)) = text.is_char_boundary(at).then(|| text.split_at(at)) else {
        return (text, true);
    };
    match zone.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':')) {
        Some((hours, minutes)) => {
            let right = (two(hours, 13) && two(minutes, 59)) || (hours, minutes) == ("14", "00");
            (rest, right)
        }
        None => (text, true),
    }
}

fn date(text: &str) -> bool {
    let positive = text.strip_prefix('-').unwrap_or(text);
    let parts: Vec<&str> = positive.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let right = year.len() >= 4 && (year.len() == 4 || !year.starts_with('0'));
    let Some(cycle) = year.get(year.len().saturating_sub(4)..).and_then(number) else {
        return false;
    };
    // The last four digits tell a leap year, for the calendar repeats after 400 years.
    let leap = cycle.is_multiple_of(4) && (!cycle.is_multiple_of(100) || cycle.is_multiple_of(400));
    let all_digits = year.bytes().all(|byte| byte.is_ascii_digit());
    let zero = year.bytes().all(|byte| byte == b'0');
    let days = match number(month) {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if leap => 29,
        Some(2) => 28,
        _ => 31,
    };
    right
        && all_digits
        && !zero
        && two(month, 12)
        && *month != "00"
        && two(day, days)
        && *day != "00"
}

fn time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else {
        return false;
    };
    let (whole, part) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let fraction = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // The end of a day is its 24th hour.
    let end =
        *hours == "24" && *minutes == "00" && whole == "00" && part.bytes().all(|b| b == b'0');
    fraction && (end || (two(hours, 23) && two(minutes, 59) && two(whole, 59)))
}

/// Whether a text can be an address once what addresses do not hold is percent-encoded.
fn uri(text: &str) -> bool {
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
    if fragment.contains('#') {
        return false;
    }
    let mut parts = text.split('%');
    parts.next();
    if parts
        .any(|part| !part.get(..2).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())))
    {
        return false;
    }
    // A colon in the first step ends the scheme.
    let end = before.find(['/', '?']).unwrap_or(before.len());
    match before[..end].split_once(':') {
        None => true,
        Some((scheme, _)) => {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_each_other() {
        let cases = [
            (
                Builtin::DateTime,
                "2018-11-07T22:01:45Z 2018-11-07T22:01:45.5+14:00 2020-02-29T24:00:00 -0001-01-01T00:00:00",
                "2018-11-07 2018-11-07T22:01Z 2019-02-29T00:00:00 2018-11-07T24:00:01 2018-13-01T00:00:00 0000-01-01T00:00:00 2018-11-07T22:01:45+15:00 2018-11-07T22:01:45. 018-11-07T22:01:45 2018-11-07T22:01:60",
            ),
            (
                Builtin::Date,
                "2018-11-07 2018-11-07Z 12018-11-07-05:00",
                "2018-11-31 2018-1-07 x 02018-01-01",
            ),
            (Builtin::Decimal, "1 -1.5 +.5 5. 00.10", ". 1e5 - 1,0 NaN"),
            (Builtin::Integer, "1 -0 +7", "1.0 x"),
            (Builtin::PositiveInteger, "1 +01", "0 -1 -0"),
            (Builtin::NonNegativeInteger, "0 -0 5", "-1"),
            (Builtin::Boolean, "true false 0 1", "True yes"),
            (
                Builtin::AnyUri,
                "https://example.org/a%20b#c a/b:c ../x urn:a:b [x] {a}",
                "%zz a#b#c :a 1a:b %",
            ),
        ];
        for (builtin, right, wrong) in cases {
            for text in right.split(' ') {
                assert!(builtin.allows(text), "{builtin:?} {text}");
            }
            for text in wrong.split(' ') {
                assert!(!builtin.allows(text), "{builtin:?} {text}");
            }
        }
        assert!(decimal("-2") < decimal("-1.5") && decimal("10") > decimal("9.99"));
    }
}
