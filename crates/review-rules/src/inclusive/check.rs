//! The words of a change's new lines.

use super::{Hit, Terms};
use crate::change::{Change, Kind};
use crate::rules::{Language, Old};
use crate::size::{Class, Classes};
use crate::{Checked, Finding, Looked, Suggestion, Tree};

impl Terms {
    /// Looks for the words in new lines; what was only moved is not new, and generated files are nobody's words.
    ///
    /// `own` is the file that names the words.
    #[must_use]
    pub fn check(
        &self,
        change: &Change,
        head: &dyn Tree,
        base: &dyn Tree,
        classes: &Classes,
        own: &str,
    ) -> Checked {
        if change.files.is_empty() {
            let looked = Looked::no("there is no change: nothing was compared");
            return Checked { findings: Vec::new(), looked };
        }
        let (mut findings, mut files, mut lines) = (Vec::new(), 0, 0);
        for file in &change.files {
            let path = file.path.to_string();
            let theirs = matches!(file.kind, Kind::Deleted | Kind::Submodule);
            if theirs || path == own || classes.of(&file.path) == Class::Generated {
                continue;
            }
            files += 1;
            lines += file.added.len();
            let prose = Language::of_file(&file.path, head).is_none();
            let mut old = Old::new(file, head, base);
            for (number, line) in file.new_lines() {
                let text = String::from_utf8_lossy(line);
                let hits = self.find(&text);
                if hits.is_empty() || old.moved(line) {
                    continue;
                }
                let alone = hits.len() == 1;
                let mut told: Vec<&str> = Vec::new();
                for hit in &hits {
                    if told.contains(&hit.term) {
                        continue;
                    }
                    told.push(hit.term);
                    let word = &text[hit.at.clone()];
                    let name = hit.term.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
                    let rule = format!("language.{}", name.to_lowercase());
                    let mut finding = Finding::new(rule, hit.level, message(word, hit))
                        .at(&file.path, Some(number))
                        .about(word);
                    let whole = String::from_utf8(line.to_vec()).is_ok();
                    if alone && prose && whole {
                        finding.fix = instead(&text, hit).map(|text| Suggestion {
                            line: number,
                            end_line: number,
                            text,
                        });
                    }
                    findings.push(finding);
                }
            }
        }
        Checked { findings, looked: Looked::at(files, lines, Vec::new()) }
    }
}

fn message(word: &str, hit: &Hit<'_>) -> String {
    let mut told = format!("{word:?}");
    if !hit.alternatives.is_empty() {
        told.push_str(&format!(": say {}", hit.alternatives.join(", ")));
    }
    if !hit.said.is_empty() {
        told.push_str(&format!(" ({})", hit.said.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    told
}

/// The line with the first alternative, where the word stands by itself.
fn instead(line: &str, hit: &Hit<'_>) -> Option<String> {
    let alternative = hit.alternatives.first()?;
    let part = |letter: char| letter.is_alphanumeric() || "_-./".contains(letter);
    let (before, after) = (&line[..hit.at.start], &line[hit.at.end..]);
    let word = &line[hit.at.clone()];
    let plural = word.to_lowercase().ends_with('s') && !hit.term.to_lowercase().ends_with('s');
    let inside = before.chars().next_back().is_some_and(part)
        || after.chars().next().is_some_and(|c| part(c) && c != '.');
    if inside || plural {
        return None;
    }
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let new = if first && letters.all(char::is_uppercase) {
        alternative.to_uppercase()
    } else if first {
        let mut letters = alternative.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    } else {
        alternative.clone()
    };
    Some(format!("{before}{new}{after}"))
}
