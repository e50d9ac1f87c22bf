//! Eight processes want one task: one gets it, the others are told why not.

use std::process::Stdio;

use super::{Repo, command};

const ROUNDS: usize = 5;

#[test]
fn of_eight_processes_one_wins() {
    let repo = Repo::new();
    for round in 0..ROUNDS {
        let id = format!("t{round}");
        repo.task(&id, "");
        let racers: Vec<_> = (0..8)
            .map(|n| {
                let agent = format!("agent-{n}");
                command(repo.path(), &["claim", &id, "--agent", &agent, "--format", "json"])
                    .stdout(Stdio::piped())
                    .spawn()
                    .expect("it starts")
            })
            .collect();
        let ends: Vec<_> =
            racers.into_iter().map(|racer| racer.wait_with_output().expect("it ends")).collect();
        let codes: Vec<_> = ends.iter().map(|end| end.status.code()).collect();
        assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == Some(1)).count(), 7, "{codes:?}");
        for lost in ends.iter().filter(|end| end.status.code() == Some(1)) {
            let text = String::from_utf8_lossy(&lost.stdout);
            assert!(text.contains("\"reason\":\"running\""), "{text}");
        }
    }
}

#[test]
fn eight_processes_share_out_a_queue() {
    let repo = Repo::new();
    for n in 0..24 {
        repo.task(&format!("t{n:02}"), &format!("touches = [\"d{n}/**\"]\n"));
    }
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let folder = repo.path().to_owned();
            std::thread::spawn(move || {
                let mut got = Vec::new();
                loop {
                    let end =
                        command(&folder, &["claim", "--format", "json"]).output().expect("it runs");
                    if end.status.code() != Some(0) {
                        return got;
                    }
                    let value: serde_json::Value =
                        serde_json::from_slice(&end.stdout).expect("JSON");
                    got.push(value["data"]["task"]["id"].as_str().expect("an id").to_owned());
                }
            })
        })
        .collect();
    let mut all: Vec<_> = workers.into_iter().flat_map(|w| w.join().expect("no panic")).collect();
    all.sort();
    let wanted: Vec<_> = (0..24).map(|n| format!("t{n:02}")).collect();
    assert_eq!(all, wanted, "each task once");
}

#[test]
fn the_view_of_each_is_made_whoever_sweeps_meanwhile() {
    let repo = Repo::new();
    let ids: Vec<_> = (0..20).map(|n| format!("t{n:02}")).collect();
    for id in &ids {
        repo.task(id, &format!("touches = [\"{id}/**\"]\n"));
    }
    let racers: Vec<_> = ids
        .iter()
        .map(|id| {
            let mut claim = command(repo.path(), &["claim", id]);
            claim.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
        })
        .collect();
    for (id, racer) in ids.iter().zip(racers) {
        let end = racer.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&end.stderr), "", "{id}");
        assert!(repo.queue().join(format!("in-progress/{id}.md")).exists(), "{id}");
    }
}
