//! The dossier as Markdown.

use crate::Dossier;

/// Writes the dossier as Markdown for the body of a pull request, at most 65,536 characters.
#[must_use]
pub fn render_markdown(dossier: &Dossier) -> String {
    format!("# {}\n", leadforge_markup::markdown(&dossier.run.repository))
}
