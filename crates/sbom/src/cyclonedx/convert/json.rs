//! A document in XML as the same in JSON, for those who ask what is in it.

use super::{CHOICES, declared, item, refers, words};
use crate::cyclonedx::Spec;
use crate::cyclonedx::json::{Json, Value};
use crate::cyclonedx::xsd::{Builtin, Content, Schema, Simple, Type};
use crate::xml::{Element, NONE, Xml};

/// The document in JSON. What stands in other namespaces has no place there.
pub(in super::super) fn json(xml: &Xml, spec: Spec) -> Json {
    let schema = Schema::of(spec);
    let mut root = element(schema, &xml.root, schema.kind(schema.root), xml.root.space);
    if let Value::Object(members) = &mut root.value {
        let line = xml.root.line;
        let text = |text: &str| Json { line, value: Value::Text(text.to_owned()) };
        members.insert(0, ("bomFormat".to_owned(), text("CycloneDX")));
        members.insert(1, ("specVersion".to_owned(), text(spec.as_str())));
    }
    root
}

/// Text as a value of its type.
fn scalar(schema: &Schema, simple: &Simple, text: &str) -> Value {
    let Some(builtin) = simple.primitive(schema) else {
        return Value::Text(text.to_owned());
    };
    let text = builtin.space(text).into_owned();
    match builtin {
        Builtin::Boolean => Value::Bool(text == "true" || text == "1"),
        Builtin::Decimal
        | Builtin::Integer
        | Builtin::PositiveInteger
        | Builtin::NonNegativeInteger
            if serde_json::from_str::<serde_json::Number>(&text).is_ok() =>
        {
            Value::Number(text)
        }
        _ => Value::Text(text),
    }
}

fn element(schema: &Schema, element: &Element, kind: &Type, own: u32) -> Json {
    let line = element.line;
    let at = |value: Value| Json { line, value };
    if refers(kind) {
        let reference = element.attribute("ref").unwrap_or_default();
        return at(Value::Text(reference.to_owned()));
    }
    let mut members: Vec<(String, Json)> = Vec::new();
    for attribute in &element.attributes {
        let known = kind.attributes.iter().find(|known| known.name == attribute.name);
        if let Some(known) = known.filter(|_| attribute.space == NONE) {
            let value = scalar(schema, &known.simple, &attribute.value);
            members.push((words::of_attribute(&known.name).to_owned(), at(value)));
        }
    }
    match &kind.content {
        Content::Anything => return at(Value::Text(element.text())),
        Content::Text(simple) => {
            let value = scalar(schema, simple, &element.text());
            if kind.attributes.is_empty() {
                return at(value);
            }
            members.push((words::content(element.local()).to_owned(), at(value)));
        }
        Content::Elements(_) => {
            children(schema, element, kind, own, &mut members);
        }
    }
    at(Value::Object(members))
}

fn children(
    schema: &Schema,
    parent: &Element,
    kind: &Type,
    own: u32,
    members: &mut Vec<(String, Json)>,
) {
    let known = declared(kind);
    for child in parent.children().filter(|child| child.space == own) {
        let name = child.local();
        let Some((_, inner, many)) = known.iter().find(|(known, ..)| *known == name) else {
            continue;
        };
        let inner = schema.kind(*inner);
        let line = child.line;
        if parent.local() == "dependency" {
            // What depends on what is nested in XML, and named in JSON.
            let key = if name == "provides" { "provides" } else { "dependsOn" };
            let reference = child.attribute("ref").unwrap_or_default().to_owned();
            push(members, key, Json { line, value: Value::Text(reference) });
            continue;
        }
        let value = if name == CHOICES {
            let choices = declared(inner);
            let list = child.children().filter(|one| one.space == own).filter_map(|one| {
                let (_, kind, _) = choices.iter().find(|(known, ..)| *known == one.local())?;
                let value = element(schema, one, schema.kind(*kind), own);
                let value = if one.local() == "license" {
                    let line = one.line;
                    Json { line, value: Value::Object(vec![("license".to_owned(), value)]) }
                } else {
                    value
                };
                Some(value)
            });
            Json { line, value: Value::List(list.collect()) }
        } else if let Some((of, inner)) = item(schema, inner) {
            let list = child.children().filter(|one| one.space == own && one.local() == of);
            let list = list.map(|one| element(schema, one, inner, own)).collect();
            Json { line, value: Value::List(list) }
        } else {
            element(schema, child, inner, own)
        };
        if *many {
            push(members, name, value);
        } else {
            members.push((name.to_owned(), value));
        }
    }
}

/// Adds to the list of that name, which begins with its first element.
fn push(members: &mut Vec<(String, Json)>, key: &str, json: Json) {
    let line = json.line;
    if let Some((_, known)) = members.iter_mut().find(|(name, _)| name == key) {
        if let Value::List(list) = &mut known.value {
            list.push(json);
        }
    } else {
        members.push((key.to_owned(), Json { line, value: Value::List(vec![json]) }));
    }
}
