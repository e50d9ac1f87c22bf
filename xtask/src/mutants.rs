//! `mutants`: changes the code a little, many times, and sees a test turn red each time, or a survivor that is known.

use crate::own;
use crate::setup;
use crate::sh::{self, Fail, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A crate whose tests are measured.
struct Crate {
    name: &'static str,
    /// The least share of mutants that a whole run must catch, in percent. `None` until somebody has
    /// looked at the survivors of a whole run: they are told, and refuse nothing.
    floor: Option<usize>,
    /// Tests that take long. They run only against what the quick ones let live.
    slow: &'static [&'static str],
}

const CRATES: &[Crate] = &[
    Crate {
        name: "durable-fs",
        floor: Some(90),
        slow: &[
            "conformance::both_disks",
            "crash::acknowledged",
            "lock::holders_that_delete",
            "log_damage::any_bytes",
            "log_damage::what_is_read",
            "paths::decorations",
            "paths::what_passes",
            "sabotage::",
            "sweep::writers_and_sweepers",
        ],
    },
    Crate {
        name: "task-queue",
        floor: Some(90),
        slow: &[
            "agrees_with_globset",
            "import_hostile::",
            "queue::long_chains",
            "race::",
            "scope::hostile_globs",
        ],
    },
    Crate { name: "host-git", floor: None, slow: &["storm::"] },
    Crate { name: "agent-dispatch", floor: None, slow: &["hostile::", "run::", "sandbox::"] },
];

/// Survivors that may live, each with the reason.
const ACCEPTED: &str = "docs/mutants.md";

/// Mutants by their name without the line, which moves: a name can stand for several.
type Names = BTreeMap<String, usize>;

/// What to run.
#[derive(Default)]
struct Options<'a> {
    crates: Vec<&'static Crate>,
    base: Option<&'a str>,
    shard: Option<&'a str>,
}

impl Options<'_> {
    /// Every mutant of a crate is run, so that shares can be judged.
    fn whole(&self) -> bool {
        self.base.is_none() && self.shard.is_none()
    }
}

pub(crate) fn main(args: &[&str]) -> Result {
    let options = parse(args)?;
    setup::ensure("mutants")?;
    let accepted = accepted(&std::fs::read_to_string(sh::root().join(ACCEPTED))?)?;
    let diff = match options.base {
        Some(base) => Some(diff(base)?),
        None => None,
    };
    let mut failures = Vec::new();
    for one in &options.crates {
        let folder = format!("crates/{}/", one.name);
        if diff.as_ref().is_some_and(|(_, text)| !text.contains(&folder)) {
            println!("mutants: {} is as it was", one.name);
            continue;
        }
        let known = of_crate(&accepted, &folder);
        let listed =
            counted(&sh::capture(tool()?.args(["--list", "--package"]).arg(package(one)))?);
        for (name, count) in &known {
            if listed.get(name).copied().unwrap_or(0) < *count {
                failures.push(format!("{ACCEPTED}: there is no such mutant any more: {name}"));
            }
        }
        let seen = run(one, &options, diff.as_ref().map(|(path, _)| path.as_path()))?;
        failures.extend(judge(one, &options, &seen, &known));
    }
    match failures.as_slice() {
        [] => Ok(()),
        _ => Err(Fail::gate(format!(
            "write a test that sees each of these, or add it to {ACCEPTED} with the reason why it may live:\n{}",
            failures.join("\n")
        ))),
    }
}

/// `ci`: the mutants in what the branch changed since it left the one that it will land on.
pub(crate) fn of_branch() -> Result {
    main(&["--in-diff", &own::base()?])
}

fn parse<'a>(args: &[&'a str]) -> Result<Options<'a>> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| Fail::usage(format!("{arg} needs a value")));
        match *arg {
            "--in-diff" => options.base = Some(value()?),
            "--shard" => options.shard = Some(value()?),
            name => match CRATES.iter().find(|one| one.name == name) {
                Some(one) => options.crates.push(one),
                None => {
                    let known: Vec<&str> = CRATES.iter().map(|one| one.name).collect();
                    let usage = "cargo xtask mutants [CRATE…] [--in-diff BASE] [--shard K/N]";
                    return Err(Fail::usage(format!("{usage}; crates: {}", known.join(" "))));
                }
            },
        }
    }
    if options.crates.is_empty() {
        options.crates = CRATES.iter().collect();
    }
    Ok(options)
}

