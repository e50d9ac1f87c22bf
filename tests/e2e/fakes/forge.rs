//! A forger's tools: commits made by hand, as the landing gate would make them or nearly so.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::{Answer, Repo};

/// A commit with these parents whose tree is that of `base` with some files put or removed.
pub(super) fn commit_tree(
    repo: &Repo,
    parents: &[&str],
    base: &str,
    message: &str,
    files: &[(&str, Option<&str>)],
) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let plumb = |args: &[&str], input: &str| {
        let mut child = Command::new("git")
            .args(["-c", "user.name=Mallory", "-c", "user.email=m@example.org"])
            .args(args)
            .current_dir(repo.path())
            .env("GIT_INDEX_FILE", dir.path().join("index"))
            .env("GIT_COMMITTER_DATE", "@1 +0000")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("git runs");
        child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
        let out = child.wait_with_output().expect("it ends");
        assert!(out.status.success(), "git {args:?}");
        String::from_utf8_lossy(&out.stdout).trim_end().to_owned()
    };
    plumb(&["read-tree", base], "");
    for (path, text) in files {
        match text {
            Some(text) => {
                let blob = plumb(&["hash-object", "-w", "--stdin"], text);
                let entry = format!("100644,{blob},{path}");
                plumb(&["update-index", "--add", "--cacheinfo", &entry], "");
            }
            None => drop(plumb(&["update-index", "--force-remove", path], "")),
        }
    }
    let tree = plumb(&["write-tree"], "");
    let mut args = vec!["commit-tree", "-F", "-"];
    for parent in parents {
        args.extend(["-p", parent]);
    }
    args.push(&tree);
    plumb(&args, message)
}

/// The message of a work commit.
pub(super) fn candidate(id: &str, epoch: u64, base: &str, agent: &str) -> String {
    format!(
        "Do {id}\n\nLeadForge-Task: {id}\nLeadForge-Epoch: {epoch}\nLeadForge-Round: 1\nLeadForge-Slot: 1\n\
         LeadForge-Run: leadforge/run\nLeadForge-Base: {base}\nLeadForge-Started: 1\n\
         LeadForge-Outcome: candidate\nAssisted-by: {agent}\n"
    )
}

/// The digest of a text, in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    let mut child = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sha256sum is there");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("written");
    let out = child.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&out.stdout)[..64].to_owned()
}

/// What lf-cc asks for, and what everybody must pass.
pub(super) const OWN: &str = "grep -q cc cc.txt";
pub(super) const ALWAYS: &str = "grep -q one a.txt";

/// A completion of lf-cc made by hand. As it is by default it proves what it says, for its tree passes; each fake
/// changes one thing.
pub(super) struct Forgery<'a> {
    /// What it stands on.
    pub(super) tip: String,
    /// The epoch that all of it names.
    pub(super) epoch: u64,
    /// The work.
    pub(super) work: Vec<(&'a str, Option<&'a str>)>,
    /// The commands that it says were passed.
    pub(super) checks: Vec<&'a str>,
    /// Where it says that the branch began.
    pub(super) base: String,
    /// What the completion commit changes besides.
    pub(super) more: Vec<(&'a str, Option<&'a str>)>,
    /// A last change of the evidence's text.
    pub(super) text: &'a dyn Fn(String) -> String,
    /// A last change of the completion's message.
    pub(super) message: &'a dyn Fn(String) -> String,
}

pub(super) const GOOD: (&str, Option<&str>) = ("cc.txt", Some("cc\n"));

impl<'a> Forgery<'a> {
    pub(super) fn on(repo: &Repo) -> Self {
        Self {
            tip: repo.git(&["rev-parse", "leadforge/run"]),
            epoch: 1,
            work: vec![GOOD],
            checks: vec![OWN, ALWAYS],
            base: repo.git(&["rev-parse", "main"]),
            more: Vec::new(),
            text: &|text| text,
            message: &|text| text,
        }
    }

