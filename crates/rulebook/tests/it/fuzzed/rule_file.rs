//! Reads any bytes as a file of any tool: the bytes come back, and so does the data through every tool.

use leadforge_rulebook::{Tool, collect, import, write};

const PATHS: [&str; 7] = [
    "AGENTS.md",
    "CLAUDE.md",
    ".github/copilot-instructions.md",
    ".github/instructions/a.instructions.md",
    ".cursor/rules/a.mdc",
    ".clinerules/01-a.md",
    ".windsurf/rules/leadforge.md",
];

pub(crate) fn run(data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let path = PATHS[usize::from(*first) % PATHS.len()];
    let Ok(file) = import(path, data) else { return };
    assert_eq!(file.bytes(), data, "{path}");
    let book = collect(vec![file], true);
    for tool in Tool::ALL {
        let Ok(drafts) = write(&book, tool, "RULES.md") else { continue };
        let files = drafts
            .iter()
            .map(|draft| {
                let file = import(&draft.path, draft.text().as_bytes()).expect("it was written");
                assert!(!file.edited && file.theirs.is_empty());
                assert_eq!(file.bytes(), draft.text().into_bytes());
                file
            })
            .collect();
        assert_eq!(collect(files, false), book, "{tool:?}");
    }
}
