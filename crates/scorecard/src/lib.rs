//! Assembles the dossier: one page, one JSON file and one Markdown text that prove what a run did.
