//! Packs and profiles, as rulebook-ai keeps them: rules to be put together, not written anew in each project.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::data::tidy;
use crate::import::unique;
use crate::layout::slug;
use crate::{Error, Item, Note, Rulebook, Scope, Section, front, text};

/// Rules and templates under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Its name: letters, digits and hyphens.
    pub name: String,
    /// Its version, as its manifest says.
    pub version: String,
    /// What it is for, in a sentence.
    pub summary: String,
    /// The texts of its rules by path below `rules/`, such as `01-rules/00-meta-rules.md`.
    pub rules: BTreeMap<String, String>,
    /// The templates of its Memory Bank by path below `memory/`.
    pub memory: BTreeMap<String, String>,
}

/// The packs of a project, and which of them belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// Packs in the order in which they were added: the first that has a file wins.
    pub packs: Vec<Pack>,
    /// Names of packs by name of a profile.
    pub profiles: BTreeMap<String, Vec<String>>,
}

/// Which packs are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// All of them.
    #[default]
    All,
    /// Those of a profile.
    Profile(String),
    /// Those with these names, in this order.
    Packs(Vec<String>),
}

/// A rulebook put together of packs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Composed {
    /// A section for each file of rules, in the order of their numbers.
    pub book: Rulebook,
    /// The templates of the Memory Bank by path below `memory/`.
    pub memory: BTreeMap<String, String>,
    /// What of the packs has no place here: shadowed and empty files, front matter.
    pub notes: Vec<Note>,
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: Version,
    summary: String,
}

/// YAML takes `0.1` for a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Version {
    Text(String),
    Number(f64),
}

#[derive(Deserialize)]
struct Selection {
    #[serde(default)]
    packs: Vec<Chosen>,
    #[serde(default)]
    profiles: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Chosen {
    name: String,
}

impl Library {
    /// Reads the layout of rulebook-ai from files by path below `.rulebook-ai/`.
    ///
    /// That is `selection.json` and, for each pack, `packs/NAME/manifest.yaml`, `rules/NN-rules/NN-x.md` and
    /// `memory_starters/`. Starters of tools are programs and are named in the notes, not taken. Without a
    /// `selection.json` all packs count, by name.
    ///
    /// # Errors
    /// A selection or a manifest that is not what it claims to be, a pack that is chosen and absent, a
    /// rule without its number, a file that is not text.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Result<(Self, Vec<Note>), Error> {
        let mut notes = Vec::new();
        let names: BTreeSet<&str> = files
            .keys()
            .filter_map(|path| path.strip_prefix("packs/")?.split_once('/').map(|(name, _)| name))
            .collect();
        let path = "selection.json";
        let selection = match files.get(path) {
            Some(bytes) => serde_json::from_slice(bytes).map_err(|error| {
                Error::file(path, error.line().max(1), format!("no selection of packs: {error}"))
            })?,
            None => Selection {
                packs: names.iter().map(|name| Chosen { name: (*name).to_owned() }).collect(),
                profiles: BTreeMap::new(),
            },
        };
        let mut library = Self { packs: Vec::new(), profiles: selection.profiles };
        for Chosen { name } in &selection.packs {
            if !names.contains(name.as_str()) {
                let why = format!("the pack {name:?} is chosen and is not there");
                return Err(Error::file(path, 1, why));
            }
            library.packs.push(pack(name, files, &mut notes)?);
        }
        for name in names.iter().filter(|name| !library.packs.iter().any(|p| p.name == **name)) {
            notes.push(Note::new(1, format!("the pack {name} is there and is not chosen")));
        }
        for (profile, packs) in &library.profiles {
            if let Some(absent) =
                packs.iter().find(|n| !library.packs.iter().any(|p| p.name == **n))
            {
                let why = format!(
                    "the profile {profile:?} names the pack {absent:?}, which is not chosen"
                );
                return Err(Error::file(path, 1, why));
            }
        }
        Ok((library, notes))
    }

