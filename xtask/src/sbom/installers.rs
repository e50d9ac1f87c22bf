//! `bench installers`: pip and uv on job-lead-finder's requirements, with an empty cache and with a full one.

use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Runs of each, in turn; each into a new environment.
const RUNS: usize = 3;

/// An installer; `{python}`, `{cache}` and `{file}` stand for the paths.
struct Installer {
    name: &'static str,
    command: &'static str,
}

const INSTALLERS: &[Installer] = &[
    Installer {
        name: "pip",
        command: "{python} -m pip --cache-dir {cache} install --quiet --disable-pip-version-check \
                  --no-deps --require-hashes --only-binary :all: -r {file}",
    },
    Installer {
        name: "uv",
        command: "{uv} --cache-dir {cache} pip install --quiet --python {python} \
                  --no-deps --require-hashes --only-binary :all: -r {file}",
    },
    Installer {
        name: "uv, compiling bytecode as pip does",
        command: "{uv} --cache-dir {cache} pip install --quiet --python {python} --compile-bytecode \
                  --no-deps --require-hashes --only-binary :all: -r {file}",
    },
];

/// What an installer left behind.
struct Left {
    packages: BTreeSet<String>,
    installed: u64,
    own: u64,
    cache: u64,
}

/// Measures, and gives the section for docs/benchmarks.md.
pub(crate) fn section() -> Result<String> {
    setup::ensure("image")?;
    let corpora = crate::conform::corpora()?;
    let dir = sh::scratch("bench-installers");
    sh::fresh(&dir)?;
    let file = dir.join("requirements.txt");
    let truth = requirements(&corpora, &file)?;
    let python = python()?;
    sh::capture(sh::program(&python).args(["-m", "venv"]).arg(dir.join("first")))?;
    let mut ask = sh::program(dir.join("first/bin/python3"));
    let pip = sh::capture(ask.args(["-m", "pip", "--version"]))?;
    let pip = pip.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut text = format!(
        "Medians of {RUNS} runs in turn, each into a new environment of {}, of pip {pip} and {}. Installed are the {} \
         packages that job-lead-finder's uv.lock names for its web pages, by digests; what is there afterwards is \
         compared with that list. Bytes are those of files: of the cache, of the environment, and of the environment \
         without files that are the cache's own under a second name.\n\n\
         | cache | installer | CPU, ms | memory, MB | cache, MB | environment, MB | of its own, MB |\n|---|---|---|---|---|---|---|\n",
        sh::capture(sh::program(&python).arg("--version"))?.trim(),
        sh::capture(sh::program(setup::tool_path("uv")).arg("--version"))?.trim(),
        truth.len(),
    );
    let at = At { python: &python, dir: &dir, file: &file, truth: &truth };
    let mut uncached = Vec::new();
    for cold in [true, false] {
        let mut runs: Vec<Vec<(Cost, Left)>> = INSTALLERS.iter().map(|_| Vec::new()).collect();
        for _ in 0..RUNS {
            for (number, installer) in INSTALLERS.iter().enumerate() {
                runs[number].push(once(installer, number, cold, &at)?);
            }
        }
        for (installer, mut runs) in INSTALLERS.iter().zip(runs) {
            runs.sort_by(|a, b| a.0.cpu.total_cmp(&b.0.cpu));
            let memory = runs.iter().map(|(cost, _)| cost.mb()).fold(0.0, f64::max);
            let (cost, left) = &runs[RUNS / 2];
            if !cold && left.cache == 0 {
                uncached.push(installer.name);
            }
            let mb = |bytes: u64| bytes as f64 / 1e6;
            text.push_str(&format!(
                "| {} | {} | {:.0} | {memory:.0} | {:.1} | {:.1} | {:.1} |\n",
                if cold { "empty" } else { "full" },
                installer.name,
                cost.cpu,
                mb(left.cache),
                mb(left.installed),
                mb(left.own),
            ));
        }
    }
    for name in uncached {
        text.push_str(&format!(
            "\n{name} kept nothing in its cache, as the index allowed none of its answers to be kept: its second row is as \
             cold as its first.\n"
        ));
    }
    std::fs::remove_dir_all(dir)?;
    Ok(text)
}

/// A Python that job-lead-finder runs on: its lock file has no wheels for older ones.
fn python() -> Result<PathBuf> {
    let runs = |path: &PathBuf| {
        let said = sh::program(path).arg("--version").output();
        said.is_ok_and(|said| said.status.success())
    };
    let known = ["python3.13", "python3.12"];
    known.iter().filter_map(|name| sh::which(name)).find(runs).ok_or_else(|| {
        Fail::missing(format!("job-lead-finder asks for {}, with venv", known.join(" or ")))
    })
}

