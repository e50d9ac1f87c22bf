//! Hostile commands against both fences, as root and as a plain user: 0 escapes.
mod bounds;
mod corpus;
mod inside;
mod layers;
pub(crate) mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::RwLock;

use leadforge_agent_dispatch::sandbox::{Kind, Spec};

use corpus::{ALL, Case, Live, parts};
use world::{User, World, told};

/// Bare attempts touch what all tests share (device files), so that they run alone.
static MACHINE: RwLock<()> = RwLock::new(());

/// Nothing around the command.
const BARE: &str = "everything";

/// The output of a command.
fn log(spec: &Spec) -> String {
    String::from_utf8_lossy(&std::fs::read(&spec.log).unwrap()).into_owned()
}

/// What came of cases that ran side by side.
struct Told {
    /// Those that got through, with how that was seen.
    through: BTreeMap<String, String>,
    /// The last line of each.
    lines: BTreeMap<String, String>,
    /// Those that did not run to their end.
    unfinished: Vec<String>,
    /// Traces outside that no case tells of.
    traces: Vec<String>,
}

/// Runs cases in one sandbox of which `layer` is left out: none of it, one, or [`BARE`].
fn run(world: &mut World, kind: Kind, ids: &[String], layer: &str) -> Told {
    // With less than the whole fence, who calls is alone on the machine.
    let _shared = layer.is_empty().then(|| MACHINE.read().unwrap());
    let spec = world.cases(kind, ids);
    let begun = std::time::Instant::now();
    let survivors = if layer == BARE {
        world.bare(&spec);
        0
    } else {
        world.run_without(&spec, layer).unwrap().survivors
    };
    let (count, spent) = (ids.len(), begun.elapsed().as_millis());
    println!("{kind} {:?} without {layer:?}: {count} cases in {spent} ms", world.user);
    let log = log(&spec);
    let parts: BTreeMap<&str, &str> = parts(&log).into_iter().collect();
    let (mut through, mut lines) = (BTreeMap::new(), BTreeMap::new());
    let (mut unfinished, mut traces) = (Vec::new(), Vec::new());
    for id in ids {
        // One that runs alone may have taken the line above its output away.
        let all = if ids.len() == 1 { log.as_str() } else { "" };
        let part = parts.get(id.as_str()).copied().unwrap_or(all);
        if let Some(how) = told(part) {
            through.insert(id.clone(), how);
        } else if !(part.contains("refused:") || part.contains("nothing")) {
            unfinished.push(format!("{id}: {part:?}"));
        }
        lines.insert(id.clone(), part.lines().last().unwrap_or("-").to_owned());
    }
    for trace in world.touched(&spec) {
        match trace.strip_suffix(" is there") {
            Some(id) => drop(through.insert(id.to_owned(), "a file was planted".to_owned())),
            None => traces.push(trace),
        }
    }
    if survivors != 0 {
        traces.push(format!("{survivors} survivors"));
    }
    if std::fs::read_dir(&spec.scratch).unwrap().next().is_some() {
        traces.push("something is left in scratch".to_owned());
    }
    Told { through, lines, unfinished, traces }
}

/// All cases behind one whole fence, as each user; prints the count of each family.
fn fenced(kind: Kind) {
    let (alone, together): (Vec<&Case>, Vec<&Case>) = ALL.iter().partition(|case| case.alone);
    let mut escapes = Vec::new();
    let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for user in User::all() {
        let mut groups = vec![together.clone()];
        groups.extend(alone.iter().map(|case| vec![*case]));
        while let Some(group) = groups.pop() {
            let ids: Vec<String> = group.iter().map(|case| case.id()).collect();
            let told = run(&mut World::new(user), kind, &ids, "");
            let wrong = [told.unfinished, told.traces].concat();
            if !wrong.is_empty() && group.len() > 1 {
                println!("{kind} {user:?}: one by one, for {wrong:?}");
                groups.extend(group.iter().map(|case| vec![*case]));
                continue;
            }
            escapes.extend(wrong.iter().map(|what| format!("{user:?} {ids:?}: {what}")));
            for case in group {
                let (id, known) = (case.id(), case.lets.iter().any(|name| name == kind.name()));
                println!("{kind:10} {user:5?} {id:42} {}", told.lines[&id]);
                match (told.through.get(&id), known) {
                    (Some(how), false) => escapes.push(format!("{user:?} {id}: {how}")),
                    (None, true) if user == User::Plain => {
                        escapes.push(format!("{user:?} {id}: is held, against what is said of it"));
                    }
                    (through, _) => {
                        let word = if through.is_some() { "known to pass" } else { "held" };
                        *table.entry((case.family(), word)).or_default() += 1;
                    }
                }
            }
        }
    }
    for ((family, word), count) in &table {
        println!("{kind:10} {family:12} {word:14} {count}");
    }
    assert!(escapes.is_empty(), "{} escapes:\n{}", escapes.len(), escapes.join("\n"));
    assert_eq!(table.values().sum::<usize>(), ALL.len() * User::all().len(), "none is skipped");
}

#[test]
fn bubblewrap_holds() {
    fenced(Kind::Bubblewrap);
}

#[test]
fn landlock_holds() {
    fenced(Kind::Landlock);
}

#[test]
fn without_a_fence_the_attempts_succeed() {
    inside::alone("hostile::without_a_fence_the_attempts_succeed", unfenced);
}

fn unfenced() {
    let mut dead = Vec::new();
    let mut proven = 0;
    for (user, live) in [(User::Plain, Live::Anybody), (User::Root, Live::Root)] {
        if !User::all().contains(&user) {
            continue;
        }
        let ids: Vec<String> = ALL.iter().filter(|c| c.live == live).map(Case::id).collect();
        let found = layers::through(user, Kind::None, BARE, ids.clone());
        // What a case leaves behind, and does not tell of, is seen when it runs alone.
        for id in ids.iter().filter(|id| !found.contains(*id)) {
            let told =
                run(&mut World::without_launcher(user), Kind::None, std::slice::from_ref(id), BARE);
            if told.through.is_empty() && told.traces.is_empty() {
                dead.push(format!("{user:?} {id}: {}", told.lines[id]));
            }
        }
        proven += ids.len();
    }
    println!("with nothing around them {} of {} cases succeed", proven - dead.len(), ALL.len());
    assert!(dead.is_empty(), "{} cases prove nothing:\n{}", dead.len(), dead.join("\n"));
}

#[test]
fn both_users_are_tried() {
    assert_eq!(User::all().len(), 2, "as a plain user the half for root is not run: be root");
}

#[test]
fn the_corpus_is_large_enough() {
    let ids: BTreeSet<String> = ALL.iter().map(Case::id).collect();
    assert_eq!(ids.len(), ALL.len(), "each has a name of its own");
    assert!(ids.len() >= 300, "{}", ids.len());
}
