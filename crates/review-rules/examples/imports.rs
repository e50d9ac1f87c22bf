//! Reads the imports of a folder and holds them against a contract: how the library is timed and compared.
//!
//! `imports ROOT [--within DIR]… [--threads N] [--list | --contract TOML | --mermaid DRAWING | --svg DRAWING]`; DRAWING is `LANGUAGE[,DEPTH[,PACKAGE]]`

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use leadforge_review_rules::Tree;
use leadforge_review_rules::arch::{
    Config, Contract, Drawing, Form, Graph, Language, check, render,
};
use leadforge_review_rules::change::RepoPath;

/// A folder on disk.
struct Disk {
    root: PathBuf,
    paths: Vec<RepoPath>,
}

impl Disk {
    fn open(root: &Path, within: &[String]) -> std::io::Result<Self> {
        let mut disk = Self { root: root.to_owned(), paths: Vec::new() };
        let mut open: Vec<String> = within.to_vec();
        if open.is_empty() {
            open.push(String::new());
        }
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                let path =
                    if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
                let kind = entry.file_type()?;
                if kind.is_dir() && !matches!(name.as_str(), ".git" | "target" | "node_modules") {
                    open.push(path);
                } else if kind.is_file() {
                    disk.paths.push(RepoPath::from(path.as_str()));
                }
            }
        }
        Ok(disk)
    }
}

impl Tree for Disk {
    fn paths(&self) -> Result<Vec<RepoPath>, String> {
        Ok(self.paths.clone())
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Cow<'_, [u8]>>, String> {
        let name = path.as_str().ok_or("a path that is no text")?;
        let bytes = std::fs::read(self.root.join(name)).map_err(|error| error.to_string())?;
        Ok(Some(bytes.into()))
    }
}

#[expect(clippy::print_stdout, reason = "an example speaks")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let root = args.next().ok_or("a folder is missing")?;
    let mut config = Config { threads: 1, ..Config::default() };
    let (mut what, mut value) = (String::new(), String::new());
    while let Some(flag) = args.next() {
        match flag.as_str() {
            "--within" => config.within.push(args.next().ok_or("which folder?")?),
            "--threads" => config.threads = args.next().ok_or("how many?")?.parse()?,
            "--list" => what = flag,
            _ => (what, value) = (flag, args.next().ok_or("a value is missing")?),
        }
    }
    let disk = Disk::open(Path::new(&root), &config.within)?;
    let graph = Graph::read(&disk, &config)?;
    match what.as_str() {
        "--list" => {
            for (from, to, line, kind) in graph.imports() {
                println!("{}\t{}\t{line}\t{kind:?}\t{}", from.name, to.name, to.path.is_some());
            }
        }
        "--contract" => {
            let contract: Contract = toml::from_str(&std::fs::read_to_string(value)?)?;
            let verdict = check(&graph, &contract)?;
            println!("{}", serde_json::to_string(&verdict)?);
        }
        "--mermaid" | "--svg" => {
            let form = if what == "--svg" { Form::Svg } else { Form::Mermaid };
            let mut words = value.splitn(3, ',');
            let language = match words.next() {
                Some("python") => Language::Python,
                Some("rust") => Language::Rust,
                _ => Language::Script,
            };
            let depth = words.next().map(str::parse).transpose()?;
            let within = words.next().map(str::to_owned);
            let drawing = Drawing { within, depth, ..Drawing::of(language) };
            print!("{}", render(&graph, &drawing, form)?);
        }
        _ => {
            println!("{} modules, {} imports", graph.modules().len(), graph.imports().count());
            println!("{}", serde_json::to_string_pretty(&graph.looked(None))?);
        }
    }
    Ok(())
}
