//! Which item stands in which file of a tool.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::text::LARGEST;
use crate::{Error, Item, Rulebook, Scope, Tool, block, front};

/// A file as it would be if nobody had written in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The tool that reads it.
    pub tool: Tool,
    /// Where it stands, below the repository's root.
    pub path: String,
    /// Its front matter; empty where the tool has none.
    pub(crate) front: String,
    /// What stands between the marks.
    pub(crate) content: String,
}

impl Draft {
    /// The whole file.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.front, block::write(&self.front, &self.content))
    }
}

/// The name of the file, without our name and an ending, that an item stands in; items are in its order.
pub(crate) fn group(item: &Item) -> String {
    match item.scope() {
        Scope::Always => String::new(),
        Scope::Asked(_) => format!("when-{}", item.id()),
        Scope::Manual => format!("on-request-{}", item.id()),
        Scope::Paths(globs) => {
            let list = globs.join(",");
            let hash: String =
                Sha256::digest(list.as_bytes())[..4].iter().map(|b| format!("{b:02x}")).collect();
            format!("for-{}-{hash}", slug(&list, 40, "files"))
        }
    }
}

/// A name of lower-case letters, digits and single hyphens.
pub(crate) fn slug(text: &str, most: usize, otherwise: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if out.len() >= most {
            break;
        }
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { otherwise.to_owned() } else { out.to_owned() }
}

/// Writes a rulebook for a tool: the files as they would be where nobody wrote in them.
///
/// `source` names the file that people change instead. The items are brought to the order of
/// [`Rulebook::arrange`]. What a tool cannot tell apart stands in the file that it always reads, with
/// a line that says when it holds.
///
/// # Errors
/// What [`Rulebook::check`] refuses, and an item that the written file would not give back.
pub fn write(book: &Rulebook, tool: Tool, source: &str) -> Result<Vec<Draft>, Error> {
    let book = book.clone().arranged();
    book.check()?;
    drafts(&book, tool, source, false)
}

/// The files of a book that was checked; `single` where a file stands in the folder's place.
pub(crate) fn drafts(
    book: &Rulebook,
    tool: Tool,
    source: &str,
    single: bool,
) -> Result<Vec<Draft>, Error> {
    let mut groups: Vec<(String, Scope, Vec<&Item>)> = Vec::new();
    for item in &book.items {
        let scope = item.scope();
        let apart = !single
            && match tool {
                Tool::Agents | Tool::Claude | Tool::Gemini => false,
                Tool::Copilot | Tool::Cline => matches!(scope, Scope::Paths(_)),
                Tool::Cursor | Tool::Windsurf => scope != Scope::Always,
            };
        let (name, scope) =
            if apart { (group(item), scope) } else { (String::new(), Scope::Always) };
        match groups.iter_mut().find(|(known, ..)| *known == name) {
            Some((.., items)) => items.push(item),
            None => groups.push((name, scope, vec![item])),
        }
    }
    let mut drafts = Vec::new();
    for (name, scope, items) in &groups {
        let front = if single { String::new() } else { front::write(tool, scope) };
        for (nth, items) in parts(tool, source, &front, items).into_iter().enumerate() {
            let content = block::content(source, &items);
            // What is not given back as it was given would be lost at the next import.
            let back = block::items(&content).map_err(|(_, why)| lost(&items, why))?;
            if !back.iter().eq(items.iter().copied()) {
                return Err(lost(&items, ""));
            }
            if front.len() + content.len() > LARGEST / 2 {
                let id = items.first().map_or("", |item| item.id());
                let why = format!(
                    "with what stands in the same file it has {} bytes, more than any tool reads",
                    content.len()
                );
                return Err(Error::item(id, 1, why));
            }
            let path = if single {
                tool.folder().unwrap_or_default().to_owned()
            } else {
                path(tool, name, nth)
            };
            drafts.push(Draft { tool, path, front: front.clone(), content });
        }
    }
    Ok(drafts)
}

/// The first item that does not come back from what was written.
fn lost(items: &[&Item], why: &str) -> Error {
    let alone = |item: &&&Item| {
        !block::items(&block::content("x", &[**item])).is_ok_and(|back| back == [(**item).clone()])
    };
    let item = items.iter().find(alone).or(items.first());
    let id = item.map_or("", |item| item.id());
    let why = match why {
        "" => {
            "its prose ends like an example (Good: or Bad: and a block of code), so that it could not be told from one"
        }
        why => why,
    };
    Error::item(id, 1, why)
}

fn path(tool: Tool, name: &str, nth: usize) -> String {
    let part = if nth == 0 { String::new() } else { format!("-part{:03}", nth + 1) };
    match (name, tool.folder()) {
        ("", _) if nth == 0 => tool.file().to_owned(),
        ("", Some(folder)) => format!("{folder}/leadforge{part}{}", tool.ending()),
        (name, Some(folder)) => format!("{folder}/leadforge-{name}{part}{}", tool.ending()),
        (_, None) => tool.file().to_owned(),
    }
}

/// Cuts where a tool stops reading a file and reads others beside it.
fn parts<'i>(tool: Tool, source: &str, front: &str, items: &[&'i Item]) -> Vec<Vec<&'i Item>> {
    if tool != Tool::Windsurf {
        return vec![items.to_vec()];
    }
    let limit = tool.limits()[0];
    // The digest is as long as any other.
    let size = |items: &[&Item]| {
        let content = block::content(source, items);
        limit.count(front) + limit.count(&block::marked(&"0".repeat(64), &content))
    };
    let bare = size(&[]);
    let (mut parts, mut taken) = (vec![Vec::new()], bare);
    for item in items {
        let more = size(&[item]) - bare;
        let part = parts.last_mut().expect("there is one from the start");
        if !part.is_empty() && taken + more > limit.most {
            parts.push(vec![*item]);
            taken = bare + more;
        } else {
            part.push(*item);
            taken += more;
        }
    }
    parts
}

/// Whether a path of a tool's folder has one of our names.
pub(crate) fn ours(tool: Tool, path: &str) -> bool {
    let name = |folder: &str| path.strip_prefix(folder)?.strip_prefix("/leadforge");
    tool.folder()
        .and_then(name)
        .and_then(|rest| rest.strip_suffix(tool.ending()))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && !rest.contains('/'))
}
