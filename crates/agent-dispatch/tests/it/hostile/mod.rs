//! Hostile commands against both fences, as root and as a plain user: 0 escapes.
mod bounds;
mod cases;
mod kernel;
mod processes;
mod sockets;
pub(crate) mod world;

use std::sync::RwLock;

use leadforge_agent_dispatch::sandbox::Kind;

use cases::{Case, Live};
use world::{User, World};

/// Bare attempts touch what all tests share (device files), so that they run alone.
static MACHINE: RwLock<()> = RwLock::new(());

/// The output of a case: what it printed, without the token's own arguments.
fn log(spec: &leadforge_agent_dispatch::sandbox::Spec) -> String {
    String::from_utf8_lossy(&std::fs::read(&spec.log).unwrap()).into_owned()
}

fn fenced(kind: Kind) {
    let mut escapes = Vec::new();
    let mut held = 0;
    for user in User::all() {
        let mut world = World::new(user);
        for Case(family, name, _, body) in cases::all() {
            let _shared = MACHINE.read().unwrap();
            let spec = world.spec(kind, body);
            let outcome = match world.run(&spec) {
                Ok(outcome) => outcome,
                Err(error) => {
                    escapes.push(format!("{user:?} {family}/{name}: not run: {error}"));
                    continue;
                }
            };
            let log = log(&spec);
            let mut found = world.escapes(&spec, &log);
            if !(log.contains("refused:") || log.contains("nothing") || log.contains("ESCAPED")) {
                found.push("the case did not run to its end".to_owned());
            }
            if outcome.survivors != 0 {
                found.push(format!("{} survivors", outcome.survivors));
            }
            if std::fs::read_dir(&spec.scratch).unwrap().next().is_some() {
                found.push("something is left in scratch".to_owned());
            }
            println!(
                "{kind:11} {user:5?} {family:9} {name:28} {}",
                log.lines().last().unwrap_or("-")
            );
            if found.is_empty() {
                held += 1;
            } else {
                escapes.push(format!("{user:?} {family}/{name}: {found:?}: {outcome:?}\n{log}"));
                world = World::new(user);
            }
        }
    }
    assert!(escapes.is_empty(), "{} escapes:\n{}", escapes.len(), escapes.join("\n"));
    assert_eq!(held, cases::all().len() * User::all().len());
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
    let mut dead = Vec::new();
    for user in User::all() {
        for Case(family, name, live, body) in cases::all() {
            if *live == Live::Untried || (*live == Live::Root && user == User::Plain) {
                continue;
            }
            let _alone = MACHINE.write().unwrap();
            let mut world = World::without_launcher(user);
            let spec = world.spec(Kind::None, body);
            let log = world.bare(&spec);
            if world.escapes(&spec, &log).is_empty() {
                dead.push(format!("{user:?} {family}/{name}: {log}"));
            }
        }
    }
    assert!(dead.is_empty(), "{} cases prove nothing:\n{}", dead.len(), dead.join("\n"));
}

#[test]
fn the_corpus_is_large_enough() {
    assert!(cases::all().len() >= 100, "{}", cases::all().len());
}
