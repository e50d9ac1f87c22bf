//! A rule about the structure of code, in the words of ast-grep.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use ast_grep_config::{DeserializeEnv, RuleCore, SerializableRule, SerializableRuleCore};
use ast_grep_core::replacer::TemplateFix;
use ast_grep_core::tree_sitter::{LanguageExt, StrDoc};
use ast_grep_core::{AstGrep, NodeMatch};
use ast_grep_language::SupportLang;

use super::Language;

/// A parsed file.
pub(super) type Parsed = AstGrep<StrDoc<SupportLang>>;

/// What to find, and what to put in its place.
pub(super) struct CodeRule {
    pub(super) language: Language,
    /// One for the language and one for each that it covers, because kinds are numbered anew in each.
    matchers: Vec<(Language, RuleCore)>,
    fix: Option<String>,
    longer_than: u32,
}

impl fmt::Debug for CodeRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CodeRule({:?})", self.language)
    }
}

/// One place that matches.
pub(super) struct Match {
    pub(super) lines: RangeInclusive<u32>,
    pub(super) text: String,
    /// The first line as it is written, without what stands around it; a name where length counts.
    pub(super) first: String,
    /// Whole lines to put in the place of those that it stands on.
    pub(super) fix: Option<String>,
}

impl CodeRule {
    pub(super) fn new(
        language: Language,
        rule: SerializableRule,
        conditions: Option<BTreeMap<String, SerializableRule>>,
        fix: Option<String>,
    ) -> Result<Self, String> {
        let constraints = conditions.map(|conditions| conditions.into_iter().collect());
        let core = SerializableRuleCore { rule, constraints, utils: None, transform: None };
        let mut matchers = Vec::new();
        for covered in [Language::Python, Language::Rust, Language::TypeScript, Language::Tsx]
            .into_iter()
            .chain([Language::JavaScript, Language::Go, Language::Java])
            .filter(|&other| language.covers(other))
        {
            let matcher = core.get_matcher(DeserializeEnv::new(covered.grammar()));
            matchers.push((covered, matcher.map_err(|error| format!("match: {}", chain(&error)))?));
        }
        if let Some(fix) = &fix {
            TemplateFix::try_new(fix, &language.grammar())
                .map_err(|error| format!("fix: {error}"))?;
        }
        Ok(Self { language, matchers, fix, longer_than: 0 })
    }

    /// The same, of which only matches with more lines count.
    pub(super) fn longer_than(self, lines: Option<u32>) -> Self {
        Self { longer_than: lines.unwrap_or(0), ..self }
    }

    /// Whether it is about how long something is.
    pub(super) fn about_length(&self) -> bool {
        self.longer_than > 0
    }

    /// All places in a file, in their order.
    pub(super) fn find(&self, language: Language, parsed: &Parsed) -> Vec<Match> {
        let Some((_, matcher)) = self.matchers.iter().find(|(covered, _)| *covered == language)
        else {
            return Vec::new();
        };
        let root = parsed.root();
        root.find_all(matcher)
            .map(|node| self.matched(&node, language, parsed, matcher))
            .filter(|found| found.lines.end() - found.lines.start() >= self.longer_than)
            .collect()
    }

    fn matched(
        &self,
        node: &NodeMatch<'_, StrDoc<SupportLang>>,
        language: Language,
        parsed: &Parsed,
        matcher: &RuleCore,
    ) -> Match {
        let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX - 1) + 1;
        let end = node.end_pos();
        // What ends with a line feed ends on the line before.
        let last = if end.byte_point().1 == 0 { end.line().max(1) - 1 } else { end.line() };
        let lines = line(node.start_pos().line())..=line(last.max(node.start_pos().line()));
        let text = node.text().into_owned();
        let named = node.field("name").filter(|_| self.about_length());
        let first = match named {
            Some(name) => name.text().into_owned(),
            None => text.lines().next().unwrap_or_default().trim().to_owned(),
        };
        let fix = self.fix.as_ref().and_then(|fix| {
            let fix = TemplateFix::try_new(fix, &language.grammar()).ok()?;
            let edit = node.make_edit(matcher, &fix);
            let source = parsed.source();
            let start = source[..edit.position].rfind('\n').map_or(0, |at| at + 1);
            let end = edit.position + edit.deleted_length;
            let rest = source[end..].find('\n').map_or(source.len(), |at| end + at);
            let new = String::from_utf8(edit.inserted_text).ok()?;
            Some(format!("{}{new}{}", &source[start..edit.position], &source[end..rest]))
        });
        Match { lines, text, first, fix }
    }
}

/// Parses a file.
pub(super) fn parse(language: Language, text: &str) -> Parsed {
    language.grammar().ast_grep(text)
}

/// The lines on which a docstring of Python begins, ascending.
pub(crate) fn docstrings(source: &str) -> Vec<u32> {
    let parsed = parse(Language::Python, source);
    let root = parsed.root();
    let mut lines = Vec::new();
    for block in root.dfs().filter(|node| matches!(&*node.kind(), "module" | "block")) {
        let statement = block.children().find(|child| child.kind() != "comment");
        let text = statement.filter(|first| first.kind() == "expression_statement");
        let Some(text) = text.and_then(|statement| statement.child(0)) else { continue };
        if matches!(&*text.kind(), "string" | "concatenated_string") {
            lines.push(u32::try_from(text.start_pos().line()).unwrap_or(u32::MAX - 1) + 1);
        }
    }
    lines.sort_unstable();
    lines
}

/// The lines at which the parser gave up, ascending.
pub(super) fn unparsed(parsed: &Parsed) -> Vec<RangeInclusive<u32>> {
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX - 1) + 1;
    let root = parsed.root();
    if !root.get_inner_node().has_error() {
        return Vec::new();
    }
    root.dfs()
        .filter(|node| node.is_error() || node.is_missing())
        .map(|node| line(node.start_pos().line())..=line(node.end_pos().line()))
        .collect()
}

/// An error with what caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        told = format!("{told}: {error}");
        source = error.source();
    }
    told.replace('\n', " ")
}
