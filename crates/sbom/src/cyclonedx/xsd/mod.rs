//! The XML schemas of the specification as data, and what they say of a document.

mod builtin;
mod check;
mod compile;
mod simple;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Spec;
use crate::xml::Xml;
pub(super) use builtin::Builtin;
pub(super) use check::check;
pub(super) use simple::Simple;

/// The name of the elements of a version.
pub(super) fn namespace(spec: Spec) -> String {
    format!("http://cyclonedx.org/schema/bom/{spec}")
}

/// An index into [`Schema::types`].
pub(super) type TypeId = usize;

/// A schema, ready to be asked.
pub(super) struct Schema {
    types: Vec<Type>,
    /// The type of the root element.
    pub(super) root: TypeId,
}

/// What an element may hold.
#[derive(Clone, Default)]
pub(super) struct Type {
    /// Its attributes, those of its groups among them.
    pub(super) attributes: Vec<Declared>,
    /// Attributes that are not declared.
    open: Option<Others>,
    pub(super) content: Content,
    /// Text may stand between its elements.
    pub(super) mixed: bool,
}

/// A declared attribute.
#[derive(Clone)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) simple: Simple,
    required: bool,
}

/// Whose names are allowed beside the declared ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// Everybody's.
    Any,
    /// Those of other namespaces; a name without one is no such name.
    Other,
}

/// What stands between the tags.
#[derive(Clone)]
pub(super) enum Content {
    /// Text.
    Text(Simple),
    /// Elements.
    Elements(Particle),
    /// Anything at all.
    Anything,
}

impl Default for Content {
    fn default() -> Self {
        Self::Elements(Particle { min: 1, max: 1, what: What::Sequence(Vec::new()) })
    }
}

/// Something that stands there so many times.
#[derive(Clone)]
pub(super) struct Particle {
    min: u32,
    /// `u32::MAX` for any number.
    pub(super) max: u32,
    pub(super) what: What,
}

#[derive(Clone)]
pub(super) enum What {
    Element {
        name: String,
        kind: TypeId,
        /// Empty text means another one.
        default: bool,
    },
    Others(Others),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
}

impl Schema {
    /// The schema of a version, compiled when it is first asked for.
    pub(super) fn of(spec: Spec) -> &'static Self {
        static COMPILED: [OnceLock<Schema>; 3] = [const { OnceLock::new() }; 3];
        COMPILED[spec as usize].get_or_init(|| Self::compile(spec))
    }

    fn compile(spec: Spec) -> Self {
        let text = match spec {
            Spec::V1_5 => include_str!("../../../schemas/bom-1.5.xsd"),
            Spec::V1_6 => include_str!("../../../schemas/bom-1.6.xsd"),
            Spec::V1_7 => include_str!("../../../schemas/bom-1.7.xsd"),
        };
        let parse = |text| Xml::read(text).expect("it is vendored with its hash").root;
        let identifiers = parse(include_str!("../../../schemas/spdx.xsd"));
        compile::compile(&[("bom:", &parse(text)), ("spdx:", &identifiers)])
    }

    /// One of its types.
    pub(super) fn kind(&self, id: TypeId) -> &Type {
        &self.types[id]
    }
}

type Names = BTreeMap<String, TypeId>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vendored_schema_is_understood_whole() {
        let sizes = Spec::ALL.map(|spec| Schema::of(spec).types.len());
        assert!(sizes.is_sorted() && sizes[0] > 150, "{sizes:?}");
    }
}
