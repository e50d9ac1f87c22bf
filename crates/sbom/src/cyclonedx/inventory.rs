//! What a document says is inside, as an inventory: what our own documents hold comes back whole.

use std::collections::BTreeMap;

use super::json::Json;
use crate::Purl;
use crate::inventory::{
    Artifact, Component, Ecosystem, Edge, Hash, Inventory, Kind, LicenceText, Need, Occurrence,
    Origin, Packaging, Scope,
};

/// The inventory of a document's components, its own subject among them.
pub(super) fn read(root: &Json) -> Inventory {
    let mut reader = Reader::default();
    let subject = root.get("metadata").and_then(|metadata| metadata.get("component"));
    let subject = subject.map(|json| reader.component(json));
    root.get("components").map_or(&[][..], Json::list).iter().for_each(|json| {
        reader.component(json);
    });
    let mut edges = reader.edges(root);
    // What the model keeps sorted is sorted here, whatever the document did.
    let mut order: Vec<usize> = (0..reader.components.len()).collect();
    order.sort_by(|a, b| reader.components[*a].reference.cmp(&reader.components[*b].reference));
    let mut place = vec![0; order.len()];
    for (new, old) in order.into_iter().enumerate() {
        place[old] = new;
    }
    for edge in &mut edges {
        (edge.from, edge.to) = (place[edge.from], place[edge.to]);
    }
    edges.sort_unstable();
    edges.dedup();
    reader.components.sort_by(|a, b| a.reference.cmp(&b.reference));
    Inventory {
        root: subject.map(|index| place[index]),
        components: reader.components,
        edges,
        ..Inventory::default()
    }
}

#[derive(Default)]
struct Reader {
    components: Vec<Component>,
    places: BTreeMap<String, usize>,
    /// Terms and conditions of edges, by who depends and on what.
    terms: BTreeMap<(String, String), Terms>,
}

#[derive(Default)]
struct Terms {
    scopes: Vec<Scope>,
    marker: Option<String>,
    extras: Vec<String>,
}

fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key).and_then(Json::text).filter(|text| !text.is_empty())
}

fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).map_or(&[], Json::list)
}

impl Reader {
    /// Takes in a component and those in it; its place.
    fn component(&mut self, json: &Json) -> usize {
        let purl = text(json, "purl").unwrap_or_default().to_owned();
        let parsed = Purl::lenient(&purl).ok();
        let name = text(json, "name").unwrap_or_default();
        let version = text(json, "version");
        let kind = parsed.as_ref().map_or("generic", |purl| purl.kind.as_str());
        let ecosystem = Ecosystem::of_purl_type(kind);
        let name = match (text(json, "group"), ecosystem) {
            (Some(group), Ecosystem::Maven) => format!("{group}:{name}"),
            (Some(group), _) => format!("{group}/{name}"),
            (None, _) => name.to_owned(),
        };
        let mut reference = text(json, "bom-ref").map(str::to_owned).unwrap_or_else(|| {
            if purl.is_empty() {
                format!("{name}@{}", version.unwrap_or_default())
            } else {
                purl.clone()
            }
        });
        while self.places.contains_key(&reference) {
            reference.push('#');
        }
        let need = match text(json, "scope") {
            Some("required") => Some(Need::Required),
            Some("optional") => Some(Need::Optional),
            Some("excluded") => Some(Need::Development),
            _ => None,
        };
        let kind = match text(json, "type") {
            Some("application") => Kind::Application,
            Some("container") => Kind::Container,
            _ => Kind::Library,
        };
        let supplier = json.get("supplier").and_then(|supplier| text(supplier, "name"));
        let supplier = supplier.or_else(|| text(json, "publisher")).map(str::to_owned);
        self.terms(json, &reference);
        let component = Component {
            kind,
            ecosystem,
            version: version.map(str::to_owned),
            origin: origin(json, parsed.as_ref()),
            need,
            licences: licences(json),
            artifacts: artifacts(json),
            occurrences: occurrences(json),
            texts: texts(json),
            supplier,
            name,
            purl,
            reference: reference.clone(),
        };
        let place = self.components.len();
        self.components.push(component);
        self.places.insert(reference, place);
        for inner in list(json, "components") {
            self.component(inner);
        }
        place
    }

    /// Who depends on whom: what the document says, on the terms that our properties give.
    fn edges(&self, root: &Json) -> Vec<Edge> {
        let mut edges = Vec::new();
        for dependency in list(root, "dependencies") {
            let from = text(dependency, "ref");
            let Some((from, &start)) = from.and_then(|from| Some((from, self.places.get(from)?)))
            else {
                continue;
            };
            for to in list(dependency, "dependsOn").iter().filter_map(Json::text) {
                let Some(&end) = self.places.get(to) else {
                    continue;
                };
                let terms = self.terms.get(&(from.to_owned(), to.to_owned()));
                let scopes = terms.map_or(&[][..], |terms| terms.scopes.as_slice());
                let scopes = if scopes.is_empty() { &[Scope::Runtime][..] } else { scopes };
                edges.extend(scopes.iter().map(|scope| Edge {
                    from: start,
                    to: end,
                    scope: scope.clone(),
                    marker: terms.and_then(|terms| terms.marker.clone()),
                    extras: terms.map_or_else(Vec::new, |terms| terms.extras.clone()),
                }));
            }
        }
        edges
    }

