//! JUnit XML, the form in which test runners of CI read results.

use leadforge_markup::html;

/// One line of a JUnit report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What was tested.
    pub name: String,
    /// How it went.
    pub result: CaseResult,
}

/// How a case of a JUnit report went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseResult {
    /// It passed.
    Passed,
    /// It failed for this reason.
    Failed(String),
    /// It could not be looked at for this reason.
    Error(String),
    /// It was not judged for this reason.
    Skipped(String),
}

/// Writes cases as one suite; no clock, so that equal results are equal bytes.
#[must_use]
pub fn junit(suite: &str, cases: &[Case]) -> String {
    let count = |wanted: fn(&CaseResult) -> bool| {
        cases.iter().filter(|case| wanted(&case.result)).count().to_string()
    };
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"",
        cases.len(),
        count(|result| matches!(result, CaseResult::Failed(_))),
        count(|result| matches!(result, CaseResult::Error(_))),
        count(|result| matches!(result, CaseResult::Skipped(_))),
    );
    let name = html(suite);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\" {counts}>\n  \
         <testsuite name=\"{name}\" {counts}>\n"
    );
    for case in cases {
        // Escaping for HTML also spells out every character that XML 1.0 does not have.
        let start = format!("    <testcase name=\"{}\" classname=\"{name}\"", html(&case.name));
        let (tag, why) = match &case.result {
            CaseResult::Passed => {
                out.push_str(&format!("{start}/>\n"));
                continue;
            }
            CaseResult::Failed(why) => ("failure", why),
            CaseResult::Error(why) => ("error", why),
            CaseResult::Skipped(why) => ("skipped", why),
        };
        out.push_str(&format!(
            "{start}>\n      <{tag} message=\"{}\"/>\n    </testcase>\n",
            html(why)
        ));
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_attributes() {
        let case = |name: &str, result| Case { name: name.to_owned(), result };
        let cases = [
            case("a\"><x>&\u{1}\u{fffe}.png", CaseResult::Failed("1 < 2".to_owned())),
            case("b", CaseResult::Passed),
            case("c", CaseResult::Skipped("new".to_owned())),
            case("d", CaseResult::Error("broken".to_owned())),
        ];
        insta::assert_snapshot!(junit("s", &cases), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="s" tests="4" failures="1" errors="1" skipped="1">
          <testsuite name="s" tests="4" failures="1" errors="1" skipped="1">
            <testcase name="a&quot;&gt;&lt;x&gt;&amp;^A[U+FFFE].png" classname="s">
              <failure message="1 &lt; 2"/>
            </testcase>
            <testcase name="b" classname="s"/>
            <testcase name="c" classname="s">
              <skipped message="new"/>
            </testcase>
            <testcase name="d" classname="s">
              <error message="broken"/>
            </testcase>
          </testsuite>
        </testsuites>
        "#);
    }
}
