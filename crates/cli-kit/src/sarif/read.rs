//! Reading SARIF: lenient where tools differ, capped, and never a part of it without saying so.

use super::places::Place;
use super::raw;
use crate::{Failure, Level};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a log says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Each run of a tool.
    pub runs: Vec<Run>,
}

/// What a tool found in one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The name of the tool.
    pub tool: String,
    /// Its version, if it tells.
    pub version: String,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// What it found: without what it says that it did not find, or finds no more.
    pub hits: Vec<Hit>,
    /// Why this is not all; empty when nothing says so.
    pub gaps: Vec<String>,
}

/// What a tool looks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// Its identifier.
    pub id: String,
    /// Its name, a word for people; Trivy puts the kind of a finding there.
    pub name: String,
    /// Earlier identifiers of it; osv-scanner puts aliases there.
    pub former: Vec<String>,
    /// What it is about, in one line.
    pub title: String,
    /// What it is about.
    pub text: String,
    /// What to do about it.
    pub help: String,
    /// Where more is written.
    pub url: String,
    /// What tools say of it beside the format.
    pub properties: Map<String, Value>,
}

/// One thing that a tool found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// The identifier of the rule; may be empty.
    pub rule: String,
    /// The rule among those of the run, if it is there.
    pub known: Option<usize>,
    /// How bad it is; nothing when the tool says `none`.
    pub level: Option<Level>,
    /// What it says.
    pub message: String,
    /// Where.
    pub places: Vec<Place>,
    /// Why the tool itself wants it passed over, if it does.
    pub suppressed: Option<String>,
    /// What stays the same while the finding does, by the name of how it is made.
    pub fingerprints: BTreeMap<String, String>,
    /// What tools say of it beside the format.
    pub properties: Map<String, Value>,
}

impl Run {
    /// The rule of a hit, if the log describes it.
    #[must_use]
    pub fn rule(&self, hit: &Hit) -> Option<&Rule> {
        self.rules.get(hit.known?)
    }
}

/// So many gaps of a run are named; the rest are counted.
const NAMED: usize = 20;

/// Reads a log. `root` is the folder that paths are below, absolute, or empty when it is not known.
///
/// Members that the reader does not know, or that are of another kind than the format says, are passed over; a result
/// that cannot be understood is a gap of its run, and so is a run that did not end well or brings no results at all.
///
/// # Errors
/// Exit 2 when it is no SARIF 2, with the line, or when a list of it is longer than 100,000.
pub fn read(name: &str, bytes: &[u8], root: &str) -> Result<Log, Failure> {
    let wrong = |reason: String| Failure::usage("sarif.unreadable", format!("{name}{reason}"));
    let text = text(bytes).ok_or_else(|| wrong(": is no UTF-8 or UTF-16 text".to_owned()))?;
    let log: raw::Log<'_> = serde_json::from_str(&text).map_err(|error| {
        wrong(format!(":{}: is no SARIF: {}", error.line(), raw::reason(&error)))
    })?;
    // 2.0.0 has the same skeleton; 1.0.0 is another format. Some tools forget the version.
    if !log.version.is_empty() && !log.version.starts_with("2.") {
        return Err(wrong(format!(": is SARIF {}, and 2.1.0 is read", log.version)));
    }
    let mut runs = Vec::new();
    for raw in &log.runs.0 {
        let parts: raw::Run<'_> =
            raw::object(raw).map_err(|reason| wrong(format!(": a run is none: {reason}")))?;
        runs.push(run(&parts, root));
    }
    Ok(Log { runs })
}

/// The text of a file, in UTF-8 or, as PowerShell writes it, in UTF-16 behind a mark.
fn text(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    let wide = |bytes: &[u8], order: fn([u8; 2]) -> u16| {
        let (units, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| order(*unit)).collect();
        if rest.is_empty() { String::from_utf16(&units).ok() } else { None }
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(wide(rest, u16::from_le_bytes)?.into()),
        [0xfe, 0xff, rest @ ..] => Some(wide(rest, u16::from_be_bytes)?.into()),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes).ok().map(Into::into)
        }
    }
}

