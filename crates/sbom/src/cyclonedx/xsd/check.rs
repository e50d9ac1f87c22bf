//! What a schema says of a document: order, number, words, forms, and names that nobody declared.

use std::collections::BTreeMap;

use super::{Content, Others, Particle, Schema, Type, What, namespace};
use crate::cyclonedx::{Fault, Spec};
use crate::xml::{Element, NONE, Node, Space, Xml};

/// The namespace of what a document says about its own checking.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const RULE: &str = "cyclonedx.schema";

/// Adds what the schema of that version finds, up to so many faults.
pub(in super::super) fn check(xml: &Xml, spec: Spec, most: usize, faults: &mut Vec<Fault>) {
    let schema = Schema::of(spec);
    let target = namespace(spec);
    let place = |name: &str| xml.spaces.iter().position(|space| space == name);
    let space = |name: &str| place(name).and_then(|at| Space::try_from(at).ok());
    // The root was read as one of this namespace.
    let own = xml.root.space;
    debug_assert_eq!(space(&target), Some(own));
    let checker = Checker { schema, own, instance: space(INSTANCE), most };
    checker.element(&xml.root, schema.kind(schema.root), false, faults);
    checker.references(&xml.root, &mut BTreeMap::new(), faults);
}

struct Checker<'a> {
    schema: &'a Schema,
    own: Space,
    instance: Option<Space>,
    most: usize,
}

impl Checker<'_> {
    fn say(&self, line: u32, message: String, faults: &mut Vec<Fault>) {
        if faults.len() < self.most {
            faults.push(Fault { line, rule: RULE, message });
        }
    }

    fn element(&self, element: &Element, kind: &Type, default: bool, faults: &mut Vec<Fault>) {
        self.attributes(element, kind, faults);
        let name = element.local();
        match &kind.content {
            Content::Anything => {}
            Content::Text(simple) => {
                if let Some(child) = element.children().next() {
                    let what = child.local();
                    self.say(child.line, format!("<{name}> holds text, and no <{what}>"), faults);
                    return;
                }
                let text = element.text();
                if default && text.is_empty() {
                    return;
                }
                if let Some(fault) = simple.fault(self.schema, &text) {
                    self.say(element.line, format!("<{name}>: {fault}"), faults);
                }
            }
            Content::Elements(particle) => {
                let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
                let text = element.nodes.iter().find_map(|node| match node {
                    Node::Text(text) if !text.trim_matches(blank).is_empty() => Some(text),
                    Node::Verbatim(text) => Some(text),
                    _ => None,
                });
                if let Some(text) = text.filter(|_| !kind.mixed) {
                    let shown: String = text.trim().chars().take(40).collect();
                    let message = format!("<{name}> holds elements, and no text: {shown:?}");
                    self.say(element.line, message, faults);
                }
                let children: Vec<&Element> = element.children().collect();
                let mut walk = Walk { checker: self, children: &children, at: 0, faults };
                match walk.times(particle) {
                    Ok(()) if walk.at == children.len() => {}
                    Ok(()) => {
                        let child = children[walk.at];
                        let message = format!("<{name}> may not hold <{}> here", child.name);
                        self.say(child.line, message, faults);
                    }
                    Err(missing) => {
                        let at = children.get(walk.at).map_or(element.line, |child| child.line);
                        let found = children.get(walk.at).map_or_else(
                            || "ends".to_owned(),
                            |child| format!("has <{}>", child.name),
                        );
                        let message = format!("<{name}> {found} where {missing} has to be");
                        self.say(at, message, faults);
                    }
                }
            }
        }
    }

    fn attributes(&self, element: &Element, kind: &Type, faults: &mut Vec<Fault>) {
        let name = element.local();
        for attribute in &element.attributes {
            if attribute.declares() {
                continue;
            }
            let own = |declared: &&super::Declared| {
                attribute.space == NONE && declared.name == attribute.name
            };
            let fault = if let Some(declared) = kind.attributes.iter().find(own) {
                let fault = declared.simple.fault(self.schema, &attribute.value);
                fault.map(|fault| format!("{}: {fault}", attribute.name))
            } else if Some(attribute.space) == self.instance {
                let harmless = ["schemaLocation", "noNamespaceSchemaLocation"];
                (!harmless.contains(&attribute.local()))
                    .then(|| format!("{} is not read", attribute.name))
            } else {
                let allowed = match kind.open {
                    Some(Others::Any) => true,
                    Some(Others::Other) => attribute.space != NONE && attribute.space != self.own,
                    None => false,
                };
                (!allowed).then(|| format!("the attribute {} is not known", attribute.name))
            };
            if let Some(fault) = fault {
                self.say(element.line, format!("<{name}> {fault}"), faults);
            }
        }
        for declared in kind.attributes.iter().filter(|declared| declared.required) {
            if element.attribute(&declared.name).is_none() {
                let message = format!("<{name}> has no attribute {}", declared.name);
                self.say(element.line, message, faults);
            }
        }
    }

    /// Every `bom-ref` is there once, in whatever namespace its element is.
    fn references<'e>(
        &self,
        element: &'e Element,
        seen: &mut BTreeMap<&'e str, u32>,
        faults: &mut Vec<Fault>,
    ) {
        for child in element.children() {
            if let Some(reference) = child.attribute("bom-ref")
                && let Some(first) = seen.insert(reference, child.line)
            {
                let message = format!("the bom-ref {reference:?} is that of line {first} too");
                if faults.len() < self.most {
                    faults.push(Fault { line: child.line, rule: "cyclonedx.twice", message });
                }
            }
            self.references(child, seen, faults);
        }
    }

    /// Whether an element can be where this has to be.
    fn begins(&self, particle: &Particle, element: &Element) -> bool {
        match &particle.what {
            What::Element { name, .. } => element.space == self.own && element.local() == name,
            What::Others(Others::Any) => true,
            What::Others(Others::Other) => element.space != NONE && element.space != self.own,
            What::Choice(parts) => parts.iter().any(|part| self.begins(part, element)),
            What::Sequence(parts) => {
                for part in parts {
                    if self.begins(part, element) {
                        return true;
                    }
                    if !nothing_will_do(part) {
                        return false;
                    }
                }
                false
            }
        }
    }
}

