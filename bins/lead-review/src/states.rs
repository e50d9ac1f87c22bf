//! The two states of the repository that a review compares, and what is between them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use leadforge_cli_kit::host::staging;
use leadforge_cli_kit::{Config, Context, Exit, Failure, Repository};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_host_git::{Oid, Status};
use leadforge_review_rules::Tree;
use leadforge_review_rules::change::{Change, Kind, RepoPath, read_diff};

use crate::policy::Review;

/// Which change is meant.
#[derive(clap::Args)]
pub(crate) struct Which {
    /// What the change is compared with: where it left this revision. Unless given, origin/HEAD, main or master.
    #[arg(long, value_name = "REV")]
    base: Option<String>,
    /// The change's last commit; the files as they lie here, uncommitted ones included, unless given.
    #[arg(long, value_name = "REV", conflicts_with_all = ["staged", "diff"])]
    head: Option<String>,
    /// Review what would be committed now.
    #[arg(long, conflicts_with = "diff")]
    staged: bool,
    /// Review the diff in this file, or on standard input (-); files and rules are those of the repository.
    #[arg(long, value_name = "FILE")]
    diff: Option<PathBuf>,
}

impl Which {
    /// The change's last commit, where one was named.
    pub(crate) fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }
}

/// Where a change left its base is looked for from these, unless a base is given.
const BASES: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/// A diff larger than this is not read.
const LARGEST: u64 = 1 << 30;

/// Both states, the change, and the base's configuration.
pub(crate) struct States {
    pub(crate) base: Files,
    pub(crate) head: Files,
    pub(crate) change: Change,
    /// The commit that the change is compared with, and its own last one when it is one.
    pub(crate) commits: (Oid, Option<Oid>),
    pub(crate) review: Review,
    /// The configuration whole, as what would run is trusted.
    pub(crate) config: Config,
    /// The root of the checkout, or the repository itself when it is bare.
    pub(crate) root: PathBuf,
    /// What the states are called, for people.
    pub(crate) title: String,
}

/// One state of the repository, with its own configuration.
pub(crate) struct State {
    pub(crate) files: Files,
    pub(crate) review: Review,
    /// What it is called, for people.
    pub(crate) title: String,
}

impl State {
    /// A commit, or the files as they lie here.
    pub(crate) fn open(head: Option<&str>, ctx: &Context) -> Result<Self, Failure> {
        let repository = Arc::new(Repository::here()?);
        let (tree, title) = match head {
            Some(spec) => {
                let oid = repository.commit(spec)?;
                let title = format!("all of {spec} ({})", oid.short(10));
                (oid, title)
            }
            None => (repository.tree_now()?, "all files here".to_owned()),
        };
        let files = Files::read(&repository, &tree, &[])?;
        let review = config(&files, "leadforge.toml", ctx)?.load_table("review")?;
        Ok(Self { files, review, title })
    }
}

impl Which {
    /// What would be committed now.
    pub(crate) fn staged() -> Self {
        Self { base: None, head: None, staged: true, diff: None }
    }
}

impl States {
    pub(crate) fn open(which: &Which, ctx: &Context) -> Result<Self, Failure> {
        let repository = Arc::new(Repository::here()?);
        let staged = || {
            let here = repository.worktree()?.ok_or_else(|| {
                Failure::usage("repository.bare", "--staged: a bare repository has no index")
            })?;
            repository.git.staged(&staging(&here)).map_err(|error| {
                Failure::git(&error).hint("git status shows whether paths are unmerged")
            })
        };
        let tip = match which {
            Which { head: Some(spec), .. } => repository.commit(spec)?,
            Which { staged: true, base: None, .. } => first_or(&repository, &staged)?,
            _ => repository.commit("HEAD")?,
        };
        let (named, fork) = base(&repository, which, &tip)?;
        let commits = (fork.clone(), which.head.as_ref().map(|_| tip.clone()));
        let (head, called) = match which {
            Which { head: Some(spec), .. } => (tip, spec.clone()),
            Which { staged: true, .. } => (staged()?, "what is staged".to_owned()),
            _ => (repository.tree_now()?, "the files here".to_owned()),
        };
        let (change, called) = match &which.diff {
            Some(path) => (given(path)?, format!("the diff {}", path.display())),
            None => (between(&repository, &fork, &head)?, called),
        };
        let title = format!("{called} against {named} ({})", fork.short(10));
        let mut paths: Vec<RepoPath> = change.files.iter().map(|file| file.path.clone()).collect();
        let head = Files::read(&repository, &head, &paths)?;
        paths.extend(change.files.iter().filter_map(|file| file.old_path.clone()));
        let base = Files::read(&repository, &fork, &paths)?;
        let config = config(&base, "leadforge.toml of the base", ctx)?;
        let review = config.load_table("review")?;
        let root = repository.base().to_owned();
        Ok(Self { base, head, change, commits, review, config, root, title })
    }
}

