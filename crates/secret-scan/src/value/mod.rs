//! What a value is, by itself: random, or made by people; a digest, an id, a placeholder.

mod letters;
mod marks;

use letters::{FOLLOWS, KINDS};
pub(crate) use marks::{Mark, counting, mark};

/// Whether a word is one of a list, whose words are apart by spaces.
pub(crate) fn is_one_of(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|known| known == word)
}

/// Shannon's entropy in bits per character, as gitleaks counts it: over characters, not bytes.
pub(crate) fn entropy(value: &[u8]) -> f64 {
    let text = String::from_utf8_lossy(value);
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return 0.0;
    }
    letters.sort_unstable();
    let whole = letters.len() as f64;
    letters
        .chunk_by(|a, b| a == b)
        .map(|same| same.len() as f64 / whole)
        .map(|share| -share * share.log2())
        .sum()
}

/// The alphabet from which a random value would have been drawn, by the kinds of characters that are there.
struct Alphabet {
    /// How many letters of each case there would be, and digits.
    sizes: [f64; 3],
    /// How many letters, their case left aside.
    letters: f64,
}

impl Alphabet {
    fn of(value: &[u8]) -> Self {
        let has = |is: fn(&u8) -> bool| value.iter().any(is);
        let (lower, upper) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
        let digit = has(u8::is_ascii_digit);
        let hexadecimal = digit
            && !(lower && upper)
            && value.iter().all(|byte| byte.is_ascii_hexdigit() || !byte.is_ascii_alphanumeric());
        let letters = if hexadecimal { 6.0 } else { 26.0 };
        let size = |there: bool, many: f64| if there { many } else { 0.0 };
        Self { sizes: [size(lower, letters), size(upper, letters), size(digit, 10.0)], letters }
    }

    /// Log2 of the chance of a kind.
    fn kind(&self, kind: usize) -> f64 {
        (self.sizes[kind] / self.sizes.iter().sum::<f64>()).log2()
    }
}

fn kind(byte: u8) -> usize {
    if byte.is_ascii_digit() { 2 } else { usize::from(byte.is_ascii_uppercase()) }
}

/// How many bits speak for a value drawn at random, and against words and names put together.
///
/// It is the logarithm of a ratio of chances: of each kind of character after the two before it, and of each letter
/// after the one before it, under an even draw and under the tables of what people write.
pub(crate) fn surprise(value: &[u8]) -> f64 {
    // What is in capitals throughout is written as other words are.
    let lower;
    let value = if value.iter().any(u8::is_ascii_lowercase) {
        value
    } else {
        lower = value.to_ascii_lowercase();
        &lower
    };
    let alphabet = Alphabet::of(value);
    let mut bits = 0.0;
    for word in value.split(|byte| !byte.is_ascii_alphanumeric()) {
        let (mut before, mut last) = (3, 3);
        let mut letter: Option<u8> = None;
        for &byte in word {
            let now = kind(byte);
            bits += alphabet.kind(now) - f64::from(KINDS[before][last][now]) / 8.0;
            (before, last) = (last, now);
            let this = byte.is_ascii_alphabetic().then(|| byte.to_ascii_lowercase() - b'a');
            if let (Some(first), Some(second)) = (letter, this) {
                let people = FOLLOWS[usize::from(first)][usize::from(second)];
                bits += -alphabet.letters.log2() - f64::from(people) / 8.0;
            }
            letter = this;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_is_counted_over_characters() {
        assert_eq!(entropy(b""), 0.0);
        assert_eq!(entropy(b"aaaa"), 0.0);
        assert_eq!(entropy("aäaä".as_bytes()), 1.0);
        assert!((entropy(b"0123456789abcdef") - 4.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_drawn_surprises_and_what_is_written_does_not() {
        for drawn in [
            "Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB",
            "q8fh3kz0pw7mvx2n",
            "9f86d081884c7d659a2feaa0c55ad015",
            "xkqjvzhwpt",
        ] {
            assert!(surprise(drawn.as_bytes()) > 8.0, "{drawn}: {}", surprise(drawn.as_bytes()));
        }
        for written in [
            "someConfigurationValue",
            "django.contrib.auth.models",
            "MAX_KEY_FRAME_DISTANCE",
            "application-secret-name",
            "getTokenFromResponse2",
        ] {
            assert!(
                surprise(written.as_bytes()) < -8.0,
                "{written}: {}",
                surprise(written.as_bytes())
            );
        }
    }
}
