//! The members of a SARIF log that are looked at, each of which may be missing or something else.

use serde::de::{DeserializeOwned, Error, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// More members of a list than this are not held, and the log is refused.
const MEMBERS: usize = 100_000;
/// More bytes of properties than this are not held.
const FACTS: usize = 256 << 10;

/// A log.
#[derive(Deserialize)]
pub(super) struct Log<'a> {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) version: String,
    #[serde(borrow)]
    pub(super) runs: Members<'a>,
}

/// A run; its results are taken apart one by one.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Run<'a> {
    #[serde(deserialize_with = "whole")]
    pub(super) tool: Tool,
    #[serde(borrow)]
    pub(super) results: Option<Members<'a>>,
    #[serde(deserialize_with = "parts")]
    pub(super) invocations: Vec<Invocation>,
    #[serde(deserialize_with = "parts")]
    pub(super) artifacts: Vec<Artifact>,
    #[serde(deserialize_with = "lenient")]
    pub(super) original_uri_base_ids: BTreeMap<String, ArtifactLocation>,
    #[serde(deserialize_with = "part")]
    pub(super) external_property_file_references: External,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct External {
    #[serde(deserialize_with = "each")]
    pub(super) results: Vec<Value>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Invocation {
    #[serde(deserialize_with = "lenient")]
    pub(super) execution_successful: Option<bool>,
    #[serde(deserialize_with = "parts")]
    pub(super) tool_execution_notifications: Vec<Notification>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Notification {
    #[serde(deserialize_with = "lenient")]
    pub(super) level: String,
    #[serde(deserialize_with = "part")]
    pub(super) message: Message,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Tool {
    #[serde(deserialize_with = "whole")]
    pub(super) driver: Component,
    #[serde(deserialize_with = "parts")]
    pub(super) extensions: Vec<Component>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Component {
    #[serde(deserialize_with = "lenient")]
    pub(super) name: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) version: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) semantic_version: String,
    #[serde(deserialize_with = "parts")]
    pub(super) rules: Vec<Rule>,
    #[serde(deserialize_with = "lenient")]
    pub(super) global_message_strings: BTreeMap<String, Message>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Rule {
    #[serde(deserialize_with = "lenient")]
    pub(super) id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) name: String,
    #[serde(deserialize_with = "each")]
    pub(super) deprecated_ids: Vec<String>,
    #[serde(deserialize_with = "part")]
    pub(super) short_description: Message,
    #[serde(deserialize_with = "part")]
    pub(super) full_description: Message,
    #[serde(deserialize_with = "part")]
    pub(super) help: Message,
    #[serde(deserialize_with = "lenient")]
    pub(super) help_uri: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) message_strings: BTreeMap<String, Message>,
    #[serde(deserialize_with = "part")]
    pub(super) default_configuration: Configuration,
    #[serde(deserialize_with = "facts")]
    pub(super) properties: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Configuration {
    #[serde(deserialize_with = "lenient")]
    pub(super) level: String,
}

/// A message, or a text in several forms.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    #[serde(deserialize_with = "lenient")]
    pub(super) text: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) markdown: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) id: String,
    #[serde(deserialize_with = "each")]
    pub(super) arguments: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Reference {
    #[serde(deserialize_with = "lenient")]
    pub(super) id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) index: Option<usize>,
    #[serde(deserialize_with = "part")]
    pub(super) tool_component: ComponentReference,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ComponentReference {
    #[serde(deserialize_with = "lenient")]
    pub(super) index: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Hit {
    #[serde(deserialize_with = "lenient")]
    pub(super) rule_id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) rule_index: Option<usize>,
    #[serde(deserialize_with = "part")]
    pub(super) rule: Reference,
    #[serde(deserialize_with = "lenient")]
    pub(super) kind: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) level: String,
    #[serde(deserialize_with = "part")]
    pub(super) message: Message,
    #[serde(deserialize_with = "parts")]
    pub(super) locations: Vec<Location>,
    #[serde(deserialize_with = "parts")]
    pub(super) suppressions: Vec<Suppression>,
    #[serde(deserialize_with = "lenient")]
    pub(super) baseline_state: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) partial_fingerprints: BTreeMap<String, String>,
    #[serde(deserialize_with = "lenient")]
    pub(super) fingerprints: BTreeMap<String, String>,
    #[serde(deserialize_with = "facts")]
    pub(super) properties: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Suppression {
    #[serde(deserialize_with = "lenient")]
    pub(super) status: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) justification: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Location {
    #[serde(deserialize_with = "part")]
    pub(super) message: Message,
    #[serde(deserialize_with = "part")]
    pub(super) physical_location: Physical,
    #[serde(deserialize_with = "parts")]
    pub(super) logical_locations: Vec<Logical>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Physical {
    #[serde(deserialize_with = "part")]
    pub(super) artifact_location: ArtifactLocation,
    #[serde(deserialize_with = "part")]
    pub(super) region: Region,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Logical {
    #[serde(deserialize_with = "lenient")]
    pub(super) fully_qualified_name: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ArtifactLocation {
    #[serde(deserialize_with = "lenient")]
    pub(super) uri: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) uri_base_id: String,
    #[serde(deserialize_with = "lenient")]
    pub(super) index: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Artifact {
    #[serde(deserialize_with = "part")]
    pub(super) location: ArtifactLocation,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Region {
    #[serde(deserialize_with = "lenient")]
    pub(super) start_line: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    pub(super) start_column: Option<u32>,
    #[serde(deserialize_with = "lenient")]
    pub(super) end_line: Option<u32>,
}

/// A value, or its default where something else stands.
fn lenient<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    source: D,
) -> Result<T, D::Error> {
    let raw = <&RawValue>::deserialize(source)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

/// An object out of its text. What serde derives would take a list for one, too, by the order of its members.
pub(super) fn object<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Result<T, String> {
    if !raw.get().starts_with('{') {
        return Err("is no object".to_owned());
    }
    serde_json::from_str(raw.get()).map_err(|error| reason(&error))
}

/// What is wrong, without a place that is counted from somewhere in the middle.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// An object that has to be one.
fn whole<'de, T: DeserializeOwned, D: Deserializer<'de>>(source: D) -> Result<T, D::Error> {
    object(<&RawValue>::deserialize(source)?).map_err(D::Error::custom)
}

/// An object, or its default where something else stands.
fn part<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    source: D,
) -> Result<T, D::Error> {
    Ok(object(<&RawValue>::deserialize(source)?).unwrap_or_default())
}

/// A list of objects, each its default where it is something else: places in it mean something.
fn parts<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    source: D,
) -> Result<Vec<T>, D::Error> {
    let members = members(<&RawValue>::deserialize(source)?)?;
    Ok(members.0.iter().map(|raw| object(raw).unwrap_or_default()).collect())
}

/// A list of plain values, each its default where it is something else.
fn each<'de, T: DeserializeOwned + Default, D: Deserializer<'de>>(
    source: D,
) -> Result<Vec<T>, D::Error> {
    let members = members(<&RawValue>::deserialize(source)?)?;
    let one = |raw: &&RawValue| serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(members.0.iter().map(one).collect())
}

/// The members of a list; none where something else stands.
fn members<E: Error>(raw: &RawValue) -> Result<Members<'_>, E> {
    if !raw.get().starts_with('[') {
        return Ok(Members::default());
    }
    serde_json::from_str(raw.get()).map_err(|error| E::custom(reason(&error)))
}

/// What tools say beside the format; so much of it that it cannot be meant for a reader is refused.
fn facts<'de, D: Deserializer<'de>>(source: D) -> Result<Map<String, Value>, D::Error> {
    let raw = <&RawValue>::deserialize(source)?;
    if raw.get().len() > FACTS {
        return Err(D::Error::custom(format!("properties of more than {} KiB", FACTS >> 10)));
    }
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

/// The members of a list, which are taken apart later.
#[derive(Default)]
pub(super) struct Members<'a>(pub(super) Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct List<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for List<'a> {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Members<'a>, A::Error> {
                let mut members = Vec::new();
                while members.len() < MEMBERS {
                    match list.next_element()? {
                        Some(member) => members.push(member),
                        None => return Ok(Members(members)),
                    }
                }
                match list.next_element::<IgnoredAny>()? {
                    None => Ok(Members(members)),
                    Some(_) => Err(A::Error::custom(format!("a list of more than {MEMBERS}"))),
                }
            }
        }
        source.deserialize_seq(List(PhantomData))
    }
}
