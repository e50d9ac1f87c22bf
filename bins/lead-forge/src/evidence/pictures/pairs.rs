//! Which pictures are put beside each other: a path at both ends, or two settings of one screen.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_cli_kit::{Failure, globs};
use leadforge_host_git::{Oid, Status, TreeEntry};
use leadforge_markup::from_bytes;
use leadforge_visual_diff::{Settings, is_picture, is_view, series};
use serde::Deserialize;

use super::super::Scene;

/// What `[shot]` says of pictures that are there already; `lead-shot` reads the rest of the table.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Rules {
    pictures: Vec<String>,
    settings: Settings,
}

/// Two pictures to compare, or one that stands alone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) title: String,
    pub(super) before: Option<Side>,
    pub(super) after: Option<Side>,
    /// Every path that changed in this way.
    pub(super) paths: Vec<String>,
}

/// A picture of one of the trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) label: String,
    pub(super) path: String,
    pub(super) blob: Oid,
    pub(super) bytes: u64,
}

/// Plain files of a tree that are pictures, by path.
type Tree = BTreeMap<String, (Oid, u64)>;

/// The pairs of everything that changed, by path; the same change at several paths is one pair.
pub(super) fn pairs(scene: &Scene<'_>) -> Result<Vec<Pair>, Failure> {
    let rules: Rules = scene.file.load_table("shot")?;
    let chosen = globs("[shot] pictures", &rules.pictures)?;
    let wanted = |path: &str| {
        is_picture(path) && if chosen.is_empty() { !is_view(path) } else { chosen.is_match(path) }
    };
    let changes = scene.git.diff(scene.base, scene.tip).map_err(|e| Failure::git(&e))?;
    let mut moves = Vec::new();
    for change in changes {
        let path = from_bytes(&change.path);
        if wanted(&path) {
            // A copy leaves its origin as it was: nothing happened to that one.
            let from = change.old_path.filter(|_| change.status == Status::Renamed);
            moves.push((from.map_or_else(|| path.clone(), |old| from_bytes(&old)), path));
        }
    }
    if moves.is_empty() {
        return Ok(Vec::new());
    }
    let tree = |commit: &Oid| -> Result<Tree, Failure> {
        let entries = scene.git.ls_tree(commit, "").map_err(|e| Failure::git(&e))?;
        Ok(entries.into_iter().filter_map(|entry| file(entry, &wanted)).collect())
    };
    Ok(paired(&moves, &tree(scene.base)?, &tree(scene.tip)?, &rules.settings))
}

fn file(entry: TreeEntry, wanted: &dyn Fn(&str) -> bool) -> Option<(String, (Oid, u64))> {
    let path = from_bytes(&entry.path);
    let plain = matches!(entry.mode, 0o100_644 | 0o100_755);
    (plain && wanted(&path)).then_some((path, (entry.oid, entry.size.unwrap_or(0))))
}

/// Pairs what went from the first path to the second.
fn paired(moves: &[(String, String)], old: &Tree, new: &Tree, settings: &Settings) -> Vec<Pair> {
    let side = |tree: &Tree, path: &str, label: &str| {
        let (blob, bytes) = tree.get(path)?.clone();
        Some(Side { label: label.to_owned(), path: path.to_owned(), blob, bytes })
    };
    let earlier = earlier(new, settings);
    // A new picture that another new one is shown beside needs no place of its own.
    let added: BTreeSet<&str> = moves
        .iter()
        .filter(|(from, to)| !old.contains_key(from) && new.contains_key(to))
        .map(|(_, to)| to.as_str())
        .collect();
    let beside: BTreeSet<&str> =
        added.iter().filter_map(|path| earlier.get(path).copied()).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for (from, to) in moves {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let (before, after) = match earlier.get(to.as_str()) {
            Some(first) if added.contains(to.as_str()) => {
                (side(new, first, &name(first)), side(new, to, &name(to)))
            }
            _ if added.contains(to.as_str()) && beside.contains(to.as_str()) => continue,
            _ => (side(old, from, "before"), side(new, to, "after")),
        };
        let blob = |side: &Option<Side>| side.as_ref().map(|side| side.blob.clone());
        // Only its name or its mode changed.
        let unchanged = before.is_some() && blob(&before) == blob(&after);
        if (before.is_none() && after.is_none()) || (unchanged && !added.contains(to.as_str())) {
            continue;
        }
        let same = |pair: &&mut Pair| {
            blob(&pair.before) == blob(&before) && blob(&pair.after) == blob(&after)
        };
        match pairs.iter_mut().find(same) {
            Some(pair) => pair.paths.push(to.clone()),
            None => {
                let paths = vec![to.clone()];
                pairs.push(Pair { title: to.clone(), before, after, paths });
            }
        }
    }
    pairs
}

