//! What is other in one inventory than in another: what came, what went, what moved up or down, and licences.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use leadforge_markup::{markdown, markdown_table};
use serde::Serialize;

use crate::inventory::{Component, Ecosystem, Inventory, Origin};
use crate::versions;

/// What is other in a new inventory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// What was not there, sorted by name.
    pub added: Vec<Item>,
    /// What is not there any more.
    pub removed: Vec<Item>,
    /// What is there in a newer version.
    pub upgraded: Vec<Move>,
    /// What is there in an older version, which nobody does by accident.
    pub downgraded: Vec<Move>,
    /// What is there in another version that is neither newer nor older, or from another place.
    pub changed: Vec<Move>,
    /// What is there under other licences.
    pub licences: Vec<Relicensed>,
}

/// A component.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Its package URL.
    pub purl: String,
    /// The licences that it declares.
    pub licences: Vec<String>,
}

/// A component that is another one now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Move {
    /// Its name.
    pub name: String,
    /// As it was.
    pub from: Item,
    /// As it is.
    pub to: Item,
}

/// A component whose licences are others now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Relicensed {
    /// Its name.
    pub name: String,
    /// Its version now.
    pub version: Option<String>,
    /// The licences before.
    pub from: Vec<String>,
    /// The licences now.
    pub to: Vec<String>,
}

impl Diff {
    /// Whether nothing is other.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

type Key<'a> = (Ecosystem, &'a str);

/// Compares two inventories. Parts of the project itself are left out: their versions are the project's own.
#[must_use]
pub fn diff(old: &Inventory, new: &Inventory) -> Diff {
    let (old, new) = (by_name(old), by_name(new));
    let mut found = Diff::default();
    let none = Vec::new();
    let mut names: Vec<&Key<'_>> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let before = old.get(name).unwrap_or(&none);
        let after = new.get(name).unwrap_or(&none);
        compare(name, before, after, &mut found);
    }
    found
}

fn by_name(inventory: &Inventory) -> BTreeMap<Key<'_>, Vec<&Component>> {
    let mut found: BTreeMap<Key<'_>, Vec<&Component>> = BTreeMap::new();
    for (index, component) in inventory.components.iter().enumerate() {
        if inventory.root != Some(index) && !matches!(component.origin, Origin::Local(_)) {
            found.entry((component.ecosystem, &component.name)).or_default().push(component);
        }
    }
    found
}

fn item(component: &Component) -> Item {
    Item {
        name: component.name.clone(),
        version: component.version.clone(),
        purl: component.purl.clone(),
        licences: component.licences.clone(),
    }
}

fn order(a: &Component, b: &Component) -> Option<Ordering> {
    let scheme = a.ecosystem.versions()?;
    versions::compare(scheme, a.version.as_deref()?, b.version.as_deref()?).ok()
}

fn compare(name: &Key<'_>, before: &[&Component], after: &[&Component], found: &mut Diff) {
    let mut gone: Vec<&Component> = Vec::new();
    let mut come: Vec<&Component> = after.to_vec();
    for old in before {
        // What is there in the same version is compared with itself.
        let same = |new: &&Component| new.version == old.version && new.purl == old.purl;
        let at = come.iter().position(same);
        let at = at.or_else(|| come.iter().position(|new| new.version == old.version));
        match at {
            Some(at) => moved(name.1, old, come.remove(at), found),
            None => gone.push(old),
        }
    }
    // Of the others, the newest became the newest.
    newest_first(&mut gone);
    newest_first(&mut come);
    let pairs = gone.len().min(come.len());
    for (old, new) in gone.drain(..pairs).zip(come.drain(..pairs)) {
        moved(name.1, old, new, found);
    }
    found.removed.extend(gone.into_iter().map(item));
    found.added.extend(come.into_iter().map(item));
}

/// Orders of versions are not transitive everywhere, which the sort of the standard library may not bear.
fn newest_first(components: &mut [&Component]) {
    for end in 1..components.len() {
        let mut at = end;
        while at > 0 {
            let (above, below) = (components[at - 1], components[at]);
            let order = order(above, below).unwrap_or_else(|| above.version.cmp(&below.version));
            if order != Ordering::Less {
                break;
            }
            components.swap(at - 1, at);
            at -= 1;
        }
    }
}

