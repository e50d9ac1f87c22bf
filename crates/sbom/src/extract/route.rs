//! Which extractor reads which file, asked for each path of a tree.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{EXTRACTORS, Extractor, KNOWN};

/// Extractors by the names of their files.
pub(super) struct Router {
    named: BTreeMap<&'static str, Vec<(&'static Extractor, &'static str)>>,
    /// Those whose names have a `*`.
    loose: Vec<(&'static Extractor, &'static str)>,
    known: BTreeMap<&'static str, &'static str>,
    beside: BTreeMap<&'static str, Vec<&'static str>>,
    loose_beside: Vec<&'static str>,
}

/// Files that extractors look into beside their own.
const BESIDE: &[&str] = &[
    "Cargo.toml",
    "composer.json",
    "etc/os-release",
    "package.json",
    "pyproject.toml",
    "*.dist-info/direct_url.json",
    "usr/lib/os-release",
    "usr/share/doc/*/copyright",
    "var/lib/dpkg/info/*.list",
    "var/lib/dpkg/status.d/*.md5sums",
];

/// Folders of installed packages, and the extractors that read what an installation left there.
const PACKAGES: &[&str] = &["node_modules", "site-packages", "dist-packages"];
const INSTALLED: &[&str] = &["apk", "dpkg", "dist-info", "node_modules"];

/// Whether an inventory wants a file: an extractor reads it, or looks into it beside another.
///
/// A tree that can be read only once, such as an image, keeps what is wanted. It is asked for every file there is.
pub fn wants(path: &str) -> bool {
    let router = router();
    router.of(path).is_some() || router.is_beside(path)
}

/// Whether an inventory tells of a file by its name alone, as found and not read.
pub fn named(path: &str) -> bool {
    router().known(path).is_some()
}

fn router() -> &'static Router {
    static ROUTER: OnceLock<Router> = OnceLock::new();
    ROUTER.get_or_init(Router::new)
}

impl Router {
    pub(super) fn new() -> Self {
        let (mut named, mut loose) = (BTreeMap::<_, Vec<_>>::new(), Vec::new());
        for extractor in EXTRACTORS {
            for &pattern in extractor.files {
                let name = pattern.rsplit('/').next().unwrap_or(pattern);
                if name.contains('*') {
                    loose.push((extractor, pattern));
                } else {
                    named.entry(name).or_default().push((extractor, pattern));
                }
            }
        }
        let (mut beside, mut loose_beside) = (BTreeMap::<_, Vec<_>>::new(), Vec::new());
        for &pattern in BESIDE {
            let name = pattern.rsplit('/').next().unwrap_or(pattern);
            if name.contains('*') {
                loose_beside.push(pattern);
            } else {
                beside.entry(name).or_default().push(pattern);
            }
        }
        let known = KNOWN.iter().copied().collect();
        Self { named, loose, known, beside, loose_beside }
    }

    /// The extractor that reads a file.
    pub(super) fn of(&self, path: &str) -> Option<&'static Extractor> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let named = self.named.get(name).into_iter().flatten();
        let mut all = named.chain(&self.loose);
        let found = all.find(|(_, pattern)| fits(path, pattern)).map(|(extractor, _)| *extractor);
        found.filter(|extractor| INSTALLED.contains(&extractor.name) || !is_of_a_package(path))
    }

    /// Whether an extractor looks into a file beside its own.
    fn is_beside(&self, path: &str) -> bool {
        let named = self.beside.get(path.rsplit('/').next().unwrap_or(path)).into_iter().flatten();
        let mut all = named.chain(&self.loose_beside);
        all.any(|pattern| fits(path, pattern))
    }

    /// What a file is that no extractor reads.
    pub(super) fn known(&self, path: &str) -> Option<&'static str> {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.known.get(name).copied().filter(|_| !is_of_a_package(path))
    }
}

/// Whether a file came with a package that was installed: its lock file says what its makers worked with, and
/// nothing of what is there.
fn is_of_a_package(path: &str) -> bool {
    path.split('/').any(|name| PACKAGES.contains(&name))
}

/// Whether a path ends as a pattern says.
fn fits(path: &str, pattern: &str) -> bool {
    let mut names = path.rsplit('/');
    pattern.rsplit('/').all(|part| names.next().is_some_and(|name| fits_name(name, part)))
}

fn fits_name(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        // A star stands for one name at least, and for no scope.
        Some(("", "")) => !name.starts_with('@'),
        Some((begin, end)) => {
            name.len() >= begin.len() + end.len() && name.starts_with(begin) && name.ends_with(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_known_by_their_ends() {
        assert!(fits("var/lib/dpkg/status", "var/lib/dpkg/status"));
        assert!(fits("root/var/lib/dpkg/status", "var/lib/dpkg/status"));
        assert!(!fits("xvar/lib/dpkg/status", "var/lib/dpkg/status"));
        assert!(fits("a/b-1.dist-info/METADATA", "*.dist-info/METADATA"));
        assert!(!fits("METADATA", "*.dist-info/METADATA"));
        assert!(!fits("a", "aa*") && !fits("ab", "ab*b"));
        let name = |path| Router::new().of(path).map(|extractor| extractor.name);
        assert_eq!(name("x/uv.lock"), Some("uv"));
        assert_eq!(name("var/lib/dpkg/status.d/base"), Some("dpkg"));
        assert_eq!(name("status"), None);
        assert!(wants("usr/share/doc/base/copyright") && !wants("usr/share/doc/base/README"));
        assert!(wants("srv/yarn.lock") && !wants("srv/node_modules/a/yarn.lock"));
        assert!(!wants("site-packages/a/requirements.txt") && !named("site-packages/a/pom.xml"));
        assert!(wants("srv/node_modules/@s/a/package.json"));
        assert!(wants("site-packages/a-1.dist-info/METADATA"));
        assert!(named("srv/bun.lockb") && !wants("srv/bun.lockb") && !named("srv/bun.lock"));
    }
}
