//! The keys of packages in lock files of pnpm, which changed with every version.

use crate::text::yaml::Node;

/// How keys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `/name/1.0.0_peer@1.0.0`
    Five,
    /// `/name@1.0.0(peer@1.0.0)`
    Six,
    /// `name@1.0.0(peer@1.0.0)`, described apart from what it depends on.
    Nine,
}

/// What a key says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Package<'a> {
    pub(super) name: &'a str,
    pub(super) version: Option<&'a str>,
    /// The key under which it is described.
    pub(super) described: &'a str,
    /// Whether the key itself says that a registry has it.
    pub(super) registry: bool,
}

impl Format {
    /// The format of a lock file version.
    pub(super) fn of(version: &str) -> Option<Self> {
        match version.split('.').next()? {
            "5" => Some(Self::Five),
            "6" => Some(Self::Six),
            "9" => Some(Self::Nine),
            _ => None,
        }
    }

    /// What a key says; the package itself may say more.
    pub(super) fn package<'a>(self, key: &'a str, value: &'a Node<'_>) -> Option<Package<'a>> {
        let described = match self {
            Self::Nine => without_peers(key),
            _ => key,
        };
        let plain = without_peers(key);
        let said = value.text("name");
        let parts = match self {
            Self::Five => plain.strip_prefix('/').and_then(|rest| {
                let from = usize::from(rest.starts_with('@')) * rest.find('/')?.checked_add(1)?;
                let at = from + rest[from..].find('/')?;
                let version = &rest[at + 1..];
                // Peers stand behind the first underscore, and in early files behind a slash.
                let end = version.find(['_', '/']).unwrap_or(version.len());
                Some((&rest[..at], &version[..end]))
            }),
            Self::Six => plain.strip_prefix('/').and_then(split),
            Self::Nine => split(plain),
        };
        match (parts, said) {
            (Some((name, version)), _) => {
                let version = (!version.contains(':')).then_some(version);
                Some(Package { name, version, described, registry: version.is_some() })
            }
            // A package of no registry has its address for a key and says its name.
            (None, Some(name)) => Some(Package { name, version: None, described, registry: false }),
            (None, None) => None,
        }
    }

    /// The keys that a dependency may mean, the likeliest first.
    pub(super) fn candidates(self, name: &str, version: &str) -> impl Iterator<Item = String> {
        let first = match self {
            Self::Five => format!("/{name}/{version}"),
            Self::Six => format!("/{name}@{version}"),
            Self::Nine => format!("{name}@{version}"),
        };
        // An alias, an address or a folder is the key itself.
        [first, version.to_owned(), format!("{name}@{version}")].into_iter()
    }
}

/// A key without the peers in parentheses, which may be nested.
fn without_peers(key: &str) -> &str {
    if !key.ends_with(')') {
        return key;
    }
    let mut depth = 0_usize;
    for (at, byte) in key.bytes().enumerate().rev() {
        match byte {
            b')' => depth += 1,
            b'(' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !key[..at].ends_with(')') {
                    return &key[..at];
                }
            }
            _ => {}
        }
    }
    key
}

/// Name and version of `name@version`; a scope begins with the sign too.
fn split(key: &str) -> Option<(&str, &str)> {
    let at = 1 + key.get(1..)?.find('@')?;
    Some((&key[..at], &key[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_every_version_say_the_same() {
        let cases = [
            (Format::Five, "/@a/b/1.0.0", "@a/b"),
            (Format::Five, "/b/1.0.0_react@17.0.2", "b"),
            (Format::Five, "/b/1.0.0_abcdef+x", "b"),
            (Format::Six, "/@a/b@1.0.0(c@2.0.0)", "@a/b"),
            (Format::Nine, "@a/b@1.0.0(c@2.0.0(d@3.0.0))(e@1.0.0)", "@a/b"),
            (Format::Nine, "b@1.0.0", "b"),
        ];
        for (format, key, name) in cases {
            let package = format.package(key, &Node::Null).expect("it names one");
            assert_eq!((package.name, package.version), (name, Some("1.0.0")), "{key}");
        }
        assert_eq!(Format::Five.package("github.com/a/b/0123", &Node::Null), None);
        assert_eq!(without_peers("a@file:x(y)(z(w))"), "a@file:x");
    }
}