    /// Notes the terms of the edges that lead away from a component.
    fn terms(&mut self, json: &Json, reference: &str) {
        for property in list(json, "properties") {
            let (Some(name), Some(value)) = (text(property, "name"), text(property, "value"))
            else {
                continue;
            };
            let Some(kind) = name.strip_prefix("leadforge:dependency") else {
                continue;
            };
            let (to, more) = value.split_once(' ').unwrap_or((value, ""));
            let terms = self.terms.entry((reference.to_owned(), to.to_owned())).or_default();
            match kind.split_once(':') {
                None if kind == "-marker" => terms.marker = Some(more.to_owned()),
                None if kind == "-extras" => {
                    terms.extras = more.split(',').map(str::to_owned).collect();
                }
                Some(("", "runtime")) => terms.scopes.push(Scope::Runtime),
                Some(("", "peer")) => terms.scopes.push(Scope::Peer),
                Some(("", "optional")) => terms.scopes.push(Scope::Optional),
                Some(("", scope)) => match scope.split_once(':') {
                    Some(("extra", extra)) => terms.scopes.push(Scope::Extra(extra.to_owned())),
                    Some(("dev", group)) => terms.scopes.push(Scope::Dev(group.to_owned())),
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

/// Where a component is from: what our property says, or its package URL.
fn origin(json: &Json, purl: Option<&Purl>) -> Origin {
    let own = list(json, "properties").iter();
    let mut own = own.filter(|one| text(one, "name") == Some("leadforge:folder"));
    if let Some(folder) = own.next().and_then(|property| text(property, "value")) {
        return Origin::Local(if folder == "." { String::new() } else { folder.to_owned() });
    }
    let qualifier = |key: &str| purl.and_then(|purl| purl.qualifiers.get(key));
    if let Some(url) = qualifier("vcs_url") {
        let url = url.strip_prefix("git+").unwrap_or(url);
        // A user's name may stand before an @ too, but then a path is behind it.
        let commit = url.rsplit_once('@').filter(|(_, commit)| !commit.contains(['/', ':']));
        let (url, commit) = commit.map_or((url, None), |(url, commit)| (url, Some(commit)));
        return Origin::Git { url: url.to_owned(), commit: commit.map(str::to_owned) };
    }
    if let Some(url) = qualifier("download_url") {
        return Origin::Url(url.clone());
    }
    qualifier("repository_url").map_or(Origin::Registry, |url| Origin::OtherRegistry(url.clone()))
}

/// What is declared; what somebody concluded is another thing.
fn licences(json: &Json) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for choice in list(json, "licenses") {
        let licence = choice.get("license").unwrap_or(choice);
        if text(licence, "acknowledgement") == Some("concluded") {
            continue;
        }
        let words = ["id", "name", "expression"].iter().find_map(|key| text(licence, key));
        found.extend(words.map(str::to_owned));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What licence files read like, as our documents say it.
fn texts(json: &Json) -> Vec<LicenceText> {
    let evidence = json.get("evidence").map_or(&[][..], |evidence| list(evidence, "licenses"));
    let one = |choice: &Json| {
        let licence = choice.get("license")?;
        let fact = |name: &str| {
            let mut all = list(licence, "properties").iter();
            all.find(|one| text(one, "name") == Some(name)).and_then(|one| text(one, "value"))
        };
        Some(LicenceText {
            path: fact("leadforge:licence:file")?.to_owned(),
            licence: text(licence, "id").unwrap_or_default().to_owned(),
            likeness: fact("leadforge:licence:likeness")
                .map_or(Some(0), |text| text.parse().ok())?,
        })
    };
    let mut found: Vec<LicenceText> = evidence.iter().filter_map(one).collect();
    found.sort_unstable();
    found
}

fn hashes(json: &Json) -> Vec<Hash> {
    let one = |hash: &Json| {
        let function = text(hash, "alg")?.to_ascii_lowercase().replacen("sha-", "sha", 1);
        Hash::hex(&function, text(hash, "content")?)
    };
    let mut found: Vec<Hash> = list(json, "hashes").iter().filter_map(one).collect();
    found.sort_unstable();
    found
}

fn artifacts(json: &Json) -> Vec<Artifact> {
    let one = |reference: &Json| {
        let packaging = match text(reference, "type")? {
            "distribution" => Packaging::Built,
            "source-distribution" => Packaging::Source,
            _ => return None,
        };
        let url = text(reference, "url").map(str::to_owned);
        Some(Artifact { url, packaging, hashes: hashes(reference) })
    };
    let mut found: Vec<Artifact> =
        list(json, "externalReferences").iter().filter_map(one).collect();
    let own = hashes(json);
    if found.is_empty() && !own.is_empty() {
        found.push(Artifact { url: None, packaging: Packaging::Built, hashes: own });
    }
    found.sort_unstable();
    found
}

fn occurrences(json: &Json) -> Vec<Occurrence> {
    let places = json.get("evidence").map_or(&[][..], |evidence| list(evidence, "occurrences"));
    let one = |place: &Json| {
        let location = text(place, "location")?;
        let line = place.get("line").and_then(Json::number);
        let layer = text(place, "additionalContext").and_then(|said| said.strip_prefix("layer "));
        // Version 1.5 has neither, and our documents say them so.
        let behind = location.rsplit_once("#L").and_then(|(path, rest)| {
            let (line, layer) = match rest.split_once(",layer=") {
                Some((line, layer)) => (line, Some(layer)),
                None => (rest, None),
            };
            Some((path, line.parse().ok()?, layer))
        });
        let (path, line, layer) = match (line, behind) {
            (Some(line), _) => (location, line, layer),
            (None, Some(found)) => found,
            (None, None) => (location, 1, layer),
        };
        let layer = layer.and_then(|layer| layer.parse().ok());
        Some(Occurrence { path: path.to_owned(), line, layer })
    };
    let mut found: Vec<Occurrence> = places.iter().filter_map(one).collect();
    found.sort_unstable();
    found
}
