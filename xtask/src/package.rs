//! `package`: each published package as a stranger gets it, built and tested outside the repository.

use crate::sh::{self, Fail, Result};
use crate::tidy::{Package, Workspace};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) fn main(args: &[&str]) -> Result {
    let workspace = Workspace::load(sh::root())?;
    let published: Vec<&Package> = workspace.packages.iter().filter(|p| p.publish).collect();
    if let Some(unknown) = args.iter().find(|name| !published.iter().any(|p| p.name == **name)) {
        return Err(Fail::usage(format!("no published package is named {unknown}")));
    }
    let asked =
        published.iter().copied().filter(|p| args.is_empty() || args.contains(&p.name.as_str()));
    let asked: Vec<&Package> = asked.collect();
    let needed = closure(&workspace, &asked);
    let mut pack = sh::cargo();
    pack.args(["package", "--no-verify", "--allow-dirty", "--quiet"]);
    for package in &needed {
        pack.args(["-p", &package.name]);
    }
    sh::run(&mut pack)?;
    let outside = std::env::temp_dir().join(format!("leadforge-package-{}", std::process::id()));
    sh::fresh(&outside)?;
    let rows = alone(&needed, &asked, &outside);
    std::fs::remove_dir_all(&outside)?;
    println!("\n| package, built and tested alone | packages it needs, ours included |");
    println!("|---|---|\n{}", rows?.join("\n"));
    Ok(())
}

/// Unpacks what is needed and tests what was asked for; a row for each of these.
fn alone(needed: &[&Package], asked: &[&Package], outside: &Path) -> Result<Vec<String>> {
    let mut patch = String::from("[patch.crates-io]\n");
    let mut rows = Vec::new();
    for package in needed {
        let dir = unpack(package, outside)?;
        patch.push_str(&format!(
            "{} = {{ path = {:?} }}\n",
            package.name,
            dir.display().to_string()
        ));
    }
    // Cargo reads it from the folders above a package; only what a package names is patched.
    std::fs::create_dir_all(outside.join(".cargo"))?;
    std::fs::write(outside.join(".cargo/config.toml"), patch)?;
    for package in asked {
        let dir = outside.join(folder(package));
        let count = dependencies(package, &dir)?;
        let mut test = stranger(&dir, outside);
        sh::run(test.args(["test", "--quiet"]))?;
        rows.push(format!("| `{}` | {count} |", package.name));
    }
    Ok(rows)
}

/// These packages and those of ours that they name, sorted by folder.
fn closure<'a>(workspace: &'a Workspace, asked: &[&'a Package]) -> Vec<&'a Package> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut todo: Vec<&str> = asked.iter().map(|package| package.name.as_str()).collect();
    while let Some(package) = todo.pop().and_then(|name| workspace.package(name)) {
        if names.insert(&package.name) {
            let ours = package.dependencies.iter().filter(|d| workspace.package(&d.name).is_some());
            todo.extend(ours.map(|dependency| dependency.name.as_str()));
        }
    }
    workspace.packages.iter().filter(|package| names.contains(package.name.as_str())).collect()
}

/// cargo as somebody else runs it: in another folder, with a target folder of its own.
fn stranger(dir: &Path, outside: &Path) -> std::process::Command {
    let mut cargo = sh::cargo();
    cargo.current_dir(dir).env("CARGO_TARGET_DIR", outside.join("target"));
    cargo
}

/// The name that `cargo package` gives: name and version.
fn folder(package: &Package) -> String {
    format!("{}-{}", package.name, package.version)
}

fn unpack(package: &Package, outside: &Path) -> Result<PathBuf> {
    let name = folder(package);
    let archive = sh::target().join("package").join(format!("{name}.crate"));
    sh::run(sh::program("tar").arg("-xzf").arg(archive).arg("-C").arg(outside))?;
    Ok(outside.join(name))
}

/// How many packages a build of this one contains besides itself, tests left aside.
fn dependencies(package: &Package, dir: &Path) -> Result<usize> {
    let mut tree = stranger(dir, dir.parent().expect("it was unpacked into a folder"));
    tree.args(["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--quiet"]);
    let text = sh::capture(&mut tree)?;
    let names: BTreeSet<&str> =
        text.lines().map(|line| line.trim_end_matches(" (*)")).filter(|l| !l.is_empty()).collect();
    Ok(names.iter().filter(|name| !name.starts_with(&format!("{} ", package.name))).count())
}