fn run(parts: &raw::Run<'_>, root: &str) -> Run {
    let driver = &parts.tool.driver;
    let version =
        if driver.version.is_empty() { &driver.semantic_version } else { &driver.version };
    let rules = Rules::of(&parts.tool);
    let mut gaps = Gaps::default();
    if parts.results.is_none() {
        gaps.add("it brings no list of results: the tool did not get to looking".to_owned());
    }
    if !parts.external_property_file_references.results.is_empty() {
        gaps.add("its results lie in another file".to_owned());
    }
    for invocation in &parts.invocations {
        if invocation.execution_successful == Some(false) {
            let mut said = invocation.tool_execution_notifications.iter();
            let said = said.find(|one| one.level == "error" && !one.message.text.is_empty());
            let said = said.map_or(String::new(), |one| format!(": {}", line(&one.message.text)));
            gaps.add(format!("the tool says that it did not succeed{said}"));
        }
    }
    let nameless = rules.list.iter().filter(|rule| rule.id.is_empty()).count();
    if nameless > 0 {
        gaps.add(format!("{nameless} of its rules could not be understood"));
    }
    let mut hits = Vec::new();
    let results = parts.results.as_ref().map_or(&[][..], |members| &members.0);
    for (place, raw) in results.iter().enumerate() {
        let hit: raw::Hit = match raw::object(raw) {
            Ok(hit) => hit,
            Err(reason) => {
                gaps.add(format!("result {}: {reason}", place + 1));
                continue;
            }
        };
        if matches!(hit.kind.as_str(), "pass" | "notApplicable") || hit.baseline_state == "absent" {
            continue;
        }
        let found = one(hit, parts, &rules, root);
        if found.rule.is_empty() && found.message.is_empty() {
            gaps.add(format!("result {}: names no rule and says nothing", place + 1));
        } else {
            hits.push(found);
        }
    }
    Run {
        tool: line(&driver.name),
        version: line(version),
        rules: rules.plain(&parts.tool),
        hits,
        gaps: gaps.words(),
    }
}

fn one(hit: raw::Hit, run: &raw::Run<'_>, rules: &Rules<'_>, root: &str) -> Hit {
    let known = rules.find(&hit);
    let rule = known.map(|at| rules.list[at]);
    let default = rule.map_or("", |rule| rule.default_configuration.level.as_str());
    let level = if hit.level.is_empty() { default } else { &hit.level };
    let level = match level {
        "error" => Some(Level::Error),
        "note" => Some(Level::Note),
        "none" => None,
        _ if !matches!(hit.kind.as_str(), "" | "fail") => None,
        _ => Some(Level::Warning),
    };
    let mut ids = [hit.rule_id, hit.rule.id].into_iter();
    let id = ids.find(|id| !id.is_empty()).or_else(|| rule.map(|rule| rule.id.clone()));
    let suppressed = hit
        .suppressions
        .into_iter()
        .find(|one| matches!(one.status.as_str(), "" | "accepted"))
        .map(|one| one.justification);
    let mut fingerprints = hit.partial_fingerprints;
    fingerprints.extend(hit.fingerprints);
    Hit {
        rule: id.unwrap_or_default(),
        known,
        level,
        message: words(&hit.message, rule, &run.tool.driver),
        places: hit.locations.iter().map(|place| Place::of(place, run, root)).collect(),
        suppressed,
        fingerprints,
        properties: hit.properties,
    }
}

