//! Values that are no secret by what they are: references, placeholders, repetitions, sequences, digests, ids.

use super::is_one_of;

/// What a value is, where that can be seen from it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It stands for a value that is elsewhere: `${TOKEN}`, `{{ token }}`, `<token>`, `%s`.
    Reference,
    /// It says of itself that it is none: `your-api-key`, `changeme`, `xxxx`.
    Placeholder,
    /// One part over and over, or very few characters.
    Repeated,
    /// The alphabet, a row of the keyboard, counting up or down.
    Sequence,
    /// A UUID.
    Uuid,
    /// As many hexadecimal digits as a common digest has.
    Digest,
    /// A path, an address, a file name.
    Place,
}

/// Words by which people mark what is to be replaced. Short ones count only where they stand alone.
const PLACEHOLDERS: &str = "example sample dummy placeholder changeme change-me change_me changethis replaceme replace \
    insert redacted removed masked hidden yourkey yourtoken yourapi yoursecret yourpassword \
    youraccess enteryour putyour foobar deadbeef lorem notreal not-real not_real invalid todo \
    fixme notasecret not-a-secret nosecret undefined mypassword mysecret mytoken myapikey \
    secretkey topsecret supersecret somesecret letmein qwerty password1 passw0rd p@ssw0rd \
    p@ssword";

/// The same, for whole words between signs.
const ALONE: &str = "your my fake test testing mock demo foo bar baz here none null true false default secret \
    password passwd token key string value example user username admin root change some any the \
    xxx abc todo empty unknown na nil todo insert enter add";

/// Words that make values up together with the others.
const COMMON: &str = "pass pwd passwd pw db login client account new old wrong bad good correct right super top very strong weak this is an \
    is not to be or and for of in with it auth access api app service server database mysql postgres postgresql redis mongo dev \
    prod staging local host hunter let me welcome hello world monkey dragon secure private public basic simple another other \
    first second one two three mismatch forbidden required confirm confirmation hash hashed encrypted ed long short jwt key";
/// Rows that people type.
const ROWS: &[&[u8]] = &[
    b"qwertzuiop",
    b"qwertyuiop",
    b"asdfghjkl",
    b"yxcvbnm",
    b"zxcvbnm",
    b"azertyuiop",
    b"1q2w3e4r5t6z7u8i9o0p",
    b"1q2w3e4r5t6y7u8i9o0p",
];

/// What a value is, if it can be seen; the clearest answer first.
pub(crate) fn mark(value: &[u8]) -> Option<Mark> {
    let found = |yes: bool, mark: Mark| yes.then_some(mark);
    found(is_reference(value), Mark::Reference)
        .or_else(|| found(is_placeholder(value), Mark::Placeholder))
        .or_else(|| found(is_repeated(value), Mark::Repeated))
        .or_else(|| found(is_sequence(value), Mark::Sequence))
        .or_else(|| found(is_uuid(value), Mark::Uuid))
        .or_else(|| found(is_digest(value), Mark::Digest))
        .or_else(|| found(is_place(value), Mark::Place))
}

fn is_reference(value: &[u8]) -> bool {
    let text = String::from_utf8_lossy(value);
    let text = text.trim();
    let wrapped = |open: &str, close: &str| text.starts_with(open) && text.ends_with(close);
    let anywhere = ["${", "{{", "#{", "<%", "$(", "%(", "[[", "@@", "\\(", "$["];
    let name = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
    };
    anywhere.iter().any(|mark| text.contains(mark))
        || wrapped("<", ">")
        || wrapped("{", "}")
        || wrapped("[", "]")
        || wrapped("%", "%")
        || wrapped("__", "__")
        || wrapped("*", "*")
        || text.contains("...")
        || text.contains('…')
        || text
            .strip_prefix('$')
            .is_some_and(|rest| name(rest) && rest.bytes().any(|byte| byte.is_ascii_alphabetic()))
        || (text.len() <= 4 && text.starts_with('%'))
        || is_constant(text)
}

/// Whether a text is the name of a constant or a variable: `ACCESS_TOKEN`.
fn is_constant(text: &str) -> bool {
    let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    capitals && text.trim_matches('_').contains('_')
}

/// Whether a text is nothing but words of the lists, one after the other: `rootpasswd`, `test-user-1`.
fn is_made_of(text: &str, lists: &[&str]) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let signs = text.len() - letters.len();
    if letters.len() < 4 || signs > 4 {
        return false;
    }
    // Whether the letters up to each place can be taken apart.
    let mut apart = vec![false; letters.len() + 1];
    apart[0] = true;
    for at in 0..letters.len() {
        let rest = &letters[at..];
        if apart[at] {
            for word in
                lists.iter().flat_map(|list| list.split(' ')).filter(|word| rest.starts_with(word))
            {
                apart[at + word.len()] = true;
            }
        }
    }
    apart[letters.len()]
}