/// Writes what changed since the common ancestor with `base`, the work tree included.
fn diff(base: &str) -> Result<(PathBuf, String)> {
    let git = || sh::program("git");
    let at = |name: &str| sh::capture(git().args(["rev-parse", "--verify", "--quiet", name]));
    let mut ancestor = sh::capture(git().args(["merge-base", base, "HEAD"])).map_err(|fail| {
        Fail::missing(format!("{}; fetch the branch that this one will land on", fail.message))
    })?;
    // What has landed already is compared with what was there before it.
    if ancestor == at("HEAD")? {
        ancestor = at("HEAD^1").unwrap_or(ancestor);
    }
    let folders = CRATES.iter().map(|one| format!("crates/{}/src", one.name));
    let text = sh::capture(git().args(["diff", ancestor.trim(), "--"]).args(folders))?;
    let path = sh::scratch("mutants").join("changes.diff");
    std::fs::create_dir_all(sh::scratch("mutants"))?;
    std::fs::write(&path, &text)?;
    Ok((path, text))
}

fn package(one: &Crate) -> String {
    format!("leadforge-{}", one.name)
}

fn tool() -> Result<std::process::Command> {
    let mut command = sh::program(setup::cargo_tool(setup::MUTANTS)?);
    command.arg("mutants").env("CARGO_TERM_COLOR", "never");
    Ok(command)
}

/// What a run of one crate ended with.
#[derive(Default)]
struct Seen {
    caught: usize,
    unviable: usize,
    timeouts: Names,
    missed: Names,
}

/// Runs the quick tests on every mutant, then all tests on those that lived.
fn run(one: &Crate, options: &Options<'_>, diff: Option<&Path>) -> Result<Seen> {
    let out = sh::scratch("mutants").join(one.name);
    sh::fresh(&out)?;
    let mut seen = Seen::default();
    for round in ["quick", "all"] {
        let mut command = tool()?;
        command.args(["--package", &package(one), "--output"]).arg(&out);
        if let Some(diff) = diff {
            command.arg("--in-diff").arg(diff);
        }
        if let Some(shard) = options.shard {
            command.args(["--sharding", "round-robin", "--shard", shard]);
        }
        if round == "all" {
            command.arg("--iterate");
        }
        command.args(["--", "--lib", "--test", "it"]);
        if round == "quick" {
            command.arg("--").args(one.slow.iter().flat_map(|name| ["--skip", name]));
        }
        // The copies come and go; what they build from the registry stays.
        command.env("CARGO_TARGET_DIR", sh::scratch("mutants").join("build"));
        command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        command.env("INSTA_UPDATE", "no");
        status(&mut command)?;
        let lines = |name: &str| {
            std::fs::read_to_string(out.join("mutants.out").join(name)).unwrap_or_default()
        };
        seen.caught += lines("caught.txt").lines().count();
        seen.unviable += lines("unviable.txt").lines().count();
        seen.timeouts = counted(&lines("timeout.txt"));
        seen.missed = counted(&lines("missed.txt"));
        if seen.timeouts.is_empty() && seen.missed.is_empty() {
            break;
        }
    }
    Ok(seen)
}

/// Runs cargo-mutants; survivors (2) and timeouts (3) are results, everything else is none.
fn status(command: &mut std::process::Command) -> Result {
    let status = command.status()?;
    match status.code() {
        Some(0 | 2 | 3) => Ok(()),
        Some(4) => Err(Fail::gate("the tests fail without any mutant".to_owned())),
        _ => Err(Fail::missing(format!("cargo-mutants did not run: {status}"))),
    }
}

