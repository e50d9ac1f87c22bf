//! What would have to be written so that every tool reads the same rules, and what a person wrote there.

use serde::Serialize;

use crate::check::unclosed;
use crate::layout::{self, Draft};
use crate::lines::Lines;
use crate::{Error, Limit, Rulebook, Seen, Shape, Tool, Tree, block, diff, front};

/// Which tools are written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The tools.
    pub tools: Vec<Tool>,
    /// The file that people change instead of ours; it is named in each.
    pub source: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { tools: Tool::ALL.to_vec(), source: "docs/review/RULES.md".to_owned() }
    }
}

/// How a file stands to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It says what the rules say.
    Same,
    /// It is not there, or holds nothing of ours yet.
    New,
    /// It says what the rules once said.
    Old,
    /// No rule stands in it any more.
    Stale,
    /// Somebody edited our part: it is never overwritten.
    Edited,
    /// The marks around our part are broken: it is never overwritten.
    Broken,
    /// Something else is in its place: it is never overwritten.
    Blocked,
    /// Its tool reads our part in another file.
    Covered,
}

/// A file and what is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Where it stands.
    pub path: String,
    /// Who reads it.
    pub tool: Tool,
    /// How it stands to the rules.
    pub state: State,
    /// Why, in one line; empty where the state says it all. It may hold names from the repository.
    pub why: String,
    /// The line at fault, from 1; 0 where there is none.
    pub line: usize,
    /// From what is there to what the rules say, as a unified diff. It holds text of the file.
    pub diff: String,
    /// What to write; nothing where nothing may or need be written.
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
    /// Whether the file is to be removed.
    pub remove: bool,
    /// Limits of the tool that the file is beyond.
    pub beyond: Vec<Beyond>,
}

/// A limit that a file is beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Beyond {
    /// The limit.
    pub limit: Limit,
    /// How much the file has.
    pub has: usize,
}

/// What [`sync`] found; writing it is the caller's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Every file that is or was ours, by tool.
    pub files: Vec<Planned>,
}

impl Report {
    /// Whether every file says what the rules say: what `sync --check` asks.
    #[must_use]
    pub fn clean(&self) -> bool {
        self.files.iter().all(|file| matches!(file.state, State::Same | State::Covered))
    }

    /// The files that stay as they are although the rules say something else.
    pub fn kept(&self) -> impl Iterator<Item = &Planned> {
        let kept =
            |file: &&Planned| matches!(file.state, State::Edited | State::Broken | State::Blocked);
        self.files.iter().filter(kept)
    }
}

/// Plans the files of all tools; nothing is written.
///
/// # Errors
/// What [`Rulebook::check`] refuses, and a tree that cannot be looked at.
pub fn sync(book: &Rulebook, tree: &dyn Tree, config: &Config) -> Result<Report, Error> {
    let book = book.clone().arranged();
    book.check()?;
    let mut tools = config.tools.clone();
    tools.sort_unstable();
    tools.dedup();
    let mut all: Vec<(Tool, Vec<Draft>)> = Vec::new();
    for tool in tools {
        // Before Cline read a folder it read a file of the same name.
        let single = tool == Tool::Cline && matches!(tree.look(".clinerules")?, Seen::File(_));
        all.push((tool, layout::drafts(&book, tool, &config.source, single)?));
    }
    let paths: Vec<String> =
        all.iter().flat_map(|(_, drafts)| drafts).map(|draft| draft.path.clone()).collect();
    let mut report = Report::default();
    for (tool, drafts) in &all {
        for draft in drafts {
            report.files.push(plan(draft, tree, &paths)?);
        }
        let mut others = vec![tool.file().to_owned()];
        if let Some(folder) = tool.folder() {
            others.extend(tree.list(folder)?.into_iter().filter(|path| layout::ours(*tool, path)));
        }
        others.sort();
        others.dedup();
        for path in others.iter().filter(|path| !paths.contains(path)) {
            report.files.extend(stale(path, *tool, tree)?);
        }
    }
    Ok(report)
}

impl Planned {
    fn new(path: &str, tool: Tool, state: State) -> Self {
        Self {
            path: path.to_owned(),
            tool,
            state,
            why: String::new(),
            line: 0,
            diff: String::new(),
            bytes: None,
            remove: false,
            beyond: Vec::new(),
        }
    }

