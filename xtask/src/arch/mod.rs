//! `bench arch`: our graph of imports beside import-linter's and dependency-cruiser's, answers first.

use crate::cost::{Cost, cost};
use crate::setup;
use crate::sh::{self, Fail, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The source of Python that is read, and its layers, highest first.
const DJANGO: &str = "5.2";
const LAYERS: [&str; 5] =
    ["django.contrib", "django.forms", "django.db", "django.core", "django.utils"];
/// CPU milliseconds that ours may need.
const LIMITS: (f64, f64) = (200.0, 700.0);
const RUNS: u32 = 7;

/// Measures, and gives the section for docs/benchmarks.md; trees of TypeScript may be named.
pub(crate) fn section(trees: &[&str]) -> Result<String> {
    setup::ensure("arch")?;
    let build =
        ["build", "--release", "--locked", "-p", "leadforge-review-rules", "--example", "imports"];
    sh::run(sh::cargo().args(build))?;
    let dir = sh::scratch("bench-arch");
    sh::fresh(&dir)?;
    let mut text = String::from(
        "Medians of runs in turn, each a process of its own; CPU is user and system time together. Ours reads with one \
         thread and keeps nothing between runs. Answers are compared before anything is timed.\n\n",
    );
    let (answer, rows, mut missed) = python(&dir)?;
    text.push_str(&answer);
    text.push_str("\n| input | program | CPU, ms | memory, MB | limit |\n|---|---|---|---|---|\n");
    text.push_str(&rows);
    let mut answers = String::new();
    let own = [sh::scratch("tools").join("node_modules/effect").display().to_string()];
    let trees: Vec<&str> =
        if trees.is_empty() { own.iter().map(String::as_str).collect() } else { trees.to_vec() };
    for tree in trees {
        let (answer, rows, over) = script(&dir, Path::new(tree))?;
        answers.push_str(&answer);
        text.push_str(&rows);
        missed.extend(over);
    }
    text.push('\n');
    text.push_str(&answers);
    if missed.is_empty() {
        Ok(text)
    } else {
        Err(Fail::gate(format!("{text}\n{}", missed.join("\n"))))
    }
}

fn example() -> String {
    sh::target().join("release/examples/imports").display().to_string()
}

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|word| (*word).to_owned()).collect()
}

/// Runs a command with its output in a file; whatever it says about the code that it looked at.
fn to_file(line: &[String], dir: &Path, out: &Path) -> Result {
    let mut command = sh::program(&line[0]);
    let file = std::fs::File::create(out)?;
    command.args(&line[1..]).current_dir(dir).stdout(file).status()?;
    Ok(())
}

