//! References of a document that hold nothing, or more than one thing.

use std::collections::BTreeMap;

use super::Fault;
use crate::cyclonedx::json::{Json, Value};

/// Adds what is wrong with the references, up to so many faults.
pub(super) fn check(root: &Json, most: usize, faults: &mut Vec<Fault>) {
    let mut say = |line: u32, rule: &'static str, message: String| {
        if faults.len() < most {
            faults.push(Fault { line, rule, message });
        }
    };
    let mut defined: BTreeMap<&str, u32> = BTreeMap::new();
    let mut left = vec![root];
    while let Some(json) = left.pop() {
        match &json.value {
            Value::Object(members) => left.extend(members.iter().map(|(_, value)| value).rev()),
            Value::List(list) => left.extend(list.iter().rev()),
            _ => continue,
        }
        let Some(reference) = json.get("bom-ref") else {
            continue;
        };
        let Some(text) = reference.text() else {
            continue;
        };
        if let Some(first) = defined.insert(text, reference.line) {
            let message = format!("the bom-ref {text:?} is that of line {first} too");
            say(reference.line, "cyclonedx.twice", message);
        }
    }
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for dependency in root.get("dependencies").map_or(&[][..], Json::list) {
        let own = dependency.get("ref");
        if let Some((text, own)) = own.and_then(|own| Some((own.text()?, own)))
            && let Some(first) = seen.insert(text, own.line)
        {
            let message = format!("the dependencies of {text:?} are in line {first} too");
            say(own.line, "cyclonedx.twice", message);
        }
        let ends = ["dependsOn", "provides"].into_iter();
        let ends = ends.filter_map(|key| dependency.get(key)).flat_map(Json::list);
        for reference in own.into_iter().chain(ends) {
            let Some(text) = reference.text() else {
                continue;
            };
            // A BOM-Link names something in another document.
            if !defined.contains_key(text) && !text.starts_with("urn:cdx:") {
                let message = format!("{text:?} is no bom-ref of the document");
                say(reference.line, "cyclonedx.dangling", message);
            }
        }
    }
}