/// Writes what is to be installed, and gives it as `name==version`.
fn requirements(corpora: &Path, file: &Path) -> Result<BTreeSet<String>> {
    let mut export = sh::program(setup::tool_path("uv"));
    export.args(["export", "--quiet", "--frozen", "--offline", "--extra", "web", "--no-dev"]);
    export.args(["--no-emit-project", "--no-header", "--no-annotate", "--project"]);
    sh::run(export.arg(corpora.join("job-lead-finder")).arg("--output-file").arg(file))?;
    let text = std::fs::read_to_string(file)?;
    // What is for other systems stays away.
    let here = |line: &str| {
        let foreign = ["sys_platform == 'win32'", "platform_system == 'Windows'"];
        (!foreign.iter().any(|marker| line.contains(marker))).then_some(())
    };
    let one = |line: &str| {
        here(line)?;
        let (name, rest) = line.split_once("==").filter(|(name, _)| !name.starts_with(' '))?;
        Some(format!("{name}=={}", rest.split([' ', ';', '\\']).next()?))
    };
    Ok(text.lines().filter_map(one).collect())
}

/// Where things lie.
struct At<'a> {
    python: &'a Path,
    dir: &'a Path,
    file: &'a Path,
    truth: &'a BTreeSet<String>,
}

/// One installation, of which what is there afterwards is right.
fn once(installer: &Installer, number: usize, cold: bool, at: &At<'_>) -> Result<(Cost, Left)> {
    let At { python, dir, file, truth } = *at;
    let (cache, environment) = (dir.join(format!("cache-{number}")), dir.join("environment"));
    if cold {
        sh::fresh(&cache)?;
    }
    if environment.is_dir() {
        std::fs::remove_dir_all(&environment)?;
    }
    let venv = ["-m", "venv"];
    sh::capture(sh::program(python).args(venv).arg(&environment))?;
    let path = |path: PathBuf| path.display().to_string();
    let word = |word: &str| match word {
        "{python}" => path(environment.join("bin/python3")),
        "{uv}" => path(setup::tool_path("uv")),
        "{cache}" => path(cache.clone()),
        "{file}" => path(file.to_owned()),
        other => other.to_owned(),
    };
    // Wheels of a folder that the caller's environment names would be neither pip's nor uv's work.
    let plain = "/usr/bin/env -u PIP_FIND_LINKS -u UV_FIND_LINKS";
    let words = plain.split_whitespace().chain(installer.command.split_whitespace());
    let command: Vec<String> = words.map(word).collect();
    let cost = cost(&[&command[..]], 1)?.remove(0);
    if cost.code != Some(0) {
        return Err(Fail::missing(format!("{}: exit {:?}", command.join(" "), cost.code)));
    }
    let left = left(&environment, &cache)?;
    // The environment comes with pip.
    let own =
        |package: &&String| !package.starts_with("pip==") && !package.starts_with("setuptools==");
    let found: BTreeSet<String> = left.packages.iter().filter(own).cloned().collect();
    let wanted: BTreeSet<String> = truth.iter().filter(own).cloned().collect();
    if found != wanted {
        let other: Vec<&String> = found.symmetric_difference(&wanted).collect();
        return Err(Fail::gate(format!(
            "{}: installed is something else: {other:?}",
            installer.name
        )));
    }
    Ok((cost, left))
}

fn left(environment: &Path, cache: &Path) -> Result<Left> {
    let wrong = |error: &dyn std::fmt::Display| Fail::gate(format!("installers.py: {error}"));
    let library = std::fs::read_dir(environment.join("lib"))?.next();
    let site = library.ok_or_else(|| wrong(&"no library"))??.path().join("site-packages");
    let script = sh::root().join("xtask/src/sbom/installers.py");
    let said = sh::capture(sh::program("python3").arg(script).arg(site).arg(cache))?;
    let said: Value = serde_json::from_str(&said).map_err(|error| wrong(&error))?;
    let packages = said["packages"].as_array().into_iter().flatten();
    let number = |key: &str| said[key].as_u64().unwrap_or_default();
    Ok(Left {
        packages: packages.filter_map(Value::as_str).map(str::to_owned).collect(),
        installed: number("installed"),
        own: number("own"),
        cache: number("cache"),
    })
}
