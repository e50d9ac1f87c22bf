//! `lead-sbom blame`: the commit, and the person or agent, that brought each component in.

use std::collections::BTreeMap;

use leadforge_authorship::{CommitFacts, Identities, Kind};
use leadforge_cli_kit::{Context, Failure, Outcome, Report, Repository};
use leadforge_markup::terminal;
use leadforge_sbom::{Config, inventory};
use serde::Serialize;

use crate::failure;
use crate::folder::Skip;
use crate::history::{Entry, History};
use crate::revision::Revision;

/// Flags of `blame`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A package URL, name@version, or a name; every component unless one is named. Repeatable.
    #[arg(value_name = "COMPONENT")]
    components: Vec<String>,
    /// The revision to look back from: HEAD, or one that HEAD descends from.
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// Leave out files and folders that match. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

/// A component in one file.
#[derive(Serialize)]
struct Row {
    purl: String,
    name: String,
    version: Option<String>,
    path: String,
    line: u32,
    /// The commit that brought it in at all, in any version.
    introduced: Option<Who>,
    /// The commit that brought in this version.
    version_since: Option<Who>,
}

/// A commit and who made it.
#[derive(Clone, Serialize)]
struct Who {
    commit: String,
    date: String,
    subject: String,
    kind: Kind,
    identity: String,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let repository = Repository::here()?;
    let commit = repository.commit(&args.rev)?;
    let skip = Skip::parse(&args.exclude)?;
    let lacks = repository.git.lacks().map_err(|error| Failure::git(&error))?;
    let tree = Revision::open(repository, &commit, "", &skip)?;
    let found = inventory(&tree, &Config::default()).map_err(|e| failure::sbom(&e))?;
    let wanted: Vec<usize> = match args.components.as_slice() {
        [] => (0..found.components.len()).filter(|index| !found.is_project(*index)).collect(),
        names => names.iter().flat_map(|name| found.named(name)).collect(),
    };
    let mut by_path: BTreeMap<&str, Vec<(usize, u32)>> = BTreeMap::new();
    for index in wanted {
        for place in &found.components[index].occurrences {
            by_path.entry(&place.path).or_default().push((index, place.line));
        }
    }
    let repository = Repository::here()?;
    let identities = Identities::default();
    let mut rows = Vec::new();
    let mut unreadable = Vec::new();
    let mut gauge = ctx.gauge();
    let files = by_path.len();
    for (number, (path, places)) in by_path.into_iter().enumerate() {
        gauge.tell(|| format!("{} of {files} files, {path}", number + 1));
        let history = History::of(&repository, &commit, path)?;
        unreadable.extend(history.unreadable.iter().map(|at| format!("{path} at {at}")));
        for (index, line) in places {
            let component = &found.components[index];
            let who = |entry: Option<&Entry>| entry.map(|entry| who(entry, &identities));
            rows.push(Row {
                purl: component.purl.clone(),
                name: component.name.clone(),
                version: component.version.clone(),
                path: path.to_owned(),
                line,
                introduced: who(history.first_of_name(component.ecosystem, &component.name)),
                version_since: who(history.first_of(&component.purl)),
            });
        }
    }
    drop(gauge);
    rows.sort_by(|a, b| (&a.purl, &a.path, a.line).cmp(&(&b.purl, &b.path, b.line)));
    rows.dedup_by(|a, b| (&a.purl, &a.path) == (&b.purl, &b.path));
    if let Some(lacks) = lacks {
        ctx.warn(&format!(
            "the repository is {lacks}: what is older than its history is not known"
        ));
    }
    for at in &unreadable {
        ctx.warn(&format!("{at} could not be read, and is taken for what came before it"));
    }
    let outcome = match (rows.is_empty(), lacks.is_some()) {
        (true, _) => Outcome::Findings,
        (false, true) => Outcome::Incomplete,
        (false, false) => Outcome::Clean,
    };
    ctx.emit(&Report::new(outcome).with_data(&rows), |out| table(&rows, out))
}

fn who(entry: &Entry, identities: &Identities) -> Who {
    let commit = &entry.commit;
    let made = identities.classify(&CommitFacts {
        author_name: &commit.author.name,
        author_email: &commit.author.email,
        committer_name: &commit.committer.name,
        committer_email: &commit.committer.email,
        subject: &commit.subject,
        body: &commit.body,
    });
    let date = jiff::Timestamp::from_second(commit.author.seconds);
    let date = date.map_or_else(|_| String::new(), |date| date.strftime("%Y-%m-%d").to_string());
    Who {
        commit: commit.oid.to_string(),
        date,
        subject: commit.subject.clone(),
        kind: made.kind,
        identity: made.identity,
    }
}

/// A line for each component, its columns as wide as they have to be.
fn table(rows: &[Row], out: &mut dyn std::io::Write) -> std::io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "nothing of that is inside");
    }
    let kind = |kind: Kind| match kind {
        Kind::Person => "person",
        Kind::Agent => "agent",
        Kind::Automation => "automation",
        Kind::Unmarked => "unmarked",
    };
    let cell = |who: &Option<Who>| match who {
        Some(who) => {
            let commit = who.commit.get(..10).unwrap_or(&who.commit);
            format!("{} {commit} {} ({})", who.date, terminal(&who.identity), kind(who.kind))
        }
        None => "before all that is known".to_owned(),
    };
    let lines: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let version = row.version.as_deref().map_or(String::new(), |v| format!("@{v}"));
            let name = terminal(&format!("{}{version}", row.name));
            let (since, introduced) = (cell(&row.version_since), cell(&row.introduced));
            let first = if introduced == since { "the same".to_owned() } else { introduced };
            [name, since, first, terminal(&row.path)]
        })
        .collect();
    let width =
        |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let (one, two, three) = (width(0).max(9), width(1).max(18), width(2).max(20));
    let title = ["component", "this version since", "in any version since"];
    writeln!(out, "{:<one$}  {:<two$}  {:<three$}  file", title[0], title[1], title[2])?;
    for [name, since, first, path] in &lines {
        writeln!(out, "{name:<one$}  {since:<two$}  {first:<three$}  {path}")?;
    }
    writeln!(out, "{} components", lines.len())
}