    /// The files of rulebook-ai's layout by path below `.rulebook-ai/`, as [`Library::read`] takes them.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        let packs: Vec<_> = self
            .packs
            .iter()
            .map(|pack| serde_json::json!({"name": pack.name, "version": pack.version}))
            .collect();
        let selection = serde_json::json!({"packs": packs, "profiles": self.profiles});
        files.insert("selection.json".to_owned(), format!("{selection:#}"));
        for pack in &self.packs {
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            let manifest = format!(
                "name: {}\nversion: {}\nsummary: {}\n",
                quoted(&pack.name),
                quoted(&pack.version),
                quoted(&pack.summary)
            );
            let below = format!("packs/{}", pack.name);
            files.insert(format!("{below}/manifest.yaml"), manifest);
            for (path, text) in &pack.rules {
                files.insert(format!("{below}/rules/{path}"), text.clone());
            }
            for (path, text) in &pack.memory {
                files.insert(format!("{below}/memory_starters/{path}"), text.clone());
            }
        }
        files
    }

    /// Puts packs together.
    ///
    /// As in rulebook-ai the files of all packs share one folder, and where two packs have one path the
    /// first wins; here the other is named in the notes.
    ///
    /// # Errors
    /// A profile or a pack that there is not.
    pub fn compose(&self, pick: &Pick) -> Result<Composed, Error> {
        let names: Vec<&String> = match pick {
            Pick::All => self.packs.iter().map(|pack| &pack.name).collect(),
            Pick::Packs(names) => names.iter().collect(),
            Pick::Profile(name) => {
                let known =
                    || self.profiles.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                let why = || {
                    Error::item(
                        name,
                        1,
                        format!("there is no such profile; there are: {}", known()),
                    )
                };
                self.profiles.get(name).ok_or_else(why)?.iter().collect()
            }
        };
        let mut composed = Composed::default();
        let mut rules: BTreeMap<&String, (&str, &String)> = BTreeMap::new();
        for name in names {
            let pack = self.packs.iter().find(|pack| pack.name == *name);
            let pack = pack.ok_or_else(|| Error::item(name, 1, "there is no such pack"))?;
            for (path, text) in &pack.rules {
                if let Some((first, _)) = rules.get(path) {
                    let what = format!("{name}: {path} is shadowed by the pack {first}");
                    composed.notes.push(Note::new(1, what));
                } else {
                    rules.insert(path, (name, text));
                }
            }
            for (path, text) in &pack.memory {
                composed.memory.entry(path.clone()).or_insert_with(|| text.clone());
            }
        }
        for (path, (pack, text)) in rules {
            let mut notes = Vec::new();
            let name = path.rsplit('/').next().unwrap_or(path);
            let id = slug(name.strip_suffix(".md").unwrap_or(name), 60, "rule");
            let whole = text.replace("\r\n", "\n");
            let (scope, body) = match front::cut(&whole) {
                Some((matter, body)) => (front::scope(matter, &mut notes), body),
                None => (Scope::Always, whole.as_str()),
            };
            let text = tidy(body);
            if text.is_empty() {
                notes.push(Note::new(1, "it is empty and is left out"));
            } else {
                composed.book.items.push(Item::Section(Section { id, scope, text }));
            }
            for note in notes {
                let what = format!("{pack}: {path}: {}", note.what);
                composed.notes.push(Note { what, ..note });
            }
        }
        unique(composed.book.items.iter_mut());
        composed.book.arrange();
        Ok(composed)
    }
}

fn pack(
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
    notes: &mut Vec<Note>,
) -> Result<Pack, Error> {
    let below = format!("packs/{name}/");
    let path = format!("{below}manifest.yaml");
    let bytes =
        files.get(&path).ok_or_else(|| Error::file(&path, 1, "the pack has no manifest"))?;
    let (_, manifest) = text::Shape::read(&path, bytes)?;
    let manifest: Manifest = serde_saphyr::from_str(&manifest).map_err(|error| {
        let why = error.to_string().lines().next().unwrap_or_default().to_owned();
        Error::file(&path, 1, format!("no manifest with name, version and summary: {why}"))
    })?;
    if manifest.name != name {
        let why = format!("the manifest says {:?} and the folder {name:?}", manifest.name);
        return Err(Error::file(&path, 1, why));
    }
    let version = match manifest.version {
        Version::Text(text) => text,
        Version::Number(number) => number.to_string(),
    };
    let mut pack =
        Pack { name: name.to_owned(), version, summary: manifest.summary, ..Pack::default() };
    for (path, bytes) in files.range(below.clone()..) {
        let Some(inner) = path.strip_prefix(&below) else { break };
        if let Some(rule) = inner.strip_prefix("rules/") {
            let numbered = |name: &str| {
                let digits = name.bytes().take_while(u8::is_ascii_digit).count();
                digits >= 2 && name[digits..].starts_with('-')
            };
            if rule.split('/').count() != 2
                || !rule.split('/').all(numbered)
                || !rule.ends_with(".md")
            {
                let why = "a rule is rules/NN-rules/NN-NAME.md: its number is its place";
                return Err(Error::file(path, 1, why));
            }
            // Texts stay as they are, so that a pack is written back as it was read.
            pack.rules.insert(rule.to_owned(), plain(path, bytes)?);
        } else if let Some(memory) = inner.strip_prefix("memory_starters/") {
            pack.memory.insert(memory.to_owned(), plain(path, bytes)?);
        } else if inner.starts_with("tool_starters/") {
            notes.push(Note::new(1, format!("{path} is a program and is not taken")));
        }
    }
    Ok(pack)
}

fn plain(path: &str, bytes: &[u8]) -> Result<String, Error> {
    let (shape, text) = text::Shape::read(path, bytes)?;
    Ok(String::from_utf8(shape.write(&text)).expect("it was read as text"))
}
