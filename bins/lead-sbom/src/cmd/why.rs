//! `lead-sbom why`: which of a project's own dependencies bring a component in.

use leadforge_cli_kit::{Context, Failure, Outcome, Report};
use leadforge_markup::terminal;
use leadforge_sbom::{Config, Inventory, Need, Scope, inventory};
use serde::Serialize;

use crate::{failure, source};

/// Flags of `why`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A package URL, name@version, or a name.
    #[arg(value_name = "COMPONENT")]
    component: String,
    /// A folder, or `git:REV[:FOLDER]`.
    #[arg(default_value = ".", value_name = "SOURCE")]
    source: String,
    /// Leave out files and folders that match. Repeatable.
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Look into programs, too: those of Rust built by cargo auditable, and those of Go. In a folder only.
    #[arg(long)]
    programs: bool,
}

/// A component that was asked for.
#[derive(Serialize)]
struct Answer<'a> {
    purl: &'a str,
    need: Option<Need>,
    /// The shortest way through each direct dependency, the project first.
    ways: Vec<Vec<Step<'a>>>,
    found_at: Vec<String>,
}

/// A member of a way, and on what terms the one before it needs it.
#[derive(Serialize)]
struct Step<'a> {
    reference: &'a str,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terms: Vec<String>,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let tree = source::open(&args.source, &args.exclude, args.programs, ctx.gauge())?;
    let found = inventory(&*tree, &Config::default()).map_err(|e| failure::sbom(&e))?;
    drop(tree);
    let named = found.named(&args.component);
    let answers: Vec<Answer<'_>> = named.iter().map(|index| answer(&found, *index)).collect();
    let outcome = if answers.is_empty() { Outcome::Findings } else { Outcome::Clean };
    ctx.emit(&Report::new(outcome).with_data(&answers), |out| {
        if answers.is_empty() {
            return writeln!(out, "{} is not inside", terminal(&args.component));
        }
        for answer in &answers {
            let need = answer.need.map_or("", |need| match need {
                Need::Required => " (required)",
                Need::Optional => " (optional)",
                Need::Development => " (development)",
            });
            writeln!(out, "{}{need}", terminal(answer.purl))?;
            for way in &answer.ways {
                let steps: Vec<String> = way.iter().map(Step::words).collect();
                writeln!(out, "  {}", terminal(&steps.join(" > ")))?;
            }
            if answer.ways.is_empty() {
                writeln!(out, "  no project of the tree needs it, as far as its files say")?;
            }
            for place in &answer.found_at {
                writeln!(out, "  at {}", terminal(place))?;
            }
        }
        Ok(())
    })
}

impl Step<'_> {
    fn words(&self) -> String {
        match self.terms.is_empty() {
            true => self.name.clone(),
            false => format!("{} [{}]", self.name, self.terms.join(", ")),
        }
    }
}

fn answer(found: &Inventory, index: usize) -> Answer<'_> {
    let component = &found.components[index];
    let way = |way: Vec<usize>| {
        let mut before = None;
        let step = |at: usize| {
            let terms = before.map_or_else(Vec::new, |from| terms(found, from, at));
            before = Some(at);
            let component = &found.components[at];
            let version = component.version.as_deref().map_or(String::new(), |v| format!("@{v}"));
            Step {
                reference: &component.reference,
                name: format!("{}{version}", component.name),
                terms,
            }
        };
        way.into_iter().map(step).collect()
    };
    Answer {
        purl: &component.purl,
        need: component.need,
        ways: found.ways(index).into_iter().map(way).collect(),
        found_at: component.occurrences.iter().map(|o| format!("{}:{}", o.path, o.line)).collect(),
    }
}

/// The terms of the edges between two components; none where one of them holds always.
fn terms(found: &Inventory, from: usize, to: usize) -> Vec<String> {
    let edges = found.edges.iter().filter(|edge| edge.from == from && edge.to == to);
    let mut words = Vec::new();
    for edge in edges {
        let scope = match &edge.scope {
            Scope::Runtime => None,
            Scope::Peer => Some("peer".to_owned()),
            Scope::Optional => Some("optional".to_owned()),
            Scope::Extra(name) => Some(format!("extra {name}")),
            Scope::Dev(name) => Some(format!("dev {name}")),
        };
        match (scope, &edge.marker) {
            (None, None) => return Vec::new(),
            (Some(scope), None) => words.push(scope),
            (None, Some(marker)) => words.push(marker.clone()),
            (Some(scope), Some(marker)) => words.push(format!("{scope}; {marker}")),
        }
    }
    words
}
