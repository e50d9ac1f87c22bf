//! Licence files that lie beside what is installed or vendored, recognised by their words.
//!
//! What a file reads like is evidence and no declaration: it is kept apart, with the file and how like it is.

use std::collections::{BTreeMap, BTreeSet};

use ::spdx::detection::TextData;
use ::spdx::text::LICENSE_TEXTS;
use sha2::{Digest as _, Sha256};

use crate::inventory::{Component, Ecosystem, Inventory, LicenceText};
use crate::text::addresses::folder;
use crate::tree::{Tree, TreeError};

/// The text of a licence, taken while we are compiled: of all that the crate has, the program holds these alone.
const fn text(name: &str) -> &'static str {
    let mut at = 0;
    // A name that is not there is an index behind the end, which does not compile.
    loop {
        let (known, text) = LICENSE_TEXTS[at];
        let (known, name) = (known.as_bytes(), name.as_bytes());
        let mut same = known.len() == name.len();
        let mut byte = 0;
        while same && byte < name.len() {
            same = known[byte] == name[byte];
            byte += 1;
        }
        if same {
            return text;
        }
        at += 1;
    }
}

macro_rules! known {
    ($($name:literal)*) => { [$(($name, text($name))),*] };
}

/// The licences that are recognised. A text of the GNU licences does not say whether later versions count, too, and
/// is called by the name that says neither.
const KNOWN: [(&str, &str); 38] = known!(
    "0BSD" "AGPL-3.0" "Apache-2.0" "Artistic-2.0" "BSD-2-Clause" "BSD-3-Clause" "BSD-3-Clause-Clear" "BSL-1.0"
    "BUSL-1.1" "BlueOak-1.0.0" "CC-BY-4.0" "CC0-1.0" "CDDL-1.0" "EPL-1.0" "EPL-2.0" "EUPL-1.2" "GPL-2.0" "GPL-3.0"
    "HPND" "ISC" "LGPL-2.1" "LGPL-3.0" "MIT" "MIT-0" "MPL-2.0" "NCSA" "OFL-1.1" "OpenSSL" "PSF-2.0" "PostgreSQL"
    "Python-2.0" "SSPL-1.0" "Unicode-3.0" "Unicode-DFS-2016" "Unlicense" "WTFPL" "ZPL-2.1" "Zlib"
);

/// A text that is less like a licence than this, in hundredths, is not taken for it.
const LIKE: u8 = 95;
/// So many words, and one for so many of the licence's own, may stand beside it: names and years, and no second licence,
/// which would hardly change how like a long one the file is.
const BESIDE: (usize, usize) = (60, 60);
/// A longer file is no licence.
const LONGEST: u64 = 256 << 10;

/// Looks for the licence files of all components whose own files, or vendored sources, are in a tree.
///
/// # Errors
/// When the tree cannot be read.
pub fn find(tree: &dyn Tree, inventory: &mut Inventory) -> Result<(), TreeError> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in tree.paths()? {
        if let Some(owner) = owner(&path) {
            files.entry(owner.to_owned()).or_default().push(path);
        }
    }
    if files.is_empty() {
        return Ok(());
    }
    let mut reader = Reader { tree, known: None, read: BTreeMap::new() };
    for component in &mut inventory.components {
        let mut texts = BTreeSet::new();
        for place in folders(component) {
            for path in files.get(&place).into_iter().flatten() {
                texts.extend(reader.look(path)?);
            }
        }
        component.texts = texts.into_iter().collect();
    }
    Ok(())
}

/// The folder of the package that a licence file belongs to; nothing when it is none.
fn owner(path: &str) -> Option<&str> {
    let (above, name) = path.rsplit_once('/')?;
    let name = name.to_ascii_lowercase();
    let begins = ["licence", "license", "copying", "unlicense"].iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| {
            // LICENSE, LICENSE-MIT, LICENSE.txt, and no license.py.
            matches!(rest, "" | ".txt" | ".md" | ".rst" | ".mit" | ".apache" | ".bsd")
                || (rest.starts_with(['-', '_', '.']) && !rest[1..].contains('.'))
                || rest.ends_with(".txt")
                || rest.ends_with(".md")
        })
    });
    let code = [".py", ".js", ".ts", ".rs", ".go", ".json", ".html"];
    if !begins || code.iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    // The metadata of Python keeps them one folder further down.
    match above.rfind(".dist-info/licenses") {
        Some(at) => Some(&above[..at + ".dist-info".len()]),
        None => Some(above),
    }
}

