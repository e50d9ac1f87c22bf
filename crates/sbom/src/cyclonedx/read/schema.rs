//! The schemas of the specification, vendored, and what they say of a document.

use jsonschema::{Registry, Validator};

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

/// Adds what the schema of that version finds, up to so many faults.
pub(super) fn check(root: &Json, spec: Spec, most: usize, faults: &mut Vec<Fault>) {
    let validator = validator(spec);
    let document = plain(root);
    for error in validator.iter_errors(&document).take(most) {
        let pointer = error.instance_path().to_string();
        let at = root.at(pointer.split('/').skip(1));
        let place = if pointer.is_empty() { "the document" } else { &pointer };
        let text = error.to_string();
        let short: String = text.chars().take(200).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        let message = format!("{place}: {short}{more}");
        let line = at.map_or(1, |json| json.line);
        faults.push(Fault { line, rule: "cyclonedx.schema", message });
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
