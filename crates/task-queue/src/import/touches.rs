//! Reads globs from explicit lists of files; a path that is merely mentioned is no promise.

use leadforge_durable_fs::RelPath;

use super::doc::{Doc, Kind};
use super::fields::field;

const LABELS: [&str; 12] = [
    "file",
    "files",
    "files affected",
    "affected files",
    "affects files",
    "affects file",
    "files to modify",
    "files to update",
    "files to create",
    "files to change",
    "files to edit",
    "touches",
];

/// The globs of every file list in the lines `from..to`, sorted.
pub(super) fn file_lists(doc: &Doc<'_>, from: usize, to: usize) -> Vec<String> {
    let mut globs = Vec::new();
    for i in from..to.min(doc.lines.len()) {
        let line = doc.lines[i];
        let text = match line.kind {
            Kind::Heading(_, text) | Kind::Item(None, text) => text,
            Kind::Text => line.text,
            _ => continue,
        };
        match field(text) {
            Some((label, "")) if LABELS.contains(&label.as_str()) => {
                globs.extend(listed(doc, i, to));
            }
            Some((label, value)) if LABELS.contains(&label.as_str()) => globs.extend(inline(value)),
            None if matches!(line.kind, Kind::Heading(..))
                && LABELS.contains(&text.trim().to_lowercase().as_str()) =>
            {
                globs.extend(listed(doc, i, to));
            }
            _ => {}
        }
    }
    globs.sort();
    globs.dedup();
    globs
}

/// Paths in one value: the ones in backticks, else the parts between commas.
pub(super) fn inline(value: &str) -> Vec<String> {
    if value.contains('`') {
        value.split('`').skip(1).step_by(2).filter_map(glob).collect()
    } else {
        value.split(',').filter_map(|part| glob(part.split_whitespace().next()?)).collect()
    }
}

/// Paths in the list or the fence that follows line `label`.
fn listed(doc: &Doc<'_>, label: usize, to: usize) -> Vec<String> {
    let mut globs = Vec::new();
    let mut fenced = Vec::new();
    for line in &doc.lines[label + 1..to.min(doc.lines.len())] {
        match line.kind {
            Kind::Blank if line.text.is_empty() => {}
            Kind::Item(_, text) if fenced.is_empty() && line.indent >= doc.lines[label].indent => {
                globs.extend(first_path(text));
            }
            Kind::Opaque if globs.is_empty() => fenced.push(line),
            _ => break,
        }
    }
    // A drawing of a tree is indented and names no whole paths.
    if fenced.iter().all(|line| line.indent == doc.lines[label].indent) {
        globs.extend(fenced.iter().filter_map(|line| first_path(line.text)));
    }
    globs
}

fn first_path(text: &str) -> Option<String> {
    match text.split('`').nth(1) {
        Some(code) => glob(code),
        None => glob(text.split_whitespace().next()?).filter(|g| g.contains(['/', '.'])),
    }
}

/// One path as a glob: position suffixes dropped, a folder opened, brackets taken literally.
fn glob(raw: &str) -> Option<String> {
    let raw = raw.trim().trim_end_matches([',', ';']);
    let raw = raw.strip_prefix("./").unwrap_or(raw);
    let path = match raw.rsplit_once(':') {
        Some((path, at)) if at.chars().all(|c| c.is_ascii_digit() || c == '-') => path,
        _ => raw,
    };
    let strange =
        |c: char| c.is_whitespace() || c.is_control() || "<>|\"'$;&\\:(){}?!#~=".contains(c);
    if path.is_empty() || path.len() > 200 || path.starts_with('-') || path.contains(strange) {
        return None;
    }
    if !path.contains(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let (path, tail) = path.strip_suffix('/').map_or((path, ""), |folder| (folder, "/**"));
    RelPath::parse(path).ok()?;
    Some(format!("{}{tail}", path.replace('[', "[[]")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(text: &str) -> Vec<String> {
        let doc = Doc::scan(text);
        file_lists(&doc, 0, doc.lines.len())
    }

    #[test]
    fn only_explicit_lists_count() {
        assert_eq!(
            lists(
                "**Files Affected**:\n- `tests/a.py` (7 tests)\n- `src/app/`\n- Inline `<style>` block\n\nsee `other.py`"
            ),
            ["src/app/**", "tests/a.py"]
        );
        assert_eq!(lists("**File**: `src/[id]/page.tsx`\n"), ["src/[[]id]/page.tsx"]);
        assert_eq!(lists("Affects files: src/a.py, ui.py:771-777"), ["src/a.py", "ui.py"]);
        assert_eq!(
            lists("## Files to Update\n\n```\ntools/llm.py (line 170)\ndocs/A.md\n```\n"),
            ["docs/A.md", "tools/llm.py"]
        );
        assert_eq!(lists("**Files to Create:**\n```\n.github/\n  workflows/\n```\n"), [""; 0]);
        assert_eq!(lists("**Notes**:\n- `a.py`\n\n## Steps\n- `b.py`\n\nFiles\n- `c.py`"), [""; 0]);
        assert_eq!(lists("## Files\n\n- `a.py`\n"), ["a.py"]);
        assert_eq!(lists("the `src/a.py` file and **Bold**: `x.py`"), [""; 0]);
    }

    #[test]
    fn a_list_ends_where_something_else_begins() {
        assert_eq!(lists("**Files:**\n- `a.py`\n\n- `b.py`\n"), ["a.py", "b.py"]);
        assert_eq!(lists("**Files:**\n---\n- `a.py`\n"), [""; 0]);
        assert_eq!(lists("  **Files:**\n- `a.py`\n"), [""; 0]);
        assert_eq!(lists("**Files:**\n```\na.py\n```\n- `b.py`\n"), ["a.py"]);
        assert_eq!(lists("**Files:**\n- `a.py`\n```\nb.py\n```\n"), ["a.py"]);
    }

    #[test]
    fn a_path_has_a_name_and_200_bytes_at_most() {
        assert_eq!(glob(&"x".repeat(200)), Some("x".repeat(200)));
        assert_eq!(glob(&"x".repeat(201)), None);
        assert_eq!(
            (glob(":12"), glob("..."), glob("a.py:12-20")),
            (None, None, Some("a.py".into()))
        );
    }

    #[test]
    fn paths_that_leave_the_tree_are_no_scope() {
        for bad in [
            "../x.py",
            "/etc/passwd",
            "a/../b",
            ".git/config",
            "https://e.x/a.py",
            "-rf",
            "a b.py",
            "x;y.py",
            "..",
            "a\u{1}.py",
        ] {
            assert_eq!(glob(bad), None, "{bad}");
        }
    }
}
