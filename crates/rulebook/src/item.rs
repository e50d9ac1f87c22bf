//! An item as Markdown that a person reads, and back.

use leadforge_markup::markdown_fence;

use crate::check::split;
use crate::lines::Lines;
use crate::{Item, Judge, Level, Rule, Scope, Section};

const RULE: &str = "<!-- rule: ";
const SECTION: &str = "<!-- section: ";
const CLOSE: &str = " -->";
const SCOPED: &str = ", scoped";
const WHEN: &str = "When: ";
const ASKED_FOR: &str = "Only when a person asks for it.";

const LEVELS: [(&str, Level); 3] =
    [("note", Level::Note), ("warning", Level::Warning), ("error", Level::Error)];
const JUDGES: [(&str, Judge); 3] = [
    ("checked by a machine", Judge::Machine),
    ("judged by a model", Judge::Ai),
    ("judged by a person", Judge::Human),
];

/// The Markdown of an item, without a line feed at its end.
pub(crate) fn write(item: &Item) -> String {
    match item {
        Item::Rule(rule) => self::rule(rule),
        Item::Section(section) => self::section(section),
    }
}

fn rule(rule: &Rule) -> String {
    let judge = word(&JUDGES, rule.judge);
    let mut out = format!("{RULE}{}{CLOSE}\n### {}\n\n", rule.id, rule.title);
    out.push_str(&format!("`{}`: {}, {judge}", rule.id, word(&LEVELS, rule.level)));
    if !rule.language.is_empty() {
        out.push_str(&format!(", in {}", rule.language));
    }
    for (what, globs) in [("for", &rule.paths), ("not for", &rule.except)] {
        if !globs.is_empty() {
            out.push_str(&format!("; {what} {}", listed(globs)));
        }
    }
    out.push('.');
    if !rule.prose.is_empty() {
        out.push_str("\n\n");
        out.push_str(&rule.prose);
    }
    for (head, examples) in [("Good:", &rule.good), ("Bad:", &rule.bad)] {
        for example in examples {
            let fence = markdown_fence(example, &rule.language);
            out.push_str(&format!("\n\n{head}\n\n{}", fence.trim_end_matches('\n')));
        }
    }
    out
}

fn section(section: &Section) -> String {
    let (scoped, when) = match &section.scope {
        Scope::Always => ("", String::new()),
        Scope::Paths(globs) => (SCOPED, format!("For {}.", listed(globs))),
        Scope::Asked(when) => (SCOPED, format!("{WHEN}{when}")),
        Scope::Manual => (SCOPED, ASKED_FOR.to_owned()),
    };
    let gap = if when.is_empty() || section.text.is_empty() { "" } else { "\n\n" };
    let text = format!("{when}{gap}{}", section.text);
    let feed = if text.is_empty() { "" } else { "\n" };
    format!("{SECTION}{}{scoped}{CLOSE}{feed}{text}", section.id)
}

fn listed(globs: &[String]) -> String {
    let globs: Vec<String> = globs.iter().map(|glob| format!("`{glob}`")).collect();
    globs.join(", ")
}

/// The globs of `` `a`, `b` ``.
fn unlisted(list: &str) -> Option<Vec<String>> {
    let bare = |glob: &str| Some(glob.strip_prefix('`')?.strip_suffix('`')?.to_owned());
    split(list).into_iter().map(bare).collect()
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], of: T) -> &'static str {
    words.iter().find(|(_, value)| *value == of).expect("every value has its word").0
}

