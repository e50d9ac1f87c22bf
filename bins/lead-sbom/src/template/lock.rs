//! What of `uv.lock` reaches an image: the packages below the project and its extras.

use std::collections::{BTreeMap, BTreeSet};

use leadforge_container_audit::template::{Libc, Machine, Wheel};
use toml::{Table, Value};

use super::marker::Place;
use crate::lock::line_of;
use crate::lock::requirement::normal;

/// A package that is installed.
#[derive(Debug, Clone)]
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Its line in the lock.
    pub(crate) line: Option<u64>,
    /// Its wheels, each with its bytes.
    pub(crate) wheels: Vec<(Wheel, Option<u64>)>,
    /// Whether it comes from a repository.
    pub(crate) git: bool,
}

impl Locked {
    /// The bytes of the wheel that is taken; `None` where none is, or where the lock does not say.
    pub(crate) fn wheel(&self, minor: u32, libc: Libc, machine: Machine) -> Option<Option<u64>> {
        let mut fit = self.wheels.iter().filter(|(wheel, _)| wheel.fits(minor, libc, machine));
        fit.next().map(|(_, size)| *size)
    }
}

/// What a lock says of a project.
pub(crate) struct Lock {
    packages: Vec<Table>,
    root: usize,
    text: String,
}

impl Lock {
    /// Reads a lock and finds the project in it.
    pub(crate) fn read(text: &str, project: &str) -> Result<Self, String> {
        let table = text.parse::<Table>().map_err(|error| error.message().to_owned())?;
        let all = table.get("package").and_then(Value::as_array).cloned().unwrap_or_default();
        let packages: Vec<Table> = all.into_iter().filter_map(|p| p.try_into().ok()).collect();
        let here = |package: &Table| {
            let at = |key: &str| {
                let source = package.get("source").and_then(Value::as_table);
                source.and_then(|source| source.get(key)).and_then(Value::as_str)
            };
            ["editable", "virtual", "directory"].iter().find_map(|key| at(key)).map(str::to_owned)
        };
        let mut root = None;
        for (number, package) in packages.iter().enumerate() {
            match here(package).as_deref() {
                Some(".") => root = Some(number),
                Some(folder) => {
                    let name = text_of(package, "name");
                    return Err(format!(
                        "{name} lies in {folder}: a project of several folders is not written for yet"
                    ));
                }
                None => {}
            }
        }
        let root =
            root.ok_or_else(|| format!("the project {project} is not in it: run `uv lock`"))?;
        Ok(Self { packages, root, text: text.to_owned() })
    }

    /// Every package that is installed with these extras, sorted, the project itself left out.
    pub(crate) fn installed(&self, extras: &[String], place: &Place) -> Vec<Locked> {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, package) in self.packages.iter().enumerate() {
            by_name.entry(normal(text_of(package, "name"))).or_default().push(number);
        }
        let mut seen: BTreeSet<(usize, String)> = BTreeSet::new();
        let mut next = vec![(self.root, String::new())];
        next.extend(extras.iter().map(|extra| (self.root, normal(extra))));
        while let Some((number, extra)) = next.pop() {
            if !seen.insert((number, extra.clone())) {
                continue;
            }
            for dependency in self.dependencies(number, &extra) {
                let marker = text_of(&dependency, "marker");
                if !marker.is_empty() && !place.holds(marker) {
                    continue;
                }
                let version = text_of(&dependency, "version");
                let named = by_name.get(&normal(text_of(&dependency, "name")));
                for number in named.into_iter().flatten() {
                    let package = &self.packages[*number];
                    if !version.is_empty() && version != text_of(package, "version") {
                        continue;
                    }
                    next.push((*number, String::new()));
                    let wanted = dependency.get("extra").and_then(Value::as_array);
                    let wanted = wanted.into_iter().flatten().filter_map(Value::as_str);
                    next.extend(wanted.map(|extra| (*number, normal(extra))));
                }
            }
        }
        let numbers: BTreeSet<usize> = seen.into_iter().map(|(number, _)| number).collect();
        let mut found: Vec<Locked> = numbers
            .into_iter()
            .filter(|number| *number != self.root)
            .map(|number| self.locked(&self.packages[number]))
            .collect();
        found.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        found
    }

    fn dependencies(&self, number: usize, extra: &str) -> Vec<Table> {
        let package = &self.packages[number];
        let list = if extra.is_empty() {
            package.get("dependencies")
        } else {
            let extras = package.get("optional-dependencies").and_then(Value::as_table);
            extras.and_then(|extras| {
                extras.iter().find(|(name, _)| normal(name) == extra).map(|(_, list)| list)
            })
        };
        let list = list.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_table).cloned().collect()
    }

    fn locked(&self, package: &Table) -> Locked {
        let (name, version) = (text_of(package, "name"), text_of(package, "version"));
        let wheels = package.get("wheels").and_then(Value::as_array);
        let wheel = |value: &Value| {
            let table = value.as_table()?;
            let address = ["url", "path", "filename"].iter().map(|key| text_of(table, key));
            let wheel = address.into_iter().find_map(Wheel::read)?;
            let size = table.get("size").and_then(Value::as_integer);
            Some((wheel, size.and_then(|size| u64::try_from(size).ok())))
        };
        Locked {
            name: name.to_owned(),
            version: version.to_owned(),
            line: line_of(&self.text, &format!("name = \"{name}\"\nversion = \"{version}\"")),
            wheels: wheels.into_iter().flatten().filter_map(wheel).collect(),
            git: package.get("source").is_some_and(|source| source.get("git").is_some()),
        }
    }
}

fn text_of<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}
