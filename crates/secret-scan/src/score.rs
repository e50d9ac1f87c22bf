//! Telling secrets from examples, ids and digests: what speaks for and against is added up.
//!
//! The numbers are judgements, not measurements: a match begins with what its rule is worth, and each thing that can
//! be seen moves it by a quarter (a doubt), by half (a reason) or to nothing (a proof).

use crate::context::Context;
use crate::file::{File, Kind};
use crate::names::{Says, says};
use crate::rule::Weight;
use crate::value::{Mark, mark, surprise};

/// What was found, as the judge sees it.
pub(crate) struct Case<'t> {
    pub(crate) weight: Weight,
    pub(crate) value: &'t [u8],
    pub(crate) context: &'t Context<'t>,
    pub(crate) file: File,
    /// The rule is about ids: their form and their names do not speak against them.
    pub(crate) identifies: bool,
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
        Some(Mark::Uuid) if case.weight == Weight::Generic => (-10, "it is a UUID"),
        Some(Mark::Digest) if case.weight == Weight::Generic => (-5, "it is as long as a digest"),
        _ => (0, ""),
    };
    verdict.add(points, reason);
    let bits = surprise(case.value);
    let words = match case.weight {
        Weight::Exact => 0,
        Weight::Weak => -30,
        Weight::Named => -35,
        Weight::Generic => -50,
    };
    match bits {
        ..-6.0 => verdict.add(words, "it is made of words"),
        -6.0..4.0 if !own => verdict.add(-10, "it may be made of words"),
        30.0.. => verdict.add(10, "it is random"),
        _ => {}
    }
}

fn by_name(case: &Case<'_>, verdict: &mut Verdict) {
    let named = case.weight == Weight::Named;
    match says(case.context.name) {
        Says::Secret => verdict.add(10, "its name is a secret's"),
        Says::Other if case.identifies => {}
        Says::Other => verdict.add(if named { -30 } else { -45 }, "its name is of something else"),
        Says::Digest => verdict.add(if named { -40 } else { -60 }, "its name is a digest's"),
        Says::Nothing if !named => verdict.add(-20, "its name says nothing of a secret"),
        _ => {}
    }
}

/// How it is written down: in a program a value without quotation marks is a name.
fn by_writing(case: &Case<'_>, verdict: &mut Verdict) {
    if case.file.kind == Kind::Code && case.context.quote.is_none() {
        verdict.add(-40, "it is a name in a program");
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
        Kind::Lock if !own => verdict.add(-60, "the file is a list of digests"),
        Kind::Translation if !own => verdict.add(-40, "the file is a translation"),
        Kind::Made if !own => verdict.add(-25, "the file was made by a tool"),
        Kind::Prose if !own => verdict.add(-5, "the file is prose"),
        _ => {}
    }
    if case.file.shown {
        let points = match case.weight {
            Weight::Exact => -5,
            Weight::Weak | Weight::Named => -10,
            Weight::Generic => -12,
        };
        verdict.add(points, "the file is a test, an example or documentation");
    }
}
