//! A document in JSON as the same in XML; a member that has no place there is an error, never lost.

use super::{CHOICES, declared, item, refers, words};
use crate::cyclonedx::json::{Json, Value};
use crate::cyclonedx::xsd::{Content, Schema, Type, namespace};
use crate::cyclonedx::{ReadError, Spec};
use crate::xml::{Attribute, Element, NONE, Node, Xml};

/// The namespace of the document, the fourth after those that every document has.
const OWN: u32 = 3;

/// The document in XML, two blanks for each level.
///
/// # Errors
/// When a member has no place in the XML of its version.
pub(in super::super) fn xml(root: &Json, spec: Spec) -> Result<Xml, ReadError> {
    let schema = Schema::of(spec);
    let mut root = root.clone();
    if let Value::Object(members) = &mut root.value {
        // In XML, the namespace says all three.
        members
            .retain(|(name, _)| !["$schema", "bomFormat", "specVersion"].contains(&name.as_str()));
    }
    let mut element = element(schema, "bom", schema.kind(schema.root), &root)?;
    let declaration = Attribute { name: "xmlns".to_owned(), space: 2, value: namespace(spec) };
    element.attributes.insert(0, declaration);
    indent(&mut element, 0);
    let spaces = ["", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"];
    let mut spaces: Vec<String> = spaces.map(str::to_owned).to_vec();
    spaces.push(namespace(spec));
    Ok(Xml { spaces, before: Vec::new(), root: element, after: Vec::new() })
}

fn lost(json: &Json, what: &str) -> ReadError {
    ReadError { line: json.line, reason: format!("has {what}, which has no place in XML") }
}

fn new(name: &str, line: u32) -> Element {
    let (attributes, nodes) = (Vec::new(), Vec::new());
    Element { line, name: name.to_owned(), space: OWN, attributes, nodes }
}

/// The text of a scalar.
fn text(json: &Json) -> Option<String> {
    let text = match &json.value {
        Value::Text(text) => text.clone(),
        Value::Number(digits) => digits.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::List(_) | Value::Object(_) => return None,
    };
    // XML has no place for most of the signs below the blank.
    let fits = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..);
    text.chars().all(fits).then_some(text)
}

fn element(schema: &Schema, name: &str, kind: &Type, json: &Json) -> Result<Element, ReadError> {
    let mut made = new(name, json.line);
    let scalar =
        |json: &Json| text(json).ok_or_else(|| lost(json, &format!("a value of {name:?}")));
    if refers(kind) {
        made.attributes.push(attribute("ref", scalar(json)?));
        return Ok(made);
    }
    let Value::Object(members) = &json.value else {
        // A text alone is the content.
        if matches!(kind.content, Content::Elements(_)) && !kind.mixed {
            return Err(lost(json, &format!("a value of {name:?}")));
        }
        let text = scalar(json)?;
        if !text.is_empty() {
            made.nodes.push(Node::Text(text));
        }
        return Ok(made);
    };
    let mut left: Vec<&(String, Json)> = members.iter().collect();
    let mut take = |key: &str| {
        let at = left.iter().position(|(name, _)| name == key)?;
        Some(&left.remove(at).1)
    };
    for known in &kind.attributes {
        if let Some(value) = take(words::of_attribute(&known.name)) {
            made.attributes.push(attribute(&known.name, scalar(value)?));
        }
    }
    match &kind.content {
        Content::Text(_) | Content::Anything => {
            let content = take(words::content(name)).map(scalar).transpose()?;
            made.nodes.extend(content.filter(|text| !text.is_empty()).map(Node::Text));
        }
        Content::Elements(_) if name == "dependency" => {
            for (key, inner) in [("dependsOn", "dependency"), ("provides", "provides")] {
                for reference in take(key).map_or(&[][..], Json::list) {
                    let mut one = new(inner, reference.line);
                    one.attributes.push(attribute("ref", scalar(reference)?));
                    made.nodes.push(Node::Element(one));
                }
            }
        }
        Content::Elements(_) => {
            for (child, inner, many) in declared(kind) {
                let Some(value) = take(child) else {
                    continue;
                };
                let inner = schema.kind(inner);
                match (&value.value, many) {
                    (Value::List(list), true) => {
                        for one in list {
                            made.nodes.push(Node::Element(element(schema, child, inner, one)?));
                        }
                    }
                    (Value::List(list), false) => {
                        made.nodes.push(Node::Element(wrapped(schema, child, inner, list, value)?));
                    }
                    _ => made.nodes.push(Node::Element(element(schema, child, inner, value)?)),
                }
            }
        }
    }
    match left.first() {
        Some((key, value)) => Err(lost(value, &format!("the member {key:?} of {name:?}"))),
        None => Ok(made),
    }
}

/// A list as an element that holds one element for each.
fn wrapped(
    schema: &Schema,
    name: &str,
    kind: &Type,
    list: &[Json],
    json: &Json,
) -> Result<Element, ReadError> {
    let mut made = new(name, json.line);
    if name == CHOICES {
        let choices = declared(kind);
        for one in list {
            let (of, value) = match one.get("license") {
                Some(licence) => ("license", licence),
                None if one.get("expressionDetails").is_some() => {
                    return Err(lost(one, "details of an expression"));
                }
                None => ("expression", one),
            };
            let found = choices.iter().find(|(known, ..)| *known == of);
            let (_, inner, _) = found.ok_or_else(|| lost(one, "a licence"))?;
            made.nodes.push(Node::Element(element(schema, of, schema.kind(*inner), value)?));
        }
        return Ok(made);
    }
    let Some((of, inner)) = item(schema, kind) else {
        return Err(lost(json, &format!("a list of {name:?}")));
    };
    for one in list {
        made.nodes.push(Node::Element(element(schema, of, inner, one)?));
    }
    Ok(made)
}

fn attribute(name: &str, value: String) -> Attribute {
    Attribute { name: name.to_owned(), space: NONE, value }
}

/// Puts each element that holds elements on lines of their own.
fn indent(element: &mut Element, depth: usize) {
    if !element.nodes.iter().any(|node| matches!(node, Node::Element(_))) {
        return;
    }
    let line = |depth: usize| Node::Text(format!("\n{}", "  ".repeat(depth)));
    let mut nodes = Vec::with_capacity(2 * element.nodes.len() + 1);
    for mut node in std::mem::take(&mut element.nodes) {
        if let Node::Element(inner) = &mut node {
            indent(inner, depth + 1);
        }
        nodes.push(line(depth + 1));
        nodes.push(node);
    }
    nodes.push(line(depth));
    element.nodes = nodes;
}
