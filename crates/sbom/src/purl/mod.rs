//! Package URLs: read, made canonical, and built, as the specification's own tests demand.

mod of;
mod percent;
mod rules;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

pub(crate) use of::{Parts, purl, pypi_name};
use percent::{decode, encode};

/// A package URL in its decoded parts; [`Display`](fmt::Display) writes the canonical text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Purl {
    /// The type, in lower case: `pypi`.
    pub kind: String,
    /// What stands before the name, with `/` between its segments.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
    /// The version.
    pub version: Option<String>,
    /// Further marks, such as `arch`.
    pub qualifiers: BTreeMap<String, String>,
    /// A path below the package.
    pub subpath: Option<String>,
}

/// Why a text, or parts, are no package URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no package URL: {reason}")]
pub struct PurlError {
    /// The text, cut when it is long.
    pub text: String,
    /// What is wrong, in words.
    pub reason: &'static str,
}

/// How much a reader forgives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// What two tools could take for different things is refused.
    Strict,
    /// What can be made canonical is.
    Lenient,
}

impl Purl {
    /// Reads a package URL and brings its parts into their canonical form.
    ///
    /// The specification's tests refuse a qualifier of a type's own that is not in lower case (`Arch` of rpm) and take
    /// a general one (`repositorY_url`); so does this. [`Purl::lenient`] takes both.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, PurlError> {
        Self::read(text, Mode::Strict).map_err(|reason| fault(text, reason))
    }

    /// Reads a package URL as other tools may have written it; its text is then the canonical one.
    ///
    /// # Errors
    /// When it is none.
    pub fn lenient(text: &str) -> Result<Self, PurlError> {
        Self::read(text, Mode::Lenient).map_err(|reason| fault(text, reason))
    }

    /// Builds a package URL of parts that are not encoded.
    ///
    /// # Errors
    /// When the type does not allow them.
    pub fn build(parts: Self) -> Result<Self, PurlError> {
        let text = format!("{}/{}", parts.kind, parts.name);
        parts.checked().map_err(|reason| fault(&text, reason))
    }

    fn read(text: &str, mode: Mode) -> Result<Self, &'static str> {
        let rest = text.strip_prefix("pkg:").ok_or("it does not begin with pkg:")?;
        let (rest, subpath) = match rest.split_once('#') {
            Some((rest, subpath)) => (rest, Some(subpath)),
            None => (rest, None),
        };
        let (rest, qualifiers) = match rest.split_once('?') {
            Some((rest, qualifiers)) => (rest, qualifiers),
            None => (rest, ""),
        };
        let (kind, rest) =
            rest.trim_start_matches('/').split_once('/').ok_or("it has no type, or no name")?;
        let kind = kind.to_ascii_lowercase();
        // An @ that begins a segment before the last one is a scope of npm's that nobody encoded.
        let at = rest.rfind('@').filter(|at| {
            let begins = *at == 0 || rest[..*at].ends_with('/');
            !(begins && rest[*at..].contains('/'))
        });
        let (path, version) = match at {
            Some(at) => (&rest[..at], Some(decode(&rest[at + 1..])?)),
            None => (rest, None),
        };
        if path.ends_with('/') {
            return Err("it has no name");
        }
        let (namespace, name) = match path.rsplit_once('/') {
            Some((namespace, name)) => (segments(namespace, |_| true)?, name),
            None => (None, path),
        };
        let mut found = BTreeMap::new();
        for pair in qualifiers.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or("a qualifier has no value")?;
            if mode == Mode::Strict && rules::own_qualifier(&kind, key) {
                return Err("a qualifier of this type is not in lower case");
            }
            if found.insert(key.to_ascii_lowercase(), decode(value)?).is_some() {
                return Err("a qualifier is there twice");
            }
        }
        let inside = |segment: &str| !matches!(segment, "." | "..");
        let parts = Self {
            kind,
            namespace,
            name: decode(name)?,
            version: version.filter(|version| !version.is_empty()),
            qualifiers: found,
            subpath: subpath.map_or(Ok(None), |path| segments(path, inside))?,
        };
        parts.checked()
    }

    /// The parts in canonical form, if the type allows them.
    fn checked(mut self) -> Result<Self, &'static str> {
        let mut letters = self.kind.bytes();
        let first = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic());
        if !first || !letters.all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)) {
            return Err("its type is none");
        }
        let key = |key: &String| {
            let good = |byte: u8| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte)
            };
            key.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
                && key.bytes().all(good)
        };
        if !self.qualifiers.keys().all(key) {
            return Err(
                "a qualifier's name has other signs than letters, digits, dots, hyphens and underscores",
            );
        }
        self.qualifiers.retain(|_, value| !value.is_empty());
        self.version = self.version.filter(|version| !version.is_empty());
        let whole = |path: &str| path.split('/').all(|segment| !segment.is_empty());
        if self.namespace.as_ref().is_some_and(|path| !path.is_empty() && !whole(path)) {
            return Err("its namespace has an empty segment");
        }
        self.namespace = self.namespace.filter(|namespace| !namespace.is_empty());
        self.kind = self.kind.to_ascii_lowercase();
        rules::split(&mut self)?;
        rules::normalise(&mut self);
        // Of a name of spaces the type may have left nothing.
        if self.name.is_empty() {
            return Err("it has no name");
        }
        rules::check(&self)?;
        Ok(self)
    }
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("pkg:{}/", self.kind);
        let path = |path: &str, text: &mut String| {
            for (index, segment) in path.split('/').enumerate() {
                if index > 0 {
                    text.push('/');
                }
                encode(segment, text);
            }
        };
        if let Some(namespace) = &self.namespace {
            path(namespace, &mut text);
            text.push('/');
        }
        if rules::path_as_name(&self.kind) {
            path(&self.name, &mut text);
        } else {
            encode(&self.name, &mut text);
        }
        if let Some(version) = &self.version {
            text.push('@');
            encode(version, &mut text);
        }
        for (index, (key, value)) in self.qualifiers.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(key);
            text.push('=');
            encode(value, &mut text);
        }
        if let Some(subpath) = &self.subpath {
            text.push('#');
            path(subpath, &mut text);
        }
        f.write_str(&text)
    }
}

fn fault(text: &str, reason: &'static str) -> PurlError {
    PurlError { text: text.chars().take(120).collect(), reason }
}

/// The decoded segments of a path that are not empty.
fn segments(path: &str, wanted: impl Fn(&str) -> bool) -> Result<Option<String>, &'static str> {
    let mut kept = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let segment = decode(segment)?;
        if segment.contains('/') {
            return Err("a segment of a path holds an encoded slash");
        }
        if wanted(&segment) {
            kept.push(segment);
        }
    }
    Ok((!kept.is_empty()).then(|| kept.join("/")))
}