/// What the script in Python makes of our answer and theirs.
fn compared(asked: &Value) -> Result<Value> {
    let mut python = sh::program(setup::tool_path("python3"));
    python.arg(sh::root().join("xtask/src/arch/answers.py")).stdin(Stdio::piped());
    let mut child = python.stdout(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().expect("it was piped");
    std::io::Write::write_all(&mut input, asked.to_string().as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Fail::missing(format!("answers.py: {error}")))
}

fn row(input: &str, program: &str, cost: &Cost, limit: &str) -> String {
    let Cost { cpu, .. } = cost;
    format!("| {input} | {program} | {cpu:.0} | {:.0} | {limit} |\n", cost.mb())
}

type Part = (String, String, Vec<String>);

fn python(dir: &Path) -> Result<Part> {
    let sdist = dir.join("sdist");
    let mut pip = sh::program(setup::tool_path("python3"));
    pip.args(["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest"]);
    sh::run(pip.arg(&sdist).arg(format!("django=={DJANGO}")))?;
    let archive = std::fs::read_dir(&sdist)?.next().ok_or_else(|| Fail::missing("no sdist"))??;
    sh::run(sh::program("tar").arg("xzf").arg(archive.path()).arg("-C").arg(dir))?;
    let entries: Vec<PathBuf> = std::fs::read_dir(dir)?.flatten().map(|e| e.path()).collect();
    let source = entries.into_iter().find(|path| path.join("django").is_dir());
    let source = source.ok_or_else(|| Fail::missing("the sdist has no folder django"))?;
    let quoted: Vec<String> = LAYERS.iter().map(|layer| format!("\"{layer}\"")).collect();
    let layers = format!("layers = [{}]\n", quoted.join(", "));
    let contract = dir.join("layers.toml");
    std::fs::write(&contract, &layers)?;
    let theirs = dir.join("importlinter.toml");
    let head = "[tool.importlinter]\nroot_package = \"django\"\n[[tool.importlinter.contracts]]\n\
        name = \"layers\"\ntype = \"layers\"\n";
    std::fs::write(&theirs, format!("{head}{layers}"))?;
    let (root, contract) = (source.display().to_string(), contract.display().to_string());
    let ours = [example().as_str(), &root, "--within", "django"].map(str::to_owned).to_vec();
    let list = [ours.clone(), words(&["--list"])].concat();
    let check = [ours, words(&["--contract", &contract])].concat();
    let (listed, verdict) = (dir.join("django.tsv"), dir.join("django.json"));
    to_file(&list, dir, &listed)?;
    to_file(&check, dir, &verdict)?;
    let said = compared(&json!({ "django": [root, listed, verdict, LAYERS] }))?;
    if ["same_imports", "same_pairs", "all_true", "none_lost"].iter().any(|key| said[key] != true) {
        return Err(Fail::gate(format!("ours and import-linter's graph differ: {said}")));
    }
    let linter = setup::tool_path("lint-imports").display().to_string();
    let shell = |flags: &str| {
        let line = format!(
            "cd '{root}' && PYTHONPATH=. '{linter}' --config '{}' {flags}",
            theirs.display()
        );
        words(&["/bin/sh", "-c", &line])
    };
    let cache = format!("--cache-dir '{}'", dir.join("cache").display());
    let costs = cost(&[check, shell("--no-cache"), shell(&cache)], RUNS)?;
    let broken = |cost: &Cost| cost.said.contains("0 kept, 1 broken");
    if !costs[1..].iter().all(broken) {
        return Err(Fail::gate(format!(
            "import-linter did not find what it finds: {}",
            costs[1].said
        )));
    }
    let input = format!("Django {DJANGO}, {} layers", LAYERS.len());
    let limit = format!("≤ {:.0} ms", LIMITS.0);
    let rows = [
        row(&input, "LeadForge, cold", &costs[0], &limit),
        row(&input, "import-linter, without its cache", &costs[1], ""),
        row(&input, "import-linter, cached", &costs[2], ""),
    ];
    let answer = format!(
        "Django: the {} imports among {} modules are those of import-linter's graph, and the {} pairs of layers between \
         which a chain is illegal are those that it reports. Modules where such a chain begins or ends: {} of ours, which \
         are all that an exhaustive search of import-linter's own graph finds; it reports {} of them (it takes the imports of each \
         chain away before it looks for the next one), and ours has each of those.\n",
        said["imports"], said["modules"], said["pairs"], said["true"], said["said"],
    );
    let over = costs[0].cpu > LIMITS.0;
    let missed = over.then(|| format!("{input}: {:.0} ms of CPU, not {limit}", costs[0].cpu));
    Ok((answer, rows.concat(), missed.into_iter().collect()))
}

fn script(dir: &Path, tree: &Path) -> Result<Part> {
    let name = tree.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // A copy of the source alone: dependency-cruiser looks for a compiler where it runs.
    let copy = dir.join(&name);
    std::fs::create_dir_all(&copy)?;
    sh::run(sh::program("cp").arg("-r").arg(tree.join("src")).arg(&copy))?;
    let modules = sh::scratch("tools").join("node_modules");
    std::os::unix::fs::symlink(&modules, copy.join("node_modules"))?;
    let options = json!({ "compilerOptions": { "module": "nodenext", "target": "es2022" } });
    std::fs::write(copy.join("tsconfig.json"), options.to_string())?;
    let config = "module.exports = { forbidden: [], options: { tsPreCompilationDeps: true, \
        tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } } };";
    std::fs::write(copy.join("cruise.cjs"), config)?;
    let root = copy.display().to_string();
    let list = words(&[&example(), &root, "--within", "src", "--list"]);
    let cruiser = modules.join(".bin/depcruise").display().to_string();
    let cruise = words(&[&cruiser, "--config", "cruise.cjs", "--output-type", "json", "src"]);
    let (listed, cruised) = (dir.join("script.tsv"), dir.join("script.json"));
    to_file(&list, &copy, &listed)?;
    to_file(&cruise, &copy, &cruised)?;
    let said = compared(&json!({ "script": [listed, cruised, "src/"] }))?;
    if said["same_imports"] != true || said["imports"] == 0 {
        return Err(Fail::gate(format!(
            "{name}: ours and dependency-cruiser's imports differ: {said}"
        )));
    }
    let shell = format!("cd '{root}' && {}", cruise.join(" "));
    let costs = cost(&[list, words(&["/bin/sh", "-c", &shell])], 3)?;
    let count = "find src -name '*.ts' -exec cat {} + | wc -l";
    let lines = sh::capture(sh::program("/bin/sh").args(["-c", count]).current_dir(&copy))?;
    let input = format!("{name}, {} lines of TypeScript", lines.trim());
    let limit = format!("≤ {:.0} ms", LIMITS.1);
    let rows = [
        row(&input, "LeadForge, cold", &costs[0], &limit),
        row(&input, "dependency-cruiser, with TypeScript 5", &costs[1], ""),
    ];
    let answer = format!(
        "{name}: the {} imports within its source are those of dependency-cruiser.\n",
        said["imports"]
    );
    let over = costs[0].cpu > LIMITS.1;
    let missed = over.then(|| format!("{input}: {:.0} ms of CPU, not {limit}", costs[0].cpu));
    Ok((answer, rows.concat(), missed.into_iter().collect()))
}
