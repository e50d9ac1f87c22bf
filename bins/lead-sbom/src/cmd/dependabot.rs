//! `lead-sbom dependabot`: the configuration of Dependabot for what is found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use leadforge_cli_kit::{Context, Failure, Finding, Level, Outcome, Report};
use leadforge_durable_fs::{RealDisk, create_dir_all, replace};
use leadforge_markup::terminal;

use crate::context;

/// Flags of `dependabot`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The repository.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Fail when an ecosystem that is found is not in the file that is there.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Write .github/dependabot.yml where there is none.
    #[arg(long)]
    write: bool,
}

const PATH: &str = ".github/dependabot.yml";

/// Files, and the ecosystem whose updates they need; the first that fits a folder's language wins.
const ECOSYSTEMS: &[(&str, &str)] = &[
    ("Cargo.toml", "cargo"),
    ("uv.lock", "uv"),
    ("requirements.txt", "pip"),
    ("poetry.lock", "pip"),
    ("Pipfile", "pip"),
    ("bun.lock", "bun"),
    ("package.json", "npm"),
    ("go.mod", "gomod"),
    ("Gemfile", "bundler"),
    ("composer.json", "composer"),
    ("pom.xml", "maven"),
    ("build.gradle", "gradle"),
    ("build.gradle.kts", "gradle"),
    ("mix.exs", "mix"),
    ("pubspec.yaml", "pub"),
    ("Package.swift", "swift"),
    (".gitmodules", "gitsubmodule"),
    ("docker-compose.yml", "docker-compose"),
    ("docker-compose.yaml", "docker-compose"),
    ("compose.yml", "docker-compose"),
    ("compose.yaml", "docker-compose"),
];

/// Each ecosystem with the folders it is found in.
fn found(files: &[String]) -> BTreeMap<&'static str, Vec<String>> {
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let foreign =
        ["node_modules/", ".venv/", "vendor/", "site-packages/", "testdata/", "fixtures/"];
    for file in files.iter().filter(|file| !foreign.iter().any(|part| file.contains(part))) {
        let (parent, name) = file.rsplit_once('/').unwrap_or(("", file));
        let dockerfile = name == "Dockerfile"
            || name.starts_with("Dockerfile.") && !name.ends_with(".dockerignore");
        let beside = |other: &str| {
            let path =
                if parent.is_empty() { other.to_owned() } else { format!("{parent}/{other}") };
            files.binary_search(&path).is_ok()
        };
        let ecosystem = match ECOSYSTEMS.iter().find(|(known, _)| *known == name) {
            // One lock for a folder: what uv or bun looks after is not pip's or npm's.
            Some((_, "pip")) if beside("uv.lock") => continue,
            Some((_, "npm")) if beside("bun.lock") => continue,
            // A member of a workspace is looked after with its root.
            Some((_, "cargo"))
                if !beside("Cargo.lock")
                    && files.binary_search(&"Cargo.lock".to_owned()).is_ok() =>
            {
                continue;
            }
            Some((_, ecosystem)) => *ecosystem,
            None if dockerfile => "docker",
            None if name.ends_with(".csproj") => "nuget",
            None if name.ends_with(".tf") => "terraform",
            None if file.starts_with(".github/workflows/") => "github-actions",
            None => continue,
        };
        let folder =
            if ecosystem == "github-actions" { "/".to_owned() } else { format!("/{parent}") };
        let folders = all.entry(ecosystem).or_default();
        if !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    all.values_mut().for_each(|folders| folders.sort());
    all
}

/// The file. A folder's name is JSON, which is YAML.
fn text(all: &BTreeMap<&'static str, Vec<String>>) -> String {
    let mut out = "# Made by `lead-sbom dependabot --write`; from here on it is yours.\nversion: 2\nupdates:\n".to_owned();
    for (ecosystem, folders) in all {
        out.push_str(&format!("  - package-ecosystem: {ecosystem}\n"));
        let shown: Vec<String> =
            folders.iter().map(|folder| serde_json::json!(folder).to_string()).collect();
        match shown.as_slice() {
            [one] => out.push_str(&format!("    directory: {one}\n")),
            many => {
                out.push_str("    directories:\n");
                many.iter().for_each(|folder| out.push_str(&format!("      - {folder}\n")));
            }
        }
        // A fresh release may be a stolen one: it waits for a week, and a vulnerability's fix does not.
        out.push_str(
            "    schedule:\n      interval: weekly\n    cooldown:\n      default-days: 7\n",
        );
        out.push_str("    groups:\n      all:\n        patterns: [\"*\"]\n        update-types: [minor, patch]\n");
    }
    out
}

pub(crate) fn run(args: &Args, ctx: &Context) -> Result<Outcome, Failure> {
    let all = found(&context::files(&args.folder)?);
    if all.is_empty() {
        let message = format!("{}: nothing that Dependabot updates", args.folder.display());
        return Err(Failure::cannot_look("dependabot.nothing", message));
    }
    let path = args.folder.join(PATH);
    let present = context::maybe(&path)?;
    if args.check {
        let present = present.unwrap_or_default();
        let has = |name: &str| {
            present.lines().any(|line| {
                let value = line.trim().trim_start_matches("- ").strip_prefix("package-ecosystem:");
                value.is_some_and(|value| value.trim().trim_matches(['"', '\'']) == name)
            })
        };
        let missing = all.iter().filter(|(name, _)| !has(name)).map(|(name, folders)| {
            let message = format!("{name} ({}) is not looked after", folders.join(", "));
            Finding::new("dependabot.missing", Level::Error, message).at(PATH, None)
        });
        let findings: Vec<Finding> = missing.collect();
        return ctx.emit(&Report::of(findings.clone()), |out| {
            findings
                .iter()
                .try_for_each(|found| writeln!(out, "{PATH}: {}", terminal(&found.message)))?;
            writeln!(out, "{} ecosystems, {} not looked after", all.len(), findings.len())
        });
    }
    if !args.write {
        return ctx.document(|out| out.write_all(text(&all).as_bytes())).map(|()| Outcome::Clean);
    }
    if present.is_some() {
        let message = format!("{}: it is there, and it is yours", path.display());
        return Err(Failure::refused("dependabot.theirs", message)
            .hint("--check says what is missing in it"));
    }
    create_dir_all(&RealDisk, &args.folder.join(".github"))?;
    replace(&RealDisk, &path, text(&all).as_bytes())?;
    ctx.emit(&Report::new(Outcome::Clean), |out| writeln!(out, "{PATH}: {} ecosystems", all.len()))
}
