//! `lead-review sync`: the rules in every agent's own file, and what people edited there.

use std::path::{Path, PathBuf};

use leadforge_cli_kit::{
    Config, Context, Failure, Finding, Format, Level, Outcome, Report, Repository,
};
use leadforge_durable_fs::{Disk, Kind, RealDisk, RelPath, create_dir_all, read, remove, replace};
use leadforge_markup::{terminal, terminal_block};
use leadforge_review_rules::rules::{Judge, RuleSet};
use leadforge_rulebook::{
    self as rulebook, Item, Planned, Rule, Rulebook, Seen, State, Tool, Tree, TreeError,
};

use super::rules::{self, File};

/// `lead-review sync`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; what is not as the rules say ends with 1.
    #[arg(long)]
    check: bool,
    /// Write for this tool only; several may be given. All whose files are there, and AGENTS.md, otherwise.
    #[arg(long, value_name = "TOOL", value_parser = tool)]
    tool: Vec<Tool>,
    /// The text that is no rule; docs/review/GUIDE.md where there is one.
    #[arg(long, value_name = "FILE")]
    guide: Option<PathBuf>,
    #[command(flatten)]
    file: File,
}

/// A file larger than this is not read.
const LARGEST: u64 = 1 << 20;

fn tool(word: &str) -> Result<Tool, String> {
    serde_json::from_value(word.into()).map_err(|_| {
        let known: Vec<String> = Tool::ALL.iter().map(|tool| name(*tool)).collect();
        format!("expected one of {}", known.join(", "))
    })
}

fn name(tool: Tool) -> String {
    serde_json::to_value(tool)
        .ok()
        .and_then(|word| Some(word.as_str()?.to_owned()))
        .unwrap_or_default()
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    ctx.only(&[Format::Human, Format::Json])?;
    let repository = Repository::here()?;
    let root = repository.base();
    let _: Config = ctx.config(root)?;
    let (source, set) = rules::open(&args.file, ctx)?;
    let disk = Folder { root };
    let book = book(&set, args.guide.as_deref(), root)?;
    let mut config = rulebook::Config { source, ..rulebook::Config::default() };
    config.tools = if args.tool.is_empty() { used(&disk)? } else { args.tool.clone() };
    let mut report = rulebook::sync(&book, &disk, &config).map_err(failed)?;
    let mut written = Vec::new();
    if !args.check {
        for file in &mut report.files {
            if write(file, root)? {
                written.push(file.path.clone());
            }
        }
    }
    let findings = report.files.iter().flat_map(|file| findings(file, &written)).collect();
    let out = Report::of(findings).with_data(&report.files);
    ctx.emit(&out, |out| {
        for file in &report.files {
            let word = if written.contains(&file.path) { "written" } else { word(file.state) };
            let why = if file.why.is_empty() { String::new() } else { format!(": {}", file.why) };
            writeln!(out, "{word:8} {}{}", file.path, terminal(&why))?;
            if matches!(file.state, State::Edited) || args.check {
                write!(out, "{}", terminal_block(&file.diff))?;
            }
            for beyond in &file.beyond {
                let limit = beyond.limit;
                let what = if limit.hard { "reads" } else { "is advised to have" };
                writeln!(
                    out,
                    "         {} {}, and its tool {what} {}: {}",
                    beyond.has, limit.unit, limit.most, limit.source
                )?;
            }
        }
        Ok(())
    })
}

fn word(state: State) -> &'static str {
    match state {
        State::Same => "same",
        State::New => "new",
        State::Old => "old",
        State::Stale => "stale",
        State::Edited => "edited",
        State::Broken => "broken",
        State::Blocked => "blocked",
        State::Covered => "covered",
    }
}

/// What is not as the rules say and was not made so.
fn findings(file: &Planned, written: &[String]) -> Vec<Finding> {
    let line = u32::try_from(file.line).ok().filter(|line| *line > 0);
    let calm = matches!(file.state, State::Same | State::Covered) || written.contains(&file.path);
    let mut findings = Vec::new();
    if !calm {
        let why =
            if file.why.is_empty() { "it does not say what the rules say" } else { &file.why };
        let rule = format!("sync.{}", word(file.state));
        findings.push(Finding::new(&rule, Level::Error, why).at(&*file.path, line));
    }
    findings
}

/// Writes what is planned for a file, and says whether it did.
fn write(file: &Planned, root: &Path) -> Result<bool, Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::refused("sync.path", error);
    let path = RelPath::parse(&file.path).map_err(|error| refused(&error))?;
    if !file.remove && file.bytes.is_none() {
        return Ok(false);
    }
    let path = path.resolve(&RealDisk, root)?;
    if let Some(bytes) = &file.bytes {
        create_dir_all(&RealDisk, path.parent().unwrap_or(root))?;
        replace(&RealDisk, &path, bytes)?;
    } else {
        remove(&RealDisk, &path)?;
    }
    Ok(true)
}

