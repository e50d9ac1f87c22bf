//! `lead-queue graph`: which task waits for which, as a picture in text or as data.

use clap::ValueEnum;
use leadforge_cli_kit::{Context, Failure, Format, Outcome, Report};
use leadforge_markup::terminal_block;
use leadforge_task_queue::{Drawing, draw};

use crate::place::Place;

/// Flags of `graph`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How it is drawn.
    #[arg(long = "as", value_enum, value_name = "KIND", default_value_t)]
    kind: Kind,
}

/// What the drawing is for.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Kind {
    /// One line for each task.
    #[default]
    Text,
    /// Graphviz.
    Dot,
    /// A Mermaid block in Markdown.
    Mermaid,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let queue = Place::here()?.queue()?;
    let order = queue.order();
    let tasks: Vec<_> = order
        .iter()
        .filter_map(|id| queue.get(id))
        .map(|task| {
            serde_json::json!({
                "id": task.id, "title": task.title, "priority": task.priority,
                "after": task.after, "waits_for": queue.blockers(&task.id),
            })
        })
        .collect();
    let done: Vec<_> = queue.completed().map(|task| &task.id).collect();
    let report = Report::new(Outcome::Clean)
        .with_summary("pending", tasks.len())
        .with_summary("completed", done.len())
        .with_data(&serde_json::json!({"tasks": tasks, "completed": done}));
    let drawing = match args.kind {
        Kind::Text => Drawing::Text,
        Kind::Dot => Drawing::Dot,
        Kind::Mermaid => Drawing::Mermaid,
    };
    ctx.emit(&report, |out| {
        let text = draw(&queue, drawing);
        if text.is_empty() {
            return writeln!(out, "the queue is empty");
        }
        out.write_all(terminal_block(&text).as_bytes())
    })
}
