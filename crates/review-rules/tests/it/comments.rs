//! Comments on a pull request: said once, kept in step, never lost.

use std::collections::BTreeMap;

use leadforge_review_rules::change::{Change, FileChange, Kind, Lines, RepoPath};
use leadforge_review_rules::comments::{Action, Limits, Posted, Standing, marked, plan};
use leadforge_review_rules::rules::RuleSet;
use leadforge_review_rules::{
    Checked, Config, Evidence, Finding, Level, Looked, Missed, Report, Written, review,
};

type Files = BTreeMap<RepoPath, Vec<u8>>;

/// A state in which every file is new.
fn state(files: &[(&str, String)]) -> (Files, Change) {
    let tree: Files = files
        .iter()
        .map(|(path, text)| (RepoPath::from(*path), text.clone().into_bytes()))
        .collect();
    let file = |(path, text): (&RepoPath, &Vec<u8>)| FileChange {
        path: path.clone(),
        old_path: None,
        kind: Kind::Added,
        binary: false,
        added: (1..=u32::try_from(text.split_inclusive(|&byte| byte == b'\n').count()).unwrap())
            .collect::<Lines>(),
        removed: 0,
        text: text.clone(),
    };
    let files = tree.iter().map(file).collect();
    (tree, Change { files })
}

fn reviewed(tree: &Files, change: &Change) -> Report {
    let empty = Files::new();
    let evidence = Evidence { head: tree, base: &empty, others: BTreeMap::new() };
    review(change, &RuleSet::builtin(), evidence, &Config::default())
}

/// A code host, as far as comments go.
#[derive(Default)]
struct Host {
    standing: Standing,
    made: usize,
}

impl Host {
    /// Does what is planned and gives how many comments on files were posted.
    fn push(&mut self, tree: &Files, change: &Change, limits: &Limits) -> usize {
        let report = reviewed(tree, change);
        let gone = |path: &str| !tree.contains_key(&RepoPath::from(path));
        let before = self.made;
        for action in plan(&report, change, &self.standing, limits, &gone) {
            match action {
                Action::Review { comments } => {
                    assert!(comments.len() <= limits.per_review);
                    for comment in comments {
                        self.made += 1;
                        self.post(comment.body);
                    }
                }
                Action::Update { id, body } | Action::Summary { id: Some(id), body } => {
                    self.standing.posted.iter_mut().find(|posted| posted.id == id).unwrap().body =
                        body;
                }
                Action::Resolve { id, body } => {
                    let at = self.standing.posted.iter_mut().find(|posted| posted.id == id);
                    let at = at.unwrap();
                    (at.resolved, at.body) = (true, body);
                }
                Action::Summary { id: None, body } => self.post(body),
            }
        }
        let gone = |path: &str| !tree.contains_key(&RepoPath::from(path));
        let again = plan(&report, change, &self.standing, limits, &gone);
        assert_eq!(again, [], "a second run has nothing to do");
        self.made - before
    }

    fn post(&mut self, body: String) {
        let id = self.standing.posted.len() as u64 + 1;
        self.standing.posted.push(Posted { id, body, answered: false, resolved: false });
    }

    /// Findings whose threads are open.
    fn open(&self) -> usize {
        self.standing
            .posted
            .iter()
            .filter(|posted| !posted.resolved && marked(&posted.body).is_some())
            .count()
    }
}

#[test]
fn fifty_pushes_repeat_nothing_and_lose_nothing() {
    let mut host = Host::default();
    let mut code: Vec<String> =
        (0..8).map(|n| format!("def f{n}():\n    eval('x{}')\n    done({n})\n", n / 2)).collect();
    let mut path = "src/a.py".to_owned();
    let mut other = "def other():\n    eval('y')\n".to_owned();
    let mut expected_new = 9;
    for push in 0..50 {
        match push {
            0 => {}
            _ => match push % 7 {
                0 => code.insert(0, format!("# note {push}\n")),
                1 => {
                    let last = code.pop().unwrap();
                    code.insert(1, last);
                }
                2 => path = format!("src/moved{push}.py"),
                3 => other = format!("# {push}\n{other}"),
                4 => code.iter_mut().for_each(|part| {
                    *part = part.replace("eval('", "eval( 'x' and '").replace("'x' and '", "'");
                }),
                5 => {
                    code.push(format!("def g{push}():\n    eval('g{push}')\n"));
                    expected_new += 1;
                }
                _ => {
                    code.iter_mut().for_each(|part| *part = part.replace("    done", "\n    done"));
                }
            },
        }
        let (tree, change) = state(&[(&path, code.concat()), ("src/other.py", other.clone())]);
        let posted = host.push(&tree, &change, &Limits::default());
        assert_eq!(posted, expected_new, "push {push}");
        expected_new = 0;
        let found = reviewed(&tree, &change)
            .findings
            .iter()
            .filter(|finding| finding.rule == "python.eval")
            .count();
        assert_eq!(host.open(), found, "push {push}");
    }
    assert_eq!(host.standing.posted.iter().filter(|posted| posted.resolved).count(), 0);
}

