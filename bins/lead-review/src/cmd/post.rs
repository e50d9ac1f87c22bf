//! `lead-review post`: a review is said on its pull request.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use leadforge_cli_kit::code_host::{PullRequest, RealTime, Trouble};
use leadforge_cli_kit::{self as kit, Context, Exit, Failure, Format, Outcome};
use leadforge_durable_fs::{RealDisk, read, replace};
use leadforge_markup::terminal;
use leadforge_review_rules::comments::{Action, Limits, Standing, plan, summary};
use leadforge_review_rules::{Written, WrittenError};
use serde_json::json;

use crate::outputs::{self, counted};
use crate::post::{Left, Poster, Told};

/// A larger report is none.
const LARGEST: u64 = 64 << 20;
/// A page of a run of GitHub Actions takes a MiB; a character has up to four bytes.
const PAGE: usize = 250_000;
/// Where the token comes from: nowhere else, so that it stands in no command line.
const TOKENS: [&str; 2] = ["GITHUB_TOKEN", "GH_TOKEN"];

/// Flags of `post`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The report, as `check --head REV --format json` writes it.
    #[arg(long, value_name = "FILE")]
    report: PathBuf,
    /// The pull request; the one that the report names unless given, which asks for --expect-head.
    #[arg(long, value_name = "NUMBER")]
    pr: Option<u64>,
    /// The repository as owner/name; GITHUB_REPOSITORY unless given.
    #[arg(long, value_name = "OWNER/NAME")]
    repo: Option<String>,
    /// The commit that was reviewed, from who can be believed, such as the event that started a workflow. The report must
    /// be of it: it may have been written by a job of the branch itself.
    #[arg(long, value_name = "COMMIT")]
    expect_head: Option<String>,
    /// The address of the REST interface; GITHUB_API_URL, or that of github.com, unless given.
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// How many seconds to wait in all for a host that asks to come back later.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    patience: u64,
    /// Print what would be done; with --offline as if nothing stood there yet.
    #[arg(long)]
    dry_run: bool,
    /// Write the summary, with every finding, to this file, whatever the host says.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json, Format::Github])?;
    let written = written(args)?;
    let note = match args.expect_head {
        Some(_) => "As a job of the branch itself reports it.",
        None => "",
    };
    let limits = Limits { note, ..Limits::default() };
    if let Some(path) = &args.markdown {
        let page = summary(&written.report, 0, &Limits { characters: PAGE, ..limits });
        replace(&RealDisk, path, page.as_bytes())?;
    }
    if args.dry_run && ctx.common.offline {
        let (report, change) = (&written.report, &written.change);
        let actions = plan(report, change, &Standing::default(), &limits, &|_| false);
        return planned(&written, &actions, ctx);
    }
    let number = number(args, &written)?;
    let host = host(args, number, ctx)?;
    let mut poster = Poster::new(host, &written, limits);
    match poster.head() {
        Ok(head) if head == written.head => {}
        Ok(head) => {
            let message = format!(
                "pull request {number} is at {} now, and the report is of {}",
                terminal(&head),
                written.head
            );
            return Err(Failure::refused("post.head", message)
                .hint("nothing was posted; the review of the newer commit will be"));
        }
        Err(trouble) => return tell(&written, number, lost(trouble)?, ctx),
    }
    if args.dry_run {
        return match poster.plan() {
            Ok(actions) => planned(&written, &actions, ctx),
            Err(trouble) => tell(&written, number, lost(trouble)?, ctx),
        };
    }
    tell(&written, number, poster.post(), ctx)
}

/// The report, of which nothing is believed but that it has the shape of one.
fn written(args: &Args) -> Result<Written, Failure> {
    let text = read(&RealDisk, &args.report, LARGEST)?;
    let written = Written::read(&text).map_err(|error| {
        let failure = Failure::usage("post.report", format!("{}: {error}", args.report.display()));
        match error {
            WrittenError::NoCommit => failure.hint("lead-review check --head REV --format json"),
            _ => failure.hint("lead-review check --format json writes one"),
        }
    })?;
    match &args.expect_head {
        Some(head) if *head != written.head => {
            let message = format!("the report is of {}, and {head} was expected", written.head);
            Err(Failure::refused("post.head", message).hint("nothing was posted"))
        }
        _ => Ok(written),
    }
}

