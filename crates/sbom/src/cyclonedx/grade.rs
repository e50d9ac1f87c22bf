//! How much of what a profile asks for a document says, and why the rest is not there: nothing is invented.

use serde::Serialize;

use super::json::Json;
use super::{Document, Spec};

/// What a document is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// The minimum elements of NTIA, 2021.
    Ntia,
    /// TR-03183-2 of BSI, version 2.1.0, as far as it is about data.
    Bsi,
}

/// How much of it a document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// The profile's name.
    pub profile: &'static str,
    /// Each thing that is asked for.
    pub fields: Vec<Field>,
}

/// A thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What.
    pub name: &'static str,
    /// Of how many places it is asked for: of the document, or of each component.
    pub asked: usize,
    /// At how many of them it is said.
    pub said: usize,
    /// The first component that does not say it.
    pub example: Option<String>,
    /// From where it could be known; nothing here makes it up.
    pub source: &'static str,
}

impl Grade {
    /// The part of everything asked for that is said, in percent, rounded down; all of nothing is all.
    #[must_use]
    pub fn percent(&self) -> usize {
        let asked: usize = self.fields.iter().map(|field| field.asked).sum();
        let said: usize = self.fields.iter().map(|field| field.said).sum();
        (said * 100).checked_div(asked).unwrap_or(100)
    }
}

type Ask = fn(&Json, &About<'_>) -> bool;

/// What is known of the document beside a component.
struct About<'a> {
    /// References that stand in `dependencies`, sorted.
    placed: Vec<&'a str>,
    /// References that `compositions` name, sorted.
    composed: Vec<&'a str>,
    /// Whether a composition is about the document as a whole.
    composed_whole: bool,
}

const NTIA: &[(&str, Ask, &str)] = &[
    ("supplier", |c, _| supplied(c), SUPPLIER),
    ("name", |c, _| has(c, "name"), "the lock file"),
    ("version", |c, _| has(c, "version"), "the lock file; what is referred to by branch has none"),
    ("identifier", |c, _| identified(c), "the lock file"),
    ("relationship", |c, about| placed(c, about), "the lock file, where it holds edges"),
];

const BSI: &[(&str, Ask, &str)] = &[
    ("creator with mailbox or address", |c, _| reachable(c), SUPPLIER),
    ("name", |c, _| has(c, "name"), "the lock file"),
    ("version", |c, _| has(c, "version"), "the lock file; what is referred to by branch has none"),
    ("filename", |c, _| property(c, "bsi:component:filename"), "the artifact itself"),
    ("dependencies", |c, about| placed(c, about), "the lock file, where it holds edges"),
    (
        "completeness of dependencies",
        |c, about| composed(c, about),
        "whoever knows that nothing is missing",
    ),
    ("distribution licence", |c, _| licensed(c, "declared"), "the package's manifest"),
    ("concluded licence", |c, _| licensed(c, "concluded"), "a person's decision"),
    (
        "SHA-512 of the distribution",
        |c, _| sha512(c),
        "the artifact itself; most lock files hold SHA-256",
    ),
    ("executable", |c, _| property(c, "bsi:component:executable"), "the artifact itself"),
    ("archive", |c, _| property(c, "bsi:component:archive"), "the artifact itself"),
    ("structured", |c, _| property(c, "bsi:component:structured"), "the artifact itself"),
    (
        "address of the source",
        |c, _| reference(c, &["source-distribution", "vcs"]),
        "the registry or the lock file",
    ),
    (
        "address of the distribution",
        |c, _| reference(c, &["distribution"]),
        "the registry or the lock file",
    ),
    ("identifier", |c, _| identified(c), "the lock file"),
];

const SUPPLIER: &str = "the package's manifest or the registry; lock files do not hold it";