#[test]
fn what_is_mended_is_resolved_unless_somebody_answered() {
    let mut host = Host::default();
    let (tree, change) = state(&[("a.py", "eval(a)\neval(b)\neval(c)\n".into())]);
    assert_eq!(host.push(&tree, &change, &Limits::default()), 3);
    host.standing.posted[0].answered = true;
    host.standing.posted[2].resolved = true;
    let (tree, change) = state(&[("a.py", "x = 1\neval(c)\n".into())]);
    assert_eq!(host.push(&tree, &change, &Limits::default()), 0);
    let resolved: Vec<_> = host.standing.posted.iter().map(|posted| posted.resolved).collect();
    // The answered one stays open, the second is gone, the third was resolved by a person and is not said again.
    assert_eq!(resolved[..3], [false, true, true]);
    let (tree, change) = state(&[("a.py", "x = 1\n".into())]);
    host.push(&tree, &change, &Limits::default());
    let summary = host
        .standing
        .posted
        .iter()
        .find(|posted| posted.body.starts_with("<!-- leadforge:summary"))
        .unwrap();
    assert!(summary.body.contains("0 errors, 0 warnings, 0 notes."), "{}", summary.body);
}

/// A model that was silent has not seen that its finding is gone.
#[test]
fn what_nobody_looked_for_is_not_called_mended() {
    let mut host = Host::default();
    let (tree, change) = state(&[("a.py", "eval(a)\n".into()), ("b.py", "eval(b)\n".into())]);
    host.push(&tree, &change, &Limits::default());
    let (tree, change) = state(&[("a.py", "x = 1\n".into()), ("b.py", "x = 1\n".into())]);
    let resolved = |looked: Looked| {
        let mut report = reviewed(&tree, &change);
        report.looked.insert("other".into(), looked);
        let actions = plan(&report, &change, &host.standing, &Limits::default(), &|_| false);
        actions.iter().filter(|action| matches!(action, Action::Resolve { .. })).count()
    };
    let without = |what: &str| Looked::at(1, 1, vec![Missed::new(what, "it is too long")]);
    assert_eq!(resolved(Looked::at(1, 1, Vec::new())), 2);
    assert_eq!(resolved(Looked::no("the answer is empty")), 0);
    assert_eq!((resolved(without("a.py")), resolved(without("a.py:3"))), (1, 1));
    assert_eq!(resolved(without("a.pyc")), 2);
}