fn moved(name: &str, old: &Component, new: &Component, found: &mut Diff) {
    let name = name.to_owned();
    let place = |component: &Component| match &component.origin {
        Origin::Registry => None,
        origin => Some(origin.clone()),
    };
    if old.version != new.version || place(old) != place(new) {
        let list = match order(old, new) {
            Some(Ordering::Less) => &mut found.upgraded,
            Some(Ordering::Greater) => &mut found.downgraded,
            _ => &mut found.changed,
        };
        list.push(Move { name: name.clone(), from: item(old), to: item(new) });
    }
    // A file that names no licences says nothing of them.
    if old.licences != new.licences && !new.licences.is_empty() && !old.licences.is_empty() {
        let (from, to) = (old.licences.clone(), new.licences.clone());
        found.licences.push(Relicensed { name, version: new.version.clone(), from, to });
    }
}

/// How many rows a table of a comment shows.
const ROWS: usize = 60;
/// How many signs a cell shows.
const CELL: usize = 80;

/// The difference as Markdown that fits a comment of a code host; `below` is what the caller adds to it.
#[must_use]
pub fn comment(diff: &Diff, below: &str) -> String {
    let Diff { added, removed, upgraded, downgraded, changed, licences } = diff;
    let counts = [
        (added.len(), "added"),
        (removed.len(), "removed"),
        (upgraded.len(), "upgraded"),
        (downgraded.len(), "downgraded"),
        (changed.len(), "changed"),
        (licences.len(), "under another licence"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    let mut text = String::from("### What is inside\n\n");
    if words.is_empty() {
        text.push_str("No component is another one.\n");
    } else {
        let _ = writeln!(text, "Components: {}.", words.join(", "));
    }
    let version = |item: &Item| item.version.clone().unwrap_or_else(|| "no version".to_owned());
    let list = |licences: &[String]| licences.join(", ");
    let moves = |title: &str, moves: &[Move], text: &mut String| {
        let rows =
            moves.iter().map(|one| vec![one.name.clone(), version(&one.from), version(&one.to)]);
        table(title, &["component", "was", "is"], rows, text);
    };
    moves("Downgraded", downgraded, &mut text);
    let rows = added.iter().map(|one| vec![one.name.clone(), version(one), list(&one.licences)]);
    table("Added", &["component", "version", "licences"], rows, &mut text);
    let rows = licences.iter().map(|one| vec![one.name.clone(), list(&one.from), list(&one.to)]);
    table("Licences", &["component", "was", "is"], rows, &mut text);
    moves("Upgraded", upgraded, &mut text);
    moves("Changed", changed, &mut text);
    let rows = removed.iter().map(|one| vec![one.name.clone(), version(one)]);
    table("Removed", &["component", "version"], rows, &mut text);
    if !below.is_empty() {
        text.push('\n');
        text.push_str(below);
    }
    text
}

/// A table that is folded away, with as many rows and signs as a comment bears.
fn table(
    title: &str,
    head: &[&str],
    rows: impl ExactSizeIterator<Item = Vec<String>>,
    text: &mut String,
) {
    let count = rows.len();
    if count == 0 {
        return;
    }
    let short = |cell: String| match cell.char_indices().nth(CELL) {
        Some((at, _)) => format!("{}…", &cell[..at]),
        None => cell,
    };
    let rows: Vec<Vec<String>> = rows
        .take(ROWS)
        .map(|row| row.into_iter().map(|cell| markdown(&short(cell))).collect())
        .collect();
    let rows = markdown_table(head, &rows);
    let more = if count > ROWS { format!("\nand {} more\n", count - ROWS) } else { String::new() };
    let title = markdown(title);
    let _ = writeln!(
        text,
        "\n<details><summary>{title}: {count}</summary>\n\n{rows}{more}\n</details>"
    );
}

#[cfg(test)]
mod tests;