fn is_placeholder(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let text = String::from_utf8_lossy(&lower);
    if value.len() <= 40 && is_made_of(&text, &[PLACEHOLDERS, ALONE, COMMON]) {
        return true;
    }
    // What is left when the words are taken out has to be short: a random value may hold a word by chance.
    let mut left = value.len();
    let mut named = false;
    for word in PLACEHOLDERS.split(' ') {
        let times = text.matches(word).count();
        named |= times > 0;
        left = left.saturating_sub(times * word.len());
    }
    for part in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let part = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        if is_one_of(ALONE, part) {
            named = true;
            left = left.saturating_sub(part.len());
        }
    }
    // Three or more of one letter in a row are how people black out.
    let blacked = longest_same(value, |byte| {
        matches!(byte.to_ascii_lowercase(), b'x' | b'*' | b'.' | b'0' | b'#' | b'?')
    });
    (named && left * 2 <= value.len())
        || blacked >= 5
        || (blacked >= 3 && blacked * 2 >= value.len())
}

fn longest_same(value: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    value.chunk_by(|a, b| a == b).filter(|run| counts(run[0])).map(<[u8]>::len).max().unwrap_or(0)
}

fn is_repeated(value: &[u8]) -> bool {
    let mut seen = [false; 256];
    value.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    let distinct = seen.iter().filter(|seen| **seen).count();
    if value.len() >= 8 && distinct <= 3 {
        return true;
    }
    let period = |length: usize| value.iter().zip(value.iter().skip(length)).all(|(a, b)| a == b);
    (1..=value.len() / 3).any(period) || longest_same(value, |_| true) * 2 > value.len().max(7)
}

/// Whether one character goes on from another: by one up or down, or around the end.
fn goes_on(a: u8, b: u8) -> bool {
    let next = b.wrapping_sub(a);
    let wraps =
        [(b'9', b'0'), (b'9', b'a'), (b'z', b'0'), (b'z', b'a'), (b'f', b'0'), (b'0', b'9')];
    next == 1 || next == 255 || wraps.contains(&(a, b))
}

/// Whether most of a value counts up or down or follows a row of the keyboard.
fn is_sequence(value: &[u8]) -> bool {
    let lower = plain(value);
    if lower.len() < 6 {
        return false;
    }
    let counted = lower.windows(2).filter(|pair| goes_on(pair[0], pair[1])).count();
    let typed = lower
        .windows(4)
        .filter(|part| ROWS.iter().any(|row| row.windows(4).any(|keys| keys == *part)))
        .count();
    // A random value goes on by one about once in eight times: half of it never does, if it has some length.
    let share = if lower.len() < 12 { 60 } else { 50 };
    counted * 100 >= (lower.len() - 1) * share || typed * 100 >= (lower.len() - 3) * share
}

/// How many parts of four or more characters count up or down.
pub(crate) fn counting(value: &[u8]) -> usize {
    let parts = value.chunk_by(|a, b| b.wrapping_sub(*a) == 1);
    let down = value.chunk_by(|a, b| a.wrapping_sub(*b) == 1);
    parts.chain(down).filter(|part| part.len() >= 4).count()
}

/// Letters and digits in lower case, signs left out.
fn plain(value: &[u8]) -> Vec<u8> {
    value.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect()
}

fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_digest(value: &[u8]) -> bool {
    let hexadecimal = value.iter().all(u8::is_ascii_hexdigit);
    hexadecimal && matches!(value.len(), 32 | 40 | 56 | 64 | 96 | 128)
}

/// Whether a value is a path, an address or a file name, whose parts are words.
fn is_place(value: &[u8]) -> bool {
    let text = String::from_utf8_lossy(value);
    if text.contains("://")
        || text.starts_with("./")
        || text.starts_with("../")
        || text.starts_with("~/")
    {
        return true;
    }
    let named = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && is_one_of(ENDINGS, &ending.to_ascii_lowercase())
    });
    let parts = text.matches('/').count();
    named || (parts >= 2 && super::surprise(value) < 0.0)
}

/// Endings of file names and hosts.
const ENDINGS: &str = "com org net io dev local py js ts tsx jsx go rs rb php java c h cpp cs json yaml yml toml xml \
    html css md txt pem key crt cer p12 pfx jks env ini cfg conf properties log png jpg svg gif \
    sh sql lock zip gz jar exe dll";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_say_what_they_are() {
        let cases: &[(&str, Option<Mark>)] = &[
            ("${API_TOKEN}", Some(Mark::Reference)),
            ("{{ secrets.key }}", Some(Mark::Reference)),
            ("<your token>", Some(Mark::Reference)),
            ("$TOKEN", Some(Mark::Reference)),
            ("your-api-key-here", Some(Mark::Placeholder)),
            ("AKIAIOSFODNN7EXAMPLE", None),
            ("changeme123", Some(Mark::Placeholder)),
            ("sk_live_xxxxxxxxxxxx", Some(Mark::Placeholder)),
            ("aaaaaaaaaaaa", Some(Mark::Repeated)),
            ("bcdbcdbcdbcd", Some(Mark::Repeated)),
            ("0123456789abcdef", Some(Mark::Sequence)),
            ("qwertyuiop", Some(Mark::Placeholder)),
            ("asdfghjkl", Some(Mark::Sequence)),
            ("dafa7817-e246-48f3-91a7-e87653d587b8", Some(Mark::Uuid)),
            ("d41d8cd98f00b204e9800998ecf8427e", Some(Mark::Digest)),
            ("config/secrets/prod.yaml", Some(Mark::Place)),
            ("Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB", None),
            ("correct-battery-9", None),
            ("hunter2", Some(Mark::Placeholder)),
        ];
        for (value, wanted) in cases {
            assert_eq!(mark(value.as_bytes()), *wanted, "{value}");
        }
    }
}