impl States {
    /// The first commit of the base's line; nothing before there is one.
    ///
    /// # Errors
    /// Why it is not known.
    pub(crate) fn first(&self) -> Result<String, String> {
        let (git, base) = (&self.base.repository.git, &self.commits.0);
        if *base == base.empty_tree() {
            return Ok(String::new());
        }
        let failed = |error: leadforge_host_git::Error| error.to_string();
        if git.lacks().map_err(failed)? == Some("shallow") {
            return Err("the clone is cut off, so a secret has another fingerprint here than in a whole one: \
                        git fetch --unshallow, or fetch-depth: 0 in CI"
                .to_owned());
        }
        git.first_commit(base).map(|oid| oid.to_string()).map_err(failed)
    }
}

/// The configuration of a state, unless the command line names another one: of a change that is the base's, so that it
/// cannot switch off what judges it.
fn config(files: &Files, name: &str, ctx: &Context) -> Result<Config, Failure> {
    if let Some(named) = ctx.named_config()? {
        return Ok(named);
    }
    let path = RepoPath::from(leadforge_cli_kit::CONFIG_FILE);
    let bytes = files.fetch(&path)?.unwrap_or_default();
    Config::parse(Path::new(name), &bytes)
}

/// The last commit; before the first one the tree without files, against which everything is new.
fn first_or(
    repository: &Repository,
    staged: &dyn Fn() -> Result<Oid, Failure>,
) -> Result<Oid, Failure> {
    match repository.git.resolve("HEAD").map_err(|error| Failure::git(&error))? {
        Some(commit) => Ok(commit),
        // Whichever kind of names the repository has, what is staged is called by one of them.
        None => Ok(staged()?.empty_tree()),
    }
}

/// The commit at which the change left its base.
fn base(repository: &Repository, which: &Which, tip: &Oid) -> Result<(String, Oid), Failure> {
    let git = |error| Failure::git(&error);
    if which.staged && which.base.is_none() {
        return Ok(("HEAD".to_owned(), tip.clone()));
    }
    let (named, base) = match &which.base {
        Some(spec) => (spec.clone(), repository.commit(spec)?),
        None => {
            let mut known = None;
            for name in BASES {
                if let Some(oid) = repository.git.resolve(name).map_err(git)? {
                    known = Some((name.to_owned(), oid));
                    break;
                }
            }
            known.ok_or_else(|| {
                Failure::usage(
                    "review.base",
                    "no base is known: none of origin/HEAD, main and master is there",
                )
                .hint("name it with --base")
            })?
        }
    };
    match repository.git.merge_base(&base, tip).map_err(git)? {
        Some(fork) => Ok((named, fork)),
        None => {
            let message = format!("{named} and the change have no commit in common here");
            let failure = Failure::new(Exit::CannotLook, "review.merge-base", message);
            Err(match repository.git.lacks().map_err(git)? {
                Some(_) => failure
                    .hint("the clone is cut off: git fetch --unshallow, or fetch-depth: 0 in CI"),
                None => failure.hint("name another --base"),
            })
        }
    }
}

/// What is between two trees, whole: git's own list of files and counts has to agree.
fn between(repository: &Repository, base: &Oid, head: &Oid) -> Result<Change, Failure> {
    let git = |error| Failure::git(&error);
    // With three lines of context, as git's counts are made: with none it finds other lines now and then.
    let text = repository.git.patch(base, head, 3).map_err(git)?;
    let wrong = |what: String| Failure::cannot_look("review.diff", what);
    let change = read_diff(&text).map_err(|error| wrong(error.to_string()))?;
    let listed = repository.git.diff(base, head).map_err(git)?;
    let told: BTreeMap<&[u8], _> =
        change.files.iter().map(|file| (file.path.as_bytes(), file)).collect();
    for entry in &listed {
        let path = String::from_utf8_lossy(&entry.path);
        let Some(file) = told.get(&entry.path[..]) else {
            return Err(wrong(format!(
                "git lists {path} as changed and its diff does not have it"
            )));
        };
        let counts = (Some(u64::from(file.added.len())), Some(u64::from(file.removed)));
        let binary = file.binary || entry.added.is_none();
        // A link that becomes a file is two entries of the diff and one of the list.
        let counted =
            binary || file.kind == Kind::TypeChanged || entry.status == Status::TypeChanged;
        if !counted && counts != (entry.added, entry.removed) {
            return Err(wrong(format!("git counts other lines of {path} than its diff has")));
        }
    }
    if listed.len() != change.files.len() {
        return Err(wrong(format!(
            "git lists {} files and its diff has {}",
            listed.len(),
            change.files.len()
        )));
    }
    Ok(change)
}