/// What a message says: its text, or the one that its identifier stands for, with its arguments put in.
fn words(message: &raw::Message, rule: Option<&raw::Rule>, driver: &raw::Component) -> String {
    let own = (!message.text.is_empty() || !message.markdown.is_empty()).then_some(message);
    let named = || rule.and_then(|rule| rule.message_strings.get(&message.id));
    let global = || driver.global_message_strings.get(&message.id);
    let Some(found) = own.or_else(named).or_else(global) else {
        return String::new();
    };
    let text = if found.text.is_empty() { &found.markdown } else { &found.text };
    if message.arguments.is_empty() {
        return text.clone();
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        filled.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let number = behind.split_once('}').and_then(|(digits, behind)| {
            Some((message.arguments.get(digits.parse::<usize>().ok()?)?, behind))
        });
        rest = match number.filter(|_| rest.as_bytes()[at] == b'{') {
            Some((argument, behind)) => {
                filled.push_str(argument);
                behind
            }
            None => {
                filled.push_str(&rest[at..=at]);
                // A brace that is doubled means itself.
                behind.strip_prefix(&rest[at..=at]).unwrap_or(behind)
            }
        };
    }
    filled.push_str(rest);
    filled
}

/// The rules of a tool and its extensions, and where each is.
struct Rules<'a> {
    list: Vec<&'a raw::Rule>,
    /// Where the rules of each extension begin.
    begins: Vec<usize>,
    driver: usize,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> Rules<'a> {
    fn of(tool: &'a raw::Tool) -> Self {
        let mut list: Vec<&raw::Rule> = tool.driver.rules.iter().collect();
        let (driver, mut begins) = (list.len(), Vec::new());
        for extension in &tool.extensions {
            begins.push(list.len());
            list.extend(&extension.rules);
        }
        let mut by_id = BTreeMap::new();
        for (at, rule) in list.iter().enumerate() {
            by_id.entry(rule.id.as_str()).or_insert(at);
        }
        Self { list, begins, driver, by_id }
    }

    fn find(&self, hit: &raw::Hit) -> Option<usize> {
        let id = if hit.rule_id.is_empty() { &hit.rule.id } else { &hit.rule_id };
        let (begin, end) = match hit.rule.tool_component.index {
            Some(extension) => (self.begins.get(extension).copied()?, self.list.len()),
            None => (0, self.driver),
        };
        let index = hit.rule.index.or(hit.rule_index).map(|index| begin.saturating_add(index));
        let index = index.filter(|index| *index < end);
        // A place is believed when the rule there is the one that is named, or its family.
        let fits = |at: &usize| {
            let own = self.list[*at].id.as_str();
            id.is_empty()
                || id == own
                || id.strip_prefix(own).is_some_and(|rest| rest.starts_with('/'))
        };
        index.filter(fits).or_else(|| {
            let family = id.rsplit_once('/').map_or("", |(family, _)| family);
            self.by_id.get(id.as_str()).or_else(|| self.by_id.get(family)).copied()
        })
    }

    fn plain(&self, tool: &raw::Tool) -> Vec<Rule> {
        let all = tool.driver.rules.iter().chain(tool.extensions.iter().flat_map(|e| &e.rules));
        let either = |message: &raw::Message| {
            if message.text.is_empty() { message.markdown.clone() } else { message.text.clone() }
        };
        all.map(|rule| Rule {
            id: rule.id.clone(),
            name: rule.name.clone(),
            former: rule.deprecated_ids.clone(),
            title: either(&rule.short_description),
            text: either(&rule.full_description),
            help: either(&rule.help),
            url: rule.help_uri.clone(),
            properties: rule.properties.clone(),
        })
        .collect()
    }
}

/// Why a run is not all, up to so many reasons.
#[derive(Default)]
struct Gaps {
    named: Vec<String>,
    more: usize,
}

impl Gaps {
    fn add(&mut self, reason: String) {
        if self.named.len() < NAMED {
            self.named.push(reason);
        } else {
            self.more += 1;
        }
    }

    fn words(mut self) -> Vec<String> {
        if self.more > 0 {
            self.named.push(format!("and {} more results that could not be understood", self.more));
        }
        self.named
    }
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
