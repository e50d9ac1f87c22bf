//! What of a model's answer counts: findings that cite what was asked, and nothing else.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Asked, Dropped, Limits, Question};
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
/// So many of the dropped are told, each with so much of its words.
const DROPPED: usize = 20;
const WORDS: usize = 100;

/// The findings, and why others were dropped; an error says why it is no answer.
pub(super) fn read(
    bytes: &[u8],
    asked: &Asked,
    question: &Question,
    limits: &Limits,
) -> Result<(Vec<Finding>, Dropped), String> {
    if bytes.len() > limits.answer {
        return Err(format!("the answer has more than {} bytes", limits.answer));
    }
    let text = str::from_utf8(bytes).map_err(|_| "the answer is not text in UTF-8")?;
    let text = thought(text.trim_start_matches('\u{feff}').trim());
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
                dropped.push(format!("not a finding: {}", short(&error.to_string())));
                continue;
            }
        };
        let message = said.message.split_whitespace().collect::<Vec<_>>().join(" ");
        let message: String = message.chars().filter(|c| !c.is_control()).take(MESSAGE).collect();
        let criterion = question.criteria.iter().find(|criterion| criterion.id == said.rule);
        let sent = asked.lines.get(&said.path).filter(|(_, lines)| lines.contains(said.line));
        let why = match (criterion, sent) {
            (None, _) => "cites no criterion that was asked",
            (_, None) => "cites no new line that was sent",
            (Some(criterion), Some((path, _)))
                if criterion.about.as_ref().is_some_and(|about| !about.contains(path)) =>
            {
                "cites a criterion that is not about this file"
            }
            _ if message.is_empty() => "says nothing",
            _ if !seen.insert((said.rule.clone(), said.path.clone(), said.line)) => {
                "was said already"
            }
            _ if findings.len() == limits.findings => "is one too many",
            (Some(_), Some((path, _))) => {
                let mut finding = Finding::new(&*said.rule, Level::Warning, message);
                finding.origin = "ai".into();
                // Two runs say the same in other words: the place is what it is about.
                findings.push(finding.at(path, Some(said.line)).about(said.rule));
                continue;
            }
        };
        let (rule, path) = (short(&said.rule), short(&said.path));
        dropped.push(format!("{rule:?} {path:?}:{}: {why}", said.line));
    }
    let count = dropped.len();
    dropped.sort();
    dropped.truncate(DROPPED);
    Ok((findings, Dropped { count, some: dropped }))
}

/// Its first words: a model may say much.
fn short(text: &str) -> String {
    text.chars().take(WORDS).collect()
}

/// Without what a model that thinks aloud says first.
fn thought(text: &str) -> &str {
    let rest = text.strip_prefix("<think>").and_then(|rest| rest.split_once("</think>"));
    rest.map_or(text, |(_, answer)| answer.trim())
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
