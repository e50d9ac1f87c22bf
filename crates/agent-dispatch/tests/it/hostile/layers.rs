//! What each layer of a fence holds by itself, found by leaving the others out.
use std::collections::{BTreeMap, BTreeSet};

use leadforge_agent_dispatch::sandbox::Kind;

use super::BARE;
use super::corpus::{ALL, Live};
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
/// What one case destroyed, the next cannot show: the rest is tried anew for as long as anything
/// outside is changed and something more is found.
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
        let tried = rest.len();
        rest.retain(|id| !told.through.contains_key(id));
        found.extend(told.through.into_keys());
        let whole = told.unfinished.is_empty() && told.traces.is_empty();
        if whole || rest.len() == tried {
            return found;
        }
    }
}

#[test]
fn each_layer_is_needed() {
    super::inside::alone("hostile::layers::each_layer_is_needed", each_layer);
}

fn each_layer() {
    // What outlives the command is ended by the launcher, whichever fence stands.
    let tried = ALL.iter().filter(|case| case.live != Live::Never && !case.alone);
    let tried = tried.filter(|case| case.family() != "outlive");
    let tried: Vec<String> = tried.map(super::corpus::Case::id).collect();
    let mut alive = BTreeSet::new();
    for user in User::all() {
        for (kind, layer, left) in LEFT_OUT {
            if *layer == "user" && user == User::Plain {
                continue;
            }
            let found = through(user, *kind, layer, tried.clone());
            let mut families: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (family, name) in found.iter().filter_map(|id| id.split_once('/')) {
                families.entry(family).or_default().push(name);
            }
            println!("\n{left}, {user:?}: {} of {} get through", found.len(), ALL.len());
            for (family, names) in families {
                println!("  {family} ({}): {}", names.len(), names.join(", "));
            }
            let known = |id: &str| ALL.iter().any(|c| c.id() == id && !c.lets.is_empty());
            let more = found.iter().filter(|id| !known(id)).count();
            assert!(
                more > 0,
                "{left}, {user:?}: the layer {layer} is not needed, or was not left out"
            );
            alive.extend(found);
        }
    }
    let never = ALL.iter().filter(|case| case.live == Live::Weak && !alive.contains(&case.id()));
    let never: Vec<String> = never.map(super::corpus::Case::id).collect();
    println!("\nnot seen to succeed anywhere on this kernel: {}", never.join(", "));
}
