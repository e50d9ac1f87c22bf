//! Reads XML 1.0 with namespaces; a document type, which could define anything, is refused.

use super::names::Names;
use super::{Attribute, Element, NONE, Node, Xml, XmlError, chars};

/// How deep elements may be nested.
const DEPTH: usize = 256;
/// How many attributes an element may have.
const ATTRIBUTES: usize = 1000;

impl Xml {
    /// Reads a text that holds one document.
    pub(crate) fn read(text: &str) -> Result<Self, XmlError> {
        let mut reader = Reader { text, at: 0, line: 1, names: Names::new() };
        reader.declaration()?;
        let before = reader.misc()?;
        if !reader.rest().starts_with('<') {
            return Err(reader.fault("has no root element"));
        }
        let root = reader.tree()?;
        let after = reader.misc()?;
        if !reader.rest().is_empty() {
            return Err(reader.fault("has something behind the root element"));
        }
        Ok(Self { spaces: reader.names.spaces, before, root, after })
    }
}

/// An element that is still open, and how many prefixes were bound before it.
struct Open {
    element: Element,
    mark: usize,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    names: Names,
}

impl<'a> Reader<'a> {
    fn fault(&self, reason: impl Into<String>) -> XmlError {
        XmlError { line: self.line, reason: reason.into() }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on by what was looked at, and counts its lines.
    fn pass(&mut self, part: &str) {
        let lines = part.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at += part.len();
    }

    fn blanks(&mut self) -> bool {
        let rest = self.rest();
        let blanks = &rest[..rest.len() - rest.trim_start_matches(chars::blank).len()];
        self.pass(blanks);
        !blanks.is_empty()
    }

    fn skip(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// What stands before a word, which is passed too.
    fn until(&mut self, word: &str, what: &str) -> Result<&'a str, XmlError> {
        let rest = self.rest();
        let Some(end) = rest.find(word) else {
            return Err(self.fault(format!("has {what} that does not end")));
        };
        self.legal(&rest[..end])?;
        self.pass(&rest[..end + word.len()]);
        Ok(&rest[..end])
    }

    fn legal(&self, text: &str) -> Result<(), XmlError> {
        match text.chars().find(|c| !chars::allowed(*c)) {
            Some(c) => Err(self.fault(format!("has the sign {c:?}, which XML does not have"))),
            None => Ok(()),
        }
    }

    fn declaration(&mut self) -> Result<(), XmlError> {
        if !self.rest().starts_with("<?xml") || !self.rest()[5..].starts_with(chars::blank) {
            return Ok(());
        }
        self.at += "<?xml".len();
        let mut known = ["version", "encoding", "standalone"].iter();
        let mut first = true;
        loop {
            let blank = self.blanks();
            if self.skip("?>") {
                return if first { Err(self.fault("names no version of XML")) } else { Ok(()) };
            }
            let (name, value) = self.attribute()?;
            if !blank || (first && name != "version") || !known.any(|known| *known == name) {
                return Err(self.fault("has a declaration that is none"));
            }
            first = false;
            let right = match name {
                "version" => value == "1.0",
                "encoding" => ["utf-8", "us-ascii"].contains(&value.to_ascii_lowercase().as_str()),
                _ => ["yes", "no"].contains(&value.as_str()),
            };
            if !right {
                return Err(self.fault(format!("says {name}={value:?}, which is not read")));
            }
        }
    }

    /// Comments and instructions outside the root.
    fn misc(&mut self) -> Result<Vec<Node>, XmlError> {
        let mut found = Vec::new();
        loop {
            self.blanks();
            match self.aside()? {
                Some(node) => found.push(node),
                None if self.rest().starts_with("<!DOCTYPE") => {
                    return Err(self.fault("has a document type, which is not read"));
                }
                None => return Ok(found),
            }
        }
    }

    /// A comment or an instruction, if there is one here.
    fn aside(&mut self) -> Result<Option<Node>, XmlError> {
        if self.skip("<!--") {
            let text = self.until("--", "a comment")?;
            if !self.skip(">") {
                return Err(self.fault("has \"--\" in a comment"));
            }
            return Ok(Some(Node::Comment(lines(text))));
        }
        if !self.skip("<?") {
            return Ok(None);
        }
        let target = self.name()?.to_owned();
        let text = self.until("?>", "an instruction")?;
        let said = text.trim_start_matches(chars::blank);
        if target.eq_ignore_ascii_case("xml") || (said.len() == text.len() && !text.is_empty()) {
            return Err(self.fault("has an instruction that is none"));
        }
        Ok(Some(Node::Instruction(target, lines(said))))
    }

    fn name(&mut self) -> Result<&'a str, XmlError> {
        let rest = self.rest();
        let name = &rest[..rest.find(|c| !chars::in_name(c)).unwrap_or(rest.len())];
        if !name.starts_with(chars::begins_name) {
            return Err(self.fault("has no name where one has to be"));
        }
        self.at += name.len();
        Ok(name)
    }

