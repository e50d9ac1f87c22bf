//! Package URLs of what the extractors find, as the purl specification spells them.

use super::percent::encode;
use crate::inventory::{Ecosystem, Origin};

/// The purl of a package: `pkg:npm/%40scope/name@1.0.0`.
pub(crate) fn purl(
    ecosystem: Ecosystem,
    name: &str,
    version: Option<&str>,
    origin: &Origin,
) -> String {
    let mut text = String::from(match ecosystem {
        Ecosystem::Cargo => "pkg:cargo/",
        Ecosystem::Npm => "pkg:npm/",
        Ecosystem::Pypi => "pkg:pypi/",
    });
    match (ecosystem, name.split_once('/')) {
        (Ecosystem::Npm, Some((scope, name))) if scope.starts_with('@') => {
            encode(&scope.to_ascii_lowercase(), &mut text);
            text.push('/');
            encode(name, &mut text);
        }
        _ => encode(name, &mut text),
    }
    if let Some(version) = version {
        text.push('@');
        encode(version, &mut text);
    }
    let qualifier = match origin {
        Origin::Registry | Origin::Local(_) => return text,
        Origin::OtherRegistry(url) => ("repository_url", url.clone()),
        Origin::Git { url, commit } => {
            let plus = if url.starts_with("git+") || url.starts_with("git:") { "" } else { "git+" };
            let at = commit.as_ref().map_or(String::new(), |commit| format!("@{commit}"));
            ("vcs_url", format!("{plus}{url}{at}"))
        }
        Origin::Url(url) => ("download_url", url.clone()),
    };
    text.push('?');
    text.push_str(qualifier.0);
    text.push('=');
    encode(&qualifier.1, &mut text);
    text
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
        let npm = |name: &str, version| purl(Ecosystem::Npm, name, version, &Origin::Registry);
        assert_eq!(npm("@babel/core", Some("7.0.0")), "pkg:npm/%40babel/core@7.0.0");
        assert_eq!(npm("left-pad", None), "pkg:npm/left-pad");
        let git = Origin::Git {
            url: "https://example.org/a.git".to_owned(),
            commit: Some("abc".to_owned()),
        };
        assert_eq!(
            purl(Ecosystem::Pypi, "a", Some("1!2+local"), &git),
            "pkg:pypi/a@1%212%2Blocal?vcs_url=git%2Bhttps:%2F%2Fexample.org%2Fa.git%40abc"
        );
    }

    #[test]
    fn names_of_python_packages_are_compared_as_pep_503_says() {
        assert_eq!(pypi_name("Foo__.Bar-baz"), "foo-bar-baz");
    }
}
