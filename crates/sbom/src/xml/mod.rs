//! XML as it is written: names, attributes, texts, comments and instructions in their order, with lines.

mod chars;
mod names;
mod read;
mod write;

/// Why a text is no XML that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct XmlError {
    /// Counted from 1.
    pub(crate) line: u32,
    /// What is wrong, in words.
    pub(crate) reason: String,
}

/// A document: what stands before the root, the root, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Xml {
    /// The namespaces of the document; the first is none, the second is that of `xml:`.
    pub(crate) spaces: Vec<String>,
    /// Comments and instructions before the root.
    pub(crate) before: Vec<Node>,
    /// The root.
    pub(crate) root: Element,
    /// Comments and instructions behind the root.
    pub(crate) after: Vec<Node>,
}

/// An index into [`Xml::spaces`].
pub(crate) type Space = u32;

/// No namespace.
pub(crate) const NONE: Space = 0;

/// An element and the line in which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// Counted from 1.
    pub(crate) line: u32,
    /// The name as it is written, with its prefix.
    pub(crate) name: String,
    /// The namespace of the name.
    pub(crate) space: Space,
    /// In the order in which they are written, declarations of namespaces among them.
    pub(crate) attributes: Vec<Attribute>,
    /// What it holds.
    pub(crate) nodes: Vec<Node>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// The name as it is written, with its prefix.
    pub(crate) name: String,
    /// The namespace of the name; an attribute without a prefix has none.
    pub(crate) space: Space,
    /// Its value, references resolved.
    pub(crate) value: String,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Another element.
    Element(Element),
    /// Text, references resolved.
    Text(String),
    /// Text of a CDATA section.
    Verbatim(String),
    /// A comment.
    Comment(String),
    /// An instruction: its target, and what it says.
    Instruction(String, String),
}

impl Element {
    /// The name without its prefix.
    pub(crate) fn local(&self) -> &str {
        names::local(&self.name)
    }

    /// The elements in it.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The text in it, without that of the elements in it.
    pub(crate) fn text(&self) -> String {
        let texts = self.nodes.iter().filter_map(|node| match node {
            Node::Text(text) | Node::Verbatim(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// The value of an attribute without a namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.space == NONE && a.name == name)?;
        Some(&found.value)
    }
}

impl Attribute {
    /// The name without its prefix.
    pub(crate) fn local(&self) -> &str {
        names::local(&self.name)
    }

    /// Whether it declares a namespace.
    pub(crate) fn declares(&self) -> bool {
        self.name == "xmlns" || self.name.starts_with("xmlns:")
    }
}

#[cfg(test)]
mod tests;
