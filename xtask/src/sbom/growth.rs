//! How the cost grows with the number of packages, up to 100,000, as a drawing.

use super::answers::Truth;
use super::bench::Asked;
use super::peers::{self, Program};
use crate::cost::{Cost, cost};
use crate::plot::{self, Curve, Panel};
use crate::sh::{self, Fail, Result};
use std::fmt::Write as _;
use std::path::Path;

/// Numbers of packages; the peers are asked up to the bound, which they reach in about a minute.
const COUNTS: &[usize] = &[100, 1_000, 3_000, 10_000, 30_000, 100_000];
const PEERS_UP_TO: usize = 3_000;
const RUNS: u32 = 3;
/// Where the drawing lies, and its name in the page.
const FILE: &str = "docs/benchmarks-sbom.svg";

/// A format: its name, colour, file, and what writes it.
struct Format {
    name: &'static str,
    colour: &'static str,
    file: &'static str,
    write: fn(usize) -> String,
}

const FORMATS: &[Format] = &[
    Format { name: "Cargo.lock", colour: "#0a7", file: "Cargo.lock", write: cargo },
    Format { name: "uv.lock", colour: "#06c", file: "uv.lock", write: uv },
    Format { name: "package-lock.json", colour: "#a60", file: "package-lock.json", write: npm },
    Format { name: "pnpm-lock.yaml", colour: "#909", file: "pnpm-lock.yaml", write: pnpm },
];

/// The packages that one of so many needs: later ones, so that the first reaches all.
fn needs(from: usize, count: usize) -> std::collections::BTreeSet<usize> {
    [2 * from + 1, 2 * from + 2, from + 7, from + 41].into_iter().filter(|to| *to < count).collect()
}

/// Measures drawn lock files and gives the lines for the page.
pub(super) fn section(dir: &Path, asked: &Asked<'_>) -> Result<String> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut text = String::from(
        "\nHow the cost grows with packages (drawn lock files, every package needs up to four others; CPU in ms, memory in MB):\n\n",
    );
    for (number, format) in FORMATS.iter().enumerate() {
        let mut points = [Vec::new(), Vec::new(), Vec::new()];
        let mut words = Vec::new();
        for count in COUNTS {
            let folder = dir.join("drawn");
            sh::fresh(&folder)?;
            std::fs::write(folder.join(format.file), (format.write)(*count))?;
            let mut programs = vec![peers::ours("make", &[&folder])];
            if number == 0 && *count <= PEERS_UP_TO && !asked.alone {
                programs.push(peers::syft(&format!("dir:{}", folder.display()))?);
                programs.push(peers::cdxgen("rust", &folder));
            }
            let costs = point(&programs, *count)?;
            for (points, cost) in points.iter_mut().zip(&costs) {
                points.push((*count as f64, cost.cpu));
            }
            let times: Vec<String> = costs.iter().map(|cost| format!("{:.0}", cost.cpu)).collect();
            println!("{} {count}: {times:?}", format.name);
            words.push(format!("{count}: {} ({:.0} MB)", times.join(" / "), costs[0].mb()));
        }
        let peers = if number == 0 { ", ours / syft / cdxgen" } else { "" };
        writeln!(text, "- {}{peers}: {}", format.name, words.join(", "))
            .expect("a string takes all");
        let [own, syft, cdxgen] = points;
        if number == 0 {
            let short: Vec<_> = own.iter().copied().take(syft.len()).collect();
            theirs = vec![
                Curve { name: "lead-sbom", colour: format.colour, points: short },
                Curve { name: "syft", colour: "#c33", points: syft },
                Curve { name: "cdxgen", colour: "#888", points: cdxgen },
            ];
        }
        ours.push(Curve { name: format.name, colour: format.colour, points: own });
    }
    if asked.write {
        let panels = [
            Panel { title: "packages, lead-sbom", curves: ours },
            Panel { title: "packages in a Cargo.lock", curves: theirs },
        ];
        std::fs::write(sh::root().join(FILE), plot::drawing(&panels))?;
    }
    text.push_str("\n![CPU by packages](benchmarks-sbom.svg)\n");
    Ok(text)
}

/// What one lock file costs, once ours has said all that is in it.
fn point(programs: &[Program], count: usize) -> Result<Vec<Cost>> {
    let commands: Vec<&[String]> = programs.iter().map(|one| &one.command[..]).collect();
    let truth = Truth::drawn(count, needs);
    let said = truth.beside(&cost(&commands[..1], 1)?[0].said, true)?;
    if said != truth.whole() {
        return Err(Fail::gate(format!(
            "{}: {said}, not {}",
            commands[0].join(" "),
            truth.whole()
        )));
    }
    cost(&commands, RUNS)
}

fn cargo(count: usize) -> String {
    let mut text = String::from("version = 4\n");
    for package in 0..count {
        let digest = format!("{package:064x}");
        let source = "registry+https://github.com/rust-lang/crates.io-index";
        let _ = write!(
            text,
            "\n[[package]]\nname = \"package-{package}\"\nversion = \"1.0.{package}\"\nsource = \"{source}\"\n\
             checksum = \"{digest}\"\ndependencies = [\n"
        );
        for to in needs(package, count) {
            let _ = writeln!(text, " \"package-{to}\",");
        }
        text.push_str("]\n");
    }
    text
}

fn uv(count: usize) -> String {
    let mut text = String::from("version = 1\nrequires-python = \">=3.12\"\n");
    for package in 0..count {
        let _ = write!(
            text,
            "\n[[package]]\nname = \"package-{package}\"\nversion = \"1.0.{package}\"\n\
             source = {{ registry = \"https://pypi.org/simple\" }}\ndependencies = [\n"
        );
        for to in needs(package, count) {
            let _ = writeln!(text, "    {{ name = \"package-{to}\" }},");
        }
        let _ = write!(
            text,
            "]\nwheels = [\n    {{ url = \"https://files.example.org/package_{package}-1.0.{package}-py3-none-any.whl\", \
             hash = \"sha256:{package:064x}\", size = {package} }},\n]\n"
        );
    }
    text
}

fn npm(count: usize) -> String {
    let mut text = String::from("{\n\"lockfileVersion\": 3,\n\"packages\": {\n\"\": {}");
    for package in 0..count {
        let wanted: Vec<String> =
            needs(package, count).iter().map(|to| format!("\"package-{to}\": \"^1\"")).collect();
        let _ = write!(
            text,
            ",\n\"node_modules/package-{package}\": {{\"version\": \"1.0.{package}\", \
             \"resolved\": \"https://registry.example.org/package-{package}.tgz\", \
             \"integrity\": \"sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=\", \"dependencies\": {{{}}}}}",
            wanted.join(", ")
        );
    }
    text + "\n}\n}\n"
}

fn pnpm(count: usize) -> String {
    let mut text = String::from("lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n");
    for package in 0..count {
        let _ = write!(
            text,
            "\n  package-{package}@1.0.{package}:\n    resolution: {{integrity: sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=}}\n"
        );
    }
    text.push_str("\nsnapshots:\n");
    for package in 0..count {
        let needs = needs(package, count);
        if needs.is_empty() {
            let _ = write!(text, "\n  package-{package}@1.0.{package}: {{}}\n");
            continue;
        }
        let _ = write!(text, "\n  package-{package}@1.0.{package}:\n    dependencies:\n");
        for to in needs {
            let _ = writeln!(text, "      package-{to}: 1.0.{to}");
        }
    }
    text
}
