//! `lead-review size`: how much there is to read, in which order, and how it could be split.

use leadforge_cli_kit::{Context, Failure, Outcome, Report};
use leadforge_markup::{markdown_table, terminal, terminal_block};
use leadforge_review_rules::size::size;

use crate::outputs;
use crate::states::{States, Which};

/// Flags of `size`.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    which: Which,
    /// Write the guidance for reviewers as Markdown, for the text of a pull request.
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let states = States::open(&args.which, ctx)?;
    let config = states.review.size()?;
    let (measured, finding) = size(&states.change, &config, &states.head, &states.base);
    let findings = finding.iter().map(outputs::finding).collect();
    let report =
        Report::of(findings).with_data(&measured).with_summary("counted", measured.counted);
    if args.markdown {
        ctx.only(&[leadforge_cli_kit::Format::Human])?;
        ctx.document(|out| out.write_all(measured.guide().as_bytes()))?;
        return Ok(report.outcome);
    }
    ctx.emit(&report, |out| {
        writeln!(out, "{}", terminal(&states.title))?;
        let rows: Vec<Vec<String>> = measured
            .classes
            .iter()
            .map(|(class, lines)| {
                vec![
                    class.to_string(),
                    lines.files.to_string(),
                    lines.added.to_string(),
                    lines.removed.to_string(),
                ]
            })
            .collect();
        write!(
            out,
            "\n{}",
            terminal_block(&markdown_table(&["class", "files", "added", "removed"], &rows))
        )?;
        for file in measured.read.iter().take(10) {
            let path = terminal(&file.path.to_string());
            writeln!(out, "{path}  {} +{} -{}", file.class, file.added, file.removed)?;
        }
        if measured.read.len() > 10 {
            writeln!(out, "and {} more", measured.read.len() - 10)?;
        }
        let endings = measured.endings();
        if endings > 0 {
            let lines = outputs::counted(endings, "line");
            writeln!(out, "{lines} changed only how they end, and are not among these")?;
        }
        for (number, part) in measured.split.iter().enumerate() {
            let title = terminal(&part.title);
            writeln!(
                out,
                "part {}: {title}, {}, {}",
                number + 1,
                outputs::counted(part.lines, "line"),
                outputs::counted(part.files.len(), "file")
            )?;
        }
        match &finding {
            Some(finding) => writeln!(out, "\n{}", terminal(&finding.message)),
            None => writeln!(out, "\n{} lines count: not too many", measured.counted),
        }
    })
}