fn value<T: Copy>(words: &[(&'static str, T)], word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// Whether a line begins an item.
pub(crate) fn begins(line: &str) -> bool {
    line.starts_with(RULE) || line.starts_with(SECTION)
}

/// Reads an item from its first line to the last before the next; an error is about a line, from 0.
pub(crate) fn read(text: &str) -> Result<Item, (usize, &'static str)> {
    let (head, body) = text.split_once('\n').unwrap_or((text, ""));
    let head = head.strip_suffix(CLOSE).ok_or((0, "this mark is not closed by -->"))?;
    if let Some(id) = head.strip_prefix(SECTION) {
        return read_section(id, body).map(Item::Section);
    }
    let id = head.strip_prefix(RULE).ok_or((0, "no mark of an item"))?;
    read_rule(id, body).map(Item::Rule)
}

fn read_section(id: &str, body: &str) -> Result<Section, (usize, &'static str)> {
    let Some(id) = id.strip_suffix(SCOPED) else {
        return Ok(Section { id: id.to_owned(), scope: Scope::Always, text: body.to_owned() });
    };
    let (when, text) = body.split_once("\n\n").unwrap_or((body, ""));
    let paths = || when.strip_prefix("For ")?.strip_suffix('.').and_then(unlisted);
    let scope = if let Some(when) = when.strip_prefix(WHEN) {
        Scope::Asked(when.to_owned())
    } else if when == ASKED_FOR {
        Scope::Manual
    } else {
        Scope::Paths(paths().ok_or((1, "expected a line that says when this section holds"))?)
    };
    Ok(Section { id: id.to_owned(), scope, text: text.to_owned() })
}

fn read_rule(id: &str, body: &str) -> Result<Rule, (usize, &'static str)> {
    let title = body.lines().next().and_then(|line| line.strip_prefix("### "));
    let title = title.ok_or((1, "expected the rule's title behind ###"))?;
    let lines = Lines::of(body, 3);
    let about = lines.all.get(2).filter(|_| lines.all[1].is_empty());
    let about = about.and_then(|line| line.strip_suffix('.'));
    let unclear = (3, "expected the rule's line: `name`: level, who checks it; for which files.");
    let mut rule = read_about(id, about.ok_or(unclear)?).ok_or(unclear)?;
    rule.title = title.to_owned();
    // Examples stand last, each behind its word and before nothing else.
    let mut end = lines.all.len();
    let mut good = false;
    for &(first, last) in lines.blocks.iter().rev() {
        let apart =
            first >= 6 && lines.all[first - 1].is_empty() && lines.all[first - 3].is_empty();
        let word = lines.all[first.saturating_sub(2)];
        if last + 1 != end || !apart || !(word == "Good:" || word == "Bad:" && !good) {
            break;
        }
        let info = lines.all[first].trim_start_matches('`');
        if info != rule.language || lines.all[first].starts_with('~') {
            break;
        }
        let text = lines.all[first + 1..last].join("\n");
        good = word == "Good:";
        let examples = if good { &mut rule.good } else { &mut rule.bad };
        examples.push(text);
        end = first - 3;
    }
    rule.good.reverse();
    rule.bad.reverse();
    rule.prose = match lines.all.get(3..end) {
        Some(["", prose @ ..]) => prose.join("\n"),
        _ => String::new(),
    };
    Ok(rule)
}

fn read_about(id: &str, about: &str) -> Option<Rule> {
    let about = about.strip_prefix('`')?.strip_prefix(id)?.strip_prefix("`: ")?;
    let mut rule = Rule { id: id.to_owned(), ..Rule::default() };
    let (head, globs) = about.split_once("; ").unwrap_or((about, ""));
    let mut words = head.split(", ");
    rule.level = value(&LEVELS, words.next()?)?;
    rule.judge = value(&JUDGES, words.next()?)?;
    if let Some(language) = words.next() {
        rule.language = language.strip_prefix("in ")?.to_owned();
    }
    if !globs.is_empty() {
        let (paths, except) = match globs.split_once("; not for ") {
            Some((paths, except)) => (paths, except),
            None => globs.strip_prefix("not for ").map_or((globs, ""), |except| ("", except)),
        };
        if !paths.is_empty() {
            rule.paths = unlisted(paths.strip_prefix("for ")?)?;
        }
        if !except.is_empty() {
            rule.except = unlisted(except)?;
        }
    }
    Some(rule)
}
