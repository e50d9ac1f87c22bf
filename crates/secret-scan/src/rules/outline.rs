//! What every match of a pattern has, read off the pattern without compiling it: a cheap test before a dear one.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassBytes, Hir, HirKind};

/// A match longer than this is looked for in a window of this size.
const LONGEST: usize = 16 << 10;
/// How far before its keyword an unbounded match may begin.
const BEFORE: usize = 1 << 10;
/// How far from its keyword a match may lie that does not contain it.
const FAR: usize = 4 << 10;
/// What stands between a name and its value in the patterns that gitleaks makes of a service's name.
const OPERATOR: &str = r"(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)";

/// What is known of a pattern.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    /// How many bytes before a keyword a match may begin.
    pub(crate) before: usize,
    /// How many bytes after the beginning of a keyword a match may end.
    pub(crate) after: usize,
    /// Each match has a run of so many token characters.
    pub(crate) run: usize,
    /// Each secret has so many characters that are the same in all secrets.
    pub(crate) fixed: usize,
    /// The pattern is a name, an operator and a value.
    pub(crate) assigned: Option<Assigned>,
}

/// A value that is given to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// How long it is at least.
    pub(crate) least: usize,
    /// It consists of token characters alone.
    pub(crate) plain: bool,
}

impl Outline {
    /// Reads a pattern, which is in Rust's dialect.
    pub(crate) fn read(pattern: &str, keywords: &[String]) -> Result<Self, String> {
        let parser = ParserBuilder::new().unicode(false).utf8(false).build();
        let hir = { parser }.parse(pattern).map_err(|error| error.to_string())?;
        let most = hir.properties().maximum_len();
        let plain = pattern.replace('\\', "").to_ascii_lowercase();
        let inside = keywords.iter().all(|word| plain.contains(&word.to_ascii_lowercase()));
        let (mut before, mut after) = match most {
            Some(most) => (most.min(LONGEST), most.min(LONGEST)),
            None => (BEFORE, LONGEST),
        };
        let named = pattern.split_once(OPERATOR).is_some_and(|(_, value)| {
            // A keyword that belongs to the value says nothing of what stands before the operator.
            let value = value.to_ascii_lowercase();
            !keywords.iter().any(|word| value.contains(&word.to_ascii_lowercase()))
        });
        let assigned = named.then(|| {
            let value = group(&hir).unwrap_or(&hir);
            let least = value.properties().minimum_len().unwrap_or(1);
            Assigned { least, plain: runs(value).all }
        });
        if !inside && assigned.is_none() {
            (before, after) = (before.max(FAR), after.max(FAR));
        }
        let runs = runs(&hir);
        let fixed = fixed(group(&hir).unwrap_or(&hir));
        Ok(Self { before, after, run: runs.best, fixed, assigned })
    }
}

/// Whether a byte may be a part of a token: what secrets of all kinds are made of.
pub(crate) const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'/' | b'=' | b'~')
}

/// What the first group takes.
fn group(hir: &Hir) -> Option<&Hir> {
    match hir.kind() {
        HirKind::Capture(capture) => Some(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(group),
        HirKind::Repetition(repeated) => group(&repeated.sub),
        _ => None,
    }
}

/// Runs of token characters that every match has.
#[derive(Clone, Copy)]
struct Runs {
    /// Every match is one run.
    all: bool,
    first: usize,
    last: usize,
    best: usize,
}

impl Runs {
    const fn whole(length: usize) -> Self {
        Self { all: true, first: length, last: length, best: length }
    }

    const NONE: Self = Self { all: false, first: 0, last: 0, best: 0 };

    fn then(self, next: Self) -> Self {
        Self {
            all: self.all && next.all,
            first: if self.all { self.best + next.first } else { self.first },
            last: if next.all { next.best + self.last } else { next.last },
            best: self.best.max(next.best).max(self.last + next.first),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            all: self.all && other.all,
            first: self.first.min(other.first),
            last: self.last.min(other.last),
            best: self.best.min(other.best),
        }
    }
}

fn runs(hir: &Hir) -> Runs {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Runs::whole(0),
        HirKind::Literal(literal) => literal
            .0
            .iter()
            .map(|byte| if is_token(*byte) { Runs::whole(1) } else { Runs::NONE })
            .fold(Runs::whole(0), Runs::then),
        HirKind::Class(class) => {
            let bytes = bytes_of(class);
            let all = bytes.is_some_and(|bytes| {
                bytes.iter().all(|range| (range.start()..=range.end()).all(is_token))
            });
            if all { Runs::whole(1) } else { Runs::NONE }
        }
        HirKind::Repetition(repeated) => {
            let sub = runs(&repeated.sub);
            let times = repeated.min as usize;
            match (sub.all, times) {
                (true, _) => Runs::whole(sub.best.saturating_mul(times).min(LONGEST)),
                (false, 0) => Runs::NONE,
                (false, _) => sub,
            }
        }
        HirKind::Capture(capture) => runs(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(runs).fold(Runs::whole(0), Runs::then),
        HirKind::Alternation(parts) => {
            parts.iter().map(runs).reduce(Runs::or).unwrap_or(Runs::whole(0))
        }
    }
}

fn bytes_of(class: &Class) -> Option<&ClassBytes> {
    match class {
        Class::Bytes(bytes) => Some(bytes),
        Class::Unicode(_) => None,
    }
}

/// How many letters, digits and signs are the same in all matches, their case left aside.
fn fixed(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(class) => usize::from(bytes_of(class).is_some_and(|bytes| {
            let mut letters = bytes.iter().flat_map(|range| range.start()..=range.end());
            let first = letters.next();
            letters.all(|letter| first.is_some_and(|first| first.eq_ignore_ascii_case(&letter)))
        })),
        HirKind::Repetition(repeated) => {
            fixed(&repeated.sub).saturating_mul(repeated.min as usize).min(LONGEST)
        }
        HirKind::Capture(capture) => fixed(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(fixed).sum(),
        HirKind::Alternation(parts) => parts.iter().map(fixed).min().unwrap_or(0),
        HirKind::Empty | HirKind::Look(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(pattern: &str, keyword: &str) -> Outline {
        Outline::read(pattern, &[keyword.to_owned()]).expect("a pattern")
    }

    #[test]
    fn what_every_match_has() {
        let github = outline("ghp_[0-9a-zA-Z]{36}", "ghp_");
        assert_eq!((github.run, github.fixed, github.after), (40, 4, 40));
        let optional = outline(r#"\b(ab[a-z]{20}(?:"[a-z]{30})?)(?:[\s;]|$)"#, "ab");
        assert_eq!((optional.run, optional.fixed), (22, 2));
        let either = outline(r"(?i)x(?:[a-f0-9]{8}| [a-z]{9}y)", "x");
        assert_eq!((either.run, either.fixed), (8, 1));
        let far = outline("pat[a-z]{14}", "airtable");
        assert_eq!((far.before, far.after, far.assigned), (FAR, FAR, None));
        let named = outline(
            r#"(?i)[\w.-]{0,50}?(?:x)[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)["]?([a-z]{17})"#,
            "x",
        );
        assert_eq!(named.assigned, Some(Assigned { least: 17, plain: true }));
    }
}