/// Whether nothing has to be there.
fn nothing_will_do(particle: &Particle) -> bool {
    particle.min == 0
        || match &particle.what {
            What::Element { .. } | What::Others(_) => false,
            What::Sequence(parts) => parts.iter().all(nothing_will_do),
            What::Choice(parts) => parts.is_empty() || parts.iter().any(nothing_will_do),
        }
}

/// The first thing that has to be there, in words.
fn wanted(particle: &Particle) -> String {
    match &particle.what {
        What::Element { name, .. } => format!("<{name}>"),
        What::Others(_) => "an element of another namespace".to_owned(),
        What::Sequence(parts) => {
            let first = parts.iter().find(|part| !nothing_will_do(part));
            first.map_or_else(|| "something".to_owned(), wanted)
        }
        What::Choice(parts) => parts.iter().map(wanted).collect::<Vec<_>>().join(" or "),
    }
}

/// On the way through the children of an element. Schemas have to be such that the next child alone
/// says which way to go.
struct Walk<'c, 'e, 'f> {
    checker: &'c Checker<'c>,
    children: &'e [&'e Element],
    at: usize,
    faults: &'f mut Vec<Fault>,
}

impl Walk<'_, '_, '_> {
    fn times(&mut self, particle: &Particle) -> Result<(), String> {
        let mut count = 0;
        while count < particle.max {
            let here = self.children.get(self.at);
            if !here.is_some_and(|child| self.checker.begins(particle, child)) {
                break;
            }
            self.once(particle)?;
            count += 1;
        }
        if count < particle.min && !nothing_will_do(particle) {
            return Err(wanted(particle));
        }
        Ok(())
    }

    fn once(&mut self, particle: &Particle) -> Result<(), String> {
        let child = self.children[self.at];
        match &particle.what {
            What::Element { kind, default, .. } => {
                self.at += 1;
                let kind = self.checker.schema.kind(*kind);
                self.checker.element(child, kind, *default, self.faults);
                Ok(())
            }
            What::Others(_) => {
                self.at += 1;
                Ok(())
            }
            What::Sequence(parts) => parts.iter().try_for_each(|part| self.times(part)),
            What::Choice(parts) => {
                let way = parts.iter().find(|part| self.checker.begins(part, child));
                self.times(way.expect("one of them begins with this child"))
            }
        }
    }
}