    /// Makes the commits and puts the branch `forged` on them.
    pub(super) fn make(&self, repo: &Repo) {
        let pending = "docs/TASKS/queue/pending/lf-cc.md";
        let completed = "docs/TASKS/queue/completed/lf-cc.md";
        let mark = candidate("lf-cc", self.epoch, &self.tip, "shell");
        let work = commit_tree(repo, &[&self.tip], &self.tip, &mark, &self.work);
        let tree = repo.git(&["rev-parse", &format!("{work}^{{tree}}")]);
        let mut checks = String::new();
        for line in &self.checks {
            let (command, log) = (sha256(line), sha256(""));
            checks.push_str(&format!(
                "  {{ command = \"sha256:{command}\", exit = 0, log = \"sha256:{log}\", seconds = 0.5 }},\n"
            ));
        }
        let done = format!(
            "\n\n[done]\nschema = \"leadforge/done/1\"\nepoch = {}\nsession = \"f0\"\nagent = \"shell\"\n\
             commit = \"{work}\"\ntree = \"{tree}\"\nbase = \"{}\"\nstarted = 2026-01-01T00:00:00Z\n\
             ended = 2026-01-01T00:00:01Z\nlines = {{ added = 1, removed = 0 }}\nchecks = [\n{checks}]\n+++\n",
            self.epoch, self.base
        );
        let was = repo.git(&["show", &format!("{}:{pending}", self.tip)]) + "\n";
        let text = (self.text)(was.replacen("\n+++\n", &done, 1));
        let message = mark.replace("candidate", "done") + &format!("LeadForge-Work: {work}\n");
        let mut files = vec![(pending, None), (completed, Some(text.as_str()))];
        files.extend(self.more.iter().copied());
        let made = commit_tree(repo, &[&work], &work, &(self.message)(message), &files);
        repo.git(&["update-ref", "refs/heads/forged", &made]);
    }

    /// Makes it and asks whether it is believed, by ids alone.
    pub(super) fn look(&self, repo: &Repo) -> Answer {
        self.make(repo);
        repo.verify(&["lf-cc", "--at", "forged", "--no-run"])
    }
}

/// A repository on whose integration branch lf-aa and lf-bb have really landed; lf-cc is pending. It is made once and
/// copied for each test.
pub(super) fn landed() -> Repo {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let config = format!("[verify]\nalways = [\"{ALWAYS}\"]\n");
        let task =
            |t: &str| format!("run = \"echo {t} > {t}.txt\"\nverify = [\"grep -q {t} {t}.txt\"]");
        let (aa, bb, cc) = (task("aa"), task("bb"), task("cc"));
        let repo = Repo::ready(&config, &[("lf-aa", &aa), ("lf-bb", &bb), ("lf-cc", &cc)]);
        let ran = repo.run(&["-q", "lf-aa", "lf-bb"]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        let to = of_this_process(Path::new(env!("CARGO_TARGET_TMPDIR")));
        copy(&repo.path(), &to);
        to
    });
    let repo = Repo { dir: tempfile::tempdir().expect("a temporary folder") };
    copy(made, &repo.path());
    repo
}

/// A folder that no other process of these tests uses; those of processes that are gone are removed.
fn of_this_process(folder: &Path) -> PathBuf {
    const NAME: &str = "fakes-landed.";
    for entry in std::fs::read_dir(folder).expect("cargo made it").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.strip_prefix(NAME);
        if pid.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            // Two processes may both find it.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
    folder.join(format!("{NAME}{}", std::process::id()))
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp is there");
    assert!(done.success());
}

/// The completion commit of a task.
pub(super) fn completion(repo: &Repo, id: &str) -> String {
    repo.git(&["log", "--format=%H", &format!("--grep=^Complete {id}"), "leadforge/run"])
}

/// A real completion with its file rewritten, its commit otherwise made anew as it was, looked at by ids alone.
pub(super) fn rewritten(repo: &Repo, id: &str, change: impl FnOnce(String) -> String) -> Answer {
    let real = completion(repo, id);
    let path = format!("docs/TASKS/queue/completed/{id}.md");
    let text = change(repo.git(&["show", &format!("{real}:{path}")]) + "\n");
    let message = repo.git(&["log", "-1", "--format=%B", &real]);
    let parent = format!("{real}^");
    let made = commit_tree(repo, &[&parent], &real, &message, &[(&path, Some(&text))]);
    repo.git(&["update-ref", "refs/heads/forged", &made]);
    repo.git(&["update-ref", "-d", &format!("refs/leadforge/done/{id}/1")]);
    repo.verify(&[id, "--at", "forged", "--no-run"])
}

/// A line of a text, `key = …`, with another value.
pub(super) fn with(text: &str, key: &str, value: &str) -> String {
    let start = format!("{key} = ");
    let line = |l: &str| {
        if l.starts_with(&start) { format!("{start}{value}\n") } else { format!("{l}\n") }
    };
    text.lines().map(line).collect()
}