/// The tools whose files are there already, and the one file that most of them read.
fn used(disk: &Folder<'_>) -> Result<Vec<Tool>, Failure> {
    let mut tools = vec![Tool::Agents];
    for tool in Tool::ALL {
        let mut there = disk.look(tool.file()).map_err(looked)? != Seen::Nothing;
        if let Some(folder) = tool.folder() {
            there |= disk.look(folder).map_err(looked)? != Seen::Nothing;
        }
        if there && tool != Tool::Agents {
            tools.push(tool);
        }
    }
    Ok(tools)
}

fn book(set: &RuleSet, guide: Option<&Path>, root: &Path) -> Result<Rulebook, Failure> {
    let given = guide.is_some();
    let guide = guide.map_or_else(|| root.join("docs/review/GUIDE.md"), Path::to_owned);
    let mut items = Vec::new();
    if given || guide.is_file() {
        let shown = guide.strip_prefix(root).unwrap_or(&guide).display().to_string();
        let bytes = read(&RealDisk, &guide, LARGEST)?;
        items = rulebook::import(&shown, &bytes).map_err(failed)?.theirs;
    }
    items.extend(set.rules.iter().map(|rule| {
        let (bad, good) = rule.examples();
        Item::Rule(Rule {
            id: rule.id.clone(),
            title: rule.title.clone(),
            prose: rule.prose.clone(),
            level: match rule.level {
                leadforge_review_rules::Level::Note => rulebook::Level::Note,
                leadforge_review_rules::Level::Warning => rulebook::Level::Warning,
                leadforge_review_rules::Level::Error => rulebook::Level::Error,
            },
            judge: match rule.judge() {
                Judge::Machine => rulebook::Judge::Machine,
                Judge::Ai => rulebook::Judge::Ai,
                Judge::Human => rulebook::Judge::Human,
            },
            language: rule
                .language
                .and_then(|language| {
                    serde_json::to_value(language).ok()?.as_str().map(str::to_owned)
                })
                .unwrap_or_default(),
            paths: rule.paths_given.clone(),
            except: rule.except_given.clone(),
            // One of each says it; the rest proves the check.
            good: good.into_iter().take(1).collect(),
            bad: bad.into_iter().take(1).collect(),
        })
    }));
    Ok(Rulebook { items })
}

fn failed(error: rulebook::Error) -> Failure {
    match error {
        rulebook::Error::Tree(error) => looked(error),
        error => Failure::usage("sync.rules", error),
    }
}

fn looked(error: TreeError) -> Failure {
    Failure::cannot_look("sync.tree", error)
}

/// The working tree below its root.
struct Folder<'r> {
    root: &'r Path,
}

impl Tree for Folder<'_> {
    fn look(&self, path: &str) -> Result<Seen, TreeError> {
        let failed = |reason: String| TreeError { path: path.to_owned(), reason };
        let mut place = self.root.to_owned();
        let mut names = path.split('/').peekable();
        while let Some(name) = names.next() {
            place.push(name);
            let found = match RealDisk.metadata(&place) {
                Ok(found) => found,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    return Ok(Seen::Nothing);
                }
                Err(error) => return Err(failed(error.to_string())),
            };
            match found.kind {
                Kind::Dir if names.peek().is_none() => return Ok(Seen::Folder),
                Kind::Dir => {}
                Kind::File if names.peek().is_some() => return Ok(Seen::Nothing),
                Kind::File if found.len > LARGEST => {
                    let what = format!("it has {} bytes, more than any tool reads", found.len);
                    return Ok(Seen::Other(what));
                }
                Kind::File => {
                    let bytes = read(&RealDisk, &place, LARGEST);
                    return bytes.map(Seen::File).map_err(|error| failed(error.to_string()));
                }
                Kind::Link => {
                    let target = std::fs::read_link(&place).map_err(|e| failed(e.to_string()))?;
                    return Ok(Seen::Link(target.to_string_lossy().into_owned()));
                }
                _ => return Ok(Seen::Other("it is neither a file nor a folder".to_owned())),
            }
        }
        Ok(Seen::Nothing)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, TreeError> {
        if self.look(folder)? != Seen::Folder {
            return Ok(Vec::new());
        }
        let failed = |error: std::io::Error| TreeError {
            path: folder.to_owned(),
            reason: error.to_string(),
        };
        let names = RealDisk.list(&self.root.join(folder)).map_err(failed)?;
        let mut paths: Vec<String> = names
            .into_iter()
            .filter_map(|name| Some(format!("{folder}/{}", name.to_str()?)))
            .collect();
        paths.sort();
        Ok(paths)
    }
}