/// Where the files of a component lie: beside the file that says that it is installed, and where sources are vendored.
fn folders(component: &Component) -> Vec<String> {
    let mut found = Vec::new();
    for place in &component.occurrences {
        let (above, path) = (folder(&place.path), place.path.as_str());
        let installed = path.ends_with("/METADATA") || path.ends_with("/package.json");
        if installed {
            found.push(above.to_owned());
        }
        let slash = if above.is_empty() { "" } else { "/" };
        let version = component.version.as_deref().unwrap_or_default();
        match component.ecosystem {
            Ecosystem::Cargo if path.ends_with("Cargo.lock") => {
                found.push(format!("{above}{slash}vendor/{}", component.name));
                found.push(format!("{above}{slash}vendor/{}-{version}", component.name));
            }
            Ecosystem::Golang if path.ends_with("go.mod") => {
                found.push(format!("{above}{slash}vendor/{}", component.name));
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Reads files, each text once.
struct Reader<'t> {
    tree: &'t dyn Tree,
    /// Each licence with its words and how many they are.
    known: Option<Vec<(&'static str, TextData, usize)>>,
    /// What a text reads like, by its digest: a thousand packages hold the same ten.
    read: BTreeMap<[u8; 32], Option<(&'static str, u8)>>,
}

impl Reader<'_> {
    fn look(&mut self, path: &str) -> Result<Option<LicenceText>, TreeError> {
        let Ok(Some(bytes)) = self.tree.read(path, LONGEST) else {
            // Longer than any licence, or no plain file.
            return Ok(None);
        };
        let Ok(text) = String::from_utf8(bytes) else { return Ok(None) };
        let digest = Sha256::digest(text.as_bytes()).into();
        if !self.read.contains_key(&digest) {
            let found = self.recognise(&text);
            self.read.insert(digest, found);
        }
        let found = self.read[&digest];
        Ok(Some(LicenceText {
            path: path.to_owned(),
            licence: found.map_or_else(String::new, |(name, _)| name.to_owned()),
            likeness: found.map_or(0, |(_, likeness)| likeness),
        }))
    }

    /// The licence that a text is most like, and how like, in hundredths.
    fn recognise(&mut self, text: &str) -> Option<(&'static str, u8)> {
        let known = self.known.get_or_insert_with(|| {
            KNOWN.iter().map(|(name, text)| (*name, TextData::new(text), words(text))).collect()
        });
        let (text, count) = (TextData::new(text), words(text));
        let mut best: Option<(&'static str, u8)> = None;
        for (name, data, own) in known {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
            let likeness = (data.match_score(&text) * 100.0) as u8;
            let room = *own + BESIDE.0 + *own / BESIDE.1;
            if likeness >= LIKE && count <= room && best.is_none_or(|(_, most)| likeness > most) {
                best = Some((name, likeness));
            }
        }
        best
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether an expression speaks of a licence, whichever versions of it count.
pub(super) fn speaks_of(expression: &str, licence: &str) -> bool {
    let family = |name: &str| {
        let name = name.split(" WITH ").next().unwrap_or_default();
        let ends = ["-only", "-or-later", "+"];
        ends.iter().fold(name.to_owned(), |name, end| {
            name.strip_suffix(end).map_or(name.clone(), str::to_owned)
        })
    };
    let Ok(parsed) = ::spdx::Expression::parse(expression) else {
        return false;
    };
    parsed.requirements().any(|one| family(&one.req.to_string()) == family(licence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_most_like_itself_and_prose_like_none() {
        let tree = BTreeMap::new();
        let mut reader = Reader { tree: &tree, known: None, read: BTreeMap::new() };
        let mut of = |text: &str| reader.recognise(text);
        for (name, text) in KNOWN {
            assert_eq!(of(text), Some((name, 100)), "{name}");
        }
        let mit = text("MIT").replace("<year> <copyright holders>", "2019-2024 Somebody & Sons");
        let wrapped = mit.split_whitespace().collect::<Vec<_>>().join("\n");
        assert_eq!(of(&mit).map(|(name, _)| name), Some("MIT"));
        assert_eq!(of(&wrapped).map(|(name, _)| name), Some("MIT"));
        assert_eq!(of("See the file in the other folder for what you may do."), None);
        assert_eq!(of(&format!("{}\n{}", text("MIT"), text("Apache-2.0"))), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn licence_files_are_told_from_code_that_is_called_alike() {
        for (path, folder) in [
            ("a/LICENSE", Some("a")),
            ("a/LICENSE-MIT", Some("a")),
            ("a/License.md", Some("a")),
            ("a/COPYING.LESSER", Some("a")),
            ("x/b-1.dist-info/licenses/sub/LICENSE.txt", Some("x/b-1.dist-info")),
            ("x/b-1.dist-info/LICENSE", Some("x/b-1.dist-info")),
            ("a/license.py", None),
            ("a/licenses.json", None),
            ("LICENSE", None),
            ("a/licensed", None),
        ] {
            assert_eq!(owner(path), folder, "{path}");
        }
        assert!(speaks_of("MIT OR GPL-2.0-or-later", "GPL-2.0") && !speaks_of("MIT", "ISC"));
        assert!(speaks_of("Apache-2.0 WITH LLVM-exception", "Apache-2.0"));
    }

    #[test]
    fn what_lies_beside_a_package_is_its_own() {
        let isc = text("ISC").to_owned();
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let inner = r#"{"name": "b", "version": "2.0.0"}"#;
        let outer = r#"{"name": "a", "version": "1.0.0", "license": "MIT OR ISC"}"#;
        let tree = BTreeMap::from([
            file("node_modules/a/package.json", outer),
            file("node_modules/a/license.md", &isc),
            file("node_modules/a/license.js", &isc),
            file("node_modules/a/node_modules/b/package.json", inner),
            file("node_modules/a/node_modules/b/LICENCE", "Ask me."),
            file("go.mod", "module m\n\nrequire example.com/x v1.0.0\n"),
            file("vendor/example.com/x/LICENSE", &isc),
            file("vendor/example.com/other/LICENSE", &isc),
        ]);
        let mut found = crate::inventory(&tree, &crate::Config::default()).expect("it is read");
        find(&tree, &mut found).expect("memory");
        let mut told = Vec::new();
        for one in &found.components {
            let texts = one.texts.iter();
            told.extend(texts.map(|text| format!("{} {} {}", one.name, text.path, text.licence)));
        }
        told.sort();
        assert_eq!(
            told,
            [
                "a node_modules/a/license.md ISC",
                "b node_modules/a/node_modules/b/LICENCE ",
                "example.com/x vendor/example.com/x/LICENSE ISC",
            ]
        );
        let judged = super::super::check(&found, &super::super::Policy::default());
        let by = |name: &str| judged.components.iter().find(|one| one.name == name).expect("there");
        assert_eq!((by("a").undeclared(), by("example.com/x").undeclared()), (vec![], vec!["ISC"]));
    }
}