/// What is wrong with a result, a line each.
fn judge(one: &Crate, options: &Options<'_>, seen: &Seen, known: &Names) -> Vec<String> {
    let (missed, timeouts): (usize, usize) =
        (seen.missed.values().sum(), seen.timeouts.values().sum());
    let judged = seen.caught + missed;
    let percent = seen.caught as f64 * 100.0 / judged.max(1) as f64;
    println!(
        "mutants: {}: {} of {judged} caught ({percent:.1} %), {missed} missed, {timeouts} without an end, {} that do not compile",
        one.name, seen.caught, seen.unviable
    );
    let new =
        seen.missed.iter().filter(|(name, count)| **count > known.get(*name).copied().unwrap_or(0));
    let mut failures: Vec<String> = new.map(|(name, _)| name.clone()).collect();
    let nothing = options.whole() && judged == 0;
    let nothing = nothing.then(|| format!("{}: no mutant was judged", one.name));
    let Some(floor) = one.floor else {
        failures
            .iter()
            .for_each(|name| println!("mutants: {} lives, not looked at yet: {name}", one.name));
        return nothing.into_iter().collect();
    };
    failures.extend(nothing);
    if options.whole() {
        for name in known.keys().filter(|name| !seen.missed.contains_key(*name)) {
            println!("mutants: {ACCEPTED} may lose this one, which is caught: {name}");
        }
        if seen.caught * 100 < floor * judged {
            failures.push(format!("{}: {percent:.1} % is below {floor} %", one.name));
        }
    }
    failures
}

/// The mutants of a list of cargo-mutants, their lines and columns left out.
fn counted(list: &str) -> Names {
    let mut names = Names::new();
    for line in list.lines() {
        *names.entry(without_line(line)).or_default() += 1;
    }
    names
}

/// `FILE:LINE:COLUMN: WHAT` becomes `FILE: WHAT`.
fn without_line(name: &str) -> String {
    match name.split_once(": ") {
        Some((place, what)) => {
            let file = place.split(':').next().unwrap_or_default();
            format!("{file}: {what}")
        }
        None => name.to_owned(),
    }
}

fn of_crate(names: &Names, folder: &str) -> Names {
    let own = names.iter().filter(|(name, _)| name.starts_with(folder));
    own.map(|(name, count)| (name.clone(), *count)).collect()
}

/// Reads the lines "- `MUTANT`: REASON" and "- `MUTANT` ×N: REASON".
fn accepted(text: &str) -> Result<Names> {
    let mut names = Names::new();
    for (number, line) in text.lines().enumerate() {
        let Some(entry) = line.strip_prefix("- `") else { continue };
        let parts = entry.split_once('`').and_then(|(name, rest)| {
            let (count, reason) = rest.split_once(':')?;
            let count = match count.trim().strip_prefix('×') {
                Some(count) => count.parse().ok()?,
                None if count.is_empty() => 1,
                None => return None,
            };
            (!reason.trim().is_empty()).then_some((name, count))
        });
        let Some((name, count)) = parts else {
            let what = "expected - `MUTANT`: REASON, or - `MUTANT` ×N: REASON";
            return Err(Fail::gate(format!("{ACCEPTED}:{}: {what}", number + 1)));
        };
        names.insert(name.to_owned(), count);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_counted_without_lines() {
        let list = "a/b.rs:1:2: replace < with > in f::g\na/b.rs:7:2: replace < with > in f::g\n";
        let expected = ("a/b.rs: replace < with > in f::g".to_owned(), 2);
        assert_eq!(counted(list).into_iter().collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn an_accepted_mutant_has_a_reason() {
        let names = accepted("# Text\n- `a: b` ×2: it is so\n- `c`: too\n").expect("it is fine");
        assert_eq!((names["a: b"], names["c"]), (2, 1));
        for bad in ["- `a`", "- `a`:", "- `a` x2: no", "- `a` ×two: no"] {
            assert!(accepted(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn one_survivor_more_than_known_is_red() {
        let seen = Seen { caught: 9, missed: counted("a:1:1: x\na:2:2: x\n"), ..Seen::default() };
        let mut known = Names::from([("a: x".to_owned(), 2)]);
        let one = Crate { name: "c", floor: Some(80), slow: &[] };
        let options = Options::default();
        assert!(judge(&one, &options, &seen, &known).is_empty());
        let strict = Crate { floor: Some(90), ..one };
        assert_eq!(judge(&strict, &options, &seen, &known), ["c: 81.8 % is below 90 %"]);
        known.insert("a: x".to_owned(), 1);
        assert_eq!(judge(&one, &options, &seen, &known), ["a: x"]);
        let unseen = Crate { floor: None, ..one };
        assert!(judge(&unseen, &options, &seen, &known).is_empty());
    }
}