/// Holds a document against a profile.
#[must_use]
pub fn grade(document: &Document, profile: Profile) -> Grade {
    let root = document.json();
    let root = root.as_ref();
    let metadata = root.get("metadata");
    let inside = |key: &str| metadata.and_then(|metadata| metadata.get(key));
    let authors = || inside("authors").is_some_and(|list| !list.list().is_empty());
    let mut fields = Vec::new();
    let mut say = |name: &'static str, said: bool, source: &'static str| {
        fields.push(Field { name, asked: 1, said: usize::from(said), example: None, source });
    };
    let epoch = "whoever makes the document: SOURCE_DATE_EPOCH";
    let (asks, name) = match profile {
        Profile::Ntia => {
            let tool = inside("tools").is_some();
            let author = authors()
                || tool
                || ["manufacturer", "manufacture", "supplier"]
                    .iter()
                    .any(|key| inside(key).is_some());
            say("author of the document", author, "whoever makes the document");
            say("time of the document", inside("timestamp").is_some(), epoch);
            (NTIA, "NTIA minimum elements 2021")
        }
        Profile::Bsi => {
            let people = inside("authors").map_or(&[][..], Json::list).iter();
            let reached =
                people.clone().any(contact) || inside("manufacturer").is_some_and(organised);
            say(
                "creator of the document with mailbox or address",
                reached,
                "whoever makes the document",
            );
            say("time of the document", inside("timestamp").is_some(), epoch);
            say("address of the document", root.get("serialNumber").is_some(), "its serial number");
            say("CycloneDX 1.6 or newer", document.spec() >= Spec::V1_6, "--spec");
            let none = root.get("vulnerabilities").is_none_or(|list| list.list().is_empty());
            say("no vulnerabilities in it", none, "they belong into a document of their own");
            (BSI, "BSI TR-03183-2 v2.1.0")
        }
    };
    let mut components: Vec<&Json> = inside("component").into_iter().collect();
    collect(root, &mut components);
    let about = About::of(root);
    for (name, ask, source) in asks {
        let missing: Vec<&&Json> = components.iter().filter(|one| !ask(one, &about)).collect();
        let example = missing.first().and_then(|one| one.get("name")).and_then(Json::text);
        let (asked, said) = (components.len(), components.len() - missing.len());
        fields.push(Field { name, asked, said, example: example.map(str::to_owned), source });
    }
    Grade { profile: name, fields }
}

fn collect<'a>(json: &'a Json, found: &mut Vec<&'a Json>) {
    for component in json.get("components").map_or(&[][..], Json::list) {
        found.push(component);
        collect(component, found);
    }
}

impl<'a> About<'a> {
    fn of(root: &'a Json) -> Self {
        let list = |key: &str| root.get(key).map_or(&[][..], Json::list);
        let placed = list("dependencies").iter().filter_map(|one| one.get("ref")?.text());
        let mut placed: Vec<&str> = placed.collect();
        placed.sort_unstable();
        let mut composed: Vec<&str> = Vec::new();
        let mut composed_whole = false;
        for one in list("compositions") {
            let named = ["assemblies", "dependencies"].iter().filter_map(|key| one.get(key));
            let named: Vec<&str> = named.flat_map(Json::list).filter_map(Json::text).collect();
            composed_whole |= named.is_empty();
            composed.extend(named);
        }
        composed.sort_unstable();
        Self { placed, composed, composed_whole }
    }
}

fn has(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::text).is_some_and(|text| !text.trim().is_empty())
}

fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).map_or(&[], Json::list)
}

fn supplied(component: &Json) -> bool {
    let named = |key: &str| component.get(key).is_some_and(|one| has(one, "name"));
    named("supplier")
        || named("manufacturer")
        || has(component, "publisher")
        || has(component, "author")
        || list(component, "authors").iter().any(|one| has(one, "name"))
}

fn contact(person: &Json) -> bool {
    has(person, "email")
}

fn organised(organisation: &Json) -> bool {
    !list(organisation, "url").is_empty() || list(organisation, "contact").iter().any(contact)
}

fn reachable(component: &Json) -> bool {
    let organisation = |key: &str| component.get(key).is_some_and(organised);
    organisation("manufacturer")
        || organisation("supplier")
        || list(component, "authors").iter().any(contact)
}

fn identified(component: &Json) -> bool {
    has(component, "purl") || has(component, "cpe") || component.get("swid").is_some()
}

fn reference_of(component: &Json) -> Option<&str> {
    component.get("bom-ref").and_then(Json::text)
}

fn placed(component: &Json, about: &About<'_>) -> bool {
    reference_of(component).is_some_and(|own| about.placed.binary_search(&own).is_ok())
}

fn composed(component: &Json, about: &About<'_>) -> bool {
    about.composed_whole
        || reference_of(component).is_some_and(|own| about.composed.binary_search(&own).is_ok())
}

fn property(component: &Json, name: &str) -> bool {
    let found = list(component, "properties").iter();
    found
        .filter(|one| has(one, "value"))
        .any(|one| one.get("name").and_then(Json::text) == Some(name))
}

fn licensed(component: &Json, acknowledgement: &str) -> bool {
    list(component, "licenses").iter().any(|choice| {
        let licence = choice.get("license").unwrap_or(choice);
        licence.get("acknowledgement").and_then(Json::text) == Some(acknowledgement)
    })
}

fn reference(component: &Json, kinds: &[&str]) -> bool {
    let kind =
        |one: &Json| one.get("type").and_then(Json::text).is_some_and(|kind| kinds.contains(&kind));
    list(component, "externalReferences").iter().any(kind)
}

fn sha512(component: &Json) -> bool {
    let distribution = |one: &&Json| one.get("type").and_then(Json::text) == Some("distribution");
    let sum = |hash: &Json| hash.get("alg").and_then(Json::text) == Some("SHA-512");
    let mut found = list(component, "externalReferences").iter().filter(distribution);
    found.any(|one| list(one, "hashes").iter().any(sum))
}
