//! Times, lengths and counts as words: the same in every rendering, without a clock or a locale.

use jiff::Timestamp;

/// A time in UTC as RFC 3339, or `None` when the number is no time at all.
pub(crate) fn rfc3339(ms: i64) -> Option<String> {
    let time = Timestamp::from_millisecond(ms).ok()?;
    Some(time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A time for people.
pub(crate) fn time(ms: i64) -> String {
    match Timestamp::from_millisecond(ms) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        Err(_) => format!("{ms} ms (no time)"),
    }
}

/// A length of time, from milliseconds to days.
pub(crate) fn duration(ms: u64) -> String {
    let (seconds, minutes, hours) = (ms / 1000, ms / 60_000, ms / 3_600_000);
    match ms {
        0..1000 => format!("{ms} ms"),
        1000..10_000 => format!("{}.{} s", seconds, ms % 1000 / 100),
        10_000..60_000 => format!("{seconds} s"),
        60_000..3_600_000 => format!("{minutes} min {:02} s", seconds % 60),
        3_600_000..86_400_000 => format!("{hours} h {:02} min", minutes % 60),
        _ => format!("{} d {:02} h", hours / 24, hours % 24),
    }
}

/// From one time to another, when there is another and it is not before the first.
pub(crate) fn between(from: i64, to: Option<i64>) -> Option<String> {
    Some(duration(u64::try_from(to?.checked_sub(from)?).ok()?))
}

/// A whole number with thin groups: `12 345`.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// The beginning of a digest or commit, long enough to tell it apart.
pub(crate) fn short(id: &str) -> &str {
    let (prefix, hex) = id.split_once(':').map_or(("", id), |(scheme, hex)| (scheme, hex));
    let plain = !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
    let scheme = if prefix.is_empty() { 0 } else { prefix.len() + 1 };
    if plain && hex.len() > 12 { &id[..scheme + 12] } else { id }
}

/// The last `most` characters, and how many were left out before them.
pub(crate) fn tail(text: &str, most: usize) -> (&str, usize) {
    let left = text.chars().count().saturating_sub(most);
    let at = text.char_indices().nth(left).map_or(text.len(), |(at, _)| at);
    (&text[at..], left)
}

/// The first `most` characters, and how many were left out behind them.
pub(crate) fn head(text: &str, most: usize) -> (&str, usize) {
    match text.char_indices().nth(most) {
        Some((at, _)) => (&text[..at], text[at..].chars().count()),
        None => (text, 0),
    }
}

/// The first `most` characters, with an ellipsis when more follow.
pub(crate) fn clip(text: &str, most: usize) -> String {
    match head(text, most) {
        (text, 0) => text.to_owned(),
        (text, _) => format!("{}…", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_naturally() {
        let all: Vec<_> = [0, 999, 1000, 9_999, 12_345, 61_000, 3_600_000, 90_000_000, u64::MAX]
            .map(duration)
            .into();
        assert_eq!(
            all,
            [
                "0 ms",
                "999 ms",
                "1.0 s",
                "9.9 s",
                "12 s",
                "1 min 01 s",
                "1 h 00 min",
                "1 d 01 h",
                "213503982334 d 14 h"
            ]
        );
        assert_eq!(between(5, Some(1)), None);
        assert_eq!(between(i64::MIN, Some(i64::MAX)), None);
    }

    #[test]
    fn times_are_utc_and_never_fail() {
        assert_eq!(time(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(rfc3339(1_764_000_000_123).as_deref(), Some("2025-11-24T16:00:00Z"));
        assert_eq!(time(i64::MAX), "9223372036854775807 ms (no time)");
        assert_eq!(rfc3339(i64::MIN), None);
    }

    #[test]
    fn numbers_and_digests_are_short() {
        assert_eq!(
            (number(1234), number(1_234_567)),
            ("1234".into(), "1\u{202f}234\u{202f}567".into())
        );
        assert_eq!(short("sha256:0123456789abcdef"), "sha256:0123456789ab");
        assert_eq!(short("0123456789abcdef"), "0123456789ab");
        assert_eq!(short("no digest: a long text ö"), "no digest: a long text ö");
    }

    #[test]
    fn texts_are_cut_on_characters() {
        assert_eq!(tail("aöü", 2), ("öü", 1));
        assert_eq!(head("aöü", 2), ("aö", 1));
        assert_eq!((tail("a", 9), head("", 0)), (("a", 0), ("", 0)));
    }
}
