//! The text of a Dockerfile.

use std::fmt::Write as _;

use super::config::{Config, Error, Flavour, Install, UV};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The Dockerfile.
    pub text: String,
    /// The images in it that no digest is known of, sorted.
    pub unpinned: Vec<String>,
}

/// The number that containers run as: distroless calls it `nonroot`.
const USER: &str = "65532:65532";
/// Where packages are installed.
const VENV: &str = "/opt/venv";
/// Where the project itself is installed: in a layer of its own, so that a change of a source moves no package.
const PROJECT: &str = "/opt/project";
/// The folder with the cache of uv, kept from build to build.
const CACHE: &str = "--mount=type=cache,target=/root/.cache/uv";

/// Writes a Dockerfile.
pub fn write(config: &Config) -> Result<Written, Error> {
    config.check()?;
    let mut page = Page { config, text: String::new(), unpinned: Vec::new() };
    page.build();
    page.run();
    page.unpinned.sort();
    page.unpinned.dedup();
    Ok(Written { text: page.text, unpinned: page.unpinned })
}

struct Page<'c> {
    config: &'c Config,
    text: String,
    unpinned: Vec<String>,
}

impl Page<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// An image with its digest, if one is known.
    fn image(&mut self, name: &str) -> String {
        match self.config.pins.get(name) {
            Some(digest) => format!("{name}@{digest}"),
            None => {
                self.unpinned.push(name.to_owned());
                name.to_owned()
            }
        }
    }

    /// The image that Python is built with.
    fn python(&mut self) -> String {
        let python = &self.config.python;
        let name = match self.config.flavour {
            Flavour::Alpine => format!("python:{python}-alpine3.22"),
            // Distroless stands on the same Debian, so what is compiled here runs there.
            Flavour::Slim | Flavour::Distroless => format!("python:{python}-slim-trixie"),
        };
        self.image(&name)
    }

    fn build(&mut self) {
        let base = self.python();
        let uv = self.image(&format!("ghcr.io/astral-sh/uv:{UV}"));
        self.line(format!("FROM {base} AS build"));
        self.line(format!("COPY --from={uv} /uv /usr/local/bin/uv"));
        self.line("ENV UV_COMPILE_BYTECODE=1 \\\n    UV_LINK_MODE=copy \\\n    UV_PYTHON_DOWNLOADS=never \\");
        self.line(format!("    UV_PROJECT_ENVIRONMENT={VENV}"));
        self.line("WORKDIR /app\n");
        self.line("# Dependencies first: this layer is made anew when the lock changes, and not when a source does.");
        match &self.config.install {
            Install::Lock { extras, package } => {
                let extras: String =
                    extras.iter().map(|extra| format!(" --extra {extra}")).collect();
                self.line(format!("RUN {CACHE} \\"));
                for file in ["pyproject.toml", "uv.lock"] {
                    self.line(format!("    --mount=type=bind,source={file},target={file} \\"));
                }
                self.line(format!("    uv sync --locked --no-dev --no-install-project{extras}"));
                if *package {
                    let metadata = self.config.metadata.join(" ");
                    let metadata =
                        if metadata.is_empty() { metadata } else { format!(" {metadata}") };
                    self.line(format!("\nCOPY pyproject.toml uv.lock{metadata} ./"));
                    self.copies();
                    self.line(format!("RUN {CACHE} \\"));
                    self.line(format!(
                        "    uv pip install --python {VENV} --no-deps --target {PROJECT} ."
                    ));
                }
            }
            Install::Requirements { file, hashed } => {
                let hashes = if *hashed { " --require-hashes" } else { "" };
                self.line(format!("RUN {CACHE} \\"));
                self.line(format!("    --mount=type=bind,source={file},target={file} \\"));
                self.line(format!("    uv venv {VENV} && \\"));
                self.line(format!("    uv pip install --python {VENV}{hashes} -r {file}"));
            }
        }
        if !self.config.writable.is_empty() {
            let folders: Vec<String> =
                self.config.writable.iter().map(|folder| format!("/writable/{folder}")).collect();
            self.line(format!("RUN mkdir -p {}", folders.join(" ")));
        }
    }

    /// The sources, a folder at a time, so that each keeps its name.
    fn copies(&mut self) {
        for source in &self.config.sources {
            let _ = writeln!(self.text, "COPY {source} {source}");
        }
    }

    fn run(&mut self) {
        let distroless = self.config.flavour == Flavour::Distroless;
        let base = if distroless {
            self.image("gcr.io/distroless/python3-debian13:nonroot")
        } else {
            self.python()
        };
        self.line(format!("\nFROM {base}"));
        match self.config.flavour {
            Flavour::Slim => self.line(
                "RUN groupadd --system --gid 65532 app && \\\n    useradd --system --no-log-init --uid 65532 --gid app \
                 --home-dir /app --shell /usr/sbin/nologin app",
            ),
            Flavour::Alpine => self.line(
                "RUN addgroup -S -g 65532 app && adduser -S -D -H -u 65532 -G app -h /app app",
            ),
            Flavour::Distroless => {}
        }
        self.line("WORKDIR /app");
        let python = &self.config.python;
        let packages = format!("{VENV}/lib/python{python}/site-packages");
        let installed = matches!(self.config.install, Install::Lock { package: true, .. });
        let modules = match (installed, self.config.sources.iter().any(|source| source == "src")) {
            (true, _) => PROJECT,
            // Modules below `src` are found as if they were installed.
            (false, true) => "/app/src",
            (false, false) => "/app",
        };
        let mut env = vec!["PYTHONUNBUFFERED=1".to_owned()];
        if distroless {
            // A virtual environment names the Python that it was made with, and that one lies elsewhere here.
            self.line(format!("COPY --from=build {packages} /opt/packages"));
            env.push(format!("PYTHONPATH={modules}:/opt/packages"));
        } else {
            self.line(format!("COPY --from=build {VENV} {VENV}"));
            let scripts = if installed { format!("{PROJECT}/bin:") } else { String::new() };
            env.push(format!("PATH={scripts}{VENV}/bin:$PATH"));
            env.push(format!("PYTHONPATH={modules}"));
        }
        if installed {
            self.line(format!("COPY --from=build {PROJECT} {PROJECT}"));
        } else {
            self.copies();
        }
        if !self.config.writable.is_empty() {
            self.line(format!("COPY --from=build --chown={USER} /writable /app"));
        }
        self.line(format!("ENV {}", env.join(" \\\n    ")));
        self.line(format!("USER {USER}"));
        if let Some(port) = self.config.port {
            self.line(format!("EXPOSE {port}"));
        }
        self.health();
        let start = self.start();
        if distroless {
            self.line("ENTRYPOINT [\"/usr/bin/python3\"]");
        }
        self.line(format!("CMD {}", json(&start)));
    }

    fn health(&mut self) {
        let Some(port) = self.config.port else {
            self.line("# Nothing is known to listen, so nothing can be asked.\nHEALTHCHECK NONE");
            return;
        };
        let ask = match &self.config.health {
            Some(path) => format!(
                "import urllib.request as u; u.urlopen('http://127.0.0.1:{port}{path}', timeout=4)"
            ),
            None => format!("import socket as s; s.create_connection(('127.0.0.1', {port}), 4)"),
        };
        let python = self.interpreter();
        let words = [python, "-c", &ask].map(str::to_owned);
        self.line(format!(
            "HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD {}",
            json(&words)
        ));
    }

    fn interpreter(&self) -> &'static str {
        match self.config.flavour {
            Flavour::Distroless => "/usr/bin/python3",
            Flavour::Slim | Flavour::Alpine => "python",
        }
    }

    /// What is started; behind the interpreter where that is what the image starts.
    fn start(&self) -> Vec<String> {
        let words = self.config.start.clone();
        if self.config.flavour != Flavour::Distroless {
            return words;
        }
        match words.first().map(String::as_str) {
            Some("python" | "python3") => words.get(1..).unwrap_or_default().to_vec(),
            // Scripts of packages name an interpreter that is not there; their modules can be run.
            _ => std::iter::once("-m".to_owned()).chain(words).collect(),
        }
    }
}

/// An exec form.
fn json(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| string(word)).collect();
    format!("[{}]", words.join(", "))
}

/// A string of JSON.
fn string(word: &str) -> String {
    let mut out = String::from("\"");
    for letter in word.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
