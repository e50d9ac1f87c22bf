//! Package URLs of what the extractors find, as the purl specification spells them.

use super::percent::encode;
use crate::inventory::{Ecosystem, Origin};

/// What a purl says beside type, name and origin.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub(crate) namespace: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
    pub(crate) qualifiers: Vec<(&'static str, String)>,
    pub(crate) subpath: Option<&'a str>,
}

/// The purl of a package: `pkg:npm/%40scope/name@1.0.0`.
pub(crate) fn purl(ecosystem: Ecosystem, name: &str, origin: &Origin, parts: Parts<'_>) -> String {
    let mut text = format!("pkg:{}/", ecosystem.purl_type());
    let lower;
    let (mut namespace, mut last) = match (ecosystem, parts.namespace) {
        (_, Some(namespace)) => (Some(namespace), name),
        (Ecosystem::Npm, _) if name.starts_with('@') => split(name, '/'),
        (Ecosystem::Maven, _) => split(name, ':'),
        (Ecosystem::Composer | Ecosystem::Github | Ecosystem::Golang, _) => split(name, '/'),
        _ => (None, name),
    };
    let both = [Ecosystem::Composer, Ecosystem::Github, Ecosystem::Apk, Ecosystem::Deb];
    if both.contains(&ecosystem) || ecosystem == Ecosystem::Oci {
        lower = (namespace.map(str::to_lowercase), last.to_lowercase());
        (namespace, last) = (lower.0.as_deref(), lower.1.as_str());
    } else if ecosystem == Ecosystem::Npm {
        lower = (namespace.map(str::to_lowercase), String::new());
        namespace = lower.0.as_deref();
    }
    for segment in namespace.into_iter().flat_map(|namespace| namespace.split('/')) {
        encode(segment, &mut text);
        text.push('/');
    }
    encode(last, &mut text);
    if let Some(version) = parts.version {
        text.push('@');
        encode(version, &mut text);
    }
    let mut qualifiers = parts.qualifiers;
    match origin {
        Origin::Registry | Origin::Local(_) => {}
        Origin::OtherRegistry(url) => qualifiers.push(("repository_url", url.clone())),
        Origin::Git { url, commit } => {
            let plus = if url.starts_with("git+") || url.starts_with("git:") { "" } else { "git+" };
            let at = commit.as_ref().map_or(String::new(), |commit| format!("@{commit}"));
            qualifiers.push(("vcs_url", format!("{plus}{url}{at}")));
        }
        Origin::Url(url) => qualifiers.push(("download_url", url.clone())),
    }
    qualifiers.sort_unstable();
    for (index, (key, value)) in qualifiers.iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(key);
        text.push('=');
        encode(value, &mut text);
    }
    for (index, segment) in parts.subpath.into_iter().flat_map(|path| path.split('/')).enumerate() {
        text.push(if index == 0 { '#' } else { '/' });
        encode(segment, &mut text);
    }
    text
}

/// What stands before the last separator, and what behind it.
fn split(name: &str, separator: char) -> (Option<&str>, &str) {
    name.rsplit_once(separator).map_or((None, name), |(namespace, name)| (Some(namespace), name))
}

/// The name of a Python package as PEP 503 compares it: lower case, one `-` for runs of `-_.`.
pub(crate) fn pypi_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.trim().chars() {
        if matches!(c, '-' | '_' | '.') {
            if !normal.ends_with('-') {
                normal.push('-');
            }
        } else {
            normal.extend(c.to_lowercase());
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purls_are_spelled_as_the_specification_says() {
        let of = |version| Parts { version, ..Parts::default() };
        let npm = |name: &str, version| purl(Ecosystem::Npm, name, &Origin::Registry, of(version));
        assert_eq!(npm("@babel/core", Some("7.0.0")), "pkg:npm/%40babel/core@7.0.0");
        assert_eq!(npm("left-pad", None), "pkg:npm/left-pad");
        let git = Origin::Git {
            url: "https://example.org/a.git".to_owned(),
            commit: Some("abc".to_owned()),
        };
        assert_eq!(
            purl(Ecosystem::Pypi, "a", &git, of(Some("1!2+local"))),
            "pkg:pypi/a@1%212%2Blocal?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fa.git%40abc"
        );
    }

    #[test]
    fn each_ecosystem_has_its_namespaces() {
        let parts = || Parts {
            version: Some("1"),
            qualifiers: vec![("distro", "debian-12".to_owned()), ("arch", "all".to_owned())],
            ..Parts::default()
        };
        let of = |ecosystem, name| purl(ecosystem, name, &Origin::Registry, parts());
        let end = "@1?arch=all&distro=debian-12";
        assert_eq!(of(Ecosystem::Golang, "a.org/B/c"), format!("pkg:golang/a.org/B/c{end}"));
        assert_eq!(of(Ecosystem::Maven, "org.a:b"), format!("pkg:maven/org.a/b{end}"));
        assert_eq!(of(Ecosystem::Composer, "A/B"), format!("pkg:composer/a/b{end}"));
        let deb = Parts { namespace: Some("debian"), subpath: Some("x/y"), ..parts() };
        let deb = purl(Ecosystem::Deb, "libc6", &Origin::Registry, deb);
        assert_eq!(deb, format!("pkg:deb/debian/libc6{end}#x/y"));
    }

    #[test]
    fn names_of_python_packages_are_compared_as_pep_503_says() {
        assert_eq!(pypi_name("Foo__.Bar-baz"), "foo-bar-baz");
    }
}
