//! What holds for any file: reading its imports ends, without a panic, and says the same twice.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_review_rules::arch::{Config, Graph};
use leadforge_review_rules::change::RepoPath;

/// The first byte says how the file is called; parts of a tree are divided by a line of `%%%`.
pub(crate) fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let names = [
        "a.py",
        "b/__init__.py",
        "a.ts",
        "src/lib.rs",
        "tsconfig.json",
        "c.tsx",
        "src/a.rs",
        "d.js",
    ];
    let mut tree: BTreeMap<RepoPath, Vec<u8>> = BTreeMap::new();
    tree.insert(RepoPath::from("Cargo.toml"), b"[package]\nname = 'x'\n".to_vec());
    let text = String::from_utf8_lossy(rest).into_owned();
    for (at, part) in text.split("\n%%%\n").take(names.len()).enumerate() {
        let bytes = if at == 0 {
            rest[..part.len().min(rest.len())].to_vec()
        } else {
            part.as_bytes().to_vec()
        };
        tree.insert(RepoPath::from(names[(usize::from(*first) + at) % names.len()]), bytes);
    }
    let graph = Graph::read(&tree, &Config::default()).expect("a tree in memory can be read");
    let again = graph.of_other(&tree, &BTreeSet::new()).expect("a tree in memory can be read");
    assert!(graph.imports().eq(again.imports()));
    assert_eq!(graph.looked(None), again.looked(None));
}
