//! Secrets that are known and borne for a while: one small file each, so that branches merge without conflicts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Digest, Error, Finding};

/// One secret that is borne: this secret, in this file, until this day. Another one in its place is reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Borne {
    /// The rule that found it.
    pub rule: String,
    /// The file it is in.
    pub path: String,
    /// Why it is borne.
    pub reason: String,
    /// The last day on which it is, as `YYYY-MM-DD`.
    pub until: String,
    /// Random characters of this file alone.
    pub salt: String,
    /// The finding's digest, salted once more.
    pub digest: Digest,
}

/// What a baseline says of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it is to be reported.
    No,
    /// It is borne.
    Borne,
    /// It was borne until a day that is over.
    Over,
}

/// All that is borne, by the names of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, Borne>,
}

impl Borne {
    /// Bears a finding; `salt` is random and used once, `until` is `YYYY-MM-DD`.
    ///
    /// # Errors
    /// When the day is none, or the reason is empty.
    pub fn new(
        finding: &Finding,
        path: &str,
        reason: &str,
        until: &str,
        salt: &str,
    ) -> Result<Self, Error> {
        let borne = Self {
            rule: finding.rule.clone(),
            path: path.to_owned(),
            reason: reason.to_owned(),
            until: until.to_owned(),
            salt: salt.to_owned(),
            digest: finding.digest.salted(salt),
        };
        borne.check("--until and --reason")?;
        Ok(borne)
    }

    /// The name of its file: the rule, and enough of the digest that no two are the same.
    #[must_use]
    pub fn file_name(&self) -> String {
        let rule: String =
            self.rule.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        format!("{rule}-{}.toml", self.digest.as_str().get(..16).unwrap_or_default())
    }

    /// The file's text.
    #[must_use]
    pub fn render(&self) -> String {
        toml::to_string(self).expect("six strings are TOML")
    }

    /// Whether a file of a baseline is about something else than a secret: it then says in a table of its own what.
    #[must_use]
    pub fn is_other(text: &str) -> bool {
        toml::from_str::<toml::Table>(text).is_ok_and(|file| file.contains_key("finding"))
    }

    /// Reads a file; `name` is for messages.
    ///
    /// # Errors
    /// When it is not in the format.
    pub fn read(name: &str, text: &str) -> Result<Self, Error> {
        let borne: Self = toml::from_str(text).map_err(|error| Error::Baseline {
            name: name.to_owned(),
            why: error.message().lines().collect::<Vec<_>>().join(", "),
        })?;
        borne.check(name)?;
        Ok(borne)
    }

    fn check(&self, name: &str) -> Result<(), Error> {
        let wrong = |why: &str| Error::Baseline { name: name.to_owned(), why: why.to_owned() };
        let digits = self.until.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let part = |range: std::ops::Range<usize>| {
            self.until.get(range).and_then(|part| part.parse().ok())
        };
        let day = part(5..7).is_some_and(|month: u8| (1..=12).contains(&month))
            && part(8..10).is_some_and(|day: u8| (1..=31).contains(&day));
        if self.until.len() != 10 || !digits || !day {
            return Err(wrong("until is no day: YYYY-MM-DD"));
        }
        if self.reason.trim().is_empty() {
            return Err(wrong("the reason is empty"));
        }
        let digest = self.digest.as_str();
        if digest.len() != 32 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong("the digest is none"));
        }
        Ok(())
    }
}

impl FromIterator<(String, Borne)> for Baseline {
    fn from_iter<I: IntoIterator<Item = (String, Borne)>>(files: I) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

impl Baseline {
    /// Reads the files of a baseline, given as name and text.
    ///
    /// # Errors
    /// When one of them is not in the format.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, Error> {
        let read =
            files.into_iter().map(|(name, text)| Ok((name.to_owned(), Borne::read(name, text)?)));
        Ok(Self { files: read.collect::<Result<_, Error>>()? })
    }

    /// What bears a finding in a file, whatever its last day is.
    pub fn of(&self, finding: &Finding, path: &str) -> impl Iterator<Item = &Borne> {
        let here = self
            .files
            .values()
            .filter(move |borne| borne.rule == finding.rule && borne.path == path);
        here.filter(|borne| finding.digest.salted(&borne.salt) == borne.digest)
    }

    /// What is known of a finding in a file; `today` is `YYYY-MM-DD`.
    #[must_use]
    pub fn knows(&self, finding: &Finding, path: &str, today: &str) -> Known {
        let mut known = Known::No;
        for borne in self.of(finding, path) {
            if today <= borne.until.as_str() {
                return Known::Borne;
            }
            known = Known::Over;
        }
        known
    }

    /// The names of files that no finding needed, given the findings of a whole tree.
    #[must_use]
    pub fn unused(&self, found: &[(String, Finding)]) -> Vec<&str> {
        let needed = |borne: &Borne| {
            found.iter().any(|(path, finding)| {
                *path == borne.path
                    && finding.rule == borne.rule
                    && finding.digest.salted(&borne.salt) == borne.digest
            })
        };
        self.files
            .iter()
            .filter(|(_, borne)| !needed(borne))
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// How many secrets are borne.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing is borne.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
