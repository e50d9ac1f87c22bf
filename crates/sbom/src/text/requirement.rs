//! A requirement of Python as PEP 508 writes it: `name[extra] >=1 ; marker`.

/// A requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement<'a> {
    /// The name, as it is written.
    pub(crate) name: &'a str,
    /// The extras that are asked for.
    pub(crate) extras: Vec<&'a str>,
    /// The versions, without brackets.
    pub(crate) versions: &'a str,
    /// The address behind `@`.
    pub(crate) url: Option<&'a str>,
    /// The condition.
    pub(crate) marker: Option<&'a str>,
}

/// Reads a requirement; nothing when it does not begin with a name.
pub(crate) fn read(text: &str) -> Option<Requirement<'_>> {
    let text = text.trim();
    let stop = |c: char| !(c.is_alphanumeric() || "-_.".contains(c));
    let end = text.find(stop).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut rest = rest.trim_start();
    let mut extras = Vec::new();
    if let Some(inner) = rest.strip_prefix('[') {
        let (inside, behind) = inner.split_once(']')?;
        extras = inside.split(',').map(str::trim).filter(|extra| !extra.is_empty()).collect();
        rest = behind.trim_start();
    }
    if let Some(address) = rest.strip_prefix('@') {
        // An address may hold semicolons; a marker stands behind a blank.
        let (url, marker) = match address.split_once(" ;") {
            Some((url, marker)) => (url, Some(marker.trim())),
            None => (address, None),
        };
        return Some(Requirement { name, extras, versions: "", url: Some(url.trim()), marker });
    }
    let (versions, marker) = match rest.split_once(';') {
        Some((versions, marker)) => (versions, Some(marker.trim())),
        None => (rest, None),
    };
    let versions = versions.trim();
    let versions =
        versions.strip_prefix('(').and_then(|v| v.strip_suffix(')')).unwrap_or(versions).trim();
    Some(Requirement {
        name,
        extras,
        versions,
        url: None,
        marker: marker.filter(|m| !m.is_empty()),
    })
}

impl Requirement<'_> {
    /// The one version that it pins: `==1.2`, and no pattern.
    pub(crate) fn pinned(&self) -> Option<&str> {
        let version =
            self.versions.strip_prefix("===").or_else(|| self.versions.strip_prefix("=="));
        let version = version?.trim();
        (!version.is_empty() && !version.contains([',', '*', ' '])).then_some(version)
    }

    /// The extra without which it does not hold: `extra == "web"`.
    pub(crate) fn extra(&self) -> Option<String> {
        let marker = self.marker?;
        let at = marker.find("extra")?;
        let before = marker[..at].chars().next_back();
        let rest = marker[at + "extra".len()..].trim_start().strip_prefix("==")?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let name = rest[1..].split(quote).next()?;
        let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        whole.then(|| crate::purl::pypi_name(name))
    }

    /// The condition without that of the extra, if anything is left.
    pub(crate) fn marker_without_extra(&self) -> Option<String> {
        let marker = self.marker?;
        if self.extra().is_none() {
            return Some(marker.to_owned());
        }
        let other = |part: &&str| !part.contains("extra ==") && !part.contains("extra==");
        let kept: Vec<&str> = marker.split(" and ").filter(other).collect();
        (!kept.is_empty()).then(|| kept.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_are_taken_apart() {
        let one =
            read("Foo.bar[a, b] (>=1,<2) ; python_version < '3' and extra == 'X_y'").expect("one");
        assert_eq!(
            (one.name, one.extras.as_slice(), one.versions),
            ("Foo.bar", &["a", "b"][..], ">=1,<2")
        );
        assert_eq!(one.extra().as_deref(), Some("x-y"));
        assert_eq!(one.marker_without_extra().as_deref(), Some("python_version < '3'"));
        assert_eq!(read("a==1.0").expect("one").pinned(), Some("1.0"));
        assert_eq!(read("a == 1.*").expect("one").pinned(), None);
        let url = read("a @ https://e.org/x;y.whl ; os_name == 'nt'").expect("one");
        assert_eq!((url.url, url.marker), (Some("https://e.org/x;y.whl"), Some("os_name == 'nt'")));
        assert_eq!(read("-e ."), None);
        assert_eq!(read(""), None);
    }
}
