//! `lead-review rules`: the written rules listed, explained and tested.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{
    CONFIG_FILE, Config, Context, Failure, Finding, Format, Level, Outcome, Report, Repository,
};
use leadforge_durable_fs::{RealDisk, read};
use leadforge_markup::{terminal, terminal_block};
use leadforge_review_rules::rules::{Judge, RuleSet};
use serde::Serialize;

use crate::outputs;
use crate::policy::Review;

/// What can be done with rules.
#[derive(clap::Subcommand)]
pub(crate) enum Rules {
    /// List the rules, and who can tell whether each is kept.
    List(File),
    /// Show one rule.
    Explain {
        /// The rule's name.
        id: String,
        #[command(flatten)]
        file: File,
    },
    /// Run every rule's examples.
    Test(File),
    /// Turn criteria written as prose into a ledger that says who judges each: a rule, a model or a person.
    ///
    /// What people have decided stays; what is new, changed or gone is told and marked.
    Import(super::import::Args),
}

/// Which rules.
#[derive(clap::Args)]
pub(crate) struct File {
    /// The file of the rules as it lies here; that of leadforge.toml or docs/review/RULES.md unless given.
    #[arg(long, value_name = "FILE", conflicts_with = "builtin")]
    rules: Option<PathBuf>,
    /// The built-in rules.
    #[arg(long)]
    builtin: bool,
}

/// A rule as a program may want it.
#[derive(Serialize)]
struct Told<'r> {
    id: &'r str,
    title: &'r str,
    level: leadforge_review_rules::Level,
    judge: Judge,
    line: u32,
    prose: &'r str,
}

/// A file of rules larger than this is not read.
const LARGEST: u64 = 8 << 20;

pub(crate) fn run(what: &Rules, ctx: &Context) -> Result<Outcome, Failure> {
    match what {
        Rules::Import(args) => super::import::run(args, ctx),
        Rules::List(file) => list(&open(file, ctx)?.1, ctx),
        Rules::Explain { id, file } => explain(id, &open(file, ctx)?.1, ctx),
        Rules::Test(file) => {
            let (name, set) = open(file, ctx)?;
            test(&name, &set, ctx)
        }
    }
}

pub(super) fn open(file: &File, ctx: &Context) -> Result<(String, RuleSet), Failure> {
    if file.builtin {
        return Ok(("builtin rules".to_owned(), RuleSet::builtin()));
    }
    let (path, shown) = match &file.rules {
        Some(path) => (path.clone(), path.display().to_string()),
        None => {
            let repository = Repository::here()?;
            let config: Config = ctx.config(repository.base())?;
            let review: Review = config.load_table("review")?;
            (repository.base().join(review.rules()), review.rules().to_owned())
        }
    };
    Ok((shown.clone(), read_at(&path, &shown)?))
}

/// The rules of a file that the command line names.
pub(crate) fn rules_at(path: &Path) -> Result<(String, RuleSet), Failure> {
    let shown = path.display().to_string();
    Ok((shown.clone(), read_at(path, &shown)?))
}

fn read_at(path: &Path, shown: &str) -> Result<RuleSet, Failure> {
    if !path.is_file() {
        let message = format!("{shown} is not there");
        let hint =
            format!("write it, name it in [review] rules of {CONFIG_FILE}, or look at --builtin");
        return Err(Failure::cannot_look("review.rules", message).hint(hint));
    }
    let bytes = read(&RealDisk, path, LARGEST)?;
    let text = str::from_utf8(&bytes)
        .map_err(|_| Failure::usage("review.rules", format!("{shown} is not text in UTF-8")))?;
    RuleSet::read(shown, text).map_err(|error| Failure::usage("review.rules", error))
}

fn told(set: &RuleSet) -> Vec<Told<'_>> {
    let told = set.rules.iter().map(|rule| Told {
        id: &rule.id,
        title: &rule.title,
        level: rule.level,
        judge: rule.judge(),
        line: rule.line,
        prose: &rule.prose,
    });
    told.collect()
}

fn list(set: &RuleSet, ctx: &Context) -> Result<Outcome, Failure> {
    let told = told(set);
    let report = Report::new(Outcome::Clean).with_data(&told).with_summary("rules", told.len());
    ctx.only(&[Format::Human, Format::Json])?;
    ctx.emit(&report, |out| {
        let width = told.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
        for rule in &told {
            let judge = serde_json::to_value(rule.judge).expect("a word");
            let (judge, level) =
                (judge.as_str().unwrap_or_default(), outputs::level(rule.level).as_str());
            writeln!(out, "{:width$}  {judge:8} {level:8} {}", rule.id, terminal(rule.title))?;
        }
        let machine = told.iter().filter(|rule| rule.judge == Judge::Machine).count();
        writeln!(out, "{} rules, {machine} of them checked by a machine", told.len())
    })
}

fn explain(id: &str, set: &RuleSet, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let told = told(set);
    let Some(rule) = told.iter().find(|rule| rule.id == id) else {
        let failure = Failure::usage("review.rule", format!("there is no rule {id:?}"));
        let near = leadforge_cli_kit::nearest(id, set.ids());
        return Err(match near {
            Some(near) => failure.hint(format!("is {near} meant?")),
            None => failure.hint("lead-review rules list shows all"),
        });
    };
    let report = Report::new(Outcome::Clean).with_data(rule);
    ctx.emit(&report, |out| {
        let level = outputs::level(rule.level).as_str();
        writeln!(
            out,
            "{} ({level})\n{}\n\n{}",
            rule.id,
            terminal(rule.title),
            terminal_block(rule.prose)
        )
    })
}

fn test(name: &str, set: &RuleSet, ctx: &Context) -> Result<Outcome, Failure> {
    let broken = set.test();
    let findings = broken.iter().map(|broken| {
        let message = format!("{}: {}", broken.rule, broken.reason);
        Finding::new("rules.example", Level::Error, message).at(name, Some(broken.line))
    });
    let report = Report::of(findings.collect()).with_summary("examples", set.examples());
    ctx.emit(&report, |out| {
        for broken in &broken {
            writeln!(
                out,
                "{}:{}: {}: {}",
                terminal(name),
                broken.line,
                broken.rule,
                terminal(&broken.reason)
            )?;
        }
        let (rules, examples) = (set.rules.len(), set.examples());
        writeln!(out, "{rules} rules, {examples} examples, {} not as their rule says", broken.len())
    })
}
