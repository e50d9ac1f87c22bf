//! What of a model's answer counts: findings that cite what was asked, and nothing else.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Asked, Limits};
use crate::change::RepoPath;
use crate::{Finding, Level};

#[derive(Deserialize)]
struct Answer {
    read: String,
    findings: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Said {
    rule: String,
    path: String,
    line: u32,
    message: String,
}

/// Longer messages are cut.
const MESSAGE: usize = 500;

/// The findings, and why others were dropped; an error says why it is no answer.
pub(super) fn read(
    bytes: &[u8],
    asked: &Asked,
    limits: &Limits,
) -> Result<(Vec<Finding>, Vec<String>), String> {
    if bytes.len() > limits.answer {
        return Err(format!("the answer has more than {} bytes", limits.answer));
    }
    let text = str::from_utf8(bytes).map_err(|_| "the answer is not text in UTF-8")?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() || ["none", "null", "n/a", "ok", "{}", "[]"].contains(&&*text.to_lowercase())
    {
        return Err("the answer is empty".into());
    }
    let answer: Answer = serde_json::from_str(fenced(text)?)
        .map_err(|error| format!("the answer is not the JSON that was asked for: {error}"))?;
    if answer.read != asked.token {
        return Err(
            "the answer does not repeat what stands at the end: the prompt was not read whole"
                .into(),
        );
    }
    let (mut findings, mut dropped) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for value in answer.findings {
        let said: Said = match serde_json::from_value(value) {
            Ok(said) => said,
            Err(error) => {
                dropped.push(format!("not a finding: {error}"));
                continue;
            }
        };
        let path = RepoPath::from(&*said.path);
        let message = said.message.split_whitespace().collect::<Vec<_>>().join(" ");
        let message: String = message.chars().filter(|c| !c.is_control()).take(MESSAGE).collect();
        let why = if !asked.sent.criteria.contains(&said.rule) {
            "cites no criterion that was asked"
        } else if !asked.lines.get(&path).is_some_and(|lines| lines.contains(said.line)) {
            "cites no new line that was sent"
        } else if message.is_empty() {
            "says nothing"
        } else if !seen.insert((said.rule.clone(), said.path.clone(), said.line)) {
            "was said already"
        } else if findings.len() == limits.findings {
            "is one too many"
        } else {
            let mut finding = Finding::new(&*said.rule, Level::Warning, message);
            finding.origin = "ai".into();
            // Two runs say the same in other words: the place is what it is about.
            findings.push(finding.at(&path, Some(said.line)).about(said.rule));
            continue;
        };
        dropped.push(format!("{:?} {:?}:{}: {why}", said.rule, said.path, said.line));
    }
    dropped.sort();
    Ok((findings, dropped))
}

/// What stands in the one fence of a text; the text itself where there is none.
fn fenced(text: &str) -> Result<&str, String> {
    if text.starts_with('{') {
        return Ok(text);
    }
    let parts: Vec<&str> = text.split("```").collect();
    match parts[..] {
        [_, inside, _] => Ok(inside.strip_prefix("json").unwrap_or(inside).trim()),
        _ => Err("the answer is not the JSON that was asked for".into()),
    }
}
