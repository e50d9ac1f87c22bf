//! The schemas of the specification, vendored, and what they say of a document.

use std::collections::BTreeSet;

use jsonschema::{Registry, Validator};
use sha2::{Digest as _, Sha256};

use super::Fault;
use crate::cyclonedx::Spec;
use crate::cyclonedx::json::{Json, Value};

const SIDE: [(&str, &str); 3] = [
    (
        "http://cyclonedx.org/schema/spdx.schema.json",
        include_str!("../../../schemas/spdx.schema.json"),
    ),
    (
        "http://cyclonedx.org/schema/jsf-0.82.schema.json",
        include_str!("../../../schemas/jsf-0.82.schema.json"),
    ),
    (
        "http://cyclonedx.org/schema/cryptography-defs.schema.json",
        include_str!("../../../schemas/cryptography-defs.schema.json"),
    ),
];

const RULE: &str = "cyclonedx.schema";
/// How many components are held against the schema at once: what is held besides the document does not grow with it.
const ONCE: usize = 500;

/// Adds what the schema of that version finds, up to so many faults.
pub(super) fn check(root: &Json, spec: Spec, most: usize, faults: &mut Vec<Fault>) {
    let validator = validator(spec);
    let rule = RULE;
    let components = root.get("components").map_or(&[][..], Json::list);
    if components.len() <= ONCE {
        return look(root, &validator, &plain(root), 0, (rule, most), faults);
    }
    let mut whole = whole_but(root, &components[..ONCE]);
    look(root, &validator, &whole, 0, (rule, most), faults);
    // What else the document holds was looked at; of the rest only the components are.
    if let serde_json::Value::Object(members) = &mut whole {
        members.retain(|name, _| ["bomFormat", "specVersion", "version"].contains(&name.as_str()));
    }
    for (number, part) in components.chunks(ONCE).enumerate().skip(1) {
        if faults.len() >= most {
            return;
        }
        whole["version"] = 1.into();
        whole["components"] = part.iter().map(plain).collect();
        look(root, &validator, &whole, number * ONCE, (rule, most), faults);
    }
    twice(components, most, faults);
}

/// What a schema of another format says of a document, up to so many faults.
pub(crate) fn against(root: &Json, schema: &str, rule: &'static str, most: usize) -> Vec<Fault> {
    let schema = serde_json::from_str(schema).expect("it is vendored with its hash");
    let validator =
        jsonschema::validator_for(&schema).expect("every vendored schema is compiled by a test");
    let mut faults = Vec::new();
    look(root, &validator, &plain(root), 0, (rule, most), &mut faults);
    faults
}

/// The document with these components alone.
fn whole_but(root: &Json, components: &[Json]) -> serde_json::Value {
    let Value::Object(members) = &root.value else {
        return plain(root);
    };
    let member = |(name, value): &(String, Json)| {
        let value = match name.as_str() {
            "components" => components.iter().map(plain).collect(),
            _ => plain(value),
        };
        (name.clone(), value)
    };
    serde_json::Value::Object(members.iter().map(member).collect())
}

/// Components are all different, also from those that they were not looked at with.
fn twice(components: &[Json], most: usize, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for (index, component) in components.iter().enumerate() {
        if faults.len() >= most {
            return;
        }
        if !seen.insert(fingerprint(component)) {
            let message = format!("/components/{index}: is there twice");
            faults.push(Fault { line: component.line, rule: RULE, message });
        }
    }
}

/// The same for values that are equal, whatever the order of their members.
fn fingerprint(json: &Json) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut part = |kind: u8, bytes: &[u8]| {
        digest.update([kind]);
        digest.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
        digest.update(bytes);
    };
    match &json.value {
        Value::Null => part(0, b""),
        Value::Bool(value) => part(1, &[u8::from(*value)]),
        Value::Number(digits) => part(2, digits.as_bytes()),
        Value::Text(text) => part(3, text.as_bytes()),
        Value::List(list) => list.iter().for_each(|item| part(4, &fingerprint(item))),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            for (name, value) in members {
                part(5, name.as_bytes());
                part(6, &fingerprint(value));
            }
        }
    }
    digest.finalize().into()
}

/// Adds what the validator says of a document, whose first component is the one of that number in the whole.
fn look(
    root: &Json,
    validator: &Validator,
    document: &serde_json::Value,
    first: usize,
    (rule, most): (&'static str, usize),
    faults: &mut Vec<Fault>,
) {
    let left = most.saturating_sub(faults.len());
    for error in validator.iter_errors(document).take(left) {
        let mut pointer = error.instance_path().to_string();
        if let Some(rest) = pointer.strip_prefix("/components/") {
            let (index, rest) =
                rest.split_once('/').map_or((rest, None), |(i, rest)| (i, Some(rest)));
            let index = index.parse::<usize>().unwrap_or_default() + first;
            let rest = rest.map_or(String::new(), |rest| format!("/{rest}"));
            pointer = format!("/components/{index}{rest}");
        }
        let at = root.at(pointer.split('/').skip(1));
        let place = if pointer.is_empty() { "the document" } else { &pointer };
        let text = error.to_string();
        let short: String = text.chars().take(200).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        let message = format!("{place}: {short}{more}");
        let line = at.map_or(1, |json| json.line);
        faults.push(Fault { line, rule, message });
    }
}

fn validator(spec: Spec) -> Validator {
    let parse = |text: &str| -> serde_json::Value {
        serde_json::from_str(text).expect("it is vendored with its hash")
    };
    let mut registry = Registry::new();
    for (name, text) in SIDE {
        registry = registry.add(name, parse(text)).expect("it is vendored with its hash");
    }
    let registry = registry.prepare().expect("the schemas name nothing but each other");
    let schema = match spec {
        Spec::V1_5 => include_str!("../../../schemas/bom-1.5.schema.json"),
        Spec::V1_6 => include_str!("../../../schemas/bom-1.6.schema.json"),
        Spec::V1_7 => include_str!("../../../schemas/bom-1.7.schema.json"),
    };
    let options = jsonschema::options().with_registry(&registry);
    options.build(&parse(schema)).expect("every vendored schema is compiled by a test")
}

/// The same as the validator takes it.
fn plain(json: &Json) -> serde_json::Value {
    match &json.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(digits) => serde_json::from_str(digits).expect("it was read as a number"),
        Value::Text(text) => text.as_str().into(),
        Value::List(list) => list.iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), plain(value)));
            serde_json::Value::Object(members.collect())
        }
    }
}
