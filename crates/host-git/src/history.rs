//! History as data: commits with everything that says who made them.

use crate::run::Run;
use crate::{Error, Git, Oid};

/// A person or program as a commit names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The mailbox.
    pub email: String,
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub oid: Oid,
    /// Its tree.
    pub tree: Oid,
    /// Its parents, the first one first.
    pub parents: Vec<Oid>,
    /// Who wrote it.
    pub author: Signature,
    /// Who recorded it.
    pub committer: Signature,
    /// The first paragraph of the message on one line.
    pub subject: String,
    /// The rest of the message, trailers included.
    pub body: String,
    /// The trailers (`Key: value`) in their order, continued lines joined.
    pub trailers: Vec<(String, String)>,
}

/// A commit to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommit {
    /// The tree.
    pub tree: Oid,
    /// The parents, the first one first.
    pub parents: Vec<Oid>,
    /// The whole message.
    pub message: String,
    /// Who wrote it.
    pub author: Signature,
    /// Who records it.
    pub committer: Signature,
}

/// The fields of one commit, each ended by NUL; as many as [`FIELDS`].
const FORMAT: &str = "--format=tformat:%H%x00%T%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd\
    %x00%s%x00%b%x00%(trailers:only=true,unfold=true)%x00";
const FIELDS: usize = 12;

impl Git {
    /// The commits of a range such as `main..topic`, newest first, at most `limit` (0 for all).
    ///
    /// # Errors
    /// When the range names nothing, or a commit cannot be read.
    pub fn log(&self, range: &str, limit: usize) -> Result<Vec<Commit>, Error> {
        if range.is_empty() || range.contains('\0') {
            return Err(Error::refused(range, "a range of commits is needed"));
        }
        let mut run = arguments(self.run("log")?.git_dir(&self.layout.git_dir));
        if limit > 0 {
            run = run.arg(format!("--max-count={limit}"));
        }
        parse(&run.args(["--end-of-options", range, "--"]).ok()?)
    }

    /// Every commit that changed one of these paths, newest first: of `HEAD`, or of all refs but our own.
    ///
    /// No side of a merge is left out, and paths are taken as they are, not as patterns.
    ///
    /// # Errors
    /// When a commit cannot be read.
    pub fn touching(&self, all: bool, paths: &[&str]) -> Result<Vec<Commit>, Error> {
        if paths.is_empty() || paths.iter().any(|path| path.is_empty() || path.contains('\0')) {
            return Err(Error::refused(&paths.join(" "), "paths without NUL are needed"));
        }
        let run = arguments(self.run("log")?.git_dir(&self.layout.git_dir));
        let run = run.args(["--full-history", "--topo-order"]);
        let run =
            if all { run.args(["--exclude=refs/leadforge/*", "--all"]) } else { run.arg("HEAD") };
        parse(&run.arg("--").args(paths).ok()?)
    }

    /// Records a commit; no ref moves.
    ///
    /// # Errors
    /// When an object is missing or a name is empty.
    pub fn commit_tree(&self, new: &NewCommit) -> Result<Oid, Error> {
        let mut run = self.run("commit-tree")?.arg("--no-gpg-sign").arg(new.tree.as_str());
        for parent in &new.parents {
            run = run.args(["-p", parent.as_str()]);
        }
        for (role, who) in [("AUTHOR", &new.author), ("COMMITTER", &new.committer)] {
            if who.name.contains('\0') || who.email.contains('\0') {
                return Err(Error::refused(&who.name, "a NUL byte in a name or e-mail"));
            }
            run = run
                .env(&format!("GIT_{role}_NAME"), &who.name)
                .env(&format!("GIT_{role}_EMAIL"), &who.email)
                .env(&format!("GIT_{role}_DATE"), date(who));
        }
        if new.message.contains('\0') {
            return Err(Error::refused(&new.message, "a NUL byte in a commit message"));
        }
        let output = run.args(["-F", "-"]).input(new.message.as_str()).ok()?;
        Oid::from_bytes(output.trim_ascii())
    }
}

/// What makes `log` write commits as [`parse`] reads them.
pub(crate) fn arguments(run: Run<'_>) -> Run<'_> {
    run.args(["--no-color", "--no-show-signature", "--no-mailmap", "--no-decorate"]).args([
        "--encoding=UTF-8",
        "--date=raw",
        "--no-notes",
        FORMAT,
    ])
}

/// Git's raw date: `@SECONDS +HHMM`.
fn date(who: &Signature) -> String {
    let minutes = who.offset.unsigned_abs();
    let sign = if who.offset < 0 { '-' } else { '+' };
    format!("@{} {sign}{:02}{:02}", who.seconds, minutes / 60, minutes % 60)
}

/// Commits as [`FORMAT`] writes them.
pub(crate) fn parse(output: &[u8]) -> Result<Vec<Commit>, Error> {
    let fields: Vec<&[u8]> = output.split(|&b| b == 0).collect();
    if fields.len() % FIELDS != 1 {
        return Err(Error::output("log", format!("{} fields", fields.len())));
    }
    fields.chunks_exact(FIELDS).map(commit).collect()
}

fn commit(fields: &[&[u8]]) -> Result<Commit, Error> {
    let text = |at: usize| String::from_utf8_lossy(fields[at]).into_owned();
    // Between two commits `tformat` writes a line break, which lands before the next name.
    let oid = Oid::from_bytes(fields[0].trim_ascii())?;
    let parents = text(2).split_ascii_whitespace().map(Oid::parse).collect::<Result<_, _>>()?;
    let trailers = text(11)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect();
    Ok(Commit {
        oid,
        tree: Oid::from_bytes(fields[1])?,
        parents,
        author: signature(text(3), text(4), &text(5)),
        committer: signature(text(6), text(7), &text(8)),
        subject: text(9),
        body: text(10),
        trailers,
    })
}

/// A damaged date reads as the epoch, as git itself shows it.
fn signature(name: String, email: String, date: &str) -> Signature {
    let (seconds, zone) = date.split_once(' ').unwrap_or((date, "+0000"));
    let digits: i32 = zone.trim_start_matches(['+', '-']).parse().unwrap_or(0);
    let minutes = digits / 100 * 60 + digits % 100;
    let offset = if zone.starts_with('-') { -minutes } else { minutes };
    Signature { name, email, seconds: seconds.parse().unwrap_or(0), offset }
}