fn number(args: &Args, written: &Written) -> Result<u64, Failure> {
    match (args.pr, written.pull_request) {
        (Some(number), _) => Ok(number),
        (None, Some(number)) if args.expect_head.is_some() => Ok(number),
        (None, Some(_)) => {
            let message = "whoever wrote the report chose the pull request that it names";
            Err(Failure::usage("post.number", message)
                .hint("name it with --pr, or the commit that it must be at with --expect-head"))
        }
        (None, None) => Err(Failure::usage("post.number", "which pull request is not said")
            .hint("name it with --pr")),
    }
}

fn host<'c>(args: &Args, number: u64, ctx: &'c Context) -> Result<PullRequest<'c>, Failure> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let repository = args.repo.clone().or_else(|| set("GITHUB_REPOSITORY")).ok_or_else(|| {
        Failure::usage("post.repository", "which repository is not said").hint("--repo owner/name")
    })?;
    let token = TOKENS.into_iter().find_map(set).ok_or_else(|| {
        Failure::usage("post.token", "there is no token to post with")
            .hint(format!("it is read from {}", TOKENS.join(" or ")))
    })?;
    let api = args.api.clone().or_else(|| set("GITHUB_API_URL"));
    let api = api.as_deref().unwrap_or("https://api.github.com");
    let patience = Duration::from_secs(args.patience);
    PullRequest::new(ctx, (api, &repository, number), &token, (Box::new(RealTime), patience))
}

/// Nothing was posted, unless it is our own fault.
fn lost(trouble: Trouble) -> Result<Told, Failure> {
    match trouble {
        Trouble::Here(failure) if failure.exit != Exit::CannotLook => Err(failure),
        other => {
            let left = Left { what: "everything".to_owned(), why: other.why().to_owned() };
            Ok(Told { left: vec![left], ..Told::default() })
        }
    }
}

fn envelope(written: &Written, outcome: Outcome) -> kit::Report {
    let mut report = kit::Report::new(outcome);
    report.findings = written.report.findings.iter().map(outputs::finding).collect();
    report
}

fn planned(written: &Written, actions: &[Action], ctx: &Context) -> Result<Outcome, Failure> {
    let report = envelope(written, Outcome::Clean).with_data(&json!({ "plan": actions }));
    ctx.emit(&report, |out| {
        for action in actions {
            match action {
                Action::Review { comments } => {
                    for comment in comments {
                        let line = comment.line.map(|line| format!(":{line}")).unwrap_or_default();
                        writeln!(out, "comment on {}{line}", terminal(&comment.path.to_string()))?;
                    }
                }
                Action::Update { id, .. } => writeln!(out, "bring comment {id} up to date")?,
                Action::Resolve { id, .. } => writeln!(out, "resolve comment {id}")?,
                Action::Summary { id: Some(id), .. } => writeln!(out, "change the summary {id}")?,
                Action::Summary { id: None, .. } => writeln!(out, "post the summary")?,
            }
        }
        if actions.is_empty() {
            writeln!(out, "nothing to do")?;
        }
        Ok(())
    })
}

fn tell(written: &Written, number: u64, told: Told, ctx: &Context) -> Result<Outcome, Failure> {
    let outcome = if told.left.is_empty() { Outcome::Clean } else { Outcome::Incomplete };
    let data = json!({ "pull_request": number, "head": written.head, "did": told });
    let report = envelope(written, outcome).with_data(&data);
    ctx.emit(&report, |out| human(out, written, &told))
}

fn human(out: &mut dyn Write, written: &Written, told: &Told) -> io::Result<()> {
    writeln!(
        out,
        "{} posted, {} brought up to date, {} resolved, {} only in the summary",
        counted(told.posted, "comment"),
        told.updated,
        told.resolved,
        told.only_in_summary
    )?;
    for left in &told.left {
        writeln!(out, "not done: {}: {}", terminal(&left.what), terminal(&left.why))?;
    }
    if told.left.is_empty() {
        return Ok(());
    }
    // What nobody reads on the pull request is read here.
    writeln!(out)?;
    for finding in &written.report.findings {
        let place = outputs::place(finding);
        let word = outputs::level(finding.level).as_str();
        let (message, rule) = (terminal(&finding.message), terminal(&finding.rule));
        writeln!(out, "{place}{word}: {message} [{rule}]")?;
    }
    Ok(())
}