    fn because(mut self, line: usize, why: impl Into<String>) -> Self {
        (self.line, self.why) = (line, why.into());
        self
    }

    /// What the file should say, with how it is written; `write` where that may happen.
    fn wants(mut self, shape: Shape, now: &str, then: &str, write: bool) -> Self {
        if now != then {
            self.diff = diff::unified(&self.path, now, then);
        }
        for &limit in self.tool.limits() {
            let has = limit.count(then);
            if has > limit.most {
                self.beyond.push(Beyond { limit, has });
            }
        }
        self.bytes = write.then(|| shape.write(then));
        self
    }
}

fn plan(draft: &Draft, tree: &dyn Tree, paths: &[String]) -> Result<Planned, Error> {
    let planned = |state| Planned::new(&draft.path, draft.tool, state);
    // Where the tools once read one file, no folder can be made.
    for (at, _) in draft.path.match_indices('/') {
        let folder = &draft.path[..at];
        if matches!(tree.look(folder)?, Seen::File(_) | Seen::Other(_)) {
            let why = format!(
                "{folder} is a file, where a folder is needed: move its text and remove it"
            );
            return Ok(planned(State::Blocked).because(0, why));
        }
    }
    Ok(match tree.look(&draft.path)? {
        Seen::Nothing => planned(State::New).wants(Shape::default(), "", &draft.text(), true),
        Seen::File(bytes) => compare(draft, &bytes, paths)?,
        Seen::Link(target) => match followed(&draft.path, &target, tree, paths)? {
            Some(path) => planned(State::Covered).because(0, format!("it is a link to {path}")),
            None => planned(State::Blocked).because(
                0,
                format!("it is or stands behind a link to {target}, which is not followed: let it point to a file that is written, or remove it"),
            ),
        },
        Seen::Folder => planned(State::Blocked).because(0, "it is a folder"),
        Seen::Other(what) => planned(State::Blocked).because(0, what),
    })
}

/// What is to be done about a file that is there.
fn compare(draft: &Draft, bytes: &[u8], paths: &[String]) -> Result<Planned, Error> {
    let planned = |state| Planned::new(&draft.path, draft.tool, state);
    let (shape, text) = match Shape::read(&draft.path, bytes) {
        Ok(read) => read,
        Err(Error::File { line, why, .. }) => return Ok(planned(State::Blocked).because(line, why)),
        Err(error) => return Err(error),
    };
    let alone = !draft.front.is_empty()
        || Tool::folder(draft.tool)
            .is_some_and(|folder| draft.path.starts_with(&format!("{folder}/")));
    let (matter, body) = front::cut(&text).filter(|_| alone).unwrap_or(("", &text));
    let above = matter.matches('\n').count();
    let found = match block::find(body) {
        Ok(found) => found,
        Err((line, why)) => return Ok(planned(State::Broken).because(above + line, why)),
    };
    // Rules in an open block of code or comment would be there and would not be read.
    let before = &body[..found.as_ref().map_or(body.len(), |found| found.start)];
    if let Some((line, why)) = unclosed(before) {
        return Ok(planned(State::Blocked).because(above + line, why));
    }
    let Some(found) = found else {
        if text.trim_ascii().is_empty() {
            return Ok(planned(State::New).wants(shape, &text, &draft.text(), true));
        }
        if alone {
            let why = "a file of this name is there and is not ours: rename it";
            return Ok(planned(State::Blocked).because(1, why));
        }
        if let Some(line) = imports(draft.tool, &text)
            .filter(|_| paths.iter().any(|path| path == Tool::Agents.file()))
        {
            return Ok(planned(State::Covered).because(line, "it imports AGENTS.md"));
        }
        let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
        let block = block::write(&draft.front, &draft.content);
        // One file keeps one kind of line end, unless it had two.
        let then = format!("{text}{gap}{block}");
        return Ok(planned(State::New)
            .because(0, "what is there stays; the rules go below it")
            .wants(shape, &text, &then, true));
    };
    let wanted = block::digest(&draft.front, &draft.content);
    let mut block = block::marked(&wanted, &draft.content);
    if !found.feed {
        block.pop();
    }
    if found.crlf {
        block = block.replace('\n', "\r\n");
    }
    let then = format!("{}{}{block}{}", draft.front, &body[..found.start], &body[found.end..]);
    let same = matter == draft.front && found.content == draft.content;
    let untouched = if same {
        wanted == found.digest
    } else {
        found.digest == block::digest(matter, &found.content)
    };
    if same {
        let state = if untouched { State::Same } else { State::Old };
        let planned = planned(state).wants(shape, &text, &then, !untouched);
        return Ok(if untouched {
            planned
        } else {
            planned.because(0, "it was edited to what the rules now say; its mark is renewed")
        });
    }
    if untouched {
        return Ok(planned(State::Old).wants(shape, &text, &then, true));
    }
    let why = if found.digest == wanted {
        "it was edited since it was written, and is not overwritten: take the edit into the source, or undo it"
    } else {
        "it was edited since it was written, and the rules changed too; it is not overwritten: take the edit into the source, or undo it"
    };
    let line = 1 + above + body[..found.start].matches('\n').count();
    Ok(planned(State::Edited).because(line, why).wants(shape, &text, &then, false))
}

