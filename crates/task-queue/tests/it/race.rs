//! Processes that race for tasks: this test starts itself eight times.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use leadforge_task_queue::{ClaimOutcome, ClaimRequest, Local, Store};

use crate::help::{Checkout, World, file, no_history};

/// Where a racer works; its presence makes this test a racer.
const RACER: &str = "LEADFORGE_TEST_RACER";

const RACERS: usize = 8;

#[test]
fn eight_processes_race_and_every_task_is_won_once() {
    if let Ok(folder) = std::env::var(RACER) {
        return race(Path::new(&folder));
    }
    let rounds = std::env::var("LEADFORGE_TEST_ROUNDS").ok().and_then(|n| n.parse().ok());
    for round in 0..rounds.unwrap_or(6) {
        one_task(round);
    }
    many_tasks();
}

fn one_task(round: usize) {
    let checkout = Checkout::new();
    checkout.write("pending/only.md", file(""));
    let wins: Vec<String> = run(&checkout).concat();
    assert_eq!(wins.len(), 1, "round {round}: {wins:?}");
}

fn many_tasks() {
    let checkout = Checkout::new();
    for n in 0..100 {
        checkout.write(&format!("pending/t{n}.md"), file(&format!("touches = ['p{n}/**']\n")));
    }
    let wins: Vec<String> = run(&checkout).concat();
    let distinct: BTreeSet<&String> = wins.iter().collect();
    assert_eq!((wins.len(), distinct.len()), (100, 100), "{wins:?}");
}

/// Starts the racers, lets them go together, and returns what each has won.
fn run(checkout: &Checkout) -> Vec<Vec<String>> {
    let start = || {
        let program = std::env::current_exe().expect("we have a name");
        let test = "race::eight_processes_race_and_every_task_is_won_once";
        let mut command = Command::new(program);
        command.args(["--exact", test, "--nocapture"]).env(RACER, checkout.dir.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts")
    };
    let mut racers: Vec<Child> = (0..RACERS).map(|_| start()).collect();
    let mut outputs = Vec::new();
    for racer in &mut racers {
        let mut output = BufReader::new(racer.stdout.take().expect("it is piped"));
        let mut line = String::new();
        while !line.contains("at the line") {
            line.clear();
            assert!(output.read_line(&mut line).expect("text") > 0, "a racer did not come");
        }
        outputs.push(output);
    }
    for racer in &mut racers {
        racer.stdin.take().expect("it is piped").write_all(b"go\n").expect("it listens");
    }
    let won = |mut output: BufReader<_>| {
        let mut text = String::new();
        output.read_to_string(&mut text).expect("text");
        text.lines().filter_map(|line| line.split_once("won ")).map(|(_, t)| t.to_owned()).collect()
    };
    let wins = outputs.into_iter().map(won).collect();
    for mut racer in racers {
        assert!(racer.wait().expect("it ends").success());
    }
    wins
}

/// Claims until nothing is left.
fn race(folder: &Path) {
    let local = Local::discover().expect("there is /proc");
    let holder = local.holder(std::process::id()).expect("we run");
    let root = folder.join(leadforge_task_queue::QUEUE_DIR);
    say("at the line");
    std::io::stdin().read_line(&mut String::new()).expect("a word");
    let store = Store::open(&folder.join("git/leadforge")).expect("a store");
    for turn in 0.. {
        let session = format!("{}.{turn}", std::process::id());
        // A winner that has ended is dead and its task free again: time alone decides here.
        let holder = leadforge_task_queue::Holder { pid: 0, ..holder.clone() };
        let ask = ClaimRequest::new("racer", session, holder, &no_history);
        let now = World::new().unix_ms;
        match store.claim_from(&root, &ask, &local.now(now), false).expect("an answer") {
            ClaimOutcome::Granted(lease, _) => say(&format!("won {}", lease.task)),
            ClaimOutcome::Empty | ClaimOutcome::Blocked(_) => break,
        }
    }
}

/// To the parent, past what the test harness would keep.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody listens");
}
