//! `prove`: plants the fault of each rule in a scratch copy and sees `tidy` turn red.

use crate::sh::{self, Fail, Result};
use crate::tidy::{self, Workspace};
use std::path::Path;

pub(crate) fn main(args: &[&str]) -> Result {
    let rules = tidy::rules();
    if let Some(unknown) = args.iter().find(|name| !rules.iter().any(|rule| rule.name == **name)) {
        let known: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
        return Err(Fail::usage(format!("no rule {unknown}; there are {}", known.join(", "))));
    }
    let copy = sh::scratch("prove");
    sh::fresh(&copy)?;
    let workspace = Workspace::load(sh::root())?;
    for (path, file) in &workspace.files {
        put(&copy, path, Some(&file.text))?;
    }
    let mut green = Vec::new();
    for rule in rules.iter().filter(|rule| args.is_empty() || args.contains(&rule.name)) {
        let old = |path: &str| workspace.files.get(path).map(|file| file.text.clone());
        let (path, text) = rule.plant.apply(|path| old(path).unwrap_or_default());
        put(&copy, path, text.as_deref())?;
        let seen = red(&copy, rule.name);
        put(&copy, path, old(path).as_deref())?;
        match seen {
            Some(line) => println!("red    {:<16} {line}", rule.name),
            None => green.push(rule.name),
        }
    }
    match green.as_slice() {
        [] => Ok(()),
        _ => Err(Fail::gate(format!("these rules stayed green: {}", green.join(", ")))),
    }
}

/// The first line in which tidy names the rule, when tidy fails.
fn red(copy: &Path, rule: &str) -> Option<String> {
    let this = std::env::current_exe().ok()?;
    let output = sh::program(this).args(["tidy", "--root"]).arg(copy).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mark = format!("[{rule}]");
    let line = text.lines().find(|line| line.contains(&mark)).map(str::to_owned);
    line.filter(|_| output.status.code() == Some(1))
}

fn put(root: &Path, path: &str, text: Option<&str>) -> Result {
    let full = root.join(path);
    match text {
        Some(text) => {
            std::fs::create_dir_all(full.parent().expect("a file lies in a folder"))?;
            std::fs::write(full, text)?;
        }
        None => std::fs::remove_file(full)?,
    }
    Ok(())
}