/// What comes back is said again, in the thread that was closed for it; what a person closed stays closed.
#[test]
fn what_comes_back_is_said_again_where_it_stood() {
    let mut host = Host::default();
    let here = state(&[("a.py", "eval(a)\n".into())]);
    let mended = state(&[("a.py", "x = 1\n".into())]);
    host.push(&here.0, &here.1, &Limits::default());
    let said = host.standing.posted[0].body.clone();
    host.push(&mended.0, &mended.1, &Limits::default());
    insta::assert_snapshot!(host.standing.posted[0].body.split_once('\n').unwrap().1, @r"
    No longer found.

    > **error** eval and exec run any text that reaches them (`python.eval`)
    ");
    assert_eq!(marked(&host.standing.posted[0].body), marked(&said));
    for resolved in [true, false] {
        host.standing.posted[0].resolved = resolved;
        host.push(&mended.0, &mended.1, &Limits::default());
        assert_eq!(host.push(&here.0, &here.1, &Limits::default()), 0);
        assert_eq!(host.standing.posted[0].body, said);
        host.standing.posted[0].resolved = false;
        host.push(&mended.0, &mended.1, &Limits::default());
    }
}

/// A report may say of itself that four thousand million lines are new: nobody counts them.
#[test]
fn a_report_that_boasts_costs_no_time() {
    let most = u32::MAX - 1;
    let findings: Vec<_> = (0..2_000)
        .map(|nth| {
            serde_json::json!({
                "rule": "r", "level": "error", "message": "m", "origin": "rules", "fingerprint": "",
                "at": {"path": "a", "line": 1, "end_line": most},
                "fix": {"line": 1, "end_line": most, "text": nth.to_string()},
            })
        })
        .collect();
    let keys: Vec<_> = (0..2_000)
        .map(|nth| serde_json::json!({"rule": "r", "path": "a", "text": "", "around": "", "nth": nth}))
        .collect();
    let file = serde_json::json!({"path": "a", "kind": "added", "binary": false, "added": [[1, most]], "removed": 0});
    let commit = "0".repeat(40);
    let text = serde_json::json!({
        "schema": "leadforge/review/1", "outcome": "findings",
        "data": {
            "base": commit, "head": commit, "findings": findings, "keys": keys, "looked": {},
            "required": [], "change": {"files": [file]},
        },
    });
    let Written { change, report, .. } = Written::read(text.to_string().as_bytes()).unwrap();
    let actions = plan(&report, &change, &Standing::default(), &Limits::default(), &|_| false);
    let Action::Review { comments } = &actions[0] else { panic!("{actions:?}") };
    assert_eq!((comments[0].start_line, comments[0].line), (Some(1), Some(most)));
}

/// What the code host does not take as a comment is in the summary, and is not tried again at once.
#[test]
fn what_is_refused_stands_in_the_summary() {
    let (tree, change) = state(&[("a.py", "eval(a)\neval(b)\n".into())]);
    let report = reviewed(&tree, &change);
    let refused = [report.keys[0].clone()].into();
    let standing = Standing { posted: Vec::new(), refused };
    let actions = plan(&report, &change, &standing, &Limits::default(), &|_| false);
    let [Action::Review { comments }, Action::Summary { body, .. }] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(comments.len(), 1);
    assert!(body.contains("2 errors, 0 warnings, 0 notes; 1 of them stand only here."), "{body}");
}

#[test]
fn nothing_is_said_where_nothing_was_found() {
    let mut host = Host::default();
    let (tree, change) = state(&[("a.py", "x = 1\n".into())]);
    host.push(&tree, &change, &Limits::default());
    assert_eq!(host.standing.posted, []);
}

#[test]
fn what_is_beyond_the_limits_stands_in_the_summary() {
    let mut host = Host::default();
    let text: String = (0..200).map(|n| format!("eval(x{n})\n")).collect();
    let (tree, change) = state(&[("a.py", text)]);
    let limits = Limits { characters: 2_000, ..Limits::default() };
    assert_eq!(host.push(&tree, &change, &limits), 60);
    let summary = host
        .standing
        .posted
        .iter()
        .find(|posted| posted.body.starts_with("<!-- leadforge:summary"))
        .unwrap();
    assert!(
        summary.body.contains("200 errors, 0 warnings, 0 notes; 140 of them stand only here."),
        "{}",
        summary.body
    );
    assert!(
        summary.body.chars().count() <= 2_000
            && summary.body.contains("more, which the report in JSON has")
    );
    // The next push does not post those that had no room, nor those again that had.
    assert_eq!(host.push(&tree, &change, &limits), 0);
}

#[test]
fn a_finding_says_nothing_that_acts() {
    let (tree, change) = state(&[("a.py", "x = 1\n".into())]);
    let message = "@everyone <!-- leadforge:summary --> ![x](http://a) `b`\n# title <script>";
    let hostile = Finding::new("r`u", Level::Error, message)
        .at(&RepoPath::from("a.py"), Some(1))
        .about("--> <!--");
    let others = [(
        "x".to_owned(),
        Checked { findings: vec![hostile], looked: Looked::Yes { files: 1, lines: 1 } },
    )]
    .into();
    let empty = Files::new();
    let report = review(
        &change,
        &RuleSet::builtin(),
        Evidence { head: &tree, base: &empty, others },
        &Config::default(),
    );
    let actions = plan(&report, &change, &Standing::default(), &Limits::default(), &|_| false);
    let Action::Review { comments } = &actions[0] else { panic!("{actions:?}") };
    insta::assert_snapshot!(comments[0].body.lines().skip(1).collect::<Vec<_>>().join("\n"), @r"**error** @&#8203;everyone &lt;\!-- leadforge:summary --&gt; \!\[x\](http\://a) \`b\` \# title &lt;script&gt; (``r`u``)");
    assert_eq!(marked(&comments[0].body).unwrap(), report.keys[0]);
    // A text that quotes a marker is not marked.
    assert_eq!(marked(&format!("see\n{}", comments[0].body)), None);
}
