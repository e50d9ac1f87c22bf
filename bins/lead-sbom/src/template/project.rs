//! What a project says of itself: how it is installed, what its sources are, what it starts.

use leadforge_container_audit::template::{Install, words};
use leadforge_dockerfile_syntax::{Command, Kind, parse};
use toml::{Table, Value};

/// A project as far as a Dockerfile needs it.
pub(crate) struct Project<'p> {
    pub(crate) files: &'p [String],
    /// Files of the top folder by name.
    pub(crate) text: &'p dyn Fn(&str) -> Option<&'p str>,
    pub(crate) pyproject: Option<Table>,
}

/// What is started, and which file says so.
pub(crate) struct Start {
    pub(crate) words: Vec<String>,
    pub(crate) said_by: String,
}

impl Project<'_> {
    fn has(&self, path: &str) -> bool {
        self.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
    }

    /// A value of `pyproject.toml`.
    pub(crate) fn value(&self, keys: &[&str]) -> Option<&Value> {
        let mut value = self.pyproject.as_ref()?.get(*keys.first()?)?;
        for key in &keys[1..] {
            value = value.get(*key)?;
        }
        Some(value)
    }

    pub(crate) fn string(&self, keys: &[&str]) -> Option<&str> {
        self.value(keys).and_then(Value::as_str)
    }

    /// From where packages are installed; `None` when no file says it.
    pub(crate) fn install(&self, extras: &[String]) -> Option<Install> {
        if self.pyproject.is_some() && self.has("uv.lock") {
            let said = self.value(&["tool", "uv", "package"]).and_then(Value::as_bool);
            let package = said.unwrap_or_else(|| self.value(&["build-system"]).is_some());
            return Some(Install::Lock { extras: extras.to_vec(), package });
        }
        let text = (self.text)("requirements.txt")?;
        let joined = text.replace("\\\n", " ");
        let mut lines = joined.lines().map(str::trim);
        let hashed = lines.all(|line| {
            line.is_empty() || line.starts_with(['#', '-']) || line.contains("--hash=")
        });
        let hashed = hashed && text.contains("--hash=");
        Some(Install::Requirements { file: "requirements.txt".to_owned(), hashed })
    }

    /// Files that building the project reads beside its sources.
    pub(crate) fn metadata(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for key in ["readme", "license"] {
            let value = self.value(&["project", key]);
            let file = value.and_then(|v| v.get("file").or((key == "readme").then_some(v)));
            found.extend(file.and_then(Value::as_str).map(str::to_owned));
        }
        let files = self.value(&["project", "license-files"]).and_then(Value::as_array);
        found.extend(files.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        found.extend(["setup.py", "setup.cfg", "MANIFEST.in"].map(str::to_owned));
        found.retain(|file| self.has(file) && !file.contains('/'));
        found.sort();
        found.dedup();
        found
    }

    /// Folders and files with the sources.
    pub(crate) fn sources(&self) -> Vec<String> {
        if self.files.iter().any(|file| file.starts_with("src/") && file.ends_with(".py")) {
            return vec!["src".to_owned()];
        }
        const OTHERS: &[&str] =
            &["tests", "test", "docs", "doc", "examples", "scripts", "tools", "benchmarks"];
        const TOOLS: &[&str] = &["setup.py", "conftest.py", "noxfile.py", "tasks.py", "fabfile.py"];
        let mut found: Vec<String> = Vec::new();
        for file in self.files {
            match file.split_once('/') {
                Some((folder, "__init__.py")) if !OTHERS.contains(&folder) => {
                    found.push(folder.to_owned());
                }
                None if file.ends_with(".py") && !TOOLS.contains(&file.as_str()) => {
                    found.push(file.clone());
                }
                _ => {}
            }
        }
        found
    }

    /// What a platform's file, the Dockerfile that is there, or the project itself says is started.
    pub(crate) fn start(&self, port: u16) -> Option<Start> {
        let said = |command: &str, said_by: &str| {
            let words = words(command, port)?;
            Some(Start { words, said_by: said_by.to_owned() })
        };
        let railway = self.railway(&["deploy", "startCommand"]);
        railway
            .and_then(|command| said(&command, "railway.toml"))
            .or_else(|| {
                let text = (self.text)("Procfile")?;
                let web = text.lines().find_map(|line| line.strip_prefix("web:"))?;
                said(web.trim(), "Procfile")
            })
            .or_else(|| self.dockerfile_starts(port))
            .or_else(|| {
                let scripts = self.value(&["project", "scripts"]).and_then(Value::as_table)?;
                let mut names = scripts.keys();
                let (name, None) = (names.next()?, names.next()) else { return None };
                let said_by = "[project.scripts] of pyproject.toml".to_owned();
                Some(Start { words: vec![name.clone()], said_by })
            })
    }

    fn railway(&self, keys: &[&str]) -> Option<String> {
        let table = (self.text)("railway.toml")?.parse::<Table>().ok()?;
        let mut value = table.get(*keys.first()?)?;
        for key in &keys[1..] {
            value = value.get(*key)?;
        }
        value.as_str().map(str::to_owned)
    }

    /// The path that Railway asks.
    pub(crate) fn health(&self) -> Option<String> {
        self.railway(&["deploy", "healthcheckPath"])
    }

    /// Folders below `/app` that Railway keeps.
    pub(crate) fn volumes(&self) -> Vec<String> {
        let table = (self.text)("railway.toml").and_then(|text| text.parse::<Table>().ok());
        let services = table.as_ref().and_then(|t| t.get("services")).and_then(Value::as_array);
        let mut found: Vec<String> = Vec::new();
        for service in services.into_iter().flatten() {
            let volumes = service.get("volumes").and_then(Value::as_array);
            for volume in volumes.into_iter().flatten() {
                let path = volume.get("mountPath").and_then(Value::as_str).unwrap_or_default();
                found.extend(path.strip_prefix("/app/").map(str::to_owned));
            }
        }
        found
    }

    /// The last `ENTRYPOINT` and `CMD` of the Dockerfile's final stage.
    fn dockerfile_starts(&self, port: u16) -> Option<Start> {
        let text = (self.text)("Dockerfile")?;
        let file = parse(text);
        let last = file.stages().pop()?;
        let (mut entry, mut cmd): (Option<&Command>, Option<&Command>) = (None, None);
        for instruction in last.instructions {
            match &instruction.kind {
                Kind::Entrypoint(command) => entry = Some(command),
                Kind::Cmd(command) => cmd = Some(command),
                _ => {}
            }
        }
        let read = |command: &Command| match command {
            Command::Exec(words) => Some(words.iter().map(|word| word.value.clone()).collect()),
            Command::Shell { text, .. } => words(text.as_str(), port),
        };
        let mut all: Vec<String> = entry.map_or(Some(Vec::new()), read)?;
        all.extend(cmd.map_or(Some(Vec::new()), read)?);
        let script = all.first()?.contains('/') || matches!(all[0].as_str(), "sh" | "bash");
        (!script).then(|| Start { words: all, said_by: "the Dockerfile".to_owned() })
    }

    /// The module and function of a script of the project.
    pub(crate) fn script(&self, name: &str) -> Option<(String, String)> {
        let target = self.string(&["project", "scripts", name])?;
        let (module, function) = target.split_once(':')?;
        let plain = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "._".contains(c))
        };
        (plain(module) && plain(function)).then(|| (module.to_owned(), function.to_owned()))
    }
}

/// The port that words name.
pub(crate) fn port_of(words: &[String]) -> Option<u16> {
    let mut found = None;
    for (at, word) in words.iter().enumerate() {
        let (flag, value) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value)),
            None => (word.as_str(), words.get(at + 1).map(String::as_str)),
        };
        if matches!(flag, "--port" | "-p" | "--bind" | "-b" | "--server.port") {
            let number = value.and_then(|value| value.rsplit(':').next()?.parse().ok());
            found = found.or(number);
        }
    }
    found
}
