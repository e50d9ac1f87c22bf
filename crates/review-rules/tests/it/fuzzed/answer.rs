//! Reads any bytes as a model's answer: whatever it says, a finding is about what was asked and what was sent.

use std::sync::LazyLock;

use leadforge_review_rules::ai::{Criterion, Limits, Question, Redact, Reviewer, review};
use leadforge_review_rules::change::read_diff;
use leadforge_review_rules::{Level, Looked};

const DIFF: &[u8] = b"diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\n+++ b/a.py\n@@ -1 +1,3 @@\n x\n+y\n+z\n";

/// Made once: its classes are expressions.
static QUESTION: LazyLock<Question> = LazyLock::new(|| {
    let criteria = ["names", "other"].map(|id| Criterion {
        id: id.into(),
        words: "Are names clear?".into(),
        about: (id == "other").then(|| ["b.py".into()].into()),
    });
    Question { criteria: criteria.into(), ..Question::default() }
});

struct Plain;

impl Redact for Plain {
    fn redact(&self, text: &str) -> (String, usize) {
        (text.to_owned(), 0)
    }
}

/// Answers with these bytes, of which `TOKEN` is the token, so that there is more to read behind it.
struct Says<'d>(&'d [u8]);

impl Reviewer for Says<'_> {
    fn answer(&self, prompt: &str) -> Result<Vec<u8>, String> {
        let token = prompt.trim_end().rsplit(' ').next().expect("it ends with one");
        Ok(match str::from_utf8(self.0) {
            Ok(text) => text.replace("TOKEN", token).into_bytes(),
            Err(_) => self.0.to_vec(),
        })
    }
}

pub(crate) fn run(data: &[u8]) {
    let change = read_diff(DIFF).expect("it is one");
    let limits = Limits { findings: 1, ..Limits::default() };
    let (checked, sent) = review(&change, &QUESTION, &limits, &Plain, &Says(data));
    let looked = match checked.looked {
        Looked::Yes { files: 1, lines: 2 } => true,
        Looked::No { why } => {
            assert!(!why.is_empty() && why.len() < 500, "{why}");
            false
        }
        other => panic!("{other:?}"),
    };
    assert!(looked || checked.findings.is_empty() && sent.dropped.count == 0);
    assert!(checked.findings.len() <= limits.findings);
    for finding in &checked.findings {
        let at = finding.at.as_ref().expect("it cites a line");
        assert_eq!((&*finding.rule, finding.level), ("names", Level::Warning));
        assert_eq!(at.path.as_str(), Some("a.py"));
        assert!(matches!(at.line, Some(2 | 3)));
        assert!(!finding.message.is_empty() && finding.message.chars().count() <= 500);
        assert!(!finding.message.chars().any(char::is_control), "{:?}", finding.message);
    }
    assert!(sent.dropped.some.len() <= 20.min(sent.dropped.count));
    for told in &sent.dropped.some {
        assert!(told.len() < 4_000 && !told.chars().any(char::is_control), "{told:?}");
    }
}
