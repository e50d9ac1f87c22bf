//! Proving a completion again, from the repository alone: no lease, journal or log of the run is needed.
//!
//! [`audit`] looks at names and commits and runs nothing; [`again`] runs the commands once more. Evidence is not
//! believed because it is there: the commits have to be those that the landing gate makes, and the commands are those of
//! a commit that the reader can judge, not of the branch that claims to have passed them.

mod again;
mod chain;
pub(crate) mod completion;

use leadforge_host_git::{Commit, Git, Oid};
use serde::Serialize;

pub use again::{Again, again};

use crate::error::Error;
use crate::evidence::{Fault, Kept};

use super::{QUEUE, names};

/// What an audit needs of the queue that owns the files.
pub trait Files {
    /// Whether a name can be that of a task.
    fn is_id(&self, name: &str) -> bool;

    /// The evidence in a completed file.
    ///
    /// # Errors
    /// In words, when it holds none that can be read.
    fn evidence(&self, path: &str, bytes: &[u8]) -> Result<Kept, String>;

    /// The verification commands of a task's file.
    ///
    /// # Errors
    /// In words, when it is no task's file.
    fn commands(&self, path: &str, bytes: &[u8]) -> Result<Vec<String>, String>;

    /// The commands of `[verify] always` in a configuration.
    ///
    /// # Errors
    /// In words, when it is no configuration.
    fn always(&self, path: &str, bytes: &[u8]) -> Result<Vec<String>, String>;

    /// Whether the completed file is this pending one with evidence, and nothing else was changed.
    fn completes(&self, path: &str, pending: &[u8], completed: &[u8]) -> bool;
}

/// What is to be looked at.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The task, by its id or the beginning of it.
    pub id: &'a str,
    /// Where to look for its completed file: revisions, the first that has it counts.
    pub at: &'a [String],
    /// The commit whose commands count, instead of the one that the branch grew from.
    pub base: Option<&'a str>,
    /// The configuration that counts, with its name, instead of the one in that commit.
    pub config: Option<(&'a str, &'a [u8])>,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Audit {
    /// The task.
    pub id: String,
    /// The revision whose tree has the completed file.
    pub at: String,
    /// The evidence as it was read.
    pub evidence: Kept,
    /// The commits, when the completion was found.
    pub completed: Option<Completed>,
    /// The commit whose commands count.
    pub base: Option<String>,
    /// The commands, in order, each with the place it was taken from.
    pub commands: Vec<(String, String)>,
    /// What is not as the landing gate makes it.
    pub faults: Vec<Fault>,
    /// What could not be looked at.
    pub unseen: Vec<String>,
    /// What a reader may want to know.
    pub notes: Vec<String>,
    /// The configuration that counts, as it was read; it is empty when there is none.
    #[serde(skip)]
    pub config: Vec<u8>,
}

/// The commits of a completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completed {
    /// The completion commit.
    pub completion: String,
    /// The verified commit below it.
    pub verified: String,
    /// Its tree.
    pub tree: String,
    /// The commit with the work.
    pub work: String,
    /// The commit that recorded the task's definition; absent when the base has it.
    pub record: Option<String>,
}

/// The file that holds the configuration.
const CONFIG: &str = "leadforge.toml";

/// Looks at a completion without running anything. `Ok(None)`: no revision has a completed file of that id.
///
/// # Errors
/// When git fails; what is merely not there is in [`Audit::unseen`].
pub fn audit(
    git: &Git,
    files: &dyn Files,
    question: &Question<'_>,
) -> Result<Option<Audit>, Error> {
    let Some(mut found) = find(git, files, question)? else { return Ok(None) };
    let mut out = Audit {
        id: found.id.clone(),
        at: found.at.clone(),
        evidence: Kept::default(),
        completed: None,
        base: None,
        commands: Vec::new(),
        faults: Vec::new(),
        unseen: Vec::new(),
        notes: Vec::new(),
        config: Vec::new(),
    };
    if !matches!(found.mode, 0o100_644) {
        out.faults.push(Fault::new("completed.file", format!("{} is no plain file", found.path)));
        return Ok(Some(out));
    }
    let Some(bytes) = git.cat(&[found.blob.as_str()])?.into_iter().next().flatten() else {
        out.lacking(&format!("{} of {}", found.path, found.at));
        return Ok(Some(out));
    };
    found.bytes = bytes;
    match files.evidence(&found.path, &found.bytes) {
        Ok(kept) => out.evidence = kept,
        Err(why) => {
            out.faults.push(Fault::new("evidence.unreadable", why));
            return Ok(Some(out));
        }
    }
    let Some(completion) = completion(git, &found, &mut out)? else { return Ok(Some(out)) };
    chain::follow(git, files, question, &found, &completion, &mut out)?;
    Ok(Some(out))
}

