//! Telling secrets from examples, ids and digests: what speaks for and against is added up.
//!
//! The numbers are judgements, not measurements: a match begins with what its rule is worth, and each thing that can
//! be seen moves it by a quarter (a doubt), by half (a reason) or to nothing (a proof).

use crate::context::Context;
use crate::file::{File, Kind};
use crate::jwt::{self, Token};
use crate::names::{Says, is_password as is_password_name, says};
use crate::rule::{Rule, Weight};
use crate::value::{Mark, counting, mark, surprise};

/// What was found, as the judge sees it.
pub(crate) struct Case<'t> {
    pub(crate) weight: Weight,
    pub(crate) value: &'t [u8],
    pub(crate) context: &'t Context<'t>,
    pub(crate) file: File,
    /// The rule.
    pub(crate) rule: &'t Rule,
}

/// The sum, and what it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) score: i32,
    pub(crate) because: Vec<(i32, &'static str)>,
}

impl Verdict {
    fn add(&mut self, points: i32, reason: &'static str) {
        if points != 0 {
            self.score += points;
            self.because.push((points, reason));
        }
    }
}

/// A proof that it is no secret.
const NEVER: i32 = -100;

/// A proof, or less than one where the form speaks for itself.
const fn unless(own: bool, points: i32) -> i32 {
    if own { points } else { NEVER }
}

/// Judges a match.
pub(crate) fn judge(case: &Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    match case.weight {
        Weight::Exact => verdict.add(85, "its form is a secret's own"),
        Weight::Weak => verdict.add(70, "its form is a secret's"),
        Weight::Named => verdict.add(65, "a service's name stands before it"),
        Weight::Generic => verdict.add(55, "a name stands before it"),
    }
    by_value(case, &mut verdict);
    if case.weight <= Weight::Named {
        by_name(case, &mut verdict);
        by_writing(case, &mut verdict);
    }
    by_surroundings(case, &mut verdict);
    by_file(case, &mut verdict);
    verdict.because.sort_by_key(|(points, _)| -points.abs());
    verdict
}

/// What the value is by itself. A form of its own is not explained away by looking like something else.
fn by_value(case: &Case<'_>, verdict: &mut Verdict) {
    let own = case.weight >= Weight::Weak;
    let (points, reason) = match mark(case.value) {
        Some(Mark::Reference) => (unless(own, -40), "it stands for a value that is elsewhere"),
        Some(Mark::Placeholder) => (unless(own, -60), "it says that it is to be replaced"),
        Some(Mark::Repeated) => (NEVER, "it repeats itself"),
        Some(Mark::Sequence) => (NEVER, "it counts up or follows the keyboard"),
        Some(Mark::Place) if !own => (-60, "it is a path, an address or a file's name"),
        // Tokens are UUIDs now and then, but most UUIDs are ids.
        Some(Mark::Uuid) if case.weight == Weight::Generic => {
            let secret = says(case.context.name) == Says::Secret;
            (if secret { -10 } else { -35 }, "it is a UUID")
        }
        Some(Mark::Digest) if case.weight == Weight::Generic => (-5, "it is as long as a digest"),
        _ => (0, ""),
    };
    verdict.add(points, reason);
    if !own && case.value.len() >= 16 && is_mixed_hexadecimal(case.value) {
        verdict.add(-30, "its digits are not of one case, as a program writes them");
    }
    match jwt::look(case.value) {
        Token::Empty => verdict.add(-50, "the token names nobody and no time"),
        Token::Example => verdict.add(-50, "it is everybody's example of a token"),
        Token::Claims | Token::Unread => {}
    }
    // Programs that read keys have the first and the last line of one, and code between.
    if case.value.starts_with(b"-----") && case.value.iter().any(|byte| b"([{".contains(byte)) {
        verdict.add(-60, "there is a program between its lines");
    }
    match counting(case.value) {
        0 => {}
        1 => verdict.add(-10, "a part of it counts up"),
        _ => verdict.add(-30, "parts of it count up"),
    }
    // A prefix says of which kind a token is; what is drawn comes after it.
    let tail = &case.value[(case.value.len() / 3).min(8)..];
    if !own && case.value == case.context.name {
        verdict.add(-40, "its name is the same");
    }
    if !own && case.value.windows(2).filter(|two| two == b"\\u").count() > 1 {
        verdict.add(NEVER, "it is text in escapes");
    }
    if case.weight == Weight::Generic && is_code(case.value) {
        verdict.add(-45, "it reads as a part of a program");
    }
    let bits = surprise(case.value).max(surprise(tail));
    let password = is_password(case);
    let words = match case.weight {
        // People make passwords of words; with capitals, digits or signs among them they are hardly anything else.
        _ if password && kinds(case.value) >= 3 => 0,
        Weight::Exact => 0,
        Weight::Weak => -15,
        Weight::Named => -35,
        Weight::Generic => -50,
    };
    match bits {
        ..-6.0 => verdict.add(words, "it is made of words"),
        -6.0..8.0 if !own => verdict.add(words / 2, "it may be made of words"),
        8.0..30.0 if case.weight == Weight::Generic && !password && !has_digit(case.value) => {
            verdict.add(-25, "it has no digit, as a random value has");
        }
        30.0.. => verdict.add(10, "it is random"),
        _ => {}
    }
}

/// Whether a value is hexadecimal with letters of both cases.
fn is_mixed_hexadecimal(value: &[u8]) -> bool {
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    value.iter().all(u8::is_ascii_hexdigit)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
}

fn has_digit(value: &[u8]) -> bool {
    value.len() < 12 || value.iter().any(u8::is_ascii_digit)
}

