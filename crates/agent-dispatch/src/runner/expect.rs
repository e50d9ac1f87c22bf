//! What the output of a check must or must not say, beside its exit code.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::config::Expect;
use crate::error::Error;

/// The first expectation that the log of a command breaks, in words.
pub(crate) fn broken(all: &[Expect], command: &str, log: &Path) -> Result<Option<String>, Error> {
    let about: Vec<&Expect> = all.iter().filter(|e| command.contains(&e.command)).collect();
    if about.is_empty() {
        return Ok(None);
    }
    let fail = |source| Error::Scratch { path: log.to_owned(), source };
    let mut said = vec![false; about.len()];
    // As long as the log may be at most: a line without an end is bounded by the sandbox.
    let mut lines = BufReader::new(fs::File::open(log).map_err(fail)?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).map_err(fail)? > 0 {
        for (expect, said) in about.iter().zip(&mut said) {
            let has = |text: &str| holds(&line, text.as_bytes());
            if let Some(never) = expect.never.as_deref().filter(|text| has(text)) {
                return Ok(Some(format!(
                    "refused: its output says {never:?}, whatever its exit code is"
                )));
            }
            *said = *said || expect.says.as_deref().is_none_or(has);
        }
        line.clear();
    }
    let silent = about.iter().zip(said).find(|(expect, said)| expect.says.is_some() && !said);
    Ok(silent.map(|(expect, _)| {
        let says = expect.says.as_deref().unwrap_or_default();
        format!("refused: its output never says {says:?}, whatever its exit code is")
    }))
}

fn holds(line: &[u8], text: &[u8]) -> bool {
    text.is_empty() || line.windows(text.len()).any(|part| part == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expect: &[Expect], command: &str, log: &str) -> Option<String> {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("log");
        fs::write(&path, log).expect("written");
        broken(expect, command, &path).expect("read")
    }

    #[test]
    fn output_is_held_against_the_expectations_of_its_command() {
        let expect = |command: &str, says: Option<&str>, never: Option<&str>| Expect {
            command: command.into(),
            says: says.map(str::to_owned),
            never: never.map(str::to_owned),
        };
        let rules = [expect("pytest", Some(" passed"), None), expect("", None, Some("FAILED"))];
        assert_eq!(told(&rules, "pytest -q", "3 passed\n"), None);
        assert_eq!(told(&rules, "make", "fine\n"), None);
        let silent = told(&rules, "pytest -q", "").expect("no test ran");
        assert!(silent.contains("never says \" passed\""), "{silent}");
        let failed = told(&rules, "make", "x FAILED").expect("refused");
        assert!(failed.contains("says \"FAILED\""), "{failed}");
        assert_eq!(told(&[expect("make", None, Some("FAILED"))], "pytest", "FAILED\n"), None);
    }
}
