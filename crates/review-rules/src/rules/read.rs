//! A rule file read: Markdown whose headings with a name are rules.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::Block;
use super::{RuleError, RuleSet};

/// What one heading with a name holds.
struct Written {
    id: String,
    title: String,
    line: u32,
    level: HeadingLevel,
    /// Where the prose begins and, when the rule is over, ends.
    prose: (usize, usize),
    /// The block's text, and the line of its first line.
    block: Option<(String, u32)>,
    /// Where the block stands in the text, fences included.
    cut: Option<(usize, usize)>,
}

impl RuleSet {
    /// Reads a rule file.
    ///
    /// A heading with a name, `## Title {#id}`, begins a rule. What follows is its prose, in which
    /// one fenced block `toml rule` says how it is checked. Other headings and other blocks are prose.
    /// `path` is for messages.
    ///
    /// # Errors
    /// When a block is not what the format allows, a name stands twice, a rule has no block, a
    /// pattern is none, or the file has no rule at all. Nothing is taken then.
    pub fn read(path: &str, text: &str) -> Result<Self, RuleError> {
        let fail = |line: u32, reason: String| RuleError { path: path.to_owned(), line, reason };
        let mut rules: Vec<super::Rule> = Vec::new();
        for written in split(text).map_err(|(line, reason)| fail(line, reason))? {
            let Some((block, first)) = &written.block else {
                let reason = format!(
                    "the rule {} has no block: expected ```toml rule with its check, or judge = \"human\"",
                    written.id
                );
                return Err(fail(written.line, reason));
            };
            if let Some(before) = rules.iter().find(|rule| rule.id == written.id) {
                let reason =
                    format!("the name {} stands on line {} already", written.id, before.line);
                return Err(fail(written.line, reason));
            }
            let block = Block::parse(block).map_err(|(line, reason)| fail(first + line, reason))?;
            let prose = prose(text, &written);
            let rule = block.rule(written.id, written.title, prose, written.line);
            rules.push(rule.map_err(|reason| fail(*first, reason))?);
        }
        if rules.is_empty() {
            return Err(fail(
                1,
                "no rule: expected headings such as `## No print {#no-print}`".into(),
            ));
        }
        Ok(Self { rules })
    }
}

fn prose(text: &str, written: &Written) -> String {
    let (from, to) = written.prose;
    let whole = match written.cut {
        None => text[from..to].to_owned(),
        Some((start, end)) => {
            format!("{}\n{}", text[from..start].trim_end(), text[end..to].trim_start())
        }
    };
    whole.trim().to_owned()
}

fn split(text: &str) -> Result<Vec<Written>, (u32, String)> {
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut found: Vec<Written> = Vec::new();
    let mut open: Option<Written> = None;
    let mut heading: Option<(Option<String>, String, u32, HeadingLevel)> = None;
    let mut block: Option<(String, u32)> = None;
    let options = Options::ENABLE_HEADING_ATTRIBUTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                // A rule is over at the next heading that is not below it.
                if open.as_ref().is_some_and(|rule| level <= rule.level) || id.is_some() {
                    found.extend(open.take().map(|rule| closed(rule, range.start)));
                }
                let id = id.map(|id| id.to_string());
                heading = Some((id, String::new(), lines.of(range.start), level));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((Some(id), title, line, level)) = heading.take() {
                    if !named(&id) {
                        return Err((
                            line,
                            format!(
                                "the name {id:?}: expected lower-case letters, digits, `-` and `.`"
                            ),
                        ));
                    }
                    let prose = (range.end, range.end);
                    open = Some(Written { id, title, line, level, prose, block: None, cut: None });
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let words: Vec<_> = info.split_whitespace().collect();
                let line = lines.of(range.start);
                if words == ["toml", "rule"] {
                    let Some(rule) = &mut open else {
                        return Err((
                            line,
                            "a rule's block without a heading that names it, `## Title {#id}`"
                                .into(),
                        ));
                    };
                    if rule.block.is_some() {
                        return Err((line, format!("a second block for the rule {}", rule.id)));
                    }
                    rule.cut = Some((range.start, range.end));
                    block = Some((String::new(), line + 1));
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let (Some(block), Some(rule)) = (block.take(), &mut open) {
                    rule.block = Some(block);
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((text, _)) = &mut block {
                    text.push_str(&words);
                } else if let Some((_, title, ..)) = &mut heading {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    found.extend(open.take().map(|rule| closed(rule, text.len())));
    Ok(found)
}

fn closed(mut rule: Written, end: usize) -> Written {
    rule.prose.1 = end;
    rule
}

fn named(id: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    (1..=80).contains(&id.len()) && id.bytes().all(fits)
}

/// Line numbers of ascending offsets.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> u32 {
        if offset > self.at {
            let feeds =
                self.text.as_bytes()[self.at..offset].iter().filter(|&&byte| byte == b'\n').count();
            self.line += u32::try_from(feeds).unwrap_or(u32::MAX);
            self.at = offset;
        }
        self.line
    }
}