impl Audit {
    /// Something is listed, and its content is not here: nothing can be said of it.
    fn lacking(&mut self, what: &str) {
        self.unseen.push(format!("the content of {what} is not in this clone: fetch it"));
    }
}

/// A completed file, at first without its content.
struct Found {
    id: String,
    at: String,
    tip: Oid,
    path: String,
    mode: u32,
    blob: Oid,
    bytes: Vec<u8>,
}

fn find(git: &Git, files: &dyn Files, question: &Question<'_>) -> Result<Option<Found>, Error> {
    let folder = format!("{QUEUE}/completed");
    for at in question.at {
        let Some(tip) = git.resolve(at)? else { continue };
        let mut named = Vec::new();
        for entry in git.ls_tree(&tip, &folder)? {
            let Ok(path) = String::from_utf8(entry.path) else { continue };
            let name = path.strip_prefix(&format!("{folder}/")).and_then(|n| n.strip_suffix(".md"));
            if let Some(id) = name.filter(|id| id.starts_with(question.id) && files.is_id(id)) {
                named.push((id.to_owned(), path, entry.mode, entry.oid));
            }
        }
        let whole = named.iter().position(|(id, ..)| id == question.id);
        let one = match (whole, named.len()) {
            (Some(at), _) => named.swap_remove(at),
            (None, 1) => named.swap_remove(0),
            (None, 0) => continue,
            (None, _) => {
                let ids: Vec<String> = named.into_iter().map(|(id, ..)| id).collect();
                return Err(Error::Ambiguous { id: question.id.to_owned(), ids: ids.join(", ") });
            }
        };
        let (id, path, mode, blob) = one;
        return Ok(Some(Found { id, at: at.clone(), tip, path, mode, blob, bytes: Vec::new() }));
    }
    Ok(None)
}

/// The completion commit: the one child of the verified commit, on the way to the tip, that carries this very file.
fn completion(git: &Git, found: &Found, out: &mut Audit) -> Result<Option<Commit>, Error> {
    let mut absent = |rule, what: String| {
        // Of a cut history nothing can be said, for or against.
        if git.is_cut() {
            out.unseen.push(format!("{what}; this clone is cut (shallow or partial)"));
        } else {
            out.faults.push(Fault::new(rule, what));
        }
    };
    let verified = match Oid::parse(&out.evidence.commit) {
        Ok(oid) => git.resolve(oid.as_str())?.filter(|found| *found == oid),
        Err(_) => None,
    };
    let Some(verified) = verified else {
        absent(
            "evidence.commit-unknown",
            format!("there is no commit {:?} here", out.evidence.commit),
        );
        return Ok(None);
    };
    if !git.is_ancestor(&verified, &found.tip)? {
        absent("evidence.commit-elsewhere", format!("{verified} is not below {}", found.at));
        return Ok(None);
    }
    let above = git.log(&format!("{verified}..{}", found.tip), 0)?;
    let mut children = Vec::new();
    for commit in above.into_iter().filter(|c| c.parents.contains(&verified)) {
        let files = git.ls_tree(&commit.tree, &found.path)?;
        if files.iter().any(|file| file.oid == found.blob) {
            children.push(commit);
        }
    }
    let done = |c: &&Commit| completion::mark(c).is_some_and(|m| m.id == found.id);
    let at = children.iter().position(|c| done(&c)).unwrap_or(0);
    if children.is_empty() {
        absent(
            "completion.missing",
            format!("no commit on top of {verified} put {} there", found.path),
        );
        return Ok(None);
    }
    Ok(Some(children.swap_remove(at)))
}

/// What the gate's own ref says, where this repository has it.
fn done_ref(git: &Git, id: &str, epoch: u64, completion: &Oid) -> Result<Option<Fault>, Error> {
    let name = names::done_ref(id, epoch);
    let refs = git.refs(&name)?;
    Ok(refs.iter().find(|(n, oid)| *n == name && oid != completion).map(|(_, oid)| {
        Fault::new("completion.ref", format!("{name} names {oid}, not {completion}"))
    }))
}
