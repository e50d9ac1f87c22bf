//! Any text as a file that an extractor reads, with one beside it: an inventory that holds together, or an error.

use std::collections::BTreeMap;

use leadforge_sbom::{Config, Inventory, Origin, Purl, inventory};

/// A file for each extractor, and one that it may look into.
const FILES: [(&str, &str); 26] = [
    ("uv.lock", "pyproject.toml"),
    ("Cargo.lock", "Cargo.toml"),
    ("package-lock.json", "package.json"),
    ("pnpm-lock.yaml", "package.json"),
    ("yarn.lock", "package.json"),
    ("bun.lock", "package.json"),
    ("poetry.lock", "pyproject.toml"),
    ("pdm.lock", "pyproject.toml"),
    ("pylock.toml", "pyproject.toml"),
    ("requirements.txt", "more.txt"),
    ("pyproject.toml", "README.md"),
    ("go.mod", "go.sum"),
    ("Gemfile.lock", "Gemfile"),
    ("composer.lock", "composer.json"),
    ("packages.lock.json", "README.md"),
    ("Pipfile.lock", "Pipfile"),
    (".github/workflows/ci.yml", "README.md"),
    ("Dockerfile", "README.md"),
    ("compose.yaml", "README.md"),
    ("var/lib/dpkg/status", "usr/lib/os-release"),
    ("var/lib/dpkg/status.d/a", "var/lib/dpkg/status.d/b"),
    ("var/lib/dpkg/status", "var/lib/dpkg/info/a.list"),
    ("lib/apk/db/installed", "etc/os-release"),
    ("site-packages/a-1.dist-info/METADATA", "site-packages/a-1.dist-info/direct_url.json"),
    ("site-packages/a-1.dist-info/METADATA", "site-packages/b-1.dist-info/METADATA"),
    ("usr/share/doc/a/copyright", "var/lib/dpkg/status"),
];

pub(crate) fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let (file, beside) = FILES[usize::from(*first) % FILES.len()];
    let mut parts = rest.splitn(2, |byte| *byte == 0);
    let mut tree = BTreeMap::new();
    tree.insert(file.to_owned(), parts.next().unwrap_or_default().to_vec());
    if let Some(text) = parts.next() {
        tree.insert(beside.to_owned(), text.to_vec());
    }
    let Ok(found) = inventory(&tree, &Config::default()) else { return };
    check(&found);
    let again = inventory(&tree, &Config::default()).expect("the same files");
    assert_eq!(again, found, "twice the same files, and two inventories");
}

fn check(found: &Inventory) {
    let count = found.components.len();
    assert!(found.root.is_none_or(|root| root < count));
    assert!(found.edges.iter().all(|edge| edge.from < count && edge.to < count));
    assert!(found.edges.windows(2).all(|pair| pair[0] < pair[1]), "sorted, and each once");
    for pair in found.components.windows(2) {
        assert!(pair[0].reference < pair[1].reference, "{} is there twice", pair[0].reference);
    }
    for component in &found.components {
        assert!(!component.occurrences.is_empty(), "{} was found nowhere", component.purl);
        assert!(component.occurrences.iter().all(|place| place.line > 0));
        // A name may be any text; a project may have none that a purl can hold.
        let named = !component.name.is_empty() && !matches!(component.origin, Origin::Local(_));
        if named && let Err(error) = Purl::lenient(&component.purl) {
            let odd =
                component.name.chars().any(|c| matches!(c, '/' | ':' | '@') || c.is_control());
            assert!(odd || component.name.trim().is_empty(), "{error}");
        }
    }
    for index in 0..count.min(20) {
        for way in found.ways(index) {
            assert_eq!(way.last(), Some(&index));
            assert!(found.is_project(way[0]));
        }
    }
}
