//! One document in two spellings: XML as JSON and JSON as XML, as the XML schema of the version says.
//!
//! Most of it is a rule: an attribute or element is a member of the same name, and an element whose only content are
//! elements of one name is a list. What the two schemas do differently stands in [`words`].

mod json;
mod words;
mod xml;

pub(super) use json::json;
use words::CHOICES;
pub(super) use xml::xml;

use super::xsd::{Content, Particle, Schema, Type, What};

/// The elements that a type declares, in their order, and whether each may be there several times.
fn declared(kind: &Type) -> Vec<(&str, usize, bool)> {
    fn walk<'s>(particle: &'s Particle, many: bool, found: &mut Vec<(&'s str, usize, bool)>) {
        let many = many || particle.max > 1;
        match &particle.what {
            What::Element { name, kind, .. } => {
                // What several branches end with stands behind what each of them begins with.
                found.retain(|(known, ..)| known != name);
                found.push((name, *kind, many));
            }
            What::Others(_) => {}
            What::Sequence(parts) | What::Choice(parts) => {
                parts.iter().for_each(|part| walk(part, many, found));
            }
        }
    }
    let mut found = Vec::new();
    if let Content::Elements(particle) = &kind.content {
        walk(particle, false, &mut found);
    }
    found
}

/// The one element of which a type holds any number and besides which it holds nothing.
fn item<'s>(schema: &'s Schema, kind: &'s Type) -> Option<(&'s str, &'s Type)> {
    match declared(kind).as_slice() {
        [(name, inner, true)] if kind.attributes.is_empty() => Some((name, schema.kind(*inner))),
        _ => None,
    }
}

/// Whether an element says nothing but to what it refers.
fn refers(kind: &Type) -> bool {
    let only = matches!(kind.attributes.as_slice(), [one] if one.name == "ref");
    only && declared(kind).is_empty() && matches!(kind.content, Content::Elements(_))
}
