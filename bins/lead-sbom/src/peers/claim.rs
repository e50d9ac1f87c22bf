//! A result of a scanner as a claim: which vulnerability of which package it means.
//!
//! SARIF has no place for a package, so each scanner has a habit of its own: Trivy writes lines of `Package: name`,
//! Grype a sentence and package URLs at the rule, Snyk a logical location `name@version` and the aliases in the rule's
//! description, osv-scanner a sentence and the aliases as former identifiers. What a result says counts before what
//! its rule says, because one rule may stand for several packages.

use leadforge_cli_kit::sarif::{Hit, Rule, Run};
use leadforge_sbom::vulns::{Claim, Class, Level, Severity};
use serde_json::{Map, Value};

use super::words::{Lines, at_begin, everywhere, kinds_of, named, sentence, split};

/// The claim of a result; nothing when no identifier of a vulnerability is named.
pub(super) fn of(run: &Run, hit: &Hit, tool: &str) -> Option<Claim> {
    let none = Rule::default();
    let rule = run.rule(hit).unwrap_or(&none);
    let lines = Lines::of(&hit.message);
    let help = Lines::of(&rule.help);
    let ids = ids(hit, rule, &lines)?;
    let said = sentence(&hit.message);
    let (mut name, mut version, mut kind) = said.unwrap_or_default();
    let mut take = |found: Option<(String, String)>| {
        if let Some((found, of)) = found.filter(|_| name.is_empty()) {
            (name, version) = (found, of);
        }
    };
    take(
        fact(&hit.properties, "package")
            .map(|name| (name, fact(&hit.properties, "version").unwrap_or_default())),
    );
    take(lines.package());
    take(hit.places.iter().flat_map(|place| &place.names).find_map(|text| split(text)));
    take(hit.places.iter().find_map(|place| split(place.message.rsplit(": ").next()?)));
    take(named(&rule.text));
    take(help.package());
    // A rule speaks of one package; what it adds counts only for that one.
    let same = help.package().is_none_or(|(package, _)| package == name);
    if kind.is_empty() && same {
        kind = help.get(&["Type"]).unwrap_or_default().to_owned();
    }
    let purl = purl(hit, rule, &name, &version);
    let mut fixed = list(&hit.properties, "fixed");
    if fixed.is_empty() {
        let told = lines.get(&["Fixed Version", "Fix Version", "Fixed version"]);
        let told = told.or_else(|| help.get(&["Fixed Version", "Fix Version"]).filter(|_| same));
        fixed = told.unwrap_or_default().split(',').map(|one| one.trim().to_owned()).collect();
        fixed.retain(|one| !one.is_empty() && one != "not fixed");
    }
    let word = fact(&hit.properties, "severity");
    let word = word.or_else(|| lines.get(&["Severity"]).map(str::to_owned));
    let word = word.or_else(|| help.get(&["Severity"]).filter(|_| same).map(str::to_owned));
    let place = hit.places.first();
    Some(Claim {
        by: tool.to_owned(),
        kinds: kinds_of(&kind, &rule.name, &list(&rule.properties, "tags")),
        severity: severity(word.as_deref(), hit, rule),
        class: class(&fact(&hit.properties, "class").unwrap_or_default()),
        summary: summary(hit, rule, &ids),
        url: rule.url.clone(),
        file: place.map_or_else(String::new, |place| {
            place.path.clone().unwrap_or_else(|| place.address.clone())
        }),
        line: place.and_then(|place| place.line).unwrap_or(0),
        ids,
        purl,
        name,
        version,
        fixed,
    })
}

/// The identifiers of the vulnerability: the rule's own first, then those that are said to mean the same. Those that a
/// description happens to mention are other vulnerabilities.
fn ids(hit: &Hit, rule: &Rule, lines: &Lines<'_>) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    let told = lines.get(&["Vulnerability", "Vulnerability ID"]);
    let own = at_begin(&hit.rule).or_else(|| told.and_then(at_begin))?;
    ids.push(own.to_owned());
    ids.extend(rule.former.iter().filter_map(|id| at_begin(id)).map(str::to_owned));
    ids.extend(list(&hit.properties, "aliases"));
    if let Some((_, rest)) = hit.message.split_once("(also known as ") {
        ids.extend(everywhere(rest.split(')').next().unwrap_or_default()));
    }
    if let Some((inside, _)) = rule.text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        ids.extend(everywhere(inside));
    }
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    Some(ids)
}

/// The package URL that is told of this version; a rule may hold those of several.
fn purl(hit: &Hit, rule: &Rule, name: &str, version: &str) -> String {
    let own =
        ["purl", "packageUrl", "package_url"].iter().find_map(|key| fact(&hit.properties, key));
    if let Some(own) = own {
        return own;
    }
    let mut all = list(&hit.properties, "purls");
    all.extend(list(&rule.properties, "purls"));
    all.dedup();
    let about = |purl: &&String| {
        // The last part of a name is spelled alike in a package URL, but for what is encoded there.
        let last = name.rsplit(['/', ':']).next().unwrap_or_default().to_lowercase();
        let text = purl.to_lowercase();
        let (path, rest) = text.split_once('@').unwrap_or((&text, ""));
        path.ends_with(&last) && (version.is_empty() || rest.starts_with(&version.to_lowercase()))
    };
    match all.as_slice() {
        [only] if name.is_empty() => only.clone(),
        _ if name.is_empty() => String::new(),
        _ => all.iter().find(about).cloned().unwrap_or_default(),
    }
}

/// How bad it is: the scanner's word, with its score where that says the same.
fn severity(word: Option<&str>, hit: &Hit, rule: &Rule) -> Option<Severity> {
    let score = [&hit.properties, &rule.properties].into_iter().find_map(|facts| {
        let fact = facts.get("security-severity")?;
        fact.as_f64().or_else(|| fact.as_str()?.parse().ok())
    });
    let scored = score.and_then(Severity::of_score);
    let word = word.map(str::to_owned).or_else(|| fact(&rule.properties, "security-severity"));
    match word.as_deref().and_then(Level::of) {
        Some(level) => match scored {
            Some(scored) if scored.level == level => Some(scored),
            _ => Some(Severity { level, score: None, vector: None }),
        },
        // A word that is no severity, such as UNKNOWN, says that nobody knows, whatever number stands beside it.
        None if word.is_some_and(|word| word.parse::<f64>().is_err()) => None,
        None => scored,
    }
}

fn class(word: &str) -> Option<Class> {
    use Class::{Malicious, Notice, Unmaintained, Unsound, Vulnerability};
    [Malicious, Vulnerability, Unsound, Unmaintained, Notice].into_iter().find(|c| c.word() == word)
}

/// What it is about in one line, without the words that only repeat the rest.
fn summary(hit: &Hit, rule: &Rule, ids: &[String]) -> String {
    let own = fact(&hit.properties, "summary").unwrap_or_else(|| rule.title.clone());
    let line = own.split_whitespace().collect::<Vec<_>>().join(" ");
    match ids.iter().find_map(|id| line.strip_prefix(id.as_str())) {
        Some(rest) => rest.trim_start_matches([':', ' ']).to_owned(),
        None => line,
    }
}

/// A text among the facts.
fn fact(facts: &Map<String, Value>, name: &str) -> Option<String> {
    facts.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A list of texts among the facts.
fn list(facts: &Map<String, Value>, name: &str) -> Vec<String> {
    let members = facts.get(name).and_then(Value::as_array).into_iter().flatten();
    members.filter_map(|member| member.as_str().map(str::to_owned)).collect()
}
