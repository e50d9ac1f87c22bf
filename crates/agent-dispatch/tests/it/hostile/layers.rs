//! What each layer of a fence holds by itself, found by leaving the others out.
use std::collections::{BTreeMap, BTreeSet};

use leadforge_agent_dispatch::sandbox::Kind;

use super::BARE;
use super::corpus::{ALL, Case, Live};
use super::world::{User, World};

/// A fence, the layer left out of it, and what is left then.
const LEFT_OUT: &[(Kind, &str, &str)] = &[
    (Kind::Bubblewrap, "seccomp", "bubblewrap alone"),
    (Kind::Bubblewrap, "namespaces", "seccomp alone, as for bubblewrap"),
    (Kind::Landlock, "seccomp", "Landlock alone"),
    (Kind::Landlock, "landlock", "seccomp alone, as for Landlock"),
    (Kind::Landlock, "user", "Landlock and seccomp, no user of its own"),
];

/// The cases that get through when a layer is missing.
///
/// What one case destroyed, the next cannot show: what nobody forbade is tried anew for as long as
/// anything outside is changed and something more is found.
pub(crate) fn through(
    user: User,
    kind: Kind,
    layer: &str,
    mut rest: Vec<String>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    loop {
        let mut world =
            if layer == BARE { World::without_launcher(user) } else { World::new(user) };
        let told = super::run(&mut world, kind, &rest, layer);
        let before = found.len();
        let forbidden = ["PermissionError", "Errno 30]", "Errno 38]", "Errno 95]", "Errno 97]"];
        rest.retain(|id| {
            let line = &told.lines[id];
            !told.through.contains_key(id) && !forbidden.iter().any(|why| line.contains(why))
        });
        found.extend(told.through.into_keys());
        let whole = told.unfinished.is_empty() && told.traces.is_empty();
        if whole || found.len() == before {
            return found;
        }
    }
}

#[test]
fn each_layer_is_needed() {
    super::inside::alone("hostile::layers::each_layer_is_needed", each_layer);
}

/// Writes [`PAGE`] anew when set.
const BLESS: &str = "LEADFORGE_BLESS";

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sandbox.md");

fn each_layer() {
    // What outlives the command is ended by the launcher, whichever fence stands.
    let tried = ALL.iter().filter(|case| case.live != Live::Never && !case.alone);
    let tried = tried.filter(|case| case.family() != "outlive");
    let tried: Vec<String> = tried.map(Case::id).collect();
    // Of each case: what is left when it gets through, and as whom.
    let mut passed: BTreeMap<String, BTreeMap<&str, Vec<User>>> = BTreeMap::new();
    for user in User::all() {
        for (kind, layer, left) in LEFT_OUT {
            if *layer == "user" && user == User::Plain {
                continue;
            }
            let found = through(user, *kind, layer, tried.clone());
            println!("{left}, {user:?}: {} of {} get through", found.len(), tried.len());
            let known = |id: &str| ALL.iter().any(|c| c.id() == id && !c.lets.is_empty());
            let more = found.iter().filter(|id| !known(id)).count();
            assert!(
                more > 0,
                "{left}, {user:?}: the layer {layer} is not needed, or was not left out"
            );
            for id in found {
                passed.entry(id).or_default().entry(left).or_default().push(user);
            }
        }
    }
    let page = page(&passed, tried.len());
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(PAGE, &page).unwrap();
    }
    let said = std::fs::read_to_string(PAGE).unwrap();
    let differ = |a: &str, b: &str| {
        let other: BTreeSet<&str> = b.lines().collect();
        a.lines().filter(|line| !other.contains(line)).collect::<Vec<_>>().join("\n")
    };
    let (more, less) = (differ(&page, &said), differ(&said, &page));
    assert!(page == said, "set {BLESS} to write docs/sandbox.md\nseen:\n{more}\nsaid:\n{less}");
}

/// The page that says what each layer alone would have let through.
fn page(passed: &BTreeMap<String, BTreeMap<&str, Vec<User>>>, tried: usize) -> String {
    // Whether some get through at all is a matter of the kernel; they are tried and not listed.
    let steady = |id: &str| ALL.iter().any(|c| c.id() == id && c.live != Live::Weak);
    let rows: Vec<_> = passed.iter().filter(|(id, _)| steady(id)).collect();
    let mut page = include_str!("layers.md").replace("TRIED", &tried.to_string());
    let mut add = |cells: Vec<String>| page.push_str(&format!("| {} |\n", cells.join(" | ")));
    let heads = LEFT_OUT.iter().map(|(_, _, left)| (*left).to_owned());
    add(["attempt".to_owned()].into_iter().chain(heads).collect());
    add(vec!["---".to_owned(); LEFT_OUT.len() + 1]);
    let count = |left: &str, user: User| {
        rows.iter().filter(|(_, by)| by.get(left).is_some_and(|who| who.contains(&user))).count()
    };
    let sums = LEFT_OUT.iter().map(|(_, layer, left)| match *layer {
        "user" => format!("**root {}**", count(left, User::Root)),
        _ => format!("**root {}, plain {}**", count(left, User::Root), count(left, User::Plain)),
    });
    add([format!("**{} attempts**", rows.len())].into_iter().chain(sums).collect());
    for (id, by) in &rows {
        let cells = LEFT_OUT.iter().map(|(_, _, left)| match by.get(left).map(Vec::as_slice) {
            None => "held".to_owned(),
            Some([User::Root]) => "root".to_owned(),
            Some([User::Plain]) => "plain".to_owned(),
            Some(_) => "both".to_owned(),
        });
        add([format!("`{id}`")].into_iter().chain(cells).collect());
    }
    page
}
