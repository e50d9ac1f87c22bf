//! One file of an ordinary diff, read by the crate diffy and counted against the text.

use diffy::Line;
use diffy::patch_set::{FileMode, FileOperation, FilePatch, ParseOptions, PatchKind, PatchSet};

use super::error::BEHIND;
use super::read::Section;
use super::{DiffError, FileChange, Kind, Lines, RepoPath};

/// Object ids of empty content, as git writes their beginnings, in both kinds of repositories.
const EMPTY: [&[u8]; 2] = [b"e69de29", b"473a0f4"];

pub(super) fn read(section: &Section<'_>) -> Result<FileChange, DiffError> {
    let header = Header::read(section)?;
    let mut patches = PatchSet::parse_bytes(section.text, ParseOptions::gitdiff());
    let patch = match patches.next() {
        Some(Ok(patch)) => patch,
        Some(Err(error)) => {
            // It counts bytes from a place that the reader of the whole text does not see.
            let told = error.to_string();
            let told = told.rsplit("patches: ").next().unwrap_or(&told);
            let told = told.rsplit_once(": ").map_or(told, |(_, reason)| reason);
            return Err(DiffError::new(section.line, told));
        }
        None => return Err(DiffError::new(section.line, "expected a file's diff")),
    };
    accounted(section, &header, &patch)?;
    let (kind, path, old_path) = operation(section, &header, &patch)?;
    if path.as_bytes().is_empty() || old_path.as_ref().is_some_and(|old| old.as_bytes().is_empty())
    {
        return Err(DiffError::new(section.line, "a file without a name"));
    }
    let mut file = FileChange {
        path,
        old_path,
        kind,
        binary: patch.patch().is_binary(),
        added: Lines::default(),
        removed: 0,
        text: Vec::new(),
    };
    let Some(text) = patch.patch().as_text() else { return Ok(file) };
    let mut ends = Ends { at: section.line + header.length, ..Ends::default() };
    let mut next = 0;
    for hunk in text.hunks() {
        let mut at = hunk.new_range().start();
        if at < next {
            return Err(DiffError::new(ends.at, BEHIND));
        }
        ends.at += 1;
        for line in hunk.lines() {
            ends.pass(line)?;
            match line {
                Line::Context(_) => at += 1,
                Line::Delete(_) => file.removed += 1,
                Line::Insert(line) => {
                    let number = u32::try_from(at).map_err(|_| {
                        DiffError::new(section.line, "line numbers beyond 4,294,967,295")
                    })?;
                    file.added.push(number);
                    file.text.extend_from_slice(line);
                    at += 1;
                }
            }
        }
        next = at;
    }
    Ok(file)
}

/// Whether the two sides of a diff have come to a line without an end, behind which there can be no other.
#[derive(Default)]
struct Ends {
    /// The line of the diff's text.
    at: usize,
    old: bool,
    new: bool,
}

impl Ends {
    fn pass(&mut self, line: &Line<'_, [u8]>) -> Result<(), DiffError> {
        let (text, old, new) = match line {
            Line::Context(text) => (text, true, true),
            Line::Delete(text) => (text, true, false),
            Line::Insert(text) => (text, false, true),
        };
        if self.old && old || self.new && new {
            return Err(DiffError::new(self.at, "a line behind the end of the file"));
        }
        if text.is_empty() {
            return Err(DiffError::new(
                self.at,
                "a line without text that has no end either is none",
            ));
        }
        let open = !text.ends_with(b"\n");
        self.old |= open && old;
        self.new |= open && new;
        // `\ No newline at end of file` has a line of its own.
        self.at += 1 + usize::from(open);
        Ok(())
    }
}

/// The lines before the first hunk.
struct Header {
    /// How many lines it has.
    length: usize,
    submodule: bool,
    /// Whether both sides stand for the same path under the same name: no prefixes were written.
    bare: bool,
    /// Whether it says that lines follow.
    promises: bool,
}