    /// A name that a prefix may stand before.
    fn qualified(&mut self) -> Result<&'a str, XmlError> {
        let name = self.name()?;
        let mut parts = name.split(':');
        let right = parts.all(|part| part.starts_with(chars::begins_name));
        if !right || name.matches(':').count() > 1 {
            return Err(self.fault(format!("has {name:?}, which is no name with a prefix")));
        }
        Ok(name)
    }

    fn attribute(&mut self) -> Result<(&'a str, String), XmlError> {
        let name = self.qualified()?;
        self.blanks();
        if !self.skip("=") {
            return Err(self.fault(format!("has no = behind the attribute {name:?}")));
        }
        self.blanks();
        let quote = if self.skip("\"") {
            "\""
        } else if self.skip("'") {
            "'"
        } else {
            return Err(self.fault(format!("has no quote before the value of {name:?}")));
        };
        let raw = self.until(quote, "the value of an attribute")?;
        if raw.contains('<') {
            return Err(self.fault(format!("has \"<\" in the value of {name:?}")));
        }
        let blank = |c| if chars::blank(c) { ' ' } else { c };
        let value = self.resolve(&lines(raw), blank)?;
        Ok((name, value))
    }

    /// Text with its references resolved; `plain` changes what stands for itself.
    fn resolve(&self, raw: &str, plain: impl Fn(char) -> char) -> Result<String, XmlError> {
        let mut text = String::with_capacity(raw.len());
        let mut parts = raw.split('&');
        text.extend(parts.next().unwrap_or_default().chars().map(&plain));
        for part in parts {
            let Some((name, behind)) = part.split_once(';') else {
                return Err(self.fault("has an \"&\" that begins no reference"));
            };
            text.push(chars::reference(name).map_err(|reason| self.fault(reason))?);
            text.extend(behind.chars().map(&plain));
        }
        Ok(text)
    }

    /// The beginning of an element, and whether that is all of it.
    fn begin(&mut self) -> Result<(Open, bool), XmlError> {
        let line = self.line;
        self.at += 1;
        let name = self.qualified()?.to_owned();
        let mut attributes: Vec<Attribute> = Vec::new();
        let ended = loop {
            let blank = self.blanks();
            if self.skip("/>") {
                break true;
            }
            if self.skip(">") {
                break false;
            }
            if !blank {
                return Err(self.fault(format!("has no blank or > in the element {name:?}")));
            }
            let (name, value) = self.attribute()?;
            attributes.push(Attribute { name: name.to_owned(), space: NONE, value });
            if attributes.len() > ATTRIBUTES {
                return Err(self.fault(format!("has more than {ATTRIBUTES} attributes")));
            }
        };
        let mark = self.names.mark();
        self.names.enter(&mut attributes).map_err(|reason| self.fault(reason))?;
        let space = self.names.of_element(&name).map_err(|reason| self.fault(reason))?;
        let mut seen: Vec<_> = attributes.iter().map(|a| (a.space, a.local())).collect();
        seen.sort_unstable();
        if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(self.fault(format!("has the attribute {:?} twice", twice[0].1)));
        }
        Ok((
            Open { element: Element { line, name, space, attributes, nodes: Vec::new() }, mark },
            ended,
        ))
    }

    /// An element and everything in it.
    fn tree(&mut self) -> Result<Element, XmlError> {
        let (mut open, ended) = self.begin()?;
        if ended {
            self.names.leave(open.mark);
            return Ok(open.element);
        }
        let mut above: Vec<Open> = Vec::new();
        loop {
            let rest = self.rest();
            if rest.starts_with("</") {
                self.at += 2;
                if self.name()? != open.element.name {
                    let begun = &open.element;
                    return Err(self.fault(format!(
                        "ends another element than {:?} of line {}",
                        begun.name, begun.line
                    )));
                }
                self.blanks();
                if !self.skip(">") {
                    return Err(self.fault("has no > at the end of an element"));
                }
                self.names.leave(open.mark);
                let Some(parent) = above.pop() else {
                    return Ok(open.element);
                };
                let done = std::mem::replace(&mut open, parent);
                open.element.nodes.push(Node::Element(done.element));
            } else if self.skip("<![CDATA[") {
                let text = self.until("]]>", "a CDATA section")?;
                open.element.nodes.push(Node::Verbatim(lines(text)));
            } else if let Some(node) = self.aside()? {
                open.element.nodes.push(node);
            } else if rest.starts_with('<') {
                if above.len() + 2 > DEPTH {
                    return Err(self.fault("is nested too deep"));
                }
                let (child, ended) = self.begin()?;
                if ended {
                    self.names.leave(child.mark);
                    open.element.nodes.push(Node::Element(child.element));
                } else {
                    above.push(std::mem::replace(&mut open, child));
                }
            } else {
                let Some(end) = rest.find('<') else {
                    let begun = &open.element;
                    return Err(
                        self.fault(format!("ends inside {:?} of line {}", begun.name, begun.line))
                    );
                };
                let raw = &rest[..end];
                if raw.contains("]]>") {
                    return Err(self.fault("has \"]]>\" in a text"));
                }
                self.legal(raw)?;
                let text = self.resolve(&lines(raw), |c| c)?;
                self.pass(raw);
                open.element.nodes.push(Node::Text(text));
            }
        }
    }
}

/// Line ends as XML hands them on.
fn lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
