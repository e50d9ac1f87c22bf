//! What prefixes mean where they stand.

use super::{Attribute, NONE, Space};

/// The namespace of `xml:`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// The namespace of `xmlns:`.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The namespaces of a document, and the prefixes that are bound at a place.
pub(super) struct Names {
    pub(super) spaces: Vec<String>,
    bound: Vec<(String, Space)>,
}

impl Names {
    pub(super) fn new() -> Self {
        let spaces = vec![String::new(), XML.to_owned(), XMLNS.to_owned()];
        Self { spaces, bound: vec![("xml".to_owned(), 1), ("xmlns".to_owned(), 2)] }
    }

    /// How many prefixes are bound; what an element binds ends with it.
    pub(super) const fn mark(&self) -> usize {
        self.bound.len()
    }

    /// Forgets what was bound since the mark.
    pub(super) fn leave(&mut self, mark: usize) {
        self.bound.truncate(mark);
    }

    /// Binds what the attributes of an element declare, and resolves their names.
    pub(super) fn enter(&mut self, attributes: &mut [Attribute]) -> Result<(), String> {
        for attribute in attributes.iter() {
            if !attribute.declares() {
                continue;
            }
            let prefix = attribute.name.strip_prefix("xmlns:").unwrap_or_default();
            let value = attribute.value.as_str();
            let taken = prefix == "xmlns"
                || value == XMLNS
                || (prefix == "xml") != (value == XML)
                || (value.is_empty() && !prefix.is_empty());
            if taken {
                return Err(format!("binds {:?} to {value:?}, which must not be", attribute.name));
            }
            let known = self.spaces.iter().position(|space| space == value);
            let index = known.unwrap_or_else(|| {
                self.spaces.push(value.to_owned());
                self.spaces.len() - 1
            });
            let space = Space::try_from(index).map_err(|_| "has too many namespaces")?;
            self.bound.push((prefix.to_owned(), space));
        }
        for attribute in attributes.iter_mut() {
            attribute.space = match attribute.name.split_once(':') {
                _ if attribute.declares() => 2,
                Some((prefix, _)) => self.find(prefix)?,
                None => NONE,
            };
        }
        Ok(())
    }

    /// The namespace of an element's name.
    pub(super) fn of_element(&self, name: &str) -> Result<Space, String> {
        match name.split_once(':') {
            Some((prefix, _)) => self.find(prefix),
            None => Ok(self.bound("").unwrap_or(NONE)),
        }
    }

    fn find(&self, prefix: &str) -> Result<Space, String> {
        self.bound(prefix).ok_or_else(|| format!("uses the prefix {prefix:?}, which is not bound"))
    }

    fn bound(&self, prefix: &str) -> Option<Space> {
        self.bound.iter().rev().find(|(bound, _)| bound == prefix).map(|(_, space)| *space)
    }
}
