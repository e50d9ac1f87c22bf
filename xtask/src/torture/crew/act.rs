//! What an agent does next, and what it learns from the answer.

use super::{Crew, Lease};
use crate::sh::Result;
use crate::torture::Rng;
use crate::torture::writer::killed;
use serde_json::Value;
use std::io::Write as _;
use std::process::Stdio;
use std::thread;
use std::time::Instant;

/// What awaits a command.
#[derive(Clone, Copy, Debug)]
pub(in crate::torture) enum Fate {
    /// It may do its work.
    Live,
    /// It is killed after so many hundredths of the time that such commands take at the moment.
    Kill(u32),
    /// Its disk may go at any time, so that it may fail.
    Cut,
}

/// One agent, which does one thing after the other.
#[derive(Debug)]
pub(in crate::torture) struct Agent<'c> {
    crew: &'c Crew,
    name: String,
    tasks: u64,
    lease: Option<(String, Lease)>,
}

impl<'c> Agent<'c> {
    pub(in crate::torture) fn new(crew: &'c Crew, name: &str) -> Self {
        Self { crew, name: name.to_owned(), tasks: 0, lease: None }
    }

    /// Runs one command. True when it was killed.
    pub(in crate::torture) fn act(&mut self, rng: &mut Rng, fate: Fate) -> Result<bool> {
        match (self.lease.take(), rng.below(10)) {
            (None, 0..3) => self.add(fate),
            (None, 3) => self.import(fate),
            (None, _) => self.claim(fate),
            (Some((token, lease)), 0..3) => self.beat(token, lease, fate),
            (Some((token, lease)), 3..8) => self.done(&token, &lease, fate),
            (Some((token, _)), _) => self.release(&token, fate),
        }
    }

    fn add(&mut self, fate: Fate) -> Result<bool> {
        let id = self.next_id();
        let (title, touches) = (format!("Do {id}"), format!("{id}/**"));
        let args = ["add", &title, "--id", &id, "--touches", &touches, "--body", &self.body()];
        let end = self.run(&args, fate)?;
        if end.yes() {
            self.crew.lock().defined.insert(id);
        }
        Ok(end.killed)
    }

    fn import(&mut self, fate: Fate) -> Result<bool> {
        let list = (0..3).map(|_| format!("- [ ] Import {}\n", self.next_id())).collect::<String>();
        let name = format!("TODO-{}-{}.md", self.name, self.tasks);
        let path = self.crew.dir.join(&name);
        let written = std::fs::File::create(&path).and_then(|mut file| {
            file.write_all(format!("# Tasks\n\n{list}").as_bytes())?;
            file.sync_all()
        });
        match (written, fate) {
            // The disk is gone; so is this agent.
            (Err(_), Fate::Cut) => return Ok(false),
            (written, _) => written?,
        }
        let end = self.run(&["import", &name], fate)?;
        if end.yes() {
            let new = end.data["new"].as_array().cloned().unwrap_or_default();
            let ids = new.iter().filter_map(|task| task["id"].as_str().map(str::to_owned));
            self.crew.lock().defined.extend(ids);
        }
        Ok(end.killed)
    }

    fn claim(&mut self, fate: Fate) -> Result<bool> {
        let end = self.run(&["claim", "--agent", &self.name], fate)?;
        if end.yes() {
            let lease = &end.data["lease"];
            let text = |key: &str| lease[key].as_str().unwrap_or_default().to_owned();
            let (token, task) = (text("token"), text("task"));
            let lease = Lease { task, epoch: lease["epoch"].as_u64().unwrap_or_default() };
            self.granted(&token, &lease);
            self.lease = Some((token, lease));
        }
        Ok(end.killed)
    }

    /// A claim may not meet another's, nor a task that is done, nor an epoch that was told before.
    fn granted(&self, token: &str, lease: &Lease) {
        let mut promised = self.crew.lock();
        let Lease { task, epoch } = lease;
        if let Some((other, _)) = promised.held.iter().find(|(_, held)| held.task == *task) {
            let what = format!("{token} was granted while {other} is held");
            promised.broken.push(what);
        }
        if promised.done.contains(task) {
            promised.broken.push(format!("{token} was granted, though {task} is done"));
        }
        let highest = promised.epochs.insert(task.clone(), *epoch).unwrap_or(0);
        if *epoch <= highest {
            promised.broken.push(format!("{token} was granted after epoch {highest}"));
        }
        promised.held.insert(token.to_owned(), lease.clone());
        promised.tokens.insert(token.to_owned(), lease.clone());
    }

    fn beat(&mut self, token: String, lease: Lease, fate: Fate) -> Result<bool> {
        let end = self.run(&["beat", &token], fate)?;
        self.lease = Some((token, lease));
        Ok(end.killed)
    }

    fn done(&mut self, token: &str, lease: &Lease, fate: Fate) -> Result<bool> {
        let branch = self.crew.dir.join(".git/refs/heads/lf").join(&lease.task);
        let made = std::fs::create_dir_all(&branch).and_then(|()| {
            let mut file = std::fs::File::create(branch.join(lease.epoch.to_string()))?;
            writeln!(file, "{}", self.crew.commit)?;
            file.sync_all()
        });
        match (made, fate) {
            (Err(_), Fate::Cut) => return Ok(false),
            (made, _) => made?,
        }
        self.crew.lock().held.remove(token);
        let end = self.run(&["done", token], fate)?;
        if end.yes() {
            self.crew.lock().done.insert(lease.task.clone());
        }
        Ok(end.killed)
    }

    fn release(&mut self, token: &str, fate: Fate) -> Result<bool> {
        self.crew.lock().held.remove(token);
        Ok(self.run(&["release", token], fate)?.killed)
    }

    fn run(&self, args: &[&str], fate: Fate) -> Result<End> {
        let mut command = self.crew.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let start = Instant::now();
        if let Fate::Kill(hundredths) = fate {
            thread::sleep(self.crew.lock().pace * hundredths / 100);
            child.kill()?;
        }
        let output = child.wait_with_output()?;
        if let Fate::Live = fate {
            let pace = &mut self.crew.lock().pace;
            *pace = (*pace * 2 + start.elapsed()) / 3;
        }
        let code = output.status.code();
        let end = End {
            killed: killed(output.status),
            code,
            data: serde_json::from_slice::<Value>(&output.stdout)
                .map(|mut report| report["data"].take())
                .unwrap_or_default(),
        };
        let nothing_to_claim = args[0] == "claim" && code == Some(1);
        let cut_off = code == Some(3) && self.crew.is_dark();
        let expected = end.killed || code == Some(0) || nothing_to_claim || cut_off;
        if end.yes() {
            self.crew.lock().answers += 1;
        } else if !expected {
            let said = String::from_utf8_lossy(&output.stdout);
            let error = String::from_utf8_lossy(&output.stderr);
            let line = format!("{args:?} ended with {}: {said} {error}", output.status);
            self.crew.lock().broken.push(line);
        }
        Ok(end)
    }

    fn next_id(&mut self) -> String {
        self.tasks += 1;
        format!("{}-{}", self.name, self.tasks)
    }

    /// A text that says its own length, so that a cut one shows.
    fn body(&self) -> String {
        "line of the task\n".repeat(usize::try_from(self.tasks % 40).expect("it is below 40"))
            + "the end\n"
    }
}

/// How a command ended.
struct End {
    killed: bool,
    code: Option<i32>,
    data: Value,
}

impl End {
    fn yes(&self) -> bool {
        self.code == Some(0)
    }
}