/// The picture that was taken before each one, where a tree has one of the same screen.
fn earlier<'t>(tree: &'t Tree, settings: &Settings) -> BTreeMap<&'t str, &'t str> {
    let mut found = BTreeMap::new();
    for one in series(tree.keys().map(String::as_str), settings) {
        for two in one.pictures.windows(2) {
            let path = |at: usize| tree.get_key_value(&two[at].path).map(|(path, _)| path.as_str());
            if let (Some(first), Some(second)) = (path(0), path(1)) {
                found.insert(second, first);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, u8)]) -> Tree {
        let blob = |n: u8| Oid::parse(&format!("{n:040x}")).expect("40 digits");
        files.iter().map(|(path, n)| ((*path).to_owned(), (blob(*n), 1))).collect()
    }

    fn told(moves: &[(&str, &str)], old: &[(&str, u8)], new: &[(&str, u8)]) -> Vec<String> {
        let moves: Vec<_> =
            moves.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        let side = |side: &Option<Side>| {
            side.as_ref().map_or("-".to_owned(), |side| format!("{}:{}", side.label, side.path))
        };
        paired(&moves, &tree(old), &tree(new), &Settings::default())
            .iter()
            .map(|p| format!("{} {} [{}]", side(&p.before), side(&p.after), p.paths.join(" ")))
            .collect()
    }

    #[test]
    fn a_path_is_paired_with_itself_and_the_same_change_is_told_once() {
        let moves =
            [("a.png", "a.png"), ("b/a.png", "b/a.png"), ("c.png", "c.png"), ("d.png", "d.png")];
        let old = [("a.png", 1), ("b/a.png", 1), ("c.png", 3)];
        let new = [("a.png", 2), ("b/a.png", 2), ("d.png", 4)];
        assert_eq!(
            told(&moves, &old, &new),
            [
                "before:a.png after:a.png [a.png b/a.png]",
                "before:c.png - [c.png]",
                "- after:d.png [d.png]"
            ]
        );
    }

    #[test]
    fn settings_of_one_screen_that_are_new_stand_beside_each_other() {
        let moves = [
            ("s/x-before.png", "s/x-before.png"),
            ("s/x-fixed.png", "s/x-fixed.png"),
            ("s/x.png", "s/x.png"),
        ];
        let new = [("s/x-before.png", 1), ("s/x-fixed.png", 3), ("s/x.png", 2)];
        assert_eq!(
            told(&moves, &[], &new),
            [
                "x.png:s/x.png x-fixed.png:s/x-fixed.png [s/x-fixed.png]",
                "x-before.png:s/x-before.png x.png:s/x.png [s/x.png]"
            ]
        );
        // One that is there already is the one before; what changed in place is compared in place.
        let old = [("s/x.png", 2)];
        let new = [("s/x-fixed.png", 3), ("s/x.png", 4)];
        let moves = [("s/x-fixed.png", "s/x-fixed.png"), ("s/x.png", "s/x.png")];
        assert_eq!(
            told(&moves, &old, &new),
            [
                "x.png:s/x.png x-fixed.png:s/x-fixed.png [s/x-fixed.png]",
                "before:s/x.png after:s/x.png [s/x.png]"
            ]
        );
    }

    #[test]
    fn a_new_name_alone_is_no_change() {
        let moves = [("a.png", "b.png"), ("c.png", "d.png")];
        let (old, new) = ([("a.png", 1), ("c.png", 2)], [("b.png", 1), ("d.png", 3)]);
        assert_eq!(told(&moves, &old, &new), ["before:c.png after:d.png [d.png]"]);
    }
}
