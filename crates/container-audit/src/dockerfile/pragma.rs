//! Comments that switch rules off: `# hadolint ignore=DL3008,DL3009` above an instruction, `# hadolint global ignore=…` anywhere.

use leadforge_dockerfile_syntax::Dockerfile;

/// What the comments of a file switch off.
#[derive(Default)]
pub(super) struct Pragmas {
    everywhere: Vec<String>,
    /// The line of the instruction, and the rule.
    at: Vec<(u64, String)>,
}

impl Pragmas {
    pub(super) fn read(file: &Dockerfile) -> Self {
        let mut pragmas = Self::default();
        for comment in &file.comments {
            let Some((global, rules)) = ignored(&comment.text) else { continue };
            // It counts for what stands on the very next line.
            let line = file.line(comment.span.start) + 1;
            match global {
                true => pragmas.everywhere.extend(rules),
                false => pragmas.at.extend(rules.into_iter().map(|rule| (line, rule))),
            }
        }
        pragmas
    }

    pub(super) fn silence(&self, line: u64, rule: &str) -> bool {
        self.everywhere.iter().any(|name| name == rule)
            || self.at.iter().any(|(at, name)| *at == line && name == rule)
    }
}

/// The rules that a comment names, and whether for the whole file.
fn ignored(comment: &str) -> Option<(bool, Vec<String>)> {
    let rest = comment.trim().strip_prefix("hadolint")?;
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let (global, rest) = match rest.strip_prefix("global") {
        Some(rest) => (true, rest.strip_prefix([' ', '\t'])?.trim_start()),
        None => (false, rest),
    };
    let rest = rest.strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    // A reason may follow.
    let rest = rest.split('#').next().unwrap_or_default();
    let rules: Vec<String> = rest.split(',').map(|rule| rule.trim().to_owned()).collect();
    let plain = |rule: &String| {
        !rule.is_empty() && rule.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    rules.iter().all(plain).then_some((global, rules))
}