impl Header {
    fn read(section: &Section<'_>) -> Result<Self, DiffError> {
        const KNOWN: [&[u8]; 14] = [
            b"old mode ",
            b"new mode ",
            b"new file mode ",
            b"deleted file mode ",
            b"rename from ",
            b"rename to ",
            b"copy from ",
            b"copy to ",
            b"index ",
            b"similarity index ",
            b"dissimilarity index ",
            b"Binary files ",
            b"--- ",
            b"+++ ",
        ];
        let binary = |line: &&[u8]| line.starts_with(b"GIT binary patch");
        let body = |line: &&[u8]| line.starts_with(b"@@ ") || binary(line);
        let length = section.lines.iter().position(body).unwrap_or(section.lines.len());
        let lines = &section.lines[1..length];
        let unknown = |line: &&[u8]| !KNOWN.iter().any(|known| line.starts_with(known));
        // What a mail ends with stands behind the last file.
        let end = signature(lines).unwrap_or(lines.len());
        if let Some(at) = lines[..end].iter().position(unknown) {
            return Err(DiffError::new(
                section.line + 1 + at,
                "expected a line of git's diff header",
            ));
        }
        let with = |word: &[u8]| lines.iter().find(|line| line.starts_with(word));
        let ids = with(b"index ").and_then(|line| {
            let ids = line[6..].split(|byte| byte.is_ascii_whitespace()).next()?;
            let cut = ids.windows(2).position(|two| two == b"..")?;
            Some((&ids[..cut], &ids[cut + 2..]))
        });
        let empty = |id: &[u8]| EMPTY.iter().any(|empty| id.starts_with(empty));
        let promises = match ids {
            Some((_, new)) if with(b"new file mode ").is_some() => !empty(new),
            Some((old, _)) if with(b"deleted file mode ").is_some() => !empty(old),
            Some((old, new)) => old != new,
            // Git names the content of every file that comes or goes, and says when a renamed one is the same.
            None if with(b"new file mode ").or(with(b"deleted file mode ")).is_some() => true,
            None if with(b"rename to ").or(with(b"copy to ")).is_some() => {
                with(b"similarity index 100%").is_none()
            }
            None => with(b"old mode ").is_none() || with(b"new mode ").is_none(),
        };
        let names =
            section.lines[0].trim_ascii_end().strip_prefix(b"diff --git ").unwrap_or_default();
        let middle = names.len() / 2;
        let bare =
            names.len() % 2 == 1 && names[middle] == b' ' && names[..middle] == names[middle + 1..];
        let modes = [&b"new file mode 160000"[..], b"new mode 160000"];
        let kept = with(b"index ").is_some_and(|line| line.trim_ascii_end().ends_with(b" 160000"));
        let submodule = kept || modes.iter().any(|mode| with(mode).is_some());
        Ok(Self { length, submodule, bare, promises })
    }
}

/// Every line of the section is part of what was read, and what the header promises is there.
fn accounted(
    section: &Section<'_>,
    header: &Header,
    patch: &FilePatch<'_, [u8]>,
) -> Result<(), DiffError> {
    let body = &section.lines[header.length..];
    let PatchKind::Text(text) = patch.patch() else { return whole_binary(section, body) };
    if header.promises && text.hunks().is_empty() {
        let reason = "the file's lines are missing: the diff is cut off here";
        return Err(DiffError::new(section.line + section.lines.len() - 1, reason));
    }
    let read: usize = text.hunks().iter().map(|hunk| 1 + hunk.lines().len()).sum();
    let end = signature(body).unwrap_or(body.len());
    let marks = body[..end].iter().filter(|line| line.starts_with(b"\\")).count();
    if read + marks != end {
        let at = section.line + header.length + (read + marks).min(end);
        return Err(DiffError::new(at, "the line belongs to no hunk of this file"));
    }
    Ok(())
}

/// A binary patch is two blocks, each closed by an empty line.
fn whole_binary(section: &Section<'_>, body: &[&[u8]]) -> Result<(), DiffError> {
    let end = signature(body).unwrap_or(body.len());
    let blocks = body[..end].split(|line| line.trim_ascii().is_empty());
    if body.is_empty()
        || blocks.count() == 3 && body[..end].last().is_some_and(|line| *line == b"\n")
    {
        return Ok(());
    }
    let at = section.line + section.lines.len() - 1;
    Err(DiffError::new(at, "expected a binary patch of two blocks, each closed by an empty line"))
}

/// Where the end of a mail begins, which `git format-patch` closes with its version.
fn signature(lines: &[&[u8]]) -> Option<usize> {
    let at = lines.iter().rposition(|line| *line == b"-- \n")?;
    let version = lines.get(at + 1)?;
    let rest = lines[at + 2..].iter().all(|line| line.trim_ascii().is_empty());
    (rest && version.first().is_some_and(u8::is_ascii_digit)).then_some(at)
}

type Named = (Kind, RepoPath, Option<RepoPath>);

fn operation(
    section: &Section<'_>,
    header: &Header,
    patch: &FilePatch<'_, [u8]>,
) -> Result<Named, DiffError> {
    let whole = |path: &[u8]| RepoPath::new(path);
    let stripped = |path: &[u8]| {
        let prefixed = matches!(path, [b'a' | b'b' | b'c' | b'i' | b'o' | b'w', b'/', _, ..]);
        if prefixed && !header.bare {
            return Ok(RepoPath::new(&path[2..]));
        }
        let reason = "the paths have no a/ and b/ before them: \
             make the diff again with --src-prefix=a/ --dst-prefix=b/";
        Err(DiffError::new(section.line, reason))
    };
    let there = if header.submodule { Kind::Submodule } else { Kind::Modified };
    Ok(match patch.operation() {
        FileOperation::Create(path) if header.submodule => (there, stripped(path)?, None),
        FileOperation::Create(path) => (Kind::Added, stripped(path)?, None),
        FileOperation::Delete(path) => (Kind::Deleted, stripped(path)?, None),
        FileOperation::Modify { original, modified } => {
            let (old, new) = (stripped(original)?, stripped(modified)?);
            if old != new {
                let reason = format!("two paths, {old} and {new}, and no rename is told");
                return Err(DiffError::new(section.line, reason));
            }
            let modes = (patch.old_mode(), patch.new_mode());
            let link = |mode: Option<&FileMode>| mode == Some(&FileMode::Symlink);
            let kind = if link(modes.0) == link(modes.1) { there } else { Kind::TypeChanged };
            (kind, new, None)
        }
        FileOperation::Rename { from, to } => (Kind::Renamed, whole(to), Some(whole(from))),
        FileOperation::Copy { from, to } => (Kind::Copied, whole(to), Some(whole(from))),
    })
}
