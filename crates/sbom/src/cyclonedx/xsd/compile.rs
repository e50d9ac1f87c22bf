//! A schema as its document says it; what it says and we do not know is a bug that a test finds.

use std::collections::BTreeMap;

use super::simple::{Facets, Simple};
use super::{Content, Declared, Names, Others, Particle, Schema, Type, TypeId, What, builtin};
use crate::xml::Element;

/// Compiles documents, each with the prefix by which names of its target are referred to.
pub(super) fn compile(documents: &[(&str, &Element)]) -> Schema {
    let mut compiler = Compiler { types: Vec::new(), names: Names::new(), groups: BTreeMap::new() };
    for (prefix, document) in documents {
        for child in document.children() {
            let Some(name) = child.attribute("name") else { continue };
            let name = format!("{prefix}{name}");
            match child.local() {
                "complexType" | "simpleType" => {
                    let id = compiler.fresh();
                    compiler.names.insert(name, id);
                }
                "attributeGroup" => {
                    compiler.groups.insert(name, child);
                }
                _ => {}
            }
        }
    }
    let mut root = 0;
    for (prefix, document) in documents {
        for child in document.children() {
            let id = child
                .attribute("name")
                .and_then(|name| compiler.names.get(&format!("{prefix}{name}")))
                .copied();
            match (child.local(), id) {
                ("complexType", Some(id)) => compiler.types[id] = compiler.complex(child),
                ("simpleType", Some(id)) => {
                    let content = Content::Text(compiler.simple(child));
                    compiler.types[id] = Type { content, ..Type::default() };
                }
                ("element", _) => root = compiler.type_of(child),
                ("import" | "annotation" | "attributeGroup", _) => {}
                (other, _) => unreachable!("the vendored schemas have no {other} at their top"),
            }
        }
    }
    Schema { types: compiler.types, root }
}

struct Compiler<'a> {
    types: Vec<Type>,
    names: Names,
    groups: BTreeMap<String, &'a Element>,
}

/// The parts of a declaration that mean something to who checks.
fn parts(element: &Element) -> impl Iterator<Item = &Element> {
    element.children().filter(|child| child.local() != "annotation")
}

/// How often something stands there.
fn times(element: &Element) -> (u32, u32) {
    let number = |name: &str| match element.attribute(name) {
        None => 1,
        Some("unbounded") => u32::MAX,
        Some(digits) => digits.parse().expect("the vendored schemas count with digits"),
    };
    (number("minOccurs"), number("maxOccurs"))
}

fn others(element: &Element) -> Others {
    match element.attribute("namespace") {
        Some("##other") => Others::Other,
        _ => Others::Any,
    }
}

impl Compiler<'_> {
    fn fresh(&mut self) -> TypeId {
        self.types.push(Type::default());
        self.types.len() - 1
    }

    /// The type of an element: the one it names, or the one in it.
    fn type_of(&mut self, element: &Element) -> TypeId {
        let kind = match (element.attribute("type"), parts(element).next()) {
            (Some(name), _) => match self.names.get(name) {
                Some(id) => return *id,
                None => text(Simple::builtin(name)),
            },
            (None, Some(inner)) if inner.local() == "simpleType" => text(self.simple(inner)),
            (None, Some(inner)) => self.complex(inner),
            (None, None) => {
                Type { open: Some(Others::Any), content: Content::Anything, ..Type::default() }
            }
        };
        let id = self.fresh();
        self.types[id] = kind;
        id
    }

    fn complex(&mut self, element: &Element) -> Type {
        let mixed = element.attribute("mixed") == Some("true");
        let mut kind = Type { mixed, ..Type::default() };
        for part in parts(element) {
            match part.local() {
                "sequence" | "choice" => kind.content = Content::Elements(self.particle(part)),
                "simpleContent" => {
                    let extension = parts(part).next().expect("it extends something");
                    let base = extension.attribute("base").expect("it extends something");
                    kind.content = Content::Text(self.named(base));
                    parts(extension).for_each(|part| self.attribute(part, &mut kind));
                }
                _ => self.attribute(part, &mut kind),
            }
        }
        kind
    }

    fn attribute(&mut self, part: &Element, kind: &mut Type) {
        match part.local() {
            "attribute" => {
                let name = part.attribute("name").expect("it has one").to_owned();
                let simple = match part.attribute("type") {
                    Some(name) => self.named(name),
                    None => self.simple(parts(part).next().expect("it has a type in it")),
                };
                let required = part.attribute("use") == Some("required");
                kind.attributes.push(Declared { name, simple, required });
            }
            "attributeGroup" => {
                let group = self.groups[part.attribute("ref").expect("it refers to one")];
                parts(group).for_each(|part| self.attribute(part, kind));
            }
            "anyAttribute" => kind.open = Some(others(part)),
            other => unreachable!("the vendored schemas have no {other} in a type"),
        }
    }

    fn particle(&mut self, element: &Element) -> Particle {
        let (min, max) = times(element);
        let what = match element.local() {
            "element" => What::Element {
                name: element.attribute("name").expect("it has one").to_owned(),
                kind: self.type_of(element),
                default: element.attribute("default").is_some(),
            },
            "any" => What::Others(others(element)),
            "sequence" => What::Sequence(parts(element).map(|part| self.particle(part)).collect()),
            "choice" => What::Choice(parts(element).map(|part| self.particle(part)).collect()),
            other => unreachable!("the vendored schemas have no {other} among elements"),
        };
        Particle { min, max, what }
    }

    fn named(&self, name: &str) -> Simple {
        self.names.get(name).map_or_else(|| Simple::builtin(name), |id| Simple::Named(*id))
    }

    fn simple(&self, element: &Element) -> Simple {
        let inner = parts(element).next().expect("a simple type says what it is made of");
        match inner.local() {
            "restriction" => {
                let base = self.named(inner.attribute("base").expect("it restricts something"));
                let mut facets = Facets::default();
                for facet in parts(inner) {
                    let value = facet.attribute("value").expect("a facet has a value");
                    facets.add(facet.local(), value);
                }
                Simple::Restricted(Box::new(base), Box::new(facets))
            }
            "union" => {
                let named = inner.attribute("memberTypes").unwrap_or_default();
                let named = named.split_whitespace().map(|name| self.named(name));
                let own = parts(inner).map(|part| self.simple(part));
                Simple::Union(named.chain(own).collect())
            }
            other => unreachable!("the vendored schemas have no {other} in a simple type"),
        }
    }
}

fn text(simple: Simple) -> Type {
    Type { content: Content::Text(simple), ..Type::default() }
}

impl Simple {
    fn builtin(name: &str) -> Self {
        let known = name.strip_prefix("xs:").and_then(builtin::Builtin::named);
        Self::Builtin(known.expect("the vendored schemas use the types that we know"))
    }
}
