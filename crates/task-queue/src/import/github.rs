//! Issues as `gh issue view` and `gh issue list` export them: `number`, `title`, `body`, `labels`, `state`.

use serde::Deserialize;

use super::doc::Doc;
use super::draft::{At, Draft, Format, Import, Remark, Why};
use super::facts::Facts;
use super::fields::priority;
use super::form::{is_issue_form, parse_issue_form};
use super::text::title;
use crate::Priority;

#[derive(Deserialize)]
struct Issue {
    number: Option<u64>,
    title: String,
    body: String,
    #[serde(default)]
    labels: Vec<Label>,
    #[serde(default)]
    state: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Label {
    Named { name: String },
    Plain(String),
}

/// The issues in a JSON text, if it is an export of one or of a list.
pub(super) fn parse_issues(path: &str, text: &str) -> Option<Import> {
    let issues: Vec<Issue> = serde_json::from_str::<Vec<Issue>>(text)
        .or_else(|_| serde_json::from_str::<Issue>(text).map(|one| vec![one]))
        .ok()?;
    let mut out = Import::default();
    for (n, issue) in issues.into_iter().enumerate() {
        let name =
            issue.number.map_or_else(|| format!("entry-{}", n + 1), |n| format!("issue-{n}"));
        out.extend(read(path, &format!("{path}#{name}"), issue));
    }
    Some(out)
}

fn read(path: &str, key: &str, issue: Issue) -> Import {
    let at = At::line(path, 1);
    let named = title(&issue.title);
    let body = issue.body.replace("\r\n", "\n").replace('\0', "\u{fffd}");
    if issue.state.eq_ignore_ascii_case("closed") {
        let remark = Remark { at, why: Why::Done, what: named };
        return Import { done: vec![key.to_owned()], ..Import::one(remark) };
    }
    let doc = Doc::scan(&body);
    let mut import = if is_issue_form(&doc) {
        parse_issue_form(path, Some(&issue.title), &body)
    } else if named.is_empty() || body.trim().is_empty() {
        let what = format!("{named}: an issue without title or body");
        Import::one(Remark { at: at.clone(), why: Why::Empty, what })
    } else {
        let facts = Facts::read(&doc, path, 0, doc.lines.len(), false);
        let draft = Draft {
            key: String::new(),
            title: named,
            priority: facts.priority.unwrap_or(Priority::P2),
            after: Vec::new(),
            estimate: facts.estimate(),
            touches: facts.touches,
            agents: facts.agents,
            body: format!("{}\n", body.trim_matches('\n').trim_end()),
            at: at.clone(),
            format: Format::IssueForm,
            stated_after: Vec::new(),
            parent: None,
        };
        Import { drafts: vec![draft], ..Import::default() }
    };
    let labelled = issue.labels.iter().find_map(|label| match label {
        Label::Named { name } | Label::Plain(name) => priority(name),
    });
    for draft in &mut import.drafts {
        draft.key = key.to_owned();
        draft.at = at.clone();
        draft.priority = labelled.unwrap_or(draft.priority);
    }
    // Lines inside a JSON string are no lines of the file.
    import.remarks.iter_mut().for_each(|remark| remark.at = at.clone());
    import
}