/// The planned file at the end of a link, when there is one.
fn followed(
    path: &str,
    target: &str,
    tree: &dyn Tree,
    paths: &[String],
) -> Result<Option<String>, Error> {
    let (mut path, mut target) = (path.to_owned(), target.to_owned());
    for _ in 0..8 {
        let mut names: Vec<&str> = path.split('/').collect();
        names.pop();
        if target.starts_with('/') {
            return Ok(None);
        }
        for name in target.split('/') {
            match name {
                "" | "." => {}
                ".." if names.is_empty() => return Ok(None),
                ".." => {
                    names.pop();
                }
                name => names.push(name),
            }
        }
        path = names.join("/");
        if !paths.contains(&path) {
            return Ok(None);
        }
        match tree.look(&path)? {
            Seen::Link(next) => target = next,
            Seen::Nothing | Seen::File(_) => return Ok(Some(path)),
            Seen::Folder | Seen::Other(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// The line by which a file pulls in `AGENTS.md`, from 1.
fn imports(tool: Tool, text: &str) -> Option<usize> {
    if !matches!(tool, Tool::Claude | Tool::Gemini) {
        return None;
    }
    let lines = Lines::of(text, 3);
    let pulls = |at: &usize| {
        !lines.is_code(*at) && matches!(lines.all[*at].trim_ascii(), "@AGENTS.md" | "@./AGENTS.md")
    };
    (0..lines.all.len()).find(pulls).map(|at| at + 1)
}

/// A file that no rule stands in any more.
fn stale(path: &str, tool: Tool, tree: &dyn Tree) -> Result<Option<Planned>, Error> {
    let Seen::File(bytes) = tree.look(path)? else { return Ok(None) };
    let Ok((shape, text)) = Shape::read(path, &bytes) else { return Ok(None) };
    let alone = tool.folder().is_some_and(|folder| path.starts_with(&format!("{folder}/")));
    let (matter, body) = front::cut(&text).filter(|_| alone).unwrap_or(("", &text));
    let found = match block::find(body) {
        Ok(None) => return Ok(None),
        Ok(Some(found)) => found,
        Err((line, why)) => {
            let line = line + matter.matches('\n').count();
            return Ok(Some(Planned::new(path, tool, State::Broken).because(line, why)));
        }
    };
    let (before, after) = (&body[..found.start], &body[found.end..]);
    let rest = format!("{before}{after}");
    let bare = rest.trim_ascii().is_empty();
    let then = if bare { String::new() } else { rest };
    if found.digest != block::digest(matter, &found.content) {
        let why = "no rule stands here any more, and it was edited since it was written: remove it, or take the edit into the source";
        let planned = Planned::new(path, tool, State::Edited).because(1, why);
        return Ok(Some(planned.wants(shape, &text, &then, false)));
    }
    let why = if bare {
        "no rule stands here any more"
    } else {
        "no rule stands here any more; what people wrote stays"
    };
    let mut planned =
        Planned::new(path, tool, State::Stale).because(0, why).wants(shape, &text, &then, !bare);
    planned.remove = bare;
    Ok(Some(planned))
}