/// Whether a value has brackets and separators as programs and patterns have them.
fn is_code(value: &[u8]) -> bool {
    let bracketed = [(b'(', b')'), (b'[', b']'), (b'{', b'}'), (b'<', b'>')];
    bracketed.iter().any(|(open, close)| value.contains(open) && value.contains(close))
        || value.windows(2).any(|two| matches!(two, b"::" | b"->" | b"=>" | b"&&" | b"||"))
        || value.first().is_some_and(|byte| b"/.,:;|&@#)".contains(byte))
        || value.iter().filter(|byte| b",|;:".contains(byte)).count() >= 2
        || value.iter().any(|byte| !byte.is_ascii_graphic())
}

/// Whether a value would be a password, which may be made of words.
fn is_password(case: &Case<'_>) -> bool {
    case.rule.is("password") && !matches!(says(case.context.name), Says::Other | Says::Digest)
        || case.rule.id.ends_with("password")
        || is_password_name(case.context.name)
}

/// How many kinds of characters there are: capitals, other letters, digits, signs.
fn kinds(value: &[u8]) -> usize {
    let signs = |byte: &u8| byte.is_ascii_punctuation() && !b"_-.".contains(byte);
    let is: [fn(&u8) -> bool; 3] =
        [u8::is_ascii_uppercase, u8::is_ascii_lowercase, u8::is_ascii_digit];
    is.iter().filter(|is| value.iter().any(*is)).count() + usize::from(value.iter().any(signs))
}

fn by_name(case: &Case<'_>, verdict: &mut Verdict) {
    let named = case.weight == Weight::Named;
    // The pattern itself saw to it that there is a name.
    let told = ["element", "header", "prefix", "password"].iter().any(|tag| case.rule.is(tag));
    match says(case.context.name) {
        Says::Nothing | Says::Perhaps if told => verdict.add(5, "its place is a secret's"),
        Says::Secret => verdict.add(10, "its name is a secret's"),
        Says::Example => verdict.add(-30, "its name is an example's"),
        // Some rules are about ids.
        Says::Other if case.rule.id.ends_with("-id") => {}
        Says::Other => verdict.add(if named { -30 } else { -45 }, "its name is of something else"),
        Says::Digest => verdict.add(if named { -40 } else { -60 }, "its name is a digest's"),
        Says::Perhaps if !named && case.context.quote.is_none() => {
            verdict.add(-20, "its name says little, and nothing is quoted");
        }
        Says::Nothing if !named => verdict.add(-20, "its name says nothing of a secret"),
        _ => {}
    }
}

/// How it is written down: in a program a value without quotation marks is a name.
fn by_writing(case: &Case<'_>, verdict: &mut Verdict) {
    let open =
        |quote: &u8| case.context.before.iter().filter(|byte| *byte == quote).count() % 2 == 1;
    let quoted = case.context.quote.is_some() || b"\"'`".iter().any(open);
    if case.file.kind == Kind::Code && !quoted {
        verdict.add(-40, "it is a name in a program");
    }
    let behind = case.context.after.trim_ascii_start();
    if case.context.quote.is_some_and(|quote| behind.first() == Some(&quote))
        && behind.get(1..).is_some_and(|rest| rest.trim_ascii_start().first() == Some(&b':'))
    {
        verdict.add(-50, "it is a name that is given a value");
    }
    if matches!(case.context.after.first(), Some(b'(' | b'[')) {
        verdict.add(-50, "it is called or indexed");
    }
}

/// Words on the same line by which people say that something is shown, not used.
const EXAMPLES: &str =
    "example,e.g.,dummy,fake,placeholder,not a real,sample,redacted,for instance";
/// Words on the same line that are about digests.
const DIGESTS: &str =
    "sha256 sha512 sha-256 sha-512 sha384 sha1 md5 checksum integrity digest sha-1";

fn by_surroundings(case: &Case<'_>, verdict: &mut Verdict) {
    let line: Vec<String> = case
        .context
        .line()
        .map(|part| String::from_utf8_lossy(part).to_ascii_lowercase())
        .collect();
    let says =
        |words: &str| words.split(',').any(|word| line.iter().any(|part| part.contains(word)));
    if says(EXAMPLES) {
        let points = match case.weight {
            Weight::Exact => -10,
            Weight::Weak | Weight::Named => -20,
            Weight::Generic => -30,
        };
        verdict.add(points, "its line speaks of an example");
    }
    let digest = case.value.iter().all(|byte| {
        byte.is_ascii_hexdigit() || b"+/=".contains(byte) || byte.is_ascii_alphanumeric()
    });
    if digest && case.weight <= Weight::Weak && says(DIGESTS) {
        verdict.add(-50, "its line speaks of digests");
    }
}

fn by_file(case: &Case<'_>, verdict: &mut Verdict) {
    let own = case.weight >= Weight::Weak;
    match case.file.kind {
        Kind::Binary if !own => verdict.add(-60, "the file is no text"),
        Kind::Lock if !own => verdict.add(-60, "the file is a list of digests"),
        Kind::Translation if !own => verdict.add(-40, "the file is a translation"),
        Kind::Made if !own => verdict.add(-25, "the file was made by a tool"),
        Kind::Prose if !own => verdict.add(-5, "the file is prose"),
        _ => {}
    }
    // Tests are full of passwords that open nothing.
    if case.file.shown
        && case.weight <= Weight::Named
        && is_password(case)
        && surprise(case.value) < 20.0
    {
        verdict.add(-30, "the file is a test, an example or documentation");
    } else if case.file.shown {
        let points = match case.weight {
            Weight::Exact => -5,
            Weight::Weak | Weight::Named => -10,
            Weight::Generic => -12,
        };
        verdict.add(points, "the file is a test, an example or documentation");
    }
}
