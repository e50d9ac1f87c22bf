//! The guidance that a large change should come with, as Markdown.

use std::fmt::Write;

use leadforge_markup::markdown_code;

use super::{Class, Size};

impl Size {
    /// What to read, what to skim and how to split, as a section of Markdown.
    #[must_use]
    pub fn guide(&self) -> String {
        let total: u32 =
            self.classes.values().map(|lines| lines.added.saturating_add(lines.removed)).sum();
        let mut out = format!("## Review guidance\n\n**{total} changed lines**");
        let told: Vec<_> = self
            .classes
            .iter()
            .map(|(class, lines)| format!("{class} {}", lines.added.saturating_add(lines.removed)))
            .collect();
        let _ = writeln!(out, ": {}.", told.join(", "));
        match self.endings() {
            0 => {}
            1 => out.push_str("One more line changed only how it ends.\n"),
            lines => {
                let _ = writeln!(out, "{lines} more lines changed only how they end.");
            }
        }
        self.section(&mut out, "Read", &[Class::Core, Class::Config]);
        self.section(
            &mut out,
            "Skim",
            &[Class::Test, Class::Docs, Class::Fixture, Class::Generated, Class::Other],
        );
        if !self.split.is_empty() {
            out.push_str("\n### Split\n\n");
            for (number, part) in self.split.iter().enumerate() {
                let how = if part.review { "to review" } else { "to skim" };
                let files = match part.files.len() {
                    1 => "1 file".to_owned(),
                    files => format!("{files} files"),
                };
                let title = markdown_code(&part.title);
                let _ = writeln!(
                    out,
                    "{}. {title}: {} lines in {files}, {how}",
                    number + 1,
                    part.lines
                );
            }
        }
        out
    }

    fn section(&self, out: &mut String, title: &str, classes: &[Class]) {
        const MOST: usize = 12;
        let files: Vec<_> = self.read.iter().filter(|file| classes.contains(&file.class)).collect();
        if files.is_empty() {
            return;
        }
        let _ = write!(out, "\n### {title}\n\n");
        for file in files.iter().take(MOST) {
            let path = markdown_code(&file.path.to_string());
            let _ = writeln!(out, "- {path} ({}, +{} −{})", file.class, file.added, file.removed);
        }
        if files.len() > MOST {
            let _ = writeln!(out, "- and {} more", files.len() - MOST);
        }
    }
}