/// A diff that somebody else made.
fn given(path: &Path) -> Result<Change, Failure> {
    let text = if path == Path::new("-") {
        let mut text = Vec::new();
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut text)?;
        if text.len() as u64 > LARGEST {
            let message = "the diff on standard input has more than 1 GiB";
            return Err(Failure::cannot_look("review.diff", message));
        }
        text
    } else {
        read(&RealDisk, path, LARGEST)?
    };
    // A diff that is cut off is a change that nobody looked at.
    read_diff(&text).map_err(|error| {
        Failure::cannot_look("review.diff", format!("{}: {error}", path.display()))
            .hint("write it with git diff --no-color")
    })
}

/// The files of one state; those that were asked for beforehand are in memory.
pub(crate) struct Files {
    repository: Arc<Repository>,
    tree: Oid,
    kept: BTreeMap<RepoPath, Option<Vec<u8>>>,
    /// All paths, once somebody asked for them.
    paths: OnceLock<Vec<RepoPath>>,
}

impl Files {
    fn read(repository: &Arc<Repository>, tree: &Oid, paths: &[RepoPath]) -> Result<Self, Failure> {
        let mut asked = Vec::new();
        for path in paths {
            // What is not text is asked for one by one, and then named as not looked at.
            asked.extend(path.as_str().map(|name| (path, format!("{}:{name}", tree.as_str()))));
        }
        let specs: Vec<&str> = asked.iter().map(|(_, spec)| &**spec).collect();
        let contents = repository.git.cat(&specs).map_err(|error| Failure::git(&error))?;
        let kept =
            asked.iter().zip(contents).map(|((path, _), content)| ((*path).clone(), content));
        Ok(Self {
            repository: Arc::clone(repository),
            tree: tree.clone(),
            kept: kept.collect(),
            paths: OnceLock::new(),
        })
    }

    /// Takes the files that these paths name into memory, with one call of git.
    pub(crate) fn keep(&mut self, paths: &[RepoPath]) -> Result<(), Failure> {
        let more: Vec<RepoPath> =
            paths.iter().filter(|path| !self.kept.contains_key(path)).cloned().collect();
        let mut more = Self::read(&self.repository, &self.tree, &more)?;
        self.kept.append(&mut more.kept);
        Ok(())
    }

    /// The files below a folder, sorted.
    pub(crate) fn below(&self, folder: &str) -> Result<Vec<RepoPath>, Failure> {
        let inside = |path: &&RepoPath| {
            let rest = path.as_bytes().strip_prefix(folder.trim_end_matches('/').as_bytes());
            folder.is_empty() || rest.is_some_and(|rest| rest.first() == Some(&b'/'))
        };
        Ok(self.all()?.iter().filter(inside).cloned().collect())
    }

    /// All of them; git lists them once.
    fn all(&self) -> Result<&[RepoPath], Failure> {
        if let Some(paths) = self.paths.get() {
            return Ok(paths);
        }
        let entries =
            self.repository.git.ls_paths(&self.tree, "").map_err(|error| Failure::git(&error))?;
        let file = |mode: u32| matches!(mode, 0o100_644 | 0o100_755);
        let files = entries.into_iter().filter(|entry| file(entry.mode));
        Ok(self.paths.get_or_init(|| files.map(|entry| RepoPath::new(entry.path)).collect()))
    }

    /// A file that was not asked for beforehand, too.
    pub(crate) fn fetch(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, Failure> {
        self.load(path).map_err(|error| Failure::cannot_look("repository", error))
    }

    fn load(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, String> {
        let name =
            path.as_str().ok_or("its name is not text in UTF-8, by which git is asked for it")?;
        let spec = format!("{}:{name}", self.tree.as_str());
        let found = self.repository.git.cat(&[&spec]).map_err(|error| error.to_string())?;
        Ok(found.into_iter().next().flatten())
    }
}

impl Tree for Files {
    fn paths(&self) -> Result<Vec<RepoPath>, String> {
        self.below("").map_err(|failure| failure.message)
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String> {
        match self.kept.get(path) {
            Some(Some(content)) => Ok(Some(Cow::Borrowed(content))),
            Some(None) => Ok(None),
            None => Ok(self.load(path)?.map(Cow::Owned)),
        }
    }
}

/// The day on which this runs, in UTC.
pub(crate) fn today() -> String {
    let now = leadforge_cli_kit::host::now_ms();
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or(jiff::Timestamp::MAX);
    at.strftime("%Y-%m-%d").to_string()
}
