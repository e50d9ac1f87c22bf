//! `lead-review arch diagram`: the graph of imports as a picture that is held against the code.

use leadforge_cli_kit::{Context, Failure, Finding, Format, Level, Outcome, Report};
use leadforge_markup::{terminal, terminal_block};
use leadforge_review_rules::Looked;
use leadforge_review_rules::arch::{Config, Drawing, Form, Graph, Kind, Language, render};
use serde::Serialize;

use super::drawn::{self, Stand};
use crate::outputs::counted;
use crate::states::State;

/// Flags of `arch diagram`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The commit that is drawn; the files as they lie here unless given.
    #[arg(long, value_name = "REV")]
    head: Option<String>,
    /// Write nothing; a file that is not as the imports are ends with 1.
    #[arg(long)]
    check: bool,
    /// How it is drawn; by the ending of --output unless given: .svg, .mmd or .mermaid.
    #[arg(long, value_name = "FORM")]
    form: Option<Shape>,
    /// The language whose modules are drawn: the one with the most of them unless given.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<Tongue>,
    /// The package that is drawn; unless given, the innermost one that has all modules.
    #[arg(long, value_name = "NAME")]
    within: Option<String>,
    /// How many parts of a name below that package are one group; unless given, as many as can be read.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    depth: Option<u8>,
    /// Leave imports of this kind out. Repeatable.
    #[arg(long, value_name = "KIND")]
    without: Vec<Sort>,
    /// Leave out the files that this glob fits. Repeatable.
    #[arg(long, value_name = "GLOB")]
    except: Vec<String>,
    /// Leave out how many modules and imports there are: the drawing then changes only when a group or an arrow does.
    #[arg(long)]
    plain: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Shape {
    /// A picture of its own, light and dark.
    Svg,
    /// A flowchart for pages that render Mermaid.
    Mermaid,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Tongue {
    /// Python.
    Python,
    /// TypeScript and JavaScript.
    Script,
    /// Rust.
    Rust,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Sort {
    /// Imports that count as soon as a module is loaded.
    Plain,
    /// Imports in functions.
    Lazy,
    /// Imports for types only.
    Types,
    /// Imports in tests only.
    Tests,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::Python => Self::Python,
            Tongue::Script => Self::Script,
            Tongue::Rust => Self::Rust,
        }
    }
}

impl From<Sort> for Kind {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Plain => Self::Plain,
            Sort::Lazy => Self::Lazy,
            Sort::Types => Self::Types,
            Sort::Tests => Self::Tests,
        }
    }
}

/// What a program may want to know.
#[derive(Serialize)]
struct Data<'d> {
    title: &'d str,
    path: Option<String>,
    stand: Option<Stand>,
    written: bool,
    looked: &'d Looked,
}

pub(super) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let path = ctx.common.output.as_deref();
    let form = match (args.form, path) {
        (Some(Shape::Svg), _) => Form::Svg,
        (Some(Shape::Mermaid), _) => Form::Mermaid,
        (None, None) => Form::Svg,
        (None, Some(path)) => drawn::form(path).ok_or_else(|| {
            let message = format!("{} says no form of a drawing", path.display());
            let hint = "end its name with .svg, .mmd or .mermaid, or give --form";
            Failure::usage("usage.form", message).hint(hint)
        })?,
    };
    if args.check && path.is_none() {
        let failure = Failure::usage("usage.check", "--check needs a file to look at");
        return Err(failure.hint("name it with --output"));
    }
    let State { mut files, title, .. } = State::open(args.head.as_deref(), ctx)?;
    let sources = files.below("")?.into_iter().filter(|path| {
        Language::of(path).is_some() || matches!(path.extension(), Some("json" | "toml"))
    });
    let sources: Vec<_> = sources.collect();
    files.keep(&sources)?;
    let failed = |error| Failure::cannot_look("review.arch", error);
    let graph = Graph::read(&files, &Config::default()).map_err(failed)?;
    let languages = graph.languages();
    let language = args.language.map(Language::from).or(languages.first().map(|(l, _)| *l));
    let language = language.ok_or_else(|| {
        Failure::cannot_look(
            "review.arch",
            "there is no Python, TypeScript, JavaScript or Rust here",
        )
    })?;
    let drawing = Drawing {
        language,
        within: args.within.clone(),
        depth: args.depth.map(usize::from),
        without: args.without.iter().map(|sort| Kind::from(*sort)).collect(),
        except: args.except.clone(),
        plain: args.plain,
    };
    let text = drawn::signed(&render(&graph, &drawing, form).map_err(failed)?, form);
    let looked = graph.looked_except(language, &drawing.except).map_err(failed)?;
    for (other, modules) in languages.iter().filter(|(other, _)| *other != language) {
        let modules = counted(*modules, "module");
        let other = format!("{other:?}").to_lowercase();
        ctx.note(&format!("{modules} of {other} are not drawn: --language {other}"));
    }
    let Some(path) = path else {
        ctx.only(&[Format::Human])?;
        ctx.document(|out| out.write_all(text.as_bytes()))?;
        tell(&looked, ctx);
        return Ok(if looked.whole() { Outcome::Clean } else { Outcome::Incomplete });
    };
    let (stand, difference) = drawn::stand(path, &text)?;
    let written = !args.check && matches!(stand, Stand::New | Stand::Old);
    if written {
        drawn::write(path, &text)?;
    }
    let mut report = Report::of(if written { Vec::new() } else { finding(path, stand) });
    if !looked.whole() {
        report.outcome = Outcome::Incomplete;
    }
    let shown = path.display().to_string();
    let data = Data {
        title: &title,
        path: Some(shown.clone()),
        stand: Some(stand),
        written,
        looked: &looked,
    };
    ctx.emit_stdout(&report.with_data(&data), |out| {
        let word = if written { "written" } else { word(stand) };
        writeln!(out, "{word:8} {}", terminal(&shown))?;
        if !written {
            write!(out, "{}", terminal_block(&difference))?;
        }
        super::check::looked(out, &looked, "line")
    })
}

/// What was not read, beside a drawing that is printed.
fn tell(looked: &Looked, ctx: &Context) {
    if let Looked::Partly { missed, .. } = looked {
        for missed in missed {
            ctx.warn(&terminal(&format!("not looked at {}: {}", missed.what, missed.why)));
        }
    }
}

fn word(stand: Stand) -> &'static str {
    match stand {
        Stand::Same => "same",
        Stand::New => "missing",
        Stand::Old => "old",
        Stand::Edited => "edited",
    }
}

fn finding(path: &std::path::Path, stand: Stand) -> Vec<Finding> {
    let (rule, message) = match stand {
        Stand::Same => return Vec::new(),
        Stand::New => ("arch.diagram.missing", "it was never made: run without --check"),
        Stand::Old => ("arch.diagram.old", "the imports are others now: run without --check"),
        Stand::Edited => (
            "arch.diagram.edited",
            "it was edited by hand, or something else wrote it: remove it to have it made",
        ),
    };
    vec![Finding::new(rule, Level::Error, message).at(path.display().to_string(), None)]
}
